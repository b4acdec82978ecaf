//! Where the files are: a directory, or a ZIP archive that is read in place and never unpacked to disk.
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use zip::ZipArchive;

use crate::import::{ImportError, Progress, lines::Lines};

/// More entries than a roster has by far.
const MOST_ENTRIES: usize = 1_000;
/// A file may unpack to this many times its packed size …
const MOST_TIMES: u64 = 100;
/// … or to this much, whichever is more.
const ALWAYS_FINE: u64 = 16 << 20;

pub(super) enum Archive {
    Directory(PathBuf),
    Zip(PathBuf, Box<ZipArchive<BufReader<File>>>),
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let failed = |e| ImportError::file(path, e);
        if fs::metadata(path).map_err(failed)?.is_dir() {
            return Ok(Self::Directory(path.to_owned()));
        }
        let file = BufReader::new(File::open(path).map_err(failed)?);
        let mut zip =
            ZipArchive::new(file).map_err(|_| ImportError::unusable(path, "neither a directory nor a ZIP archive"))?;
        if zip.len() > MOST_ENTRIES {
            return Err(ImportError::unusable(path, format!("more than {MOST_ENTRIES} entries")));
        }
        for number in 0..zip.len() {
            let outside = zip.by_index_raw(number).is_ok_and(|entry| entry.enclosed_name().is_none());
            if outside {
                return Err(ImportError::unusable(path, "an entry whose name leads out of the archive"));
            }
        }
        Ok(Self::Zip(path.to_owned(), Box::new(zip)))
    }

    /// The unpacked size of a file; zero if there is none.
    pub(super) fn size(&mut self, name: &str) -> u64 {
        match self {
            Self::Directory(directory) => fs::metadata(directory.join(name)).map_or(0, |m| m.len()),
            Self::Zip(_, zip) => zip.by_name(name).map_or(0, |entry| entry.size()),
        }
    }

    /// A file, to be read from its beginning.
    pub(super) fn file<'a>(
        &'a mut self,
        name: &str,
        progress: Arc<dyn Progress>,
    ) -> Result<Lines<Box<dyn BufRead + 'a>>, ImportError> {
        let reader: Box<dyn BufRead + 'a> = match self {
            Self::Directory(directory) => {
                let path = directory.join(name);
                Box::new(BufReader::with_capacity(1 << 16, File::open(&path).map_err(|e| ImportError::file(path, e))?))
            }
            Self::Zip(path, zip) => {
                let entry = zip
                    .by_name(name)
                    .map_err(|_| ImportError::unusable(path.as_path(), format!("{name} is missing or damaged")))?;
                let most = entry.compressed_size().saturating_mul(MOST_TIMES).max(ALWAYS_FINE);
                Box::new(BufReader::with_capacity(1 << 16, AtMost { inner: entry, left: most }))
            }
        };
        Ok(Lines::new(reader, progress))
    }
}

/// Stops where an honest archive would long have ended.
struct AtMost<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for AtMost<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let taken = self.inner.read(out)?;
        self.left = self.left.checked_sub(taken as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "unpacks to far more than it holds; refused as a ZIP bomb")
        })?;
        Ok(taken)
    }
}
