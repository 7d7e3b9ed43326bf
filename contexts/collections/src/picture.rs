//! How large a picture says it is, read from the head of its file without unpacking it: a small file may name a picture
//! that no phone can show.
//!
//! Sources: PNG (W3C, third edition) 11.2.1; JPEG (ITU-T T.81) B.2.2; WebP container (RFC 9649) 2.5 to 2.7.

use crate::photo::PhotoType;

/// Width and height, or `None` where the file does not say both.
#[must_use]
pub fn size(kind: PhotoType, bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match kind {
        PhotoType::Png => png(bytes)?,
        PhotoType::Jpeg => jpeg(bytes)?,
        PhotoType::WebP => webp(bytes)?,
    };
    (width > 0 && height > 0).then_some((width, height))
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

/// The frame header is looked for from segment to segment; what comes before it is passed over by its length.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?));
    let mut at = 2_usize;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A second 0xFF only fills.
            0xFF => at += 1,
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => at += 2,
            // A frame: precision, height, width. C4, C8 and CC are tables.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Some((u32::from(number(at + 7)?), u32::from(number(at + 5)?)));
            }
            // The picture itself, or the end, before any frame.
            0xD9 | 0xDA => return None,
            _ => at = at.checked_add(2)?.checked_add(usize::from(number(at + 2)?))?,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    let two = |at: usize| Some(byte(at)? | (byte(at + 1)? << 8));
    match bytes.get(12..16)? {
        b"VP8X" => {
            let three = |at: usize| Some(two(at)? | (byte(at + 2)? << 16));
            Some((three(24)? + 1, three(27)? + 1))
        }
        b"VP8L" if byte(20)? == 0x2F => {
            let bits = two(21)? | (two(23)? << 16);
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        b"VP8 " if bytes.get(23..26)? == b"\x9D\x01\x2A" => Some((two(26)? & 0x3FFF, two(28)? & 0x3FFF)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [PhotoType; 3] = [PhotoType::Jpeg, PhotoType::Png, PhotoType::WebP];

    #[test]
    fn heads_as_phones_and_programs_write_them() {
        let exif = [
            b"\xFF\xD8\xFF\xE1\x00\x06Exif\xFF\xFF\xDB\x00\x04\x00\x00".as_slice(),
            b"\xFF\xC2\x00\x11\x08\x17\xE8\x1F\xE0\x03",
        ];
        let cases: [(PhotoType, Vec<u8>, (u32, u32)); 6] = [
            (PhotoType::Png, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xE0".to_vec(), (640, 480)),
            (PhotoType::Jpeg, b"\xFF\xD8\xFF\xC0\0\x11\x08\x01\xE0\x02\x80\x03".to_vec(), (640, 480)),
            (PhotoType::Jpeg, exif.concat(), (8_160, 6_120)),
            (
                PhotoType::WebP,
                b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x7F\x02\0\xDF\x01\0".to_vec(),
                (640, 480),
            ),
            (PhotoType::WebP, b"RIFF\0\0\0\0WEBPVP8L\x0A\0\0\0\x2F\x7F\xC2\x77\0".to_vec(), (640, 480)),
            (
                PhotoType::WebP,
                b"RIFF\0\0\0\0WEBPVP8 \x0A\0\0\0\0\0\0\x9D\x01\x2A\x80\x02\xE0\x01".to_vec(),
                (640, 480),
            ),
        ];
        for (kind, bytes, expected) in cases {
            assert_eq!(size(kind, &bytes), Some(expected), "{kind:?}");
            for cut in 0..bytes.len() - 1 {
                let _ = size(kind, bytes.get(..cut).unwrap_or_default());
            }
        }
    }

    #[test]
    fn what_does_not_say_its_size_has_none() {
        for kind in KINDS {
            assert_eq!(size(kind, b""), None);
        }
        assert_eq!(size(PhotoType::Png, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\x01"), None);
        assert_eq!(size(PhotoType::Jpeg, b"\xFF\xD8\xFF\xDA\0\x08"), None, "no frame before the picture");
        assert_eq!(
            size(PhotoType::Jpeg, b"\xFF\xD8\xFF\xE0\0\0\xFF\xE0\0\0"),
            None,
            "a segment without a length"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_size_or_none(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            kind in prop::sample::select(KINDS.to_vec()),
        ) {
            if let Some((width, height)) = size(kind, &bytes) {
                prop_assert!(width > 0 && height > 0);
            }
        }

        /// Whatever lies between the beginning of a JPEG and its frame, the frame is found and reading ends.
        #[test]
        fn a_frame_is_found_behind_any_segments(
            segments in proptest::collection::vec((0xE0_u8..=0xEF, proptest::collection::vec(any::<u8>(), 0..40)), 0..8),
            width in 1_u16.., height in 1_u16..,
        ) {
            let mut bytes = b"\xFF\xD8".to_vec();
            for (marker, content) in segments {
                bytes.extend([0xFF, marker]);
                bytes.extend(u16::try_from(content.len() + 2).expect("short").to_be_bytes());
                bytes.extend(content);
            }
            bytes.extend(b"\xFF\xC0\0\x11\x08");
            bytes.extend(height.to_be_bytes());
            bytes.extend(width.to_be_bytes());
            prop_assert_eq!(size(PhotoType::Jpeg, &bytes), Some((width.into(), height.into())));
        }
    }
}
