//! The words between a number and what it counts, passed over from the number back.

use std::sync::LazyLock;

use super::is_relative;
use crate::extract::quantity::block::{Block, REACH, opening_bracket};
use crate::extract::quantity::links::{change_before, link_before};
use crate::extract::quantity::{Candidate, adverbs, per};
use crate::record::FactKind;
use crate::text::{Folded, WordList, is_word, sentence};

/// How far it is from a number to the words that name what it counts, and what the words between said.
pub(super) struct Walk<'b> {
    /// Where the words end that name it, in characters.
    pub at: usize,
    /// The candidate before, and where it ends: it goes no further back.
    pub previous: Option<&'b Candidate>,
    pub floor: usize,
    /// A verb of change (增加到).
    pub level: bool,
    /// 其中 and the like.
    pub part: bool,
    /// 占.
    pub whole: bool,
    /// 达, 为.
    pub reached: bool,
}

impl<'b> Walk<'b> {
    /// From the candidate of number `index` back.
    pub(super) fn back(block: &'b Block<'_>, index: usize, candidate: &Candidate) -> Self {
        let previous = block.previous(index);
        let mut walk = Self {
            at: candidate.start,
            previous,
            floor: previous.map_or(0, |c| c.end),
            level: false,
            part: false,
            whole: false,
            reached: false,
        };
        while walk.length(block, index, candidate)
            || walk.at > walk.floor
                && (walk.date(block)
                    || walk.bracket(block.text)
                    || walk.until_now(block.text)
                    || walk.change(block, candidate)
                    || walk.rate(block.text)
                    || walk.link(block.text, candidate))
        {}
        walk
    }

    /// 货币6个月来分别贬值15%: how long it took is no part of what is measured.
    fn length(&mut self, block: &'b Block<'_>, index: usize, candidate: &Candidate) -> bool {
        let Some(length) = self.previous.filter(|p| p.kind == FactKind::Duration) else { return false };
        let text = block.text;
        let behind = text.one_of(length.end, &["以来", "来", "里", "间"]).filter(|_| is_relative(candidate));
        let behind = behind.or_else(|| text.one_of(length.end, &["时间"]));
        // 增幅连续三年|保持在20%.
        let running = text.one_before(length.start, &["连续", "一连"]).filter(|_| self.at == length.end);
        if running.is_none() && behind.is_none_or(|n| self.at != length.end + n) {
            return false;
        }
        let short = text.one_before(length.start, &["短短", "仅仅"]);
        self.at = length.start - running.or(short).unwrap_or(0);
        self.previous = block.candidates.get(..index - 1).and_then(|before| before.last());
        self.floor = self.previous.map_or(0, |c| c.end);
        true
    }

    fn date(&mut self, block: &Block<'_>) -> bool {
        if let Some(date) = block.date_ending(self.at).filter(|d| d.0 >= self.floor) {
            self.at = date.0;
            // 股市继12日|上升2.1%后.
            if self.level && self.at > self.floor && block.text.before(self.at) == '继' {
                self.at -= 1;
            }
            return true;
        }
        if matches!(block.text.before(self.at), '的' | '前' | '起')
            && let Some(date) = block.date_ending(self.at - 1)
        {
            // 参保率须|在明年6月底前达到100%.
            let due = block.text.before(self.at) == '前' && block.text.before(date.0) == '在' && date.0 > self.floor;
            self.at = if due { date.0 - 1 } else { self.at - 1 };
            return true;
        }
        // 从1994年刚投产时的7.8%上升: since when is no part of what rises.
        let since = block.since(self.at).filter(|&d| d > self.floor);
        self.at = since.unwrap_or(self.at);
        since.is_some()
    }

    fn bracket(&mut self, text: &Folded) -> bool {
        if !matches!(text.before(self.at), ')' | '）') {
            return false;
        }
        let open = opening_bracket(text, self.at);
        let open = open.filter(|&i| i >= self.floor || self.previous.is_none_or(|p| p.start >= i));
        self.at = open.unwrap_or(self.at);
        open.is_some()
    }

    /// 提升到现在的4.6万多元.
    fn until_now(&mut self, text: &Folded) -> bool {
        const THEN: &[&str] =
            &["现在的", "目前的", "如今的", "当前的", "原来的", "最初的", "前几年的", "几年前的", "过去的"];
        if text.before(self.at) != '的' {
            return false;
        }
        let Some(n) = text.one_before(self.at, THEN).filter(|n| self.at - n >= self.floor) else { return false };
        let moves = matches!(text.before(self.at - n), '到' | '至' | '由' | '从' | '为');
        self.at -= if moves { n } else { 0 };
        moves
    }

