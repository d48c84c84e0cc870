//! 职务: what a person is, and in which organisation.
//!
//! In: the span of a name, the titles around it, and the organisations. Out: the title as printed and the organisation's
//! full name. Titles stand before the name, with their organisation in front (市总工会主席、党组书记X: both titles, one
//! organisation; 街道党工委委员、街道总工会主席X: the last organisation and its title), behind it (X主任), or in a sentence that
//! says so (X是某公司的一名普通职工).

use crate::extract::gazetteer::{Hit, Meaning};
use crate::text::{Span, is_sentence_end, jieba};

use super::organisation::Organisation;
use super::person::Person;
use super::{Scan, border};

/// Characters between an organisation and a title that still belong together (某公司第二车间主任).
const LONGEST_GLUE: usize = 10;

/// A person's title and organisation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Standing {
    pub title: Option<String>,
    pub organisation: Option<String>,
}

impl Standing {
    /// How much it says.
    pub(super) fn worth(&self) -> u8 {
        2 * u8::from(self.organisation.is_some()) + u8::from(self.title.is_some())
    }
}

/// The standing of the person whose name stands at `name`.
pub(super) fn of(scan: &Scan<'_>, name: Span, organisations: &[Organisation]) -> Standing {
    in_front(scan, name, organisations)
        .or_else(|| behind(scan, name, organisations))
        .or_else(|| stated(scan, name, organisations))
        .unwrap_or_default()
}

/// Whether others in a list that the person opens have the same title: it stands before the names, and a body has several
/// such people.
pub(super) fn is_shared(scan: &Scan<'_>, person: &Person) -> bool {
    const SEVERAL: &[&str] = &[
        "委员",
        "常委",
        "职工",
        "工人",
        "员工",
        "代表",
        "劳模",
        "劳动模范",
        "记者",
        "律师",
        "选手",
        "队员",
        "学生",
        "教师",
        "老师",
        "工程师",
        "技师",
        "教授",
        "医生",
        "护士",
        "司机",
        "工匠",
        "院士",
        "专家",
        "干部",
        "志愿者",
        "快递员",
        "骑手",
        "农民工",
        "会员",
        "党员",
        "运动员",
        "焊工",
        "电工",
        "矿工",
    ];
    let Some(title) = person.standing.title.as_deref() else { return false };
    let before = scan.text[..person.span.start as usize].trim_end();
    let in_list = before.ends_with(title) || before.ends_with(['、', '和', '与', '及']);
    let several = || before.strip_suffix(title).is_some_and(is_of_several);
    in_list && (title.contains('副') || several() || SEVERAL.iter().any(|word| title.ends_with(word)))
}

/// The title hits that end at byte `at`, the longest first.
fn titles_ending_at<'s>(scan: &'s Scan<'_>, at: usize) -> impl Iterator<Item = &'s Hit> {
    // No title is longer than this many bytes, and hits are ordered by their start.
    const LONGEST_TITLE: usize = 48;
    let first = scan.hits.partition_point(|h| (h.start as usize) + LONGEST_TITLE < at);
    scan.hits[first..]
        .iter()
        .take_while(move |h| (h.start as usize) < at)
        .filter(move |h| h.end as usize == at && matches!(h.meaning, Meaning::Office | Meaning::Job))
}

/// The organisation that ends at byte `at`.
fn organisation_ending_at(organisations: &[Organisation], at: usize) -> Option<&Organisation> {
    let past = organisations.partition_point(|o| (o.span.end as usize) <= at);
    organisations[..past].last().filter(|o| o.span.end as usize == at)
}

fn in_front(scan: &Scan<'_>, name: Span, organisations: &[Organisation]) -> Option<Standing> {
    let text = scan.text;
    let end = text[..name.start as usize].trim_end_matches([' ', '\u{3000}']).len();
    let mut start = end;
    let mut organisation = None;
    // Each round takes one more title to the left: 主席、党组书记.
    for _ in 0..4 {
        let upto = if start == end {
            end
        } else {
            match text[..start].chars().next_back() {
                Some(c @ ('、' | '兼')) => start - c.len_utf8(),
                _ => break,
            }
        };
        let mut titles = titles_ending_at(scan, upto).peekable();
        let Some(longest) = titles.peek().map(|h| h.start as usize) else { break };
        // The title that begins where an organisation ends: 公司工会|主席 rather than 公司|工会主席.
        let owned = titles_ending_at(scan, upto)
            .find_map(|h| organisation_ending_at(organisations, h.start as usize).map(|o| (h.start as usize, o)));
        if let Some((at, owner)) = owned {
            start = at;
            organisation = Some(owner);
            break;
        }
        start = longest;
        // Titles without a mark between them: 企业|负责人, 普通|职工.
        while let Some(more) = titles_ending_at(scan, start).next() {
            start = more.start as usize;
        }
        if let Some(owner) = organisation_ending_at(organisations, start) {
            organisation = Some(owner);
            break;
        }
    }
    if start == end {
        return None;
    }
    let organisation = organisation.or_else(|| glued(scan, start, organisations));
    // 市人大|代表: the deputy of a body is called after it.
    let seat = ["人大", "政协"].iter().find(|body| text[..start].ends_with(**body));
    if let Some(body) = seat.filter(|_| ["代表", "委员"].contains(&&text[start..end])) {
        start -= body.len();
    }
    // 某工会生产|部部长: the department's name belongs to it.
    if text[start..].starts_with("部部长") {
        let department = organisation.map(|o| o.span.end as usize).filter(|&at| at < start);
        start = department.unwrap_or(start + '部'.len_utf8());
    }
    Some(Standing {
        title: Some(text[start..end].to_owned()),
        organisation: organisation.map(|o| o.name(scan).to_owned()),
    })
}

