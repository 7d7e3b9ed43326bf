//! Tablée.
fn main() {}
