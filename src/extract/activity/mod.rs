//! 活动: what a union did, one record for each thing, composed from the facts and entities around it.
//!
//! In: the words of an article that name what unions do (送清凉, 金秋助学), its facts and its entities. Out: records with
//! the clauses that say so as evidence, and the organisation, place, date, beneficiaries and amounts that these clauses
//! name. Method: a sentence is cut into clauses; a clause that names an activity *and* says that it is done (by a verb such
//! as 开展 or 发放, by a verb that the name itself is, or by a count) begins a record, which goes on up to the next
//! clause that does.
//!
//! What is wished, planned, demanded or only talked about gives nothing (要做好送温暖工作, 计划开展培训), nor does direct
//! speech. A fact is linked only where its own clause says what it has to do with the activity ([`link`]): the count
//! stands behind a verb that has people as its object, the amount behind one that gives money. What the text leaves open
//! stays null.

mod clause;
mod link;

use crate::extract::gazetteer::{Meaning, Scan};
use crate::record::{Activity, ActivityType, Annotations, Entity, EntityKind, Fact, FactKind, Value};
use crate::text::Span;

use clause::Clause;

/// What of the article a block's activities are composed from.
struct Around<'a> {
    scan: &'a Scan<'a>,
    /// The block's facts, with their numbers in the article.
    facts: Vec<(u32, &'a Fact)>,
    /// The block's entities.
    entities: &'a [Entity],
    /// Whether the article names a union.
    of_union: bool,
}

/// Composes the activities of an article from what was already read.
pub(super) fn compose(scans: &[Scan<'_>], notes: &mut Annotations) {
    let mut found = Vec::new();
    let of_union = notes.entities.iter().any(|e| e.kind == EntityKind::Union);
    for scan in scans.iter().filter(|s| !s.heading) {
        if !scan.hits.iter().any(|h| matches!(h.meaning, Meaning::Activity(_))) {
            continue;
        }
        let first = notes.facts.partition_point(|f| f.block < scan.number);
        let facts = notes.facts.iter().enumerate().skip(first).take_while(|(_, f)| f.block == scan.number);
        let from = notes.entities.partition_point(|e| e.block < scan.number);
        let to = notes.entities.partition_point(|e| e.block <= scan.number);
        let around = Around {
            scan,
            facts: facts.map(|(n, f)| (n as u32, f)).collect(),
            entities: notes.entities.get(from..to).unwrap_or_default(),
            of_union,
        };
        of_block(&around, &mut found);
    }
    notes.activities.extend(found);
}

/// An activity that begins in a clause.
struct Begun {
    kind: ActivityType,
    /// The clauses of its evidence, by their numbers in the sentence.
    first: usize,
    last: usize,
    /// The last clause in which what is told is this one: the first, or the one behind where the first only names it.
    told_in: usize,
    /// Where the word that names it ends.
    trigger: Span,
}

fn of_block(around: &Around<'_>, found: &mut Vec<Activity>) {
    let text = around.scan.text;
    let speech: Vec<Span> = around
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Quote)
        .map(|e| Span { start: e.start, end: e.end })
        .collect();
    // The union that the last sentence spoke of, for those that leave their subject out.
    let mut subject: Option<String> = None;
    for sentence in clause::sentences(text, &around.scan.landmarks.marks) {
        let mut begun: Vec<Begun> = Vec::new();
        if clause::is_to_come(text, &sentence) {
            continue;
        }
        for (n, clause) in sentence.iter().enumerate() {
            for Done { kind, trigger, by_next } in done_in(around, *clause, sentence.get(n + 1).copied(), &speech) {
                // 举行金秋助学活动，为427人发放补助金: what the aid is.
                let is_aid = kind == ActivityType::HardshipAid;
                match begun.last_mut() {
                    Some(last) if last.kind == kind || (is_aid || n <= last.told_in) && is_part_of(kind, last.kind) => {
                        last.last = n;
                    }
                    Some(last) if n <= last.told_in && is_part_of(last.kind, kind) => {
                        last.last = n;
                        last.kind = kind;
                        last.trigger = trigger;
                    }
                    _ => begun.push(Begun { kind, first: n, last: n, told_in: n + usize::from(by_next), trigger }),
                }
            }
        }
        spread(&mut begun, &sentence);
        for (n, activity) in begun.iter().enumerate() {
            let alone = begun
                .iter()
                .enumerate()
                .all(|(m, other)| m == n || other.last < activity.first || other.first > activity.last);
            found.extend(record(around, &sentence, activity, alone, subject.as_deref()));
        }
        let (start, end) = (sentence[0].span.start, sentence[sentence.len() - 1].span.end);
        let own = |e: &&Entity| {
            e.kind == EntityKind::Union && e.start >= start && e.end <= end && !link::is_visited(text, e.start)
        };
        if let Some(union) = around.entities.iter().rev().find(own) {
            subject = Some(link::name_of(union, text));
        }
    }
}

