//! One output by its path: a file that appears whole or not at all; a device or a pipe is written to where it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::write::AtomicFile;

/// Links that are followed at most, as systems do.
const MAX_LINKS: usize = 40;

/// What records are written to.
#[derive(Debug)]
pub enum Target {
    /// A file.
    File(AtomicFile),
    /// A device or a pipe, which nothing can take the place of.
    Stream(PathBuf, BufWriter<File>),
}

impl Target {
    /// Opens what is at `path`. A file that is there is only written over with `force`; of a link, what it leads to is
    /// written.
    pub fn open(path: &Path, force: bool) -> Result<Self> {
        if path.as_os_str().as_encoded_bytes().ends_with(b"/") {
            return Err(Error::new(ErrorKind::Exists, "names a folder").at(path).hint("name a file in it"));
        }
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => {
                Err(Error::new(ErrorKind::Exists, "is a folder").at(path).hint("name a file in it"))
            }
            Ok(there) if !there.is_file() => {
                let file = OpenOptions::new().write(true).open(path);
                let file = file.map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(path).because(e))?;
                Ok(Self::Stream(path.to_path_buf(), BufWriter::with_capacity(1 << 16, file)))
            }
            Ok(_) if !force => {
                Err(Error::new(ErrorKind::Exists, "is there already").at(path).hint("--force writes over it"))
            }
            _ => AtomicFile::create(followed(path)).map(Self::File),
        }
    }

    /// Brings what was written to its place.
    pub fn commit(self) -> Result<()> {
        match self {
            Self::File(file) => file.commit(),
            Self::Stream(path, mut file) => {
                file.flush().map_err(|e| Error::new(ErrorKind::Write, "cannot write").at(path).because(e))
            }
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Stream(_, file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Stream(_, file) => file.flush(),
        }
    }
}

/// What a path leads to, also where nothing is there yet.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(to) => path = path.parent().unwrap_or(Path::new("")).join(to),
            Err(_) => break,
        }
    }
    path
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{FileTypeExt as _, symlink};

    use super::*;

    fn write(path: &Path, force: bool) -> Result<()> {
        let mut target = Target::open(path, force)?;
        target.write_all(b"text").unwrap();
        target.commit()
    }

    #[test]
    fn what_a_link_leads_to_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("below")).unwrap();
        symlink("below/file", at("link")).unwrap();
        symlink("link", at("other")).unwrap();
        write(&at("other"), false).unwrap();
        assert_eq!(fs::read(at("below/file")).unwrap(), b"text");
        assert_eq!(write(&at("other"), false).unwrap_err().kind(), ErrorKind::Exists);
        fs::write(at("below/file"), "before").unwrap();
        write(&at("other"), true).unwrap();
        assert_eq!(fs::read(at("below/file")).unwrap(), b"text");
        assert!(["link", "other"].iter().all(|name| at(name).is_symlink()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn a_device_is_written_to_and_stays() {
        for force in [false, true] {
            write(Path::new("/dev/null"), force).unwrap();
        }
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        assert_eq!(write(Path::new("/dev"), true).unwrap_err().kind(), ErrorKind::Exists);
    }
}
