//! Who is credited: roles, names and verbs, one group after another.
//!
//! A group is a role and its names (本报记者 甲、乙), or names and a verb (甲、乙报道), or a label and names (文/甲). Where
//! a name ends is plain before a mark, a verb or the next role; before running text the statistics of names decide.

use super::cursor::{Cursor, fold};
use super::dateline::house;
use super::lexicon::{
    BASES, BULLETS, COLLECTIVES, GIVEN_BY, GIVERS, LABELS, NO_PEN_NAMES, NOT_BEHIND_VERB, RANKS, RoleWord, SAYS, Verb,
    Words, is_other_behind_base, starts, verb, verbs,
};
use super::name_list::{Names, is_one_name, names, one_place};
use crate::record::Role;
use crate::text::{
    Span, is_cjk, is_name_dot, is_plausible, is_surname, jieba, name_cost, split_names, starts_with_compound_surname,
};

/// Bits for a name where all that stands between two borders must be a credit (in a bracket, in emphasis).
///
/// Enough for any two or three characters that begin with a surname.
const CLOSED: f32 = 40.0;
/// The same for names without a role word, which also stand for other things there (（快评）).
const CLOSED_BARE: f32 = 8.0;
/// Bits for a name that stands apart behind its role (本报记者 甲).
pub(super) const APART: f32 = 14.0;
/// Bits for a name behind an enumeration comma.
pub(super) const LISTED: f32 = 10.0;
/// Bits for a name behind the body or place that it belongs to.
const GIVER: f32 = 6.0;
/// Bits for a name with no role word before it, which only its verb gives away.
pub(super) const BARE: f32 = 2.0;
/// Bits that a name at most costs which is more common than the place of that name.
const COMMON_NAME: f32 = 20.0;
/// Bits for a name behind what is already known to be a credit: a dateline, an earlier group.
const ESTABLISHED: f32 = 6.0;
/// How the desks of a house end, and characters within which the role stands behind one.
const DESKS: &[&str] = &["新闻部", "采访部", "编辑部", "记者部", "新闻中心", "采访中心", "摄影部", "工会部"];
const LONGEST_DESK: usize = 12;
/// Longest run of characters that is searched for names at a time.
pub(super) const RUN: usize = 48;

/// One person of a credit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) span: Span,
    role: Option<RoleWord>,
    pub(super) house: Option<Span>,
    added: Option<Role>,
    wrote: bool,
}

impl Person {
    /// In which roles, the own one first.
    pub(super) fn roles(&self) -> impl Iterator<Item = Role> {
        let own = self.role.map(|r| r.role);
        let author = (own.is_none() && (self.wrote || self.added.is_none())).then_some(Role::Author);
        let first = own.or(author);
        let also = self.role.and_then(|r| r.also).filter(|r| Some(*r) != first);
        let added = self.added.filter(|r| Some(*r) != first && Some(*r) != also);
        first.into_iter().chain(also).chain(added)
    }
}

/// Why names may stand without role and verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bare {
    /// In the bracket behind a dateline.
    OfDateline,
    /// In a bracket of their own, or behind a bullet.
    Alone,
}

/// What was read: people, and what speaks for its being a credit at all.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) people: Vec<Person>,
    /// Whether a role word stands in it.
    pub(super) has_role: bool,
    /// Whether a verb or a label stands in it.
    pub(super) has_verb: bool,
    /// Whether a mark, a verb or a blank shows where it ends, so that no statistics had to.
    pub(super) marked_end: bool,
}

