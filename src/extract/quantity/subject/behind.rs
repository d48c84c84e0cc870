//! What stands behind a quantity: the noun phrase that it counts (300名来自全市的劳模), a name in quotation marks, a group
//! that it is the size of.

use super::front::{Front, in_front};
use super::unlisted::OF_THINGS;
use crate::extract::quantity::block::{Block, Phrase, REACH};
use crate::extract::quantity::links::is_change;
use crate::extract::quantity::phrase::{self, Wanted, classified};
use crate::extract::quantity::{Candidate, noun};
use crate::record::{Approx, FactKind};
use crate::text::{Folded, ending, sentence};

/// How far behind a count a quantity may stand that is its attribute, in characters: right behind it, and within a clause.
pub(super) const NEAR: usize = 4;
pub(super) const FAR: usize = 14;

/// The phrase behind the candidate of number `index`, without what is only said of it. `counts`: the number counts it
/// directly, as behind a measure word.
pub(super) fn behind(block: &Block<'_>, index: usize, counts: bool, wanted: Wanted) -> Option<Phrase> {
    let money = wanted == Wanted::Sum;
    let candidate = block.candidates.get(index)?;
    let (from, to) = piece_behind(block, index)?;
    if from >= to {
        return None;
    }
    // 110个市级工会派员观摩: whom they send.
    let sent = |&i: &usize| {
        let special = matches!(block.text.before(i), '特' | '选' | '委' | '指');
        block.text.get(i) == '派' && !special && block.text.one_of(i, &["派员", "派人", "派代表"]).is_some()
    };
    let to = (from + 2..to).find(sent).unwrap_or(to);
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    // 16条长达数公里的巨龙: how long they are.
    if counts
        && block.text.get(from + 1) == '达'
        && ["长达", "高达", "重达", "宽达", "深达"].iter().any(|size| piece.starts_with(size))
        && let Some(of) = piece.find('的').map(|at| at + '的'.len_utf8())
    {
        let (start, end) = phrase::after(piece.get(of..)?, true, wanted)?;
        return Some((a + of + start, a + of + end));
    }
    // 5个名额奖励一线职工.
    if counts && piece.starts_with("名额") {
        return Some((a, a + "名额".len()));
    }
    // 仅留1台|供外宾用: what for.
    if counts && piece.starts_with('供') && piece.ends_with('用') {
        return None;
    }
    // 8个县农民人均收入: the districts, and whose people.
    if counts
        && candidate.unit.as_deref() == Some("个")
        && let Some(length) = district(piece)
    {
        return Some((a, a + length));
    }
    // 82个成员组织: jieba has the noun for a verb.
    if candidate.by_noun
        && let Some(body) = BODIES.iter().find(|body| piece.starts_with(**body))
    {
        return Some((a, a + body.len()));
    }
    if counts
        && !money
        && let Some(found) = named_in_quotes(block, from, to, wanted)
    {
        return Some(found);
    }
    let words = phrase::words(phrase::front(piece));
    // 近七成人没有加班费, 九成的人表示满意.
    let of = usize::from(words.first().is_some_and(|w| w.text == "的"));
    if candidate.kind == FactKind::Percentage
        && let Some(people) = words.get(of).filter(|w| w.text == "人")
        && (of == 1 || words.get(of + 1).is_none_or(|w| !w.is_nominal()))
    {
        return Some((a + people.start, a + people.end()));
    }
    let found = phrase::after_in(piece, &words, counts, wanted);
    let things = counts && counts_things(candidate);
    let unit = candidate.unit.as_deref();
    let better = if things { classified::phrase(piece, &words, found, place(block, index, to)) } else { None };
    let firm = |found: &Phrase| piece.get(found.0..found.1).and_then(noun::of) == Some(noun::Noun::Organisation);
    let better =
        better.filter(|longer| wanted != Wanted::Organisation || !found.as_ref().is_some_and(firm) && firm(longer));
    let used = || if things { used_by(candidate, piece, found?) } else { None };
    let model = if things { phrase::behind_model(piece, better.or(found)) } else { None };
    let incident = || {
        let named = |name: &str| piece.find(name).map(|at| at + name.len());
        let end = INCIDENTS.iter().filter_map(|name| named(name)).min()?;
        (piece[..end].chars().count() <= LONGEST_INCIDENT && !piece[..end].contains(['的', '是', '被']))
            .then_some((0, end))
    };
    let model = if unit == Some("起") { model.or_else(incident) } else { model };
    let (start, mut end) = model.or(better).or_else(used).or(found)?;
    // 五条标准和优秀职工的四项条件: whose the next are.
    let owner = |end: usize| counts && piece.get(end..) == Some("的");
    if owner(end)
        && block.candidates.get(index + 1).is_some_and(|next| next.start == to)
        && let Some(and) = piece.get(start..end).and_then(|w| w.find(['和', '与'])).filter(|&at| at > 0)
        && let Some(last) = piece.get(start + and..end).and_then(|w| noun::of(w.trim_start_matches(['和', '与'])))
        && noun::of(&piece[start..start + and]) != Some(last)
    {
        end = start + and;
    }
    // 4个分店、员工130名: the last of them is counted by the next number.
    if counts
        && end == piece.len()
        && block.candidates.get(index + 1).is_some_and(|next| next.start == to && counts_alone(block, next))
        && let Some(mark) = piece.get(start..end).and_then(|w| w.rfind('、')).filter(|&at| at > 0)
    {
        end = start + mark;
    }
    // 18个中央单位和北京市: a place by its name is none of them.
    if counts
        && piece.get(start..end).is_some_and(|w| w.ends_with(['省', '市', '县', '区', '州']))
        && let Some(and) = piece.get(start..end).and_then(|w| w.rfind(['和', '与'])).filter(|&at| at > 0)
        && block.is_place((a + start + and + '和'.len_utf8(), a + end))
        && !block.is_place((a + start, a + start + and))
    {
        end = start + and;
    }
    // 13个精简为9个: a change, and no noun.
    let change = piece.get(end..).is_some_and(|rest| rest.starts_with(['为', '成', '到', '至']));
    if change && counts && matches!(block.text.before(candidate.start), '由' | '从') {
        return None;
    }
    // 由每人60元调整为100元.
    if change && piece.get(start..end).is_some_and(is_change) {
        return None;
    }
    // 300辆车里,有20辆: the frame is no part of it.
    if counts && end == piece.len() && piece.ends_with('里') && piece[start..end].chars().count() == 2 {
        end -= '里'.len_utf8();
    }
    let found = piece.get(start..end).filter(|found| found.chars().any(char::is_alphanumeric))?;
    // 按3500元/人的标准发放补助金: the sum is the aid.
    if money && RATES.contains(&found) {
        let rest = piece.get(end..)?;
        // 以60元的价格拍卖.
        if found == "价格" {
            return Some((a + start, a + end));
        }
        let skipped = GIVING.iter().find(|v| rest.starts_with(**v))?.len();
        let (more, last) = phrase::after(rest.get(skipped..)?, false, Wanted::Sum)?;
        return Some((a + end + skipped + more, a + end + skipped + last));
    }
    // 给予奖补, 无法追回: what is done with the sum.
    if money && start == 0 {
        if let Some(verb) = GIVING.iter().find(|v| piece.starts_with(**v)) {
            let (more, last) = phrase::after(piece.get(verb.len()..)?, false, Wanted::Sum)?;
            return Some((a + verb.len() + more, a + verb.len() + last));
        }
        if piece.starts_with("无法") || piece.starts_with("用于") {
            return None;
        }
    }
    // 突破百亿元大关: what stands before it passes the mark.
    if money && LEVELS.contains(&found) {
        return None;
    }
    // What follows a sum is its noun only if it can be one: 救助5000元职工 names no sum.
    if money && noun::of(found) == Some(noun::Noun::Person) {
        return None;
    }
    Some((a + start, a + end))
}

