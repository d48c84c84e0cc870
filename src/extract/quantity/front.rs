//! What stands before a number in its clause: the phrase that it counts, without what links the two.
//!
//! In: a block's candidates and dates, and which of them. Out: the phrase, or why there is none ([`Front`]). Links,
//! brackets, dates and verbs of change are taken away from the number back; then the piece is cut where a verb or a
//! comparison ends what is counted (占, 比, 由…承担), and jieba's words give the noun phrase that ends it.

use super::links::{change_before, link_before};
use super::phrase::Wanted;
use super::subject::{Block, REACH};
use super::{carry, noun, per, phrase};
use crate::record::FactKind;
use crate::text::{Folded, jieba, sentence};

/// What stands before a candidate in its clause.
pub(super) enum Front {
    /// A phrase, in bytes of the printed text.
    Phrase(usize, usize),
    /// A phrase without its noun (退休的有8200名).
    Headless,
    /// Nothing, and nothing is carried over.
    Nothing,
    /// Words, but no phrase.
    Unclear,
}

/// The phrase before the candidate, or the one that is carried over to it.
pub(super) fn in_front(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Front {
    let Some(candidate) = block.candidates.get(index) else { return Front::Nothing };
    let text = block.text;
    let mut previous = block.previous(index);
    let mut floor = previous.map_or(0, |c| c.end);
    let relative = matches!(candidate.kind, FactKind::Percentage | FactKind::Multiple);
    let mut at = candidate.start;
    let mut level = false;
    // 比上年增加813万人: more of what was counted before.
    let compared = matches!(text.get(sentence::clause_start(text, candidate.start, REACH)), '比' | '较' | '同' | '环');
    let mut part = false;
    let mut whole = false;
    let mut reached = false;
    loop {
        // 货币6个月来分别贬值15%: how long it took is no part of what is measured.
        if relative
            && let Some(length) = previous.filter(|p| p.kind == FactKind::Duration)
            && let Some(n) = text.one_of(length.end, &["以来", "来", "里", "间"])
            && at == length.end + n
        {
            at = length.start;
            previous = block.candidates.get(..index - 1).and_then(|before| before.last());
            floor = previous.map_or(0, |c| c.end);
            continue;
        }
        if at <= floor {
            break;
        }
        if let Some(date) = block.date_ending(at).filter(|d| d.0 >= floor) {
            at = date.0;
            continue;
        }
        if text.before(at) == '的' && block.date_ending(at - 1).is_some() {
            at -= 1;
            continue;
        }
        if text.before(at) == '前' && block.date_ending(at - 1).is_some() {
            at -= 1;
            continue;
        }
        // 从1994年刚投产时的7.8%上升: since when is no part of what rises.
        if let Some(date) = block.since(at).filter(|&d| d > floor) {
            at = date;
            continue;
        }
        if matches!(text.before(at), ')' | '）') {
            let Some(open) = opening_bracket(text, at) else { break };
            if open < floor && previous.is_some_and(|p| p.start < open) {
                break;
            }
            at = open;
            continue;
        }
        // 提升到现在的4.6万多元.
        if let Some(n) = text.one_before(at, &["现在的", "目前的", "如今的", "当前的", "原来的", "最初的"])
            && at - n >= floor
            && matches!(text.before(at - n), '到' | '至' | '由' | '从' | '为')
        {
            at -= n;
            continue;
        }
        // 单位比2021年增加206个.
        let than = |end: usize| {
            let n = change_before(text, end)?;
            block.date_ending(end - n).filter(|d| matches!(text.before(d.0), '比' | '较'))
        };
        // 用户全年新增640万户.
        let added = at == candidate.start && text.one_before(at, &["新增", "净增"]).is_some();
        let behind_change = added
            || matches!(text.before(at), '到' | '至' | '为' | '了')
            || relative
            || level
            || matches!(candidate.kind, FactKind::Money | FactKind::Duration)
            || compared
            || than(at).is_some();
        if behind_change {
            let end = if matches!(text.before(at), '到' | '至' | '为' | '了') { at - 1 } else { at };
            if let Some(n) = change_before(text, end) {
                level = true;
                at = end - n;
                while let Some(n) = text.one_before(at, BEFORE_CHANGES).filter(|n| at - n >= floor) {
                    at -= n;
                }
                // 工资年增长8%: by the year, not 上年.
                if text.before(at) == '年'
                    && block.date_ending(at).is_none()
                    && !matches!(text.get(at.wrapping_sub(2)), '上' | '去' | '今' | '前' | '同' | '当' | '全' | '往')
                {
                    at -= 1;
                }
                continue;
            }
        }
        // 成交单价为每吨55元.
        if let Some((n, _)) = per::unit_before(text, at, "每", 5).filter(|(n, _)| at >= floor + n) {
            at -= n;
            continue;
        }
        // 贷存比为95%: the name of a rate, and no comparison.
        let rate =
            text.before(at) == '比' && at < candidate.start && matches!(text.get(at), '为' | '达' | '是' | '升' | '降');
        match link_before(text, at).filter(|_| !rate) {
            Some(n) if at - n >= floor => {
                part |= text.one_of(at - n, &["其中", "实到", "另有"]).is_some();
                reached |= text.one_before(at, &["达", "达到", "为", "至", "到", "从", "由"]).is_some();
                whole |= relative && text.has_before(at, "占");
                at -= n;
            }
            _ => break,
        }
    }
    let dated = block.last_date_end(at).unwrap_or(0);
    let mut from = sentence::clause_start(text, at, REACH).max(floor).max(dated);
    // 860笔、7200万元: a mark alone is nothing.
    if from == floor && from + 1 == at && matches!(text.get(from), '、' | '和' | '与' | '及' | '或') {
        from = at;
    }
    // 1.2亿元(含税300万元),同比增长7%: what stands in the bracket is passed over.
    let outer = block.previous_outside(index);
    let previous = outer.and_then(|i| block.candidates.get(i));
    let carried = || outer.and_then(|i| known.get(i).copied().flatten());
    if from >= at && whole {
        // 女职工640人,占58%: the share of what was counted right before.
        return carry::counted_before(block, index, known).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    if from >= at {
        let same = previous.is_some_and(|p| {
            carry::shares(block, p, candidate, at, level)
                || part && outer.is_some_and(|i| carry::goes_on(block, i, index, known))
                || reached && carry::reaches(p, at)
        });
        let unread = || if level { carry::unread_before(block, at) } else { None };
        return carried().filter(|_| same).or_else(unread).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    // 有9人成了技师、2人成了工匠: what stands before the mark is said of the others.
    if text.before(at) == '、' && at == candidate.start && from == floor {
        let same = previous.is_some_and(|p| p.kind == candidate.kind && p.unit == candidate.unit);
        return carried().filter(|_| same).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    let (a, b) = (text.byte(from), text.end_byte(at, block.printed));
    let mut piece = block.printed.get(a..b).unwrap_or_default();
    // 标准每月2200元,高出当地标准18%: than what.
    if matches!(candidate.kind, FactKind::Percentage | FactKind::Area | FactKind::Money)
        && ["高出", "超出", "多出", "低于", "高于"].iter().any(|w| piece.starts_with(w))
    {
        let same = previous.is_some_and(|p| {
            carry::beside_any(block, p, candidate)
                || p.kind == candidate.kind && sentence::clause_start(text, from, REACH) == p.end + 1
        });
        return carried().filter(|_| same).map_or(Front::Unclear, |(a, b)| Front::Phrase(a, b));
    }
    // 工资高出当地标准18%: what stands before the verb is measured.
    if matches!(candidate.kind, FactKind::Percentage | FactKind::Area | FactKind::Money | FactKind::Weight)
        && let Some(at) = ["高出", "超出", "多出"].iter().filter_map(|w| piece.rfind(w)).find(|&i| i > 0)
        && !piece[at..].ends_with("高出")
    {
        piece = &piece[..at];
    }
    // 收入在最低标准1.8倍以内, 产值是去年的3倍: what stands before the verb is compared, what stands behind is the base.
    let since = if dated == from { block.date_ending(from).map(|d| d.0) } else { None };
    let based = ["相当于", "是"].iter().any(|w| piece.starts_with(w))
        || since.is_some_and(|d| text.one_before(d, BASES).is_some());
    if candidate.kind == FactKind::Multiple && based {
        // 债权为76万亿元,相当于去年的3倍: the base alone is named here.
        let same = previous.is_some_and(|p| carry::beside_any(block, p, candidate));
        return carried().filter(|_| same).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    if candidate.kind == FactKind::Multiple
        && let Some(at) = ["在", "是", "为", "相当于", "达到", "比", "按照", "按", "不低于", "低于", "高于", "不超过"]
            .iter()
            .filter_map(|w| piece.rfind(w))
            .filter(|&i| i > 0)
            .min()
    {
        piece = piece.get(..at).unwrap_or_default();
    }
    // 较4月预测值高出0.2个百分点: what stands behind the date belongs to what it is compared with.
    let dated_clause = level && dated == from && from > 0;
    if dated_clause
        && block.date_ending(from).is_some_and(|d| matches!(text.before(d.0), '比' | '较' | '于'))
        && !["增速", "总额", "收入"].iter().any(|w| piece.ends_with(w))
    {
        // 负担额比年初的预算额减少72万元: what is compared stands before 比.
        let than = block.date_ending(from).map_or(from, |d| d.0) - 1;
        let start = sentence::clause_start(text, than, REACH).max(floor);
        let named = if start < than { block.phrase_before(start, than, Wanted::Share) } else { None };
        let same = previous.is_some_and(|p| carry::level_of(block, p, candidate));
        return named.or_else(|| carried().filter(|_| same)).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
    }
    // 增速较一季度加快3个百分点: what it is compared with is no part of it.
    if level {
        let compared = |w: &str| {
            piece.rfind(w).filter(|&i| {
                !["同比", "环比", "对比"].iter().any(|c| piece[..i + w.len()].ends_with(c))
                    && !["比例", "比重", "比值", "比赛", "比索", "较大", "较高", "较好", "较为"]
                        .iter()
                        .any(|c| piece[i..].starts_with(c))
            })
        };
        if let Some(at) = ["比", "较"].into_iter().filter_map(compared).max() {
            piece = &piece[..at];
            if piece.is_empty() {
                let same = previous.is_some_and(|p| carry::level_of(block, p, candidate));
                return carried().filter(|_| same).map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
            }
        }
    }
    // 工资标准由现行的三档1650元、1550元调整为1900元: from where it starts is no part of it.
    if let Some(at) = ["由现行的", "由原来的", "由原先的", "由目前的", "从原来的", "从现行的"]
        .iter()
        .filter_map(|w| piece.rfind(w))
        .find(|&i| i > 0)
    {
        piece = &piece[..at];
    }
    // 年报率从改革前的38.4%攀升: the same.
    if piece.ends_with('的')
        && let Some(at) = ["从", "由"].iter().filter_map(|w| piece.rfind(w)).filter(|&i| i > 0).max()
    {
        piece = &piece[..at];
    }
    // 电价在整顿前为2元: when it was.
    if piece.ends_with(['前', '后', '时'])
        && let Some(at) = piece.rfind('在').filter(|&i| i > 0 && !piece[..i].ends_with(['存', '现', '所', '内', '正']))
    {
        piece = &piece[..at];
    }
    // 从所得税中提取10%, 从互助金中调剂5万元: the whole.
    if matches!(candidate.kind, FactKind::Percentage | FactKind::Money)
        && let Some(at) = piece.rfind(['从', '由'])
        && let Some(rest) = TAKING.iter().find_map(|verb| piece.strip_suffix(verb))
        && at < rest.len()
    {
        let from = a + at + '从'.len_utf8();
        let inside = rest.strip_suffix('中').or_else(|| rest.strip_suffix('里'));
        let whole = inside.unwrap_or(rest);
        let whole = whole.get(at + '从'.len_utf8()..).unwrap_or_default();
        let sum = noun::ends_in_sum(whole);
        if candidate.kind == FactKind::Money && !(sum && inside.is_some()) {
            return Front::Unclear;
        }
        return phrase::before(whole, Wanted::Sum).map_or(Front::Unclear, |(s, e)| Front::Phrase(from + s, from + e));
    }
    // 青年工人中有六成, 职工里有3人: what is counted stands in the frame.
    if piece.ends_with(['中', '里']) && !["其中", "集中", "高中", "初中", "当中"].iter().any(|w| piece.ends_with(w))
    {
        piece = &piece[..piece.len() - '中'.len_utf8()];
    }
    // 人均6.1公斤,是世界平均水平的1/15: what it is compared with.
    if candidate.kind == FactKind::Percentage
        && piece.ends_with('的')
        && ["是", "为", "相当于", "约为", "仅为", "只有"].iter().any(|w| piece.starts_with(w))
    {
        let same = previous.is_some_and(|p| carry::beside_any(block, p, candidate));
        return carried().filter(|_| same).map_or(Front::Unclear, |(a, b)| Front::Phrase(a, b));
    }
    // 教育经费按工资总额的2%提取: what stands before the measure is the share, what stands behind it the whole.
    if candidate.kind == FactKind::Percentage
        && piece.ends_with('的')
        && let Some(at) = ["按照", "按", "达到", "超过", "相当于", "是", "为", "达"]
            .iter()
            .filter_map(|w| piece.find(w))
            .filter(|&i| {
                i > 0
                    && !(piece[i..].starts_with('达')
                        && (piece[..i].ends_with(['下', '到', '传', '发', '表']) || in_name(piece, i)))
            })
            .min()
    {
        piece = &piece[..at];
    }
    // 优惠部分由工会承担70%: not who bears it. 职工在代表中的比例: not among whom.
    let measured = relative || candidate.kind == FactKind::Money;
    let gives = relative && ["出资", "补贴", "补助", "资助"].iter().any(|w| piece.ends_with(w));
    if measured
        && (gives || ["承担", "负担", "支付", "分担", "解决", "报销"].iter().any(|w| piece.ends_with(w)))
        && let Some(at) = piece.rfind('由').filter(|&i| i > 0)
    {
        piece = &piece[..at];
    }
    if relative
        && ["比例", "比重", "份额"].iter().any(|w| piece.ends_with(w))
        && let Some(at) = piece.rfind('在').filter(|&i| i > 0 && !piece[..i].ends_with(['存', '现', '所', '内']))
    {
        // 初级产品在出口额中的比重: with what it is a share of.
        if let Some((start, _)) = phrase::before(&piece[..at], Wanted::Share).filter(|found| found.1 == at) {
            return Front::Phrase(a + start, a + piece.len());
        }
        piece = &piece[..at];
    }
    // 债务占总额的55%: what stands before 占 is the share, what stands behind it the whole.
    if candidate.kind == FactKind::Percentage
        && let Some(at) = piece.rfind('占')
        && (!["占地", "占有", "占比", "占据"].iter().any(|w| piece[at..].starts_with(w))
            || ["占地球", "占地区", "占地方"].iter().any(|w| piece[at..].starts_with(w)))
    {
        // 占市场比重19%: the share itself is named.
        let share = ["比重", "份额", "比例"].iter().any(|w| piece.ends_with(w)) && at == 0;
        if share {
            // The word itself: jieba parts 的比|重.
            let word = piece.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
            return Front::Phrase(a + word, a + piece.len());
        }
        piece = trimmed(&piece[..at]);
        if piece.is_empty() {
            // 占全国的11%,却占全省的16%: of the same.
            let same = previous.filter(|p| carry::beside(block, p, candidate)).and_then(|_| carried());
            let counted = same
                .or_else(|| carry::counted_before(block, index, known))
                .or_else(|| carry::unread_before(block, dated.max(from)));
            return counted.map_or(Front::Nothing, |(a, b)| Front::Phrase(a, b));
        }
    }
    // 价值230万元的设备: the things are meant.
    if candidate.kind == FactKind::Money && piece.ends_with("价值") && text.get(candidate.end) == '的' {
        return Front::Unclear;
    }
    let sum = candidate.kind == FactKind::Money || candidate.unit.as_deref() == Some("笔");
    // 培训费就省下五六十万: what is saved of it.
    if candidate.kind == FactKind::Money
        && let Some(rest) = ["省下", "省了", "花了", "花去", "花掉"].iter().find_map(|verb| piece.strip_suffix(verb))
        && let Some(found) = phrase::before(rest.strip_suffix('就').unwrap_or(rest), Wanted::Sum)
        && piece.get(found.0..found.1).is_some_and(noun::ends_in_sum)
    {
        let start = found.0 + if piece[found.0..].starts_with('光') { '光'.len_utf8() } else { 0 };
        return Front::Phrase(a + start, a + found.1);
    }
    // 安置下岗职工再就业2.7万人: what they do.
    if candidate.kind == FactKind::People
        && let Some(rest) = ["再就业", "就业", "上岗", "入会", "参保", "脱贫", "上学", "返岗"]
            .iter()
            .find_map(|w| piece.strip_suffix(w))
        && let Some(found) = phrase::before(rest, Wanted::Person).filter(|f| f.1 == rest.len())
        && noun::of(&rest[found.0..found.1]) == Some(noun::Noun::Person)
    {
        return Front::Phrase(a + found.0, a + found.1);
    }
    piece = trimmed(piece);
    // 人均产值在全国率先突破3000美元: where it was the first.
    piece = ["在全国", "在全省", "在全市", "在全行业", "在国内"]
        .iter()
        .find_map(|w| piece.strip_suffix(w))
        .unwrap_or(piece);
    if piece.ends_with('的') {
        return Front::Headless;
    }
    let wanted = match candidate.kind {
        _ if sum => Wanted::Sum,
        FactKind::People => Wanted::Person,
        FactKind::Percentage => Wanted::Share,
        _ => Wanted::Thing,
    };
    // 白莲生产发展到7万亩: a verb that stands for a noun before what is said of its level.
    let shorter = || {
        let last = piece.char_indices().rev().nth(1).filter(|_| level)?.0;
        piece.get(last..).filter(|w| noun::is_transitive(w))?;
        phrase::before(piece.get(..last)?, wanted)
    };
    // 旧城改造达600万平方米: an act that is measured, behind what it is done to.
    let acted = || {
        let last = piece.char_indices().rev().nth(1).filter(|_| reached)?.0;
        let (act, before) = (piece.get(last..)?, piece.get(..last)?);
        let verb = matches!(jieba().tag(act, false).as_slice(), [one] if one.tag.starts_with('v'));
        let (start, end) = phrase::before(before, wanted)?;
        (verb && end == last).then_some((start, piece.len()))
    };
    // 问卷共回收11246份, 驿站建成投用22家: what was done with all of them.
    let done = || {
        const DONE: &[&str] = &[
            "回收",
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
        ];
        let last = DONE.iter().filter(|v| piece.ends_with(**v)).max_by_key(|v| v.len())?;
        let thing = !measured && candidate.kind != FactKind::People;
        let rest = piece.get(..piece.len() - last.len()).filter(|_| thing)?;
        let rest =
            ["累计", "共计", "一共", "总共", "共", "已"].iter().find_map(|w| rest.strip_suffix(w)).unwrap_or(rest);
        phrase::before(rest, wanted).filter(|&(start, end)| noun::of(&rest[start..end]) != Some(noun::Noun::Person))
    };
    let Some((start, end)) = phrase::before(piece, wanted).or_else(shorter).or_else(acted).or_else(done) else {
        return Front::Unclear;
    };
    if piece.get(start..end).is_some_and(noun::is_area) {
        return Front::Unclear;
    }
    // 奖励先进个人5000元: who gets it, not what it is; then the verb says.
    let person = piece.get(start..end).and_then(noun::of).is_some();
    if candidate.kind == FactKind::Money && person {
        let before = piece.get(..start).unwrap_or_default();
        // 助学金标准为|本科生(每人4000元).
        let before = before.strip_suffix(['为', '是', ':', '：']).unwrap_or(before);
        // 抗疫物资补贴每家|企业(2万元).
        let each = ["每家", "每户", "每人", "每名", "每位", "每个", "每"];
        let before = each.iter().find_map(|e| before.strip_suffix(e)).unwrap_or(before);
        let names = |v: &(usize, usize)| {
            before.get(v.0..v.1).is_some_and(|n| noun::names_money(n) || noun::is_sum(n) || n.ends_with("标准"))
        };
        let sum = phrase::before(before, Wanted::Sum).filter(names);
        // 奖金2400元,普通工人只有800元: of the same sum.
        let same = || {
            let beside = |found: &(usize, usize)| {
                previous.is_some_and(|p| carry::beside(block, p, candidate) && !carry::is_label(block, p, *found))
            };
            carried().filter(beside)
        };
        return match sum {
            Some((start, end)) => Front::Phrase(a + start, a + end),
            None => same().map_or(Front::Unclear, |(a, b)| Front::Phrase(a, b)),
        };
    }
    // 这样的农户在菏泽还有5800多户: where, not who.
    if !measured
        && let Some(at) = piece.rfind('在').filter(|&i| 0 < i && i < start)
        && matches!(jieba().tag(&piece[start..end], false).as_slice(), [one] if one.tag == "ns")
        && let Some((start, end)) = phrase::before(&piece[..at], wanted)
    {
        return Front::Phrase(a + start, a + end);
    }
    // 游客的人数达2377万: with whose number it is.
    let head = piece.get(start..end).unwrap_or_default();
    let owner = piece[..start].strip_suffix('的').filter(|_| HOW_MANY.contains(&head));
    let start = owner.and_then(|of| phrase::before(of, wanted)).map_or(start, |(of, _)| of);
    // 案件数、涉及人数和金额分别下降3%、2%和5%: all that the row is of.
    let row = (at..candidate.start).any(|i| text.has(i, "分别"));
    let first = piece.find(['、', '和', '与']).filter(|&i| row && 0 < i && i < start);
    let start = first.and_then(|i| phrase::before(&piece[..i], wanted)).map_or(start, |(first, _)| first);
    Front::Phrase(a + start, a + end)
}

/// Whether the character at the byte `at` is inside of a word of three characters or more (哥斯达黎加).
fn in_name(piece: &str, at: usize) -> bool {
    const REACH: usize = 4;
    let starts = piece[..at].char_indices().rev().take(REACH).map(|(i, _)| i);
    let behind = &piece[at..];
    let ends = || behind.char_indices().skip(1).take(REACH).map(|(i, c)| at + i + c.len_utf8());
    starts.into_iter().any(|from| ends().any(|to| jieba().has_word(&piece[from..to])))
}

/// Verbs between what is compared and the base of a multiple.
const BASES: &[&str] = &["相当于", "是", "为"];

/// Nouns that only say that something is counted or measured.
const HOW_MANY: &[&str] = &["人数", "总数", "数量", "总人数", "比例", "比重", "份额", "金额", "总额", "价格"];

/// What is done with a share of something.
const TAKING: &[&str] =
    &["提取", "抽取", "拿出", "划出", "留出", "扣除", "计提", "抽出", "提留", "调剂", "列支", "支取"];

/// Adverbs before a verb of change, several of them too (平均每年将下降).
const BEFORE_CHANGES: &[&str] = &[
    "相应",
    "月人均",
    "年人均",
    "人均",
    "户均",
    "全年",
    "当年",
    "亦",
    "不同程度",
    "不同程度地",
    "分别",
    "同比",
    "逐年",
    "逐步",
    "环比",
    "又",
    "再",
    "大幅",
    "猛",
    "迅速",
    "约",
    "年均",
    "平均",
    "每年",
    "每月",
    "净",
    "累计",
    "共",
    "均",
    "可",
    "将",
    "实际",
    "有望",
    "可望",
    "预计",
    "仅",
    "只",
    "至少",
    "相对",
    "略",
    "稍",
    "已",
    "却",
    "仍",
    "也",
    "还",
    "都",
    "连年",
    "持续",
    "继续",
    "不断",
    "明显",
    "显著",
    "急剧",
    "逐渐",
    "一下子",
    "一下",
    "陆续",
    "进一步",
];

/// A piece without the adverbs that stand before the verb it was cut at (收入大约仅|为平均水平的70%).
fn trimmed(mut piece: &str) -> &str {
    const ADVERBS: &[&str] = &[
        "争取",
        "力争",
        "预计",
        "可望",
        "有望",
        "估计",
        "努力",
        "连年",
        "逐年",
        "连续",
        "整整",
        "几乎",
        "不同程度",
        "大约",
        "仅仅",
        "目前",
        "分别",
        "平均",
        "明显",
        "远远",
        "率先",
        "一举",
        "大大",
        "大幅",
        "大幅度",
        "大致",
        "一直",
        "仅",
        "约",
        "已经",
        "初步",
        "已",
        "将",
        "均",
        "则",
        "只",
        "曾",
        "还",
        "也",
        "却",
        "仍",
    ];
    while let Some(word) = ADVERBS.iter().find(|w| piece.ends_with(**w)) {
        piece = &piece[..piece.len() - word.len()];
    }
    piece
}

pub(super) fn opening_bracket(text: &Folded, close: usize) -> Option<usize> {
    const LONGEST: usize = 40;
    (close.saturating_sub(LONGEST)..close).rev().find(|&i| text.get(i) == '(')
}