/// Reads as many groups as come next and moves behind the last one.
///
/// `begun`: a dateline stands before them. `closed`: all up to the cursor's stop should be a credit. `bare`: names alone
/// are one, and why.
pub(super) fn groups(cursor: &mut Cursor<'_>, begun: bool, closed: bool, bare: Option<Bare>) -> Group {
    let mut all = Group::default();
    // Where those begin whom the next verb speaks of.
    let mut since = 0;
    let mut label: Option<Verb> = None;
    // Whether labels of one character stand apart by blanks: 文 甲 摄 乙.
    let mut spaced = false;
    // The role of the last names, where a stroke and what they did follows them: 记者 甲/文 乙/图.
    let mut stroke_role: Option<(RoleWord, Option<Span>)> = None;
    if closed {
        take_enclosure(cursor);
    }
    loop {
        let mut ahead = *cursor;
        ahead.skip_blanks();
        if !all.people.is_empty() && (ahead.eat(&['、', ',', ';', '/']) || ahead.eat(BULLETS)) {
            ahead.skip_blanks();
        }
        if ahead.at_end() {
            break;
        }
        if !all.people.is_empty() && take_lender(&mut ahead) {
            all.marked_end = true;
            *cursor = ahead;
            break;
        }
        // 记者甲 摄影乙.
        let behind_blank = ahead.text[..ahead.at].ends_with(char::is_whitespace);
        if let Some(verb) = take_label(&mut ahead, closed && behind_blank && !all.people.is_empty()) {
            ahead.skip_blanks();
            label = Some(verb);
            since = all.people.len();
        } else if let Some(verb) = if closed { take_spaced_label(&mut ahead, spaced) } else { None } {
            spaced = true;
            label = Some(verb);
            since = all.people.len();
        }
        if closed
            && label.is_none()
            && let Some(span) = take_signer(&mut ahead)
        {
            all.people.push(Person { span, role: None, house: None, added: None, wrote: true });
            all.has_role = true;
            all.marked_end = true;
            *cursor = ahead;
            break;
        }
        if let Some((span, role)) = take_collective(&mut ahead) {
            let word = RoleWord { role, also: None };
            all.people.push(Person { span, role: Some(word), house: None, added: None, wrote: true });
            all.has_role = true;
            all.marked_end = true;
            *cursor = ahead;
            continue;
        }
        let mut unknown = false;
        let role = take_role(&mut ahead).or_else(|| {
            let opens = all.people.is_empty();
            let sure = closed && bare == Some(Bare::OfDateline);
            let found = if opens { take_role_of_unknown(&mut ahead, sure, closed) } else { None };
            unknown = found.is_some();
            found
        });
        let favour = match () {
            () if closed => CLOSED,
            () if begun || !all.people.is_empty() => ESTABLISHED,
            () => 0.0,
        };
        let list = if let Some((word, house)) = role {
            all.has_role = true;
            let gap = ahead.skip_blanks() | ahead.eat(&['/']);
            let asked = ahead.eat(&[':']);
            let gap = gap | asked | ahead.skip_blanks();
            let favour = favour + if gap { APART } else { 0.0 };
            let list = names(&mut ahead, favour, closed, false, begun || closed && gap);
            // 记者周盈说:“…”, 记者李刚,29年来…: a sentence about them.
            let told = !closed && !begun && ((!gap || unknown) && says(&ahead, &list) || asked && asks(&ahead, &list));
            if list.spans.is_empty() || told {
                break;
            }
            all.people.extend(list.spans.iter().map(|&span| Person {
                span,
                role: Some(word),
                house,
                added: label.and_then(|l| l.adds),
                wrote: true,
            }));
            list
        } else {
            // 本报讯 甲 记者乙报道: behind a dateline, before whoever has a role.
            let led = all.people.is_empty() && ahead.sees_role() && role_behind_name(ahead, begun || closed);
            if !(label.is_some() || led || closed && bare.is_some() || ahead.sees_verb()) {
                break;
            }
            let (favour, alone) = match (&label, bare) {
                (Some(_), _) => (favour + APART, false),
                (None, Some(Bare::OfDateline)) => (CLOSED, true),
                (None, _) if closed => (CLOSED_BARE, true),
                (None, _) => (BARE, true),
            };
            let list = names(&mut ahead, favour, closed, alone, false);
            let verb = { ahead }.at_verb();
            if list.spans.is_empty() || !(verb || led || label.is_some() || (closed && bare.is_some())) {
                break;
            }
            // 压题照片:水东乡引进…: what the picture shows.
            let takes = label.is_some_and(|l| l.adds == Some(Role::Photographer) && !l.authors);
            if takes && list.ran_into_text {
                break;
            }
            // 记者 甲/文 乙/图, but 记者 甲/文 李女士/图.
            let outsider = list.spans.iter().any(|span| span.of(ahead.text).ends_with(['士', '生']));
            let took = matches!(ahead.rest().trim_start_matches(['/', ' ']).chars().next(), Some('图' | '摄'));
            let kept = stroke_role.filter(|_| label.is_none() && took && !outsider);
            all.people.extend(list.spans.iter().map(|&span| Person {
                span,
                role: kept.map(|(role, _)| role),
                house: kept.and_then(|(_, house)| house),
                added: label.and_then(|l| l.adds),
                wrote: label.is_some_and(|l| l.authors) || (label.is_none() && !verb),
            }));
            all.has_verb |= label.is_some();
            // 摄影 甲 编辑 乙: what the label says is of these alone.
            label = None;
            list
        };
        all.marked_end = list.marked_end;
        // 甲(实习).
        if take_trainee(&mut ahead)
            && let Some(last) = all.people.last_mut()
        {
            last.added = Some(Role::Intern);
        }
        ahead.take_etc();
        let reporter = role.filter(|(word, _)| word.role == Role::Reporter);
        stroke_role = reporter.or(stroke_role).filter(|_| ahead.peek() == Some('/'));
        let mut seen = false;
        while let Some(verb) =
            if spaced || closed && ahead.sees_last_label() { None } else { ahead.take_verb(role.is_some() && !seen) }
        {
            for person in all.people.iter_mut().skip(since) {
                person.added = person.added.or(verb.adds);
                person.wrote |= verb.authors;
            }
            all.has_verb = true;
            all.marked_end = true;
            seen = true;
        }
        if seen {
            since = all.people.len();
        }
        *cursor = ahead;
        if list.ran_into_text {
            break;
        }
    }
    all
}