/// What 起 counts, also behind what jieba has for an end (3起航船与挖砂船碰撞事故).
const INCIDENTS: &[&str] = &["事故", "案件", "纠纷", "事件", "冲突"];
const LONGEST_INCIDENT: usize = 16;

/// Whether its measure word is one for things, and not for people, homes or firms.
fn counts_things(candidate: &Candidate) -> bool {
    matches!(candidate.kind, FactKind::Items | FactKind::Organisations)
}

/// The thing behind the people who use it, where the measure word counts no people: 20台领导用的|小汽车.
fn used_by(candidate: &Candidate, piece: &str, (from, to): Phrase) -> Option<Phrase> {
    const LONGEST: usize = 8;
    let unit = candidate.unit.as_deref()?;
    if !OF_THINGS.contains(&unit) && unit != "件" || noun::of(piece.get(from..to)?) != Some(noun::Noun::Person) {
        return None;
    }
    let rest = piece.get(to..)?;
    let of = rest.char_indices().take(LONGEST).find(|(_, c)| *c == '的').filter(|(at, _)| *at > 0)?.0;
    let behind = to + of + '的'.len_utf8();
    let (start, end) = phrase::after(piece.get(behind..)?, true, Wanted::Thing)?;
    Some((behind + start, behind + end))
}

