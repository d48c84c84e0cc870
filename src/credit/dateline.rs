//! The dateline (电头): whose report it is, from where, of which day (本报讯, 新华社杭州8月15日电).

use super::cursor::{Cursor, fold, starts_with};
use super::lexicon::{GIVERS, HOUSES, KINDS, SOURCE_LABELS, Words, house_end, starts};
use crate::record::Dateline;
use crate::text::{Span, is_cjk};

/// A dateline that was read.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) dateline: Dateline,
    /// Houses that are credited as sources (据新华社电).
    pub(super) sources: Vec<Span>,
}

impl Opening {
    /// A dateline without a day, which credits nobody.
    fn undated(text: &str, agency: Option<String>, place: Option<String>) -> Self {
        Self { dateline: Dateline { text: text.to_owned(), agency, place, date: None }, sources: Vec::new() }
    }
}

/// Longest place in a dateline, in characters: autonomous prefectures and counties reach twelve.
const PLACE: usize = 12;

/// Reads the dateline at the cursor and moves behind it.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Opening> {
    let start = cursor.at;
    let mut ahead = *cursor;
    skip_channel(&mut ahead);
    let quoted = ahead.eat_word("据") || ahead.eat_word("综合");
    let from = ahead.at;
    let Some((agency, own)) = house(&mut ahead) else { return of_place(cursor) };
    let mut sources = vec![Span::new(from, ahead.at)];
    let house_end = ahead.at;
    if quoted {
        more_houses(&mut ahead, &mut sources);
    }
    take_address(&mut ahead);
    ahead.skip_blanks();
    let (place, date) = place_and_date(&mut ahead)?;
    ahead.skip_blanks();
    let mut word = ahead;
    let (kind, needs_border) = match word.eat_any(Words::Kind, KINDS) {
        Some(&(kind, needs_border)) => (kind, needs_border),
        None if quoted && word.eat_word("报道") => ("报道", true),
        None => return None,
    };
    let border = word.at_border();
    let told = place.is_some() || date.is_some();
    // 本报通讯员, 本报电话, 据新华社报道，…: the same characters begin other words.
    if (needs_border && !border) || (quoted && kind == "报道" && matches!(word.peek(), Some(',' | '，'))) {
        return None;
    }
    if kind == "讯" && matches!(word.peek(), Some('员' | '息' | '问' | '号' | '社' | '录')) {
        return None;
    }
    // 本报福州电记者…: a role behind it tells as well as a mark, if the place is one.
    let role = ["记者", "通讯员", "特约", "特派"].iter().any(|base| word.rest().starts_with(base))
        && place.as_ref().is_some_and(|p| p.chars().nth(1).is_some());
    let told = told && (border || role);
    if kind == "电" && date.is_none() && (!(agency || quoted) || !(border || place.is_some())) && !told {
        return None;
    }
    if !own && !agency && !quoted && !border && date.is_none() {
        return None;
    }
    let span = Span::new(start, word.at);
    // 某网消息(某报)(记者甲).
    let mut second = word;
    if bracketed_house(&mut second) && second.peek() == Some('(') {
        word = second;
    }
    *cursor = word;
    let house_text = Span::new(from, house_end).of(cursor.text);
    let this_house = house_text.starts_with('本') && house_text.chars().count() == 2;
    Some(Opening {
        dateline: Dateline {
            text: span.of(cursor.text).to_owned(),
            agency: (!this_house).then(|| sources.first().map_or(house_text, |s| s.of(cursor.text)).to_owned()),
            place,
            date,
        },
        sources: if quoted { sources } else { Vec::new() },
    })
}

/// Takes the day and the place that a reporter sent the text from, behind their name: 5月15日从杭州报道.
pub(super) fn sent(cursor: &mut Cursor<'_>) -> Option<Opening> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let start = ahead.at;
    let date = date(&mut ahead)?;
    ahead.skip_blanks();
    let away = ["发自", "从", "自"].iter().any(|word| ahead.eat_word(word));
    let run = ahead.run(PLACE);
    let (at, verb) = ["发回报道", "报道", "电"].iter().find_map(|verb| Some((run.find(verb)?, verb)))?;
    ahead.at += at + verb.len();
    let place = Some(&run[..at]).filter(|place| !place.is_empty());
    if away != place.is_some() || !(away && *verb != "电" || ahead.at_border()) {
        return None;
    }
    let text = Span::new(start, ahead.at).of(cursor.text).to_owned();
    *cursor = ahead;
    let dateline = Dateline { text, agency: None, place: place.map(str::to_owned), date: Some(date) };
    Some(Opening { dateline, sources: Vec::new() })
}

