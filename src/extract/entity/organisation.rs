//! 机构: unions and other organisations.
//!
//! In: the hits of head words (总工会, 有限公司, 教育局) and the places. Out: each organisation as printed. Method: the
//! head word ends the name; it begins at the left at a mark, at a word of grammar or at a verb. Where a place opens the
//! name, or the head word stands right behind one, characters decide; only else are the words in front of the head cut
//! and tagged by jieba. What is left must be a name: a place, a level (市总工会), another organisation or a word that is
//! in no dictionary. 基层工会, 一家公司, 各级工会 name nobody.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::extract::gazetteer::{DIVISIONS, Gazetteer, Head, Meaning, Need};
use crate::record::{Entity, EntityKind, UnionLevel};
use crate::text::{CharSet, Span, WordFinder, WordList, ending, is_cjk, is_word, jieba, look_up};

use super::place::Places;
use super::{ByBlock, Occupied, Scan, border, new, union};

/// An organisation that was read.
#[derive(Clone, Debug)]
pub(super) struct Organisation {
    pub span: Span,
    pub union: bool,
    pub level: Option<UnionLevel>,
    /// The full name, where the mention is a short one.
    pub canonical: Option<String>,
    /// Whether the name begins with a bare level (市总工会), so that the article must say which.
    pub bare: bool,
}

impl Organisation {
    pub(super) fn entity(&self, scan: &Scan<'_>) -> Entity {
        let kind = if self.union { EntityKind::Union } else { EntityKind::Organisation };
        Entity { canonical: self.canonical.clone(), level: self.level, ..new(kind, scan, self.span) }
    }

    /// The full name, or as printed.
    pub(super) fn name<'a>(&'a self, scan: &Scan<'a>) -> &'a str {
        self.canonical.as_deref().unwrap_or_else(|| self.span.of(scan.text))
    }
}

/// Characters that a name may have before its head word.
const LONGEST: usize = 26;

