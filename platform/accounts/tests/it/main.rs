//! Ways in, tried on both engines.

mod door;
mod notices;
mod personal_links;
