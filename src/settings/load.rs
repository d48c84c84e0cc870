//! Settings from a file and from `KEY=VALUE` pairs.

use serde_json::Value;

use crate::settings::Settings;

/// Why a setting was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file, counted from 1, where it is known.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// What would have worked.
    pub hint: Option<String>,
}

impl Settings {
    /// The settings that a TOML text names, on top of these.
    pub fn with_toml(&self, text: &str) -> Result<Self, Refused> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| Refused {
            line: e.span().map(|s| text[..s.start.min(text.len())].matches('\n').count() as u64 + 1),
            message: format!("not a settings file: {}", e.message()),
            hint: Some("`jianbao config --default` prints a whole one".into()),
        })?;
        let mut tree = self.to_tree();
        let mut pairs = Vec::new();
        flatten("", &mut pairs, &table);
        for (key, value) in pairs {
            put(&mut tree, &key, value).map_err(|r| Refused { line: line_of(text, &key), ..r })?;
            // Checked one by one, so that the message can name the key and its line.
            from_tree(tree.clone(), &key).map_err(|r| Refused { line: line_of(text, &key), ..r })?;
        }
        from_tree(tree, "")
    }

    /// These settings with one changed: `key` is a path such as `dedup.near_from`, `value` is TOML or a bare word.
    ///
    /// ```
    /// let settings = jianbao::Settings::default().with("write.keep_repeats", "true").unwrap();
    /// assert!(settings.write.keep_repeats);
    /// assert!(jianbao::Settings::default().with("write.keep_repeat", "true").is_err());
    /// ```
    pub fn with(&self, key: &str, value: &str) -> Result<Self, Refused> {
        let value = match format!("x = {value}").parse::<toml::Table>() {
            Ok(mut table) => table.remove("x").map(json_of).unwrap_or_default(),
            Err(_) => Value::String(value.to_owned()),
        };
        let mut tree = self.to_tree();
        put(&mut tree, key, value)?;
        from_tree(tree, key)
    }

    /// The settings as JSON, with numbers as they were written.
    pub fn to_tree(&self) -> Value {
        // By way of text, because a tree made at once would turn 0.47 of 32 bits into 0.4699999988079071. Settings are plain
        // structs, so this cannot fail.
        serde_json::to_string(self).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }
}

/// Numbers that would stop or break the program outside a range, and shares, with the least and the most that they may be.
const RANGES: [(&str, f64, f64); 16] = [
    ("read.chunk_bytes", 1.0, 1e15),
    ("read.max_page_bytes", 1.0, 4e9),
    ("read.sniff_bytes", 64.0, 1e9),
    ("layout.statistics_bits", 8.0, 30.0),
    ("layout.beam", 1.0, 1e6),
    ("layout.beam_alike", 1.0, 1e6),
    ("layout.head_words_from", 0.0, 1.0),
    ("layout.topic_share", 0.0, 1.0),
    ("layout.topic_shortest", 0.0, 1.0),
    ("layout.kicker_words", 0.0, 1.0),
    ("layout.join_certainty", 0.0, 1.0),
    ("layout.doubt_certainty", 0.0, 1.0),
    ("dedup.gap_share", 0.0, 1.0),
    ("dedup.edit_share", 0.0, 1.0),
    ("dedup.reprint_share", 0.0, 1.0),
    ("dedup.reprint_named_share", 0.0, 1.0),
];

/// Refuses numbers out of their range.
fn in_range(tree: &Value) -> Result<(), Refused> {
    for (key, least, most) in RANGES {
        let value = tree.pointer(&format!("/{}", key.replace('.', "/"))).and_then(Value::as_f64);
        if value.is_some_and(|value| !(least..=most).contains(&value)) {
            let message = format!("setting {key}: must be from {least} to {most}");
            return Err(Refused {
                line: None,
                message,
                hint: Some(format!("`jianbao config {key}` says what it does")),
            });
        }
    }
    Ok(())
}

fn from_tree(tree: Value, key: &str) -> Result<Settings, Refused> {
    in_range(&tree)?;
    serde_json::from_value(tree).map_err(|e| Refused {
        line: None,
        message: if key.is_empty() { e.to_string() } else { format!("setting {key}: {e}") },
        hint: (!key.is_empty()).then(|| format!("`jianbao config {key}` says what it takes")),
    })
}

