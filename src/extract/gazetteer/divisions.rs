//! 行政区划: the administrative divisions, from provinces down to towns.
//!
//! In: `divisions.tsv.zst` and `former.tsv`. Out: every name that a division goes by ([`Divisions::surfaces`]) with its
//! readings, since many names are shared (three 大洲镇, two 江北区), and every division's way up to its province.

use std::sync::LazyLock;

use super::{Numbers, rows};

const TABLE: &[u8] = include_bytes!("divisions.tsv.zst");
const FORMER: &str = include_str!("former.tsv");

/// The table, unpacked at the first use.
pub(in crate::extract) static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| {
    let unpacked = zstd::decode_all(TABLE).unwrap_or_else(|_| unreachable!("the table is compiled in"));
    Divisions::read(&String::from_utf8_lossy(&unpacked), FORMER)
});

/// How high a division stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract) enum Rank {
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 自治州, 盟.
    City,
    /// 县, 区, 县级市, 旗.
    County,
    /// 乡, 镇, 街道.
    Town,
}

/// Why a name may not be a place where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract) enum Doubt {
    /// The full name, with its suffix.
    Full,
    /// A short name (宁波) that is known as a place.
    Short,
    /// A short name that may be something else (a personal name).
    Unsure,
    /// A short name that is also an ordinary word (和平).
    Word,
}

/// What a name may mean.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Reading {
    /// The division's number.
    pub division: u32,
    /// How far the name is to be trusted.
    pub doubt: Doubt,
}

/// A division.
#[derive(Debug)]
struct Division {
    /// Six digits; a town has its county's.
    code: u32,
    name: Box<str>,
    parent: Option<u32>,
    rank: Rank,
}

/// All divisions.
#[derive(Debug, Default)]
pub(in crate::extract) struct Divisions {
    all: Vec<Division>,
    surfaces: Vec<Box<str>>,
    readings: Vec<Vec<Reading>>,
    numbers: Numbers,
}

/// Whether a full name is what any town calls a part of it.
fn is_part_of_any(name: &str) -> bool {
    const WORDS: [&str; 22] = [
        "城区",
        "郊区",
        "矿区",
        "解放区",
        "新城区",
        "老城区",
        "东区",
        "西区",
        "南区",
        "北区",
        "中区",
        "市中区",
        "城中区",
        "开发区",
        "新区",
        "林区",
        "农场",
        "林场",
        "新城",
        "古镇",
        "和县",
        "城关镇",
    ];
    WORDS.contains(&name)
}

impl Divisions {
    fn read(table: &str, former: &'static str) -> Self {
        let mut divisions = Self::default();
        let (mut province, mut city, mut last_city) = (None, None, 0);
        for line in table.lines() {
            let mut fields = line.split('\t');
            let code: u32 = fields.next().and_then(|c| c.parse().ok()).unwrap_or(0);
            let name = fields.next().unwrap_or_default();
            let short = fields.next().unwrap_or_default();
            let doubt = match fields.next() {
                Some("w") => Doubt::Word,
                Some("n") => Doubt::Unsure,
                _ => Doubt::Short,
            };
            let (rank, parent) = match code {
                c if c % 10_000 == 0 => (Rank::Province, None),
                c if c % 100 == 0 => (Rank::City, province),
                // A county that the province governs itself has no city above it.
                c => (Rank::County, if last_city == c / 100 { city } else { province }),
            };
            let number = divisions.push(code, name, parent, rank);
            match rank {
                Rank::Province => (province, city, last_city) = (Some(number), None, 0),
                Rank::City => (city, last_city) = (Some(number), code / 100),
                _ => {}
            }
            divisions.call(name, number, Doubt::Full);
            if !short.is_empty() {
                divisions.call(short, number, doubt);
                // 景宁县, 凉山州: without the peoples.
                let level = ["自治县", "自治旗", "自治州"]
                    .iter()
                    .find_map(|end| name.strip_suffix(end).and(end.chars().next_back()));
                if let Some(level) = level.filter(|_| !short.ends_with('族')) {
                    divisions.call(&format!("{short}{level}"), number, Doubt::Full);
                }
            }
            for town in fields.next().unwrap_or_default().split(' ').filter(|t| !t.is_empty()) {
                let town_number = divisions.push(code, town, Some(number), Rank::Town);
                divisions.call(town, town_number, Doubt::Full);
            }
        }
        for (code, rest) in rows(former) {
            let (name, short) = rest.split_once('\t').unwrap_or((rest, ""));
            let code: u32 = code.parse().unwrap_or(0);
            let above = |c: u32| divisions.all.iter().position(|d| d.code == c && d.rank < Rank::Town);
            let parent = above(code / 100 * 100).or_else(|| above(code / 10_000 * 10_000)).map(|n| n as u32);
            if divisions.numbers.contains_key(name) {
                continue;
            }
            let number = divisions.push(code, name, parent, Rank::County);
            divisions.call(name, number, Doubt::Full);
            // A short name that lives on in a division of today means that one.
            if !short.is_empty() && !divisions.numbers.contains_key(short) {
                divisions.call(short, number, Doubt::Unsure);
            }
        }
        divisions
    }

