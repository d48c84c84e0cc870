//! The credit: the printed line (or the head or tail of one) that holds dateline and byline.
//!
//! In: the text of one line of a page. Out: where the credit stands in it, and who is credited in which role.
//! `layout` asks where a credit is, to split it off into a block of its own; `extract` asks who is in it. Neither reads
//! further than this module, so the grammar stands here once.

use crate::record::{Dateline, Role};
use crate::text::Span;

/// One name in one role, in bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// The name as printed, blanks of typesetting included (陈 怡).
    pub span: Span,
    /// In which role.
    pub role: Role,
    /// The house that is printed before the role (本报, 新华社).
    pub affiliation: Option<String>,
}

/// A credit that was found in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    /// All of it, from the dateline or the bracket to the last name or verb, without mark-up and outer blanks.
    pub span: Span,
    /// The dateline, where one is printed.
    pub dateline: Option<Dateline>,
    /// Who is credited; a person in two roles stands twice.
    pub people: Vec<Credited>,
}

/// The credit that opens `text` (本报讯 记者X 通讯员Y报道 …), if one does. Mark-up such as `**` may stand around it.
pub fn head(text: &str) -> Option<Credit> {
    let _ = text;
    None
}

/// The credit that closes `text` (… 通讯员X 记者Y 摄), if one does.
pub fn tail(text: &str) -> Option<Credit> {
    let _ = text;
    None
}

/// The credit that `text` is, if it is nothing else.
pub fn whole(text: &str) -> Option<Credit> {
    let _ = text;
    None
}