/// An organisation a little to the left of a title, with only a department or 的一名 between them.
fn glued<'o>(scan: &Scan<'_>, at: usize, organisations: &'o [Organisation]) -> Option<&'o Organisation> {
    let past = organisations.partition_point(|o| (o.span.end as usize) <= at);
    let organisation = organisations[..past].last()?;
    let end = organisation.span.end as usize;
    let glue = &scan.text[end..at];
    let fits = end >= border::back(scan.text, at, LONGEST_GLUE)
        && !glue.chars().any(|c| border::is_mark(c) || "在对向为给由与和把被让使到了说会上请来去".contains(c))
        && !jieba().tag(glue, false).iter().any(|w| w.tag == "v");
    fits.then_some(organisation)
}

/// X主任, X师傅 of an organisation that stands before the name.
fn behind(scan: &Scan<'_>, name: Span, organisations: &[Organisation]) -> Option<Standing> {
    let end = name.end;
    let first = scan.hits.partition_point(|h| h.start < end);
    let title = scan.hits[first..].iter().take_while(|h| h.start == end).find(|h| h.meaning == Meaning::Office)?;
    let organisation = organisation_ending_at(organisations, name.start as usize).map(|o| o.name(scan).to_owned());
    Some(Standing { title: Some(scan.text[end as usize..title.end as usize].to_owned()), organisation })
}

/// What stands between a name and what the person is or becomes.
const BEING: &[&str] = &[
    "是",
    "系",
    "现任",
    "担任",
    "现为",
    ",是",
    "，是",
    ",系",
    "，系",
    "(",
    "（",
    ",",
    "，",
    "任",
    "出任",
    "兼任",
    "当选",
    "当选为",
    "再次当选",
    "被选为",
    "被选举为",
    "被推选为",
    "被任命为",
    "被聘为",
    "二人为",
    "两人为",
    "三人为",
    "四人为",
    "五人为",
];

/// Whether what is stated of the person is stated of those before it in a list too: 甲、乙、丙当选为副主席.
pub(super) fn is_of_all(scan: &Scan<'_>, person: &Person) -> bool {
    let rest = &scan.text[person.span.end as usize..];
    ["当选", "被选", "被任命", "被推选", "二人为", "两人为", "三人为", "四人为", "五人为"]
        .iter()
        .any(|w| rest.starts_with(w))
}

/// Whether the body before a title is several: 三市总工会主席.
fn is_of_several(before: &str) -> bool {
    /// Characters from the number to the title.
    const NEAR: usize = 12;
    let near = &before[border::back(before, before.len(), NEAR)..];
    near.char_indices().any(|(at, c)| {
        "两二三四五六七八九十".contains(c)
            && near[at + c.len_utf8()..].starts_with(['地', '省', '市', '区', '县', '州', '家', '校', '局', '镇'])
    })
}

/// X是某公司的一名职工; X当选为市总工会主席; X,某公司董事长。
fn stated(scan: &Scan<'_>, name: Span, organisations: &[Organisation]) -> Option<Standing> {
    let text = scan.text;
    let end = name.end as usize;
    let rest = &text[end..];
    let verb = BEING.iter().filter(|v| rest.starts_with(**v)).max_by_key(|v| v.len())?;
    let from = end + verb.len();
    let limit = border::on(text, from, 60);
    let sentence = text[from..limit].find(is_sentence_end).map_or(limit, |i| from + i);
    let bare = matches!(*verb, "," | "，" | "(" | "（");
    let behind = organisations.partition_point(|o| (o.span.start as usize) < from);
    let reach = if bare { from } else { border::on(text, from, 8) };
    let organisation =
        organisations.get(behind).filter(|o| (o.span.start as usize) <= reach && (o.span.end as usize) <= sentence);
    if bare && organisation.is_none() {
        return None;
    }
    let start = organisation.map_or(from, |o| o.span.end as usize);
    // The clause ends at a comma that stands in no bracket.
    let mut depth = 0;
    let clause = text[start..sentence]
        .char_indices()
        .find(|(_, c)| {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth -= 1,
                _ => {}
            }
            depth < 0 || depth == 0 && matches!(c, ',' | '，' | '、' | '；' | ';')
        })
        .map_or(sentence, |(i, _)| start + i);
    let first = scan.hits.partition_point(|h| (h.start as usize) < start);
    let title = scan.hits[first..]
        .iter()
        .take_while(|h| (h.end as usize) <= clause)
        .find(|h| matches!(h.meaning, Meaning::Office | Meaning::Job) && (!bare || h.start as usize == start))?;
    // What is said of somebody else in the clause is not this person's title.
    if organisation.is_none() && border::on(text, from, 12) < title.start as usize {
        return None;
    }
    Some(Standing {
        title: Some(text[title.start as usize..title.end as usize].to_owned()),
        organisation: organisation.map(|o| o.name(scan).to_owned()),
    })
}
