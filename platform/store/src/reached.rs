//! Which statements a test run reached: « every statement is executed by a test on both engines ».
//!
//! Where `TABLEE_SQL_LOG` names a folder, each place in the source whose statement is executed writes one line there,
//! once per process; `cargo xtask test` compares them with the places that the source has. Never in a release build.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::panic::Location;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use crate::Engine;

static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    std::env::var_os("TABLEE_SQL_LOG").filter(|_| cfg!(debug_assertions)).map(PathBuf::from)
});
static KNOWN: Mutex<BTreeSet<(bool, &str, u32)>> = Mutex::new(BTreeSet::new());

/// Notes that the statement at this place was executed on this engine. A line that cannot be written is missed by the
/// check, which then says so; a test must not fail for it.
pub(crate) fn note(engine: Engine, place: &'static Location<'static>) {
    let Some(folder) = FOLDER.as_ref() else { return };
    let here = (engine == Engine::Postgres, place.file(), place.line());
    let first = KNOWN.lock().is_ok_and(|mut known| known.insert(here));
    if first
        && let Ok(mut file) = OpenOptions::new().create(true).append(true).open(folder.join("reached.txt"))
    {
        let _ = file.write_all(format!("{engine:?} {}:{}\n", place.file(), place.line()).as_bytes());
    }
}
