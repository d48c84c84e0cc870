//! Articles that go on on another page of their issue: 下转第N版 here, 上接第N版 there.
//!
//! In: of each page of the archive with such lines, its [`Ends`]: what stands at the lines and a few words of the articles.
//! Out: the [`Found`] continuations, each with its score and reasons. Texts stay on their pages, since spans count from there;
//! the two articles are linked.
//!
//! Two ends fit if they are of one issue and each names the other's page. Where a page has several for the same other
//! page, the assignment with the largest sum of evidence is taken (H. W. Kuhn, "The Hungarian method for the assignment
//! problem", 1955): how the sentence goes on, marks that must close, rare pairs of characters in common. A link whose
//! certainty is below that of a join is not made.
//!
//! Not done: an article whose one line was lost. What comes out depends on the set of pages, never on their order.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::credit::jump::{self, Direction};
use crate::layout::border::Ending;
use crate::layout::statistics::Statistics;
use crate::layout::{stitch, topic};
use crate::record::{Article, ArticleKind, Block, BlockKind, Continuation, Edge, PageHead};
use crate::settings;
use crate::text::{Folded, numeral};

/// Ends of one issue between the same two pages that are told apart; more than these are no print.
const MOST: usize = 24;
/// Rare pairs of characters that are kept of an article.
const WORDS: usize = 128;

/// What is kept of a page with lines that send its readers to another page, or come from one.
#[derive(Clone, Debug)]
pub struct Ends {
    id: String,
    publication: Option<String>,
    /// What the pages of the issue have in common: their day, else the beginning of their names.
    issue: String,
    number: Number,
    lines: Vec<End>,
}

/// An article that goes on on another page.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The place in the list of [`Ends`], and the number of the article there, from 0, where it breaks off.
    pub from: (usize, usize),
    /// The same of where it goes on.
    pub to: (usize, usize),
    /// 0 to 1: how sure it is.
    pub score: f32,
    /// Whether it breaks off in mid-sentence, so that the last paragraph here and the first there are one.
    pub in_sentence: bool,
    /// Why, for a person.
    pub reasons: Vec<Cow<'static, str>>,
}

/// One line 下转 or 上接.
#[derive(Clone, Debug)]
struct End {
    article: usize,
    direction: Direction,
    /// The page that it names.
    other: Number,
    line: stitch::Line,
    /// Rare pairs of characters, in order.
    words: Vec<u64>,
}

/// A page's number: 3, or A3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    letter: Option<char>,
    number: u32,
}

impl Number {
    /// Reads 3, 03, A03, 三, 十二.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let letter = text.chars().next().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let digits = Folded::new(text.get(usize::from(letter.is_some())..)?);
        let number = numeral::read(&digits, 0).filter(|n| n.end == digits.len())?.value()?;
        (1.0..1000.0).contains(&number).then_some(Self { letter, number: number as u32 })
    }

    /// Whether a line on the page `from` that names this number can mean the page `to`.
    fn means(self, from: Self, to: Self) -> bool {
        let letter = self.letter.or(from.letter);
        self.number == to.number && (letter == to.letter || self.letter.is_none() && to.letter.is_none())
    }
}

