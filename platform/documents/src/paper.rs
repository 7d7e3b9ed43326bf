//! The one generic paper of the house: slips, records, sign-in sheets, sheets for a round.
//!
//! A paper must be filled by hand on a van's bonnet and photocopied: black on white, room to write, signatures
//! last. Invariant: every word on it comes from the caller; this module adds none.

use chrono::NaiveDate;
use serde::Serialize;

use crate::pdf::{Fonts, Info, PdfError, render_with_images};

const TEMPLATE: &str = include_str!("papers/paper.typ");

/// Bytes of a signature picture.
const PICTURE_BYTES: usize = 400_000;
/// Pixels on a side of a signature picture.
const PICTURE_SIDE: u32 = 3_000;
/// Characters of a drawn line.
const PATH_LENGTH: usize = 100_000;

/// A paper, all words already in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Language of the words: `fr`, `en`…
    pub lang: String,
    /// Who issues it: a coordination, an association.
    pub issuer: String,
    /// What it is: "Bon de remise".
    pub title: String,
    /// A line under the title; empty for none.
    pub subtitle: String,
    /// The number people quote on the telephone, with its label; empty for none.
    pub reference: String,
    /// Day of the paper, for the file's own data; `None` writes none.
    #[serde(skip)]
    pub date: Option<NaiveDate>,
    /// Label and value pairs, in two columns under the title.
    pub facts: Vec<Fact>,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// Boxes to sign, side by side, kept together on a page.
    pub signatures: Vec<Signature>,
    /// The foot of every page.
    pub footer: Footer,
}

/// A label and its value; an empty value is a line to write on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What is known of it; may hold line breaks.
    pub value: String,
}

impl Fact {
    /// A label and its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// The foot of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Footer {
    /// Who printed it and when.
    pub note: String,
    /// Page number, with `{page}` and `{pages}` where the numbers go.
    pub page: String,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// Title of a section.
    Heading {
        /// The words.
        text: String,
    },
    /// Free sentences, one paragraph each.
    Text {
        /// The paragraphs.
        sentences: Vec<String>,
    },
    /// A list with bullets.
    List {
        /// The points.
        items: Vec<String>,
    },
    /// What must not be missed, in a frame.
    Notice {
        /// The words.
        text: String,
    },
    /// A table whose header repeats on each page.
    Table(PaperTable),
    /// Boxes to tick.
    Checks {
        /// The boxes.
        items: Vec<Check>,
        /// In how many columns, at least one.
        columns: u8,
    },
    /// Lines to write on.
    Lines {
        /// What to write there; empty for none.
        label: String,
        /// How many lines.
        count: u8,
    },
    /// What follows starts a new page.
    NewPage,
}

/// A table of a [`Paper`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperTable {
    /// Columns, in order.
    pub columns: Vec<PaperColumn>,
    /// Rows; short ones are completed with empty cells, which are places to write.
    pub rows: Vec<Vec<String>>,
    /// A last line of sums, in bold; empty for none.
    pub total: Vec<String>,
    /// Empty rows after the others, high enough to write in.
    pub blank_rows: u8,
    /// Whether the printed rows are that high too, their empty cells being there to write in.
    pub writing: bool,
}

/// A column of a [`PaperTable`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperColumn {
    /// The heading; may be empty.
    pub name: String,
    /// Where its cells stand.
    pub align: Align,
    /// How wide it is.
    pub width: Width,
}

impl PaperColumn {
    /// A column of that heading, alignment and width.
    pub fn new(name: impl Into<String>, align: Align, width: Width) -> Self {
        Self { name: name.into(), align, width }
    }
}

/// Where cells stand in their column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Where reading starts: words.
    #[default]
    Start,
    /// Where reading ends: numbers.
    End,
    /// In the middle: boxes, hours.
    Center,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    /// As wide as its longest cell.
    #[default]
    Auto,
    /// A share of what is left.
    Share(u8),
    /// Fixed, in millimetres.
    Millimetres(u8),
}

/// A box to tick.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What is ticked.
    pub label: String,
    /// Whether it already is.
    pub checked: bool,
}