/// An activity that a clause says is done.
struct Done {
    kind: ActivityType,
    /// The word that names it.
    trigger: Span,
    /// The clause only names it, and the next one says that it is done.
    by_next: bool,
}

/// The activities that a clause says are done, or the `next` one where this one only names them.
fn done_in(around: &Around<'_>, clause: Clause, next: Option<Clause>, speech: &[Span]) -> Vec<Done> {
    let text = around.scan.text;
    let first = around.scan.hits.partition_point(|h| h.start < clause.span.start);
    let mut done: Vec<Done> = Vec::new();
    for hit in around.scan.hits[first..].iter().take_while(|h| h.start < clause.span.end) {
        let Meaning::Activity(kind) = hit.meaning else { continue };
        let trigger = Span { start: hit.start, end: hit.end };
        let behind = speech.partition_point(|s| s.end <= trigger.start);
        if speech.get(behind).is_some_and(|s| s.start < trigger.end) || trigger.end > clause.span.end {
            continue;
        }
        if done.last().is_some_and(|last| trigger.start < last.trigger.end || last.kind == kind) {
            continue;
        }
        // Names of bodies and works hold such words without saying that anything is done (职工服务中心, 《集体合同规定》).
        if inside_a_name(text, around.entities, trigger) {
            continue;
        }
        let next = next.filter(|_| clause::only_names(text, clause, trigger));
        let told = next.map_or(clause, |next| Clause { span: Span { end: next.span.end, ..clause.span } });
        if clause::is_done(text, told, trigger, kind, has_count(around, told)) {
            done.push(Done { kind, trigger, by_next: next.is_some() });
        }
    }
    done
}

fn inside_a_name(text: &str, entities: &[Entity], span: Span) -> bool {
    // 签订《工资专项集体合同》: what is signed says what is done.
    let is_signed = |e: &Entity| {
        /// What is signed anew.
        const ANEW: [&str; 8] = ["新一轮", "新的", "新一期", "本年度", "年度", "首份", "了", "的"];
        let mut before = &text[..e.start as usize];
        while let Some(rest) = ANEW.iter().find_map(|word| before.strip_suffix(word)) {
            before = rest;
        }
        e.kind == EntityKind::Work && ["签订", "签署", "签下", "敲定", "续签"].iter().any(|v| before.ends_with(v))
    };
    let past = entities.partition_point(|e| e.start < span.end);
    // Entities of a block are ordered by their start; a name that holds the span begins at most a few before it.
    entities[..past].iter().rev().take(4).any(|e| {
        e.end > span.start
            && matches!(e.kind, EntityKind::Union | EntityKind::Organisation | EntityKind::Work)
            && !is_signed(e)
    })
}

fn has_count(around: &Around<'_>, clause: Clause) -> bool {
    let first = around.facts.partition_point(|(_, f)| f.start < clause.span.start);
    around.facts[first..].iter().take_while(|(_, f)| f.start < clause.span.end).any(|(_, f)| {
        matches!(
            f.kind,
            FactKind::Money | FactKind::People | FactKind::Members | FactKind::Households | FactKind::Organisations
        )
    })
}

/// Whether an activity is only how another one in the same clause is done (走访慰问困难职工 is no visit besides).
fn is_part_of(part: ActivityType, whole: ActivityType) -> bool {
    use ActivityType::{Commendation, Contest, EducationAid, HardshipAid, HeatRelief, MedicalAid, Meeting, Visit};
    match part {
        Visit => true,
        Meeting => whole != Visit,
        // 金秋助学活动发放救助金, 表彰竞赛中的优胜者.
        HardshipAid => matches!(whole, EducationAid | HeatRelief | MedicalAid),
        Contest => whole == Commendation,
        _ => false,
    }
}

