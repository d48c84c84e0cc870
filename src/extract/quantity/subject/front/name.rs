//! The noun phrase that ends the piece of a clause before a number.

use std::sync::LazyLock;

use super::cut::without_adverbs;
use super::{Clause, Front, without_end};
use crate::extract::quantity::block::Phrase;
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::subject::carry;
use crate::extract::quantity::{noun, phrase};
use crate::record::FactKind;
use crate::text::{WordList, jieba};

/// What the piece names.
pub(super) fn of(clause: &Clause<'_>, piece: &str) -> Front {
    let Clause { text, candidate, .. } = *clause;
    let money = candidate.kind == FactKind::Money;
    // 王小明将10万元捐给基金会: who gives it.
    if money && matches!(text.before(candidate.start), '将' | '把') && !noun::ends_in_sum(piece) {
        return Front::Unclear;
    }
    // 价值230万元的设备: the things are meant.
    if money && piece.ends_with("价值") && text.get(candidate.end) == '的' {
        return Front::Unclear;
    }
    let (spent, doing) = (money.then(|| saved(piece)), (candidate.kind == FactKind::People).then(|| who_do(piece)));
    if let Some((start, end)) = spent.flatten().or(doing.flatten()) {
        return clause.phrase(start, end);
    }
    let piece = without_adverbs(piece);
    // 人均产值在全国率先突破3000美元: where it was the first.
    let piece = without_end(piece, &["在全国", "在全省", "在全市", "在全行业", "在国内"]).unwrap_or(piece);
    if piece.ends_with('的') {
        return extreme(clause, piece);
    }
    let paid = candidate.unit.as_deref() == Some("笔");
    let wanted = if paid { Wanted::Sum } else { Wanted::before(candidate.kind) };
    let found = phrase::before(piece, wanted)
        .or_else(|| times(clause, piece))
        .or_else(|| before_level(clause, piece, wanted))
        .or_else(|| act(clause, piece, wanted))
        .or_else(|| done_with(clause, piece, wanted))
        .or_else(|| fronted(piece, wanted));
    // 满3年者600元: whoever it is.
    // 李明和全市三千多人: where they are from.
    let named = |&(start, end): &Phrase| {
        let phrase = &piece[start..end];
        let last = phrase.rsplit(['和', '与']).next().unwrap_or(phrase);
        // 每分钟办结1.5件, 每队限报5人: what it is given for.
        let each = !clause.is_measure() && phrase.starts_with('每') && each_holds(phrase).is_none();
        !noun::is_area(phrase)
            && !each
            && !["者", "以上者", "以下者"].contains(&phrase)
            && (last == phrase || !noun::is_area(last))
    };
    let Some((start, end)) = found.filter(named) else {
        return Front::Unclear;
    };
    // 奖励先进个人5000元: who gets it, not what it is; then the verb says.
    if money && (noun::of(&piece[start..end]).is_some() || ["国家", "国库", "孩"].contains(&&piece[start..end])) {
        return received(clause, &piece[..start]);
    }
    // 这样的农户在菏泽还有5800多户: where, not who.
    if !clause.is_measure()
        && let Some(at) = piece.rfind('在').filter(|&i| 0 < i && i < start)
        && matches!(jieba().tag(&piece[start..end], false).as_slice(), [one] if one.tag == "ns")
        && let Some((start, end)) = phrase::before(&piece[..at], wanted)
    {
        return clause.phrase(start, end);
    }
    clause.phrase(opening(clause, piece, start, end, wanted), end)
}

/// 社员年收入最高的超过8万元: a sum, and of whom it is meant. Else the phrase has no noun.
fn extreme(clause: &Clause<'_>, piece: &str) -> Front {
    const EXTREMES: &[&str] = &["最高的", "最低的", "最多的", "最少的"];
    let (kind, wanted) = match clause.candidate.kind {
        FactKind::Percentage => (FactKind::Percentage, Wanted::Share),
        _ => (FactKind::Money, Wanted::Sum),
    };
    let measure = without_end(piece, EXTREMES).filter(|_| clause.candidate.kind == kind);
    let named = |found: &Phrase| {
        let name = piece.get(found.0..found.1);
        name.is_some_and(|name| {
            noun::ends_in_sum(name) || kind != FactKind::Money && name.ends_with(['率', '例', '重'])
        })
    };
    match measure.and_then(|measure| phrase::before(measure, wanted)).filter(named) {
        Some((start, end)) => clause.phrase(start, end),
        None => Front::Headless,
    }
}