/// How the quantity stands in its clause: 提出三项… is what a verb is done to, 其中三项… tells what became of so many.
/// `to`: where the piece behind it ends.
fn place(block: &Block<'_>, index: usize, to: usize) -> classified::Place {
    const THERE: &str = "有中仅只共另已均都各其是约近超将又还也分";
    /// Measure words of where and when, behind which a verb says what is done (分三期实施).
    const PARTS: [&str; 4] = ["期", "处", "路", "批"];
    let candidate = block.candidates.get(index);
    let before = candidate.map_or('\0', |c| block.text.before(c.start));
    let part = candidate.and_then(|c| c.unit.as_deref()).is_some_and(|unit| PARTS.contains(&unit));
    let dated = candidate.is_some_and(|c| block.date_ending(c.start).is_some());
    classified::Place {
        object: crate::text::is_cjk(before) && !THERE.contains(before) && !part && !dated,
        whole: to == phrase_end(block.text, to) && block.candidates.get(index + 1).is_none_or(|next| next.start != to),
    }
}

/// The end of the piece behind a candidate: its clause's, or the next candidate's start.
pub(super) fn piece_behind(block: &Block<'_>, index: usize) -> Option<Phrase> {
    let from = block.candidates.get(index)?.end;
    let from = from + varying(block.text, from);
    let end = phrase_end(block.text, from);
    let next = block.candidates.get(index + 1).map_or(usize::MAX, |c| c.start);
    let date = block.next_date(from).unwrap_or(usize::MAX);
    Some((from, end.min(next).min(date)))
}

/// A clause's end; a list goes on over 、 and a name in brackets is read over elsewhere.
pub(super) fn phrase_end(text: &Folded, from: usize) -> usize {
    sentence::clause_end(text, from, REACH)
}

/// How long 不等 is behind a sum (3000—5000元不等的助学金).
pub(super) fn varying(text: &Folded, at: usize) -> usize {
    if text.has(at, "不等的") { 2 } else { 0 }
}

/// What a sum is the measure of, not the sum itself.
pub(super) const RATES: &[&str] = &["标准", "价格", "额度", "比例", "档次", "限额", "规模", "预测", "预期"];

/// What a number reaches or goes by, and what is no thing that it measures (以30%的速度, 突破百亿元大关).
pub(super) const LEVELS: &[&str] = &[
    "大关",
    "关口",
    "门槛",
    "纪录",
    "记录",
    "速度",
    "幅度",
    "水平",
    "目标",
    "份额",
    "增幅",
    "增速",
    "高位",
    "低位",
    "高水平",
    "低水平",
    "高点",
    "低点",
    "最高点",
    "最低点",
];