impl Ends {
    /// What is to be kept of a page: None where no line sends its readers on, or the page's issue or number is not known.
    pub fn of(
        head: &PageHead,
        articles: &[Article<'_>],
        statistics: &Statistics,
        settings: &settings::Layout,
    ) -> Option<Self> {
        let mut ends: Vec<End> = Vec::new();
        for (n, article) in articles.iter().enumerate() {
            // An article breaks off once and goes on once; more lines are of others that could not be told apart.
            let mut jumps = article.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Jump);
            if jumps.clone().next().is_none() {
                continue;
            }
            let found = |(at, block): (usize, &Block<'_>)| jump::find(&block.text).map(|j| (at, j));
            let from = jumps.clone().filter_map(found).find(|(_, j)| j.direction == Direction::From);
            let to = jumps.by_ref().filter_map(found).filter(|(_, j)| j.direction == Direction::To).last();
            for (at, jump) in from.into_iter().chain(to) {
                let Some(other) = Number::read(&jump.number) else { continue };
                let is_text = |b: &&Block<'_>| {
                    matches!(b.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Table) && b.repeat.is_none()
                };
                let text = match jump.direction {
                    Direction::To => article.blocks[..at].iter().rev().find(is_text),
                    Direction::From => article.blocks[at..].iter().find(is_text),
                };
                let line = stitch::Line::new(text.map_or("", |b| &b.text), false, 0);
                let texts = article.blocks.iter().filter(|b| b.repeat.is_none()).map(|b| &*b.text);
                let words = topic::rarest(texts, WORDS, statistics, settings);
                ends.push(End { article: n, direction: jump.direction, other, line, words });
            }
        }
        if ends.is_empty() {
            return None;
        }
        let (name, named) = split_name(&head.id);
        let number = head.number.as_deref().or(named).and_then(Number::read)?;
        let issue = head.date.clone().unwrap_or_else(|| name.to_owned());
        Some(Self { id: head.id.clone(), publication: head.publication.clone(), issue, number, lines: ends })
    }

    /// The id of the page.
    pub fn page_id(&self) -> &str {
        &self.id
    }
}

/// Links an article to its other part, which lies in this direction.
pub fn link(article: &mut Article<'_>, direction: Direction, other: Continuation, settings: &settings::Layout) {
    if other.score < settings.doubt_certainty {
        article.quality.flags.push("doubtful_jump".into());
    }
    match direction {
        Direction::To => article.continues_on = Some(other),
        Direction::From => {
            // Its article is known now, and how it begins is known from where it breaks off.
            if article.kind == ArticleKind::Fragment {
                article.kind = ArticleKind::Story;
            }
            if other.in_sentence {
                article.quality.opens = Edge::Cut;
            }
            article.continues_from = Some(other);
        }
    }
}

/// The name of a page without the number that it ends in, and that number: `2021/06-09/p` and `03` of `2021/06-09/p03.md`.
fn split_name(id: &str) -> (&str, Option<&str>) {
    let from = id.rfind(['/', '!']).map_or(0, |at| at + 1);
    let stem_end = match id[from..].rfind('#') {
        Some(at) => {
            let digits = &id[from + at + 1..];
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
                return (&id[..from + at], Some(digits));
            }
            from + at
        }
        None => from + id[from..].find(['.', ':']).unwrap_or(id.len() - from),
    };
    let stem = &id[..stem_end];
    let name = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let name = if name.len() < from { &id[..from] } else { name };
    let digits = &stem[name.len()..];
    let letter = !digits.is_empty() && name[from..].ends_with(|c: char| c.is_ascii_uppercase());
    let name = &name[..name.len() - usize::from(letter)];
    (name, Some(&stem[name.len()..]).filter(|d| !d.is_empty()))
}

/// Lines of pages, each by its page's place in the list and its own there.
type Places = Vec<(usize, usize)>;