/// Reads the organisations of an article.
pub(super) fn read(scans: &[Scan<'_>], places: &Places, gazetteer: &Gazetteer) -> ByBlock<Organisation> {
    let mut all = ByBlock(Vec::new());
    for (n, scan) in scans.iter().enumerate() {
        let mut found: Vec<Organisation> = Vec::new();
        let mut heads: Vec<(Span, Head)> = scan
            .hits
            .iter()
            .filter_map(|h| match h.meaning {
                Meaning::Head(head) => Some((Span { start: h.start, end: h.end }, head)),
                _ => None,
            })
            .collect();
        // Of heads that end alike the longest comes first; a longer name that ends later replaces the ones inside it.
        heads.sort_by_key(|(s, _)| (s.end, s.start));
        let openings: Vec<Span> =
            if heads.is_empty() { Vec::new() } else { places.of(n).iter().map(|p| p.span).collect() };
        let mut last_end = u32::MAX;
        for (span, head) in heads {
            if span.end == last_end || found.last().is_some_and(|o| o.span.end >= span.end) {
                continue;
            }
            if let Some(organisation) = name_around(scan, span, head, &openings, &found) {
                last_end = span.end;
                while found.last().is_some_and(|o| o.span.start >= organisation.span.start) {
                    found.pop();
                }
                if found.last().is_none_or(|o| o.span.end <= organisation.span.start) {
                    found.push(organisation);
                }
            }
        }
        users(scan, gazetteer, &mut found);
        *all.of_mut(n) = found;
    }
    all
}

/// The organisation whose name the head word at `span` ends.
fn name_around(
    scan: &Scan<'_>,
    span: Span,
    head: Head,
    places: &[Span],
    before: &[Organisation],
) -> Option<Organisation> {
    let text = scan.text;
    let (at, mut end) = (span.start as usize, span.end as usize);
    if goes_on(text, at, end) {
        return None;
    }
    // 市总工会第十四届委员会: the union.
    let term = |o: &Organisation| {
        let between = text.get(o.span.end as usize..at).unwrap_or_default();
        o.union && between.starts_with('第') && between.ends_with('届')
    };
    if span.of(text) == "委员会" && before.last().is_some_and(term) {
        return None;
    }
    let short = union::short(span.of(text)).is_some();
    let start = match head.need {
        Need::Nothing => match place_of_paper(text, span, places) {
            Some(place) => place.start as usize,
            None => whole_name(text, at, end)?,
        },
        // 温州市总: the level belongs to the place.
        _ if short => {
            places.iter().find(|p| p.start < span.start && p.end > span.start).map_or(at, |p| p.start as usize)
        }
        _ => start_of(text, span, head, places, before)?,
    };
    if head.union {
        end = union::department_end(text, end);
    } else if span.of(text).ends_with('办') && text[end..].starts_with("公室") {
        end += "公室".len();
    }
    // A congress is an event, and says 工会 only for the body that it is of.
    if head.union && text[end..].starts_with('第') && text[end..border::on(text, end, 10)].contains("代表大会") {
        return None;
    }
    let own = &text[start..at];
    let bare = if short { start == at } else { union::is_bare_level(own) };
    if head.need == Need::Place {
        let place = places.iter().find(|p| p.start as usize == start)?;
        let between = text.get(place.end as usize..at)?;
        let other = scan.hits.iter().any(|h| {
            h.start >= place.end && (h.end as usize) <= at && matches!(h.meaning, Meaning::Head(_) | Meaning::Office)
        });
        if other || !(2..=8).contains(&between.chars().count()) {
            return None;
        }
    }
    // 总工会党组书记, 人社局党组书记: an office in the one before, and the group no organisation of its own.
    let party = ["党组", "党委", "党总支", "党支部"].contains(&span.of(text));
    if party
        && text[end..].starts_with(['书', '副', '成', '委'])
        && before.last().is_some_and(|o| o.span.end as usize == at)
    {
        return None;
    }
    let name = &text[start..end];
    // 温州市总 is short for 温州市总工会; of 市总 the article must say which.
    let canonical = (short && !bare).then(|| format!("{name}工会"));
    let level = head.union.then(|| union::level(canonical.as_deref().unwrap_or(name)));
    Some(Organisation { span: Span::new(start, end), union: head.union, level, canonical, bare })
}

/// The place before a paper's name that makes another paper of it than that of the whole country: 浙江|工人日报.
fn place_of_paper(text: &str, name: Span, places: &[Span]) -> Option<Span> {
    let paper = name.of(text);
    if !paper.ends_with('报') || ["人民日报", "光明日报"].contains(&paper) {
        return None;
    }
    places.iter().find(|place| place.end == name.start).copied()
}

/// Where a name begins that the gazetteer has as a whole; None where it is cut out of other words (湖|北约|30万人,
/// 世界银行|家) or is a department of somebody else's (报社文化部). A country before a ministry belongs to it (美国国防部).
fn whole_name(text: &str, at: usize, end: usize) -> Option<usize> {
    /// Characters of the longest name that other words hold by chance.
    const SHORT: usize = 4;
    const AROUND: usize = 4;
    let name = &text[at..end];
    if name.chars().nth(SHORT).is_some() {
        return Some(at);
    }
    let next = border::after(text, end);
    if name.chars().nth(2).is_none() {
        // 湖北约30万人, 以北约3公里; but 向东盟提供.
        let before = border::before(text, at).filter(|c| !border::is_grammar(*c));
        let joined = before.is_some() && is_word(&text[border::back(text, at, 1)..border::on(text, at, 1)]);
        if joined || next.is_some_and(|c| c.is_ascii_digit() || "有几数百千万两三四五六七八九十".contains(c))
        {
            return None;
        }
    }
    let (from, to) = (border::run_start(text, at, AROUND), border::on(text, end, AROUND));
    // 团|中央书记处, 全国|人大代表: the dictionary joins what sits in it.
    let seated = ["书记", "代表", "委员", "常委"].iter().any(|word| text[end..].starts_with(word));
    let mut start = from;
    for word in jieba().cut(&text[from..to], false) {
        let stop = start + word.word.len();
        if start < at && at < stop && stop < end || at < start && start < end && end < stop && !seated {
            return None;
        }
        start = stop;
    }
    if !name.ends_with('部') {
        return Some(at);
    }
    // 白俄罗斯 ends in another.
    if let Some(country) = COUNTRIES.ends(&text[..at]).max_by_key(|country| country.len()) {
        return Some(at - country.len());
    }
    let inside = text[..at].ends_with(['社', '厂', '司', '校', '院', '局', '店', '矿', '团', '处', '该', '本']);
    (!inside).then_some(at)
}

/// Countries whose ministries papers write of.
static COUNTRIES: LazyLock<WordList> = LazyLock::new(|| {
    let words = "美国 英国 法国 德国 日本 韩国 朝鲜 俄罗斯 印度 巴基斯坦 孟加拉国 尼泊尔 斯里兰卡 越南 \
                 老挝 柬埔寨 泰国 缅甸 菲律宾 马来西亚 新加坡 印度尼西亚 印尼 文莱 蒙古国 哈萨克斯坦 乌兹别克斯坦 吉尔吉斯斯坦 \
                 塔吉克斯坦 土库曼斯坦 阿富汗 伊朗 伊拉克 以色列 巴勒斯坦 叙利亚 约旦 黎巴嫩 沙特 沙特阿拉伯 科威特 卡塔尔 \
                 阿联酋 也门 土耳其 埃及 利比亚 苏丹 南非 尼日利亚 肯尼亚 埃塞俄比亚 阿尔及利亚 摩洛哥 突尼斯 加蓬 \
                 加拿大 墨西哥 巴西 阿根廷 智利 秘鲁 古巴 委内瑞拉 哥伦比亚 尼加拉瓜 澳大利亚 新西兰 意大利 西班牙 \
                 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 捷克 匈牙利 罗马尼亚 保加利亚 希腊 \
                 乌克兰 白俄罗斯 南斯拉夫 塞尔维亚 克罗地亚 爱尔兰 奥地利 坦桑尼亚";
    WordList::of_last(&words.split_whitespace().collect::<Vec<_>>())
});

/// Whether the head word is only the start of a longer word (公司|法, 工厂, 银行卡), or belongs to a generic phrase.
fn goes_on(text: &str, at: usize, end: usize) -> bool {
    let Some(next) = border::after(text, end) else { return false };
    let head = &text[at..end];
    let last = head.chars().next_back().unwrap_or_default();
    let next_two = &text[end..border::on(text, end, 2)];
    match head {
        _ if union::short(head).is_some() => "量数体额值共人产计面和结价部工公的是有监成户经".contains(next),
        "全总" => "部".contains(next),
        // 协商会: a meeting.
        "商会" if text[..at].ends_with('协') => true,
        // 三市总|工会, 市委常|委: the head of another name, an office.
        "工会" if text[..at].ends_with('总') => true,
        "委" if text[..at].ends_with('常') => true,
        "政府" => "性".contains(next),
        // 上海市民委托律师, 在市外办了一家厂.
        _ if head.ends_with('委') && head.chars().count() == 2 && "托屈员派任".contains(next) => true,
        _ if head.ends_with('办') && head.chars().count() == 2 && "了起厂学企在的理公".contains(next) => true,
        "委" => {
            is_cjk(next)
                && !matches!(
                    next_two,
                    "书记" | "副书" | "主任" | "副主" | "办公" | "领导" | "工会" | "常委" | "委员" | "机关"
                )
        }
        _ => match last {
            '局' => "面部势限长里".contains(next),
            '厂' => "房区长家商方子址内里门矿".contains(next),
            '所' => "有以在谓需长能得说做想".contains(next),
            '院' => "长子校士内里墙".contains(next),
            '站' => "长在岗台点立起上住".contains(next),
            '店' => "长铺员主面家小".contains(next),
            '队' => "长员伍列友".contains(next),
            '部' => "长门分署队位".contains(next),
            '社' => "会区长员保团".contains(next),
            '园' => "区长丁林".contains(next),
            '馆' => "长员".contains(next),
            '宫' => "颈".contains(next),
            '矿' => "工长区山产井难泉".contains(next),
            '厅' => "长堂级".contains(next),
            '会' if head != "工会" => next == '议',
            // 准大学|生于洋, but 浙江大学|生物系.
            '学' => next == '梦' || next == '生' && !["生物", "生命", "生态"].contains(&next_two),
            '总' if head == "党总" => true,
            _ => false,
        },
    }
}

/// Where the name begins that ends in the head word at `at`; None where there is no name.
fn start_of(text: &str, span: Span, head: Head, places: &[Span], before: &[Organisation]) -> Option<usize> {
    let (at, head_word) = (span.start as usize, span.of(text));
    let last = border::before(text, at)?;
    // 某某(集团)有限公司: a short bracket may stand in the name.
    let inner = if matches!(last, ')' | '）') { bracket_start(text, at)? } else { at };
    // Another organisation right before: 东磁公司 + 工会.
    if let Some(organisation) = before.last().filter(|o| o.span.end as usize == inner) {
        return Some(organisation.span.start as usize);
    }
    if (border::is_mark(last) || last == '+' || text[..at].ends_with(head_word)) && inner == at {
        return None;
    }
    // 新发展农民工|会员: another word.
    if is_member(text, span) {
        return None;
    }
    let run = border::run_start(text, inner, LONGEST);
    // 某人原系|某公司工程师.
    let formerly = text[run..inner].rmatch_indices('系').find(|(at, _)| text[run..run + at].ends_with('原'));
    let floor = formerly.map_or(run, |(at, word)| run + at + word.len());
    let first_place = places.partition_point(|p| (p.start as usize) < floor);
    let inside: SmallVec<[Span; 4]> =
        places[first_place..].iter().take_while(|p| p.end as usize <= inner).copied().collect();
    // A place that opens the run, with no word of grammar behind it: the whole run is the name.
    let opening = inside.iter().enumerate().find(|(n, p)| {
        opens(text, p.start as usize, floor) && is_plain(&text[p.end as usize..inner], n + 1 < inside.len())
    });
    let start = match opening {
        Some((_, place)) => place.start as usize,
        None if run < floor && names_a_place(&text[floor..inner]) => floor,
        None => by_words(text, floor, inner, &inside)?,
    };
    let start = before_bracket(text, start, head_word).unwrap_or(start);
    let start = behind_lead(text, start, inner, places, before)?;
    // 黄山三地工会, 两省工会: several.
    let mut end = text[start..inner].chars().rev();
    if end.next().is_some_and(|c| "地省市县区家级".contains(c) || head.union && c == '国')
        && end.next().is_some_and(|c| "两二三四五六七八九十几多".contains(c))
    {
        return None;
    }
    // 三家公司工会: a number of them.
    let mut first = text[start..inner].chars();
    if first.next().is_some_and(|c| "一两二三四五六七八九十几多数".contains(c))
        && first.next().is_some_and(|c| "家个所名支".contains(c))
    {
        return None;
    }
    // 黄龙一家煤矿: one that has no name.
    if text[start..inner].split('一').skip(1).any(|behind| behind.starts_with(['家', '名', '位', '座'])) {
        return None;
    }
    // 33处工会, 2026年两节工会: a number, a year; 资助1万名农民工读|大学: people.
    if is_counted(&text[start..inner]) || counts_people(&text[start..inner]) {
        return None;
    }
    let start = before_branch(text, floor, start, head_word, places).unwrap_or(start);
    let start = behind_part(text, start).unwrap_or(start);
    // 新业态领域新建工会: what is done, and no name.
    if ending(&text[start..inner], &DONE).is_some() {
        return None;
    }
    // 各镇街总工会, 每家公司工会: all of them, nobody in particular.
    if text[border::back(text, start, 2)..start].contains(['各', '每', '某']) {
        return None;
    }
    let own = &text[start..inner];
    // 各乡镇工会; 市委书记紧握着某农场, 要刨掉农场: no name goes so.
    if own.starts_with('各') || own.contains("书记") || own.contains('着') || own.ends_with(['掉', '完', '了', '过'])
    {
        return None;
    }
    // 扎根乡镇|法庭: a court's division stands behind it.
    if head_word == "法庭" && !own.contains("法院") {
        return None;
    }
    // 钱的事|工会, 这个数|公司能承受: no name of its own.
    let mut letters = own.chars();
    if let (Some(one), None) = (letters.next(), letters.next())
        && head.need == Need::Own
        && !"省市区县镇乡村州盟旗厂校局所站院矿段处部店行社团司馆台港路队".contains(one)
    {
        return None;
    }
    let placed = inside.iter().any(|p| p.start as usize == start);
    // 甲市优秀工会: some that are praised.
    if head_word == "工会" && ["优秀", "先进", "模范", "示范"].iter().any(|praise| own.ends_with(praise)) {
        return None;
    }
    let fits = match head.need {
        Need::Nothing => true,
        Need::Level => placed_or_level(own, placed, inside.last().is_some_and(|p| p.end as usize == inner)),
        Need::Place => placed,
        Need::Own => placed || is_name(own, head_word, head),
    };
    fits.then_some(start)
}

/// What is done to an organisation, or with it, right before its head word.
const DONE: [&str; 15] = [
    "新建", "组建", "筹建", "成立", "新增", "加入", "利用", "依托", "谢谢", "感谢", "遗失", "丢失", "补办", "注销",
    "吊销",
];
/// Words that join two organisations, or are said of one before another.
const JOINS: [&str; 14] =
    ["以及", "及", "和", "与", "联合", "会同", "携手", "指导", "代表", "组织", "召开", "到", "向", "由"];
/// What one organisation does to another one or to its people.
const DOES: [&str; 44] = [
    "慰问", "资助", "培训", "表彰", "奖励", "指导", "联合", "会同", "邀请", "号召", "要求", "发动", "推动", "帮助",
    "帮扶", "救助", "走访", "看望", "指派", "委派", "委托", "聘请", "检查", "督促", "按", "送", "走进", "走入", "组织",
    "赴", "牵手", "服务", "来到", "进驻", "参观", "考察", "视察", "调研", "支援", "援建", "对接", "回访", "约谈",
    "结对",
];
/// What stands before a name and is no part of it, where a name in the run says nothing of it.
static LEADS: LazyLock<WordList> = LazyLock::new(|| {
    WordList::of_first(&[
        "到",
        "现藏",
        "亮相",
        "来到",
        "回到",
        "前往",
        "除",
        "据",
        "将",
        "从",
        "由",
        "在",
        "向",
        "经",
        "为",
        "任",
        "原",
        "系",
        "获",
        "转型期",
        "新时期",
        "新时代",
        "出一批",
        "一批",
        "现任",
        "新任",
        "时任",
        "出任",
        "担任",
        "兼任",
        "当选为",
        "任命为",
        "选举为",
        "推选为",
        "联系",
        "荣获",
        "辖区",
        "辖区内",
    ])
});

/// What tells how something is done, and stands in no name.
const ADVERBIAL: [&str; 12] =
    ["持续", "深化", "积极", "不断", "大力", "认真", "扎实", "深入", "全面", "充分", "主动", "切实"];

/// Where a name begins that seems to begin at `start`, if words come before it that are no part of it: another organisation
/// with what joins the two (市总工会及|市人社局, 女职工部部长李梅代表|市总工会), or what is said of it (运动会由|市总工会,
/// 除|区总工会). None where a verb stands between an organisation and the head word, so that there is no name.
fn behind_lead(text: &str, start: usize, inner: usize, places: &[Span], before: &[Organisation]) -> Option<usize> {
    let begins = |at: usize| {
        let rest = &text[at..inner];
        at < inner
            && (union::is_bare_level(rest)
                || rest.starts_with(['省', '市', '区', '县', '镇']) && rest.chars().count() > 2
                || places.iter().any(|p| p.start as usize == at))
    };
    let behind = |from: usize, words: &[&str]| {
        let ends = words.iter().filter_map(|w| text[from..inner].rfind(w).map(|at| from + at + w.len()));
        ends.filter(|&end| begins(end)).max()
    };
    let inside = before
        .iter()
        .rev()
        .take_while(|o| o.span.end as usize > start)
        .find(|o| o.span.start as usize >= start && (o.span.end as usize) < inner);
    if let Some(other) = inside {
        let joined = other.span.end as usize;
        if let Some(at) = behind(joined, &JOINS) {
            return Some(at);
        }
        // 市总工会慰问|工会干部, 市总工会联合|电力公司工会: what the first one does, and to whom.
        let does = DOES.iter().filter_map(|w| text[joined..inner].rfind(w).map(|at| joined + at + w.len())).max();
        if let Some(behind) = does.filter(|_| other.union) {
            return (behind < inner).then_some(behind);
        }
        // 县总持续深化|工会: what the first one does.
        if other.union && ADVERBIAL.iter().any(|w| text[joined..inner].contains(w)) {
            return None;
        }
    }
    // …由|市总工会, 副镇长兼|镇总工会, 某人向|区总工会.
    let by = text[start..inner]
        .rmatch_indices(['由', '兼', '向', '经', '据', '与', '请', '被', '报', '给', '对', '完', '送'])
        .map(|(at, word)| start + at + word.len())
        .find(|&end| begins(end));
    let mut start = by.unwrap_or(start);
    // 车间主任兼|工会主席, 经|工会督查: of no union in particular.
    if text[start..inner].ends_with(['兼', '经', '任']) {
        return None;
    }
    while let Some(lead) = LEADS.starts(&text[start..inner]).max_by_key(|lead| lead.len()) {
        let rest = start + lead.len();
        // 将乐县, 向阳村: the character is the name's own.
        if !begins(rest) && (lead.chars().count() == 1 || places.iter().any(|p| p.start as usize == start)) {
            break;
        }
        start = rest;
    }
    (start < inner).then_some(start)
}

/// Whether what stands before a head opens with a count or a year in figures.
fn is_counted(own: &str) -> bool {
    let behind = own.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < own.len()
        && behind.starts_with(['处', '家', '个', '名', '所', '支', '级', '多', '余', '年', '万', '月'])
}

/// Whether a text begins with a place's name of two or three characters.
fn names_a_place(text: &str) -> bool {
    [2, 3].iter().any(|&n| DIVISIONS.surface(&text[..border::on(text, 0, n)]).is_some())
}

/// Whether people are counted in what stands before a head (资助1万名农民工读).
fn counts_people(own: &str) -> bool {
    let figures = |c: char| c.is_ascii_digit();
    own.match_indices(figures).any(|(at, _)| {
        let unit = own[at..].trim_start_matches(|c: char| figures(c) || "万千百余多".contains(c));
        unit.len() < own.len() - at && unit.starts_with(['名', '位', '户'])
    })
}

/// Where the name of a branch begins whose place, at `start`, stands behind its firm's name: 中通快递|宜宾|分公司.
fn before_branch(text: &str, floor: usize, start: usize, head_word: &str, places: &[Span]) -> Option<usize> {
    /// What firms with branches are called.
    const FIRMS_OF_BRANCHES: [&str; 16] = [
        "快递", "速运", "速递", "物流", "银行", "保险", "人寿", "人保", "移动", "联通", "电信", "石化", "石油", "烟草",
        "证券", "邮政",
    ];
    /// Characters of the firm's name at most.
    const LONGEST: usize = 8;
    let branch = ["分公司", "支公司", "分行", "支行"].contains(&head_word);
    if !branch || start == floor || ending(&text[..start], &FIRMS_OF_BRANCHES).is_none() {
        return None;
    }
    places.binary_search_by_key(&start, |p| p.start as usize).ok()?;
    let from = border::run_start(text, start, LONGEST).max(floor);
    let firm = by_words(text, from, border::back(text, start, 2), &[]).unwrap_or_else(|| border::back(text, start, 2));
    (text[firm..start].chars().nth(3).is_some()).then_some(firm)
}

/// Where the short name of a firm begins whose first character seems to be a word of grammar (同|煤集团).
fn behind_part(text: &str, start: usize) -> Option<usize> {
    static WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::of_first(&FIRMS));
    let one = border::back(text, start, 1);
    (one < start && WORDS.starts(&text[one..]).next().is_some()).then_some(one)
}

