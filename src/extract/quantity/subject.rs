//! What is counted or paid: the noun phrase on either side of a quantity.
//!
//! In: a block's candidates and dates, and which of them. Out: the phrase, in bytes of the printed text.
//!
//! Method: behind a measure word (名, 家, 户) the phrase that follows; else, what stands before it in the clause without
//! the words that only link it (共, 已有, 达, 增至), brackets and dates. Where nothing is left, the quantity belongs to
//! the phrase that the one before it counts (34笔共2万余元, 由82.6%上升至91.3%).

use super::front::{Front, in_front, opening_bracket};
use super::links::is_change;
use super::phrase::Wanted;
use super::{Candidate, carry, measured, noun, per, phrase};
use crate::record::{Approx, FactKind};
use crate::text::{Folded, sentence};

/// A block's text with what was found in it.
pub(super) struct Block<'b> {
    pub text: &'b Folded,
    pub printed: &'b str,
    pub candidates: &'b [Candidate],
    pub dates: &'b [(usize, usize)],
}

impl Block<'_> {
    /// The candidate before that of number `index`.
    pub(super) fn previous(&self, index: usize) -> Option<&Candidate> {
        self.candidates.get(index.checked_sub(1)?)
    }

    /// The last candidate before that of number `index` that stands in no bracket which closes between the two.
    pub(super) fn previous_outside(&self, index: usize) -> Option<usize> {
        const NEAR: usize = 24;
        let start = self.candidates.get(index)?.start;
        let mut at = index.checked_sub(1)?;
        loop {
            let end = self.candidates.get(at)?.end;
            let mark = (end..start.min(end + NEAR)).find(|&i| matches!(self.text.get(i), '(' | ')'));
            let Some(close) = mark.filter(|&i| self.text.get(i) == ')') else { return Some(at) };
            let Some(open) = opening_bracket(self.text, close) else { return Some(at) };
            at = self.candidates[..at].iter().rposition(|c| c.end <= open)?;
        }
    }

    /// The phrase that ends at `to` and does not begin before `from`, both in characters.
    pub(super) fn phrase_before(&self, from: usize, to: usize, wanted: Wanted) -> Option<(usize, usize)> {
        let (a, b) = (self.text.byte(from), self.text.end_byte(to, self.printed));
        let (start, end) = phrase::before(self.printed.get(a..b)?, wanted)?;
        Some((a + start, a + end))
    }

    /// What kind of noun a phrase is.
    pub(super) fn noun_of(&self, (from, to): (usize, usize)) -> Option<noun::Noun> {
        noun::of(self.printed.get(from..to)?.trim_matches(['“', '”']))
    }

    /// Whether a phrase is the name of a place and nothing else.
    pub(super) fn is_place(&self, (from, to): (usize, usize)) -> bool {
        // 新乡、鹤壁: several of them.
        let place = |name: &str| {
            let words = crate::text::jieba().tag(name, false);
            matches!(words.as_slice(), [one] if one.tag == "ns")
        };
        self.printed.get(from..to).is_some_and(|phrase| phrase.split('、').all(place))
    }

    /// The date that ends right before `at`.
    pub(super) fn date_ending(&self, at: usize) -> Option<(usize, usize)> {
        let index = self.dates.partition_point(|d| d.1 < at);
        self.dates.get(index).copied().filter(|d| d.1 == at)
    }

    /// Where the date begins that 从 or 由 opens a 时的 or 的 right before `at` with: 从1994年投产时的.
    pub(super) fn since(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 10;
        if self.text.before(at) != '的' {
            return None;
        }
        let index = self.dates.partition_point(|d| d.1 <= at).checked_sub(1)?;
        let &(start, end) = self.dates.get(index)?;
        let near = at - end <= LONGEST && sentence::clause_start(self.text, at, LONGEST + end - start) <= start;
        (near && matches!(self.text.before(start), '从' | '由')).then_some(start)
    }

    /// Where the last date before `at` ends.
    pub(super) fn last_date_end(&self, at: usize) -> Option<usize> {
        let index = self.dates.partition_point(|d| d.1 <= at).checked_sub(1)?;
        self.dates.get(index).map(|d| d.1)
    }

    /// Where the first date from `from` on begins.
    fn next_date(&self, from: usize) -> Option<usize> {
        self.dates.get(self.dates.partition_point(|d| d.0 < from)).map(|d| d.0)
    }

    /// Where the date or quantity ends that `at` stands in.
    pub(super) fn end_of_mention(&self, at: usize) -> Option<usize> {
        let date = self.dates.get(self.dates.partition_point(|d| d.1 <= at)).filter(|d| d.0 <= at).map(|d| d.1);
        let index = self.candidates.partition_point(|c| c.end <= at);
        date.or_else(|| self.candidates.get(index).filter(|c| c.start <= at).map(|c| c.end))
    }
}

/// How far a phrase is looked for, in characters.
pub(super) const REACH: usize = 32;

