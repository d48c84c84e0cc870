//! Who or what a number of people, households, firms or things counts: 300名劳模, 会员8200名, 其中19人.

use super::behind::{
    self, FAR, NEAR, behind, behind_attribute, behind_clause, for_whom, group_behind, is_attribute, last_joined, quoted,
};
use super::carry;
use super::front::{Front, in_front};
use crate::extract::quantity::block::{Block, Known, Phrase, REACH};
use crate::extract::quantity::phrase::Wanted;
use crate::extract::quantity::{Candidate, noun};
use crate::record::FactKind;
use crate::text::{Folded, sentence};

/// A number that counts, and what stands around it.
struct Count<'c> {
    block: &'c Block<'c>,
    text: &'c Folded,
    index: usize,
    candidate: &'c Candidate,
    /// What the candidates before it count.
    known: Known<'c>,
    wanted: Wanted,
    people: bool,
    /// Whether it counts at all: a multiple does not.
    counts: bool,
    /// Whether a noun belongs behind its unit: 3名, but 3人.
    measure_word: bool,
}

/// What the candidate of number `index` counts.
pub(super) fn of(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let candidate = block.candidates.get(index)?;
    let wanted = match candidate.kind {
        FactKind::People => Wanted::Person,
        FactKind::Households => Wanted::Household,
        FactKind::Organisations => Wanted::Organisation,
        _ => Wanted::Thing,
    };
    let counts = !matches!(candidate.kind, FactKind::Multiple | FactKind::Length | FactKind::Weight);
    let count = Count {
        block,
        text: block.text,
        index,
        candidate,
        known,
        wanted,
        people: candidate.kind == FactKind::People,
        counts,
        measure_word: counts && !matches!(candidate.unit.as_deref(), Some("人" | "人次" | "户次")),
    };
    let found = count
        .unit_itself()
        .or_else(|| count.degree())
        .or_else(|| count.of_row())
        .or_else(|| count.right_behind())
        .or_else(|| count.behind_reason())
        .or_else(|| count.behind_size())
        .or_else(|| count.before());
    count.helped(found).or(found)
}