/// Verbs between 标准 and what is given.
const GIVING: &[&str] =
    &["给予", "发放", "予以", "进行", "支付", "提供", "发给", "享受", "领取", "补发", "缴纳", "收取"];

/// Whether nothing stands behind a count, so that what stands before it is counted.
fn counts_alone(block: &Block<'_>, candidate: &Candidate) -> bool {
    let people = matches!(candidate.kind, FactKind::People | FactKind::Households | FactKind::Organisations);
    people && !crate::text::is_cjk(block.text.get(candidate.end))
}

/// Whether what stands behind a count only opens its attribute: 6艘价值1亿美元的船舶.
pub(super) fn is_attribute(block: &Block<'_>, index: usize, (from, to): Phrase) -> bool {
    const MEASURES: &[&str] = &[
        "价值",
        "面积",
        "总面积",
        "占地",
        "占地面积",
        "建筑面积",
        "总价",
        "单价",
        "造价",
        "年龄",
        "身高",
        "容量",
        "投资",
        "总投资",
        "总长",
        "总长度",
        "全长",
        "长度",
        "直径",
        "净值",
        "总值",
        "产值",
        "年产值",
        "年收入",
        "注册资本",
    ];
    const LONGEST_LINK: usize = 2;
    let end = block.text.index_of(to);
    let linked = |start: usize| {
        start >= end && start - end <= LONGEST_LINK && (end..start).all(|i| "为达约近共超".contains(block.text.get(i)))
    };
    let next = block.candidates.get(index + 1).is_some_and(|n| linked(n.start));
    next && block.printed.get(from..to).is_some_and(|w| MEASURES.contains(&w))
}

/// The noun behind an attribute that is itself a quantity: 17名28岁以下的青年.
pub(super) fn behind_attribute(block: &Block<'_>, index: usize, wanted: Wanted, reach: usize) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let next = block.candidates.get(index + 1)?;
    // 方便面600箱|和价值20万元的药品: another thing.
    if matches!(block.text.get(candidate.end), '和' | '与' | '及') {
        return None;
    }
    // 23万家百人以上企业: how large each of them is.
    let sized = next.start == candidate.end
        && matches!(next.approx, Approx::AtLeast | Approx::AtMost)
        && matches!(
            next.kind,
            FactKind::People
                | FactKind::Money
                | FactKind::Organisations
                | FactKind::Weight
                | FactKind::Area
                | FactKind::Length
        );
    // 一位10岁白人孩童, but 17名35岁以下、大专以上学历的青年.
    let aged = next.start == candidate.end && next.kind == FactKind::Age;
    if (sized || aged) && block.text.get(next.end) != '的' {
        let found = behind(block, index + 1, true, wanted);
        let found = found.filter(|&f| f.0 == block.text.byte(next.end) && block.noun_of(f).is_some());
        if sized || found.is_some() {
            return found;
        }
    }
    let attribute = reach > NEAR
        || is_storeys(next)
        || matches!(
            next.kind,
            FactKind::Age
                | FactKind::Duration
                | FactKind::Money
                | FactKind::Percentage
                | FactKind::Length
                | FactKind::Area
                | FactKind::Weight
        );
    let text = block.text;
    let clause = sentence::clause_end(text, candidate.end, REACH);
    if !attribute || next.start > clause || next.start > candidate.end + reach {
        return None;
    }
    let mut marks = (next.end..clause).filter(|&i| text.get(i) == '的');
    // 两座20层楼高的|塔柱之间走钢丝的绝技.
    let of = if is_storeys(next) { marks.next() } else { marks.next_back() }?;
    let found = block.phrase_after(of + 1, clause, true, wanted)?;
    (wanted != Wanted::Person || block.noun_of(found).is_some()).then_some(found)
}