/// Whether 工会 is cut out of 工 and 会员 (农民工会员); 工会员工 are the union's.
fn is_member(text: &str, head: Span) -> bool {
    let mut behind = text[head.end as usize..].chars();
    head.of(text) == "工会" && behind.next() == Some('员') && behind.next() != Some('工')
}

/// Where a bracket of at most six characters begins that ends at `at`, behind a name.
fn bracket_start(text: &str, at: usize) -> Option<usize> {
    let from = border::back(text, at, 8);
    let open = text[from..at].rfind(['(', '（'])? + from;
    let inner = text[open..at].trim_matches(['(', ')', '（', '）']);
    (open > 0 && !inner.is_empty() && inner.chars().all(is_cjk)).then_some(open)
}

/// Where a firm's name begins whose bracket names its place (甲乙（丙市）服装有限公司), if what is found of its second part
/// begins at `start`.
fn before_bracket(text: &str, start: usize, head_word: &str) -> Option<usize> {
    /// Characters of the second part that may be left before `start`, and of the first part.
    const LEFT: usize = 4;
    const FIRST: usize = 6;
    if !head_word.ends_with("公司") && !head_word.ends_with("集团") {
        return None;
    }
    let from = border::run_start(text, start, LEFT);
    if !text[..from].ends_with([')', '）']) || text[from..start].contains(border::is_grammar) {
        return None;
    }
    let open = bracket_start(text, from)?;
    let floor = border::run_start(text, open, FIRST);
    let whole = text[floor..open].chars().count();
    let name = by_words(text, floor, open, &[]).or((whole <= LEFT).then_some(floor))?;
    (text[name..open].chars().count() >= 2).then_some(name)
}