    fn push(&mut self, code: u32, name: &str, parent: Option<u32>, rank: Rank) -> u32 {
        self.all.push(Division { code, name: name.into(), parent, rank });
        self.all.len() as u32 - 1
    }

    fn call(&mut self, surface: &str, division: u32, doubt: Doubt) {
        let doubt = if doubt == Doubt::Full && is_part_of_any(surface) { Doubt::Word } else { doubt };
        let next = self.surfaces.len() as u32;
        let number = *self.numbers.entry(surface.to_owned()).or_insert(next);
        if number == next {
            self.surfaces.push(surface.into());
            self.readings.push(Vec::new());
        }
        if let Some(readings) = self.readings.get_mut(number as usize) {
            readings.push(Reading { division, doubt });
        }
    }

    /// Every name, in the order of their numbers.
    pub(super) fn surfaces(&self) -> impl Iterator<Item = &str> {
        self.surfaces.iter().map(|s| &**s)
    }

    /// What the name of this number may mean.
    pub(in crate::extract) fn readings(&self, surface: u32) -> &[Reading] {
        self.readings.get(surface as usize).map_or(&[], Vec::as_slice)
    }

    /// The number of a name.
    pub(in crate::extract) fn surface(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(in crate::extract) fn rank(&self, division: u32) -> Rank {
        self.all.get(division as usize).map_or(Rank::Town, |d| d.rank)
    }

    pub(in crate::extract) fn name(&self, division: u32) -> &str {
        self.all.get(division as usize).map_or("", |d| &d.name)
    }

    /// The six-digit code; a town has its county's.
    pub(in crate::extract) fn code(&self, division: u32) -> Option<String> {
        self.all.get(division as usize).map(|d| format!("{:06}", d.code))
    }

    pub(in crate::extract) fn parent(&self, division: u32) -> Option<u32> {
        self.all.get(division as usize).and_then(|d| d.parent)
    }

    /// The division and those above it, upwards.
    pub(in crate::extract) fn upwards(&self, division: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(division), |&d| self.parent(d))
    }

    /// Whether `below` lies in `above` (or is it).
    pub(in crate::extract) fn lies_in(&self, below: u32, above: u32) -> bool {
        self.upwards(below).any(|d| d == above)
    }

    /// The names from the province down.
    pub(in crate::extract) fn path(&self, division: u32) -> Vec<String> {
        let mut names: Vec<String> = self.upwards(division).map(|d| self.name(d).to_owned()).collect();
        names.reverse();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, paths: &[&[&str]]) {
        let readings = DIVISIONS.readings(DIVISIONS.surface(name).unwrap());
        let got: Vec<_> = readings.iter().map(|r| DIVISIONS.path(r.division)).collect();
        assert_eq!(got, paths, "{name}");
    }

    #[test]
    fn names_have_their_ways_up() {
        check("文成县", &[&["浙江省", "温州市", "文成县"]]);
        check("江北区", &[&["浙江省", "宁波市", "江北区"], &["重庆市", "江北区"]]);
        check("仙桃市", &[&["湖北省", "仙桃市"]]);
        check("朝阳区", &[&["北京市", "朝阳区"], &["吉林省", "长春市", "朝阳区"]]);
        check("翠苑街道", &[&["浙江省", "杭州市", "西湖区", "翠苑街道"]]);
        check("江干区", &[&["浙江省", "杭州市", "江干区"]]);
        check("恩施", &[&["湖北省", "恩施土家族苗族自治州"], &["湖北省", "恩施土家族苗族自治州", "恩施市"]]);
        check("台湾", &[&["台湾省"]]);
    }

    #[test]
    fn the_table_is_whole() {
        let of = |rank| DIVISIONS.all.iter().filter(|d| d.rank == rank).count();
        assert_eq!(of(Rank::Province), 34);
        assert!(of(Rank::City) > 330 && of(Rank::County) > 2900 && of(Rank::Town) > 38_000);
        assert!(DIVISIONS.all.iter().all(|d| d.code >= 110_000 && !d.name.is_empty()));
    }
}
