//! The house as a whole: the real binary, killed and started again; every route and who may ask for it.

mod crash;
mod process;