/// Whether a name can begin at `at`: where the run begins, or behind a word of grammar.
fn opens(text: &str, at: usize, floor: usize) -> bool {
    /// What is said of a person and an organisation.
    const OF_PEOPLE: [&str; 10] = ["原系", "曾任", "现任", "入职", "考入", "考上", "就读", "走访", "起诉", "状告"];
    at == floor
        || border::before(text, at).is_some_and(|c| border::is_mark(c) || border::is_grammar(c))
        || ending(&text[..at], &OF_PEOPLE).is_some()
}

/// Whether a stretch between a place and a head word can be part of a name.
fn is_plain(between: &str, nested: bool) -> bool {
    static NO_PART: CharSet = CharSet::new("的了着在由到向为对从据被让使给把将与及于是请该各每某这那其等");
    static NO_WORDS: LazyLock<WordFinder> = LazyLock::new(|| {
        WordFinder::new(&[
            "全市", "全省", "全区", "全县", "全镇", "各级", "各地", "多家", "一家", "有关", "部分", "其他", "联合",
            "一名", "一位", "两名", "多名", "几名", "数名", "组织", "召开", "举行", "成立", "带领", "率领", "携手",
            "会同", "前往", "深入", "走访", "书记", "推出", "建起", "建成", "新建", "设立", "开设", "启用", "投用",
            "打造", "举办", "开展",
        ])
    });
    let letters = between.chars().count();
    letters <= 16
        && !between.chars().any(|c| NO_PART.has(c))
        && !NO_WORDS.is_in(between)
        && (!nested && letters <= 6 || !has_verb(between))
}

