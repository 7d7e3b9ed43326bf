//! The use cases themselves refuse whoever has no part in a thing, whatever page they come from or none.
//!
//! Invariant: every `run` of a context's `usecases/` is tried here, or named in [`MACHINE`].

use std::collections::BTreeSet;
use std::path::Path;

use kernel::{Cx, Failure};
use testkit::both;

use super::acts;
use super::scene::Scene;

/// What the machine alone does, in jobs: no page and no person reaches them.
const MACHINE: &[&str] = &[
    // Hooked on the end of a hold, within the machine.
    "allocation/fetched",
    "allocation/lapse",
    "allocation/remind",
    "collections/lapse",
    "collections/open_to_all",
    "collections/spawn_pickups",
    "directory/empty_bin",
    "requests/ask",
    "requests/expire",
    "requests/spawn_due",
];

/// What is no act: it answers who somebody is, or keeps what the gate noted.
const NO_ACT: &[&str] = &["network/recognise", "network/note_readings"];

/// Who has no part in an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// An act on a thing of Lilas: closed to everybody else, but to facilitators of its coordination.
    Theirs,
    /// An act in the coordination: closed to whoever neither takes part in it nor facilitates it.
    Inside,
    /// An act for facilitators.
    Facilitated,
}

/// How an act ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Forbidden, or not there as far as they may know.
    Shut,
    /// Any other way.
    Open(String),
}

pub fn ended<T, R: std::fmt::Debug>(outcome: Result<T, Failure<R>>) -> Ended {
    match outcome {
        Err(Failure::Forbidden | Failure::NotFound) => Ended::Shut,
        Err(other) => Ended::Open(format!("{other:?}")),
        Ok(_) => Ended::Open("done".to_owned()),
    }
}

/// Every use case in the sources: `context/file`.
fn in_the_sources() -> BTreeSet<String> {
    let contexts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contexts");
    let mut found = BTreeSet::new();
    for context in std::fs::read_dir(contexts).unwrap() {
        let context = context.unwrap();
        let Ok(files) = std::fs::read_dir(context.path().join("src/usecases")) else { continue };
        for file in files {
            let path = file.unwrap().path();
            if std::fs::read_to_string(&path).unwrap().contains("pub async fn run(") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                found.insert(format!("{}/{name}", context.file_name().to_string_lossy()));
            }
        }
    }
    found
}

/// Who tries, by name, and which acts are closed to them.
async fn outsiders(scene: &Scene) -> Vec<(&'static str, Cx, &'static [Closed])> {
    let town = &scene.town;
    let alone = town.stranger("Association seule", "association").await;
    let seule = town.cx(town.person("Seule", alone, kernel::Role::Lead).await).await;
    let mut nowhere = seule.clone();
    nowhere.coordination = None;
    let mut elsewhere = seule.clone();
    elsewhere.coordination = Some(scene.elsewhere);
    elsewhere.viewer.facilitates = vec![scene.elsewhere];
    let ines = town.cx(town.person("Ines", scene.soupe, kernel::Role::Lead).await).await;
    let everything: &[Closed] = &[Closed::Theirs, Closed::Inside, Closed::Facilitated];
    vec![
        ("nobody", town.nobody(), everything),
        // Their context says the coordination, although they take no part in it.
        ("a stranger who names the coordination", seule, everything),
        ("a stranger", nowhere, everything),
        ("a facilitator of another coordination", elsewhere, &[Closed::Theirs]),
        ("a contributor", ines, &[Closed::Theirs, Closed::Facilitated]),
        (
            "a link of another purpose",
            town.link_cx("something.else", scene.lilas.uuid(), Some(scene.lilas)),
            everything,
        ),
    ]
}

both!(
    async fn use_cases_refuse_by_themselves(town: Town) {
        let scene = Scene::set(town).await;
        let mut tried = BTreeSet::new();
        let mut open = Vec::new();
        for (who, cx, closed) in outsiders(&scene).await {
            for (name, of, ended) in acts::all(&scene, &cx).await {
                tried.insert(name.to_owned());
                if closed.contains(&of)
                    && let Ended::Open(how) = ended
                {
                    open.push(format!("{name} is open to {who}: {how}"));
                }
            }
        }
        assert!(open.is_empty(), "{open:#?}");
        let named = tried.iter().map(String::as_str).chain(MACHINE.iter().chain(NO_ACT).copied());
        let named: BTreeSet<String> = named.map(ToOwned::to_owned).collect();
        assert_eq!(named, in_the_sources(), "a use case is tried here, or named with its reason");
    }
);
