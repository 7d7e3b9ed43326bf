//! Any file handed in is read or refused.
#![no_main]

use documents::sheets::{Limits, read};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    if let Ok(sheets) = read(bytes, &Limits::default()) {
        assert!(!sheets.is_empty());
        for sheet in sheets {
            assert!(sheet.rows.iter().all(|row| row.cells.len() == sheet.header.len()));
        }
    }
});

// Half of the inputs start as containers do, else the mutator seldom gets past the first bytes.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let size = fuzzer_mutate(data, size, max_size);
    if seed % 2 == 0 && size > 4 {
        data[..4].copy_from_slice(b"PK\x03\x04");
    }
    size
});
