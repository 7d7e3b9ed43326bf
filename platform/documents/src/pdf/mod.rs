//! PDF: a template, data beside it, and out comes a paper.
//!
//! Invariant: data reaches the template only as a value read from a virtual file, never as markup, so no text
//! typed by anyone can become an instruction; and nothing of one paper stays in memory for the next.

mod world;

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use world::Sealed;

/// Fonts to print with, checked once and shared between papers.
///
/// The house prints in Atkinson Hyperlegible (Braille Institute, OFL), regular and bold.
#[derive(Debug, Clone)]
pub struct Fonts(Arc<Shelf>);

#[derive(Debug)]
struct Shelf {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Fonts {
    /// Takes font files (TTF, OTF, collections); what cannot be read as a font is left out.
    pub fn new(files: Vec<Vec<u8>>) -> Self {
        let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self(Arc::new(Shelf { fonts, book }))
    }

    /// How many faces were found.
    pub fn len(&self) -> usize {
        self.0.fonts.len()
    }

    /// Whether no face was found, in which case nothing can be printed.
    pub fn is_empty(&self) -> bool {
        self.0.fonts.is_empty()
    }
}

/// What the PDF file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Title shown by the reader's window and announced by a screen reader.
    pub title: String,
    /// Language of the text: `fr`, `en`…
    pub lang: String,
    /// Day of the paper; `None` writes no date.
    pub date: Option<NaiveDate>,
}

/// Why a PDF could not be made. All but [`PdfError::NoFonts`] and [`PdfError::TooManyImages`] are faults of a
/// template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// No font was given: the fonts come with the built assets.
    #[error("no font to print with: build the assets first")]
    NoFonts,
    /// A paper carries a handful of pictures, not more.
    #[error("more than {limit} pictures in one paper")]
    TooManyImages {
        /// The limit passed.
        limit: usize,
    },
    /// The template does not compile with this data.
    #[error("template: {0}")]
    Template(String),
    /// The pages could not be written as PDF.
    #[error("export: {0}")]
    Export(String),
}

/// Makes a PDF from a template, which reads its data with `json("/data.json")` and may import `/house.typ`.
///
/// The result is PDF/UA-1 (accessible, ISO 14289-1) when the content allows it; a text with a character that no
/// font holds, for instance, gives a tagged PDF without that claim.
///
/// # Errors
/// [`PdfError`]; the messages are for the log, not for the person.
pub fn render(
    template: &str,
    data: &serde_json::Value,
    fonts: &Fonts,
    info: &Info,
) -> Result<Vec<u8>, PdfError> {
    render_with_images(template, data, &[], fonts, info)
}

/// Like [`render`], with pictures that the template reads as `/image-0`, `/image-1`…
///
/// # Errors
/// As [`render`], and [`PdfError::TooManyImages`].
pub fn render_with_images(
    template: &str,
    data: &serde_json::Value,
    images: &[Vec<u8>],
    fonts: &Fonts,
    info: &Info,
) -> Result<Vec<u8>, PdfError> {
    if fonts.is_empty() {
        return Err(PdfError::NoFonts);
    }
    if images.len() > world::IMAGES {
        return Err(PdfError::TooManyImages { limit: world::IMAGES });
    }
    let world = Sealed::new(template, data, images, fonts, info)?;
    let result = compile(&world, info);
    // On failure too: the cache is global and would keep every failed paper for ever.
    comemo::evict(0);
    result
}

fn compile(world: &Sealed, info: &Info) -> Result<Vec<u8>, PdfError> {
    let mut document: PagedDocument =
        typst::compile(world).output.map_err(|errors| PdfError::Template(told(&errors)))?;
    let about = document.info_mut();
    if about.title.is_none() {
        about.title = Some(info.title.as_str().into());
    }
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
    export(&document, accessible, info)
        .or_else(|_not_accessible| export(&document, PdfStandards::default(), info))
}

fn export(document: &PagedDocument, standards: PdfStandards, info: &Info) -> Result<Vec<u8>, PdfError> {
    let options = PdfOptions {
        creator: Smart::Custom(None),
        timestamp: info.date.and_then(midnight).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| PdfError::Export(told(&errors)))
}

fn midnight(day: NaiveDate) -> Option<Datetime> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Datetime::from_ymd_hms(day.year(), month, date, 0, 0, 0)
}

/// Messages and hints in one line for the log.
fn told(errors: &[SourceDiagnostic]) -> String {
    let mut told = String::new();
    for error in errors.iter().filter(|error| error.severity == Severity::Error) {
        if !told.is_empty() {
            told.push_str("; ");
        }
        told.push_str(&error.message);
        for hint in &error.hints {
            told.push_str(" (");
            told.push_str(&hint.v);
            told.push(')');
        }
    }
    told
}