fn json_of(value: toml::Value) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Every leaf of a table with its dotted path. A list or a table that is itself a value (in a list) stays whole.
fn flatten(prefix: &str, pairs: &mut Vec<(String, Value)>, table: &toml::Table) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&path, pairs, inner),
            leaf => pairs.push((path, json_of(leaf.clone()))),
        }
    }
}

fn put(tree: &mut Value, key: &str, value: Value) -> Result<(), Refused> {
    let mut at = tree;
    for part in key.split('.') {
        let known: Vec<String> = at.as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default();
        at = match at.get_mut(part) {
            Some(next) => next,
            None => {
                return Err(Refused {
                    line: None,
                    message: format!("there is no setting {key}"),
                    hint: Some(match nearest(part, &known) {
                        Some(near) => {
                            let parent = key.rsplit_once('.').map_or("", |(parent, _)| parent);
                            let dot = if parent.is_empty() { "" } else { "." };
                            format!("did you mean {parent}{dot}{near}? `jianbao config` lists all")
                        }
                        None => "`jianbao config` lists all settings".into(),
                    }),
                });
            }
        };
    }
    if at.is_object() {
        return Err(Refused {
            line: None,
            message: format!("{key} is a group of settings, not one"),
            hint: Some(format!("`jianbao config {key}` lists them")),
        });
    }
    *at = value;
    Ok(())
}

/// The line that sets `key`: the first, in any table, whose key is its last part.
fn line_of(text: &str, key: &str) -> Option<u64> {
    let last = key.rsplit('.').next()?;
    let sets = |line: &str| {
        let name = line.split('=').next().unwrap_or("").trim();
        line.contains('=') && name.rsplit('.').next() == Some(last)
    };
    text.lines().position(sets).map(|n| n as u64 + 1)
}

/// The known word that is at most two changes away, if one is.
fn nearest<'k>(word: &str, known: &'k [String]) -> Option<&'k String> {
    known.iter().map(|k| (edits(word, k), k)).filter(|(d, _)| *d <= 2).min_by_key(|(d, _)| *d).map(|(_, k)| k)
}

fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changes_what_it_names() {
        let settings = Settings::default().with_toml("[write]\nkeep_repeats = true\n").unwrap();
        assert!(settings.write.keep_repeats);
        assert_eq!(Settings::default().with_toml("").unwrap(), Settings::default());
    }

    #[test]
    fn a_wrong_key_is_named_with_its_line_and_the_right_one() {
        let refused = Settings::default().with_toml("# mine\n[write]\nkeep_repeat = true\n").unwrap_err();
        assert_eq!(refused.line, Some(3));
        assert_eq!(refused.message, "there is no setting write.keep_repeat");
        assert!(refused.hint.unwrap().contains("write.keep_repeats"));
    }

    #[test]
    fn a_wrong_type_is_named() {
        let refused = Settings::default().with("write.keep_repeats", "3").unwrap_err();
        assert!(refused.message.starts_with("setting write.keep_repeats: invalid type"), "{}", refused.message);
        let refused = Settings::default().with("write", "3").unwrap_err();
        assert!(refused.message.contains("group"));
    }

    #[test]
    fn a_number_out_of_its_range_is_refused() {
        let with = |key: &str, value: &str| Settings::default().with(key, value);
        for (key, value) in [
            ("layout.beam", "0"),
            ("read.chunk_bytes", "0"),
            ("dedup.edit_share", "-5"),
            ("layout.join_certainty", "70"),
        ] {
            let refused = with(key, value).unwrap_err();
            assert!(refused.message.starts_with(&format!("setting {key}: must be from")), "{}", refused.message);
        }
        assert!(with("dedup.edit_share", "0.4").is_ok() && with("layout.beam", "1").is_ok());
    }

    #[test]
    fn a_bare_word_is_a_string() {
        let settings = Settings::default().with("write.format", "parquet").unwrap();
        assert_eq!(settings.write.format, crate::settings::Format::Parquet);
        assert!(Settings::default().with("write.format", "csv").is_err());
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert_eq!(Settings::default().with_toml("[write]\nkeep_repeats = = 1\n").unwrap_err().line, Some(2));
    }
}
