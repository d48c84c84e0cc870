//! What a sum of money is: 慰问金3万元, 5000元的补贴, 人均380元.
//!
//! In this order: what stands right behind it, what a pattern of the sentence carries over to it, what stands before it in
//! its clause, and at last what the sum beside it is.

use std::ops::ControlFlow::{self, Break, Continue};

use super::behind::{behind, last_joined, piece_behind, quoted, varying};
use super::carry;
use super::front::{Front, in_front};
use crate::extract::quantity::block::{Block, Known, Phrase, REACH, opening_bracket};
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, noun, per};
use crate::record::FactKind;
use crate::text::{ending, sentence};

/// Ends of nouns that stand for what a clause tells.
const TOLD: &[&str] = &["事实", "情况", "问题", "经过", "行为", "情节", "消息", "过程", "事件"];

/// What is decided, or a phrase that may still be it.
type Decided = ControlFlow<Option<Phrase>, Option<Phrase>>;

/// A sum and what stands around it.
struct Sum<'c> {
    block: &'c Block<'c>,
    index: usize,
    candidate: &'c Candidate,
    /// What the candidates before it count.
    known: Known<'c>,
    /// Whether 的 follows.
    of: bool,
}

/// What the sum of number `index` is.
pub(super) fn of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let of = block.text.get(candidate.end + varying(block.text, candidate.end)) == '的';
    let sum = Sum { block, index, candidate, known, of };
    let found = match sum.behind() {
        Break(found) => found,
        Continue(named) => match sum.carried() {
            Some(found) => Some(found),
            None => match sum.before(named) {
                Break(found) => found,
                Continue(()) => named.or_else(|| sum.beside()).or_else(|| sum.of_row()),
            },
        },
    };
    let found = found.map(|found| without_union(block, found))?;
    sum.goods(found).or(Some(found))
}

/// Whether what stands behind a sum is an act of giving whose object, a person, a firm or the `next` number, follows it.
fn gives_to(block: &Block<'_>, found: Phrase, next: Option<usize>) -> bool {
    const ACT: usize = 2;
    const LONGEST: usize = 6;
    let text = block.text;
    let from = text.index_of(found.0);
    if !matches!(text.word(from, from + ACT), "资助" | "奖励" | "救助" | "补助" | "补贴" | "慰问" | "帮扶" | "扶持")
    {
        return false;
    }
    let object = from + ACT;
    let sum = block.printed.get(found.0..found.1).is_some_and(|name| name.ends_with(['金', '款', '费', '资']));
    !sum && (next == Some(object) || noun::opens(text.word(object, object + LONGEST)))
}

