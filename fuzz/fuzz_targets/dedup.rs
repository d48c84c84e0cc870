//! Pages of paragraphs: what is decided of them names blocks that are there.
#![no_main]

use jianbao::{Page, Settings, dedup, layout};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let settings = Settings::default();
    let text = jianbao_fuzz::text(bytes);
    let mut archive = dedup::Archive::default();
    let mut n_blocks = Vec::new();
    for (number, text) in text.split('\u{c}').enumerate() {
        let page = Page::new(format!("p{number}"), text);
        let articles = layout::segment(&page, &settings.layout);
        n_blocks.push(articles.iter().map(|a| a.blocks.len() as u32).collect::<Vec<_>>());
        archive.push(dedup::Prints::of(&page, &articles)).expect("nothing is spilled");
    }
    let resolved = archive.resolve(&settings.dedup, dedup::Of::Articles).expect("nothing is spilled");
    for (page, blocks) in n_blocks.iter().enumerate() {
        for at in resolved.page(page).keys() {
            assert!(at.block < blocks[at.article as usize]);
        }
    }
});
