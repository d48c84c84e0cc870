//! The credit: the printed line (or the head or tail of one) that holds dateline and byline.
//!
//! In: the text of one line of a page. Out: where the credit stands in it, and who is credited in which role.
//! `layout` asks where a credit is, to split it off into a block of its own; `extract` asks who is in it. Neither reads
//! further than this module, so the grammar stands here once.
//!
//! The grammar is that of the trade: a dateline (`dateline`), then groups of role and names (`people`), in a bracket or
//! not, then a verb. It is read from left to right without going back over more than one group; a credit is shorter than
//! `LONGEST`, so the cost of a call does not grow with its text. Where a name ends
//! before running text is decided by the statistics of names in [`crate::text`].
//!
//! The lines that sites print around a story, fields of label and value, are read by `web`; those that send a reader to
//! another page (下转第3版) by [`jump`].
//!
//! Not read: credits that are part of a sentence (记者从市总工会获悉), and staff lines (责任编辑…).

mod cursor;
mod dateline;
pub mod jump;
mod lexicon;
mod name_list;
mod people;
#[cfg(test)]
mod tests;
mod web;

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::record::{Dateline, Role};
use crate::text::{
    CharSet, Span, find_other, ideographs_before, is_cjk, is_common_ideograph, is_name_dot, is_sentence_end,
};
use cursor::{Cursor, Roles, fold};
use lexicon::{LABELS, RANKS, Words, opens_role, starts};
use people::{Bare, Group};
use smallvec::SmallVec;

/// Bytes that a credit at most has: forty names in five roles.
const LONGEST: usize = 900;
/// Bytes of headline (with kicker and deck) that may stand before a credit inside a text.
const HEADLINE: usize = 600;
/// Characters within which a quotation or a title in a credit closes: the name of a column or of a house.
const QUOTED: usize = 16;
/// Places in the last `LONGEST` bytes of a text where a closing credit is tried to begin.
const TRIES: usize = 12;

/// One name in one role, in bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// The name as printed, blanks of typesetting included (陈 怡).
    pub span: Span,
    /// In which role.
    pub role: Role,
    /// The house that is printed before the role (本报, 新华社).
    pub affiliation: Option<String>,
}

/// A credit that was found in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    /// All of it, from the bullet, the dateline or the bracket to the last name, verb, bracket or colon, without mark-up
    /// and outer blanks.
    pub span: Span,
    /// The dateline, where one is printed.
    pub dateline: Option<Dateline>,
    /// Who is credited; a person in two roles stands twice.
    pub people: Vec<Credited>,
}

/// The credit that opens `text` (本报讯 记者X 通讯员Y报道 …), if one does. Mark-up such as `**` may stand around it.
///
/// ```
/// use jianbao::credit;
/// let text = "**本报讯 记者王建国报道** 近日,市总工会走访困难职工。";
/// let credit = credit::head(text).unwrap();
/// assert_eq!(credit.span.of(text), "本报讯 记者王建国报道");
/// assert_eq!(credit.people[0].span.of(text), "王建国");
/// ```
pub fn head(text: &str) -> Option<Credit> {
    Text::new(text).head()
}

/// The credit that `text` is, if it is nothing else. Mark-up and blanks may stand around it.
pub fn whole(text: &str) -> Option<Credit> {
    Text::new(text).whole()
}

/// A text that is asked for its credits more than once.
#[derive(Clone, Debug)]
pub struct Text<'t> {
    text: &'t str,
    roles: Roles,
}

impl<'t> Text<'t> {
    /// What all credits need is looked for once, when the first of them needs it.
    pub fn new(text: &'t str) -> Self {
        Self { text, roles: Roles::new(text) }
    }