/// Takes what a bracket says of its pictures before who took them: 附图片1张，新华社记者甲摄.
fn take_enclosure(cursor: &mut Cursor<'_>) {
    const FIGURES: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const NUMERALS: [char; 5] = ['一', '二', '两', '三', '四'];
    let mut ahead = *cursor;
    if !["附图片", "附照片", "附图"].iter().any(|word| ahead.eat_word(word)) {
        return;
    }
    while ahead.eat(&FIGURES) || ahead.eat(&NUMERALS) {}
    ahead.eat(&['张', '幅']);
    if ahead.eat(&[',', '、', ';', '。']) {
        *cursor = ahead;
    }
}

/// Takes who lent the pictures, behind those who are credited: 图片由区总工会提供.
fn take_lender(cursor: &mut Cursor<'_>) -> bool {
    const LONGEST: usize = 24;
    let mut ahead = *cursor;
    if !["本文图片由", "图片由", "照片由", "配图由", "图由"].iter().any(|word| ahead.eat_word(word)) {
        return false;
    }
    let name = ahead.rest().char_indices().take(LONGEST).take_while(|(_, c)| is_cjk(*c));
    let given = |at: usize| GIVEN_BY.iter().find(|v| ahead.rest()[at..].starts_with(**v)).map(|v| at + v.len());
    let Some(length) = name.skip(2).find_map(|(at, _)| given(at)) else { return false };
    ahead.at += length;
    *cursor = ahead;
    true
}

/// Takes who gave the pictures, where that ends all: 区总工会供图.
pub(super) fn take_donor(cursor: &mut Cursor<'_>) -> bool {
    const LONGEST: usize = 24;
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let run = ahead.run(LONGEST);
    ahead.at += run.len();
    ahead.skip_blanks();
    let given = GIVEN_BY.iter().any(|by| run.strip_suffix(by).is_some_and(|who| !who.is_empty()));
    let takes = given && ahead.at_end();
    if takes {
        *cursor = ahead;
    }
    takes
}

/// Whether a name stands here, and a role apart behind it; with no dateline before them (`begun`) both must report.
fn role_behind_name(mut cursor: Cursor<'_>, begun: bool) -> bool {
    const LONGEST: usize = 4;
    const NEAR: usize = 24;
    let run = cursor.run(LONGEST);
    cursor.at += run.len();
    let apart = cursor.eat(&['、']) || cursor.skip_blanks();
    // 黄山 记者王明, 周末 记者李刚: where and when.
    let named = apart && take_role(&mut cursor).is_some() && is_one_name(run, ESTABLISHED, false);
    if !named || is_word_of_text(run) {
        return false;
    }
    begun || cursor.run(NEAR).contains("报道")
}

