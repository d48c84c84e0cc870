//! 地名: places, with their division codes.
//!
//! In: the hits of names of divisions. Out: the mentions that are places, each the longest chain of names that lie in
//! each other (宁波余姚梁弄镇横坎头村), with the division that it means. Method: names that can mean one division only say
//! where the article is; a name that can mean several means the one that lies nearest to those, to the names printed in
//! front of it, and to the paper's home; a short name that is also a word counts only where one of these speaks for it.
//!
//! A town that no list has (by its suffix: X镇) lies where the article is. Villages and communities are read behind a
//! town, or by their suffix. Streets, buildings and scenic spots are no places here.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::extract::gazetteer::{DIVISIONS, Doubt, Gazetteer, Meaning, Rank, Reading};
use crate::record::{Entity, EntityKind};
use crate::text::{CharSet, Span, Word, is_cjk, is_word, look_up};

use super::{ByBlock, Occupied, Scan, border, new};

/// A place that was read.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// All of it.
    pub span: Span,
    /// The lowest division named that the table has.
    pub division: Option<u32>,
    /// Names below it that the table has not (a village, an unknown town).
    pub below: Vec<String>,
    /// The canonical form of a user's own place.
    pub canonical: Option<String>,
}

impl Place {
    /// The names from the province down.
    pub(super) fn path(&self) -> Vec<String> {
        let mut path = self.division.map_or_else(Vec::new, |d| DIVISIONS.path(d));
        if self.division.is_some() {
            path.extend(self.below.iter().cloned());
        }
        path
    }

    pub(super) fn entity(&self, scan: &Scan<'_>) -> Entity {
        Entity {
            canonical: self.canonical.clone(),
            code: self.division.and_then(|d| DIVISIONS.code(d)),
            path: self.path(),
            ..new(EntityKind::Place, scan, self.span)
        }
    }
}

/// What a name may mean: most names mean one division or two.
type Readings = SmallVec<[Reading; 2]>;

/// A chain of names as printed, before it is known what they mean.
struct Chain {
    scan: usize,
    span: Span,
    /// The readings that fit into each other, by the last name of the chain.
    readings: Readings,
    /// Whether an outer name stands in front of the last.
    nested: bool,
    below: Vec<String>,
}

/// How often each division, or one below it, is named for certain.
#[derive(Default)]
struct Evidence(BTreeMap<u32, u32>);

impl Evidence {
    fn add(&mut self, division: u32, weight: u32) {
        for above in DIVISIONS.upwards(division) {
            *self.0.entry(above).or_default() += weight;
        }
    }

    /// How near `division` is to what is known: the higher, the nearer.
    fn nearness(&self, division: u32) -> u32 {
        DIVISIONS
            .upwards(division)
            .enumerate()
            .filter(|(_, d)| self.0.contains_key(d))
            .map(|(steps, d)| match (steps, DIVISIONS.rank(d)) {
                (0, _) | (_, Rank::County | Rank::Town) => 8,
                (_, Rank::City) => 4,
                (_, Rank::Province) => 2,
            })
            .sum()
    }

    /// The division of `rank` that is named most; None where two are named alike.
    fn chief(&self, rank: Rank) -> Option<u32> {
        let mut of_rank: Vec<(u32, u32)> =
            self.0.iter().filter(|(d, _)| DIVISIONS.rank(**d) == rank).map(|(d, n)| (*n, *d)).collect();
        of_rank.sort_unstable_by(|a, b| b.cmp(a));
        match of_rank.as_slice() {
            [(most, _), (second, _), ..] if most == second => None,
            [(_, d), ..] => Some(*d),
            [] => None,
        }
    }
}

/// Where the article is: asked by [`super::alias`] for what 区总工会 means.
pub(super) struct Places {
    by_block: ByBlock<Place>,
    evidence: Evidence,
}

impl Places {
    pub(super) fn of(&self, scan: usize) -> &[Place] {
        self.by_block.of(scan)
    }

    pub(super) fn of_mut(&mut self, scan: usize) -> &mut Vec<Place> {
        self.by_block.of_mut(scan)
    }