    fn cursor(&self, at: usize, stop: usize) -> Cursor<'_> {
        Cursor::new(self.text, at, stop, &self.roles)
    }

    /// The credit that opens the text: see [`head`].
    pub fn head(&self) -> Option<Credit> {
        let text = self.text;
        let mut cursor = self.cursor(0, floor(text, LONGEST));
        while cursor.eat(&['\n', '\r', '#']) || cursor.skip_blanks() {}
        let before = &text[..cursor.at];
        if (before.ends_with("**") || before.ends_with("__"))
            && let Some(length) = cursor.rest().find(&before[before.len() - 2..])
            && let Some(credit) = exact(&cursor, cursor.at, cursor.at + length)
        {
            return Some(credit);
        }
        read(&mut cursor, false)
    }

    /// The credit that the text is, if it is nothing else: see [`whole`].
    pub fn whole(&self) -> Option<Credit> {
        let (start, end) = bare(self.text, 0, self.text.len());
        if end - start > LONGEST {
            return None;
        }
        let cursor = self.cursor(start, end);
        may_close(&cursor).then(|| exact(&cursor, start, end)).flatten().or_else(|| web::read(&cursor, false))
    }

    /// The credit that the text is, if it is nothing but fields of label and value (编辑：… 审核：…). One field may hold
    /// anything: it is asked of what stands among such lines.
    pub fn fields(&self) -> Option<Credit> {
        let (start, end) = bare(self.text, 0, self.text.len());
        if end - start > LONGEST { None } else { web::read(&self.cursor(start, end), true) }
    }

    /// The names that the text is, if it is nothing else. Other lines look like that: it is asked of what is known for a
    /// credit.
    pub fn names(&self) -> Option<Credit> {
        let (start, end) = bare(self.text, 0, self.text.len());
        names_alone(self.text, start, end)
    }

    /// The author that a line between a headline and its text names: a name, or a name and who that is
    /// (甲乙丙（退休职工）). Other lines look like that: it is asked of what is known for a credit.
    pub fn author(&self) -> Option<Credit> {
        /// Characters of who that is.
        const SAID: std::ops::RangeInclusive<usize> = 2..=14;
        let (start, end) = bare(self.text, 0, self.text.len());
        let text = &self.text[start..end];
        let name = match text.split_once(['（', '(']) {
            Some((name, said)) => {
                let said = said.strip_suffix(['）', ')'])?;
                // 甲乙丙（右二）: who is in the picture.
                let pictured = said.starts_with(['左', '右', '中', '前', '后', '图']) || said.ends_with(['奖', '名']);
                (SAID.contains(&said.chars().count()) && said.chars().all(is_cjk) && !pictured)
                    .then(|| name.trim_end())?
            }
            None => text,
        };
        let span = Span::new(start, start + name.len());
        people::is_signature(name).then(|| Credit {
            span: Span::new(start, end),
            dateline: None,
            people: vec![Credited { span, role: Role::Author, affiliation: None }],
        })
    }

    /// Who signs a text below it, behind what he is and a blank (某厂职工 甲乙丙). Other lines look like that: it is asked of
    /// what stands between two texts, or is known for a credit.
    pub fn signer(&self) -> Option<Credit> {
        /// Characters of what he is.
        const SAID: std::ops::RangeInclusive<usize> = 2..=20;
        const ENDS: [&str; 40] = [
            "律师",
            "技师",
            "工程师",
            "劳模",
            "班长",
            "厂长",
            "校长",
            "院长",
            "站长",
            "居民",
            "职工",
            "员工",
            "工人",
            "读者",
            "村民",
            "市民",
            "网友",
            "教师",
            "医生",
            "学生",
            "干部",
            "会员",
            "主席",
            "主任",
            "经理",
            "书记",
            "编辑",
            "司机",
            "公司",
            "工会",
            "学校",
            "医院",
            "中心",
            "厂",
            "局",
            "村",
            "社区",
            "街道",
            "事务所",
            "顾问",
        ];
        let (mut start, mut end) = bare(self.text, 0, self.text.len());
        if let Some(inside) =
            self.text[start..end].strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']))
        {
            start += self.text[start..].chars().next().map_or(0, char::len_utf8);
            end = start + inside.len();
        }
        let text = &self.text[start..end];
        let (said, name) = text.rsplit_once(is_gap)?;
        let is_said = said.chars().all(|c| is_cjk(c) || is_gap(c)) && SAID.contains(&said.chars().count());
        if !(is_said && ENDS.iter().any(|word| said.ends_with(word)) && people::is_signature(name)) {
            return None;
        }
        let people = vec![Credited { span: Span::new(end - name.len(), end), role: Role::Author, affiliation: None }];
        Some(Credit { span: Span::new(start, end), dateline: None, people })
    }

    /// The credit that closes the text (… 通讯员X 记者Y 摄), if one does.
    pub fn tail(&self) -> Option<Credit> {
        self.closing(true)
    }

    /// The same of a text that is not all of it a credit, as [`Text::whole`] says.
    pub fn tail_of_more(&self) -> Option<Credit> {
        self.closing(false)
    }

    fn closing(&self, may_be_all: bool) -> Option<Credit> {
        let text = self.text;
        let (start, bare_end) = bare(text, 0, text.len());
        let end = start + without_note(&text[start..bare_end]).len();
        let from = ceil(text, end.saturating_sub(LONGEST)).max(start);
        let Places { begins, label_to } = places(text, from, end);
        let all = (from == start && (may_be_all || end < bare_end)).then_some(start);
        // The last character that is more than a stop tells most texts from such as end in a credit, see `may_close`.
        let last = text[from..end].trim_end_matches(is_stop).chars().next_back();
        let ends = last.is_some_and(|c| starts(c) & Words::Last as u16 != 0 || matches!(c, '”' | '》'));
        let opens = |at: usize| {
            let first = text[at..end].trim_start_matches(is_outer).chars().next();
            first.is_some_and(|c| starts(c) & (Words::Bullet as u16 | Words::Source as u16) != 0)
        };
        // …在风中飘摇本组图片由本报记者甲摄: run into its caption.
        let captioned = || {
            let found = ["本组图片", "本组照片", "本版图片", "以上图片"]
                .iter()
                .filter_map(|w| text[from..end].rfind(w))
                .max()?;
            Some(from + found)
        };
        let captioned = if last == Some('摄') { captioned() } else { None };
        let begins = begins.into_iter().rev().filter(|&at| at > start);
        let found = all.into_iter().chain(begins).chain(captioned).find_map(|at| {
            let cursor = self.cursor(at, end);
            // Not all between the start and the first of the other places was looked at.
            if !(at == start || ends || cursor.sees_role() || at < label_to || opens(at)) {
                return None;
            }
            let credit = may_close(&cursor).then(|| exact(&cursor, at, end)).flatten()?;
            let before = text[..at].trim_end_matches([' ', '\u{3000}', '*']);
            let after_sentence =
                before.chars().next_back().is_none_or(|c| is_sentence_end(c) || "”’）)》…\n".contains(c));
            closes(text, &credit, after_sentence || signs_before_stop(text, &credit)).then_some(credit)
        });
        found.or_else(|| signature(text, start, end)).or_else(|| archived(text, start, end))
    }
}