/// A house alone, which a bracket with a role behind it makes a dateline: 某网(某报)(记者甲).
pub(super) fn house_alone(cursor: &mut Cursor<'_>) -> Option<Opening> {
    if !cursor.sees_role() {
        return None;
    }
    let start = cursor.at;
    let mut ahead = *cursor;
    skip_channel(&mut ahead);
    let (agency, _) = house(&mut ahead)?;
    let end = ahead.at;
    bracketed_house(&mut ahead);
    let after = ahead.at;
    ahead.skip_blanks();
    let role = ahead.eat(&['('])
        && ["记者", "通讯员", "本报", "特约", "首席", "见习", "全媒"].iter().any(|base| ahead.rest().starts_with(base));
    if !role {
        return None;
    }
    cursor.at = after;
    let name = Span::new(start, end).of(cursor.text);
    let agency = (agency || !name.starts_with('本')).then(|| name.to_owned());
    Some(Opening::undated(Span::new(start, after).of(cursor.text), agency, None))
}

/// A dateline of a place alone, or of a house with an unknown name, which a role behind it tells: 江城讯通讯员甲.
fn of_place(cursor: &mut Cursor<'_>) -> Option<Opening> {
    let start = cursor.at;
    let mut ahead = *cursor;
    if !ahead.sees_role() {
        return None;
    }
    let run = ahead.run(PLACE);
    let place = &run[..run.find('讯')?];
    ahead.at += place.len();
    ahead.eat_word("讯");
    let end = ahead.at;
    ahead.skip_blanks();
    ahead.eat(&['(']);
    let role = ["记者", "通讯员", "本报", "特约"].iter().any(|base| ahead.rest().starts_with(base))
        && !ahead.rest().starts_with("本报讯");
    let known = (2..=6).contains(&place.chars().count())
        && !place.chars().any(|c| "的了据从向在本简快电通资音喜短要科时".contains(c));
    if !(role && known) {
        return None;
    }
    cursor.at = end;
    let (text, name) = (Span::new(start, end).of(cursor.text), Some(place.to_owned()));
    // 晨刊讯: the name of a house.
    let of_house = ["刊", "在线"].iter().any(|end| place.ends_with(end));
    Some(if of_house { Opening::undated(text, name, None) } else { Opening::undated(text, None, name) })
}

/// Takes the address of a site in brackets behind its name: 某网(www.example.com)讯.
fn take_address(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    if !ahead.eat(&['(']) {
        return;
    }
    let rest = ahead.rest();
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':' | '_')));
    let address = length.and_then(|n| rest.get(..n)).filter(|address| address.contains('.'));
    ahead.at += address.map_or(0, str::len);
    if address.is_some() && ahead.eat(&[')']) {
        *cursor = ahead;
    }
}

/// Takes the houses of a list behind its first one (新华社、中新社; 本报和新华社).
fn more_houses(cursor: &mut Cursor<'_>, sources: &mut Vec<Span>) {
    let mut ahead = *cursor;
    while ahead.eat(&['、', ',', '和', '与', '及']) {
        let at = ahead.at;
        if house(&mut ahead).is_none() {
            return;
        }
        sources.push(Span::new(at, ahead.at));
        *cursor = ahead;
    }
}

/// Characters within which the name of a house ends.
pub(super) const LONGEST_HOUSE: usize = 14;

/// Takes the channel of a house before its name (某云/某日报讯).
fn skip_channel(cursor: &mut Cursor<'_>) {
    const LONGEST: usize = 6;
    const ENDS: &[&str] = &["云", "网", "客户端", "新闻", "融媒"];
    let channel = cursor.run(LONGEST);
    let mut ahead = *cursor;
    ahead.at += channel.len();
    if ENDS.iter().any(|end| channel.ends_with(end)) && ahead.eat(&['/']) {
        *cursor = ahead;
    }
}

/// Takes a house in brackets, if one comes next.
fn bracketed_house(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let taken = ahead.eat(&['(']) && house(&mut ahead).is_some() && ahead.eat(&[')']);
    if taken {
        *cursor = ahead;
    }
    taken
}

