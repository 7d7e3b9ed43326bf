//! Papers to sign and keep.