/// The credit that stands inside `text`, behind a headline that the page reader ran into it
/// (…致辞本报杭州8月10日讯记者X报道：…).
///
/// Only a dateline with a place, a day or a role behind it is taken; the first one counts.
pub fn inner(text: &str) -> Option<Credit> {
    let stop = floor(text, HEADLINE);
    let near = &text.as_bytes()[..floor(text, stop + "新华社".len())];
    let mut begins: SmallVec<[usize; TRIES]> = OWN_HOUSES.iter().flat_map(|house| house.find_iter(near)).collect();
    begins.sort_unstable();
    let mut begins = begins.into_iter().filter(|&at| 0 < at && at < stop).peekable();
    begins.peek()?;
    let whole = Text::new(text);
    begins.find_map(|at| {
        if text[..at].ends_with(['据', '由', '向', '为', '在', '“', '《', '(', '（']) {
            return None;
        }
        let mut cursor = whole.cursor(at, floor(text, at + LONGEST));
        read(&mut cursor, false).filter(|c| {
            c.dateline.as_ref().is_some_and(|d| d.date.is_some() || d.place.is_some() || !c.people.is_empty())
        })
    })
}

/// Houses whose datelines are looked for inside of a text.
static OWN_HOUSES: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["本报", "新华社", "中新社"].map(Finder::new));

/// Whether a credit is a name in a bracket that stands before the last stop of its text: …茶叶（甲）。
fn signs_before_stop(text: &str, credit: &Credit) -> bool {
    let inside = credit.span.of(text).trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let behind = text[credit.span.end as usize..].trim_matches(is_outer);
    inside.len() < credit.span.len() && behind == "。" && people::is_signature(inside) && !is_of_person(text, credit)
}

/// Whether the sentence before a bracket with a name ends in who that is (桥的老班长（甲乙丙）), or says of somebody that he
/// is or was called so.
fn is_of_person(text: &str, credit: &Credit) -> bool {
    /// How words for people end.
    static PERSONS: CharSet = CharSet::new("员长工者手人师傅匠席任记家女男童生友范兵委");
    /// Characters before the bracket in which a verb says so.
    const NEAR: usize = 16;
    let sentence = text[..credit.span.start as usize].trim_end();
    sentence.ends_with(|c| PERSONS.has(c))
        || sentence
            .chars()
            .rev()
            .take(NEAR)
            .take_while(|c| !is_sentence_end(*c))
            .any(|c| matches!(c, '是' | '为' | '叫'))
}

/// The note at the end of a text that its picture is an old one: ….资料图片.
fn archived(text: &str, start: usize, end: usize) -> Option<Credit> {
    const NOTES: &[&str] = &["资料图片", "资料照片", "档案照片"];
    let before = NOTES.iter().find_map(|note| text[start..end].strip_suffix(note))?.trim_end_matches(is_gap);
    let note = text[start + before.len()..end].trim_start_matches(is_gap);
    let stands = before.chars().next_back().is_some_and(is_sentence_end);
    stands.then(|| Credit { span: Span::new(end - note.len(), end), dateline: None, people: Vec::new() })
}