/// Takes a house's name. Says whether it is an agency, and whether it is one of the fixed names.
pub(super) fn house(cursor: &mut Cursor<'_>) -> Option<(bool, bool)> {
    if cursor.has_no_house() {
        return None;
    }
    if let Some((_, agency)) = cursor.eat_any(Words::House, HOUSES) {
        return Some((*agency, true));
    }
    let quoted = cursor.rest().starts_with('《');
    let mut ahead = *cursor;
    ahead.at += if quoted { '《'.len_utf8() } else { 0 };
    let run = ahead.run(LONGEST_HOUSE);
    // The first end that is followed by what may follow a house.
    let mut best = None;
    for (at, c) in run.char_indices().skip(1) {
        if starts(c) & Words::HouseEnd as u16 == 0 {
            continue;
        }
        let Some(end) = house_end(&run[at..]) else { continue };
        // Two characters and 报 or 台 are too often a name or a word (楼台), but not before 讯 and a bracket (晨报讯（…）).
        let behind = &run[at + end.len()..];
        let told = end == "报" && behind == "讯" && ahead.rest()[run.len()..].starts_with(['(', '（']);
        if at + end.len() < 9 && !told {
            continue;
        }
        best = Some(at + end.len());
        if end.len() > 3 {
            break;
        }
    }
    let best = best?;
    // A headline that runs into 本报 is no house.
    let runs_in = |(at, c): (usize, char)| {
        matches!(c, '本' | '新' | '中') && HOUSES.iter().any(|(name, _)| run[at..best].starts_with(name))
    };
    if run[..best].char_indices().any(runs_in) {
        return None;
    }
    ahead.at += best;
    if quoted && !ahead.eat(&['》']) {
        return None;
    }
    *cursor = ahead;
    Some((false, false))
}