impl Sum<'_> {
    /// 价值40万元节日慰问物品3000份: what is worth so much stands behind.
    fn goods(&self, found: Phrase) -> Option<Phrase> {
        let Self { block, index, candidate, .. } = *self;
        let worth = block.printed.get(found.0..found.1) == Some("价值");
        if !worth || candidate.start != block.text.index_of(found.1) {
            return None;
        }
        let end = block.candidates.get(index + 1).map_or(candidate.end + REACH, |next| next.start);
        let end = sentence::clause_end(block.text, candidate.end, REACH).min(end);
        let behind = |found: &Phrase| found.0 == block.text.byte(candidate.end);
        let goods = block.phrase_after(candidate.end, end, false, Wanted::Thing).filter(behind);
        goods.or_else(|| block.phrase_before(candidate.end, end, Wanted::Thing).filter(behind))
    }

    /// What stands behind the sum: decided, or a phrase that may name it.
    fn behind(&self) -> Decided {
        const ONCE: &str = "一次性";
        let Self { block, index, candidate, of, .. } = *self;
        let text = block.text;
        let measure = in_front_is_sum(block, candidate);
        let named = behind(block, index, false, Wanted::Sum);
        // 受贿30万元的事实: what is told, and no sum.
        let told = |&(a, b): &Phrase| block.printed.get(a..b).is_some_and(|noun| of && ending(noun, TOLD).is_some());
        let named = named.filter(|found| !told(found));
        // 原价198元现价9.9元: the name of the next.
        let next = || block.candidates.get(index + 1).map(|c| c.start);
        let priced = measure || text.before(candidate.start) == '价';
        if priced && named.is_some_and(|found| next() == Some(text.index_of(found.1))) {
            return Continue(None);
        }
        // 拨款3亿元资助2000名学生, 投入300万元奖励创新团队: what is done with it, and to whom.
        let named = named.filter(|found| !(gives_to(block, *found, next())));
        let names_sum = named.is_some_and(|found| block.ends_in_sum(found));
        // 4000元一次性助学金.
        if text.has(candidate.end, ONCE) {
            let from = candidate.end + ONCE.chars().count();
            let to = sentence::clause_end(text, from, REACH);
            if let Some(found) =
                block.phrase_after(from, to, false, Wanted::Sum).filter(|&found| block.ends_in_sum(found))
            {
                return Break(Some(found));
            }
        }
        // 核发250万元“解困资金”, 追加1万元用于救灾的资金.
        if let Some(found) = titled_sum(block, candidate.end).or_else(|| sum_for(block, candidate.end)) {
            return Break(Some(found));
        }
        // 拿出1000元作为他上学的生活费: what it is to be.
        if let Some(found) = becomes_sum(block, candidate.end) {
            return Break(Some(found));
        }
        // 投资200万元资金: a sum behind it is named better than by the act; but 投入资金350万元建设驿站, 税收500万元以上企业:
        // what stands right before it is one, what follows is none.
        let paid = || {
            let word = text.word(candidate.start.saturating_sub(2), candidate.start);
            noun::ends_in_sum(word) && !noun::is_giving(word) && !noun::is_transitive(word)
        };
        // 发放资金260万元奖励先进职工: what is done with it.
        let act = named.is_some_and(|(a, b)| {
            let opening = |word: &str| word.char_indices().nth(2).map_or(b - a, |(at, _)| at);
            block.printed.get(a..b).is_some_and(|word| {
                let opening = &word[..opening(word)];
                noun::is_giving(opening) || opening == "补贴"
            })
        });
        if !of && named.is_some() && (names_sum && !(act && paid()) || !measure && !paid()) {
            return Break(named);
        }
        // 价值3000元的2部相机: the things that the next number counts.
        if of
            && text.has_before(candidate.start, "价值")
            && block.candidates.get(index + 1).is_some_and(|n| n.start == candidate.end + 1)
        {
            return Break(behind(block, index + 1, true, Wanted::Thing));
        }
        // 以500万元的价格中标工程.
        if of
            && let Some(n) = text.one_of(candidate.end + 1, &["价格", "低价", "高价", "单价", "售价", "成交价"])
            && named.is_some_and(|found| found.0 == text.byte(candidate.end + 1))
        {
            let start = candidate.end + 1;
            return Break(Some((text.byte(start), text.end_byte(start + n, block.printed))));
        }
        // 每头奶牛100元的保费, 对该领域15亿欧元的投资: what follows names the sum.
        let prize = || named.is_some_and(|(a, b)| block.printed.get(a..b).is_some_and(|name| name.ends_with('奖')));
        if of && (names_sum || prize()) {
            return Break(named);
        }
        // 价值60万元的“护眼灯”: the name in quotation marks.
        if of && named.is_none() && text.get(candidate.end + 1) == '“' {
            return Break(quoted(block, candidate.end + 1));
        }
        match named {
            None if of => {
                // 超过2000亿元的居全国首位的存款: a clause before the name of the sum.
                let far = behind(block, index, true, Wanted::Sum).filter(|&found| block.ends_in_sum(found));
                Continue(far.or_else(|| closing_sum(block, index)))
            }
            // 加发60元过节慰问金: all that is left of the clause.
            None if !measure => match closing_sum(block, index) {
                Some(found) => Break(Some(found)),
                None => Continue(None),
            },
            named => Continue(named),
        }
    }

    /// What a pattern of the sentence says of it.
    fn carried(&self) -> Option<Phrase> {
        let Self { block, index, candidate, known, .. } = *self;
        // 交纳2万兰特(3.5兰特合1美元)的罚金: what follows the bracket.
        let bracketed = || {
            let mut inside = candidate.end..candidate.end + REACH;
            let close = inside.find(|&i| block.text.get(i) == ')').filter(|_| block.text.get(candidate.end) == '(')?;
            behind_bracket(block, close)
        };
        let exchanged = |i: usize| carry::is_exchanged(block, i);
        if exchanged(index) || index.checked_sub(1).is_some_and(exchanged) {
            return carry::exchange_rate(block, index, known);
        }
        self.in_other_currency()
            .or_else(|| converted(block, index, known))
            .or_else(|| counted_in_money(block, index, known))
            .or_else(bracketed)
            .or_else(|| carry::bracketed(block, index, known))
            .or_else(|| carry::paid_of(block, index, known))
            .or_else(|| carry::extreme(block, index, known))
    }

    /// 赃款500万元(含存单)、4万美元、100万港元: the same in another currency.
    fn in_other_currency(&self) -> Option<Phrase> {
        let Self { block, index, candidate, .. } = *self;
        let outer = block.previous_outside(index)?;
        let previous = block.candidates.get(outer)?;
        let mark =
            candidate.start.checked_sub(1).filter(|&i| matches!(block.text.get(i), '、' | '和' | '与' | '及'))?;
        let beside = previous.end == mark
            || block.text.before(mark) == ')' && opening_bracket(block.text, mark) == Some(previous.end);
        let other = previous.kind == candidate.kind && previous.unit != candidate.unit;
        self.known.get(outer).copied().flatten().filter(|_| beside && other)
    }

    /// What stands before it in its clause; `named`: what stands behind it.
    fn before(&self, named: Option<Phrase>) -> ControlFlow<Option<Phrase>> {
        let Self { block, index, candidate, known, of } = *self;
        let front = in_front(block, index, known);
        let phrase = if let Front::Phrase(from, to) = front { Some((from, to)) } else { None };
        let is_named = phrase.is_some_and(|found| names_sum(block, found));
        // 标准为:特困职工每户1500元: who gets it is no sum.
        if !is_named && let Some(found) = carry::standard(block, candidate.start) {
            return Break(Some(found));
        }
        // 贸易额分别是:日本,608亿美元.
        if let Some(found) = carry::listed(block, candidate.start)
            && phrase.is_none_or(|found| block.is_place(found))
        {
            return Break(Some(found));
        }
        // 其中郑州600万元, 专科每人3000元: who gets it is no sum.
        let receives = || {
            let each = || per::is_each(block, index) || block.text.before(candidate.start) == '各';
            let receiver = |found| each() || block.noun_of(found).is_some() || block.is_place(found);
            !is_named && phrase.is_none_or(receiver)
        };
        if let Some(found) = carry::part_of_sum(block, index, known, phrase.is_some())
            && receives()
        {
            return Break(Some(found));
        }
        let word = phrase.and_then(|(from, to)| block.printed.get(from..to)).unwrap_or_default();
        match front {
            Front::Phrase(from, to) => {
                // 优抚金户均达2499元,城市达5248元: where, of the same sum.
                let where_it_is = || {
                    block.previous(index).filter(|p| carry::beside(block, p, candidate))?;
                    known.get(index - 1).copied().flatten()
                };
                // 税收收入7548亿元,增收900亿元: of the sum that was named.
                let gained = || {
                    let each = block.text.before(block.text.index_of(from)) == '均';
                    if each { None } else { carry::sum_before(block, index, known) }
                };
                Break(match word {
                    _ if PARTS_OF_COUNTRY.contains(&word)
                        && let Some(same) = where_it_is() =>
                    {
                        Some(same)
                    }
                    // 当地有2000万元的财产: what stands before is no sum.
                    _ if of && named.is_some() && !is_named => named,
                    "增收" | "减收" => gained().or(Some((from, to))),
                    _ => Some((from, to)),
                })
            }
            Front::Nothing | Front::Unclear if let Some(found) = carry::trend(block, index) => Break(Some(found)),
            // 两三千元的学费 opens its clause.
            Front::Nothing | Front::Unclear if let Some(found) = carry::same_period(block, index, known) => {
                Break(Some(found))
            }
            Front::Nothing if !of => {
                Break(carry::topic(block, index, known).or_else(|| carry::ranked(block, candidate)))
            }
            Front::Unclear if !of && let Some(found) = carry::ranked(block, candidate) => Break(Some(found)),
            // 规定的每桶21美元的参考价.
            Front::Headless => Break(named.filter(|_| of)),
            Front::Nothing | Front::Unclear => Continue(()),
        }
    }

    /// 本科生每人4000元、专科生每人3000元: one sum, and who gets how much of it; but 账外资金300万元的问题.
    fn beside(&self) -> Option<Phrase> {
        const LONGEST: usize = 8;
        let Self { block, index, candidate, .. } = *self;
        let previous = block.previous(index)?;
        let between = previous.end..candidate.start;
        let near = between.len() <= LONGEST
            && !between.into_iter().any(|i| block.text.one_of(i, &["分别", "获", "赔", "领", "得"]).is_some())
            && carry::beside(block, previous, candidate);
        let found = self.known.get(index - 1).copied().flatten();
        found.filter(|found| near && !carry::is_label(block, previous, *found))
    }

    /// 4000元、4500元和5000元补助: what stands behind the last of them.
    fn of_row(&self) -> Option<Phrase> {
        let last = last_joined(self.block, self.index)?;
        behind(self.block, last, false, Wanted::Sum).or_else(|| closing_sum(self.block, last))
    }
}

