//! A small town to test with: real databases on both engines, a frozen clock, a browser without a screen.
//!
//! ```text
//! testkit::both!(async fn a_lot_is_received(town: Town) {
//!     let lilas = town.structure("Épicerie des Lilas", "association").await;
//!     let awa = town.person("Awa", lilas, Role::Lead).await;
//!     let cx = town.cx(awa).await;
//!     …
//! });
//! ```
//!
//! Each test has a database of its own. PostgreSQL is used when `TABLEE_TEST_POSTGRES_URL` names a cluster in which
//! databases may be created (`cargo xtask test` starts one); otherwise the `postgres` half says that it was skipped.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "test support: a broken expectation ends the test"
)]

mod browser;
mod town;

pub use browser::{Browser, Page};
pub use store::Engine;
pub use town::Town;

/// Writes one test for SQLite and one for PostgreSQL, each with a town of its own.
#[macro_export]
macro_rules! both {
    ($(#[$meta:meta])* async fn $name:ident($town:ident: Town) $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "a test may not need its module's names")]
            use super::*;

            async fn on($town: $crate::Town) $body

            $(#[$meta])*
            #[tokio::test]
            async fn sqlite() {
                if let Some(town) = $crate::Town::found($crate::Engine::Sqlite).await {
                    on(town).await;
                }
            }

            $(#[$meta])*
            #[tokio::test]
            async fn postgres() {
                if let Some(town) = $crate::Town::found($crate::Engine::Postgres).await {
                    on(town).await;
                }
            }
        }
    };
}