/// Gives each activity the clauses behind it, up to the next one, and the first those before it that lead up to it.
fn spread(begun: &mut [Begun], sentence: &[Clause]) {
    for n in 0..begun.len() {
        let next = begun.get(n + 1).map_or(sentence.len(), |b| b.first);
        let activity = &mut begun[n];
        activity.last = activity.last.max(next.saturating_sub(1)).max(activity.first);
    }
    if let Some(first) = begun.first_mut() {
        first.first = 0;
    }
}

fn record(
    around: &Around<'_>,
    sentence: &[Clause],
    activity: &Begun,
    alone: bool,
    subject: Option<&str>,
) -> Option<Activity> {
    let text = around.scan.text;
    let clauses = sentence.get(activity.first..=activity.last)?;
    let span = Span { start: clauses.first()?.span.start, end: clauses.last()?.span.end };
    let whole = Span { start: sentence.first()?.span.start, end: span.end };
    let organisation =
        link::organisation(around.entities, text, whole, activity.trigger).or(subject.map(str::to_owned));
    let linked = link::facts(text, &around.facts, clauses, activity.kind, alone);
    let date = date(around, sentence, whole, activity.trigger);
    // Nobody and nothing is named, and no day: a general statement.
    let on_a_day = around.of_union && date.as_deref().is_some_and(is_day);
    if organisation.is_none() && linked.amounts.is_empty() && linked.beneficiaries.is_empty() && !on_a_day {
        return None;
    }
    let text_of = span.of(text);
    let lead = text_of.len() - text_of.trim_start_matches([',', '，', ' ', '\u{3000}', ';', '；']).len();
    let tail = text_of.len() - text_of.trim_end_matches([',', '，', ' ', '\u{3000}', '。', ';', '；']).len();
    let end = if lead + tail < text_of.len() { span.end - tail as u32 } else { span.end };
    Some(Activity {
        kind: activity.kind,
        organisation,
        place: link::place(around.entities, text, whole),
        date,
        beneficiaries: linked.beneficiaries,
        amounts: linked.amounts,
        block: around.scan.number,
        start: (span.start + lead as u32).min(end),
        end,
    })
}

/// When it was done: of the dates before the word that names it the finest, of equal ones the last (8月28日，…2024年金秋助学).
fn date(around: &Around<'_>, sentence: &[Clause], within: Span, trigger: Span) -> Option<String> {
    let text = around.scan.text;
    let first = around.facts.partition_point(|(_, f)| f.start < within.start);
    let dates = around.facts[first..].iter().map(|(_, f)| *f).take_while(|f| f.start < trigger.start);
    let told = dates.filter(|f| f.kind == FactKind::Date && f.end <= within.end && tells_when(text, sentence, f));
    let values = told.filter_map(|f| {
        f.resolved.clone().or_else(|| match &f.value {
            Some(Value::Text(date)) => Some(date.clone()),
            _ => None,
        })
    });
    values.max_by_key(|date| fineness(date))
}

/// Whether a date says when the thing of its sentence was done.
fn tells_when(text: &str, sentence: &[Clause], date: &Fact) -> bool {
    let holds = |word: &str| sentence.iter().any(|c| c.span.of(text).contains(word));
    let behind = text[date.end as usize..].trim_start_matches("期间");
    // 向春节期间坚守岗位的职工…, 自2019年成立至今: of whom it is told, and since when.
    let of_whom = behind.starts_with("坚守") || behind.starts_with("坚持");
    let since = text[..date.start as usize].ends_with(['自', '从']) && (holds("至今") || holds("以来"));
    if of_whom || since {
        return false;
    }
    // 3日记者从总工会获悉, 3日，记者从总工会获悉: when it was heard, not when it was done.
    let Some(n) = sentence.iter().position(|c| c.span.start <= date.start && date.end <= c.span.end) else {
        return true;
    };
    let own = sentence[n].span.of(text).trim_end_matches(['，', ',']).trim();
    let alone = text.get(date.start as usize..date.end as usize).is_some_and(|said| said == own);
    !(sentence[n].is_heard(text) || alone && sentence.get(n + 1).is_some_and(|next| next.is_heard(text)))
}

/// How finely a date is told: a day, a month or season, a year, several years.
fn fineness(date: &str) -> u8 {
    match date.len() {
        _ if is_day(date) => 3,
        5..=8 => 2,
        4 => 1,
        _ => 0,
    }
}

/// Whether a date is a day of a year.
fn is_day(date: &str) -> bool {
    date.len() == 10
        && date.bytes().enumerate().all(|(n, b)| if matches!(n, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}