/// What the candidate of number `index` counts. `known` holds what those before it count.
pub(super) fn of(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let text = block.text;
    match candidate.kind {
        FactKind::Ordinal | FactKind::Frequency => return behind(block, index, true, Wanted::Thing),
        FactKind::Age => return measured::age(block, index, known),
        FactKind::Duration => return measured::duration(block, index, known),
        FactKind::Area => return measured::area(block, index, known),
        FactKind::Money => return sum(block, index, known).map(|found| without_union(block, found)),
        FactKind::Percentage => return share(block, index, known),
        _ => {}
    }
    // 120个家庭: the noun is the unit itself.
    if candidate.kind == FactKind::Households && text.has_before(candidate.end, "家庭") {
        return Some((text.byte(candidate.end - 2), text.end_byte(candidate.end, block.printed)));
    }
    let people = candidate.kind == FactKind::People;
    let wanted = match candidate.kind {
        FactKind::People => Wanted::Person,
        FactKind::Households => Wanted::Household,
        FactKind::Organisations => Wanted::Organisation,
        _ => Wanted::Thing,
    };
    let counts = !matches!(candidate.kind, FactKind::Multiple | FactKind::Length | FactKind::Weight);
    let measure_word = counts && !matches!(candidate.unit.as_deref(), Some("人" | "人次" | "户次"));
    // 分别有3名、5名和8名职工: what stands behind the last of them.
    if measure_word
        && let Some(last) = last_joined(block, index)
        && let Some(found) = behind(block, last, true, wanted)
        && block.noun_of(found).is_some()
    {
        return Some(found);
    }
    if measure_word || candidate.no_measure_word {
        // 至少有8家是近年合并的结果: what is said of them.
        let said =
            text.get(candidate.end) == '是' && matches!(candidate.unit.as_deref(), Some("家" | "户" | "名" | "位"));
        let found = behind(block, index, true, wanted).filter(|f| !said && !is_attribute(block, index, *f));
        let found = found.or_else(|| behind_attribute(block, index, wanted, NEAR));
        // 70多位盼着补发3个月工资的职工: what is found are no people.
        let nobody = people && found.is_none_or(|f| block.noun_of(f) != Some(noun::Noun::Person));
        let far = if nobody { behind_attribute(block, index, wanted, FAR) } else { None };
        // 8个加工能力超万吨的加工厂: the same of firms.
        let may_be_firm = candidate.by_noun || candidate.kind == FactKind::Organisations;
        let no_firm = may_be_firm && found.is_none_or(|f| block.noun_of(f).is_none());
        let firm = |f: &(usize, usize)| block.noun_of(*f) == Some(noun::Noun::Organisation);
        let far = far.or_else(|| if no_firm { behind_attribute(block, index, wanted, FAR).filter(firm) } else { None });
        // 18名“优秀教师”: the title in quotation marks.
        let titled = || {
            let (from, to) = quoted(block, candidate.end).filter(|_| text.get(candidate.end) == '“')?;
            let inside = block.printed.get(from..to)?;
            let inside = inside.get('“'.len_utf8()..inside.len() - '”'.len_utf8())?;
            (people && noun::of(inside) == Some(noun::Noun::Person)).then_some((from, to))
        };
        // 受访企业中,3515家计划招聘: what stands behind is no noun of theirs.
        let framed = || {
            let known_kind =
                matches!(candidate.kind, FactKind::Organisations | FactKind::People | FactKind::Households);
            let opens = sentence::clause_start(text, candidate.start, REACH) == candidate.start;
            let kind = match candidate.kind {
                FactKind::Organisations => noun::Noun::Organisation,
                FactKind::Households => noun::Noun::Household,
                _ => noun::Noun::Person,
            };
            let odd = found.is_none_or(|f| block.noun_of(f) != Some(kind));
            carry::frame(block, candidate.start).filter(|&f| {
                known_kind && opens && odd && block.noun_of(f).is_some() && text.byte(candidate.start) >= f.1
            })
        };
        if let Some(found) = far.or_else(framed).or(found).or_else(titled) {
            let places = matches!(candidate.unit.as_deref(), Some("个" | "所" | "家" | "间" | "处"));
            return Some(if places { for_whom(block, found).unwrap_or(found) } else { found });
        }
    } else if people && let Some(found) = group_behind(block, index) {
        return Some(found);
    }
    // 1名因中毒入院的患者: who stands behind what is said of them.
    if measure_word
        && people
        && "因由从来被患为刚遭受".contains(text.get(candidate.end))
        && let Some(found) = behind_clause(block, candidate)
    {
        return Some(found);
    }
    // 组织12支、共计560人的救援队: what stands behind how large they are.
    if measure_word
        && text.get(candidate.end) == '、'
        && let Some(next) = block.candidates.get(index + 1)
        && next.kind == FactKind::People
        && text.get(next.end) == '的'
        && next.start <= candidate.end + NEAR
        && let Some(found) = behind(block, index + 1, true, wanted)
    {
        return Some(found);
    }
    let again = if people { counted_again(block, index, known) } else { None };
    match in_front(block, index, known) {
        // 农村又有27万人口脱贫: the people themselves, and not where.
        Front::Phrase(..) | Front::Unclear | Front::Nothing
            if people && text.has_before(candidate.end, "人口") && !matches!(text.get(candidate.end), '的' | '中') =>
        {
            Some((text.byte(candidate.end - 2), text.end_byte(candidate.end, block.printed)))
        }
        // 参保单位增加206个,总数达到3017个.
        Front::Phrase(from, to)
            if block.printed.get(from..to).is_some_and(|w| ["总数", "总量", "数量"].contains(&w))
                && let Some(previous) = block.previous(index)
                && previous.kind == candidate.kind
                && previous.unit == candidate.unit
                && text.byte(previous.end + 1) == from
                && let Some(same) = known.get(index - 1).copied().flatten() =>
        {
            Some(same)
        }
        // 引进企业105家,其中投产92家: what they did.
        Front::Phrase(from, to)
            if block.printed.get(from..to).is_some_and(|w| ACTS.contains(&w))
                && let Some(same) = carry::same_measure(block, index, known) =>
        {
            Some(same)
        }
        Front::Phrase(from, to) => Some((from, to)),
        // 保障对象1500多户、3000多人: the same, counted another way.
        Front::Nothing | Front::Unclear | Front::Headless if again.is_some() => again,
        Front::Headless => carry::frame(block, candidate.start)
            .or_else(|| carry::same_measure(block, index, known))
            .or_else(|| headless(block, candidate)),
        // 带出的47个徒弟里,有9人成了技师.
        Front::Nothing | Front::Unclear
            if people
                && !measure_word
                && text.before(candidate.start) == '有'
                && let Some(found) = carry::frame(block, candidate.start)
                && block.noun_of(found) == Some(noun::Noun::Person) =>
        {
            Some(found)
        }
        // 3.1万人次职工: nothing before it says what is counted.
        Front::Nothing | Front::Unclear if people && !measure_word => {
            let at_once = |named: &(usize, usize)| {
                let person = block.noun_of(*named) == Some(noun::Noun::Person);
                person && text.get(candidate.end) != '的' && named.0 == text.byte(candidate.end)
            };
            let named = behind(block, index, false, wanted).filter(at_once);
            named.or_else(|| carry::of_whom(block, index)).or_else(|| carry::same_measure(block, index, known))
        }
        // 748个村中,有173个减免了提留: one of what the frame counts.
        Front::Nothing
            if measure_word
                && (text.before(candidate.start) == '有'
                    || text.one_of(candidate.start, &["至少有", "至少"]).is_some()) =>
        {
            carry::frame(block, candidate.start).or_else(|| carry::same_measure(block, index, known))
        }
        // 3倍罚款, 两倍工资.
        Front::Nothing | Front::Unclear if candidate.kind == FactKind::Multiple => {
            behind(block, index, false, Wanted::Sum).filter(|f| f.0 == text.byte(candidate.end))
        }
        Front::Nothing | Front::Unclear if counts => carry::same_measure(block, index, known),
        Front::Nothing | Front::Unclear => None,
    }
}