/// Whether a stretch of words holds a verb that no name has.
fn has_verb(between: &str) -> bool {
    jieba().tag(between, true).iter().any(|t| t.tag == "v" && t.word.chars().count() > 1 && !is_inner(t.word))
}

/// Reads the words in front of the head from right to left, up to the first that no name has.
fn by_words(text: &str, floor: usize, at: usize, places: &[Span]) -> Option<usize> {
    // 据|市, which the words in front may be joined to.
    let level = border::back(text, at, 1);
    if floor < level
        && union::is_bare_level(&text[level..at])
        && text[floor..level].ends_with(['据', '经', '由', '请', '被'])
        && !places.iter().any(|p| p.end as usize == at)
    {
        return Some(level);
    }
    let words = jieba().tag(&text[floor..at], true);
    let mut start = at;
    let mut here = at;
    let mut counted = false;
    for (back, word) in words.iter().rev().enumerate() {
        here -= word.word.len();
        let inside_a_place = places.iter().any(|p| (p.start as usize) < here && here < p.end as usize);
        if !inside_a_place {
            let next = here + word.word.len();
            let next_is_place = places.iter().any(|p| p.start as usize == next)
                || next < at && union::is_bare_level(&text[next..border::on(text, next, 1)]) && back > 0;
            if ends_a_name(word.word, word.tag, next_is_place, back == 0) && !is_of_a_firm(text, here, word.word, at) {
                break;
            }
            if word.tag.starts_with('q') {
                counted = true;
            } else if word.tag.starts_with('m') && counted {
                return None;
            } else {
                counted = false;
            }
        }
        start = here;
    }
    // A place that begins in the middle opens the name if what stands before it is no name.
    if let Some(place) = places.iter().find(|p| p.start as usize > start) {
        let lead = &text[start..place.start as usize];
        if is_generic(lead) || lead.chars().count() == 1 || lead.starts_with(|c: char| c.is_numeric()) {
            start = place.start as usize;
        }
    }
    (start < at).then_some(start)
}