/// The names that stand alone at the end of a text, apart from its last sentence: ….　甲 乙.
fn signature(text: &str, start: usize, end: usize) -> Option<Credit> {
    /// Bytes of three names and what stands between them.
    const LONGEST: usize = 36;
    let from = ceil(text, end.saturating_sub(LONGEST)).max(start);
    let (stop, mark) = text[from..end].char_indices().rfind(|(_, c)| is_sentence_end(*c) || matches!(c, '”' | '’'))?;
    let behind = from + stop + mark.len_utf8();
    if text[behind..end].starts_with(is_gap) { names_alone(text, behind, end) } else { None }
}

/// The names that `text[start..end]` is, with gaps between them and nothing else; or one whose letters are set apart.
fn names_alone(text: &str, start: usize, end: usize) -> Option<Credit> {
    if let Some(span) = spaced_name(text, start, end) {
        let author = Credited { span, role: Role::Author, affiliation: None };
        return Some(Credit { span, dateline: None, people: vec![author] });
    }
    let mut people = Vec::new();
    let mut at = start;
    for name in text[start..end].split_inclusive(is_gap) {
        let bare = name.trim_end_matches(is_gap);
        if !bare.is_empty() {
            let span = Span::new(at, at + bare.len());
            people::is_signature(bare)
                .then(|| people.push(Credited { span, role: Role::Author, affiliation: None }))?;
        }
        at += name.len();
    }
    let first = people.first()?.span.start as usize;
    Some(Credit { span: Span::new(first, end), dateline: None, people })
}

/// Where the one name stands that `text[start..end]` is, its letters set apart (石 言, 梁 柏 松).
fn spaced_name(text: &str, start: usize, end: usize) -> Option<Span> {
    /// Bytes of three letters and what stands between them.
    const LONGEST: usize = 24;
    let part = text[start..end].trim_end_matches(is_gap);
    let at = end - text[start..end].trim_start_matches(is_gap).len();
    if part.len() > LONGEST || !part.trim_start_matches(is_gap).contains(is_gap) {
        return None;
    }
    let letters = part.split(is_gap).filter(|letter| !letter.is_empty());
    let mut name = String::new();
    for letter in letters {
        if letter.chars().nth(1).is_some() {
            return None;
        }
        name.push_str(letter);
    }
    people::is_signature(&name).then(|| Span::new(at, start + part.len()))
}

/// What may stand between names that stand alone.
fn is_gap(c: char) -> bool {
    fold(c) == ' ' || c == '\n'
}

/// Where a closing credit may begin, and what stands there.
#[derive(Default)]
struct Places {
    begins: SmallVec<[usize; TRIES]>,
    /// Behind all that may stand between a label and its names: 0 where nothing does.
    label_to: usize,
}

/// The last places of `text[from..end]` where a closing credit may begin, from the last one on: opening brackets, and what
/// stands behind a sentence's end, a blank or another closing mark. None of them stands before a sentence that ends
/// outside of brackets and quotation marks, since no credit goes on behind it.
fn places(text: &str, from: usize, end: usize) -> Places {
    let mut found = Places::default();
    let mut later: Option<(usize, char)> = None;
    // Whether it opens a bracket or a quotation.
    let mut later_opens = false;
    // Brackets and quotation marks that close behind the present place and open before it.
    let mut depth = 0_usize;
    let mut in_stops = true;
    let parts = |c: char| starts(c) & (Words::End as u16 | Words::Parts as u16) != 0;
    let takes = |(at, c): (usize, char), parted: bool, found: &mut Places| {
        let blank = matches!(fold(c), ' ' | '*' | '\n');
        if !blank && (parted || matches!(fold(c), '(' | '【' | '[')) {
            found.begins.push(at);
        }
    };
    let opens = |c: char| starts(c) & Words::Opening as u16 != 0;
    let mut stop = end;
    while let Some(c) = text[from..stop].chars().next_back() {
        stop -= c.len_utf8();
        let at = stop;
        let parted = !is_common_ideograph(c) && parts(c);
        if let Some(place) = later.filter(|_| parted || later_opens) {
            takes(place, parted, &mut found);
            if found.begins.len() == TRIES {
                return found;
            }
        }
        later = Some((at, c));
        if is_common_ideograph(c) {
            (later_opens, in_stops) = (false, false);
            // Of the ideographs before it only the first one matters.
            let first = ideographs_before(text, at).max(from);
            if first < at {
                stop = first;
                later = text[first..].chars().next().map(|c| (first, c));
            }
            continue;
        }
        later_opens = opens(c);
        in_stops &= is_stop(c);
        if starts(c) & Words::LabelEnd as u16 != 0 {
            found.label_to = found.label_to.max(at + 1);
        }
        match fold(c) {
            ')' | ']' | '】' | '〕' | '”' | '》' => depth += 1,
            _ if later_opens => depth = depth.saturating_sub(1),
            _ if depth == 0 && !in_stops && starts(c) & Words::End as u16 != 0 => return found,
            _ => {}
        }
    }
    if let Some(place) = later {
        takes(place, true, &mut found);
    }
    found
}

