//! Tells a composed article anew: other people, places, firms and numbers, and as many other words as is wished.
//!
//! One retelling is consistent in itself: a word that is exchanged is exchanged for the same one in the headline and in
//! the text, and a person keeps his new name throughout.

use super::library::{Composed, Token, is_rich, library};
use super::names::{REGIONS, Region, brand, person};
use super::random::{Random, key, mix, scale};

/// What a retelling puts in place of what was composed.
#[derive(Debug)]
pub(super) struct Cast {
    people: Vec<String>,
    places: Vec<String>,
    firms: Vec<String>,
    numbers: u64,
    words: u64,
    /// Words are exchanged whose mixed key lies below this.
    limit: u64,
}

impl Cast {
    /// A cast for `article`: `words` decides which words are exchanged and for which, `facts` decides names and numbers;
    /// `vary` is the share of content words that are exchanged, 0 to 1.
    pub(super) fn new(article: &Composed, words: u64, facts: u64, vary: f64) -> Self {
        let mut random = Random::of(&[facts]);
        let at = random.below(REGIONS.len());
        let mut seen = [0usize; 4];
        Self {
            people: article.people.iter().map(|_| person(&mut random)).collect(),
            places: article.places.iter().map(|place| other_place(place, at, &mut seen)).collect(),
            firms: article.firms.iter().map(|firm| other_firm(firm, &mut random)).collect(),
            numbers: random.next(),
            words,
            limit: (vary.clamp(0.0, 1.0) * u64::MAX as f64) as u64,
        }
    }

    /// Appends the retold text to `out`.
    pub(super) fn tell(&self, tokens: &[Token], out: &mut String) {
        for token in tokens {
            match token {
                Token::Fixed(text) => out.push_str(text),
                Token::Word { text, key, pool } => out.push_str(self.word(text, *key, *pool)),
                Token::Person(n) => out.push_str(&self.people[*n as usize]),
                Token::Surname(n) => out.extend(self.people[*n as usize].chars().next()),
                Token::Place(n) => out.push_str(&self.places[*n as usize]),
                Token::Firm(n) => out.push_str(&self.firms[*n as usize]),
                Token::Number { digits, key, before, after } => self.number(digits, *key, *before, *after, out),
            }
        }
    }

    /// The retold text.
    pub(super) fn told(&self, tokens: &[Token]) -> String {
        let mut out = String::with_capacity(600);
        self.tell(tokens, &mut out);
        out
    }

    fn word<'a>(&self, text: &'a str, word_key: u64, pool: u16) -> &'a str
    where
        'static: 'a,
    {
        let drawn = mix(self.words ^ word_key);
        if drawn >= self.limit {
            return text;
        }
        let pool = &library().pools[pool as usize];
        if is_rich(pool) { &pool[scale(mix(drawn), pool.len())] } else { text }
    }

    /// Another number of the same length and roundness: zeros stay, other digits change. Dates stay dates.
    fn number(&self, digits: &str, number_key: u64, before: char, after: char, out: &mut String) {
        let mut random = Random::of(&[self.numbers, number_key]);
        let named = before.is_ascii_alphabetic() || digits.starts_with('0') || digits == "12351" || after == '后';
        if named {
            return out.push_str(digits);
        }
        let value: usize = digits.parse().unwrap_or(0);
        let small = match after {
            '年' if digits.len() == 4 => Some(random.between(value.saturating_sub(3), value + 3)),
            '月' => Some(random.between(1, 12)),
            '日' | '号' if value <= 31 => Some(random.between(1, 28)),
            '点' if value <= 12 => Some(random.between(1, 11)),
            _ => None,
        };
        if let Some(value) = small {
            return out.push_str(&value.to_string());
        }
        out.extend(digits.chars().map(|c| if ('1'..='9').contains(&c) { digit(&mut random) } else { c }));
    }
}

fn digit(random: &mut Random) -> char {
    char::from(b'1' + random.below(9) as u8)
}