impl Count<'_> {
    fn noun_of(&self, found: Phrase) -> Option<noun::Noun> {
        self.block.noun_of(found)
    }

    fn opens_clause(&self) -> bool {
        sentence::clause_start(self.text, self.candidate.start, REACH) == self.candidate.start
    }

    /// The two characters that end it.
    fn last_two(&self) -> (usize, usize) {
        (self.text.byte(self.candidate.end - 2), self.text.end_byte(self.candidate.end, self.block.printed))
    }

    /// 帮助困难职工生产自救21人: who, and not what is done for them.
    fn helped(&self, found: Option<Phrase>) -> Option<Phrase> {
        let bare = matches!(self.candidate.unit.as_deref(), Some("人" | "人次"));
        let unnamed = found.is_none_or(|found| bare && self.noun_of(found).is_none());
        if self.people && unnamed { carry::helped(self.block, self.index) } else { None }
    }

    /// 博士205人、本科1900人, 研发300人、管理50人: a degree, a rank or a kind of work alone.
    fn degree(&self) -> Option<Phrase> {
        const DEGREES: &[&str] = &[
            "管理",
            "销售",
            "生产",
            "研发",
            "技术",
            "行政",
            "后勤",
            "服务",
            "维修",
            "质检",
            "财务",
            "辅助",
            "科研",
            "教学",
            "研究生",
            "本科",
            "专科",
            "大专",
            "中专",
            "高中",
            "初中",
            "小学",
            "中级",
            "高级",
            "初级",
            "正高",
            "副高",
        ];
        let text = self.text;
        let n = if self.people { text.one_before(self.candidate.start, DEGREES)? } else { return None };
        let from = self.candidate.start - n;
        let alone = from == 0 || matches!(text.before(from), '、' | ',' | ';' | ':' | '中' | '。' | '(');
        alone.then(|| (text.byte(from), text.end_byte(self.candidate.start, self.block.printed)))
    }

    /// 120个家庭: the noun is the unit itself.
    fn unit_itself(&self) -> Option<Phrase> {
        // 13亿人民: the unit is half of it.
        if self.people && self.text.has(self.candidate.end - 1, "人民") {
            let end = self.text.end_byte(self.candidate.end + 1, self.block.printed);
            return Some((self.text.byte(self.candidate.end - 1), end));
        }
        let home = self.candidate.kind == FactKind::Households && self.text.has_before(self.candidate.end, "家庭");
        home.then(|| self.last_two())
    }

    /// 分别有3名、5名和8名职工: what stands behind the last of them.
    fn of_row(&self) -> Option<Phrase> {
        let last = last_joined(self.block, self.index).filter(|_| self.measure_word)?;
        let next = self.block.candidates.get(self.index + 1)?;
        let adjoins = next.start == self.candidate.end;
        let even = self.text.one_of(self.candidate.end, &["甚至", "乃至"]).is_some();
        behind(self.block, last, true, self.wanted).filter(|&found| adjoins || even || self.noun_of(found).is_some())
    }

    fn right_behind(&self) -> Option<Phrase> {
        let Self { block, text, index, candidate, wanted, .. } = *self;
        // 职工分3批疗休养: what they did.
        let parts = matches!(candidate.unit.as_deref(), Some("批" | "期" | "组" | "路"));
        if parts && text.before(candidate.start) == '分' {
            return None;
        }
        // 3次到农场视察: where it was.
        if candidate.unit.as_deref() == Some("次") && text.one_of(candidate.end, &["到", "去", "前往"]).is_some() {
            return None;
        }
        // 以480票的优势当选: by how many.
        if candidate.unit.as_deref() == Some("票") && text.get(candidate.end) == '的' {
            return None;
        }
        // 230人组成的慰问团: what they are together.
        if self.people && text.has(candidate.end, "组成的") {
            return behind::behind_of(block, candidate.end + 2);
        }
        if !(self.measure_word || candidate.no_measure_word) {
            // 为5.3万人次职工提供服务: for whom.
            let whom = self.people && matches!(text.before(candidate.start), '为' | '对' | '向' | '给');
            let next = text.byte(candidate.end);
            let right_behind = |found: &Phrase| found.0 == next && self.noun_of(*found) == Some(noun::Noun::Person);
            // 帮助1.2万户次困难家庭.
            if candidate.unit.as_deref() == Some("户次") {
                let home = |found: &Phrase| found.0 == next && self.noun_of(*found).is_some();
                return behind(block, index, true, wanted).filter(home);
            }
            if whom && let Some(found) = behind(block, index, true, wanted).filter(right_behind) {
                return Some(found);
            }
            return if self.people { group_behind(block, index) } else { None };
        }
        // 至少有8家是近年合并的结果: what is said of them.
        let said =
            text.get(candidate.end) == '是' && matches!(candidate.unit.as_deref(), Some("家" | "户" | "名" | "位"));
        // 5人被困,其中2名是儿童: who they are.
        if said
            && self.people
            && let Some(found) = self.what_they_are()
        {
            return Some(found);
        }
        let found = behind(block, index, true, wanted).filter(|f| !said && !is_attribute(block, index, *f));
        let found = found.or_else(|| behind_attribute(block, index, wanted, NEAR));
        let found = self.behind_odd(found).or_else(|| self.in_frame(found)).or(found).or_else(|| self.titled())?;
        let places = matches!(candidate.unit.as_deref(), Some("个" | "所" | "家" | "间" | "处"));
        Some(if places { for_whom(block, found).unwrap_or(found) } else { found })
    }

    /// The noun for people that 是 right behind says them to be, with nothing else in the clause.
    fn what_they_are(&self) -> Option<Phrase> {
        let end = sentence::clause_end(self.text, self.candidate.end, REACH);
        let found = self.block.phrase_after(self.candidate.end + 1, end, true, Wanted::Person)?;
        let all = found.0 == self.text.byte(self.candidate.end + 1) && self.text.index_of(found.1) == end;
        (all && self.noun_of(found) == Some(noun::Noun::Person)).then_some(found)
    }

    /// The noun farther on, where what was found is none of them: 70多位盼着补发3个月工资的职工, 8个加工能力超万吨的加工厂.
    fn behind_odd(&self, found: Option<Phrase>) -> Option<Phrase> {
        let far = || behind_attribute(self.block, self.index, self.wanted, FAR);
        let named = found.and_then(|found| self.noun_of(found));
        if self.people
            && named != Some(noun::Noun::Person)
            && let Some(found) = far()
        {
            return Some(found);
        }
        let firms = self.candidate.by_noun || self.candidate.kind == FactKind::Organisations;
        if firms && named.is_none() {
            far().filter(|&found| self.noun_of(found) == Some(noun::Noun::Organisation))
        } else {
            None
        }
    }

    /// 受访企业中,3515家计划招聘: what stands behind is no noun of theirs.
    fn in_frame(&self, found: Option<Phrase>) -> Option<Phrase> {
        let start = self.candidate.start;
        let kind = match self.candidate.kind {
            FactKind::Organisations => noun::Noun::Organisation,
            FactKind::Households => noun::Noun::Household,
            FactKind::People => noun::Noun::Person,
            _ => return None,
        };
        if !self.opens_clause() || found.is_some_and(|found| self.noun_of(found) == Some(kind)) {
            return None;
        }
        carry::frame(self.block, start)
            .filter(|&frame| self.noun_of(frame).is_some() && self.text.byte(start) >= frame.1)
    }

    /// 18名“优秀教师”: the title in quotation marks.
    fn titled(&self) -> Option<Phrase> {
        let opens = self.people && self.text.get(self.candidate.end) == '“';
        let found = quoted(self.block, self.candidate.end).filter(|_| opens)?;
        (self.noun_of(found) == Some(noun::Noun::Person)).then_some(found)
    }

    /// 1名因中毒入院的患者: who stands behind what is said of them.
    fn behind_reason(&self) -> Option<Phrase> {
        let reason = "因由从来被患为刚遭受与对曾".contains(self.text.get(self.candidate.end));
        let called = self.text.has(self.candidate.end, "名叫");
        if self.measure_word && self.people && (reason || called) {
            behind_clause(self.block, self.candidate)
        } else {
            None
        }
    }

    /// 组织12支、共计560人的救援队: what stands behind how large they are.
    fn behind_size(&self) -> Option<Phrase> {
        let end = self.candidate.end;
        let sized = |next: &&Candidate| {
            next.kind == FactKind::People && self.text.get(next.end) == '的' && next.start <= end + NEAR
        };
        self.block.candidates.get(self.index + 1).filter(sized)?;
        let apart = self.measure_word && self.text.get(end) == '、';
        if apart { behind(self.block, self.index + 1, true, self.wanted) } else { None }
    }

    /// What stands before it in its clause, or is carried over to it.
    fn before(&self) -> Option<Phrase> {
        let Self { block, index, candidate, known, .. } = *self;
        let front = in_front(block, index, known);
        // 农村又有27万人口脱贫: the people themselves, and not where.
        let people = self.people
            && self.text.has_before(candidate.end, "人口")
            && !matches!(self.text.get(candidate.end), '的' | '中');
        if people && !matches!(front, Front::Headless) {
            return Some(self.last_two());
        }
        // 保障对象1500多户、3000多人: the same, counted another way.
        let again = || if self.people { counted_again(block, index, known) } else { None };
        match front {
            Front::Phrase(from, to) if self.is_where((from, to)) || self.is_done((from, to)) => {
                again().or_else(|| self.unnamed(false))
            }
            Front::Phrase(from, to) if self.is_owner((from, to)) => self.unnamed(false),
            Front::Phrase(from, to) if self.becomes((from, to)) => self.same_as_before((from, to)),
            Front::Phrase(from, to) => self.same_as_before((from, to)).or(Some((from, to))),
            Front::Headless => again()
                .or_else(|| self.of_rank())
                // 名单中,有高级职称的1383人: where they stand, and not who they are.
                .or_else(|| carry::frame(block, candidate.start).filter(|f| !self.people || self.noun_of(*f).is_some()))
                .or_else(|| carry::same_measure(block, index, known))
                .or_else(|| headless(block, candidate).filter(|&found| !self.is_owner(found))),
            Front::Nothing => again().or_else(|| self.unnamed(true)),
            Front::Unclear => again().or_else(|| self.unnamed(false)),
        }
    }

    /// 其中,硕士生以上的有21人: who are named by their rank.
    fn of_rank(&self) -> Option<Phrase> {
        let found = if self.people { headless(self.block, self.candidate)? } else { return None };
        let name = self.block.printed.get(found.0..found.1)?;
        let rank = name.strip_suffix("以上").or_else(|| name.strip_suffix("以下"))?;
        (noun::of(rank) == Some(noun::Noun::Person)).then_some(found)
    }

    /// 仅五里乡就有300名, 在海口市有8家: where they are, and not who.
    fn is_where(&self, found: Phrase) -> bool {
        const LEAST: &str = "县市省区乡镇州村国";
        let place = self.block.printed.get(found.0..found.1).is_some_and(|name| name.ends_with(|c| LEAST.contains(c)));
        let at = self.block.text.index_of(found.0);
        let opened = matches!(self.text.before(at), '仅' | '光' | '单' | '在');
        // 批准去台湾5.7万人次.
        let went = matches!(self.text.before(at), '去' | '赴' | '往' | '到') && self.block.is_place(found);
        // 船上5人被困, 其中公路17亿人次.
        let inside = self.block.printed.get(found.0..found.1).is_some_and(|name| {
            name.ends_with(['上', '里', '内']) && self.noun_of(found).is_none()
                || self.candidate.unit.as_deref() == Some("人次") && WAYS.contains(&name)
        });
        if self.people && (went || inside) {
            return true;
        }
        place && opened && self.noun_of(found).is_none() && self.wanted != Wanted::Thing
    }

    /// 批评教育60人: what is done to them.
    fn is_done(&self, found: Phrase) -> bool {
        const DONE: &[&str] =
            &["教育", "管理", "服务", "减员", "增员", "裁员", "出境", "入境", "入会", "新入会", "参训", "投保", "参保"];
        // 每人联系2户.
        const BOUND: &[&str] = &["联系", "结对", "帮扶", "走访", "慰问", "包联", "对接"];
        let homes = self.candidate.kind == FactKind::Households;
        let word = self.block.printed.get(found.0..found.1);
        word.is_some_and(|word| self.people && DONE.contains(&word) || homes && BOUND.contains(&word))
    }

    /// 来自4个单位的200余人: to whom they belong, which was counted right before.
    fn is_owner(&self, found: Phrase) -> bool {
        let owner = self.index.checked_sub(1).and_then(|i| self.known.get(i).copied().flatten()) == Some(found);
        let beside = self.text.index_of(found.1) + 1 >= self.candidate.start;
        let home = matches!(self.noun_of(found), Some(noun::Noun::Person | noun::Noun::Household));
        self.people && owner && beside && !home
    }

    /// Whether it only says what became of them: 成活29只.
    fn becomes(&self, (from, to): Phrase) -> bool {
        self.block.printed.get(from..to).is_some_and(|word| ACTS.contains(&without_adverb(word)))
    }

    /// What was counted before, where the clause says only how many or what they did.
    fn same_as_before(&self, (from, to): Phrase) -> Option<Phrase> {
        let word = self.block.printed.get(from..to)?;
        // 参保单位增加206个,总数达到3017个.
        if ["总数", "总量", "数量"].contains(&word) {
            let previous = self.block.previous(self.index)?;
            let same = previous.kind == self.candidate.kind && previous.unit == self.candidate.unit;
            let beside = self.text.byte(previous.end + 1) == from;
            return self.known.get(self.index - 1).copied().flatten().filter(|_| same && beside);
        }
        // 引进企业105家,其中投产92家.
        if !ACTS.contains(&without_adverb(word)) {
            return None;
        }
        // 发现隐患364处,当场整改298处.
        let beside = || {
            let previous = self.block.previous(self.index)?;
            let same = previous.kind == self.candidate.kind && previous.unit == self.candidate.unit;
            let next = self.text.byte(previous.end + 1) == from;
            self.known.get(self.index - 1).copied().flatten().filter(|_| same && next)
        };
        carry::same_measure(self.block, self.index, self.known).or_else(beside)
    }

    /// What is counted where the clause before the number does not name it; `alone`: nothing stands there.
    fn unnamed(&self, alone: bool) -> Option<Phrase> {
        let Self { block, text, index, candidate, known, wanted, .. } = *self;
        let there_are = text.before(candidate.start) == '有';
        let person = |found: &Phrase| self.noun_of(*found) == Some(noun::Noun::Person);
        let same = || carry::same_measure(block, index, known);
        if self.people && !self.measure_word {
            // 带出的47个徒弟里,有9人成了技师; 农民工中,30人当选.
            if (there_are || self.opens_clause())
                && let Some(found) = carry::frame(block, candidate.start).filter(person)
            {
                return Some(found);
            }
            // 3.1万人次职工: nothing before it says what is counted.
            let at_once = |found: &Phrase| {
                person(found) && text.get(candidate.end) != '的' && found.0 == text.byte(candidate.end)
            };
            let named = behind(block, index, false, wanted).filter(at_once);
            let rising = || carry::trend(block, index).filter(person);
            return named.or_else(|| carry::of_whom(block, index)).or_else(same).or_else(rising);
        }
        // 748个村中,有173个减免了提留: one of what the frame counts.
        let at_least = || text.one_of(candidate.start, &["至少有", "至少"]).is_some();
        if let Some(found) = carry::some_of(block, index, known).or_else(|| carry::rest_of(block, index, known)) {
            return Some(found);
        }
        if alone && self.measure_word && (there_are || at_least()) {
            return carry::frame(block, candidate.start).or_else(same);
        }
        // 3倍罚款, 两倍工资.
        if candidate.kind == FactKind::Multiple {
            return behind(block, index, false, Wanted::Sum).filter(|found| found.0 == text.byte(candidate.end));
        }
        if self.counts { same() } else { None }
    }
}

