//! The network on real databases of both engines, and through its pages.

mod pages;
mod people;
mod seats;
mod sharing;