/// Takes what stands before a role and its gap, where no list has it for a house: 海都|记者 甲, 晚报新闻部|记者 甲. Where it
/// is `sure` that people are credited, or a body's name and that of one person are all of a `closed` credit, no gap is
/// needed: 县总工会|通讯员甲.
fn take_role_of_unknown(cursor: &mut Cursor<'_>, sure: bool, closed: bool) -> Option<(RoleWord, Option<Span>)> {
    /// What is said of a reporter, and where a caption goes on.
    const NO_HOUSES: &[&str] =
        &["优秀", "获奖", "十佳", "冒牌", "中外", "外国", "年轻", "资深", "战地", "某报", "体育", "前任", "同行"];
    const LONGEST: usize = 10;
    /// What stands in a sentence, and in no name of a house.
    const GRAMMAR: &str = "的了着向对和与说据从由被为是在让给请使令等位名个些各该此这那你我他她它有无不没来去到";
    if !cursor.sees_role() {
        return None;
    }
    let mut ahead = *cursor;
    let from = ahead.at;
    let rest = ahead.rest();
    // Also 看看新闻Knews|记者, N海都|记者.
    let name = |c: char| is_cjk(c) || c.is_ascii_alphanumeric();
    let length = rest.chars().take(LONGEST + 3).take_while(|&c| name(c)).map(char::len_utf8).sum();
    let run = &rest[..length];
    let at = ["记者", "通讯员"].iter().filter_map(|base| run.find(base)).min()?;
    let name = &run[..at];
    let letters = name.chars().filter(|c| is_cjk(*c)).count();
    let described = NO_HOUSES.iter().any(|word| name.ends_with(word)) || name.starts_with(['图', '下', '上']);
    if letters < 2 || described || name.chars().count() > LONGEST || name.chars().any(|c| GRAMMAR.contains(c)) {
        return None;
    }
    ahead.at += at;
    let house = Span::new(from, ahead.at);
    let word = take_role_word(&mut ahead)?;
    let mut gap = ahead;
    let alone = || {
        let (body, run) = (house.of(ahead.text), ahead.run(RUN));
        let named = is_signature(run) && GIVERS.iter().any(|end| body.ends_with(end));
        closed && named && ahead.at + run.len() == ahead.stop
    };
    (sure || gap.skip_blanks() || gap.peek() == Some(':') || alone()).then(|| *cursor = ahead)?;
    Some((word, Some(house)))
}

/// Whether what follows the names of `list` says something of them: they are named in a sentence.
fn says(cursor: &Cursor<'_>, list: &Names) -> bool {
    let rest = cursor.rest();
    let glued = list.spans.last().is_some_and(|span| span.of(cursor.text).ends_with(['说', '问', '称']));
    if glued && matches!(cursor.peek(), Some(':' | ',' | '“')) || SAYS.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    let mut next = *cursor;
    let one = matches!(list.spans.as_slice(), [_]);
    let told = one && next.eat(&[',']) && !next.skip_blanks() && take_role(&mut next).is_none() && !next.sees_verb();
    // 记者甲,昨天从市总工会获悉: a lead.
    let rest = next.rest();
    let behind_digits = rest.trim_start_matches(|c: char| fold(c).is_ascii_digit());
    let day = behind_digits.len() < rest.len() && behind_digits.starts_with(['月', '日']);
    let lead = day || ["昨", "今天", "今日", "日前", "近日", "连日", "图"].iter().any(|word| rest.starts_with(word));
    told && !lead
}

/// Whether what follows the names of `list`, which stand behind a role and a colon, goes on with a sentence: a question in
/// an interview (记者:党中央、国务院为…).
fn asks(cursor: &Cursor<'_>, list: &Names) -> bool {
    let mut next = *cursor;
    let comma = next.eat(&[',']) && !next.skip_blanks() && take_role(&mut next).is_none();
    let border = cursor.at_border() && !matches!(cursor.peek(), Some('、' | '?'));
    list.ran_into_text || comma || !border && !cursor.at_verb()
}

