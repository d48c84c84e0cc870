//! Activities: what the union did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of thing the union did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivityType {
    /// 建会入会.
    Recruitment,
    /// 困难帮扶, 送温暖.
    HardshipAid,
    /// 金秋助学.
    EducationAid,
    /// 送清凉.
    HeatRelief,
    /// 医疗互助, 大病.
    MedicalAid,
    /// 维权, 法律援助.
    LegalAid,
    /// 调解.
    Mediation,
    /// 讨薪.
    WageRecovery,
    /// 培训.
    Training,
    /// 竞赛.
    Contest,
    /// 集体协商.
    CollectiveBargaining,
    /// 民主管理, 职代会.
    DemocraticManagement,
    /// 文体.
    CultureSports,
    /// 疗休养, 体检.
    Health,
    /// 捐款.
    Donation,
    /// 表彰.
    Commendation,
    /// 会议.
    Meeting,
    /// 走访.
    Visit,
}

impl ActivityType {
    /// As it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recruitment => "recruitment",
            Self::HardshipAid => "hardship_aid",
            Self::EducationAid => "education_aid",
            Self::HeatRelief => "heat_relief",
            Self::MedicalAid => "medical_aid",
            Self::LegalAid => "legal_aid",
            Self::Mediation => "mediation",
            Self::WageRecovery => "wage_recovery",
            Self::Training => "training",
            Self::Contest => "contest",
            Self::CollectiveBargaining => "collective_bargaining",
            Self::DemocraticManagement => "democratic_management",
            Self::CultureSports => "culture_sports",
            Self::Health => "health",
            Self::Donation => "donation",
            Self::Commendation => "commendation",
            Self::Meeting => "meeting",
            Self::Visit => "visit",
        }
    }
}

/// An activity as the stages see it: bytes of its block's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// What kind of thing it was.
    pub kind: ActivityType,
    /// Who did it.
    pub organisation: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When, EDTF.
    pub date: Option<String>,
    /// The counts of those who gained, by their place in the article's facts.
    pub beneficiaries: Vec<u32>,
    /// The amounts that were spent, by their place in the article's facts.
    pub amounts: Vec<u32>,
    /// The block that it was read from, by its number in the article.
    pub block: u32,
    /// First byte of the evidence in the block's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// An activity as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActivityRecord {
    /// What kind of thing it was.
    #[serde(rename = "type")]
    pub kind: ActivityType,
    /// Who did it.
    pub organisation: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When, EDTF.
    pub date: Option<String>,
    /// The counts of those who gained, by their index in `facts`.
    pub beneficiaries: Vec<u32>,
    /// The amounts that were spent, by their index in `facts`.
    pub amounts: Vec<u32>,
    /// The block that it was read from.
    pub block: String,
    /// First Unicode scalar of `text` in the block's text.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The sentence or clause that says so.
    pub text: String,
}