/// Whether 和 stands in the name of a firm, behind its first character and before a word of its trade (佳和商贸有限公司).
fn is_of_a_firm(text: &str, at: usize, word: &str, head: usize) -> bool {
    let first = border::back(text, at, 1);
    let opens = border::before(text, first).is_none_or(|c| border::is_mark(c) || border::is_grammar(c));
    word == "和"
        && first < at
        && opens
        && text[at..border::on(text, head, 6)].contains("有限")
        && text[first..at].chars().all(|c| is_cjk(c) && !border::is_grammar(c))
}

/// Whether a word in front of a head word cannot belong to the name.
fn ends_a_name(word: &str, tag: &str, next_is_place: bool, next_to_head: bool) -> bool {
    let letters = word.chars().count();
    match tag.as_bytes().first() {
        Some(b'p' | b'c' | b'u' | b'r' | b'y' | b'e' | b'o' | b't' | b'w') => true,
        Some(b'd') => !next_to_head || letters == 1,
        Some(b'v') if tag == "vn" => next_is_place,
        Some(b'v') => {
            next_is_place
                || if letters == 1 {
                    static ENDING: CharSet = CharSet::new(
                        "是在到为有请给让使来去由赴找向被叫说问听如像经办获做任即进入加属送领查开住占报完掉遭",
                    );
                    word.chars().all(|c| ENDING.has(c))
                } else {
                    !is_inner(word)
                }
        }
        _ => {
            let names_none = matches!(
                word,
                "记者"
                    | "通讯员"
                    | "其中"
                    | "近日"
                    | "日前"
                    | "目前"
                    | "同时"
                    | "此外"
                    | "职工"
                    | "同志"
                    | "一名"
                    | "一家"
                    | "所在"
                    | "下属"
                    | "所属"
                    | "当天"
                    | "当日"
                    | "来自"
                    | "期间"
                    | "成员单位"
            );
            // Verbs that the dictionary has for nouns.
            let does = matches!(word, "参观" | "指派" | "会同");
            let all_of_them = matches!(
                word,
                "各级"
                    | "各地"
                    | "全市"
                    | "全省"
                    | "全国"
                    | "全县"
                    | "全区"
                    | "全镇"
                    | "各"
                    | "全"
                    | "该"
                    | "本"
                    | "某"
                    | "多家"
                    | "等"
            );
            names_none && (next_is_place || !next_to_head) || does || all_of_them
        }
    }
}

