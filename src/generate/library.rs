//! The composed articles of `fixtures/articles`, taken apart into what stays and what a retelling may exchange.
//!
//! In: JSON lines that are compiled in. Out: articles as lists of [`Token`]s, and the pools of words of one kind and
//! length. Words come from jieba, once, when the first page is made.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::random::key_of;
use crate::text::jieba;

const FILES: [&str; 8] = [
    include_str!("../../fixtures/articles/organising.jsonl"),
    include_str!("../../fixtures/articles/relief.jsonl"),
    include_str!("../../fixtures/articles/rights.jsonl"),
    include_str!("../../fixtures/articles/skills.jsonl"),
    include_str!("../../fixtures/articles/culture.jsonl"),
    include_str!("../../fixtures/articles/work.jsonl"),
    include_str!("../../fixtures/articles/comment.jsonl"),
    include_str!("../../fixtures/articles/short.jsonl"),
];

/// Words of a class that are too few give the same text again and again; such a class stays as it is.
const MIN_POOL: usize = 12;

/// A stretch of an article's text.
#[derive(Debug)]
pub(super) enum Token {
    /// Stays as it is.
    Fixed(Box<str>),
    /// A content word that may be exchanged for another of its pool.
    Word { text: Box<str>, key: u64, pool: u16 },
    /// A person of the article, by number.
    Person(u8),
    /// The surname alone of a person of the article (陈师傅).
    Surname(u8),
    /// A place of the article, by number.
    Place(u8),
    /// A firm of the article, by number.
    Firm(u8),
    /// An Arabic numeral and the character behind it, which says what values make sense.
    Number { digits: Box<str>, key: u64, before: char, after: char },
}

/// A composed article.
#[derive(Debug)]
pub(super) struct Composed {
    /// What tells it from others: its headline as composed.
    pub(super) id: String,
    /// Picture news: its text is a caption and its credit stands behind it.
    pub(super) photo: bool,
    pub(super) rubric: Option<Box<str>>,
    pub(super) kicker: Option<Vec<Token>>,
    pub(super) headline: Vec<Token>,
    pub(super) deck: Option<Vec<Token>>,
    pub(super) paragraphs: Vec<Vec<Token>>,
    /// Subheads by the number of the paragraph that they stand before.
    pub(super) subheads: Vec<(usize, Vec<Token>)>,
    pub(super) people: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) firms: Vec<String>,
    /// The topic, as a number that is equal for equal topics.
    pub(super) topic: u64,
}

/// All that pages are made of.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) articles: Vec<Composed>,
    pub(super) pools: Vec<Vec<Box<str>>>,
}

#[derive(Deserialize)]
struct Source {
    topic: String,
    headline: String,
    paragraphs: Vec<String>,
    #[serde(default)]
    rubric: Option<String>,
    #[serde(default)]
    kicker: Option<String>,
    #[serde(default)]
    deck: Option<String>,
    #[serde(default)]
    subhead_at: BTreeMap<String, String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    firms: Vec<String>,
}

static LIBRARY: LazyLock<Library> = LazyLock::new(Library::read);

/// The library, read at the first call.
pub(super) fn library() -> &'static Library {
    &LIBRARY
}

impl Library {
    fn read() -> Self {
        let mut words = Pools::default();
        let articles: Vec<Composed> = FILES
            .iter()
            .flat_map(|file| file.lines())
            .filter_map(|line| serde_json::from_str::<Source>(line).ok())
            .map(|source| Composed::new(source, &mut words))
            .collect();
        Self { articles, pools: words.pools }
    }
}

impl Composed {
    fn new(source: Source, pools: &mut Pools) -> Self {
        let slots = Slots { people: &source.people, places: &source.places, firms: &source.firms };
        let mut tokens = |text: &str| slots.tokens(text, pools);
        Self {
            photo: source.topic == "photo",
            rubric: source.rubric.map(Into::into),
            kicker: source.kicker.as_deref().map(&mut tokens),
            headline: tokens(&source.headline),
            deck: source.deck.as_deref().map(&mut tokens),
            paragraphs: source.paragraphs.iter().map(|p| tokens(p)).collect(),
            subheads: source.subhead_at.iter().filter_map(|(at, s)| Some((at.parse().ok()?, tokens(s)))).collect(),
            topic: key_of(&source.topic),
            people: source.people,
            places: source.places,
            firms: source.firms,
            id: source.headline,
        }
    }
}

/// The pools while they grow: a class is a part of speech and a length.
#[derive(Default)]
struct Pools {
    classes: BTreeMap<(String, usize), u16>,
    pools: Vec<Vec<Box<str>>>,
}

impl Pools {
    fn add(&mut self, word: &str, tag: &str) -> u16 {
        let class = (tag.to_owned(), word.chars().count());
        let next = self.pools.len() as u16;
        let pool = *self.classes.entry(class).or_insert(next);
        if pool == next {
            self.pools.push(Vec::new());
        }
        let words = &mut self.pools[pool as usize];
        if !words.iter().any(|w| **w == *word) {
            words.push(word.into());
        }
        pool
    }
}