/// 培训费就省下五六十万: what is saved of it.
fn saved(piece: &str) -> Option<Phrase> {
    let sum = without_end(piece, &["省下", "省了", "花了", "花去", "花掉"])?;
    let (start, end) = phrase::before(sum.strip_suffix('就').unwrap_or(sum), Wanted::Sum)?;
    let found = piece.get(start..end).filter(|found| noun::ends_in_sum(found))?;
    Some((if found.starts_with('光') { start + '光'.len_utf8() } else { start }, end))
}

/// 安置下岗职工再就业2.7万人: what they do.
fn who_do(piece: &str) -> Option<Phrase> {
    let who = without_end(piece, &["再就业", "就业", "上岗", "入会", "参保", "脱贫", "上学", "返岗"])?;
    let who = who.strip_suffix("实现").unwrap_or(who);
    let (start, end) = phrase::before(who, Wanted::Person).filter(|f| f.1 == who.len())?;
    (noun::of(&who[start..end]) == Some(noun::Noun::Person)).then_some((start, end))
}

/// 实施医疗救助415人次: what was done so often.
fn times(clause: &Clause<'_>, piece: &str) -> Option<Phrase> {
    const ACTS: &[&str] = &["培训", "救助", "帮扶", "体检", "检查", "筛查", "治疗", "诊疗", "疗养", "疗休养", "慰问"];
    const HELD: &[&str] = &["培训", "宣讲", "义诊", "演练", "展演", "讲座", "体检", "检查", "督查", "走访", "慰问"];
    let acts = match clause.candidate.unit.as_deref() {
        Some("人次" | "户次") => ACTS,
        Some("场" | "场次" | "期" | "轮" | "批") => HELD,
        _ => return None,
    };
    let what = without_end(piece, acts)?;
    match phrase::before(what, Wanted::Thing).filter(|found| found.1 == what.len()) {
        Some((start, _)) => Some((start, piece.len())),
        None => (acts == HELD).then_some((what.len(), piece.len())),
    }
}

/// 白莲生产发展到7万亩: before a verb that stands for a noun before what is said of its level.
fn before_level(clause: &Clause<'_>, piece: &str, wanted: Wanted) -> Option<Phrase> {
    let last = piece.char_indices().rev().nth(1).filter(|_| clause.walk.level)?.0;
    piece.get(last..).filter(|w| noun::is_transitive(w))?;
    phrase::before(piece.get(..last)?, wanted)
}

/// 旧城改造达600万平方米: an act that is measured, behind what it is done to.
fn act(clause: &Clause<'_>, piece: &str, wanted: Wanted) -> Option<Phrase> {
    let last = piece.char_indices().rev().nth(1).filter(|_| clause.walk.reached)?.0;
    let (act, before) = (piece.get(last..)?, piece.get(..last)?);
    let verb = matches!(jieba().tag(act, false).as_slice(), [one] if one.tag.starts_with('v'));
    let (start, end) = phrase::before(before, wanted)?;
    (verb && end == last).then_some((start, piece.len()))
}

/// 问卷共回收11246份, 驿站建成投用22家: what was done with all of them.
fn done_with(clause: &Clause<'_>, piece: &str, wanted: Wanted) -> Option<Phrase> {
    const DONE: &[&str] = &[
        "回收",
        "开工",
        "新开工",
        "发放",
        "建成",
        "投用",
        "建成投用",
        "落成",
        "竣工",
        "完工",
        "到位",
        "开通",
        "启用",
        "发出",
        "售出",
        "办结",
        "成交",
        "签约",
        "举办",
        "召开",
        "开办",
        "举行",
        "发生",
        "出现",
        "立案",
    ];
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::of_last(DONE));
    if clause.is_measure() || clause.candidate.kind == FactKind::People {
        return None;
    }
    let last = LIST.ends(piece).max_by_key(|v| v.len())?;
    let rest = piece.strip_suffix(last)?;
    let rest = without_end(rest, &["累计", "共计", "一共", "总共", "共", "已"]).unwrap_or(rest);
    // 在海上建成: where it was done.
    let named = |&(start, end): &Phrase| {
        let at = rest[..start].strip_suffix('在').is_some_and(|before| !before.ends_with(['现', '存', '正', '所']));
        !at && noun::of(&rest[start..end]) != Some(noun::Noun::Person)
    };
    phrase::before(rest, wanted).filter(named)
}

