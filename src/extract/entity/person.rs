//! 人物: people.
//!
//! In: the hits of titles, verbs of saying and forms of address, and the organisations and places. Out: every mention of a
//! person. A name is looked for where the text expects one:
//!
//! - behind a title or an occupation (副主席叶X, 职工李X), a cue (50岁的X, 名叫X), and in a list that such a name opens;
//! - before a verb of saying, an office or a form of address (X说, X主任, 童师傅), also with 某;
//! - at the start of a clause;
//! - between the marks of a list of names (X、Y（女）、Z), and anywhere if the dictionary has it as a name.
//!
//! Whether it is one is for [`crate::text::name_prefix`] to say, which weighs the statistics of names against those of
//! words; the place adds so many bits to the name (`favour`, in the settings). A name that was found once is found
//! everywhere in the article. What it is and where ([`super::title`]) is shared by all mentions of the name.

use smallvec::SmallVec;

use crate::extract::gazetteer::{DIVISIONS, Doubt, Gazetteer, Meaning, NICKNAMING, Rank, is_known_other};
use crate::record::{Annotations, Entity, EntityKind};
use crate::settings;
use crate::text::{
    CharSet, Span, ending, given_cost, is_cjk, is_known, is_name_dot, is_plausible, is_sound, is_surname, is_word,
    jieba, known_names, look_up, name_cost, name_prefix, numeral, opens_surname, starts_with_compound_surname,
};

use super::organisation::Organisation;
use super::place::{Place, Places};
use super::title::{self, Standing};
use super::{ByBlock, Occupied, Scan, again, border, frame, new, unusual};

/// A person that was read.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub span: Span,
    /// The name without the blanks of typesetting, where it has any; or a user's canonical form.
    pub canonical: Option<String>,
    pub standing: Standing,
}

impl Person {
    pub(super) fn entity(&self, scan: &Scan<'_>) -> Entity {
        Entity {
            canonical: self.canonical.clone(),
            title: self.standing.title.clone(),
            organisation: self.standing.organisation.clone(),
            ..new(EntityKind::Person, scan, self.span)
        }
    }

    pub(super) fn name<'a>(&'a self, scan: &Scan<'a>) -> &'a str {
        self.canonical.as_deref().unwrap_or_else(|| self.span.of(scan.text))
    }
}

/// Reads the people of an article.
pub(super) fn read(
    scans: &[Scan<'_>],
    places: &Places,
    organisations: &ByBlock<Organisation>,
    notes: &Annotations,
    gazetteer: &Gazetteer,
    settings: &settings::Entity,
) -> ByBlock<Person> {
    let mut all = ByBlock(Vec::new());
    for (n, scan) in scans.iter().enumerate() {
        let mut reader = Reader::new(scan, places.of(n), organisations.of(n), settings);
        reader.users(gazetteer);
        reader.behind_titles();
        reader.before_verbs_and_titles();
        reader.at_clause_starts();
        reader.lists();
        reader.frames(organisations.of(n), places.of(n));
        reader.known();
        reader.nicknames();
        let mut people = reader.found;
        people.sort_by_key(|p| p.span);
        for person in &mut people {
            person.standing = title::of(scan, person.span, organisations.of(n));
        }
        again::share_along_lists(scan, &mut people);
        *all.of_mut(n) = people;
    }
    again::again(scans, places, organisations, notes, &mut all);
    again::share_standing(scans, &mut all);
    all
}

/// What behind a surname leaves a person, whatever follows.
const CALLED: [&str; 11] = ["某某", "师傅", "女士", "先生", "大姐", "大哥", "大爷", "大妈", "大娘", "阿姨", "老师"];

/// Words that stand between a name and its verb of saying.
const ADVERBS: [&str; 12] =
    ["则", "也", "还", "又", "接着", "继续", "随后", "高兴地", "笑着", "激动地", "进一步", "向记者"];

/// Whether the text is 老 or 小 and a surname (老周), of which the dictionary has many as words; or 大 and a surname or 阿
/// and a given name (大刘, 阿芳) that it has not.
fn is_nickname(text: &str) -> bool {
    /// Words that look like one.
    const OTHERS: [&str; 15] = [
        "小康", "小米", "小麦", "小车", "小时", "小于", "小计", "小路", "老路", "老家", "老巢", "老农", "小农", "小金",
        "小区",
    ];
    /// Given names of one character that 阿 stands before.
    static GIVEN: CharSet = CharSet::new("芳珍英强明华红梅兰霞丽玲娟芬菊燕琴秀云龙虎祥福贵发根毛宝勇军伟杰辉斌涛平");
    let mut chars = text.chars();
    let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next()) else { return false };
    match first {
        '老' | '小' => is_common_surname(second) && !OTHERS.contains(&text),
        '大' => is_common_surname(second) && !is_word(text),
        '阿' => GIVEN.has(second) && !is_word(text),
        _ => false,
    }
}

/// What is named after a person (李宁牌), who is not meant.
const NAMED_AFTER: [&str; 8] = ["理论", "思想", "主义", "牌", "号", "铁矿", "煤矿", "电厂"];