/// Takes the body or place that whom a bracket credits belong to: （县总工会 甲 乙）, （江苏省洪泽县甲）.
pub(super) fn giver(cursor: &mut Cursor<'_>) -> Option<Span> {
    const LONGEST: usize = 24;
    // Places that stand without 省 or 市, in characters.
    const SHORT_PLACE: usize = 3;
    let mut ahead = *cursor;
    let from = ahead.at;
    let run = ahead.run(LONGEST);
    let names_giver = |run: &str| run.chars().nth(2).is_some() && GIVERS.iter().any(|end| run.ends_with(end));
    if from + run.len() == cursor.stop {
        let place = |at: usize| {
            let (before, name) = run.split_at(at);
            let surname = name.chars().next().is_some_and(is_surname) || starts_with_compound_surname(name);
            let named = surname
                && (before.ends_with(['省', '市', '县', '区', '乡', '镇', '村', '州', '旗'])
                    || names_giver(before)
                    || before.chars().count() <= SHORT_PLACE && is_place(before));
            let one = || name.chars().count() <= 3 && is_plausible(name, GIVER);
            named && (one() || split_names(name).is_some_and(|all| all.iter().all(|n| is_plausible(n.of(name), 0.0))))
        };
        // The longest that leaves a name: 江苏|洪泽县|甲.
        let at = run.char_indices().rev().skip(1).map(|(at, _)| at).take_while(|&at| at > 3).find(|&at| place(at))?;
        cursor.at = from + at;
        return Some(Span::new(from, cursor.at));
    }
    // （轧钢 甲）: a shop of the works whose paper it is, before one name.
    let shop = |run: &str| {
        let behind = cursor.text.get(from + run.len()..cursor.stop).unwrap_or_default();
        let name = behind.trim_start_matches([' ', '\u{3000}']);
        (2..=4).contains(&run.chars().count())
            && name.len() < behind.len()
            && is_signature(name)
            && !is_plausible(run, 0.0)
            && !BASES.iter().any(|(base, _)| run.contains(base))
            && !LABELS.iter().any(|(label, _)| *label == run)
    };
    if !names_giver(run) && !shop(run) {
        return None;
    }
    ahead.at += run.len();
    let span = Span::new(from, ahead.at);
    (ahead.skip_blanks() && !ahead.at_end()).then(|| *cursor = ahead)?;
    Some(span)
}

/// Takes a house (or none) and a role word: 本报全媒体记者, 新华社驻杭州记者, 通讯员.
pub(super) fn take_role(cursor: &mut Cursor<'_>) -> Option<(RoleWord, Option<Span>)> {
    if !cursor.sees_role() {
        return None;
    }
    let mut ahead = *cursor;
    if let Some(word) = take_role_word(&mut ahead) {
        *cursor = ahead;
        return Some((word, None));
    }
    let from = ahead.at;
    house(&mut ahead)?;
    let mut end = ahead.at;
    // 工人日报—中工网: two houses, one role.
    let mut second = ahead;
    if second.eat(&['—', '-', '、', '/', '·']) {
        while second.eat(&['—', '-']) {}
        if house(&mut second).is_some() {
            end = second.at;
            ahead = second;
        }
    }
    // 晚报政法新闻部记者: a desk of the house.
    let desk = ahead.run(LONGEST_DESK);
    if let Some(length) = DESKS.iter().filter_map(|end| desk.find(end).map(|at| at + end.len())).min()
        && desk[length..].starts_with("记者")
    {
        ahead.at += length;
        end = ahead.at;
    }
    ahead.skip_blanks();
    // 新华社“新华视点”记者: the name of a column between house and role.
    if ahead.rest().starts_with('“') {
        ahead.at += ahead.rest().char_indices().take(14).find(|(_, c)| *c == '”').map(|(at, c)| at + c.len_utf8())?;
    }
    let word = take_role_word(&mut ahead)?;
    *cursor = ahead;
    Some((word, Some(Span::new(from, end))))
}