/// Whether what was found at the end of a text is a credit there, and not the end of its last sentence.
fn closes(text: &str, credit: &Credit, after_sentence: bool) -> bool {
    let found = credit.span.of(text);
    let bracketed = found.ends_with([')', '）', '】', ']']);
    let role_word = credit.people.iter().any(|p| p.role != Role::Author);
    after_sentence
        || (role_word && (bracketed || found.contains("摄") || found.contains("图")))
        || found.contains("报道")
}

/// Whether all that the cursor reads may be a credit: false is certain, and cheaper to know than to read it.
///
/// Outside of brackets and quotation marks no credit goes on behind a sentence's end. It closes with a verb, a bracket
/// or the like, or else names stand there, which a role, a label with its mark, a bullet or a source must come before;
/// the same holds for what stands before a bracket.
fn may_close(cursor: &Cursor<'_>) -> bool {
    let inside = cursor.rest().trim_start_matches(is_outer).trim_end_matches(is_stop);
    let is = |c: char, words: Words| starts(c) & words as u16 != 0;
    let mut marked = inside.chars().next().is_some_and(|c| is(c, Words::Bullet));
    let mut previous: Option<char> = None;
    let mut at = 0;
    while let Some((stop, c)) = find_other(inside, at) {
        if is(c, Words::End) {
            return false;
        }
        if stop > at {
            previous = inside[..stop].chars().next_back();
        }
        at = stop + c.len_utf8();
        if !is(c, Words::Stops) {
            previous = Some(c);
            continue;
        }
        if !is(c, Words::Opening) {
            marked = true;
            previous = Some(c);
            continue;
        }
        marked = marked || cursor.sees_role();
        // What stands inside is not looked at here.
        let mut chars = inside[at..].chars();
        let closed = match c {
            // A quotation stands in a credit only between house and role.
            '“' => marked && chars.by_ref().take(QUOTED).any(|c| c == '”'),
            '《' => chars.by_ref().take(QUOTED).any(|c| c == '》'),
            _ => {
                let may_stand = marked
                    || previous.is_none_or(|p| is(p, Words::Last) || matches!(p, '》' | '”' | '发' | '等' | '人'));
                may_stand && chars.by_ref().any(|other| Some(fold(other)) == closing(c))
            }
        };
        if !closed {
            return false;
        }
        previous = Some(')');
        at = inside.len() - chars.as_str().len();
    }
    if at < inside.len() {
        previous = inside.chars().next_back();
    }
    marked
        || cursor.sees_role()
        || previous.is_some_and(|c| is(c, Words::Last))
        || inside.chars().next().is_some_and(|c| starts(c) & (Words::Bullet as u16 | Words::Source as u16) != 0)
}

/// Whether a credit may open at the cursor, or go on there, for which it is known whether a house stands there: false is
/// certain, and cheaper to know than to read it.
///
/// With an ideograph one opens only as a house, a word of the lists, a place or an unknown house before its role, or a
/// name before a role or a verb.
fn may_open(cursor: &Cursor<'_>, closed: bool) -> bool {
    /// Characters within which a channel, a place, an unknown house and the role behind it end.
    const NEAR: usize = 14;
    let Some(first) = cursor.rest().chars().next() else { return false };
    if !is_cjk(first) {
        return first != '“';
    }
    let rest = cursor.rest();
    let stands = !cursor.has_no_house()
        || matches!(first, '据' | '综' | '驻')
        || { *cursor }.eat_any(Words::Label, LABELS).is_some()
        || { *cursor }.eat_any(Words::Rank, RANKS).is_some()
        || opens_role(rest);
    // 以上均据…, 来源…, 读者…: what nothing goes on behind.
    let alone = || {
        let sourced = starts(first) & Words::Source as u16 != 0 || first == '均';
        sourced || ["以上", "读者"].iter().any(|word| rest.starts_with(word))
    };
    if stands || closed && alone() {
        return true;
    }
    for (n, c) in rest.chars().take(NEAR).enumerate() {
        // 通讯员, 江城讯, 记者; 阿不都·买买提.
        if matches!(c, '讯' | '者') || is_name_dot(c) {
            return true;
        }
        if is_common_ideograph(c) || is_cjk(c) || c.is_ascii_alphanumeric() {
            continue;
        }
        // 某云/某日报讯; 甲 记者乙.
        let mark = fold(c);
        if mark == '/' || n <= 4 && matches!(mark, '、' | ' ' | '*' | '_') && cursor.sees_role() {
            return true;
        }
        break;
    }
    (closed || name_list::may_begin_with_name(rest)) && cursor.sees_verb()
}