/// What becomes of those that are counted, which jieba has for nouns.
const ACTS: &[&str] =
    &["投产", "开工", "竣工", "建成", "办结", "结案", "获奖", "入选", "落户", "签约", "开业", "达标", "就业", "入会"];

/// The people behind the first 的 of the clause that have any there.
fn behind_clause(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let text = block.text;
    let clause = sentence::clause_end(text, candidate.end, REACH);
    (candidate.end..clause).filter(|&i| text.get(i) == '的').find_map(|of| {
        let (a, b) = (text.byte(of + 1), text.end_byte(clause, block.printed));
        let (start, end) = phrase::after(block.printed.get(a..b)?, true, Wanted::Person)?;
        let found = (a + start, a + end);
        (block.noun_of(found) == Some(noun::Noun::Person)).then_some(found)
    })
}

/// The place that is named by the people whom it is for: 374个|下岗女工再就业服务站.
fn for_whom(block: &Block<'_>, (from, to): (usize, usize)) -> Option<(usize, usize)> {
    const LONGEST: usize = 10;
    const PLACES: &[&str] = &[
        "服务站",
        "工作站",
        "信息站",
        "站点",
        "网点",
        "驿站",
        "中心",
        "基地",
        "之家",
        "市场",
        "学校",
        "俱乐部",
        "服务点",
        "工作室",
        "活动室",
        "阅览室",
        "书屋",
        "公寓",
        "食堂",
        "宿舍",
        "浴室",
        "学院",
    ];
    if block.noun_of((from, to)) != Some(noun::Noun::Person) {
        return None;
    }
    let rest = block.printed.get(to..)?;
    let stop = |c: char| !crate::text::is_cjk(c) || "的了在到是被把为与和有".contains(c);
    let end = rest.char_indices().take(LONGEST).find(|(_, c)| stop(*c)).map_or(rest.len(), |(at, _)| at);
    let name = rest.get(..end)?;
    let last = PLACES.iter().filter_map(|p| name.find(p).map(|at| at + p.len())).min()?;
    // 服务中心主任, 学校附近的工厂: not yet the end of it.
    if rest.get(last..)?.chars().next().is_some_and(|c| crate::text::is_cjk(c) && c != '的') {
        return None;
    }
    if name.starts_with("之家") {
        return Some((from, to + last));
    }
    let words = crate::text::jieba().tag(name.get(..last)?, false);
    // In 职工走进活动室 something is said of them.
    let names = |tag: &str, word: &str| {
        tag == "vn" || tag.starts_with(['n', 'b', 'j', 's']) || noun::is_nominal_verb(word) || word == "再"
    };
    words.iter().all(|w| names(w.tag, w.word)).then_some((from, to + last))
}

/// What the quantity before counts, where 、 alone stands between the two and people are meant.
fn counted_again(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let again = matches!(previous.kind, FactKind::Households | FactKind::People);
    let near =
        previous.end == candidate.start || previous.end + 1 == candidate.start && block.text.get(previous.end) == '、';
    let found = known.get(index - 1).copied().flatten().filter(|_| again && near)?;
    (block.noun_of(found) != Some(noun::Noun::Organisation)).then_some(found)
}

/// A phrase that names no noun, where nothing else does: 硕士生以上的有21人.
fn headless(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    const LINKS: usize = 4;
    let of = (candidate.start.saturating_sub(LINKS)..candidate.start).rev().find(|&i| block.text.get(i) == '的')?;
    // 比不上客队的7个: theirs.
    if of + 1 == candidate.start && candidate.kind != FactKind::People {
        return None;
    }
    block.phrase_before(sentence::clause_start(block.text, of, REACH), of, Wanted::Person)
}

/// A sum's name without the 总 of who gives it: 市总|补助50元.
fn without_union(block: &Block<'_>, (from, to): (usize, usize)) -> (usize, usize) {
    let all = block.printed.get(from..to).is_some_and(|name| name.starts_with('总'));
    let union = block.printed.get(..from).is_some_and(|before| before.ends_with(['省', '市', '县', '区', '州', '镇']));
    if all && union { (from + '总'.len_utf8(), to) } else { (from, to) }
}