/// A sum's name without the 总 of who gives it: 市总|补助50元.
fn without_union(block: &Block<'_>, (from, to): Phrase) -> (usize, usize) {
    let all = block.printed.get(from..to).is_some_and(|name| name.starts_with('总'));
    let union = block.printed.get(..from).is_some_and(|before| before.ends_with(['省', '市', '县', '区', '州', '镇']));
    if all && union { (from + '总'.len_utf8(), to) } else { (from, to) }
}

/// The name of a sum in the quotation marks that open at `open`.
fn titled_sum(block: &Block<'_>, open: usize) -> Option<Phrase> {
    let found = quoted(block, open).filter(|_| block.text.get(open) == '“')?;
    let inside = block.printed.get(found.0..found.1)?.trim_matches(['“', '”']);
    noun::ends_in_sum(inside).then_some(found)
}

/// The name of a sum behind what it is for: 用于救灾的资金.
fn sum_for(block: &Block<'_>, at: usize) -> Option<Phrase> {
    let text = block.text;
    let end = text.has(at, "用于").then(|| sentence::clause_end(text, at, REACH))?;
    let of = (at..end).rev().find(|&i| text.get(i) == '的')?;
    sum_at(block, of + 1, end)
}

/// The name of a sum behind what it becomes: 作为他上学的生活费.
fn becomes_sum(block: &Block<'_>, at: usize) -> Option<Phrase> {
    let text = block.text;
    let from = at + text.one_of(at, &["作为", "用作", "充作", "当作"])?;
    let end = sentence::clause_end(text, from, REACH);
    let of = (from..end).rev().find(|&i| text.get(i) == '的').map_or(from, |of| of + 1);
    sum_at(block, of, end)
}

