//! Who wrote, took or drew it: the byline (署名) and the dateline (电头).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a credited person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 记者.
    Reporter,
    /// 通讯员.
    Correspondent,
    /// 摄影, 摄, 图.
    Photographer,
    /// 编辑, 责编, 校对.
    Editor,
    /// A name without a title: 甲、乙报道.
    Author,
    /// 实习生.
    Intern,
    /// 评论员.
    Commentator,
    /// 漫画, 制图, 绘.
    Illustrator,
    /// An agency or paper that is credited: 据新华社.
    Source,
}

impl Role {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Correspondent => "correspondent",
            Self::Photographer => "photographer",
            Self::Editor => "editor",
            Self::Author => "author",
            Self::Intern => "intern",
            Self::Commentator => "commentator",
            Self::Illustrator => "illustrator",
            Self::Source => "source",
        }
    }
}

/// One person (or house) in one role; who has two roles stands twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Byline {
    /// The name without the blanks of typesetting (陈 怡 is 陈怡).
    pub name: String,
    /// In which role.
    pub role: Role,
    /// The house that is printed before the role (本报, 新华社).
    pub affiliation: Option<String>,
    /// The block that it was read from, by its number in the article.
    pub block: u32,
    /// First byte of the printed name in the block's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// The printed dateline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dateline {
    /// As printed: 本报讯, 新华社北京1月3日电.
    pub text: String,
    /// The agency or paper, where one is named: 新华社.
    pub agency: Option<String>,
    /// The place: 北京.
    pub place: Option<String>,
    /// The day, EDTF.
    pub date: Option<String>,
}

/// A byline as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BylineRecord {
    /// The name without the blanks of typesetting.
    pub name: String,
    /// In which role.
    pub role: Role,
    /// The house that is printed before the role.
    pub affiliation: Option<String>,
    /// The block that it was read from.
    pub block: String,
    /// First Unicode scalar of the printed name in the block's text.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The name as printed.
    pub text: String,
}