/// What a sum is.
fn sum(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let of = block.text.get(candidate.end + varying(block.text, candidate.end)) == '的';
    let measure = in_front_is_sum(block, candidate);
    let is_sum = |(a, b): (usize, usize)| block.printed.get(a..b).is_some_and(noun::ends_in_sum);
    let named = behind(block, index, false, Wanted::Sum);
    // 核发250万元“解困资金”, 追加1万元用于救灾的资金.
    if let Some(found) = titled_sum(block, candidate.end).or_else(|| sum_for(block, candidate.end)) {
        return Some(found);
    }
    // 投资200万元资金: a sum behind it is named better than by the act.
    // 投入资金350万元建设驿站, 税收500万元以上企业: what stands right before it is one, what follows is none.
    let paid = candidate.start >= 2 && {
        let word = block.text.word(candidate.start - 2, candidate.start);
        noun::ends_in_sum(word) && !noun::is_giving(word) && !noun::is_transitive(word)
    };
    if !of && named.is_some() && (!(measure || paid) || named.is_some_and(is_sum)) {
        return named;
    }
    // 价值3000元的2部相机: the things that the next number counts.
    if of
        && block.text.has_before(candidate.start, "价值")
        && block.candidates.get(index + 1).is_some_and(|n| n.start == candidate.end + 1)
    {
        return behind(block, index + 1, true, Wanted::Thing);
    }
    // 每头奶牛100元的保费, 对该领域15亿欧元的投资: what follows names the sum.
    if of && named.is_some_and(is_sum) {
        return named;
    }
    // 价值60万元的“护眼灯”: the name in quotation marks.
    if of && named.is_none() && block.text.get(candidate.end + 1) == '“' {
        return quoted(block, candidate.end + 1);
    }
    // 超过2000亿元的居全国首位的存款: a clause before the name of the sum.
    let far = || behind(block, index, true, Wanted::Sum).filter(|&f| is_sum(f)).or_else(|| closing_sum(block, index));
    let named = named.or_else(|| if of { far() } else { None });
    // 加发60元过节慰问金: all that is left of the clause.
    if !of
        && !measure
        && named.is_none()
        && let Some(found) = closing_sum(block, index)
    {
        return Some(found);
    }
    if let Some(found) = converted(block, index, known).or_else(|| counted_in_money(block, index, known)) {
        return Some(found);
    }
    // 交纳2万兰特(3.5兰特合1美元)的罚金: what follows the bracket.
    if block.text.get(candidate.end) == '('
        && let Some(close) = (candidate.end..candidate.end + REACH).find(|&i| block.text.get(i) == ')')
        && let Some(found) = behind_bracket(block, close)
    {
        return Some(found);
    }
    let carried = carry::bracketed(block, index, known)
        .or_else(|| carry::paid_of(block, index, known))
        .or_else(|| carry::extreme(block, index, known));
    if carried.is_some() {
        return carried;
    }
    let front = in_front(block, index, known);
    // 标准为:特困职工每户1500元: who gets it is no sum.
    if !matches!(front, Front::Phrase(a, b) if names_sum(block, (a, b)))
        && let Some(found) = carry::standard(block, candidate.start)
    {
        return Some(found);
    }
    // 其中郑州600万元, 专科每人3000元: who gets it is no sum.
    let receives = || match front {
        Front::Phrase(a, b) if names_sum(block, (a, b)) => false,
        Front::Phrase(a, b) => {
            let each = per::is_each(block, index) || block.text.before(candidate.start) == '各';
            each || block.noun_of((a, b)).is_some() || block.is_place((a, b))
        }
        _ => true,
    };
    if let Some(found) = carry::part_of_sum(block, index, known, matches!(front, Front::Phrase(..)))
        && receives()
    {
        return Some(found);
    }
    match front {
        Front::Nothing | Front::Unclear if let Some(found) = carry::trend(block, index) => return Some(found),
        // 优抚金户均达2499元,城市达5248元: where, of the same sum.
        Front::Phrase(from, to)
            if block.printed.get(from..to).is_some_and(|w| PARTS_OF_COUNTRY.contains(&w))
                && let Some(previous) = block.previous(index)
                && carry::beside(block, previous, candidate)
                && let Some(same) = known.get(index - 1).copied().flatten() =>
        {
            return Some(same);
        }
        // 当地有2000万元的财产: what stands before is no sum.
        Front::Phrase(from, to) if of && named.is_some() && !names_sum(block, (from, to)) => return named,
        // 税收收入7548亿元,年均增收900亿元: of the sum that was named.
        Front::Phrase(from, to)
            if block.text.before(block.text.index_of(from)) != '均'
                && block.printed.get(from..to).is_some_and(|w| matches!(w, "增收" | "减收" | "增支" | "节支"))
                && let Some(found) = carry::sum_before(block, index, known) =>
        {
            return Some(found);
        }
        Front::Phrase(from, to) => return Some((from, to)),
        // 两三千元的学费 opens its clause.
        Front::Nothing if !of => return carry::topic(block, index, known).or_else(|| carry::ranked(block, candidate)),
        Front::Unclear if !of && let Some(found) = carry::ranked(block, candidate) => return Some(found),
        // 规定的每桶21美元的参考价.
        Front::Headless => return named.filter(|_| of),
        Front::Nothing | Front::Unclear => {}
    }
    // 给予5000元的补贴, but 账外资金300万元的问题.
    let named = named.or_else(|| {
        // 本科生每人4000元、专科生每人3000元: one sum, and who gets how much of it.
        const LONGEST: usize = 8;
        let previous = block.previous(index)?;
        let near = candidate.start - previous.end <= LONGEST
            && !(previous.end..candidate.start)
                .any(|i| block.text.one_of(i, &["分别", "获", "赔", "领", "得"]).is_some())
            && carry::beside(block, previous, candidate);
        known.get(index - 1).copied().flatten().filter(|found| near && !carry::is_label(block, previous, *found))
    });
    // 4000元、4500元和5000元补助: what stands behind the last of them.
    named.or_else(|| behind(block, last_joined(block, index)?, false, Wanted::Sum))
}

/// The last of the quantities of one kind that stand in a row with this one (3名、5名和8名).
fn last_joined(block: &Block<'_>, index: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let joined = |pair: &[Candidate]| {
        pair[0].kind == pair[1].kind
            && pair[1].start == pair[0].end + 1
            && matches!(block.text.get(pair[0].end), '和' | '或' | '、' | '与' | '及')
    };
    let row = block.candidates.get(index..)?.windows(2).take(LONGEST).take_while(|pair| joined(pair)).count();
    (row > 0).then_some(index + row)
}