/// The name of a sum that begins right at `from`.
fn sum_at(block: &Block<'_>, from: usize, to: usize) -> Option<Phrase> {
    let found = block.phrase_after(from, to, false, Wanted::Sum)?;
    (found.0 == block.text.byte(from) && names_sum(block, found)).then_some(found)
}

/// Where some of those live whom a sum is paid to.
const PARTS_OF_COUNTRY: &[&str] = &[
    "省内", "省外", "市内", "市外", "国内", "国外", "城市", "农村", "城镇", "乡村", "城乡", "山区", "市区", "郊区",
    "县城", "牧区", "沿海", "内地",
];

/// The few characters behind 的 that end the clause, where they end like a sum, whatever jieba has them for (结婚贺金).
fn closing_sum(block: &Block<'_>, index: usize) -> Option<Phrase> {
    const LONGEST: usize = 8;
    let (from, to) = piece_behind(block, index)?;
    let from = from + usize::from(block.text.get(from) == '的');
    // What is done with the sum: 500元作为助学金.
    if "作用为等是充抵买购交缴付捐存还补给发领不没未就才都也全即属".contains(block.text.get(from))
    {
        return None;
    }
    if matches!(block.text.get(from), '和' | '与' | '及' | '、' | '或') {
        return None;
    }
    let found = (block.text.byte(from), block.text.end_byte(to, block.printed));
    let fits = (2..=LONGEST).contains(&to.saturating_sub(from)) && noun::ends_sum(block.text, to - 1);
    (fits && block.printed.get(found.0..found.1).is_some_and(|w| w.chars().all(crate::text::is_cjk))).then_some(found)
}

/// What a sum in another currency before the bracket is: 销售额达8.2亿比索(合4100万美元).
fn converted(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
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
fn counted_in_money(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let text = block.text;
    let start = block.candidates.get(index)?.start;
    let n = text.one_before(start, &["约合", "折合", "折款", "折价"])?;
    let comma = (start - n).checked_sub(1).filter(|&i| text.get(i) == ',')?;
    let before = index.checked_sub(1).filter(|&i| block.candidates.get(i).is_some_and(|p| p.end == comma))?;
    known.get(before).copied().flatten()
}

/// The sum whose name stands behind the bracket that closes at `close`.
fn behind_bracket(block: &Block<'_>, close: usize) -> Option<Phrase> {
    let text = block.text;
    let from = close + 1;
    if !text.has(close, ")的") {
        return None;
    }
    block.phrase_after(from, sentence::clause_end(text, from, REACH), false, Wanted::Sum)
}

/// Whether a phrase can be the name of a sum.
fn names_sum(block: &Block<'_>, (from, to): Phrase) -> bool {
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