/// The thing behind the 的 at `of`.
pub(super) fn behind_of(block: &Block<'_>, of: usize) -> Option<Phrase> {
    block.phrase_after(of + 1, phrase_end(block.text, of), true, Wanted::Thing)
}

/// The people behind the first 的 of the clause that have any there.
pub(super) fn behind_clause(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    let text = block.text;
    let clause = sentence::clause_end(text, candidate.end, REACH);
    (candidate.end..clause).filter(|&i| text.get(i) == '的').find_map(|of| {
        let found = block.phrase_after(of + 1, clause, true, Wanted::Person)?;
        (block.noun_of(found) == Some(noun::Noun::Person)).then_some(found)
    })
}

/// The place that is named by the people whom it is for: 374个|下岗女工再就业服务站.
pub(super) fn for_whom(block: &Block<'_>, (from, to): Phrase) -> Option<Phrase> {
    const LONGEST: usize = 10;
    const PLACES: &[&str] = &[
        "服务站",
        "工作站",
        "信息站",
        "站点",
        "网点",
        "驿站",
        "中心",
        "基地",
        "之家",
        "市场",
        "学校",
        "俱乐部",
        "服务点",
        "工作室",
        "活动室",
        "阅览室",
        "书屋",
        "公寓",
        "食堂",
        "宿舍",
        "浴室",
        "学院",
    ];
    if block.noun_of((from, to)) != Some(noun::Noun::Person) {
        return None;
    }
    let rest = block.printed.get(to..)?;
    let stop = |c: char| !crate::text::is_cjk(c) || "的了在到是被把为与和有".contains(c);
    let end = rest.char_indices().take(LONGEST).find(|(_, c)| stop(*c)).map_or(rest.len(), |(at, _)| at);
    let name = rest.get(..end)?;
    let last = PLACES.iter().filter_map(|p| name.find(p).map(|at| at + p.len())).min()?;
    // 服务中心主任, 学校附近的工厂: not yet the end of it.
    if rest.get(last..)?.chars().next().is_some_and(|c| crate::text::is_cjk(c) && c != '的') {
        return None;
    }
    if name.starts_with("之家") {
        return Some((from, to + last));
    }
    let words = crate::text::jieba().tag(name.get(..last)?, false);
    // In 职工走进活动室 something is said of them.
    let names = |tag: &str, word: &str| {
        tag == "vn" || tag.starts_with(['n', 'b', 'j', 's']) || noun::is_nominal_verb(word) || word == "再"
    };
    words.iter().all(|w| names(w.tag, w.word)).then_some((from, to + last))
}

/// The group that 人 only says the size of: 5人小组, 3000多人的企业.
pub(super) fn group_behind(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const GROUPS: &[&str] = &[
        "队伍",
        "大军",
        "组织",
        "小组",
        "团",
        "队",
        "班",
        "班子",
        "专班",
        "组",
        "家庭",
        "大厂",
        "矿",
        "村",
        "镇",
        "合唱",
        "方阵",
        "委员会",
        "团队",
        "军团",
    ];
    let candidate = block.candidates.get(index)?;
    let of = block.text.get(candidate.end) == '的';
    let found = behind(block, index, of, Wanted::Thing)?;
    let named = block.printed.get(found.0..found.1)?;
    // 20人考上重点大学: where they go.
    if ["考上", "考入", "考取", "进入", "来自", "加入", "走进"].iter().any(|verb| named.starts_with(verb))
    {
        return None;
    }
    let group = ending(named, GROUPS).is_some();
    let kind = noun::of(named);
    // 从业人员50人以上的企业: the people are named before.
    if of
        && !group
        && kind.is_some()
        && let Front::Phrase(a, b) = in_front(block, index, &[])
        // 会员人数超千人的企业.
        && (block.noun_of((a, b)) == Some(noun::Noun::Person)
            || block.printed.get(a..b).is_some_and(|named| named.ends_with("人数")))
    {
        return None;
    }
    (group || of && kind.is_some() || kind == Some(noun::Noun::Organisation)).then_some(found)
}