/// Takes the place and the day between the house and the kind of dateline; either may be missing.
fn place_and_date(cursor: &mut Cursor<'_>) -> Option<(Option<String>, Option<String>)> {
    let from = cursor.at;
    let mut letters = 0;
    let mut n_open = 0;
    let mut end = from;
    let mut ahead = *cursor;
    loop {
        let rest = ahead.rest();
        let at_kind = ahead.may_be(Words::Kind) && KINDS.iter().any(|(kind, _)| starts_with(rest, kind).is_some())
            || rest.starts_with("报道");
        let at_date = rest.chars().next().is_some_and(|c| fold(c).is_ascii_digit()) || day(&mut { ahead }).is_some();
        if at_kind || at_date {
            break;
        }
        let c = rest.chars().next()?;
        let joins = matches!(fold(c), '/' | '、' | ' ' | '(' | ')');
        if !(is_cjk(c) || joins) || letters == PLACE {
            return None;
        }
        letters += 1;
        n_open += match fold(c) {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        ahead.at += c.len_utf8();
        // 格拉茨(奥地利): the bracket is of the place.
        if !joins || fold(c) == ')' && end > from {
            end = ahead.at;
        }
    }
    // 工人日报（讯: what stands in a bracket is no dateline with what is before it.
    if n_open > 0 {
        return None;
    }
    *cursor = ahead;
    let place = (end > from).then(|| cursor.text[from..end].to_owned());
    // Between house and kind a role word is no place: 本报通讯员, 新华社记者.
    if place.as_deref().is_some_and(|p| p == "通" || p.contains("记者") || p.contains("通讯员") || p.contains("简"))
    {
        return None;
    }
    // 某报客户端讯: by which channel, and not from where.
    let place = place.filter(|p| !p.ends_with("客户端"));
    let date = date(cursor);
    if place.is_some() || date.is_none() {
        return Some((place, date));
    }
    // 本报8月10日杭州讯: the day may stand before the place.
    let run = cursor.run(PLACE);
    let end =
        run.char_indices().map(|(at, _)| at).find(|&at| KINDS.iter().any(|(kind, _)| run[at..].starts_with(kind)));
    let place = end.filter(|&end| end > 0).map(|end| run[..end].to_owned());
    cursor.at += place.as_ref().map_or(0, String::len);
    Some((place, date))
}

/// The houses that are credited as sources at the cursor: 据新华社, 来源：工人日报, 原载2012年3月5日《工人日报》; behind a mark
/// also who else makes news public (来源：江城市总工会).
pub(super) fn sources(cursor: &mut Cursor<'_>) -> Option<Vec<Span>> {
    let mut ahead = *cursor;
    // 均据新华社电, 以上均据本报: of several pieces of news.
    ahead.eat_word("以上");
    ahead.eat_word("均");
    ahead.eat_any(Words::Source, SOURCE_LABELS)?;
    let marked = ahead.eat(&[':', '/']);
    ahead.skip_blanks();
    if day(&mut ahead).is_some() {
        ahead.skip_blanks();
    }
    let from = ahead.at;
    let mut sources = Vec::new();
    let mut named = ahead;
    // 工人日报客户端: more than the house.
    let goes_on = |behind: &Cursor<'_>| marked && is_issuer(behind.run(LONGEST_ISSUER));
    if house(&mut named).is_some() && !goes_on(&named) {
        ahead = named;
        sources.push(Span::new(from, ahead.at));
        more_houses(&mut ahead, &mut sources);
        let _ = ["报道", "消息", "电", "讯"].iter().any(|verb| ahead.eat_word(verb));
        let mut dated = ahead;
        dated.skip_blanks();
        if day(&mut dated).is_some() {
            ahead = dated;
        }
    } else {
        let name = ahead.run(LONGEST_ISSUER);
        (marked && is_issuer(name)).then(|| ahead.at += name.len())?;
        sources.push(Span::new(from, ahead.at));
    }
    *cursor = ahead;
    Some(sources)
}

/// Characters within which the name of an issuer ends.
const LONGEST_ISSUER: usize = 24;

/// What the names of those end in that make news public, beside bodies.
const ISSUERS: &[&str] = &[
    "报",
    "网",
    "刊",
    "台",
    "在线",
    "发布",
    "频道",
    "杂志",
    "微信",
    "微博",
    "公众号",
    "客户端",
    "融媒",
    "融媒体",
    "新媒体",
];

/// Whether a name is that of somebody who makes news public.
fn is_issuer(name: &str) -> bool {
    name.chars().nth(2).is_some() && ISSUERS.iter().chain(GIVERS).any(|end| name.ends_with(end))
}

/// Takes a day (8月15日, 2018年8月15日, １５日, 八月十五日) and gives it in EDTF.
fn date(cursor: &mut Cursor<'_>) -> Option<String> {
    let (year, month, day) = day(cursor)?;
    take_clock(cursor);
    let year = year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
    let month = month.map_or("XX".to_owned(), |m| format!("{m:02}"));
    Some(format!("{year}-{month}-{day:02}"))
}

/// Takes a day and gives its year, month and day, of which only the last is always printed.
fn day(cursor: &mut Cursor<'_>) -> Option<(Option<u32>, Option<u32>, u32)> {
    let mut ahead = *cursor;
    let mut first = number(&mut ahead)?;
    let mut year = None;
    if ahead.eat_word("年") {
        year = Some(first);
        first = number(&mut ahead)?;
    }
    let (month, day) = if ahead.eat_word("月") {
        let day = number(&mut ahead)?;
        (Some(first), day)
    } else {
        (None, first)
    };
    // 1月29电: the last character may have been lost.
    let lost = month.is_some() && ["电", "讯", "专电"].iter().any(|kind| ahead.rest().starts_with(kind));
    if !(ahead.eat_word("日") || lost) || month.is_some_and(|m| !(1..=12).contains(&m)) || !(1..=31).contains(&day) {
        return None;
    }
    *cursor = ahead;
    Some((year, month, day))
}

/// Takes the time behind a day (8月14日15时07分讯).
fn take_clock(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    if number(&mut ahead).is_none_or(|hour| hour > 24) || !(ahead.eat_word("时") || ahead.eat_word("点")) {
        return;
    }
    *cursor = ahead;
    if number(&mut ahead).is_some_and(|minute| minute < 60) && ahead.eat_word("分") {
        *cursor = ahead;
    }
}

/// Takes a whole number of at most four digits, or of Chinese numerals up to 99.
fn number(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut value = 0;
    let mut digits = 0;
    while let Some(d) = cursor.peek().and_then(|c| c.to_digit(10)).filter(|_| digits < 4) {
        cursor.eat(&[char::from_digit(d, 10)?]);
        value = value * 10 + d;
        digits += 1;
    }
    if digits > 0 {
        return Some(value);
    }
    let mut seen = false;
    let mut ones = 0;
    while let Some(c) = cursor.peek() {
        ones = match c {
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                value = ones.max(1) * 10;
                0
            }
            _ => break,
        };
        cursor.eat(&[c]);
        seen = true;
    }
    seen.then_some(value + ones)
}