/// Verbs that stand inside names (职工服务中心, 劳动保障局).
fn is_inner(word: &str) -> bool {
    static INNER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| INNER_WORDS.split_whitespace().collect());
    INNER.contains(word)
}

const INNER_WORDS: &str = " 发展 服务 管理 建设 投资 运输 检验 检测 保障 维权 监督 教育 培训 研究 设计 制造 加工 开发 经营 销售 贸易 生产 供应 工作 劳动 \
        救助 帮扶 互助 包装 印刷 装饰 度假 休闲 娱乐 洗浴 美容 电影 放映 装修 安装 维修 养护 种植 养殖 咨询 保险 代理 租赁 广告 策划 传播 创新 控股 清洁 保洁 配送 出版 发行 通信 交通 环保 \
        旅游 健身 餐饮 印染 纺织 铸造 锻造 焊接 喷涂 电镀 组织 调解 仲裁 监察 执法 规划 统计 审计 征收 收费 托管 护理 养老 康复 疗养 测绘 勘察 勘探 冶炼 \
        冷轧 热轧 轧钢 炼钢 炼铁 炼焦 烧结 焦化 选矿 采矿 采煤 洗煤 供电 发电 供水 供热 供气 排水 检修 运销 机修 \
        化工 爆破 施工 搬运 装卸 仓储 采购 拍卖 典当 担保 信用 结算 清算 证券 联合 合作 拓展 商贸 保卫 宣传 援助 法律援助 ";

/// Whether a head that needs a level or a place has it.
fn placed_or_level(own: &str, placed: bool, touches: bool) -> bool {
    if placed && touches {
        return true;
    }
    // 省委组织部: the committee that it belongs to.
    let committee = own.strip_suffix('委').filter(|own| !own.is_empty());
    let own = committee.unwrap_or(own);
    let level = own.chars().next_back().is_some_and(|c| "省市区县镇乡村州旗盟".contains(c))
        || [
            "街道",
            "社区",
            "科技城",
            "园区",
            "集团",
            "公司",
            "大学",
            "学院",
            "学校",
            "医院",
            "新城",
            "厂",
            "局",
            "机关",
            "兵团",
        ]
        .iter()
        .any(|s| own.ends_with(s));
    union::is_bare_level(own)
        || own == "地" && committee.is_some()
        || level && !is_generic(own)
        || placed && own.chars().count() <= 14
}

/// What a bare level may begin with.
static LEVEL: CharSet = CharSet::new("省市区县镇乡街村州旗自社开高园经新");

/// Whether what stands before the head word names somebody: a level, a name that no dictionary has or hardly knows.
fn is_name(own: &str, head_word: &str, head: Head) -> bool {
    if union::is_bare_level(own) {
        return head.union || head_word.chars().count() > 2;
    }
    // Elsewhere the words are not asked for before they are needed.
    let may_open_with_level = own.chars().next().is_some_and(|c| LEVEL.has(c));
    if !may_open_with_level && is_generic(own) {
        return false;
    }
    let words = jieba().tag(own, true);
    // 市快递行业工会 and 市建设工会 are names; 省产业工会 is any of them.
    if head_word == "工会" && union::is_bare_level(own.trim_end_matches("建设")) && own.ends_with("建设") {
        return true;
    }
    if words.len() > 1 && words.first().is_some_and(|w| union::is_bare_level(w.word)) {
        return words.len() > 2 || !is_generic(own.trim_start_matches(|c| "省市区县镇乡村".contains(c)));
    }
    if may_open_with_level && is_generic(own) {
        return false;
    }
    head_word.ends_with("有限公司")
        || head_word.ends_with("责任公司")
        || words.iter().any(|w| {
            matches!(w.tag, "ns" | "nr" | "nrt" | "nz" | "nt" | "x" | "nrfg" | "eng")
                || FIRMS.contains(&w.word)
                || !is_word(w.word)
                || look_up(w.word).frequency < RARE_WORD
                || w.word.chars().count() == 1
                    && !matches!(w.tag.as_bytes().first(), Some(b'm' | b'q' | b'f' | b'p' | b'd' | b'c' | b'u'))
        })
        || words.len() > 1
            && KINDS.iter().any(|s| own.ends_with(s))
            && !is_generic(words.first().map_or("", |w| w.word))
}