/// The credit that `text[start..end]` is, if it is nothing else; the cursor reads no less of the text.
fn exact(outer: &Cursor<'_>, start: usize, end: usize) -> Option<Credit> {
    let (start, end) = bare(outer.text, start, end);
    let mut cursor = outer.part(start, end);
    let credit = read(&mut cursor, true)?;
    // 甲摄/光明图片: who spreads the picture.
    let mut source = cursor;
    if source.eat(&['/']) && dateline::house(&mut source).is_some() {
        cursor = source;
    }
    cursor.skip_blanks();
    cursor.eat(&['。', '.', ';']);
    cursor.skip_blanks();
    cursor.at_end().then_some(credit)
}

/// Reads a credit at the cursor. `closed`: nothing else should stand up to the cursor's stop.
fn read(cursor: &mut Cursor<'_>, closed: bool) -> Option<Credit> {
    cursor.note_house();
    if may_open(cursor, closed) { read_opened(cursor, closed) } else { None }
}

/// The same where one may open.
fn read_opened(cursor: &mut Cursor<'_>, closed: bool) -> Option<Credit> {
    let start = cursor.at;
    // ——本报记者甲.
    while closed && cursor.eat(&['—']) {
        cursor.note_house();
    }
    let bullet = cursor.eat(lexicon::BULLETS);
    if bullet {
        cursor.skip_blanks();
        cursor.note_house();
    }
    let mut end = None;
    let mut all = Group::default();
    let mut opening = None;
    // Who printed it first, named in a bracket behind people.
    let mut sources = Vec::new();
    // A dateline may stand in a bracket of its own, or at the head of the credit's.
    if let Some(found) =
        bracketed_dateline(cursor).or_else(|| dateline::read(cursor)).or_else(|| dateline::house_alone(cursor))
    {
        opening = Some(found);
        end = Some(cursor.at);
    }
    let mut brackets = 0;
    if opening.is_some() {
        // 本报讯:记者…: a colon between dateline and role.
        let mut colon = *cursor;
        let groups = |mut c: Cursor<'_>| !people::groups(&mut c, true, closed, None).people.is_empty();
        if colon.eat(&[':']) && groups(colon) {
            *cursor = colon;
        }
    } else if closed && let Some(credit) = only_sources(cursor) {
        return Some(credit);
    }
    loop {
        let mut ahead = *cursor;
        ahead.skip_blanks();
        // 新华社发（X摄）: who spread the picture, and who took it.
        let mut issued = ahead;
        if dateline::house(&mut issued).is_some() && issued.eat_word("发") {
            issued.skip_blanks();
            ahead = issued;
        }
        if let Some(inside) = bracket(&ahead) {
            let mut within = cursor.part(inside.0, inside.1);
            let alone = if opening.is_some() { Some(Bare::OfDateline) } else { closed.then_some(Bare::Alone) };
            let giver = if alone.is_some() { people::giver(&mut within) } else { None };
            let mut group = people::groups(&mut within, true, true, alone);
            for person in &mut group.people {
                person.house = person.house.or(giver);
            }
            within.skip_blanks();
            let words = &cursor.text[inside.0..inside.1];
            let nameless = group.people.is_empty()
                && (lexicon::NAMELESS.iter().any(|n| words.starts_with(n))
                    || lexicon::GIVEN_BY.iter().any(|n| words.ends_with(n)))
                && (closed || opening.is_some());
            // …记者甲(春城晚报): the paper that the credited wrote for.
            let mut paper = cursor.part(inside.0, inside.1);
            let sourced = (all.has_role || all.has_verb) && dateline::house(&mut paper).is_some() && {
                paper.eat(&['发']);
                paper.at_end()
            };
            // □甲（某市）: where the author lives.
            let placed = bullet && closed && all.people.len() == 1 && {
                let inside = words.trim();
                inside.chars().count() <= 8
                    && inside.chars().all(is_cjk)
                    && inside.ends_with(['市', '县', '区', '省', '镇', '乡'])
            };
            // （甲 作者单位：某县总工会）.
            // （作者：甲 单位：某县总工会）.
            let behind = within.rest().trim_start_matches(is_outer);
            let noted = behind.starts_with("作者") || behind.starts_with("单位");
            // （记者 甲 编辑 乙 来源：某报）.
            let printed_first =
                if within.at_end() || group.people.is_empty() { None } else { dateline::sources(&mut within) };
            if nameless || sourced || placed || ((within.at_end() || noted) && !group.people.is_empty()) {
                all.people.extend(group.people);
                sources.extend(printed_first.into_iter().flatten());
                all.has_role |= group.has_role;
                all.has_verb |= group.has_verb;
                all.marked_end = true;
                ahead.at = inside.2;
                *cursor = ahead;
                end = Some(cursor.at);
                brackets += 1;
                continue;
            }
        }
        if brackets > 0 && !closed {
            break;
        }
        if opening.is_some()
            && all.people.is_empty()
            && let Some(group) = sent_in(&mut ahead, closed)
        {
            all = group;
            *cursor = ahead;
            end = Some(cursor.at);
            continue;
        }
        // Nothing but names behind a bullet may do without what tells of a credit.
        if end.is_some() && !(bullet && closed) {
            ahead.note_house();
            if !may_open(&ahead, closed) {
                break;
            }
        }
        // □某公司收费所 甲: the body that the author belongs to.
        let giver = if bullet && closed && all.people.is_empty() { people::giver(&mut ahead) } else { None };
        let mut group =
            people::groups(&mut ahead, opening.is_some(), closed, (bullet && closed).then_some(Bare::Alone));
        group.people.iter_mut().for_each(|person| person.house = person.house.or(giver));
        if group.people.is_empty() {
            // （甲 乙）区总工会供图.
            if brackets > 0 && people::take_donor(&mut ahead) {
                *cursor = ahead;
                end = Some(cursor.at);
            }
            break;
        }
        all.people.extend(group.people);
        all.has_role |= group.has_role;
        all.has_verb |= group.has_verb;
        all.marked_end = group.marked_end;
        *cursor = ahead;
        end = Some(cursor.at);
    }
    if opening.is_none()
        && all.has_role
        && !all.people.is_empty()
        && let Some(found) = dateline::sent(cursor)
    {
        opening = Some(found);
        end = Some(cursor.at);
    }
    let mut end = end?;
    if all.people.is_empty() && opening.is_none() && brackets == 0 {
        return None;
    }
    // A colon behind the credit opens the text and belongs to neither.
    let mut colon = *cursor;
    colon.skip_blanks();
    if colon.eat(&[':']) {
        *cursor = colon;
        end = colon.at;
    }
    let agency = opening.as_ref().and_then(|o| o.dateline.agency.clone());
    let mut people: Vec<Credited> = Vec::new();
    let source = |span| Credited { span, role: Role::Source, affiliation: None };
    people.extend(opening.iter().flat_map(|opening| &opening.sources).copied().map(source));
    people.extend(all.people.iter().flat_map(|person| credits(person, cursor.text, agency.as_deref())));
    people.extend(sources.into_iter().map(source));
    Some(Credit { span: Span::new(start, end), dateline: opening.map(|o| o.dateline), people })
}