/// What stands in the quotation marks that open at `open`, with them.
fn quoted(block: &Block<'_>, open: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 14;
    let close = (open + 2..open + LONGEST).find(|&i| block.text.get(i) == '”')?;
    Some((block.text.byte(open), block.text.end_byte(close + 1, block.printed)))
}

/// The name in the quotation marks that open at `open`, with the noun that it belongs to: “百日攻坚”小分队.
fn named_in_quotes(block: &Block<'_>, open: usize, to: usize, wanted: Wanted) -> Option<(usize, usize)> {
    let (from, close) = quoted(block, open).filter(|_| block.text.get(open) == '“')?;
    let behind = block.printed.get(close..block.text.end_byte(to, block.printed)).unwrap_or_default();
    // 第一个“拜访”的星球.
    if behind.starts_with('的') {
        return None;
    }
    let noun = phrase::after(behind, true, wanted).filter(|found| found.0 == 0);
    Some((from, close + noun.map_or(0, |found| found.1)))
}

/// The name of a sum in the quotation marks that open at `open`.
fn titled_sum(block: &Block<'_>, open: usize) -> Option<(usize, usize)> {
    let found = quoted(block, open).filter(|_| block.text.get(open) == '“')?;
    let inside = block.printed.get(found.0..found.1)?.trim_matches(['“', '”']);
    noun::ends_in_sum(inside).then_some(found)
}

/// The name of a sum behind what it is for: 用于救灾的资金.
fn sum_for(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let text = block.text;
    let end = text.has(at, "用于").then(|| sentence::clause_end(text, at, REACH))?;
    let of = (at..end).rev().find(|&i| text.get(i) == '的')?;
    let (a, b) = (text.byte(of + 1), text.end_byte(end, block.printed));
    let (from, to) = phrase::after(block.printed.get(a..b)?, false, Wanted::Sum)?;
    let found = (a + from, a + to);
    (from == 0 && names_sum(block, found)).then_some(found)
}

/// How long 不等 is behind a sum (3000—5000元不等的助学金).
fn varying(text: &Folded, at: usize) -> usize {
    if text.has(at, "不等的") { 2 } else { 0 }
}

/// Where some of those live whom a sum is paid to.
const PARTS_OF_COUNTRY: &[&str] = &[
    "省内", "省外", "市内", "市外", "国内", "国外", "城市", "农村", "城镇", "乡村", "城乡", "山区", "市区", "郊区",
    "县城", "牧区", "沿海", "内地",
];

/// The few characters behind 的 that end the clause, where they end like a sum, whatever jieba has them for (结婚贺金).
fn closing_sum(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 8;
    let (from, to) = piece_behind(block, index)?;
    let from = from + usize::from(block.text.get(from) == '的');
    // What is done with the sum: 500元作为助学金.
    if "作用为等是充抵买购交缴付捐存还补给发领不没未就才都也全即属".contains(block.text.get(from))
    {
        return None;
    }
    let found = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let fits = (2..=LONGEST).contains(&to.saturating_sub(from)) && noun::ends_sum(block.text, to - 1);
    (fits && block.printed.get(found.0..found.1).is_some_and(|w| w.chars().all(crate::text::is_cjk))).then_some(found)
}

/// What a sum in another currency before the bracket is: 销售额达8.2亿比索(合4100万美元).
fn converted(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let text = block.text;
    let start = block.candidates.get(index)?.start;
    let n = text.one_before(start, &["约合", "折合", "约折合", "相当于", "合", "约", "折"]).unwrap_or(0);
    let open = (start - n).checked_sub(1).filter(|&i| text.get(i) == '(')?;
    let before = index.checked_sub(1);
    if before.and_then(|i| block.candidates.get(i)).is_some_and(|p| p.end == open && p.kind == FactKind::Money) {
        return before.and_then(|i| known.get(i).copied().flatten());
    }
    if n == 0 {
        return None;
    }
    // 235亿比索(约合2900万美元)的损失: what follows the bracket.
    let end = block.candidates.get(index)?.end;
    behind_bracket(block, end).or_else(|| carry::unread(block, open))
}

/// What was counted right before, where its worth opens the next clause: 备了1.8万份,折合64.5万元.
fn counted_in_money(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let text = block.text;
    let start = block.candidates.get(index)?.start;
    let n = text.one_before(start, &["约合", "折合", "折款", "折价"])?;
    let comma = (start - n).checked_sub(1).filter(|&i| text.get(i) == ',')?;
    let before = index.checked_sub(1).filter(|&i| block.candidates.get(i).is_some_and(|p| p.end == comma))?;
    known.get(before).copied().flatten()
}

/// The sum whose name stands behind the bracket that closes at `close`.
fn behind_bracket(block: &Block<'_>, close: usize) -> Option<(usize, usize)> {
    let text = block.text;
    let from = close + 1;
    if !text.has(close, ")的") {
        return None;
    }
    let (a, b) = (text.byte(from), text.end_byte(sentence::clause_end(text, from, REACH), block.printed));
    let (start, end) = phrase::after(block.printed.get(a..b)?, false, Wanted::Sum)?;
    Some((a + start, a + end))
}

/// Whether a phrase can be the name of a sum.
fn names_sum(block: &Block<'_>, (from, to): (usize, usize)) -> bool {
    let named = block.printed.get(from..to).unwrap_or_default();
    // 总额达2000万元的订单: a word for how much alone is none.
    if ["总额", "金额", "总金额"].contains(&named) {
        return false;
    }
    noun::ends_in_sum(named)
        || ["标准", "价值", "总值", "规模", "资产", "产值", "利税", "资本", "债务"].iter().any(|w| named.ends_with(w))
}

/// Whether the word right before a sum, its qualifiers apart, is what the sum measures: 案值30万元以上走私大要案.
fn in_front_is_sum(block: &Block<'_>, candidate: &Candidate) -> bool {
    const MEASURES: &[&str] = &[
        "案值",
        "涉案金额",
        "标的额",
        "产值",
        "年收入",
        "月收入",
        "注册资本",
        "注册资金",
        "投资",
        "造价",
        "出资",
        "注资",
        "捐资",
        "捐款",
        "贷款",
        "拨款",
        "融资",
        "集资",
        "筹资",
        "斥资",
        "耗资",
    ];
    // 价值 is none: 价值45万元物资, the things are meant.
    let links = block.text.one_before(candidate.start, &["不过", "仅", "只有", "达", "约", "近", "超"]).unwrap_or(0);
    block.text.one_before(candidate.start - links, MEASURES).is_some()
}

