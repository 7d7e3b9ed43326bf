//! Any file is a photo that a phone can show, or refused.
#![no_main]

use collections::photo::{LARGEST, MOST_POINTS, Photo, PhotoType};
use collections::picture;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(photo) = Photo::take(bytes.to_vec()) {
        assert_eq!(PhotoType::of(bytes), Some(photo.kind()));
        assert_eq!(photo.bytes(), bytes, "kept as it came");
        assert!(bytes.len() <= LARGEST);
        let (width, height) = picture::size(photo.kind(), bytes).expect("a photo says how large it is");
        assert!(width > 0 && height > 0 && u64::from(width) * u64::from(height) <= MOST_POINTS);
    }
});

// Inputs start as pictures do, else the mutator seldom gets past the first bytes.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let size = fuzzer_mutate(data, size, max_size);
    let head: &[u8] = match seed % 4 {
        0 => b"\xFF\xD8\xFF",
        1 => b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
        2 => b"RIFF\x10\0\0\0WEBPVP8",
        _ => b"",
    };
    if size >= head.len() {
        data[..head.len()].copy_from_slice(head);
    }
    size
});