/// Words that begin with a surname, stand where a name does and are none (常务副主席, 职工方代表).
fn is_no_name(name: &str) -> bool {
    is_known_other(name)
        || is_place_of_family(name)
        // 女职工占比过半, 占新发展会员的三成.
        || ["占比", "占新"].iter().any(|start| name.starts_with(start))
        || ["代表", "日报", "晚报", "负责人", "审委", "工会", "地", "区", "籍"].iter().any(|end| name.ends_with(end))
}

/// Whether the dictionary has a name that is a rare one (尹克升). It has what verbs and nouns make together, too (修水利,
/// 公开信, 计财科).
fn is_rare_name(name: &str) -> bool {
    /// Last characters of bodies and of things.
    static OTHERS: CharSet = CharSet::new("科团会费厅部局处室组队院站信");
    let Some(((second, _), (third, last))) = name.char_indices().nth(1).zip(name.char_indices().nth(2)) else {
        return false;
    };
    let noun = || matches!(jieba().tag(&name[second..], false).as_slice(), [one] if one.tag == "n");
    is_known(name, KNOWN_BEHIND_OFFICE) && !OTHERS.has(last) && !is_ordinary_word(&name[..third]) && !noun()
}

/// Whether it names a place by the family that lived there: 王家墩, 高家岭.
fn is_place_of_family(name: &str) -> bool {
    static PLACES: CharSet = CharSet::new("湖岭墩湾台村庄沟寨营坝屯店铺嘴塘冲渡岗坡畈坪垸河山桥");
    let mut letters = name.chars().skip(1);
    letters.next() == Some('家') && letters.next().is_some_and(|c| PLACES.has(c)) && letters.next().is_none()
}

/// Whether a name of three characters is so common that the dictionary's place is hardly meant (郑卫国, the two states).
fn is_likely(name: &str) -> bool {
    const MOST: f32 = 25.0;
    name.len() == 9 && name_cost(name).is_some_and(|cost| cost <= MOST)
}

/// Whether a text that looks like a name is a phrase: an ordinary word and what goes with it (贺信中, 高素质, 由两国), or
/// words of grammar (曾被). Only where nothing before it says that a name comes, and where it is no likely name.
fn is_phrase(name: &str) -> bool {
    /// Bits that a likely name costs at most.
    const LIKELY: f32 = 25.0;
    /// What stands behind an adverb or a name, and ends none.
    static BEHIND: CharSet = CharSet::new("地的则了着也就都");
    let mut chars = name.chars();
    let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else { return false };
    let middle = chars.as_str();
    if middle.is_empty() {
        return GRAMMATICAL.has(first) && VERBAL.has(last);
    }
    let (but_first, but_last) = (&name[first.len_utf8()..], &name[..name.len() - last.len_utf8()]);
    BEHIND.has(last)
        || GRAMMATICAL.has(first) && middle.chars().all(|c| VERBAL.has(c))
        || name.len() == 9
            && name_cost(name).is_some_and(|cost| cost > LIKELY)
            && !is_known(name, KNOWN_OF_MORE)
            && (is_ordinary_word(but_last) || GRAMMATICAL.has(first) && is_ordinary_word(but_first))
}

/// Surnames that are mostly words of grammar.
static GRAMMATICAL: CharSet =
    CharSet::new("向由应来连尚万有于从对为及成当单任原常兼时全和党被将与同是在又则可曾能都到国平高占方解");

/// Whether a surname is mostly a word of grammar.
pub(super) fn is_grammatical(c: char) -> bool {
    GRAMMATICAL.has(c)
}

/// What stands behind such a word.
static VERBAL: CharSet = CharSet::new("被列获任在是为经有于以不并到去来说要会能可把从向对与和的了其该各两吃接");

/// Words of grammar before a nickname that is no word's second part.
static LEADS_NICKNAME: CharSet = CharSet::new("的和与给把被让对向为请找跟同由是");

struct Reader<'s, 't> {
    scan: &'s Scan<'t>,
    settings: &'s settings::Entity,
    /// Organisations, and places by their full names: no name overlaps them.
    taken: Occupied,
    /// Where a title, an organisation or a full place name ends: a name may begin there.
    ends: Vec<u32>,
    /// Whether a mark stands in the block that joins the parts of a name.
    dotted: bool,
    names: Occupied,
    found: Vec<Person>,
}

impl<'s, 't> Reader<'s, 't> {
    fn new(
        scan: &'s Scan<'t>,
        places: &[Place],
        organisations: &[Organisation],
        settings: &'s settings::Entity,
    ) -> Self {
        let full = places.iter().filter(|p| is_full(p)).map(|p| p.span);
        let taken = Occupied::new(organisations.iter().map(|o| o.span).chain(full));
        let titles = scan.spans(|m| matches!(m, Meaning::Office | Meaning::Job | Meaning::Cue)).map(|s| s.end);
        let mut ends: Vec<u32> =
            titles.chain(organisations.iter().map(|o| o.span.end)).chain(places.iter().map(|p| p.span.end)).collect();
        ends.sort_unstable();
        let dotted = scan.landmarks.marks.iter().any(|(_, c)| is_name_dot(*c));
        Self { scan, settings, taken, ends, dotted, names: Occupied::default(), found: Vec::new() }
    }

