//! What a document says of itself: title, newspaper, date, number and name of the page.

use dom_query::Document;

use super::super::parse::iso_date;
use super::prose;

/// What is known of a document besides its text.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The title without the site's name behind it.
    pub(super) title: Option<String>,
    pub(super) publication: Option<String>,
    pub(super) date: Option<String>,
    pub(super) number: Option<String>,
    pub(super) section: Option<String>,
}

/// Names of `meta` elements that hold the day of publication.
const DATES: &[&str] = &[
    "article:published_time",
    "publishdate",
    "pubdate",
    "publish_date",
    "publication_date",
    "og:release_date",
    "article:create_at",
    "weibo: article:create_at",
    "dc.date",
    "datepublished",
    "date",
];

/// Reads the head of a document. `url` is its address, or the path that it was found at.
pub(super) fn head(document: &Document, html: &str, url: &str) -> Head {
    let meta = |wanted: &str| {
        document.select("meta").iter().find_map(|element| {
            let name = ["name", "property", "itemprop"].iter().find_map(|a| element.attr(a))?;
            if !name.eq_ignore_ascii_case(wanted) {
                return None;
            }
            let content = element.attr("content")?;
            let content = content.trim();
            (!content.is_empty()).then(|| content.to_owned())
        })
    };
    let full = document.select("title").iter().next().map(|t| t.text().trim().to_owned()).unwrap_or_default();
    let (title, site) = split_title(&full);
    let title = meta("og:title").map(|t| split_title(&t).0).filter(|t| !t.is_empty()).or(title_of(title));
    let mut head = Head { title, ..Head::default() };
    let (number, section) = page_number(html).unwrap_or_default();
    (head.number, head.section) = (number, section);
    let paper = |name: &str| is_publication(name).then(|| name.to_owned());
    head.publication = property(html, "source")
        .and_then(|s| paper(&s))
        .or_else(|| quoted_paper(html))
        .or_else(|| meta("og:site_name").and_then(|s| paper(s.split(['-', '_', '|', ' ']).next().unwrap_or(""))))
        .or_else(|| site.and_then(|s| paper(&s)));
    head.date = property(html, "date")
        .and_then(|d| iso_date(&d))
        .or_else(|| DATES.iter().find_map(|name| meta(name).and_then(|d| iso_date(&d))))
        .or_else(|| date_in_path(url))
        .or_else(|| document.body().and_then(|body| date_in_text(&prose::lines(&body, prose::Scope::Content))));
    head
}

fn title_of(title: String) -> Option<String> {
    (!title.is_empty()).then_some(title)
}

/// Parts a title from the names of page and site that stand behind it.
pub(super) fn split_title(full: &str) -> (String, Option<String>) {
    let parts: Vec<&str> =
        full.split(['_', '|', '｜']).flat_map(|p| p.split(" - ")).flat_map(|p| p.split("--")).collect();
    let parts: Vec<&str> = match parts[..] {
        // A bare hyphen parts a title only from something that is a site's name.
        [one] => match one.rsplit_once('-') {
            Some((title, site)) if is_site(site.trim()) => vec![title, site],
            _ => vec![one],
        },
        _ => parts,
    };
    let mut parts: Vec<&str> = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
    let mut site = None;
    while parts.len() > 1 && parts.last().is_some_and(|last| is_site(last)) {
        site = parts.pop();
    }
    (parts.first().copied().unwrap_or("").to_owned(), site.map(str::to_owned))
}

pub(super) fn is_site(name: &str) -> bool {
    let n = name.chars().count();
    n <= 20
        && (is_publication(name)
            || ["网", "在线", "新闻", "频道", "数字报", "电子报", "电子版", "客户端", "中国"]
                .iter()
                .any(|e| name.ends_with(e)))
}

/// Whether what a site says of a page can be the name of its paper: anything that ends like one.
fn is_publication(name: &str) -> bool {
    let n = name.chars().count();
    (3..=16).contains(&n)
        && (name.ends_with('报') || name.ends_with('報') || name.ends_with("周刊"))
        && !name.chars().any(|c| c.is_ascii() || matches!(c, '，' | '。' | '：' | '“'))
}

/// The value of a field in the comment in which digital editions keep what they know: `<title>…</title>`.
pub(super) fn property(html: &str, field: &str) -> Option<String> {
    let at = html.find("<!--enpproperty")?;
    let comment = html.get(at..)?.split("-->").next()?;
    field_of(comment, field)
}

/// The same, of one such comment.
pub(super) fn field_of(comment: &str, field: &str) -> Option<String> {
    let (open, close) = (format!("<{field}>"), format!("</{field}>"));
    let rest = comment.split_once(&open)?.1;
    let value = rest.split_once(&close)?.0;
    let text = prose::text(&Document::from(value.to_owned()).root());
    (!text.is_empty()).then_some(text)
}

