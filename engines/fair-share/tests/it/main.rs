//! The engine against cases worked out by hand, properties, and slower implementations of its own.

mod common;
mod properties;
mod tables;
mod transport;