/// Verbs that say something of a share (70%来自毕业生), and do not modify the noun behind them (九成受访职工).
const SAYING: &[&str] = &[
    "来自", "属于", "成为", "获得", "参加", "加入", "拥有", "选择", "通过", "用于", "流向", "分布", "转为", "得到",
    "依靠", "拿出", "返还", "留给", "上缴", "愿意", "认为", "表示", "希望", "没有", "能够", "可以", "已经", "实现",
    "达到", "享受", "接受", "留在", "是", "为", "进入", "从事", "由", "给", "作为", "奖励", "补助", "投入", "下降",
    "增长",
];

/// What a share is of.
fn share(block: &Block<'_>, index: usize, known: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let points = candidate.unit.as_deref() == Some("百分点");
    // 合格率100%的成绩: of the rate.
    let level = block.text.one_before(candidate.start, &["达到", "达", "为"]).unwrap_or(0);
    if block.text.get(candidate.end) == '的' && block.text.before(candidate.start - level) != '率' {
        let whole = behind(block, index, false, Wanted::Thing);
        if let Some(found) = whole.or_else(|| behind(block, index, true, Wanted::Organisation)) {
            // 会费25%的比例: what the share is of stands before it.
            let rate = block
                .printed
                .get(found.0..found.1)
                .is_some_and(|w| RATES.contains(&w) || LEVELS.iter().any(|level| w.starts_with(level)));
            return match in_front(block, index, known) {
                Front::Phrase(from, to) if rate => Some((from, to)),
                _ => Some(found),
            };
        }
        // 九成的死亡发生在夜里: an act that is shared, before its verb.
        if let Some(found) = act_behind(block, candidate) {
            return Some(found);
        }
    } else if !points
        && !SAYING.iter().any(|v| block.text.has(candidate.end, v))
        // 近1/3职工, 九成工人: people, firms or households right behind it are what it is a share of.
        && let Some(found) = behind(block, index, true, Wanted::Person)
        && found.0 == block.text.byte(candidate.end)
        && block.noun_of(found).is_some()
    {
        return Some(found);
    }
    if let Some(found) = carry::bracketed(block, index, known).or_else(|| carry::by_year(block, index, known)) {
        return Some(found);
    }
    if let Some(rate) = rate_of_each(block, candidate) {
        return Some(rate);
    }
    if let Some(found) = in_bracket(block, candidate) {
        return Some(found);
    }
    // 相当于成本的20%、售价的12%: of another whole.
    let listed = block.previous(index).filter(|p| p.kind == FactKind::Percentage && is_listed(block, p, candidate));
    match in_front(block, index, known) {
        // 百人以上企业建会率达100%,小企业达到85%: the same rate of others.
        Front::Phrase(from, to)
            if block.noun_of((from, to)).is_some()
                && block.text.one_before(candidate.start, &["达到", "达", "为", "仅有", "也达", "仅为"]).is_some()
                && let Some(rate) = same_rate(block, index, known, from) =>
        {
            Some(rate)
        }
        Front::Phrase(from, to) => Some((from, to)),
        Front::Headless if listed.is_some() => known.get(index - 1).copied().flatten(),
        Front::Headless => carry::frame(block, candidate.start).or_else(|| whole(block, candidate)),
        // 达到97%,比上年提高5个百分点: of what was measured right before.
        Front::Nothing | Front::Unclear if points && follows_a_share(block, index) => {
            known.get(index - 1).copied().flatten()
        }
        // 这样的企业只有148家,不足5%.
        Front::Nothing if !points && carry::alone_behind(block, index) => known.get(index - 1).copied().flatten(),
        // 居民中六成信佛,两成信教: the shares of one whole.
        Front::Nothing if !points && carry::parallel(block, index) => known.get(index - 1).copied().flatten(),
        // 前来报名的青年,有60%落选.
        Front::Nothing if !points && block.text.before(candidate.start) == '有' => {
            named_before(block, candidate).or_else(|| carry::frame(block, candidate.start))
        }
        // 148家规模过百人的企业,95%以上招收学徒.
        Front::Nothing
            if !points
                && let Some(found) = named_before(block, candidate)
                && block.noun_of(found).is_some()
                && block.text.before(block.text.index_of(found.0)) == '的' =>
        {
            Some(found)
        }
        Front::Nothing | Front::Unclear if !points && let Some(found) = carry::trend(block, index) => Some(found),
        // 约70%驻日美军基地集中在这里: nothing before the share says what it is of.
        Front::Nothing if !points => {
            behind(block, index, false, Wanted::Thing).filter(|f| f.0 == block.text.byte(candidate.end))
        }
        Front::Nothing | Front::Unclear => None,
    }
}

/// What stands before the bracket that a share is all of: 涨工资(62.4%)、疗休养(占41%).
fn in_bracket(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    const LONGEST: usize = 6;
    let text = block.text;
    let start = candidate.start - usize::from(text.before(candidate.start) == '占');
    let open = start.checked_sub(1).filter(|&i| text.get(i) == '(' && text.get(candidate.end) == ')')?;
    let parts = |i: &usize| !crate::text::is_cjk(text.get(*i)) || matches!(text.get(*i), '是' | '为');
    let from = (open.saturating_sub(LONGEST + 1)..open).rev().find(parts)? + 1;
    (from < open).then(|| (text.byte(from), text.end_byte(open, block.printed)))
}