    /// The division that a bare level (区, 镇) means in this article.
    pub(super) fn of_level(&self, level: &str) -> Option<u32> {
        let ranks: &[Rank] = match level {
            "省" => &[Rank::Province],
            // A county-level city that the article names is nearer than the city above it.
            "市" => &[Rank::County, Rank::City],
            "区" | "县" | "旗" => &[Rank::County],
            _ => &[Rank::Town],
        };
        ranks
            .iter()
            .filter_map(|&rank| self.evidence.chief(rank))
            .find(|&d| DIVISIONS.name(d).ends_with(level) || (level == "省" && DIVISIONS.rank(d) == Rank::Province))
            // 上海市普陀区…, 市总工会: of a city that is a province.
            .or_else(|| {
                self.evidence.chief(Rank::Province).filter(|&d| level == "市" && DIVISIONS.name(d).ends_with('市'))
            })
    }
}

/// Reads the places of an article.
pub(super) fn read(scans: &[Scan<'_>], home: &str, gazetteer: &Gazetteer) -> Places {
    let mut evidence = Evidence::default();
    for hit in gazetteer.scan(home) {
        if let Meaning::Place(surface) = hit.meaning
            && let [only] = DIVISIONS.readings(surface)
            && only.doubt <= Doubt::Short
        {
            evidence.add(only.division, 0);
        }
    }
    let chains: Vec<Chain> = scans.iter().enumerate().flat_map(|(n, scan)| chains_of(n, scan)).collect();
    for chain in &chains {
        if let Some(sure) = certain(chain) {
            evidence.add(sure, 1);
        }
    }
    let mut by_block = ByBlock(Vec::new());
    for chain in chains {
        let chosen = match choose(&chain, &evidence) {
            Choice::Nothing => continue,
            Choice::Ambiguous => None,
            Choice::One(division) => Some(division),
        };
        if let Some(division) = chosen
            && certain(&chain).is_none()
        {
            evidence.add(division, 1);
        }
        by_block.of_mut(chain.scan).push(Place {
            span: chain.span,
            division: chosen,
            below: chain.below,
            canonical: None,
        });
    }
    let here = evidence.chief(Rank::County).or_else(|| evidence.chief(Rank::City));
    for (n, scan) in scans.iter().enumerate() {
        settlements(scan, by_block.of_mut(n), here);
        for hit in &scan.hits {
            if let Meaning::User(number) = hit.meaning
                && let Some(user) = gazetteer.user_name(number).filter(|u| u.kind == EntityKind::Place)
            {
                let span = Span { start: hit.start, end: hit.end };
                let canonical = user.canonical.clone();
                let full = canonical.as_deref().unwrap_or(&user.name);
                let division = DIVISIONS.surface(full).and_then(|s| DIVISIONS.readings(s).first()).map(|r| r.division);
                let places = by_block.of_mut(n);
                // The user's word stands first: a place of the table that overlaps it gives way.
                let at = places.partition_point(|p| p.span.end <= span.start);
                while places.get(at).is_some_and(|p| p.span.start < span.end) {
                    places.remove(at);
                }
                places.insert(at, Place { span, division, below: Vec::new(), canonical });
            }
        }
    }
    short_towns(scans, &mut by_block);
    for (n, _) in scans.iter().enumerate() {
        by_block.of_mut(n).sort_by_key(|p| p.span);
    }
    Places { by_block, evidence }
}

/// The chains of names in a block.
fn chains_of(number: usize, scan: &Scan<'_>) -> Vec<Chain> {
    let text = scan.text;
    let mut chains: Vec<Chain> = Vec::new();
    let mut free = 0;
    for hit in &scan.hits {
        let Meaning::Place(surface) = hit.meaning else { continue };
        if hit.start < free {
            continue;
        }
        let (start, end) = (hit.start as usize, hit.end as usize);
        let readings = DIVISIONS.readings(surface);
        let full = readings.iter().any(|r| r.doubt == Doubt::Full);
        if full && is_spoilt_suffix(text, end) {
            continue;
        }
        let outer = chains.last().filter(|c| c.span.end == hit.start && c.below.is_empty());
        let inner: Readings = outer.map_or_else(Readings::new, |c| {
            let fits = |r: &&Reading| {
                c.readings.iter().any(|o| o.division != r.division && DIVISIONS.lies_in(r.division, o.division))
            };
            readings.iter().filter(fits).copied().collect()
        });
        // Behind 宁波, 江 may begin the next name (宁波江北) or end this one (宁波江).
        let followed = || {
            let next = scan.hits.partition_point(|h| h.start < hit.end);
            let mut behind = scan.hits[next..].iter().take_while(|h| h.start == hit.end);
            behind.any(|h| matches!(h.meaning, Meaning::Place(_)))
        };
        if !(full || may_end_short(text, end) || followed()) {
            continue;
        }
        // 科教兴国, 工业兴县: a verb and what it does good to.
        let verb = text[start..].starts_with('兴')
            && border::before(text, start).is_some_and(|c| is_cjk(c) && !border::is_grammar(c));
        if verb && inner.is_empty() {
            continue;
        }
        if !full && inner.is_empty() && border::is_inside_a_word(text, start, end) && !followed() {
            continue;
        }
        free = hit.end;
        if inner.is_empty() {
            let mut readings = Readings::from_slice(readings);
            readings.sort_by_key(|r| r.doubt);
            let span = Span { start: hit.start, end: hit.end };
            chains.push(Chain { scan: number, span, readings, nested: false, below: Vec::new() });
        } else if let Some(chain) = chains.last_mut() {
            chain.span.end = hit.end;
            chain.readings = inner;
            chain.nested = true;
        }
        // A village or community behind a full name belongs to the chain.
        if let Some(chain) = chains.last_mut()
            && let Some(village) = village_at(text, end)
        {
            chain.below.push(text[end..village].to_owned());
            chain.span.end = village as u32;
            free = chain.span.end;
        }
    }
    chains
}

/// Whether the suffix of a full name belongs to the next word (杭州市|场).
fn is_spoilt_suffix(text: &str, end: usize) -> bool {
    let last = border::before(text, end);
    let next = border::after(text, end);
    match (last, next) {
        (Some('市'), Some(c)) => "场民面值容价貌".contains(c),
        (Some('区'), Some(c)) => "域间位别块".contains(c),
        (Some('县'), Some(c)) => "域级".contains(c),
        (Some('镇'), Some(c)) => "定痛静".contains(c),
        (Some('乡'), Some(c)) => "村镇亲愁".contains(c),
        _ => false,
    }
}

/// Whether what follows a short name leaves it the name of a division, and not of a road or a river.
fn may_end_short(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    // 新建工会组织 is a verb, whatever county bears the name.
    if text[..end].ends_with("新建") {
        return false;
    }
    match border::after(text, end) {
        Some('市') => ["市区", "市场", "市民"].iter().any(|w| rest.starts_with(w)),
        Some('区') => ["区域", "区间", "区位"].iter().any(|w| rest.starts_with(w)),
        Some('村') => rest.starts_with("村镇"),
        Some(c) => {
            static OTHER: CharSet = CharSet::new("路街巷湾港江河湖山岛桥站寺镇乡县省话菜");
            !OTHER.has(c)
        }
        None => true,
    }
}

/// The end of a village's or community's name that starts at `start`: one to four characters and 村, or two to five and 社区.
fn village_at(text: &str, start: usize) -> Option<usize> {
    let stop = border::on(text, start, 7);
    for (i, c) in text[start..stop].char_indices() {
        let at = start + i;
        if c == '村' && i > 0 && at <= border::on(text, start, 4) {
            let end = at + c.len_utf8();
            let generic = ["农", "乡", "全", "本", "各", "该", "新农", "小", "每", "山", "渔"];
            let taken = border::after(text, end).is_some_and(|c| "民委干里镇官庄".contains(c));
            return (!taken && !generic.contains(&&text[start..at])).then_some(end);
        }
        if c == '社' && text[at..].starts_with("社区") && i > border::on(text, start, 1) - start {
            return Some(at + "社区".len());
        }
        if !is_cjk(c) || border::is_grammar(c) || matches!(c, '镇' | '乡' | '县' | '市' | '区' | '省') {
            return None;
        }
    }
    None
}

/// The division that a chain means whatever else the article names.
fn certain(chain: &Chain) -> Option<u32> {
    let trusted: SmallVec<[&Reading; 4]> =
        chain.readings.iter().filter(|r| chain.nested || r.doubt <= Doubt::Short).collect();
    match trusted.as_slice() {
        // A county's short name (永宁) may be any other name as well, unless the article is about that part of the country.
        [only] if only.doubt == Doubt::Short && !chain.nested && DIVISIONS.rank(only.division) == Rank::County => None,
        [only] if chain.readings.len() == 1 || only.doubt == Doubt::Full => Some(only.division),
        // Where a city and a province, or a county and its city, share a name, the higher one is meant.
        [first, rest @ ..] if DIVISIONS.rank(first.division) <= Rank::City => {
            rest.iter().all(|r| DIVISIONS.rank(r.division) > DIVISIONS.rank(first.division)).then_some(first.division)
        }
        _ => None,
    }
}

/// What a chain of names means.
enum Choice {
    /// No place.
    Nothing,
    /// One of several places of that name.
    Ambiguous,
    One(u32),
}

impl From<Option<u32>> for Choice {
    fn from(division: Option<u32>) -> Self {
        division.map_or(Self::Ambiguous, Self::One)
    }
}

/// What a chain means in this article.
fn choose(chain: &Chain, evidence: &Evidence) -> Choice {
    if let Some(sure) = certain(chain) {
        return Choice::One(sure);
    }
    let nearness = |r: &Reading| evidence.nearness(r.division);
    let best = chain.readings.iter().map(nearness).max().unwrap_or(0);
    let nearest: SmallVec<[&Reading; 4]> = chain.readings.iter().filter(|r| nearness(r) == best).collect();
    let highest = nearest.iter().map(|r| DIVISIONS.rank(r.division)).min();
    let mut chosen = nearest.iter().filter(|r| Some(DIVISIONS.rank(r.division)) == highest);
    let Some(first) = chosen.next() else { return Choice::Nothing };
    let only = chosen.next().is_none();
    if chain.nested || first.doubt == Doubt::Full {
        return (only && (best > 0 || chain.readings.len() == 1)).then_some(first.division).into();
    }
    let needed = match first.doubt {
        Doubt::Short if DIVISIONS.rank(first.division) == Rank::County && !evidence.0.is_empty() => 2,
        Doubt::Full | Doubt::Short => 0,
        Doubt::Unsure => 2,
        Doubt::Word => 4,
    };
    if best >= needed && (only || best > 0) { only.then_some(first.division).into() } else { Choice::Nothing }
}

/// Towns, villages and communities that no list has, by their suffix: they lie `here`, where nothing before them says
/// where. `places` are in the order of the text.
fn settlements(scan: &Scan<'_>, places: &mut Vec<Place>, here: Option<u32>) {
    let text = scan.text;
    let mut added: Vec<Place> = Vec::new();
    let mut free = 0;
    for suffix in scan.spans(|m| m == Meaning::Settlement) {
        let (at, end) = (suffix.start as usize, suffix.end as usize);
        let behind = places.partition_point(|p| p.span.start < suffix.start);
        let previous = behind.checked_sub(1).and_then(|n| places.get(n));
        if suffix.start < free || previous.is_some_and(|p| p.span.end > suffix.start) {
            continue;
        }
        let letters = match &text[at..end] {
            "镇" | "乡" => 3,
            "村" => 4,
            _ => 5,
        };
        let outer = previous.filter(|p| {
            let between = p.span.end as usize;
            p.span.end >= free && between < at && at <= border::on(text, between, letters) && p.below.is_empty()
        });
        let start = outer.map_or_else(|| settlement_start(text, at, letters), |p| Some(p.span.end as usize));
        let Some(start) = start.filter(|&s| s < at && s >= free as usize) else { continue };
        if is_generic_settlement(text, start, at, end, outer.is_some()) {
            continue;
        }
        let below = vec![text[start..end].to_owned()];
        free = suffix.end;
        match outer {
            Some(_) => {
                if let Some(outer) = places.get_mut(behind - 1) {
                    outer.span.end = suffix.end;
                    outer.below = below;
                }
            }
            None => added.push(Place { span: Span::new(start, end), division: here, below, canonical: None }),
        }
    }
    places.extend(added);
    places.sort_by_key(|p| p.span);
}

/// Where a settlement's name begins that ends at `at`: behind a mark or a word of grammar.
fn settlement_start(text: &str, at: usize, letters: usize) -> Option<usize> {
    let mut start = at;
    for (i, c) in text[border::back(text, at, letters + 1)..at].char_indices().rev() {
        let here = border::back(text, at, letters + 1) + i;
        if is_mark_or_grammar(c) {
            return Some(start);
        }
        start = here;
    }
    (start == 0 && border::back(text, at, letters + 1) == 0 && text[..at].chars().count() <= letters).then_some(0)
}

fn is_mark_or_grammar(c: char) -> bool {
    border::is_mark(c) || border::is_grammar(c)
}

/// Whether a settlement's name is a word like any other (农村, 古镇, 智慧社区), or goes on (街道办).
fn is_generic_settlement(text: &str, start: usize, at: usize, end: usize, nested: bool) -> bool {
    let own = &text[start..at];
    let suffix = &text[at..end];
    if own.chars().any(|c| !is_cjk(c) || c == '之' || is_mark_or_grammar(c)) {
        return true;
    }
    let next = border::after(text, end);
    if next.is_some_and(|c| match suffix {
        "村" => "民干里镇落支官委子".contains(c),
        "镇" => "静定痛压街域".contains(c),
        "乡" => "村镇亲愁音情土下".contains(c),
        _ => false,
    }) && suffix != "镇"
    {
        return !nested;
    }
    if !nested && GENERIC_ENDS.iter().any(|word| text[start..end].ends_with(word)) {
        return true;
    }
    let letters = own.chars().count();
    if letters > 1 && own.ends_with(['小', '古', '新', '老', '下', '名', '大', '的', '全', '本']) {
        return true;
    }
    if letters < 2 && (suffix == "社区" || suffix == "街道") {
        return true;
    }
    if [
        "小", "乡", "城", "全", "古", "集", "重", "本", "市", "村", "各", "新", "老", "农", "山", "渔", "家", "故",
        "他", "同", "还", "返", "下", "老家",
    ]
    .contains(&own)
    {
        return true;
    }
    let whole = &text[start..end];
    if !nested && is_word(whole) {
        return !look_up(whole).is_place;
    }
    let common = |w: &str| {
        let is_common = |word: Word| word.frequency > COMMON_WORD || !(word.is_name || word.is_place);
        is_word(w) && is_common(look_up(w))
    };
    // 贫困村, 特色小镇, 文明社区: what stands before the suffix is an ordinary word, or ends in one.
    !nested && (common(own) || (letters > 2 && common(&own[border::back(own, own.len(), 2)..])))
}

/// Words for any settlement, whatever stands before them (当前农村, 来自乡镇).
const GENERIC_ENDS: [&str; 16] = [
    "农村", "乡村", "乡镇", "城乡", "村镇", "山村", "城镇", "渔村", "家乡", "故乡", "异乡", "下乡", "返乡", "集镇",
    "小镇", "小村",
];

/// Occurrences in the dictionary's corpus from which on a word is no name, whatever its tag says.
const COMMON_WORD: u32 = 2000;

/// Later mentions of an unlisted town without its suffix (湫口 of 湫口镇) that open a clause.
fn short_towns(scans: &[Scan<'_>], by_block: &mut ByBlock<Place>) {
    let mut towns: BTreeMap<String, Place> = BTreeMap::new();
    for (n, scan) in scans.iter().enumerate() {
        for place in by_block.of(n) {
            let name = place.below.last().map_or_else(|| scan_town(scan, place), |b| Some(b.as_str()));
            let Some(short) = name.and_then(|n| n.strip_suffix('镇').or_else(|| n.strip_suffix('乡'))) else {
                continue;
            };
            if short.chars().count() >= 2 && !is_word(short) && towns.len() < MOST_TOWNS {
                towns.entry(short.to_owned()).or_insert_with(|| place.clone());
            }
        }
    }
    for (short, place) in &towns {
        for (n, scan) in scans.iter().enumerate() {
            let taken = Occupied::new(by_block.of(n).iter().map(|p| p.span));
            for (at, _) in scan.text.match_indices(short.as_str()) {
                let span = Span::new(at, at + short.len());
                let opens = border::before(scan.text, at).is_none_or(is_mark_or_grammar);
                let goes_on = scan.text[at + short.len()..].chars().next().is_some_and(|c| "镇乡村街路".contains(c));
                let here = by_block.of_mut(n);
                if opens && !goes_on && !taken.overlaps(span) {
                    here.push(Place { span, ..place.clone() });
                }
            }
        }
    }
}

/// Towns of an article whose short names are looked for.
const MOST_TOWNS: usize = 16;

fn scan_town<'t>(scan: &Scan<'t>, place: &Place) -> Option<&'t str> {
    let division = place.division.filter(|&d| DIVISIONS.rank(d) == Rank::Town)?;
    let name = DIVISIONS.name(division);
    let text = place.span.of(scan.text);
    text.ends_with(name).then(|| &text[text.len() - name.len()..])
}
