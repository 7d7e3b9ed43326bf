//! The whole world a template can see: itself, the house style, its data, its pictures, the fonts.
//!
//! Invariant: there is no disk, no network, no package and no clock behind it.

use std::sync::LazyLock;

use chrono::Datelike as _;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use super::{Fonts, Info, PdfError};

/// Pictures one paper may carry.
pub(super) const IMAGES: usize = 8;

const HOUSE: &str = include_str!("../papers/house.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one paper.
#[derive(Debug)]
pub(super) struct Sealed {
    fonts: Fonts,
    main: Source,
    files: Vec<(FileId, Bytes)>,
    today: Option<Datetime>,
}

impl Sealed {
    pub(super) fn new(
        template: &str,
        data: &serde_json::Value,
        images: &[Vec<u8>],
        fonts: &Fonts,
        info: &Info,
    ) -> Result<Self, PdfError> {
        let about = serde_json::json!({ "title": info.title, "lang": info.lang });
        let mut files = vec![
            (file("house.typ")?, Bytes::from_string(HOUSE)),
            (file("data.json")?, Bytes::from_string(data.to_string())),
            (file("info.json")?, Bytes::from_string(about.to_string())),
        ];
        for (at, image) in images.iter().enumerate().take(IMAGES) {
            files.push((file(&format!("image-{at}"))?, Bytes::new(image.clone())));
        }
        let today = info.date.and_then(|day| {
            Datetime::from_ymd(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
        });
        let main = Source::new(file("main.typ")?, template.to_owned());
        Ok(Self { fonts: fonts.clone(), main, files, today })
    }

    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(known, _)| *known == id);
        found
            .map(|(_, bytes)| bytes.clone())
            .ok_or_else(|| FileError::NotFound(id.get().vpath().get_with_slash().into()))
    }
}

/// Ids are kept for ever by the compiler, in a table of 65 535: only fixed names are ever asked here.
fn file(name: &str) -> Result<FileId, PdfError> {
    let path = VirtualPath::new(name).map_err(|error| PdfError::Template(error.to_string()))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Sealed {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.0.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let bytes = self.bytes(id)?;
        Ok(Source::new(id, bytes.as_str().map_err(|_not_text| FileError::InvalidUtf8)?.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.0.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