/// How passengers go.
const WAYS: &[&str] = &["公路", "铁路", "水路", "民航", "航空", "水运", "海运", "空运", "高铁", "地铁", "公交", "轮渡"];

/// What becomes of those that are counted, which jieba has for nouns.
pub(super) const ACTS: &[&str] = &[
    "投产", "开工", "竣工", "建成", "办结", "结案", "获奖", "入选", "落户", "签约", "开业", "达标", "就业", "入会",
    "合格", "成活", "存活", "整改", "办理", "化解", "整治", "消除", "排除", "修复", "关闭", "取缔", "查处", "立案",
];

fn without_adverb(word: &str) -> &str {
    ADVERBS.iter().find_map(|adverb| word.strip_prefix(adverb)).unwrap_or(word)
}

/// Adverbs before what became of them.
const ADVERBS: &[&str] = &["当场", "现场", "限期", "立即", "及时", "全部", "已", "均已", "当年"];

/// What the quantity before counts, where 、 alone stands between the two and people are meant.
fn counted_again(block: &Block<'_>, index: usize, known: Known<'_>) -> Option<Phrase> {
    let (candidate, previous) = (block.candidates.get(index)?, block.previous(index)?);
    let again = matches!(previous.kind, FactKind::Households | FactKind::People);
    let near =
        previous.end == candidate.start || previous.end + 1 == candidate.start && block.text.get(previous.end) == '、';
    let found = known.get(index - 1).copied().flatten().filter(|_| again && near)?;
    (block.noun_of(found) != Some(noun::Noun::Organisation)).then_some(found)
}