/// Takes ranks and a base word, if no other word is made of it.
fn take_role_word(cursor: &mut Cursor<'_>) -> Option<RoleWord> {
    let mut ahead = *cursor;
    let (base, word) = loop {
        if let Some(&(base, word)) = ahead.eat_any(Words::Base, BASES) {
            break (base, word);
        }
        if ahead.eat_word("驻") {
            let run = ahead.run(10);
            ahead.at += run.find("记者").or_else(|| run.find("特派"))?;
        } else {
            ahead.eat_any(Words::Rank, RANKS)?;
        }
    };
    let rest = ahead.rest();
    if is_other_behind_base(rest) || (base == "编辑" && rest.starts_with('部')) {
        return None;
    }
    *cursor = ahead;
    Some(word)
}

/// Takes 本报评论员 and the like, where no name follows.
fn take_collective(cursor: &mut Cursor<'_>) -> Option<(Span, Role)> {
    let mut ahead = *cursor;
    let from = ahead.at;
    house(&mut ahead)?;
    let (_, role) = ahead.eat_any(Words::Collective, COLLECTIVES)?;
    let end = ahead.at;
    // 本报评论员 甲, 本报评论员：甲.
    if !ahead.at_border()
        || (ahead.eat(&[':']) | ahead.skip_blanks()) && one_place(&ahead, APART, false, false).is_some()
    {
        return None;
    }
    cursor.at = end;
    Some((Span::new(from, end), *role))
}

/// Takes a label and the stroke, colon or blank behind it; `glued`: a name may stand right behind one that says who took
/// the pictures.
pub(super) fn take_label(cursor: &mut Cursor<'_>, glued: bool) -> Option<Verb> {
    if !cursor.may_be(Words::Label) {
        return None;
    }
    for (word, verb) in LABELS {
        let mut ahead = *cursor;
        if !ahead.eat_word(word) {
            continue;
        }
        let short = word.chars().count() == 1;
        let blank = ahead.skip_blanks();
        // 题图李彪摄: with nothing between, but with the verb.
        let took = ahead.rest().ends_with('摄');
        if !blank && took {
            ahead.eat_word("除署名外");
            ahead.eat(&['均', '都', '全']);
            ahead.eat(&['由', '为', '系']);
        }
        let takes = verb.adds == Some(Role::Photographer);
        // 图为王明…: only who stands behind a role took what is seen.
        let shown = matches!(*word, "图为" | "见图");
        let glued = (took || glued && takes) && !shown && ahead.rest().chars().next().is_some_and(is_surname);
        // 附图 车间一角: what is seen, and nobody.
        if matches!(*word, "照片" | "附图") && !took
            || ["编辑", "作者"].iter().any(|other| ahead.rest().starts_with(other))
        {
            continue;
        }
        let role = take_role(&mut { ahead }).is_some();
        let apart = blank && !shown || glued || role && (took || !shown);
        if !shown && ahead.eat(&['/', ':', '|']) || !short && apart {
            *cursor = ahead;
            return Some(*verb);
        }
    }
    None
}

/// Takes the remark behind the name of a trainee: (实习).
fn take_trainee(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let found = ahead.eat(&['('])
        && (ahead.eat_word("实习生") || ahead.eat_word("实习") || ahead.eat_word("见习"))
        && ahead.eat(&[')']);
    if found {
        *cursor = ahead;
    }
    found
}

/// Takes the word with which those sign who write to a paper, and the name that is all else: 读者 甲.
fn take_signer(cursor: &mut Cursor<'_>) -> Option<Span> {
    let mut ahead = *cursor;
    let signs = ahead.eat_word("读者") && (ahead.skip_blanks() | ahead.eat(&[':']));
    ahead.skip_blanks();
    let from = ahead.at;
    let name = ahead.run(RUN);
    ahead.at += name.len();
    ahead.skip_blanks();
    let alone = signs && ahead.at_end();
    let named = alone && !NO_PEN_NAMES.contains(&name) && is_one_name(name, LISTED, false) && !is_word_of_text(name);
    named.then(|| {
        *cursor = ahead;
        Span::new(from, from + name.len())
    })
}

/// The names that all of the cursor's text is, behind a label that says so: none if anything else stands there.
pub(super) fn only_names(cursor: &Cursor<'_>) -> Vec<Span> {
    let mut cursor = *cursor;
    let list = names(&mut cursor, CLOSED, true, false, true);
    cursor.skip_blanks();
    if cursor.at_end() { list.spans } else { Vec::new() }
}

