//! Exceptions somebody decided on, each with its reason. Empty is the goal.

/// Files that may be longer than the rule says: path and why.
pub const LONG_FILES: &[(&str, &str)] = &[];