/// Whether it says how high a building is (4栋|28层楼的住宅).
fn is_storeys(candidate: &Candidate) -> bool {
    candidate.unit.as_deref() == Some("层")
}

/// The last of the quantities of one kind that stand in a row with this one (3名、5名和8名).
pub(super) fn last_joined(block: &Block<'_>, index: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    // 24类108项业务.
    let adjoins = |a: &Candidate, b: &Candidate| {
        a.kind == FactKind::Items && b.kind == a.kind && b.start == a.end && !is_storeys(b)
    };
    // 几十个甚至上百个国家.
    let even = |a: &Candidate, b: &Candidate| {
        let word = block.text.one_of(a.end, &["甚至", "乃至"]);
        a.kind == b.kind && a.unit == b.unit && word.is_some_and(|n| a.end + n == b.start)
    };
    let joined = |pair: &[Candidate]| {
        let (a, b) = (&pair[0], &pair[1]);
        block.are_joined(a, b, "和或、与及") || adjoins(a, b) || even(a, b)
    };
    let row = block.candidates.get(index..)?.windows(2).take(LONGEST).take_while(|pair| joined(pair)).count();
    (row > 0).then_some(index + row)
}

/// What stands in the quotation marks that open at `open`, with them.
pub(super) fn quoted(block: &Block<'_>, open: usize) -> Option<Phrase> {
    const LONGEST: usize = 14;
    let close = (open + 2..open + LONGEST).find(|&i| block.text.get(i) == '”')?;
    Some((block.text.byte(open), block.text.end_byte(close + 1, block.printed)))
}

/// Bodies whose name ends in what is a verb elsewhere.
const BODIES: &[&str] = &[
    "成员组织",
    "会员组织",
    "基层组织",
    "社会组织",
    "党组织",
    "工会组织",
    "团组织",
    "职工组织",
    "妇女组织",
    "国际组织",
    "民间组织",
    "群众组织",
    "基层工会组织",
    "基层党组织",
];

/// How long the word for a district is that opens the piece, before who lives there (县|农民, but 市民 and 乡镇干部).
fn district(piece: &str) -> Option<usize> {
    const DISTRICTS: &[&str] = &["自治区", "地区", "县区", "县市", "县", "市", "省", "区", "州", "旗"];
    let word = DISTRICTS.iter().find(|word| piece.starts_with(**word))?;
    let lives_there = noun::at_start(&piece[word.len()..]).is_some_and(|(_, named)| named == noun::Noun::Person);
    (lives_there && noun::at_start(piece).is_none()).then_some(word.len())
}

/// The name in the quotation marks that open at `open`, with the noun that it belongs to: “百日攻坚”小分队.
fn named_in_quotes(block: &Block<'_>, open: usize, to: usize, wanted: Wanted) -> Option<Phrase> {
    if block.text.get(open) != '“' {
        return None;
    }
    let (from, close) = quoted(block, open)?;
    let behind = block.printed.get(close..block.text.end_byte(to, block.printed)).unwrap_or_default();
    // 第一个“拜访”的星球.
    if behind.starts_with('的') {
        return None;
    }
    // 10名“小记者”采访劳模, 20辆“僵尸车”清理完毕: what they do.
    let inside = block.printed.get(from..close).and_then(|name| noun::of(name.trim_matches(['“', '”'])));
    let acts = |end: usize| {
        let words = crate::text::jieba().tag(behind.get(..end).unwrap_or_default(), false);
        words.iter().any(|w| w.tag == "v" || w.tag.starts_with('d'))
    };
    let whole = wanted != Wanted::Thing && inside.is_some();
    let noun = phrase::after(behind, true, wanted).filter(|found| found.0 == 0 && !whole && !acts(found.1));
    Some((from, close + noun.map_or(0, |found| found.1)))
}