/// A place of the same level, from the region that the retelling takes place in, else from the next ones.
fn other_place(place: &str, region: usize, seen: &mut [usize; 4]) -> String {
    let (level, list): (usize, fn(&Region) -> &[&'static str]) = if place.ends_with('区') {
        (1, |r| r.districts)
    } else if place.ends_with('县') {
        (2, |r| r.counties)
    } else if place.ends_with('镇') || place.ends_with("街道") {
        (3, |r| r.towns)
    } else if place.ends_with('市') || place.ends_with('州') {
        (0, |r| std::slice::from_ref(&r.city))
    } else {
        return place.to_owned();
    };
    let wanted = seen[level];
    seen[level] += 1;
    let from_here = REGIONS.iter().cycle().skip(region).take(REGIONS.len());
    from_here.flat_map(list).nth(wanted).map_or_else(|| place.to_owned(), |name| (*name).to_owned())
}

/// The trade stays, the name before it changes.
fn other_firm(firm: &str, random: &mut Random) -> String {
    let trade = firm.char_indices().nth(2).map_or("", |(at, _)| &firm[at..]);
    format!("{}{trade}", brand(random))
}

/// One paragraph of any composed article, retold: `words` and `facts` as in [`Cast::new`].
pub(super) fn paragraph(words: u64, facts: u64, vary: f64, least: usize) -> String {
    let mut random = Random::of(&[words, 0x70]);
    let articles = &library().articles;
    let mut told = String::new();
    // Nearly every paragraph is long enough, so that a few tries do.
    for _ in 0..32 {
        let article = random.pick(articles);
        let tokens = random.pick(&article.paragraphs);
        told = Cast::new(article, key(&[words]), facts, vary).told(tokens);
        if told.chars().count() >= least {
            break;
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retelling_is_consistent_and_repeatable() {
        for article in &library().articles {
            let cast = Cast::new(article, 1, 2, 0.5);
            let again = Cast::new(article, 1, 2, 0.5);
            assert_eq!(cast.told(&article.headline), again.told(&article.headline));
            let text: String = article.paragraphs.iter().map(|p| cast.told(p)).collect();
            for person in &article.people {
                assert!(person.chars().count() < 2 || !text.contains(person.as_str()), "{person} is still there");
            }
        }
    }

    #[test]
    fn other_facts_leave_the_words() {
        let a = paragraph(3, 1, 0.5, 60);
        let b = paragraph(3, 2, 0.5, 60);
        assert_ne!(a, b);
        let far = paragraph(4, 1, 0.5, 60);
        let shared = |x: &str, y: &str| {
            let grams: Vec<String> = x.chars().collect::<Vec<_>>().windows(3).map(|w| w.iter().collect()).collect();
            grams.iter().filter(|g| y.contains(g.as_str())).count() as f64 / grams.len() as f64
        };
        assert!(shared(&a, &b) > 0.5, "{a}\n{b}");
        assert!(shared(&a, &far) < 0.2, "{a}\n{far}");
    }

    #[test]
    fn numbers_keep_their_form() {
        #[track_caller]
        fn check(digits: &str, before: char, after: char, right: impl Fn(&str) -> bool) {
            let article = &library().articles[0];
            for facts in 0..50 {
                let mut out = String::new();
                Cast::new(article, 0, facts, 0.0).number(digits, 9, before, after, &mut out);
                assert!(right(&out), "{digits} became {out}");
            }
        }
        check("3000", ' ', '元', |n| n.len() == 4 && n.ends_with("000"));
        check("1.42", '约', '万', |n| n.len() == 4 && n.as_bytes()[1] == b'.');
        check("9", ' ', '月', |n| (1..=12).contains(&n.parse::<u32>().unwrap()));
        check("2015", '从', '年', |n| (2012..=2018).contains(&n.parse::<u32>().unwrap()));
        check("12351", '打', '热', |n| n == "12351");
        check("12", 'M', '螺', |n| n == "12");
    }
}