    fn add(&mut self, start: usize, mut end: usize, canonical: Option<String>) -> bool {
        // 王某某: a second 某 is the name's too.
        if canonical.is_none() && self.scan.text[..end].ends_with('某') && self.scan.text[end..].starts_with('某') {
            end += '某'.len_utf8();
        }
        let span = Span::new(start, end);
        let name = span.of(self.scan.text);
        let behind = &self.scan.text[end..];
        if self.taken.overlaps(span)
            || self.names.overlaps(span)
            || is_no_name(name)
            || is_month(name)
            || canonical.is_none() && is_word(name) && look_up(name).is_place && !is_likely(name)
            || NAMED_AFTER.iter().any(|word| behind.starts_with(word))
        {
            return false;
        }
        self.names.insert(span);
        self.found.push(Person { span, canonical, standing: Standing::default() });
        true
    }

    /// A user's own people.
    fn users(&mut self, gazetteer: &Gazetteer) {
        for hit in &self.scan.hits {
            if let Meaning::User(number) = hit.meaning
                && let Some(user) = gazetteer.user_name(number).filter(|u| u.kind == EntityKind::Person)
            {
                self.add(hit.start as usize, hit.end as usize, user.canonical.clone());
            }
        }
    }

    /// 副主席X, 职工X, 50岁的X, and the lists that they open.
    fn behind_titles(&mut self) {
        let mut titles: Vec<(u32, u32, f32)> = self
            .scan
            .hits
            .iter()
            .filter_map(|h| match h.meaning {
                Meaning::Office => Some((h.start, h.end, self.settings.favour_office)),
                Meaning::Job => Some((h.start, h.end, self.settings.favour_job)),
                Meaning::Cue => Some((h.start, h.end, self.settings.favour_cue)),
                _ => None,
            })
            .collect();
        titles.sort_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)).then(b.2.total_cmp(&a.2)));
        let mut ends: Vec<(Span, f32)> = Vec::with_capacity(titles.len());
        let mut reached = 0;
        for (start, end, favour) in titles {
            // 会计 in 总会计师 is no title of its own.
            if end >= reached {
                ends.push((Span { start, end }, favour));
                reached = end;
            }
        }
        ends.sort_by(|a, b| a.0.end.cmp(&b.0.end).then(b.1.total_cmp(&a.1)).then(a.0.start.cmp(&b.0.start)));
        ends.dedup_by_key(|e| e.0.end);
        for (title, favour) in ends {
            let end = title.end as usize;
            let _ = self.foreign(title, favour)
                || self.name_and_list(end, favour)
                || self.nickname(end)
                || self.unusual(title);
        }
    }

    /// A name of another language behind a title, and the list that it opens.
    fn foreign(&mut self, title: Span, favour: f32) -> bool {
        let at = title.end as usize;
        let may_open = border::after(self.scan.text, at).is_some_and(is_sound);
        if !may_open {
            return false;
        }
        let chinese = || self.name_at(at, favour).map(|(_, end, _)| end);
        unusual::foreign(self.scan, at, chinese).is_some_and(|end| self.add_listed(at, end))
    }

    /// A name of another language at `at` that is no Chinese one.
    fn foreign_at(&self, at: usize) -> Option<(usize, usize, Option<String>)> {
        border::after(self.scan.text, at).filter(|c| is_sound(*c))?;
        unusual::foreign(self.scan, at, || None).map(|end| (at, end, None))
    }

    /// A name behind a title that the statistics do not know.
    fn unusual(&mut self, title: Span) -> bool {
        if self.scan.hits_at(title.start as usize).any(|h| h.end == title.end && h.meaning == Meaning::Cue) {
            return false;
        }
        let at = title.end as usize;
        let found = unusual::rare(self.scan, at)
            .or_else(|| unusual::japanese(self.scan, at))
            .or_else(|| unusual::like_a_word(self.scan, title, at));
        found.is_some_and(|end| self.add_listed(at, end))
    }

    /// What a clause begins with that is a name by what follows: X以2分48秒…, X和Y都….
    fn told_by_what_follows(&mut self, at: usize) {
        /// Bits that such a name costs at most.
        const DEAREST: f32 = 34.0;
        let text = self.scan.text;
        if border::after(text, at).is_some_and(is_grammatical) {
            return;
        }
        for letters in [3, 2] {
            let end = border::on(text, at, letters);
            let name = &text[at..end];
            let is_name = || {
                name_cost(name).is_some_and(|cost| cost <= DEAREST)
                    && !is_ordinary_word(name)
                    && !(letters == 2 && is_word(name))
            };
            let pair = self.pair_behind(end);
            // 毕业时|获得: a word and what stands behind it.
            let wins = || frame::wins(&text[end..]) && !is_word(&text[at..border::on(text, at, 2)]);
            if (pair.is_some() || wins()) && is_name() && self.add(at, end, None) {
                if let Some((start, end)) = pair {
                    self.add(start, end, None);
                }
                return;
            }
        }
    }

    /// 和Y都: the second of two who are said to do something together.
    fn pair_behind(&self, end: usize) -> Option<(usize, usize)> {
        const TOGETHER: [&str; 12] =
            ["都", "均", "两人", "二人", "俩", "夫妇", "夫妻", "分别", "一起", "双双", "先后", "同时"];
        let text = self.scan.text;
        let and = border::after(text, end).filter(|c| matches!(c, '和' | '与'))?;
        let (start, stop, _) = self.name_at(end + and.len_utf8(), self.settings.favour_list)?;
        TOGETHER.iter().any(|word| text[stop..].starts_with(word)).then_some((start, stop))
    }

    fn add_listed(&mut self, start: usize, end: usize) -> bool {
        let added = self.add(start, end, None);
        if added {
            self.list_behind(end);
        }
        added
    }

    /// 司机|小马: a nickname at `at`, where no longer word begins.
    fn nickname(&mut self, at: usize) -> bool {
        let text = self.scan.text;
        let end = border::on(text, at, 2);
        is_nickname(&text[at..end])
            && !is_word(&text[at..border::on(text, at, 3)])
            && border::after(text, end).is_none_or(|c| !"区村镇乡县市路".contains(c))
            && self.add(at, end, None)
    }

    /// 老张在…: a nickname that opens its clause or stands behind a word of grammar, before what a person does.
    fn nicknames(&mut self) {
        // 小满, 小鱼, 老汤, 小黄: words and things that look like one.
        static THINGS: CharSet = CharSet::new("满牛鱼花汤井房江池段田钱黄白蓝龙毛高");
        static BEHIND: CharSet =
            CharSet::new("在的和与也都把被给又还就从为对向说正是已却一抱跑回来去拿听想看笑走有找带几俩、，。");
        let text = self.scan.text;
        for &(start, first) in self.scan.landmarks.signs.iter().filter(|sign| matches!(sign.1, '老' | '小')) {
            let start = start as usize;
            let at = start + first.len_utf8();
            let end = border::on(text, start, 2);
            // 小|周末, 老|高速: another word begins inside.
            let joined = || [border::on(text, at, 2), border::on(text, at, 3)].iter().any(|&to| is_word(&text[at..to]));
            let follows = || border::after(text, end).is_none_or(|c| BEHIND.has(c)) || self.speaks_at(end);
            let opens = || border::before(text, start).is_none_or(|c| border::is_mark(c) || LEADS_NICKNAME.has(c));
            if !text[at..end].contains(|c| THINGS.has(c))
                && is_nickname(&text[start..end])
                && opens()
                && follows()
                && !joined()
            {
                self.add(start, end, None);
            }
        }
    }

    /// Whether a verb of saying of two characters stands at `at`.
    fn speaks_at(&self, at: usize) -> bool {
        self.scan.hits_at(at).any(|h| h.meaning == Meaning::Speech && h.end - h.start > 3)
    }

    /// Names in phrases that have no title.
    fn frames(&mut self, organisations: &[Organisation], places: &[Place]) {
        for span in frame::names(self.scan, organisations, places) {
            self.add(span.start as usize, span.end as usize, None);
        }
    }

    /// A name at `at`, and those that follow it in a list.
    fn name_and_list(&mut self, at: usize, favour: f32) -> bool {
        let text = self.scan.text;
        let Some((start, end, canonical)) = self.name_at(at, favour) else { return false };
        let name = &text[start..end];
        let first = name.chars().next().unwrap_or(' ');
        let may_be_phrase = favour < self.settings.favour_office || GRAMMATICAL.has(first);
        if canonical.is_none() && (!self.is_no_word(start, end, favour) || may_be_phrase && is_phrase(name))
            || !self.may_end(end)
            || !self.add(start, end, canonical)
        {
            return false;
        }
        self.list_behind(end);
        true
    }

    /// The name that begins at `at`, as start, end and, where it is spaced (陈 怡), the form without blanks.
    fn name_at(&self, at: usize, favour: f32) -> Option<(usize, usize, Option<String>)> {
        let text = self.scan.text;
        let mut start = at;
        let mut first = border::after(text, start)?;
        while matches!(first, ' ' | '\u{3000}') {
            start += first.len_utf8();
            if start - at > 3 {
                return None;
            }
            first = border::after(text, start)?;
        }
        let may_be_dotted = || self.dotted && text[start..].chars().take(10).any(is_name_dot);
        if !is_cjk(first) || !is_surname(first) && !starts_with_compound_surname(&text[start..]) && !may_be_dotted() {
            return None;
        }
        let rest = &text[start..border::on(text, at, 24)];
        if let Some(spaced) = spaced_name(rest) {
            let name: String = rest[..spaced].chars().filter(|c| is_cjk(*c)).collect();
            return Some((start, start + spaced, Some(name)));
        }
        let length = name_prefix(rest, favour)?;
        // 学员|代表古丽娜尔·吐尔逊, 得主|是选手尼克·芬克: another title stands in what the dot joins.
        if self.dotted && rest[..length].contains(is_name_dot) && self.opens_badly(start, start + length) {
            return None;
        }
        // The last part of a name with dots has no statistics of its own: a word of grammar ends it.
        let name = &rest[..length];
        let length = if self.dotted && name.contains(is_name_dot) {
            name.trim_end_matches(|c| border::is_grammar(c) || c == '说').len()
        } else {
            length
        };
        // 律师韩冰向某县人民法院起诉.
        let to_whom = name[..length].ends_with(['向', '对', '为', '和', '与', '将', '在'])
            && name[..length].chars().count() == 3
            && self.taken.overlaps(Span::new(start + length, start + length + 1));
        let end = start + length - if to_whom { '向'.len_utf8() } else { 0 };
        Some((start, self.right_edge(start, end), None))
    }

    /// Whether a name with dots begins with a word of grammar, or holds a title.
    fn opens_badly(&self, start: usize, end: usize) -> bool {
        let first = self.scan.hits.partition_point(|h| (h.start as usize) < start);
        let mut inside = self.scan.hits[first..].iter().take_while(|h| (h.end as usize) <= end);
        border::after(self.scan.text, start).is_some_and(border::is_grammar)
            || inside.any(|h| h.end - h.start >= 6 && matches!(h.meaning, Meaning::Office | Meaning::Job))
    }

    /// Where the name `start..end` ends, if what follows says that one character more or less is its own.
    fn right_edge(&self, start: usize, end: usize) -> usize {
        /// Bits that a given name costs at most which a verb of saying makes longer.
        const CHEAP_GIVEN: f32 = 19.0;
        let text = self.scan.text;
        let rest = &text[end..];
        let less = border::back(text, end, 1);
        match text[start..end].chars().count() {
            // 白雪|红了眼眶, 游江|患病, 单飞|答:.
            3 => {
                let last = &text[less..end];
                let acted = rest.starts_with(['了', '过'])
                    && !["了解", "了不", "过去", "过程"].iter().any(|w| rest.starts_with(w));
                let said = ["答", "问", "说", "称", "道"].contains(&last) && rest.starts_with(['：', ':']);
                if acted || said || last == "患" { less } else { end }
            }
            // 余未了等人; 刘建中|告诉.
            2 => {
                let more = border::on(text, end, 1);
                let closed = || border::after(text, more).is_none_or(|c| border::is_mark(c) || c == '等');
                if rest.starts_with('了') && closed() {
                    return more;
                }
                let given = &text[border::on(text, start, 1)..more];
                let longer = self.speaks_at(more)
                    && given_cost(given).is_some_and(|cost| cost <= CHEAP_GIVEN)
                    && !self.speaks_at(end)
                    && !is_word(&text[end..border::on(text, end, 2)])
                    && !rest.starts_with(['则', '也', '还', '又', '在', '都']);
                if longer { more } else { end }
            }
            _ => end,
        }
    }

    /// Whether a name behind a title is no ordinary word (职工文体活动, 增强职工幸福感); 部长王道介绍 leaves no doubt.
    fn is_no_word(&self, start: usize, end: usize, favour: f32) -> bool {
        let text = self.scan.text;
        let two = border::on(text, start, 2).min(end);
        let is_word = |to: usize| is_ordinary_word(&text[start..to]) && !is_likely(&text[start..to]);
        // Behind an office the first two characters may well be a word (许国 in 主席许国庆), behind an occupation hardly.
        let office = favour >= self.settings.favour_office;
        let grammar = border::after(text, start).is_some_and(|c| "来向从于和有应都能经常时全可".contains(c));
        let compound = starts_with_compound_surname(&text[start..]);
        let rare = office && is_rare_name(&text[start..end]);
        if rare || !is_word(end) && (office || compound || !is_word(two) && !grammar) {
            return true;
        }
        self.scan
            .hits_at(end)
            .any(|h| h.meaning == Meaning::Speech && (h.end - h.start > 3 || text[end..].starts_with('说')))
    }

    /// The names that follow the one that ends at `end`, behind 、 or 和.
    fn list_behind(&mut self, mut end: usize) {
        let text = self.scan.text;
        loop {
            let behind = remark_end(text, end);
            let Some(mark) = border::after(text, behind).filter(|c| matches!(c, '、' | '和' | '与' | '及')) else {
                return;
            };
            let next = behind + mark.len_utf8();
            let favour = if mark == '、' { self.settings.favour_list } else { self.settings.favour_job };
            let Some((start, stop, canonical)) = self.name_at(next, favour).or_else(|| self.foreign_at(next)) else {
                return;
            };
            let closed = border::after(text, stop)
                .is_none_or(|c| border::is_mark(c) || "等和与及在对为从向把将被都也还的是".contains(c))
                || self
                    .scan
                    .hits_at(stop)
                    .any(|h| matches!(h.meaning, Meaning::Speech | Meaning::Office | Meaning::Job));
            if !closed && mark != '、' || !self.add(start, stop, canonical) {
                return;
            }
            end = stop;
        }
    }

    /// X、Y（女）、Z: what stands between the marks of a list whose parts are mostly names.
    fn lists(&mut self) {
        let text = self.scan.text;
        let is_list = |(at, c): &(u32, char)| (*c == '、').then_some(*at as usize);
        let marks: SmallVec<[usize; 32]> = self.scan.landmarks.marks.iter().filter_map(is_list).collect();
        // Runs of marks with no more than a name and a remark between them. A list of names has two marks at least.
        for run in marks.chunk_by(|a, b| b - a <= LONGEST_PART).filter(|run| run.len() > 1) {
            let parts = run.iter().map(|at| at + '、'.len_utf8()).filter_map(|start| self.part(start));
            let parts: SmallVec<[(usize, usize, bool); 8]> = parts.collect();
            let names = parts.iter().filter(|p| p.2).count();
            if names < 2 || names * 2 < parts.len() {
                continue;
            }
            let first = name_end_before(text, run[0]);
            if !self.names.overlaps(Span::new(border::back(text, first, 1), first)) {
                self.name_before(first, self.settings.favour_list, None);
            }
            for (start, end, is_name) in parts {
                if is_name && self.add(start, end, None) {
                    self.list_behind(end);
                }
            }
        }
    }

    /// The part of a list that begins at `start` and ends at a mark: where, without its remark, and whether it is a name.
    fn part(&self, start: usize) -> Option<(usize, usize, bool)> {
        let text = self.scan.text;
        let length: usize = text[start..].chars().take(5).take_while(|c| is_cjk(*c)).map(char::len_utf8).sum();
        let mut end = start + length;
        if let Some(named) = text[start..end].strip_suffix('等') {
            end = start + named.len();
        }
        let behind = border::after(text, end);
        if !behind.is_none_or(|c| border::is_mark(c) || c == '等') {
            return None;
        }
        let name = &text[start..end];
        let is_name = (2..=4).contains(&name.chars().count())
            && name_cost(name).is_some_and(|cost| cost < self.settings.dearest_listed)
            && is_plausible(name, self.settings.favour_list)
            && !is_ordinary_word(name)
            && !self.taken.overlaps(Span::new(start, end));
        Some((start, end, is_name))
    }

    /// Names that the dictionary has, wherever they stand.
    fn known(&mut self) {
        let text = self.scan.text;
        for span in known_names(text, &self.scan.landmarks.surnames, self.settings.dearest_known) {
            let (start, end) = (span.start as usize, span.end as usize);
            let before = border::back(text, start, 1);
            let joined = before < start
                && is_word(&text[before..border::on(text, start, 1)])
                && self.ends.binary_search(&span.start).is_err();
            let name = &text[start..end];
            if !joined && !is_phrase(name) && !NO_ENDS.iter().any(|e| name.ends_with(e)) {
                self.add(start, end, None);
            }
        }
    }

    /// Whether a name may end there: not where a bracket or mark of a quote would split a word.
    fn may_end(&self, end: usize) -> bool {
        border::after(self.scan.text, end).is_none_or(|c| !matches!(c, '·' | '•' | '・'))
    }

    /// X说, X主任, 童师傅, 张某.
    fn before_verbs_and_titles(&mut self) {
        let text = self.scan.text;
        for n in 0..self.scan.hits.len() {
            let hit = self.scan.hits[n];
            let at = hit.start as usize;
            match hit.meaning {
                Meaning::Speech => {
                    // 解答疑问 holds 问: such short verbs prove little.
                    let short = hit.end - hit.start == 3 && !text[at..].starts_with('说');
                    if short && self.ends_in_a_word(at) {
                        continue;
                    }
                    let adverb = ending(&text[..at], &ADVERBS).map_or(0, str::len);
                    self.name_before(at - adverb, self.settings.favour_speech, None);
                }
                Meaning::Office => self.name_before(at, self.settings.favour_suffix, Some(hit.end as usize)),
                Meaning::Address => {
                    let end = hit.end as usize;
                    if text[at..end].starts_with('某')
                        && border::after(text, end).is_some_and(|c| "些种个项公单企工地村镇县市省".contains(c))
                    {
                        continue;
                    }
                    self.name_before(at, self.settings.favour_suffix, Some(end));
                }
                _ => {}
            }
        }
    }

    /// Whether a word of the dictionary ends with the character behind `at`.
    fn ends_in_a_word(&self, at: usize) -> bool {
        let text = self.scan.text;
        let end = border::on(text, at, 1);
        [1, 2].iter().any(|&n| border::back(text, at, n) < at && is_word(&text[border::back(text, at, n)..end]))
    }

    /// The name that ends at `at`; with a title or form of address behind it, also a surname alone.
    fn name_before(&mut self, at: usize, favour: f32, titled: Option<usize>) {
        let text = self.scan.text;
        // 在讲话中指出: no 讲话中.
        let in_time = text[..at].ends_with(['中', '上', '里', '时']);
        // Only a name that is joined by dots is longer.
        let most = if self.dotted { 12 } else { 4 };
        let mut start = at;
        let mut joined = false;
        for letters in 1..=most {
            let Some(first) = border::before(text, start).filter(|c| is_cjk(*c) || is_name_dot(*c)) else { return };
            start -= first.len_utf8();
            joined |= is_name_dot(first);
            let may_be_one = match letters {
                1 => titled.is_some(),
                _ => joined || opens_surname(first) || NICKNAMING.has(first),
            };
            if !(may_be_one || in_time) || !self.may_begin(start) {
                continue;
            }
            if in_time && text[..start].ends_with('在') {
                return;
            }
            let name = &text[start..at];
            if letters == 1 {
                let Some(end) = titled else { continue };
                // 段工会主席: a section's, and nobody called 段.
                let surname = is_common_surname(first) && !text[at..end].starts_with("工会");
                if is_struck(&text[at..]) {
                    let _ = surname && self.is_struck_out(at, end) && self.add(start, end, None);
                    return;
                }
                let called = CALLED.contains(&&text[at..end]) && !text[end..].starts_with('们');
                // 对方女士.
                let praised = text[..start].ends_with('夸') && "张王李刘陈".contains(first);
                if called && !praised && self.ends.binary_search(&(start as u32)).is_err() && self.ends_in_a_word(start)
                {
                    return;
                }
                if surname && (called || self.may_follow(end)) && self.add(start, end, None) {
                    return;
                }
            } else if titled.is_none() && is_nickname(name) && self.add(start, at, None) {
                return;
            } else if (letters <= 4 || joined)
                && is_plausible(name, favour)
                && !(is_phrase(name) || is_ordinary_word(name))
                && self.add(start, at, None)
            {
                self.list_behind(at);
                return;
            }
        }
    }

    /// Whether the given name between `at` and `end` is struck out, and nothing but a name can be: 林××, but 沙××乡.
    fn is_struck_out(&self, at: usize, end: usize) -> bool {
        let text = self.scan.text;
        let next = border::after(text, end);
        let whole = next
            .is_none_or(|c| !(c.is_numeric() || "×Ｘ元村镇乡县市区路街号厂矿的某吨辆米斤只台件箱袋律公集".contains(c)));
        // 高×宽.
        whole && (text[at..end].chars().nth(1).is_some() || self.may_follow(end))
    }

    /// Whether a name may begin at `at`: behind a mark, a word of grammar, a title or an organisation.
    fn may_begin(&self, at: usize) -> bool {
        border::before(self.scan.text, at).is_none_or(|c| border::is_mark(c) || border::is_grammar(c) || c == '夸')
            || self.ends.binary_search(&(at as u32)).is_ok()
    }

    /// Whether what is behind 王主任 leaves it a person (王主任说, 王主任。, but no 主任会议).
    fn may_follow(&self, end: usize) -> bool {
        border::after(self.scan.text, end).is_none_or(|c| {
            border::is_mark(c)
                || "说是在的和与也就还都为对向从把被将又很一正有表告介认笑带给来去到感今每等拿坐走时这先已刚"
                    .contains(c)
        })
    }

    /// A clause that begins with a name.
    fn at_clause_starts(&mut self) {
        let text = self.scan.text;
        let mut start = 0;
        self.clause_start(start);
        for &(at, c) in &self.scan.landmarks.marks {
            let at = at as usize;
            if is_name_dot(c)
                && start < at
                && border::back(text, at, 6) <= start
                && text[start..at].chars().all(is_cjk)
                // 阿依古丽·买买提 needs no surname.
                && let Some((start, end, canonical)) = self.name_at(start, self.settings.favour_clause)
            {
                self.add(start, end, canonical);
            }
            if border::is_mark(c) && !matches!(c, '《' | '〈' | '“' | '‘' | '(' | '（' | '、') {
                start = at + c.len_utf8();
                self.clause_start(start);
            }
        }
    }

    /// A clause that begins at `at`.
    fn clause_start(&mut self, at: usize) {
        let text = self.scan.text;
        if !border::after(text, at).is_some_and(is_surname) {
            if let Some(end) =
                unusual::rare(self.scan, at).filter(|&end| frame::wins(&text[end..]) || self.speaks_at(end))
            {
                self.add(at, end, None);
            }
            return;
        }
        let two = border::on(text, at, 2);
        let three = border::on(text, at, 3);
        let cheap = [two, three]
            .iter()
            .filter_map(|&end| name_cost(&text[at..end]))
            .any(|cost| cost < self.settings.dearest_name);
        if !cheap || self.taken.overlaps(Span::new(at, two)) {
            return;
        }
        if is_ordinary_word(&text[at..two]) && !is_word(&text[at..three]) {
            self.told_by_what_follows(at);
            return;
        }
        let Some((start, end, canonical)) = self.name_at(at, self.settings.favour_clause) else {
            self.told_by_what_follows(at);
            return;
        };
        let Some(next) = border::after(text, end) else { return };
        if canonical.is_some() || is_phrase(&text[start..end]) {
            return;
        }
        if matches!(next, '：' | ':') || remark_end(text, end) > end {
            // X：…, as interviews have it; X（69岁）.
            self.add(start, end, None);
        } else if next == '、' {
            // A list that opens a clause: its second item must be a name as well.
            let listed = self.name_at(end + next.len_utf8(), self.settings.favour_clause);
            if listed.is_some() && self.add(start, end, None) {
                self.list_behind(end);
            }
        } else if is_cjk(next) && self.add(start, end, None) {
            self.list_behind(end);
        } else if matches!(next, ',' | '，') && text[end..].chars().nth(1).is_some_and(|c| matches!(c, '男' | '女'))
        {
            self.add(start, end, None);
        }
    }
}