/// Whether the text is a name by itself, where nothing tells of a credit.
pub(super) fn is_signature(name: &str) -> bool {
    (2..=3).contains(&name.chars().count())
        && is_plausible(name, 0.0)
        && !is_word_of_text(name)
        && !NO_PEN_NAMES.contains(&name)
        && !GIVEN_BY.contains(&name)
}

/// Whether the dictionary has it for something else than a person.
fn is_word_of_text(name: &str) -> bool {
    matches!(jieba().tag(name, false).as_slice(), [one] if !one.tag.starts_with("nr") && one.tag != "x")
}

/// Takes a label of one character and the blanks behind it: the first of 文 甲 摄 乙, where the other must follow, or,
/// behind it, the next.
pub(super) fn take_spaced_label(cursor: &mut Cursor<'_>, follows: bool) -> Option<Verb> {
    /// A label, and those that may follow it.
    const PAIRS: &[(&str, &str)] = &[("文", "摄图绘"), ("摄", "文"), ("图", "文"), ("绘", "文")];
    let name = |c: &mut Cursor<'_>| {
        let run = c.run(RUN);
        c.at += run.len();
        (2..=4).contains(&run.chars().count())
    };
    PAIRS.iter().find_map(|&(word, others)| {
        let mut ahead = *cursor;
        if !(ahead.eat_word(word) && ahead.skip_blanks()) {
            return None;
        }
        let mut pair = ahead;
        let mut paired = || {
            while name(&mut pair) {
                if !(pair.skip_blanks() | pair.eat(&['、'])) {
                    return false;
                }
                let other = pair.rest().chars().next().is_some_and(|c| others.contains(c));
                if other && pair.run(2).chars().count() == 1 {
                    pair.at += pair.run(2).len();
                    return pair.skip_blanks() && name(&mut pair);
                }
            }
            false
        };
        if !follows && !paired() {
            return None;
        }
        let (_, verb) = LABELS.iter().find(|(w, _)| *w == word)?;
        *cursor = ahead;
        Some(*verb)
    })
}

