//! Any text is strokes in the frame or refused; what is kept is printed, and reads back the same.
#![no_main]

use collections::handover::Signature;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(Some(signature)) = Signature::parse(text) {
        assert_eq!(Signature::parse(signature.path()), Ok(Some(signature.clone())));
        assert!(signature.path().starts_with('M'));
        assert!(signature.path().bytes().all(|byte| b" 0123456789MLlZ".contains(&byte)));
    }
});