/// The newspaper in `《…报》` close before a page number, as digital editions print below the headline.
fn quoted_paper(html: &str) -> Option<String> {
    html.match_indices('《').take(200).find_map(|(at, open)| {
        let rest = &html[at + open.len()..];
        let name = rest.split_once('》')?.0;
        let behind: String = rest[name.len()..].chars().take(60).collect();
        (is_publication(name) && behind.contains('版')).then(|| name.to_owned())
    })
}

/// 第02版:要闻 → 02, 要闻.
fn page_number(html: &str) -> Option<(Option<String>, Option<String>)> {
    html.match_indices('第').take(2000).find_map(|(at, c)| {
        let rest = html[at + c.len()..].trim_start();
        let number: String = rest.chars().take_while(char::is_ascii_alphanumeric).take(4).collect();
        if !number.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let rest = rest[number.len()..].trim_start().strip_prefix('版')?;
        let name = rest.trim_start().strip_prefix([':', '：']).map(|rest| {
            rest.trim_start()
                .chars()
                .take_while(|c| !c.is_ascii() && !c.is_whitespace() && !matches!(c, '）' | '》' | '|'))
                .take(10)
                .collect::<String>()
        });
        Some((Some(number), name.filter(|n| !n.is_empty())))
    })
}

/// The date in a path as sites build them: 2018-08/21, 2018/08/21, 20180821, 2018-08-21.
fn date_in_path(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let digits = |from: usize, n: usize| path.get(from..from + n).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    (0..bytes.len()).find_map(|at| {
        if at > 0 && bytes[at - 1].is_ascii_digit() {
            return None;
        }
        let year = digits(at, 4).filter(|y| y.starts_with("19") || y.starts_with("20"))?;
        let is_sep = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/' | b'_'));
        let (month, day, end) = if is_sep(at + 4) && is_sep(at + 7) {
            (digits(at + 5, 2)?, digits(at + 8, 2)?, at + 10)
        } else if is_sep(at + 4) && digits(at + 5, 4).is_some() {
            (digits(at + 5, 2)?, digits(at + 7, 2)?, at + 9)
        } else if is_sep(at + 6) {
            (digits(at + 4, 2)?, digits(at + 7, 2)?, at + 9)
        } else {
            (digits(at + 4, 2)?, digits(at + 6, 2)?, at + 8)
        };
        if bytes.get(end).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        iso_date(&format!("{year}-{month}-{day}"))
    })
}

/// The first whole date on a short line: the line below a headline, or the head of the page.
fn date_in_text(lines: &[String]) -> Option<String> {
    lines.iter().filter(|line| line.chars().count() <= 60).take(60).find_map(|line| {
        line.match_indices("20").find_map(|(at, _)| {
            let rest = &line[at..];
            let shape: String = rest.chars().take(5).collect();
            shape.ends_with(['年', '-', '/', '.']).then(|| iso_date(rest))?
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_names_behind_them() {
        for (full, title, site) in [
            ("送清凉到工地_海宁工人报", "送清凉到工地", Some("海宁工人报")),
            ("送清凉到工地-海宁新闻网", "送清凉到工地", Some("海宁新闻网")),
            ("送清凉到工地 - 要闻 - 海宁新闻网", "送清凉到工地", Some("海宁新闻网")),
            ("1+1-2的算法", "1+1-2的算法", None),
            ("", "", None),
        ] {
            let (got, got_site) = split_title(full);
            assert_eq!((got.as_str(), got_site.as_deref()), (title, site), "{full}");
        }
    }

    #[test]
    fn dates_are_found_in_paths() {
        for (path, want) in [
            ("html/2018-08/21/content_1.htm", Some("2018-08-21")),
            ("a/20180821/1.html", Some("2018-08-21")),
            ("2018/08/21/1.html", Some("2018-08-21")),
            ("n1/2018/0821/c1.html", Some("2018-08-21")),
            ("2018-08-21-02.html", Some("2018-08-21")),
            ("content_1201808219.html", None),
            ("20189921.html", None),
            ("a.html", None),
        ] {
            assert_eq!(date_in_path(path).as_deref(), want, "{path}");
        }
    }

    #[test]
    fn number_and_name_of_the_page_are_found() {
        assert_eq!(page_number("<b>第02版：要闻</b>"), Some((Some("02".into()), Some("要闻".into()))));
        assert_eq!(page_number("（2018年08月21日 第 A2 版）"), Some((Some("A2".into()), None)));
        assert_eq!(page_number("第一版，第3名"), None);
        assert_eq!(quoted_paper("《海宁工人报》（2018年8月21日 第 2 版）").as_deref(), Some("海宁工人报"));
        assert_eq!(quoted_paper("读《海宁工人报》有感"), None);
    }
}