/// Finds the articles that go on on another page. The order of `pages` does not matter.
pub fn continuations(pages: &[Ends], statistics: &Statistics, settings: &settings::Layout) -> Vec<Found> {
    // A page that does not say its paper is of the day's only one, if there is only one.
    let mut papers: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for page in pages {
        if let Some(paper) = page.publication.as_deref() {
            papers.entry(&page.issue).and_modify(|known| *known = known.filter(|k| *k == paper)).or_insert(Some(paper));
        }
    }
    let paper_of = |page: &Ends| match page.publication.clone() {
        Some(paper) => paper,
        None => papers.get(page.issue.as_str()).copied().flatten().unwrap_or_default().to_owned(),
    };
    let mut groups: BTreeMap<(&str, String, u32, u32), [Places; 2]> = BTreeMap::new();
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by(|&a, &b| pages[a].id.cmp(&pages[b].id));
    for p in order {
        let page = &pages[p];
        for (e, end) in page.lines.iter().enumerate() {
            let (from, to, side) = match end.direction {
                Direction::To => (page.number.number, end.other.number, 0),
                Direction::From => (end.other.number, page.number.number, 1),
            };
            let group = groups.entry((&page.issue, paper_of(page), from, to)).or_default();
            if group[side].len() < MOST {
                group[side].push((p, e));
            }
        }
    }
    let mut found = Vec::new();
    for ((_, paper, _, _), [left, right]) in groups {
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let known = !paper.is_empty();
        let pairs: Vec<Vec<Pair>> = left
            .iter()
            .map(|&(p, e)| {
                let with = |&(q, f): &(usize, usize)| pair((&pages[p], e), (&pages[q], f), known, statistics, settings);
                right.iter().map(with).collect()
            })
            .collect();
        let weights: Vec<Vec<f32>> = pairs.iter().map(|row| row.iter().map(Pair::weight).collect()).collect();
        let best = assign(&weights);
        for (n, m) in best.pairs {
            let mut without = weights.clone();
            without[n][m] = 0.0;
            let margin = best.total - assign(&without).total;
            let score = stitch::certainty(margin);
            if score < settings.join_certainty {
                continue;
            }
            let ((p, e), (q, f)) = (left[n], right[m]);
            found.push(Found {
                from: (p, pages[p].lines[e].article),
                to: (q, pages[q].lines[f].article),
                score,
                in_sentence: pages[p].lines[e].line.ending == Ending::Open,
                reasons: pairs[n][m].reasons(margin),
            });
        }
    }
    found
}

/// What speaks for two ends being of one article, in nats.
#[derive(Clone, Copy, Debug)]
struct Pair {
    fits: bool,
    lines: f32,
    sentence: f32,
    words: f32,
}

impl Pair {
    fn weight(&self) -> f32 {
        if self.fits { (self.lines + self.sentence + self.words).max(0.0) } else { 0.0 }
    }

    fn reasons(&self, margin: f32) -> Vec<Cow<'static, str>> {
        let mut reasons: Vec<Cow<'static, str>> =
            vec![format!("each of the two lines names the other's page: {:+.1}", self.lines).into()];
        if self.sentence.abs() >= 0.5 {
            reasons.push(format!("the sentence goes on: {:+.1}", self.sentence).into());
        }
        if self.words >= 0.5 {
            reasons.push(format!("words in common: {:+.1}", self.words).into());
        }
        reasons.push(format!("the next best assignment of the issue is {margin:.1} behind").into());
        reasons
    }
}

fn pair(
    (left, e): (&Ends, usize),
    (right, f): (&Ends, usize),
    known: bool,
    statistics: &Statistics,
    settings: &settings::Layout,
) -> Pair {
    let (from, to) = (&left.lines[e], &right.lines[f]);
    let fits =
        left.id != right.id && from.other.means(left.number, right.number) && to.other.means(right.number, left.number);
    let sentence = match from.line.ending {
        Ending::Open => stitch::evidence(&from.line, &to.line, statistics, settings).sum(),
        _ if to.line.cannot_begin => -settings.cannot_begin_price,
        _ => 0.0,
    };
    let sum: f32 = common(&from.words, &to.words).map(|key| topic::weight_of(key, statistics, settings)).sum();
    Pair {
        fits,
        lines: if known { settings.jump_gain } else { settings.jump_gain_unknown },
        sentence,
        words: (sum * settings.topic_weight).min(settings.topic_most),
    }
}

/// What two ordered lists have in common.
fn common<'a>(a: &'a [u64], b: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    a.iter().copied().filter(|key| b.binary_search(key).is_ok())
}

/// An assignment of rows to columns, each to at most one, with its sum of weights.
#[derive(Debug)]
struct Assignment {
    pairs: Vec<(usize, usize)>,
    total: f32,
}

