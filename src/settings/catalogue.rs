//! Every setting with its default and the reason for it, read from the doc comments by way of the JSON Schema.

use serde_json::Value;

use crate::settings::Settings;

/// One setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its path: `dedup.near_from`.
    pub key: String,
    /// What it does, in which unit, and why it is what it is.
    pub about: String,
    /// Its value where nobody sets it.
    pub default: Value,
    /// What it takes: `boolean`, `number`, or the words it knows.
    pub takes: String,
}

/// Every setting, in the order of the flow.
pub fn catalogue() -> Vec<Entry> {
    let schema = schemars::schema_for!(Settings).to_value();
    let defaults = Settings::default().to_tree();
    let mut entries = Vec::new();
    collect(&schema, &schema, "", &defaults, &mut entries);
    entries
}

/// Walks the structs of `at`. Only our own types come in, and they are nested two deep, so recursion is bounded.
fn collect(root: &Value, at: &Value, prefix: &str, defaults: &Value, entries: &mut Vec<Entry>) {
    let Some(properties) = at.get("properties").and_then(Value::as_object) else { return };
    for (name, property) in properties {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let default = defaults.get(name).cloned().unwrap_or_default();
        let target = resolve(root, property);
        if default.is_object() {
            collect(root, target, &key, &default, entries);
        } else {
            let about = [property, target].iter().find_map(|s| s.get("description")?.as_str()).unwrap_or("").to_owned();
            entries.push(Entry { key, about, default, takes: takes(root, property) });
        }
    }
}

fn resolve<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let named = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    named.and_then(|r| root.pointer(r.trim_start_matches('#'))).unwrap_or(schema)
}

fn takes(root: &Value, schema: &Value) -> String {
    let target = resolve(root, schema);
    for (list, key) in [("oneOf", "const"), ("anyOf", "")] {
        if let Some(choices) = target.get(list).and_then(Value::as_array) {
            let words: Vec<String> = choices
                .iter()
                .map(|c| match c.get(key) {
                    Some(word) => word.to_string(),
                    None => takes(root, c),
                })
                .collect();
            return words.join(" | ");
        }
    }
    if let Some(words) = target.get("enum").and_then(Value::as_array) {
        return words.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    match target.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "value".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_what_it_is_for() {
        let entries = catalogue();
        assert!(entries.iter().any(|e| e.key == "write.keep_repeats" && e.default == Value::Bool(false)));
        for entry in entries {
            assert!(entry.about.len() > 15, "{} has no doc comment", entry.key);
            assert_ne!(entry.takes, "value", "{}", entry.key);
        }
    }

    #[test]
    fn the_words_of_a_choice_are_listed() {
        let format = catalogue().into_iter().find(|e| e.key == "write.format").unwrap();
        assert_eq!(format.takes, "\"jsonl\" | \"parquet\"");
    }
}