    /// A verb of change, and the adverbs before it.
    fn change(&mut self, block: &Block<'_>, candidate: &Candidate) -> bool {
        let text = block.text;
        let to = matches!(text.before(self.at), '到' | '至' | '为' | '了');
        // 单位比2021年增加206个.
        let than = |end: usize| {
            let n = change_before(text, end)?;
            block.date_ending(end - n).filter(|d| matches!(text.before(d.0), '比' | '较'))
        };
        // 用户全年新增640万户.
        let added = || self.at == candidate.start && text.one_before(self.at, ADDED).is_some();
        // 比上年增加813万人: more of what was counted before.
        let compared =
            || matches!(text.get(sentence::clause_start(text, candidate.start, REACH)), '比' | '较' | '同' | '环');
        let may_change = to
            || self.level
            || is_relative(candidate)
            || matches!(candidate.kind, FactKind::Money | FactKind::Duration)
            || added()
            || compared()
            || than(self.at).is_some();
        let end = if to { self.at - 1 } else { self.at };
        // 费用比原来节约85%.
        let saved = || if is_relative(candidate) { text.one_before(end, &["节约", "节省"]) } else { None };
        // 容量比去年大两倍.
        let larger = || {
            let size = is_relative(candidate)
                && "大小长重贵宽厚强".contains(text.before(end))
                && !is_word(text.word(end.saturating_sub(2), end));
            let clause = sentence::clause_start(text, end, REACH);
            (size && (clause..end).any(|i| matches!(text.get(i), '比' | '较'))).then_some(1)
        };
        let n = change_before(text, end).or_else(saved).or_else(larger).filter(|_| may_change);
        let Some(n) = n else { return false };
        self.level = true;
        self.at = end - n;
        while let Some(n) = adverb(text, self.at).filter(|n| self.at - n >= self.floor) {
            self.at -= n;
        }
        // 工资年增长8%: by the year, not 上年.
        if text.before(self.at) == '年'
            && block.date_ending(self.at).is_none()
            && !matches!(text.get(self.at.wrapping_sub(2)), '上' | '去' | '今' | '前' | '同' | '当' | '全' | '往')
        {
            self.at -= 1;
        }
        true
    }

    /// 成交单价为每吨55元.
    fn rate(&mut self, text: &Folded) -> bool {
        let unit = per::unit_before(text, self.at, &['每'], 5).filter(|(n, _)| self.at >= self.floor + n);
        self.at -= unit.map_or(0, |(n, _)| n);
        unit.is_some()
    }

    fn link(&mut self, text: &Folded, candidate: &Candidate) -> bool {
        // 职工分3批疗休养.
        let parts = matches!(candidate.unit.as_deref(), Some("批" | "期" | "组" | "路"));
        if parts && text.before(self.at) == '分' && self.at == candidate.start && self.at > self.floor {
            self.at -= 1;
            return true;
        }
        // 这幅画值50元, but 产值50元, 增加值50元.
        let worth = candidate.kind == FactKind::Money && text.before(self.at) == '值' && self.at > self.floor + 1;
        if worth && !"均比产价数市净总面加保增贬升货币分峰极案险估标定限".contains(text.get(self.at - 2))
        {
            self.at -= 1;
            return true;
        }
        // 贷存比为95%: the name of a rate, and no comparison.
        let ratio = text.before(self.at) == '比'
            && self.at < candidate.start
            && matches!(text.get(self.at), '为' | '达' | '是' | '升' | '降');
        let link = link_before(text, self.at).filter(|n| !ratio && self.at - n >= self.floor);
        let Some(n) = link else { return false };
        self.part |= text.one_of(self.at - n, &["其中", "实到", "另有"]).is_some();
        self.reached |= matches!(text.before(self.at), '达' | '为' | '至' | '到' | '从' | '由');
        self.whole |= is_relative(candidate) && text.has_before(self.at, "占");
        self.at -= n;
        true
    }
}

/// Verbs by which what is counted becomes more or less, right before the number.
const ADDED: &[&str] =
    &["新增", "净增", "缩减", "减少", "增加", "净减", "精简", "裁减", "压缩", "减员", "增员", "裁员"];

/// How long the adverb is that ends right before `at`.
fn adverb(text: &Folded, at: usize) -> Option<usize> {
    static LIST: LazyLock<WordList> =
        LazyLock::new(|| WordList::of_last(&[BEFORE_CHANGES, adverbs::OF_CHANGE, adverbs::OF_ANY_VERB].concat()));
    LIST.before(text, at).map(|word| word.chars().count())
}

/// Further adverbs before a verb of change, several of them too (平均每年将下降).
const BEFORE_CHANGES: &[&str] = &[
    "相应",
    "月人均",
    "年人均",
    "人均",
    "户均",
    "全年",
    "当年",
    "亦",
    "每月定额",
    "每年定额",
    "不同程度地",
    "同比",
    "可比",
    "同步",
    "再次",
    "环比",
    "又",
    "再",
    "猛",
    "年均",
    "每年",
    "每月",
    "净",
    "累计",
    "共",
    "可",
    "实际",
    "可能",
    "也许",
    "或许",
    "大概",
    "应当",
    "应该",
    "必须",
    "至少",
    "起码",
    "相对",
    "略",
    "稍",
    "都",
    "显著",
    "逐渐",
    "一下子",
    "一下",
    "陆续",
];