/// The assignment of the largest sum; a pair without weight is none. Weights are not negative.
fn assign(weights: &[Vec<f32>]) -> Assignment {
    let n_columns = weights.first().map_or(0, Vec::len);
    let size = weights.len().max(n_columns);
    let cost = |n: usize, m: usize| -f64::from(weights.get(n).and_then(|row| row.get(m)).copied().unwrap_or(0.0));
    // Rows are taken up one by one; potentials keep every reduced cost at zero or above. Index 0 stands for none.
    let (mut u, mut v) = (vec![0.0f64; size + 1], vec![0.0f64; size + 1]);
    let mut row_of = vec![0usize; size + 1];
    for row in 1..=size {
        let mut way = vec![0usize; size + 1];
        let mut least = vec![f64::INFINITY; size + 1];
        let mut used = vec![false; size + 1];
        row_of[0] = row;
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let (this, mut next, mut delta) = (row_of[column], 0, f64::INFINITY);
            for m in (1..=size).filter(|&m| !used[m]) {
                let reduced = cost(this - 1, m - 1) - u[this] - v[m];
                if reduced < least[m] {
                    (least[m], way[m]) = (reduced, column);
                }
                if least[m] < delta {
                    (delta, next) = (least[m], m);
                }
            }
            for m in 0..=size {
                if used[m] {
                    u[row_of[m]] += delta;
                    v[m] -= delta;
                } else {
                    least[m] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        (1..=size).map(|m| (row_of[m] - 1, m - 1)).filter(|&(n, m)| cost(n, m) < 0.0).collect();
    pairs.sort_unstable();
    let total = pairs.iter().map(|&(n, m)| weights[n][m]).sum();
    Assignment { pairs, total }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout;
    use crate::record::Page;

    #[test]
    fn numbers_of_pages() {
        for (text, expected) in [
            ("3", Some((None, 3))),
            ("03", Some((None, 3))),
            ("a03", Some((Some('A'), 3))),
            ("三", Some((None, 3))),
            ("十二", Some((None, 12))),
            ("二十", Some((None, 20))),
            ("", None),
            ("要闻", None),
            ("0", None),
            ("A", None),
        ] {
            assert_eq!(Number::read(text).map(|n| (n.letter, n.number)), expected, "{text}");
        }
    }

    #[test]
    fn which_page_a_line_means() {
        let read = |text: &str| Number::read(text).unwrap();
        for (said, from, to, expected) in [
            ("3", "1", "3", true),
            ("3", "A1", "A3", true),
            ("3", "A1", "B3", false),
            ("B3", "A1", "B3", true),
            ("3", "1", "A3", false),
            ("3", "A1", "3", true),
            ("3", "1", "4", false),
        ] {
            assert_eq!(read(said).means(read(from), read(to)), expected, "{said} on {from}");
        }
    }

    #[test]
    fn names_of_an_issue() {
        for (id, expected) in [
            ("2021/0609/p03.md", ("2021/0609/p", Some("03"))),
            ("2021/0609/A03.txt", ("2021/0609/", Some("A03"))),
            ("工友报-5-12", ("工友报-5-", Some("12"))),
            ("issue.txt#3", ("issue.txt", Some("3"))),
            ("dump.jsonl:17", ("dump", None)),
            ("", ("", None)),
        ] {
            assert_eq!(split_name(id), expected, "{id}");
        }
    }

    /// An issue of pages, each with its number; `found` as (page, article there, page, article there), by number.
    #[track_caller]
    fn check(pages: &[(&str, &str)], found: &[(&str, usize, &str, usize)]) {
        let settings = settings::Layout::default();
        let pages: Vec<Page> = pages
            .iter()
            .map(|(number, text)| {
                let mut page = Page::new(format!("p{number}"), *text);
                page.head.publication = Some("工友周报".into());
                page.head.date = Some("2022-03-04".into());
                page.head.number = Some((*number).into());
                page
            })
            .collect();
        let mut statistics = Statistics::with_bits(16);
        for page in &pages {
            statistics.add(&page.text);
        }
        let ends: Vec<Ends> = pages
            .iter()
            .filter_map(|p| {
                let articles = layout::segment_with(p, &statistics, &settings);
                Ends::of(&p.head, &articles, &statistics, &settings)
            })
            .collect();
        for ends in [ends.clone(), ends.iter().rev().cloned().collect()] {
            let name = |(page, article): (usize, usize)| (ends[page].id.trim_start_matches('p').to_owned(), article);
            let mut links: Vec<_> = continuations(&ends, &statistics, &settings)
                .iter()
                .map(|f| (name(f.from), name(f.to)))
                .map(|((p, a), (q, b))| (p, a, q, b))
                .collect();
            links.sort();
            let expected: Vec<_> = found.iter().map(|&(p, a, q, b)| (p.to_owned(), a, q.to_owned(), b)).collect();
            assert_eq!(links, expected);
        }
    }

    const BRIDGE: &str = "## 架桥人的冬天\n\n本报讯 记者卢成报道 雪落在沅江的工地上，架桥工钟阿满带着班组检查每一根拉索，他说桥不等（下转第3版）";
    const BRIDGE_ON: &str = "（上接第1版）人，过年也要有人守。拉索一共三百根，钟阿满每天要走完一遍。";

    #[test]
    fn an_article_goes_on_on_another_page() {
        check(&[("1", BRIDGE), ("3", BRIDGE_ON)], &[("1", 0, "3", 0)]);
        check(&[("01", BRIDGE), ("03", BRIDGE_ON)], &[("01", 0, "03", 0)]);
        check(&[("A1", BRIDGE), ("A3", BRIDGE_ON)], &[("A1", 0, "A3", 0)]);
    }

    #[test]
    fn two_articles_between_the_same_pages_are_told_apart() {
        let tea = "## 茶厂女工上夜校\n\n本报讯 记者尹然报道 采茶季一过，茶厂的女工就报名上夜校，学的是记账和评茶。（下转第3版）";
        let tea_on = "（上接第1版）夜校的课排在晚上七点，评茶老师自己也当过采茶的女工，记账课最满。";
        check(
            &[("1", &format!("{BRIDGE}\n\n{tea}")), ("3", &format!("{tea_on}\n\n{BRIDGE_ON}"))],
            &[("1", 0, "3", 1), ("1", 1, "3", 0)],
        );
    }

    #[test]
    fn what_does_not_fit_is_not_linked() {
        check(&[("1", BRIDGE)], &[]);
        check(&[("1", BRIDGE), ("4", BRIDGE_ON)], &[]);
        check(&[("2", BRIDGE), ("3", BRIDGE_ON)], &[]);
        check(&[("1", BRIDGE), ("3", "## 茶厂女工上夜校\n\n采茶季一过，茶厂的女工就报名上夜校。")], &[]);
        // It closes what nothing opened, and has no word in common.
        check(&[("1", BRIDGE), ("3", "（上接第1版）”）》，茶厂的女工报名上夜校。")], &[]);
    }

    /// The best sum over all assignments, tried one by one.
    fn brute(weights: &[Vec<f32>], row: usize, used: u32) -> f32 {
        if row == weights.len() {
            return 0.0;
        }
        let taken = (0..weights[row].len())
            .filter(|m| used & 1 << m == 0)
            .map(|m| weights[row][m] + brute(weights, row + 1, used | 1 << m));
        taken.fold(brute(weights, row + 1, used), f32::max)
    }

    proptest! {
        #[test]
        fn the_assignment_is_the_best(
            n in 1usize..6, m in 1usize..6, weights in proptest::collection::vec(prop_oneof![Just(0.0f32), 0.0f32..9.0], 25)
        ) {
            let weights: Vec<Vec<f32>> = (0..n).map(|row| weights[row * 5..row * 5 + m].to_vec()).collect();
            let found = assign(&weights);
            prop_assert!((found.total - brute(&weights, 0, 0)).abs() < 1e-3, "{weights:?} {found:?}");
            let (mut rows, mut columns): (Vec<_>, Vec<_>) = found.pairs.iter().copied().unzip();
            rows.dedup();
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!((rows.len(), columns.len()), (found.pairs.len(), found.pairs.len()));
        }
    }
}