/// The rate that the clause before names, where this one gives it for each of several (合格率,小学、初中分别达97%、94%).
fn rate_of_each(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let text = block.text;
    let clause = sentence::clause_start(text, candidate.start, REACH);
    let comma = clause.checked_sub(1).filter(|&i| text.get(i) == ',')?;
    (clause..candidate.start).find(|&i| text.has(i, "分别"))?;
    if text.one_before(comma, &["率", "比例", "比重"]).is_none() || text.get(clause) == '比' {
        return None;
    }
    block.phrase_before(sentence::clause_start(text, comma, REACH), comma, Wanted::Share)
}

/// The rate that the share right before is, where the clause of this one opens with whose rate it is.
fn same_rate(
    block: &Block<'_>,
    index: usize,
    known: &[Option<(usize, usize)>],
    opens: usize,
) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let clause = sentence::clause_start(block.text, candidate.start, REACH);
    // 25人以上企业: how large they are stands between.
    let previous = block.candidates[..index].iter().rposition(|c| c.end < clause)?;
    let beside = block.candidates.get(previous).is_some_and(|c| c.kind == candidate.kind && c.end + 1 == clause);
    let found = known.get(previous).copied().flatten().filter(|_| beside && block.text.byte(clause) <= opens)?;
    block.printed.get(found.0..found.1).filter(|rate| rate.ends_with('率')).map(|_| found)
}

/// Whether the clause only compares (分别比上年提高), and a share ends the one before.
fn follows_a_share(block: &Block<'_>, index: usize) -> bool {
    let Some((candidate, previous)) = block.candidates.get(index).zip(block.previous(index)) else { return false };
    let text = block.text;
    let clause = sentence::clause_start(text, candidate.start, REACH);
    let compares = text.one_of(clause, &["分别比", "比", "较", "同比", "分别较"]).is_some();
    previous.kind == FactKind::Percentage && previous.end + 1 >= clause && compares
}

/// Whether a share of another whole follows one behind an enumeration comma.
fn is_listed(block: &Block<'_>, previous: &Candidate, candidate: &Candidate) -> bool {
    const LONGEST: usize = 10;
    block.text.get(previous.end) == '、'
        && candidate.start - previous.end <= LONGEST
        && block.text.before(candidate.start) == '的'
}

/// The verb behind 的 that another verb says something of.
fn act_behind(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let from = candidate.end + 1;
    let (a, b) = (block.text.byte(from), block.text.end_byte(phrase_end(block.text, from), block.printed));
    let words = crate::text::jieba().tag(block.printed.get(a..b)?, false);
    let act = words.first().filter(|w| w.tag.starts_with('v') && w.word.chars().count() == 2)?;
    let said = words.get(1).is_some_and(|w| w.tag.starts_with(['v', 'p', 'd']));
    said.then(|| (a, a + act.word.len()))
}

/// The noun that ends the clause before a share that 有 opens its own with.
fn named_before(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let end = candidate.start.checked_sub(2).filter(|&i| block.text.get(i) == ',')?;
    let from = sentence::clause_start(block.text, end, REACH).max(block.last_date_end(end).unwrap_or(0));
    let counted = block.end_of_mention(from).is_some() || (from..end).any(|i| block.text.get(i).is_ascii_digit());
    if counted { None } else { block.phrase_before(from, end, Wanted::Share) }
}

/// The whole that a share is of, where nothing else is named: 把利润的10%.
fn whole(block: &Block<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let text = block.text;
    let of = (candidate.start.saturating_sub(2)..candidate.start).rev().find(|&i| text.get(i) == '的')?;
    // 10小时以上的占46%: another quantity says which of them.
    if block.end_of_mention(of - usize::from(of > 0)).is_some() {
        return None;
    }
    let from = sentence::clause_start(text, of, REACH);
    block.phrase_before(from, of, Wanted::Sum)
}

/// The group that 人 only says the size of: 5人小组, 3000多人的企业.
fn group_behind(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    const GROUPS: &[&str] = &[
        "队伍",
        "大军",
        "组织",
        "小组",
        "团",
        "队",
        "班",
        "班子",
        "专班",
        "组",
        "家庭",
        "大厂",
        "矿",
        "村",
        "镇",
        "合唱",
        "方阵",
        "委员会",
    ];
    let candidate = block.candidates.get(index)?;
    let of = block.text.get(candidate.end) == '的';
    let found = behind(block, index, of, Wanted::Thing)?;
    let named = block.printed.get(found.0..found.1)?;
    // 20人考上重点大学: where they go.
    if ["考上", "考入", "考取", "进入", "来自", "加入", "走进"].iter().any(|verb| named.starts_with(verb))
    {
        return None;
    }
    let group = GROUPS.iter().any(|g| named.ends_with(g));
    let kind = noun::of(named);
    // 从业人员50人以上的企业: the people are named before.
    if of
        && !group
        && kind.is_some()
        && let Front::Phrase(a, b) = in_front(block, index, &[])
        && block.noun_of((a, b)) == Some(noun::Noun::Person)
    {
        return None;
    }
    (group || of && kind.is_some() || kind == Some(noun::Noun::Organisation)).then_some(found)
}

/// Whether what stands behind a count only opens its attribute: 6艘价值1亿美元的船舶.
fn is_attribute(block: &Block<'_>, index: usize, (from, to): (usize, usize)) -> bool {
    const MEASURES: &[&str] = &["价值", "面积", "总价", "单价", "造价", "年龄", "身高", "容量", "投资", "总投资"];
    let next = block.candidates.get(index + 1).is_some_and(|n| block.text.byte(n.start) == to);
    next && block.printed.get(from..to).is_some_and(|w| MEASURES.contains(&w))
}

/// How far behind a count a quantity may stand that is its attribute, in characters: right behind it, and within a clause.
const NEAR: usize = 4;
const FAR: usize = 14;

