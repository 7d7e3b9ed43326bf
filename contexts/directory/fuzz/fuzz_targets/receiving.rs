//! Any text is receiving hours or not; what is read is written so that it reads back the same.
#![no_main]

use directory::Receiving;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(hours) = Receiving::parse_week(text) {
        assert_eq!(Receiving::parse_week(&hours.to_string()).as_ref(), Ok(&hours));
    }
    for weekday in 0..=8 {
        let _ = Receiving::parse_day(weekday, text);
    }
});
