//! Gazetteers: the names and words that the extractors look up, found in one pass over a text.
//!
//! In: data files that are compiled in (`README.md` beside this file names their sources), and a user's own names. Out:
//! [`Gazetteer::scan`], which lists every [`Hit`] of a text. All words stand in one [`WordFinder`], so that the
//! number of lists does not change the cost of the pass.
//!
//! A hit is a candidate and no more: whether 和平 is a county or peace is decided by the extractors from its context.

mod divisions;
mod occupation;
mod user;
mod venue;

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::error::Result;
use crate::record::{ActivityType, Article, BlockKind};
use crate::text::{Landmarks, Span, WordFinder, simplified};
pub(in crate::extract) use divisions::{DIVISIONS, Doubt, Rank, Reading};
pub(in crate::extract) use occupation::NICKNAMING;
pub(in crate::extract) use user::UserName;
pub(in crate::extract) use venue::VENUES;

const TITLES: &str = include_str!("titles.tsv");
const NO_NAMES: &str = include_str!("no_names.txt");
const HEADS: &str = include_str!("heads.tsv");
const SPEECH: &str = include_str!("speech.txt");
const ACTIVITIES: &str = include_str!("activities.tsv");

const SETTLEMENTS: [&str; 5] = ["镇", "乡", "村", "街道", "社区"];
const CUES: [&str; 7] = ["岁的", "名叫", "名字叫", "叫做", "原名", "化名", "名为"];
/// Verbs whose object are the people who are honoured or chosen.
const HONOURS: [&str; 18] = [
    "授予",
    "追授",
    "追认",
    "增补",
    "选举",
    "补选",
    "推选",
    "选出",
    "任命",
    "聘任",
    "聘请",
    "表彰",
    "表彰了",
    "奖励",
    "免去",
    "评选",
    "命名",
    "替补",
];

/// What a word means to the extractors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Meaning {
    /// A name of places: number of its readings in [`DIVISIONS`].
    Place(u32),
    /// The word that ends an organisation's name.
    Head(Head),
    /// An office (主席), before or behind a name.
    Office,
    /// An occupation or standing (职工), before a name.
    Job,
    /// A form of address (师傅), behind a surname.
    Address,
    /// A verb of saying.
    Speech,
    /// What a union does.
    Activity(ActivityType),
    /// What ends the name of a town or village (镇, 村, 社区): also of one that no list has.
    Settlement,
    /// What a personal name stands behind (岁的, 名叫).
    Cue,
    /// A verb whose object are the people who are honoured or chosen (授予, 增补).
    Honour,
    /// A user's own name, by its number.
    User(u32),
}

/// The word that ends an organisation's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Head {
    /// Whether it ends a union's name.
    pub union: bool,
    /// What must stand before it.
    pub need: Need,
}

/// What must stand before the head word of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Need {
    /// Nothing: it is a whole name.
    Nothing,
    /// Any name of its own.
    Own,
    /// The place or level that it belongs to, or another organisation.
    Level,
    /// A place that opens the name.
    Place,
}

/// A word of the gazetteer in a text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Hit {
    pub start: u32,
    pub end: u32,
    pub meaning: Meaning,
}

/// A block with the words of the gazetteer in it.
pub(in crate::extract) struct Scan<'t> {
    /// The block's number in the article.
    pub number: u32,
    pub text: &'t str,
    /// Whether it is a heading rather than running text.
    pub heading: bool,
    /// Ordered by start, the longer one first.
    pub hits: Vec<Hit>,
    /// Its marks, and where names may begin.
    pub landmarks: Landmarks,
}

impl Scan<'_> {
    /// The hits of some meanings.
    pub(in crate::extract) fn spans(&self, wanted: impl Fn(Meaning) -> bool) -> impl Iterator<Item = Span> {
        self.hits.iter().filter(move |h| wanted(h.meaning)).map(|h| Span { start: h.start, end: h.end })
    }

    /// The hits that begin at byte `at`.
    pub(in crate::extract) fn hits_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|h| (h.start as usize) < at);
        self.hits[first..].iter().take_while(move |h| h.start as usize == at)
    }
}

struct Lexicon {
    finder: WordFinder,
    meanings: Vec<SmallVec<[Meaning; 1]>>,
}

