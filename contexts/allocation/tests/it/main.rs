//! Allocations on real databases of both engines, and their pages as people see them.

mod edges;
mod flow;
mod pages;
mod town;