/// Short names of firms, many of which the dictionary has for common nouns.
const FIRMS: [&str; 35] = [
    "同煤", "阳煤", "晋煤", "平煤", "龙煤", "中煤", "川煤", "兖矿", "徐矿", "鞍钢", "武钢", "宝钢", "本钢", "首钢",
    "太钢", "攀钢", "包钢", "马钢", "济钢", "莱钢", "唐钢", "邯钢", "杭钢", "沙钢", "柳钢", "酒钢", "重钢", "昆钢",
    "南钢", "一汽", "二汽", "上汽", "北汽", "广汽", "中铁",
];

/// Occurrences in the dictionary's corpus below which a word may be a name.
const RARE_WORD: u32 = 20;

/// Words that name an organisation or place by their end.
const KINDS: [&str; 12] = ["社区", "村", "镇", "乡", "街道", "大厦", "集团", "公司", "学校", "医院", "局", "厂"];

/// Whether the words say only what kind of organisation it is.
fn is_generic(own: &str) -> bool {
    static GENERIC: LazyLock<FxHashSet<&str>> = LazyLock::new(|| GENERIC_WORDS.split_whitespace().collect());
    static FIRST: LazyLock<WordList> =
        LazyLock::new(|| WordList::of_first(&GENERIC_WORDS.split_whitespace().collect::<Vec<_>>()));
    if own.is_empty() || GENERIC.contains(own) {
        return true;
    }
    own.chars().count() <= 8
        && (own.ends_with('性')
            || own.ends_with('级')
            || own.ends_with('类')
            || own.ends_with('型')
            || own.ends_with("企业"))
        && !own.chars().any(|c| "省市县区".contains(c))
        // Most begin with no such word, which is told without a cut.
        || FIRST.starts(own).next().is_some() && jieba().cut(own, false).iter().all(|w| GENERIC.contains(w.word))
}

const GENERIC_WORDS: &str = " 首次 企业 基层 行业 产业 区域 单位 各级 上级 下级 全市 全省 全国 全县 全区 公司 集团 机关 学校 小微 小微企业 非公 非公企业 民营 民营企业 国有 国有企业 国企 \
        私营 外资 大型 中小 中小企业 独立 联合 区域性 行业性 所在 当地 本地 相关 有关 兄弟 村 社区 街道 乡镇 镇街 园区 楼宇 商圈 商会 县级 市级 区级 省级 镇级 村级 \
        星级 模范 先进 优秀 示范 品牌 智慧 网上 数字 地方 部门 一线 广大 众多 多家 知名 龙头 重点 骨干 下属 所属 分 总 子 母 大 小 新 老 物流 快递 外卖 建筑 保险 科技 \
        物业 保洁 劳务 装修 家政 旅游 房地产 出租车 公交 职工 员工 会员 我们 自己 本 该 某 一 企事业单位 事业单位 百强 规模 规上 上市 跨国 股份 有限 责任 工业 农业 \
        商业 民办 公办 私立 公立 定点 三甲 综合 专科 专业 中心 地区 市区 县区 城区 镇区 区县 县市区 市县 省市 乡村 农村 城市 城镇 山区 小区 校区 厂区 院区 景区 库区 新区 特区 灾区 社会 \
        家庭 服务 餐饮 酒店 商场 超市 货运 货车 平台 互联网 新业态 货运司机 货车司机 卡车司机 快递员 网约车 女职工 教师 班组 车间 分厂 项目 工地 施工 建设 代表 \
        全体 国内 国外 世界 全球 海外 境外 首家 首个 第一 最大 一些 许多 不少 部分 其他 另外 优质 特色 传统 现代 公益 慈善 志愿 民间 群众 群团 同级 本级 属地 外地 异地 对口 业务 \
        参保 用人 派遣 劳务派遣 用工 承包 总包 分包 生产 制造 加工 贸易 投资 管理 高校 大专 职业 技工 普通 希望 工会 辖区 附近 军事 特别 刑事 民事 巡回 单建 产业 新建 省部属 部属 省属 市属 区属 央企 ";

/// A user's own organisations and unions.
fn users(scan: &Scan<'_>, gazetteer: &Gazetteer, found: &mut Vec<Organisation>) {
    let mut added = Occupied::default();
    let mut own: Vec<Organisation> = Vec::new();
    for hit in &scan.hits {
        let Meaning::User(number) = hit.meaning else { continue };
        let Some(user) = gazetteer.user_name(number) else { continue };
        let union = user.kind == EntityKind::Union;
        let span = Span { start: hit.start, end: hit.end };
        if !(union || user.kind == EntityKind::Organisation) || added.overlaps(span) {
            continue;
        }
        added.insert(span);
        let full = user.canonical.as_deref().unwrap_or(&user.name);
        let level = union.then(|| union::level(full));
        own.push(Organisation { span, union, level, canonical: user.canonical.clone(), bare: false });
    }
    if own.is_empty() {
        return;
    }
    // A longer name that the article prints around the user's one keeps its place.
    let longer = Occupied::new(
        found
            .iter()
            .filter(|o| !own.iter().any(|u| u.span.start <= o.span.start && o.span.end <= u.span.end))
            .map(|o| o.span),
    );
    own.retain(|u| !longer.overlaps(u.span));
    found.retain(|o| !added.overlaps(o.span) || longer.overlaps(o.span));
    found.extend(own);
    found.sort_by_key(|o| o.span);
}
