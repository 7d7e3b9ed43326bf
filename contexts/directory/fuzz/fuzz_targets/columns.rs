//! Any sheet: its columns are guessed, each kind once at most, and every row is read or refused.
#![no_main]

use directory::import::{ColumnKind, guess, read_row};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut lines =
        text.lines().take(40).map(|line| line.split('\t').take(30).map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let rows: Vec<Vec<String>> = lines.collect();
    let borrowed: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
    let mapping = guess(&header, &borrowed);
    assert_eq!(mapping.len(), header.len());
    for kind in ColumnKind::ALL {
        assert!(mapping.iter().filter(|slot| **slot == Some(*kind)).count() <= 1);
    }
    for row in &rows {
        if let Ok(draft) = read_row(&mapping, row) {
            assert!(!draft.facts.identity.name.trim().is_empty());
        }
    }
});
