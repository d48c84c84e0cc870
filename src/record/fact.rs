//! Facts: quantities and dates, each with the exact span it was read from.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// An amount of money.
    Money,
    /// A count of people, or of person-times (人次).
    People,
    /// People who are union members (会员).
    Members,
    /// Organisations, unions too.
    Organisations,
    /// 户.
    Households,
    /// 笔, 件, 场, 个 and the like.
    Items,
    /// In hundredths, or 百分点.
    Percentage,
    /// 倍, 翻番.
    Multiple,
    /// 岁.
    Age,
    /// A length of time.
    Duration,
    /// 亩, 平方米.
    Area,
    /// 米, 公里.
    Length,
    /// 吨, 公斤.
    Weight,
    /// 每年两次.
    Frequency,
    /// 第十五次.
    Ordinal,
    /// A day, month, year or span of them.
    Date,
    /// A time of day.
    Time,
}

impl FactKind {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::People => "people",
            Self::Members => "members",
            Self::Organisations => "organisations",
            Self::Households => "households",
            Self::Items => "items",
            Self::Percentage => "percentage",
            Self::Multiple => "multiple",
            Self::Age => "age",
            Self::Duration => "duration",
            Self::Area => "area",
            Self::Length => "length",
            Self::Weight => "weight",
            Self::Frequency => "frequency",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Time => "time",
        }
    }
}

/// How the printed number bounds the true one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Approx {
    /// No qualifier.
    #[default]
    Exact,
    /// 约, 左右, 上下.
    About,
    /// 近, 将近, 不足.
    Nearly,
    /// 余, 多, 几 behind the number; 超, 逾, 突破 before it.
    Over,
    /// 以上, 至少.
    AtLeast,
    /// 以内, 以下, 最高.
    AtMost,
    /// Two bounds are printed.
    Range,
    /// 数十, 若干.
    Several,
}

/// What the amount sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 共, 总计.
    Total,
    /// 累计, 至今.
    Cumulative,
    /// 标准, 每.
    Standard,
    /// 其中.
    Part,
}

/// Which end of a span of time a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateRole {
    /// 截至.
    Until,
    /// 从…起.
    Since,
}

/// A number, or a date in EDTF (ISO 8601-2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A count or an amount that is whole.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// A date.
    Text(String),
}

impl Value {
    /// A number, whole where it is.
    pub fn number(value: f64) -> Self {
        if value.fract() == 0.0 && value.abs() < 9.0e15 { Self::Whole(value as i64) } else { Self::Number(value) }
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Whole(n) => Some(*n as f64),
            Self::Number(n) => Some(*n),
            Self::Text(_) => None,
        }
    }
}

/// A fact as the stages see it: bytes of its block's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What kind of fact.
    pub kind: FactKind,
    /// The block that it was read from, by its number in the article.
    pub block: u32,
    /// First byte of the mention in the block's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The number as printed, multiplied out and not shifted by its qualifier; a date in EDTF, or how far back at least
    /// where that is all that is said (十多年前: `-10y`, its latest year in `high`). None for a range.
    pub value: Option<Value>,
    /// Lower bound, where one is known.
    pub low: Option<Value>,
    /// Upper bound, where one is known.
    pub high: Option<Value>,
    /// How the number bounds the truth.
    pub approx: Approx,
    /// ISO 4217 for money, `%` or 百分点, else the measure word as printed.
    pub unit: Option<Cow<'static, str>>,
    /// What one unit is given for.
    pub per: Option<String>,
    /// What is counted or paid, as printed.
    pub subject: Option<String>,
    /// Who has, gives or gets it.
    pub holder: Option<String>,
    /// Total, cumulative, standard or part.
    pub measure: Option<Measure>,
    /// 新增, 增长, 减少 …
    pub change: Option<String>,
    /// For a date, the one it means given the page's date, EDTF.
    pub resolved: Option<String>,
    /// For a date, whether it begins or ends a span of time.
    pub role: Option<DateRole>,
    /// Marks such as `indefinite`.
    pub flags: Vec<Cow<'static, str>>,
}

impl Fact {
    /// A fact of which only its place is known.
    pub fn new(kind: FactKind, block: u32, start: usize, end: usize) -> Self {
        Self {
            kind,
            block,
            start: start as u32,
            end: end as u32,
            value: None,
            low: None,
            high: None,
            approx: Approx::Exact,
            unit: None,
            per: None,
            subject: None,
            holder: None,
            measure: None,
            change: None,
            resolved: None,
            role: None,
            flags: Vec::new(),
        }
    }
}

/// A fact as it is written. Every key stands in every record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactRecord {
    /// What kind of fact.
    pub kind: FactKind,
    /// The quantity as printed, with its qualifier and unit and without the noun.
    pub text: String,
    /// The block that it was read from.
    pub block: String,
    /// First Unicode scalar of `text` in the block's text.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The number as printed, multiplied out and not shifted by its qualifier; a date in EDTF, or how far back at least
    /// where that is all that is said (十多年前: `-10y`, its latest year in `high`); null for a range.
    pub value: Option<Value>,
    /// Lower bound, where one is known.
    pub low: Option<Value>,
    /// Upper bound, where one is known.
    pub high: Option<Value>,
    /// How the number bounds the truth.
    pub approx: Approx,
    /// ISO 4217 for money, `%` or 百分点, else the measure word as printed.
    pub unit: Option<Cow<'static, str>>,
    /// What one unit is given for.
    pub per: Option<String>,
    /// What is counted or paid, as printed.
    pub subject: Option<String>,
    /// Who has, gives or gets it.
    pub holder: Option<String>,
    /// Total, cumulative, standard or part.
    pub measure: Option<Measure>,
    /// 新增, 增长, 减少 …
    pub change: Option<String>,
    /// For a date, the one it means given the page's date, EDTF.
    pub resolved: Option<String>,
    /// For a date, whether it begins or ends a span of time.
    pub role: Option<DateRole>,
    /// Marks such as `indefinite`.
    pub flags: Vec<Cow<'static, str>>,
}
