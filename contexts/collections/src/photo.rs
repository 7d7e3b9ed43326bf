//! A photo of the goods: what a phone takes, kept as it came.
//!
//! Invariant: what a file is, is read from its first bytes and never from its name; what is none of three picture
//! formats, or says to be larger than a phone can show, is refused.

use serde::{Serialize, Serializer};

use crate::picture;

/// The largest photo taken, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// The most points of a photo: more than the cameras of phones make, less than what fills the memory of one.
pub const MOST_POINTS: u64 = 70_000_000;

/// The picture formats that phones make and browsers show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum PhotoType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

impl PhotoType {
    /// What the first bytes say.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xFF\xD8\xFF") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else {
            None
        }
    }

    /// The media type to serve it with.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// A photo that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    kind: PhotoType,
    bytes: Vec<u8>,
}

/// Why a file is not kept as a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPhoto {
    /// More than [`LARGEST`].
    TooLarge,
    /// None of the three formats.
    OtherFormat,
    /// More than [`MOST_POINTS`].
    TooManyPoints,
}

impl Photo {
    /// Takes a file.
    ///
    /// # Errors
    /// [`NotAPhoto`].
    pub fn take(bytes: Vec<u8>) -> Result<Self, NotAPhoto> {
        if bytes.len() > LARGEST {
            return Err(NotAPhoto::TooLarge);
        }
        let kind = PhotoType::of(&bytes).ok_or(NotAPhoto::OtherFormat)?;
        let (width, height) = picture::size(kind, &bytes).ok_or(NotAPhoto::OtherFormat)?;
        if u64::from(width) * u64::from(height) > MOST_POINTS {
            return Err(NotAPhoto::TooManyPoints);
        }
        Ok(Self { kind, bytes })
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> PhotoType {
        self.kind
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The fingerprint of an act covers which photo it was, not its megabytes.
impl Serialize for Photo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use std::hash::{Hash as _, Hasher as _};
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        self.bytes.hash(&mut hasher);
        (self.kind, self.bytes.len(), hasher.finish()).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a JPEG of 16 by 16 points.
    const SMALL: &[u8] = b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x10\0\x10\x03";

    #[test]
    fn a_photo_is_known_by_its_first_bytes() {
        assert_eq!(PhotoType::of(b"\xFF\xD8\xFF\xE0rest"), Some(PhotoType::Jpeg));
        assert_eq!(PhotoType::of(b"\x89PNG\r\n\x1a\nrest"), Some(PhotoType::Png));
        assert_eq!(PhotoType::of(b"RIFF\x10\0\0\0WEBPVP8 "), Some(PhotoType::WebP));
        for other in [&b"GIF89a"[..], b"<svg xmlns=", b"%PDF-1.7", b"RIFF\x10\0\0\0AVI ", b""] {
            assert_eq!(PhotoType::of(other), None);
        }
    }

    #[test]
    fn five_megabytes_at_most() {
        let mut bytes = SMALL.to_vec();
        bytes.resize(LARGEST + 1, 0);
        assert_eq!(Photo::take(bytes.clone()), Err(NotAPhoto::TooLarge));
        bytes.truncate(LARGEST);
        assert!(Photo::take(bytes).is_ok());
        assert_eq!(Photo::take(b"GIF89a".to_vec()), Err(NotAPhoto::OtherFormat));
    }

    #[test]
    fn a_small_file_of_a_huge_picture_is_not_kept() {
        let png = |width: u32, height: u32| {
            let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
            bytes.extend(width.to_be_bytes());
            bytes.extend(height.to_be_bytes());
            Photo::take(bytes)
        };
        assert!(png(10_000, 7_000).is_ok());
        assert_eq!(png(10_000, 7_001), Err(NotAPhoto::TooManyPoints));
        assert_eq!(png(u32::MAX, u32::MAX), Err(NotAPhoto::TooManyPoints));
        assert_eq!(png(0, 5), Err(NotAPhoto::OtherFormat), "nothing to be seen");
    }
}
