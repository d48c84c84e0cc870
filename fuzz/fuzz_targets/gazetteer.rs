//! A user's own names, looked for in a text that holds them.
#![no_main]

use jianbao::extract::{self, Gazetteer};
use jianbao::record::PageHead;
use jianbao::settings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = jianbao_fuzz::text(bytes);
    let Ok(gazetteer) = Gazetteer::builtin().with_user(&text) else { return };
    let article = jianbao_fuzz::paragraph(&text);
    let _ = extract::annotate(&article, &PageHead::default(), &gazetteer, &settings::Extract::default());
});
