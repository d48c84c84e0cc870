//! What the targets share: bytes are read as a file of a name would be.

use jianbao::read::{Place, Sources};
use jianbao::settings;

/// Reads `bytes` as the file `name`, under small caps, and looks at everything that comes out.
pub fn read(name: &str, bytes: &[u8]) {
    let settings = settings::Read {
        chunk_bytes: 256,
        max_page_bytes: 64 << 10,
        max_html_bytes: 64 << 10,
        expand_grace_bytes: 256 << 10,
        max_expanded_bytes: 4 << 20,
        ..settings::Read::default()
    };
    let sources = Sources::in_memory([(name, bytes)]);
    let _ = sources.each_chunk(&settings, Place::default(), &mut |chunk| {
        let parsed = chunk.parse(&settings);
        for page in &parsed.pages {
            assert!(page.text.len() <= settings.max_page_bytes * 4 && !page.head.id.is_empty());
        }
        std::ops::ControlFlow::Continue(())
    });
}

/// Reads `bytes` behind the first bytes of a format, so that no time is spent on finding these.
pub fn read_behind(start: &[u8], name: &str, bytes: &[u8]) {
    read(name, &[start, bytes].concat());
}
