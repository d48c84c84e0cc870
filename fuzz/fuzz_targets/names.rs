//! Everything that is read of an article: bylines, facts, entities, activities.
#![no_main]

use jianbao::extract::{self, Gazetteer};
use jianbao::record::PageHead;
use jianbao::settings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = jianbao_fuzz::text(bytes);
    let article = jianbao_fuzz::paragraph(&text);
    let notes = extract::annotate(&article, &PageHead::default(), &Gazetteer::builtin(), &settings::Extract::default());
    for entity in &notes.entities {
        assert!(text.get(entity.start as usize..entity.end as usize).is_some());
    }
});
