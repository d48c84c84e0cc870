//! A settings file, and one setting of the command line.
#![no_main]

use jianbao::Settings;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = jianbao_fuzz::text(bytes);
    let settings = Settings::default();
    if let Ok(changed) = settings.with_toml(&text) {
        assert!(changed.to_tree().is_object());
    }
    if let Some((key, value)) = text.split_once('=') {
        let _ = settings.with(key, value);
    }
});