/// 对超标小汽车收封了92台: what it is done to stands before the verb.
fn fronted(piece: &str, wanted: Wanted) -> Option<Phrase> {
    let at = ["对", "将", "把"].iter().filter_map(|word| piece.rfind(word).map(|i| i + word.len())).max()?;
    let done = piece.strip_suffix('了')?;
    let last = done.char_indices().rev().nth(1).map(|(i, _)| i).filter(|&i| i > at)?;
    let verb = jieba().tag(done.get(last..)?, false);
    let (start, end) = phrase::before(done.get(at..last)?, wanted)?;
    (verb.iter().all(|w| w.tag.starts_with('v')) && at + end == last).then_some((at + start, at + end))
}

/// The sum that is named before who gets it, or that of the candidate before.
fn received(clause: &Clause<'_>, before: &str) -> Front {
    // 助学金标准为|本科生(每人4000元).
    let before = before.strip_suffix(['为', '是', ':', '：']).unwrap_or(before);
    // 抗疫物资补贴每家|企业(2万元).
    let before = without_end(before, &["每家", "每户", "每人", "每名", "每位", "每个", "每"]).unwrap_or(before);
    let names = |v: &Phrase| {
        before.get(v.0..v.1).is_some_and(|n| noun::names_money(n) || noun::is_sum(n) || n.ends_with("标准"))
    };
    if let Some((start, end)) = phrase::before(before, Wanted::Sum).filter(names) {
        return clause.phrase(start, end);
    }
    // 奖金2400元,普通工人只有800元: of the same sum.
    let same = clause.carried_where(|p| carry::beside(clause.block, p, clause.candidate));
    let label = |found: &Phrase| clause.previous().is_some_and(|p| carry::is_label(clause.block, p, *found));
    Front::phrase_or(same.filter(|found| !label(found)), Front::Unclear)
}

/// Where what is counted begins behind in what it is counted: 每千字含|图.
fn each_holds(phrase: &str) -> Option<usize> {
    const HOLDS: [&str; 6] = ["含有", "拥有", "配有", "设有", "含", "配"];
    let at = phrase.find('每').map(|at| at + '每'.len_utf8())?;
    let behind = |word: &&str| phrase[at..].find(*word).filter(|i| *i > 0).map(|i| at + i + word.len());
    HOLDS.iter().find_map(behind).filter(|end| *end < phrase.len())
}

/// Where the phrase begins, with what belongs to it.
fn opening(clause: &Clause<'_>, piece: &str, start: usize, end: usize, wanted: Wanted) -> usize {
    /// Nouns that only say that something is counted or measured.
    const HOW_MANY: &[&str] = &["人数", "总数", "数量", "总人数", "比例", "比重", "份额", "金额", "总额", "价格"];
    // 游客的人数达2377万: with whose number it is.
    let owner = piece[..start].strip_suffix('的').filter(|_| HOW_MANY.contains(&&piece[start..end]));
    let start = owner.and_then(|of| phrase::before(of, wanted)).map_or(start, |(of, _)| of);
    let start = start + each_holds(&piece[start..end]).unwrap_or(0);
    // 案件数、涉及人数和金额分别下降3%、2%和5%: all that the row is of.
    let row = (clause.walk.at..clause.candidate.start).any(|i| clause.text.has(i, "分别"));
    let first = piece.find(['、', '和', '与']).filter(|&i| row && 0 < i && i < start);
    first.and_then(|i| phrase::before(&piece[..i], wanted)).map_or(start, |(first, _)| first)
}