/// A phrase that names no noun, where nothing else does: 硕士生以上的有21人.
fn headless(block: &Block<'_>, candidate: &Candidate) -> Option<Phrase> {
    const LINKS: usize = 4;
    let of = (candidate.start.saturating_sub(LINKS)..candidate.start).rev().find(|&i| block.text.get(i) == '的')?;
    // 比不上客队的7个: theirs.
    if of + 1 == candidate.start && candidate.kind != FactKind::People {
        return None;
    }
    let from = sentence::clause_start(block.text, of, REACH).max(block.last_date_end(of).unwrap_or(0));
    let found = block.phrase_before(from, of, Wanted::Person)?;
    // 加入工会的有120人: what they did, and not what they joined.
    let did = candidate.kind == FactKind::People && block.noun_of(found) != Some(noun::Noun::Person);
    // 落户国内的已有1500台: what became of them.
    if block.printed.get(found.0..found.1).is_some_and(|word| ACTS.contains(&word)) {
        return None;
    }
    let opens = block.text.byte(from);
    let verb =
        did && block.text.one_before(block.text.index_of(found.0), DID).is_some() && !block.has_quantity(from, of);
    Some(if verb { (opens, found.1) } else { found })
}

/// Verbs of what people did that are counted by it.
const DID: &[&str] = &["加入", "考上", "考取", "考入", "取得", "参加", "获得", "拥有", "从事", "享受", "签订", "进入"];
