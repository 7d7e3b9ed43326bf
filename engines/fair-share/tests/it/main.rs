//! The engine against cases worked out by hand, properties, and slower implementations of its own.

mod common;
mod desk;
mod equivalents;
mod gathered;
mod json;
mod linear;
mod properties;
mod replayed;
mod simulated;
mod supposed;
mod tables;
mod transport;
