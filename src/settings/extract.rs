//! Settings of `extract`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Choices of the fact reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Extract {
    /// A file of the user's own names, or nothing: one a line, `name`, `kind` and canonical form, parted by tabs or commas.
    ///
    /// None is read unasked, so that the same input gives the same records wherever it is read.
    pub gazetteer: String,
    /// Read datelines and bylines. Off, that time is saved, and people who only wrote the story are not looked for in it.
    pub bylines: bool,
    /// Read people, unions, organisations, places, works and quotes: about half of the time of reading facts.
    pub entities: bool,
    /// Compose activities. Without entities they lack their organisation and place.
    pub activities: bool,
    /// Reading entities.
    pub entity: Entity,
}

impl Default for Extract {
    fn default() -> Self {
        Self { gazetteer: String::new(), bylines: true, entities: true, activities: true, entity: Entity::default() }
    }
}

/// How readily text is read as a personal name, in bits that its place adds to the side of the name.
///
/// Found on composed sentences of union news: at these values the names behind titles were all found, and no word of the
/// negative cases was read as a name. A bit more doubles the odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Entity {
    /// Behind an office (副主席X). Nearly always a name stands there.
    pub favour_office: f32,
    /// Behind an occupation (职工X). Often a verb stands there.
    pub favour_job: f32,
    /// Behind 50岁的 or 名叫.
    pub favour_cue: f32,
    /// Behind a name and 、.
    pub favour_list: f32,
    /// Before a verb of saying (X说), between that and a mark.
    pub favour_speech: f32,
    /// Before an office or a form of address (X主任).
    pub favour_suffix: f32,
    /// At the start of a clause, where anything may stand.
    pub favour_clause: f32,
    /// Bits that a name at the start of a clause may cost at most: far-fetched names are not looked for there.
    pub dearest_name: f32,
    /// The same for the parts of a list of names.
    pub dearest_listed: f32,
    /// The same for what the dictionary has as a name, wherever it stands.
    pub dearest_known: f32,
}

impl Default for Entity {
    fn default() -> Self {
        Self {
            favour_office: 14.0,
            favour_job: 9.0,
            favour_cue: 10.0,
            favour_list: 12.0,
            favour_speech: 10.0,
            favour_suffix: 9.0,
            favour_clause: 0.0,
            dearest_name: 29.0,
            dearest_listed: 34.0,
            dearest_known: 26.0,
        }
    }
}