/// Whether a word that looks like a personal name is another word.
pub(in crate::extract) fn is_known_other(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        let lines = NO_NAMES.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    WORDS.contains(word)
}

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Vec<(String, Meaning)> = Vec::new();
    for (number, surface) in DIVISIONS.surfaces().enumerate() {
        words.push((surface.to_owned(), Meaning::Place(number as u32)));
    }
    for (word, kinds) in rows(TITLES) {
        for kind in kinds.split(',') {
            let meaning = match kind {
                "office" => Meaning::Office,
                "job" => Meaning::Job,
                _ => Meaning::Address,
            };
            words.push((word.to_owned(), meaning));
        }
    }
    for (word, rest) in rows(HEADS) {
        let (kind, need) = rest.split_once('\t').unwrap_or((rest, "own"));
        let need = match need {
            "name" => Need::Nothing,
            "level" => Need::Level,
            "place" => Need::Place,
            _ => Need::Own,
        };
        words.push((word.to_owned(), Meaning::Head(Head { union: kind == "union", need })));
    }
    for word in SPEECH.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        words.push((word.to_owned(), Meaning::Speech));
    }
    for (word, kind) in rows(ACTIVITIES) {
        let kind: Option<ActivityType> = serde_json::from_value(kind.into()).ok();
        words.extend(kind.map(|kind| (word.to_owned(), Meaning::Activity(kind))));
    }
    words.extend(SETTLEMENTS.map(|w| (w.to_owned(), Meaning::Settlement)));
    words.extend(CUES.map(|w| (w.to_owned(), Meaning::Cue)));
    words.extend(HONOURS.map(|w| (w.to_owned(), Meaning::Honour)));
    Lexicon::new(words)
});

impl Lexicon {
    /// Words with their meanings, of which several may be the same.
    fn new(mut words: Vec<(String, Meaning)>) -> Self {
        words.retain(|(w, _)| !w.is_empty());
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let mut meanings: Vec<SmallVec<[Meaning; 1]>> = Vec::new();
        let mut patterns: Vec<String> = Vec::new();
        for (word, meaning) in words {
            if patterns.last() == Some(&word) {
                if let Some(all) = meanings.last_mut() {
                    all.push(meaning);
                }
            } else {
                patterns.push(word);
                meanings.push(SmallVec::from_elem(meaning, 1));
            }
        }
        Self { finder: WordFinder::new(&patterns), meanings }
    }

    fn scan(&self, text: &str, hits: &mut Vec<Hit>) {
        self.finder.find(text, |start, end, number| {
            let meanings = self.meanings.get(number as usize).map_or(&[][..], SmallVec::as_slice);
            hits.extend(meanings.iter().map(|&meaning| Hit { start, end, meaning }));
            true
        });
    }
}

/// The names that entities are looked up in: the ones that are built in, and a user's own.
///
/// ```
/// use jianbao::extract::Gazetteer;
/// let text = "# name\tkind\tcanonical form\n湖工大\torganisation\t湖州工业大学\n";
/// assert!(Gazetteer::builtin().with_user(text).is_ok());
/// let wrong = Gazetteer::builtin().with_user("湖工大\tschool\n").unwrap_err();
/// assert_eq!(wrong.line(), Some(1));
/// ```
#[derive(Clone, Default)]
pub struct Gazetteer {
    user: Option<Arc<User>>,
}

struct User {
    lexicon: Lexicon,
    names: Vec<UserName>,
    fingerprint: u64,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("user", &self.user.as_ref().map_or(0, |u| u.names.len())).finish()
    }
}

impl Gazetteer {
    /// What is compiled in. It is unpacked at the first use (about 100 ms).
    pub fn builtin() -> Self {
        Self::default()
    }

    /// With a user's own names: one a line, `name`, `kind` (person, union, organisation, place, work) and, if it differs,
    /// the canonical form, parted by tabs or commas. Lines that are empty or start with `#` are skipped.
    pub fn with_user(&self, text: &str) -> Result<Self> {
        let names = user::parse(text)?;
        if names.is_empty() {
            return Ok(self.clone());
        }
        let mut words = Vec::with_capacity(names.len());
        for (number, user) in (0..).zip(&names) {
            // Pages in traditional characters are read in simplified ones.
            let read = simplified(&user.name);
            if read != user.name {
                words.push((read, Meaning::User(number)));
            }
            words.push((user.name.clone(), Meaning::User(number)));
        }
        let fingerprint = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
        Ok(Self { user: Some(Arc::new(User { lexicon: Lexicon::new(words), names, fingerprint })) })
    }

    /// What tells a user's own table from another: 16 hexadecimal digits of its content; None without one.
    pub fn fingerprint(&self) -> Option<String> {
        self.user.as_ref().map(|u| format!("{:016x}", u.fingerprint))
    }

