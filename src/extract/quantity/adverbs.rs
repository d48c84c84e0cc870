//! Adverbs that stand before a verb of change or of size, which several grammars pass over.

/// How something goes on changing: 逐年|增长, 稳步|上升.
pub(super) const OF_CHANGE: &[&str] =
    &["逐年", "逐步", "稳步", "大幅", "迅速", "连年", "持续", "继续", "不断", "明显", "急剧", "进一步"];

/// Adverbs before either verb (预计|增长, 仅|为), those first that end in another one.
pub(super) const OF_ANY_VERB: &[&str] = &[
    "不同程度",
    "普遍",
    "分别",
    "双双",
    "平均",
    "有望",
    "可望",
    "预计",
    "估计",
    "约",
    "均",
    "仅",
    "只",
    "将",
    "已",
    "却",
    "仍",
    "也",
    "还",
];