/// The body that sends a text in, and who reports for it: 市总宣教部 甲 报道.
fn sent_in(cursor: &mut Cursor<'_>, closed: bool) -> Option<Group> {
    let mut ahead = *cursor;
    let giver = people::giver(&mut ahead)?;
    let mut group = people::groups(&mut ahead, true, closed, None);
    group.people.iter_mut().for_each(|person| person.house = person.house.or(Some(giver)));
    let reported = group.has_verb && !group.people.is_empty();
    reported.then(|| *cursor = ahead)?;
    Some(group)
}

/// A person in each of their roles, of the house that stands with them or of this one.
fn credits(person: &people::Person, text: &str, house: Option<&str>) -> impl Iterator<Item = Credited> {
    let affiliation = person.house.map(|h| h.of(text)).or(house).map(str::to_owned);
    let span = person.span;
    person.roles().map(move |role| Credited { span, role, affiliation: affiliation.clone() })
}

/// A line or a bracket that credits sources, and who wrote for them (来源：工人日报 记者甲).
fn only_sources(cursor: &mut Cursor<'_>) -> Option<Credit> {
    let start = cursor.at;
    let (mut within, end) = match bracket(cursor) {
        Some((from, to, end)) => (cursor.part(from, to), end),
        None => (*cursor, cursor.stop),
    };
    let sources = dateline::sources(&mut within)?;
    let credited = |span| Credited { span, role: Role::Source, affiliation: None };
    let mut people: Vec<Credited> = sources.iter().copied().map(credited).collect();
    within.skip_blanks();
    if !within.at_end() {
        let house = sources.last().map(|span| span.of(cursor.text).to_owned());
        let authors = people::groups(&mut within, true, true, None).people;
        people.extend(authors.iter().flat_map(|person| credits(person, cursor.text, house.as_deref())));
        within.skip_blanks();
    }
    within.at_end().then(|| cursor.at = end)?;
    Some(Credit { span: Span::new(start, end), dateline: None, people })
}

