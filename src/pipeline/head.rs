//! What the input leaves open of a page's head: read from the page's own furniture, then from its name.

use jiff::civil::Date;

use crate::layout;
use crate::record::Page;

/// Fills the empty fields of the page's head. What the input says is never changed.
pub(super) fn complete(page: &mut Page) {
    let head = &mut page.head;
    if head.date.is_none() || head.number.is_none() || head.publication.is_none() || head.section.is_none() {
        layout::head_facts(&page.text).fill(head);
    }
    let Some((date, number)) = named_date(&head.id) else { return };
    // A number belongs to its day: a name that contradicts the page is not believed.
    if head.number.is_none() && head.date.as_ref().is_none_or(|said| *said == date) {
        head.number = number.map(str::to_owned);
    }
    head.date.get_or_insert(date);
}

/// The day and the page number that a name begins with: `2021-06-09-02.md`, `20210609_A02`, `2021-06-09.txt#2`.
fn named_date(id: &str) -> Option<(String, Option<&str>)> {
    let name = id.rsplit(['/', '!']).next()?;
    let stem = name.split(['.', '#', ':']).next()?;
    let digits = |s: &str, n: usize| s.get(..n).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day, rest) = if digits(stem, 8) {
        (&stem[..4], &stem[4..6], &stem[6..8], &stem[8..])
    } else {
        let separated = stem.get(4..5) == Some("-") && stem.get(7..8) == Some("-");
        let part = |from, n| stem.get(from..).filter(|s| digits(s, n)).map(|s| &s[..n]);
        if !separated {
            return None;
        }
        (part(0, 4)?, part(5, 2)?, part(8, 2)?, &stem[10..])
    };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    if date.year() < 1800 {
        return None;
    }
    let number = rest.strip_prefix(['-', '_']);
    if !rest.is_empty() && number.is_none() {
        return None;
    }
    let number = number.filter(|n| (1..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_alphanumeric()));
    Some((date.to_string(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, expected: Option<(&str, Option<&str>)>) {
        assert_eq!(named_date(id), expected.map(|(date, number)| (date.to_owned(), number)), "{id}");
    }

    #[test]
    fn names_that_begin_with_a_day() {
        check("2021-06-09-02.md", Some(("2021-06-09", Some("02"))));
        check("2021/20210609_A02.txt", Some(("2021-06-09", Some("A02"))));
        check("2021-06-09.txt#2", Some(("2021-06-09", None)));
        check("x.zip!2021-06-09", Some(("2021-06-09", None)));
        check("dump.jsonl:20210609", None);
    }

    #[test]
    fn names_that_do_not() {
        for id in [
            "",
            "页",
            "2021-13-09",
            "2021-06-31-02",
            "20210609113000",
            "12345678",
            "p2021-06-09",
            "2021-06-09x",
            "2021年6月",
        ] {
            check(id, None);
        }
    }

    #[test]
    fn what_the_input_says_stays() {
        let mut page = Page::new("2021-06-09-02.md", "职工时报 数字报纸\n00003版:工会\n\n送清凉");
        page.head.date = Some("2020-01-01".into());
        complete(&mut page);
        assert_eq!(page.head.date.as_deref(), Some("2020-01-01"));
        assert_eq!(page.head.publication.as_deref(), Some("职工时报"));
        assert_eq!(page.head.number.as_deref(), Some("3"));
    }
}