    /// Every word of the gazetteer in `text`, ordered by start, the longer one first.
    pub(in crate::extract) fn scan(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(text.len() / 16);
        BUILTIN.scan(text, &mut hits);
        if let Some(user) = &self.user {
            user.lexicon.scan(text, &mut hits);
            hits.sort_by_key(|h| (h.start, u32::MAX - h.end));
        }
        hits
    }

    /// The words of a text and its occupations.
    fn hits(&self, text: &str, landmarks: &Landmarks) -> Vec<Hit> {
        let mut hits = self.scan(text);
        occupation::add(text, &landmarks.signs, &mut hits);
        hits
    }

    /// The blocks of an article that names are read from: text and headings, not what belongs to the page.
    pub(in crate::extract) fn scans<'a>(&self, article: &'a Article<'_>) -> Vec<Scan<'a>> {
        let is_read = |kind: BlockKind| {
            use BlockKind::{Deck, Headline, Kicker, Rubric, Subhead};
            kind.is_running_text() || matches!(kind, Kicker | Headline | Deck | Subhead | Rubric)
        };
        let blocks = article.blocks.iter().enumerate();
        blocks
            .filter(|(_, b)| b.repeat.is_none() && is_read(b.kind))
            .map(|(number, b)| {
                let landmarks = Landmarks::new(&b.text);
                let hits = self.hits(&b.text, &landmarks);
                Scan { number: number as u32, text: &b.text, heading: !b.kind.is_running_text(), hits, landmarks }
            })
            .collect()
    }

    /// The user's name of this number.
    pub(in crate::extract) fn user_name(&self, number: u32) -> Option<&UserName> {
        self.user.as_ref().and_then(|u| u.names.get(number as usize))
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// Names by what they read as; used where a map from word to number is built once.
type Numbers = FxHashMap<String, u32>;

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str, wanted: fn(Meaning) -> bool) -> Vec<&str> {
        let hits = Gazetteer::builtin().scan(text);
        hits.iter().filter(|h| wanted(h.meaning)).map(|h| &text[h.start as usize..h.end as usize]).collect()
    }

    #[test]
    fn one_pass_finds_words_of_every_list() {
        let text = "舟山市普陀区总工会副主席周敏说,今年夏送清凉";
        assert_eq!(words_of(text, |m| matches!(m, Meaning::Place(_))), ["舟山市", "舟山", "普陀区", "普陀"]);
        assert!(words_of(text, |m| matches!(m, Meaning::Head(h) if h.union)).contains(&"总工会"));
        assert!(words_of(text, |m| m == Meaning::Office).contains(&"副主席"));
        assert_eq!(words_of(text, |m| m == Meaning::Speech), ["说"]);
        assert!(words_of(text, |m| matches!(m, Meaning::Activity(ActivityType::HeatRelief))).contains(&"送清凉"));
    }

    #[test]
    fn every_row_of_the_lists_is_read() {
        for (word, kind) in rows(ACTIVITIES) {
            assert!(serde_json::from_value::<ActivityType>(kind.into()).is_ok(), "{word} has no known type: {kind}");
        }
        for (word, kinds) in rows(TITLES) {
            assert!(kinds.split(',').all(|k| ["office", "job", "address"].contains(&k)), "{word}: {kinds}");
        }
        for (word, rest) in rows(HEADS) {
            let (kind, need) = rest.split_once('\t').unwrap();
            assert!(["union", "organisation"].contains(&kind), "{word}: {kind}");
            assert!(["name", "own", "level", "place"].contains(&need), "{word}: {need}");
        }
    }

    #[test]
    fn a_users_names_are_found_beside_the_others() {
        let gazetteer = Gazetteer::builtin().with_user("宁大,organisation,宁波大学\n").unwrap();
        let hits = gazetteer.scan("宁大与宁波市");
        assert!(hits.iter().any(|h| matches!(h.meaning, Meaning::User(0))));
        assert!(hits.iter().any(|h| matches!(h.meaning, Meaning::Place(_))));
        assert_eq!(gazetteer.user_name(0).unwrap().canonical.as_deref(), Some("宁波大学"));
        let gazetteer = Gazetteer::builtin().with_user("澳門工聯,union\n").unwrap();
        let found = |text: &str| gazetteer.scan(text).iter().any(|h| matches!(h.meaning, Meaning::User(0)));
        assert!(found("澳門工聯") && found("澳门工联"));
    }
}