fn bracketed_dateline(cursor: &mut Cursor<'_>) -> Option<dateline::Opening> {
    let (from, to, end) = bracket(cursor)?;
    let mut within = cursor.part(from, to);
    let found = dateline::read(&mut within)?;
    within.at_end().then(|| cursor.at = end)?;
    Some(found)
}

/// The bracket that opens at the cursor: where its inside begins and ends, and where it ends itself.
fn bracket(cursor: &Cursor<'_>) -> Option<(usize, usize, usize)> {
    let open = cursor.rest().chars().next()?;
    let close = closing(open)?;
    let from = cursor.at + open.len_utf8();
    // (记者甲 乙(实习)): the one that closes it, and not the one inside.
    let mut depth = 0_usize;
    let (at, c) = cursor.text[from..cursor.stop].char_indices().find(|&(_, c)| match fold(c) {
        c if c == fold(open) => {
            depth += 1;
            false
        }
        c if c == close && depth > 0 => {
            depth -= 1;
            false
        }
        c => c == close,
    })?;
    Some((from, from + at, from + at + c.len_utf8()))
}

/// What closes the bracket `open`, folded.
fn closing(open: char) -> Option<char> {
    match fold(open) {
        '(' => Some(')'),
        '[' => Some(']'),
        '【' => Some('】'),
        '〔' => Some('〕'),
        _ => None,
    }
}

/// What may stand behind a credit: also a full stop, or a semicolon.
fn is_stop(c: char) -> bool {
    is_outer(c) || matches!(c, '。' | '.' | '．' | ';' | '；')
}

/// What may stand around a credit: blanks, line breaks, mark-up.
fn is_outer(c: char) -> bool {
    matches!(c, '*' | '_' | '#') || c.is_whitespace()
}

/// Cuts blanks, line breaks and emphasis marks off both ends of `text[start..end]`.
fn bare(text: &str, start: usize, end: usize) -> (usize, usize) {
    let inside = &text[start..end];
    let from = start + inside.len() - inside.trim_start_matches(is_outer).len();
    (from, from.max(start + inside.trim_end_matches(is_outer).len()))
}

/// A text without the bracket at its end that says where its picture is from or that it ends: （传真照片）, （完）.
fn without_note(text: &str) -> &str {
    const NOTES: &[&str] = &[
        "数码传真照片",
        "传真照片",
        "附图片",
        "附照片",
        "资料照片",
        "资料图片",
        "档案照片",
        "附图",
        "图片",
        "照片",
        "完",
        "未完待续",
    ];
    let text = without_source(text);
    let inside = text.strip_suffix([')', '）']);
    let note = inside.and_then(|text| NOTES.iter().find_map(|note| text.strip_suffix(note)));
    let before = note.and_then(|text| text.strip_suffix(['(', '（']));
    before.filter(|before| before.ends_with([')', '）'])).unwrap_or(text)
}

/// A text without the paper, day and page that a site prints behind it: 《工人日报》（2014年10月28日 04版）.
fn without_source(text: &str) -> &str {
    const LONGEST: usize = 30;
    let inside = text.trim_end().strip_suffix(['）', ')']).map(str::trim_end);
    let Some(inside) = inside.filter(|inside| inside.ends_with('版')) else { return text };
    let open = inside.char_indices().rev().take(LONGEST).find(|(_, c)| matches!(c, '（' | '('));
    let paper = open.and_then(|(open, _)| text[..open].trim_end().strip_suffix('》'));
    let title = paper.and_then(|paper| paper.char_indices().rev().take(QUOTED).find(|(_, c)| *c == '《'));
    title.map_or(text, |(at, _)| &text[..at])
}

/// The last character border at or before byte `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0)
}

/// The first character border at or behind byte `at`.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&b| text.is_char_boundary(b)).unwrap_or(text.len())
}
