//! What a credit tells of its place: whether it closes the text above it, stands under a picture, or leads to a headline.

use crate::credit;
use crate::layout::border;
use crate::layout::classify::{Role, Row};
use crate::layout::head_facts::head_facts;
use crate::record;
use crate::text::{CharSet, Span};

/// Whether a credit names nobody but the paper's commentator, whose line may stand over the headline.
pub(super) fn is_commentator(credit: Option<Span>, page: &str) -> bool {
    credit.is_some_and(|s| matches!(s.of(page).trim(), "本报评论员" | "本刊评论员" | "本报特约评论员" | "评论员"))
}

/// Whether a credit ends in what who took a picture did.
pub(super) fn takes_pictures(credit: &str) -> bool {
    let credit = credit.trim_end_matches(['*', ')', '）', ' ']);
    ["摄", "摄影", "摄影报道", "文/图", "图/文", "供图", "图"].iter().any(|verb| credit.ends_with(verb))
}

/// Turns staff lines into credits of the story before them, and says which: those that name who passed the text or where it
/// is from, as sites do below a story, and, on a page of one story and no number, those below its text.
pub(super) fn sign(page: &str, rows: &mut [Row], kept: &[usize], loose: &[usize]) -> Vec<usize> {
    let of_site =
        |row: &Row| ["审核", "终审", "审签", "签发", "来源", "作者"].iter().any(|w| row.text(page).contains(w));
    let is_staff = |i: usize, rows: &[Row]| rows.get(i).is_some_and(|row| row.role == Role::Staff);
    let staff: Vec<usize> = loose.iter().copied().filter(|&i| is_staff(i, rows)).collect();
    let Some(first) = kept.iter().copied().find(|&i| rows[i].role.is_text()).filter(|_| !staff.is_empty()) else {
        return Vec::new();
    };
    let last = kept.iter().copied().rfind(|&i| rows[i].role.is_text()).unwrap_or(first);
    let one_story = kept.iter().filter(|&&i| rows[i].role == Role::Headline).count() == 1
        && !loose.iter().any(|&i| head_facts(rows[i].text(page)).number.is_some());
    let belongs = |i: usize| {
        let near = [i.wrapping_sub(1), i, i + 1];
        i > first
            && (near.into_iter().any(|j| is_staff(j, rows) && of_site(&rows[j]))
                || one_story && i > last && credit::Text::new(rows[i].text(page)).fields().is_some())
    };
    let signed: Vec<usize> = staff.into_iter().filter(|&i| belongs(i)).collect();
    for &i in &signed {
        rows[i].credit_itself();
    }
    signed
}

/// Whether a credit on a line of its own closes the text before it wherever it stands: that of a picture, of where the text
/// is from, of who edited and passed it, of a reader, or one in brackets.
pub(super) fn closes(text: &str) -> bool {
    let text = text.trim();
    if takes_pictures(text) || text.starts_with("读者") {
        return true;
    }
    // A line with a day in it, or with the author first, stands under a headline, even if none was seen.
    let leads = text.starts_with("作者") || text.starts_with(|c: char| c.is_ascii_digit());
    if !leads && credit::Text::new(text).fields().is_some() {
        return true;
    }
    let bracketed = border::is_bracketed(text);
    credit::whole(text).is_some_and(|c| {
        let mut people = c.people.iter().map(|p| p.role);
        c.dateline.is_none()
            && (bracketed
                || people.clone().any(|role| role == record::Role::Photographer)
                || people.all(|role| matches!(role, record::Role::Editor | record::Role::Source)))
    })
}

/// Whether a credit is that of a picture.
pub(super) fn is_picture_credit(text: &str) -> bool {
    /// Each word that makes a photographer of whom it credits has one of them.
    static TELLING: CharSet = CharSet::new("摄图照");
    takes_pictures(text)
        || TELLING.find(text, 0).is_some()
            && credit::whole(text).is_some_and(|c| c.people.iter().any(|p| p.role == record::Role::Photographer))
}