/// Parts of speech whose words may be exchanged, as jieba names them.
const EXCHANGED: [&str; 14] = ["n", "v", "vn", "a", "ad", "an", "d", "t", "m", "i", "l", "s", "z", "b"];

/// Who comes before or behind a bare surname.
const ADDRESSED: [&str; 8] = ["师傅", "大姐", "大哥", "大嫂", "主席", "老师", "女士", "先生"];

struct Slots<'s> {
    people: &'s [String],
    places: &'s [String],
    firms: &'s [String],
}

impl Slots<'_> {
    /// Takes a text apart: names first, then numerals, then words.
    fn tokens(&self, text: &str, pools: &mut Pools) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut rest = text;
        let mut plain = 0;
        let mut before = ' ';
        while plain < rest.len() {
            let here = &rest[plain..];
            if let Some((token, length)) = self.slot(here, before) {
                words(&rest[..plain], pools, &mut tokens);
                tokens.push(token);
                before = here[..length].chars().next_back().unwrap_or(' ');
                rest = &here[length..];
                plain = 0;
            } else {
                before = here.chars().next().unwrap_or(' ');
                plain += before.len_utf8();
            }
        }
        words(rest, pools, &mut tokens);
        tokens
    }

    /// The name or numeral that `text` begins with.
    fn slot(&self, text: &str, before: char) -> Option<(Token, usize)> {
        let starts = |list: &[String]| {
            list.iter()
                .enumerate()
                .filter(|(_, name)| text.starts_with(name.as_str()))
                .max_by_key(|(_, name)| name.len())
                .map(|(n, name)| (n as u8, name.len()))
        };
        if let Some((n, length)) = starts(self.people) {
            return Some((Token::Person(n), length));
        }
        if let Some((n, length)) = starts(self.firms) {
            return Some((Token::Firm(n), length));
        }
        if let Some((n, length)) = starts(self.places) {
            return Some((Token::Place(n), length));
        }
        let first = text.chars().next()?;
        if first.is_ascii_digit() {
            let length = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
            let digits = text[..length].trim_end_matches('.');
            let after = text[digits.len()..].chars().next().unwrap_or(' ');
            let token = Token::Number { digits: digits.into(), key: key_of(digits), before, after };
            return Some((token, digits.len()));
        }
        let behind = &text[first.len_utf8()..];
        if before == '老' || ADDRESSED.iter().any(|word| behind.starts_with(word)) {
            let mut namesakes = self.people.iter().enumerate().filter(|(_, p)| p.starts_with(first));
            if let (Some((n, _)), None) = (namesakes.next(), namesakes.next()) {
                return Some((Token::Surname(n as u8), first.len_utf8()));
            }
        }
        None
    }
}

fn words(text: &str, pools: &mut Pools, tokens: &mut Vec<Token>) {
    if text.is_empty() {
        return;
    }
    let mut fixed = String::new();
    for tagged in jieba().tag(text, false) {
        let word = tagged.word;
        if word.chars().count() > 1 && EXCHANGED.contains(&tagged.tag) {
            if !fixed.is_empty() {
                tokens.push(Token::Fixed(std::mem::take(&mut fixed).into()));
            }
            tokens.push(Token::Word { text: word.into(), key: key_of(word), pool: pools.add(word, tagged.tag) });
        } else {
            fixed.push_str(word);
        }
    }
    if !fixed.is_empty() {
        tokens.push(Token::Fixed(fixed.into()));
    }
}

/// Whether a pool is large enough to draw from.
pub(super) fn is_rich(pool: &[Box<str>]) -> bool {
    pool.len() >= MIN_POOL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_composed_article_is_read() {
        let lines: usize = FILES.iter().map(|f| f.lines().count()).sum();
        assert_eq!(library().articles.len(), lines, "a line of fixtures/articles is no article");
        assert!(lines >= 120);
        assert!(library().articles.iter().all(|a| !a.headline.is_empty() && !a.paragraphs.is_empty()));
    }

    #[test]
    fn names_and_numerals_are_found() {
        let people = ["陈立".to_owned()];
        let slots = Slots { people: &people, places: &["宁波市".to_owned()], firms: &[] };
        let tokens = slots.tokens("宁波市的陈立领到3.5万元，陈师傅笑了", &mut Pools::default());
        let seen = |f: fn(&Token) -> bool| tokens.iter().filter(|t| f(t)).count();
        assert_eq!(seen(|t| matches!(t, Token::Place(0))), 1);
        assert_eq!(seen(|t| matches!(t, Token::Person(0))), 1);
        assert_eq!(seen(|t| matches!(t, Token::Surname(0))), 1);
        assert_eq!(seen(|t| matches!(t, Token::Number { after: '万', .. })), 1);
    }
}