/// Bytes from one mark of a list to the next at most, so that no more than a name and a remark stand between them.
const LONGEST_PART: usize = 45;

/// How places are called that look like names: 王家庄.
const NO_ENDS: [&str; 10] = ["庄", "湾", "庙", "镇", "屯", "寨", "沟", "坡", "店", "岗"];

/// Characters in a remark at most: （女，满族）.
const LONGEST_REMARK: usize = 8;

/// Where the remark ends that a name has behind it (（女）, （回族）), or `end`.
fn remark_end(text: &str, end: usize) -> usize {
    let Some(open) = border::after(text, end).filter(|c| matches!(c, '（' | '(')) else { return end };
    let mut inside = text[end + open.len_utf8()..].char_indices().take(LONGEST_REMARK);
    inside.find(|(_, c)| matches!(c, '）' | ')')).map_or(end, |(at, c)| end + open.len_utf8() + at + c.len_utf8())
}

/// Where the name ends that stands, perhaps with a remark, before the mark at `at`.
fn name_end_before(text: &str, at: usize) -> usize {
    let Some(inside) = text[..at].strip_suffix(['）', ')']) else { return at };
    let open = inside.char_indices().rev().take(LONGEST_REMARK).find(|(_, c)| matches!(c, '（' | '('));
    open.map_or(at, |(open, _)| open)
}