/// The noun behind an attribute that is itself a quantity: 17名28岁以下的青年.
fn behind_attribute(block: &Block<'_>, index: usize, wanted: Wanted, reach: usize) -> Option<(usize, usize)> {
    let candidate = block.candidates.get(index)?;
    let next = block.candidates.get(index + 1)?;
    // 23万家百人以上企业: how large each of them is.
    let sized = next.start == candidate.end
        && matches!(next.approx, Approx::AtLeast | Approx::AtMost)
        && matches!(
            next.kind,
            FactKind::People
                | FactKind::Money
                | FactKind::Organisations
                | FactKind::Weight
                | FactKind::Area
                | FactKind::Length
        );
    if sized && block.text.get(next.end) != '的' {
        let found = behind(block, index + 1, true, wanted)?;
        return (found.0 == block.text.byte(next.end) && block.noun_of(found).is_some()).then_some(found);
    }
    let attribute = reach > NEAR
        || matches!(
            next.kind,
            FactKind::Age
                | FactKind::Duration
                | FactKind::Money
                | FactKind::Percentage
                | FactKind::Length
                | FactKind::Area
                | FactKind::Weight
        );
    let text = block.text;
    let clause = sentence::clause_end(text, candidate.end, REACH);
    if !attribute || next.start > clause || next.start > candidate.end + reach {
        return None;
    }
    let of = (next.end..clause).rev().find(|&i| text.get(i) == '的')?;
    let (a, b) = (text.byte(of + 1), text.end_byte(clause, block.printed));
    let (start, end) = phrase::after(block.printed.get(a..b)?, true, wanted)?;
    let found = (a + start, a + end);
    (wanted != Wanted::Person || block.noun_of(found).is_some()).then_some(found)
}

/// The end of the piece behind a candidate: its clause's, or the next candidate's start.
pub(super) fn piece_behind(block: &Block<'_>, index: usize) -> Option<(usize, usize)> {
    let from = block.candidates.get(index)?.end;
    let from = from + varying(block.text, from);
    let end = phrase_end(block.text, from);
    let next = block.candidates.get(index + 1).map_or(usize::MAX, |c| c.start);
    let date = block.next_date(from).unwrap_or(usize::MAX);
    Some((from, end.min(next).min(date)))
}

/// A clause's end; a list goes on over 、 and a name in brackets is read over elsewhere.
fn phrase_end(text: &Folded, from: usize) -> usize {
    sentence::clause_end(text, from, REACH)
}

/// What a sum is the measure of, not the sum itself.
const RATES: &[&str] = &["标准", "价格", "额度", "比例", "档次", "限额", "规模", "预测", "预期"];

/// What a number reaches or goes by, and what is no thing that it measures (以30%的速度, 突破百亿元大关).
const LEVELS: &[&str] =
    &["大关", "关口", "门槛", "纪录", "记录", "速度", "幅度", "水平", "目标", "份额", "增幅", "增速"];

/// Verbs between 标准 and what is given.
const GIVING: &[&str] =
    &["给予", "发放", "予以", "进行", "支付", "提供", "发给", "享受", "领取", "补发", "缴纳", "收取"];

/// Whether nothing stands behind a count, so that what stands before it is counted.
fn counts_alone(block: &Block<'_>, candidate: &Candidate) -> bool {
    let people = matches!(candidate.kind, FactKind::People | FactKind::Households | FactKind::Organisations);
    people && !crate::text::is_cjk(block.text.get(candidate.end))
}

pub(super) fn behind(block: &Block<'_>, index: usize, counts: bool, wanted: Wanted) -> Option<(usize, usize)> {
    let money = wanted == Wanted::Sum;
    let (from, to) = piece_behind(block, index)?;
    if from >= to {
        return None;
    }
    let (a, b) = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let piece = block.printed.get(a..b)?;
    if counts
        && !money
        && let Some(found) = named_in_quotes(block, from, to, wanted)
    {
        return Some(found);
    }
    let (start, mut end) = phrase::after(piece, counts, wanted)?;
    // 4个分店、员工130名: the last of them is counted by the next number.
    if counts
        && end == piece.len()
        && block.candidates.get(index + 1).is_some_and(|next| next.start == to && counts_alone(block, next))
        && let Some(mark) = piece.get(start..end).and_then(|w| w.rfind('、')).filter(|&at| at > 0)
    {
        end = start + mark;
    }
    // 13个精简为9个: a change, and no noun.
    let change = piece.get(end..).is_some_and(|rest| rest.starts_with(['为', '成', '到', '至']));
    if change && counts && matches!(block.text.before(block.candidates.get(index)?.start), '由' | '从') {
        return None;
    }
    // 由每人60元调整为100元.
    if change && piece.get(start..end).is_some_and(is_change) {
        return None;
    }
    // 300辆车里,有20辆: the frame is no part of it.
    if counts && end == piece.len() && piece.ends_with('里') && piece[start..end].chars().count() == 2 {
        end -= '里'.len_utf8();
    }
    let found = piece.get(start..end)?;
    // 按3500元/人的标准发放补助金: the sum is the aid.
    if money && RATES.contains(&found) {
        let rest = piece.get(end..)?;
        // 以60元的价格拍卖.
        if found == "价格" {
            return Some((a + start, a + end));
        }
        let skipped = GIVING.iter().find(|v| rest.starts_with(**v))?.len();
        let (more, last) = phrase::after(rest.get(skipped..)?, false, Wanted::Sum)?;
        return Some((a + end + skipped + more, a + end + skipped + last));
    }
    // 给予奖补, 无法追回: what is done with the sum.
    if money && start == 0 {
        if let Some(verb) = GIVING.iter().find(|v| piece.starts_with(**v)) {
            let (more, last) = phrase::after(piece.get(verb.len()..)?, false, Wanted::Sum)?;
            return Some((a + verb.len() + more, a + verb.len() + last));
        }
        if piece.starts_with("无法") || piece.starts_with("用于") {
            return None;
        }
    }
    // 突破百亿元大关: what stands before it passes the mark.
    if money && LEVELS.contains(&found) {
        return None;
    }
    // What follows a sum is its noun only if it can be one: 救助5000元职工 names no sum.
    if money && noun::of(found) == Some(noun::Noun::Person) {
        return None;
    }
    Some((a + start, a + end))
}