/// A box to sign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// In what role: "Pour le donateur".
    pub role: String,
    /// Name, quality, date…; an empty value is a line to write on.
    pub facts: Vec<Fact>,
    /// The word above the empty space.
    pub label: String,
    /// What was drawn on a screen.
    #[serde(skip)]
    pub drawing: Option<Drawing>,
    /// What the drawing is, for who cannot see it: "Signature de Mme Diallo".
    pub drawing_alt: String,
}

/// A signature drawn on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawing {
    /// An SVG path in a box of that size.
    Path {
        /// The `d` attribute: letters of path commands, numbers, blanks, commas; nothing else.
        d: String,
        /// Width of the box drawn in, in pixels.
        width: u16,
        /// Height of the box drawn in, in pixels.
        height: u16,
    },
    /// A PNG picture.
    Png(Vec<u8>),
}

/// Why a paper could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PaperError {
    /// A signature that is no drawing: foreign characters in the path, not a PNG, or too large.
    #[error("a signature cannot be drawn")]
    BadDrawing,
    /// See [`PdfError`].
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl Paper {
    /// Lays the paper out as a tagged PDF, A4.
    ///
    /// # Errors
    /// [`PaperError::BadDrawing`] for a signature received from outside that is none; else a [`PdfError`].
    pub fn to_pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
        let mut images = Vec::new();
        let mut pictures = Vec::new();
        for signature in &self.signatures {
            pictures.push(signature.drawing.as_ref().map(|_| images.len()));
            if let Some(drawing) = &signature.drawing {
                images.push(drawing.to_image().ok_or(PaperError::BadDrawing)?);
            }
        }
        // A paper holds texts, numbers and lists only: it always has a JSON form.
        let paper = serde_json::to_value(self).map_err(|error| PdfError::Template(error.to_string()))?;
        let data = serde_json::json!({ "paper": paper, "pictures": pictures });
        let info = Info { title: self.file_title(), lang: self.lang.clone(), date: self.date };
        Ok(render_with_images(TEMPLATE, &data, &images, fonts, &info)?)
    }

    fn file_title(&self) -> String {
        let parts = [&self.title, &self.reference].map(String::as_str);
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" – ")
    }
}

impl Drawing {
    /// A picture that is safe to lay out, or `None`.
    fn to_image(&self) -> Option<Vec<u8>> {
        match self {
            Self::Path { d, width, height } => {
                let drawn = |c: char| {
                    c.is_ascii_digit()
                        || "MmLlHhVvCcSsQqTtAaZz".contains(c)
                        || matches!(c, ' ' | ',' | '.' | '-' | '\n')
                };
                let sound = *width > 0 && *height > 0 && d.len() <= PATH_LENGTH && d.chars().all(drawn);
                sound.then(|| {
                    format!(
                        concat!(
                            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">"#,
                            r#"<path d="{d}" fill="none" stroke="black" stroke-width="{stroke}" "#,
                            r#"stroke-linecap="round" stroke-linejoin="round"/></svg>"#
                        ),
                        w = width,
                        h = height,
                        d = d,
                        // As a pen on a box some 60 mm wide.
                        stroke = (u32::from(*width) / 120).max(1)
                    )
                    .into_bytes()
                })
            }
            Self::Png(bytes) => {
                let side = |from: usize| {
                    let four: [u8; 4] = bytes.get(from..from + 4)?.try_into().ok()?;
                    Some(u32::from_be_bytes(four))
                };
                let sound = bytes.len() <= PICTURE_BYTES
                    && bytes.starts_with(b"\x89PNG\r\n\x1a\n")
                    && (1..=PICTURE_SIDE).contains(&side(16)?)
                    && (1..=PICTURE_SIDE).contains(&side(20)?);
                sound.then(|| bytes.clone())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_drawings_are_drawn() {
        let path = |d: &str| Drawing::Path { d: d.to_owned(), width: 300, height: 120 }.to_image();
        assert!(path("M10 10 C 20 20, 40.5 -20 60,10 z").is_some());
        assert!(path(r#"M0 0"/><image href="x"#).is_none());
        assert!(path("M0 0&lt;").is_none());
        assert!(Drawing::Path { d: "M0 0".into(), width: 0, height: 9 }.to_image().is_none());
        assert!(Drawing::Png(b"GIF89a".to_vec()).to_image().is_none());
        let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        huge.extend([0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(Drawing::Png(huge).to_image().is_none());
    }
}