/// A name of two characters that is typeset with a gap, followed by a mark or a verb of saying.
fn spaced_name(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices();
    let (_, surname) = chars.next()?;
    if !is_surname(surname) {
        return None;
    }
    let (mut at, mut c) = chars.next()?;
    let gap = at;
    while matches!(c, ' ' | '\u{3000}') {
        (at, c) = chars.next()?;
    }
    if at == gap || at - gap > 6 || !is_cjk(c) {
        return None;
    }
    let end = at + c.len_utf8();
    let next = rest[end..].chars().next();
    let closed = next.is_none_or(|c| border::is_mark(c) || "说表介告在对的和等认".contains(c));
    closed.then_some(end)
}

/// Bits that a name of the dictionary costs at most, of two characters.
const KNOWN_OF_TWO: f32 = 22.0;
/// The same, of more.
const KNOWN_OF_MORE: f32 = 31.0;

/// The same behind an office.
const KNOWN_BEHIND_OFFICE: f32 = 35.0;

/// Whether the dictionary knows the text as a word that is no personal name. It calls many a word a name (文明, 贺信), so
/// that what it calls one must look like one as well.
pub(super) fn is_ordinary_word(text: &str) -> bool {
    let known = if text.len() > 6 { KNOWN_OF_MORE } else { KNOWN_OF_TWO };
    is_word(text) && !(look_up(text).is_name && name_cost(text).is_some_and(|cost| cost <= known))
}