impl Cursor<'_> {
    /// Takes 等, 等人, 等3人 behind names.
    pub(super) fn take_etc(&mut self) {
        let mut ahead = *self;
        ahead.skip_blanks();
        if !ahead.eat_word("等") {
            return;
        }
        while ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
            ahead.eat(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        }
        ahead.eat(&['人']);
        if ahead.at_border() || ahead.at_verb() {
            *self = ahead;
        }
    }

    /// Whether a verb may stand behind names that begin here: false is certain, and cheaper to know than to read names.
    pub(super) fn sees_verb(&self) -> bool {
        for (at, c) in self.rest().char_indices() {
            if starts(c) & Words::Verb as u16 != 0 {
                let mut here = *self;
                here.at += at;
                let stands = verbs(c).iter().any(|word| { here }.eat_word(word));
                if stands && ({ here }.verb_here(false).is_some() || { here }.verb_here(true).is_some()) {
                    return true;
                }
            }
            if !(is_cjk(c) || is_name_dot(c) || matches!(fold(c), '、' | ',' | '/' | ' ' | '*' | '_')) {
                return false;
            }
        }
        false
    }

    /// Whether a name and 摄 or 图 stand apart here: what is before is the text's author (甲文 乙摄).
    fn sees_taker(mut self) -> bool {
        const LONGEST: usize = 4;
        if !self.skip_blanks() {
            return false;
        }
        let run = self.run(LONGEST);
        let name = run.trim_end_matches(['摄', '图']);
        self.at += name.len();
        self.skip_blanks();
        (2..=LONGEST).contains(&name.chars().count()) && matches!(self.peek(), Some('摄' | '图'))
    }

    /// Whether whose name ends here stands apart behind 文: 甲文 乙|图.
    fn stands_behind_writer(&self) -> bool {
        const LONGEST: usize = 5;
        let mut before = self.text[..self.at].char_indices().rev().take(LONGEST);
        let gap = before.find(|(_, c)| fold(*c) == ' ');
        gap.is_some_and(|(at, _)| self.text[..at].ends_with('文'))
    }

    pub(super) fn at_verb(self) -> bool {
        { self }.take_verb(false).is_some()
    }

    /// Whether a label stands here, apart by blanks, with names behind it that end all: 记者 甲 摄影 乙.
    fn sees_last_label(mut self) -> bool {
        self.skip_blanks()
            && self.rest().chars().next().is_some_and(|c| starts(c) & Words::Verb as u16 != 0)
            && take_label(&mut self, true).is_some()
            && !self.at_end()
            && take_role(&mut { self }).is_none()
            && !names(&mut self, CLOSED, true, false, false).spans.is_empty()
            && {
                self.skip_blanks();
                self.at_end() || take_role(&mut { self }).is_some() || take_label(&mut { self }, true).is_some()
            }
    }

    /// Takes a verb behind names; with `from_place` also 发自杭州 and 杭州报道.
    pub(super) fn take_verb(&mut self, from_place: bool) -> Option<Verb> {
        let mut ahead = *self;
        let blank = ahead.skip_blanks() | ahead.eat(&['/']);
        ahead.skip_blanks();
        if let Some(verb) = ahead.verb_here(blank) {
            *self = ahead;
            return Some(verb);
        }
        if !from_place {
            return None;
        }
        let plain = Verb { adds: None, authors: true, glued: true };
        if ahead.eat_word("发自") {
            let place = ahead.run(12);
            let place = place.find("报道").map_or(place, |at| &place[..at + "报道".len()]);
            ahead.at += place.len();
            *self = ahead;
            return (!place.is_empty()).then_some(plain);
        }
        let run = ahead.run(10);
        let at = run.find("报道")?;
        let place = run[..at].chars().count();
        let leads = run.starts_with(['在', '从', '于']) || (blank && is_place(&run[..at]));
        if !(2..=7).contains(&place) || !leads {
            return None;
        }
        ahead.at += at + "报道".len();
        let narrow = ahead.at_border() && !matches!(ahead.peek(), Some(',' | '。'));
        narrow.then(|| *self = ahead).map(|()| plain)
    }

    /// Takes where a picture was taken, if that ends all: 摄自灾区现场, 摄于江城.
    fn take_taken_at(&mut self) -> bool {
        const LONGEST: usize = 20;
        let mut ahead = *self;
        let place = |c: char| is_cjk(c) || matches!(fold(c), '—' | '-' | '、' | '《' | '》') || c.is_ascii_digit();
        let found = ahead.eat(&['自', '于'])
            && (2..=LONGEST).contains(&ahead.rest().chars().count())
            && ahead.rest().chars().all(place);
        if found {
            self.at = self.stop;
        }
        found
    }

    /// Takes a verb that stands right here; `blank`: not glued to what is before it.
    pub(super) fn verb_here(&mut self, blank: bool) -> Option<Verb> {
        if !self.may_be(Words::Verb) {
            return None;
        }
        for word in self.rest().chars().next().map_or(&[][..], verbs) {
            let mut ahead = *self;
            if !ahead.eat_word(word) {
                continue;
            }
            let Some(verb) = verb(word).filter(|v| {
                v.glued
                    || blank
                    || *word == "文" && ahead.sees_taker()
                    || *word == "图" && ahead.at_end() && self.stands_behind_writer()
            }) else {
                continue;
            };
            // 文/甲 图/乙: what a stroke or a colon follows is the label of the next.
            let mut label = ahead;
            label.skip_blanks();
            if blank && !word.ends_with("报道") && matches!(label.peek(), Some('/' | ':')) {
                continue;
            }
            let told = word.ends_with("报道") && ahead.peek().is_some_and(|c| !NOT_BEHIND_VERB.contains(&c))
                || word.ends_with('摄') && ahead.take_taken_at();
            if ahead.at_border() || told {
                *self = ahead;
                return Some(verb);
            }
        }
        None
    }
}

/// Whether the dictionary knows `word` as a place, and it is no common name (黄海).
pub(super) fn is_place(word: &str) -> bool {
    let known = matches!(jieba().tag(word, false).as_slice(), [one] if one.tag == "ns");
    known && name_cost(word).is_none_or(|cost| cost > COMMON_NAME)
}
