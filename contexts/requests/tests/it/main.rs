//! Requests on real databases of both engines, and their pages as people see them.

mod ask;
mod life;
mod pages;
mod standing;
mod town;