/// Whether what seems to be a name ends in a month (于|三月十二日).
fn is_month(name: &str) -> bool {
    name.strip_suffix('月').is_some_and(|before| before.ends_with(numeral::is_numeral))
}

/// Surnames that may stand alone before a title; rare ones are mostly other words there (任主席, 原书记).
fn is_common_surname(c: char) -> bool {
    /// Surnames that are words of one character more often.
    static WORDS: CharSet = CharSet::new(
        "任党和全原常兼时于从向由对为及成当单区宗家强官师项后代总副各该本老小大新正前现名位管理铁都有所把被将给与同是在上下中两几多干公共元东西南北华",
    );
    is_surname(c) && !WORDS.has(c)
}

/// Whether a text opens with what stands for characters that are struck out.
fn is_struck(text: &str) -> bool {
    text.starts_with(['×', 'Ｘ'])
}

/// Whether a place is named in full, so that no personal name overlaps it.
pub(super) fn is_full(place: &super::place::Place) -> bool {
    !place.below.is_empty()
        || place.division.is_none_or(|d| {
            let name = DIVISIONS.name(d);
            place.span.len() >= name.len()
                || DIVISIONS.rank(d) <= Rank::City && {
                    DIVISIONS
                        .surface(name)
                        .is_some_and(|s| DIVISIONS.readings(s).iter().any(|r| r.doubt == Doubt::Full))
                }
        })
}
