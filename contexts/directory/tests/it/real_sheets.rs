//! Real, messy spreadsheets of six French cities and of fourteen public sources, where they are at hand.

use std::path::PathBuf;

use directory::import::{ColumnKind, Note, guess, limits, read_row};
use documents::sheets::{Limits, Sheet, read};

/// The folder of reference data: `TABLEE_DATA`, else `shared/data` beside the workspace.
fn data() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("TABLEE_DATA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no reference data; TABLEE_DATA names no folder");
    None
}

fn sheet(path: &str, limits: &Limits) -> Option<Sheet> {
    let path = data()?.join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read(&bytes, limits).unwrap().into_iter().next()
}

fn mapping_of(sheet: &Sheet) -> Vec<Option<ColumnKind>> {
    let rows: Vec<&[String]> = sheet.rows.iter().map(|row| row.cells.as_slice()).collect();
    guess(&sheet.header, &rows)
}

#[test]
fn points_of_interest_of_five_cities_are_understood() {
    for file in [
        "pois-bordeaux.csv",
        "pois-lyon.csv",
        "pois-lyon-202112.csv",
        "pois-nimes.csv",
        "pois-tours.csv",
        "rennes.csv",
    ] {
        let Some(sheet) = sheet(&format!("entourage-pois/{file}"), &limits()) else { return };
        let mapping = mapping_of(&sheet);
        let at = |kind| {
            let at = mapping.iter().position(|slot| *slot == Some(kind));
            at.map(|at| sheet.header[at].as_str())
        };
        assert_eq!(at(ColumnKind::Name), Some("Nom"), "{file}: {mapping:?}");
        assert_eq!(at(ColumnKind::Address), Some("Adresse"), "{file}");
        assert_eq!(at(ColumnKind::Phone), Some("Téléphone"), "{file}");
        assert_eq!(at(ColumnKind::Description), Some("Description"), "{file}");
        let site = at(ColumnKind::Website).unwrap().to_lowercase();
        assert!(site.contains("web"), "{file}: {site}");
        let read: Vec<_> = sheet.rows.iter().map(|row| read_row(&mapping, &row.cells)).collect();
        let taken: Vec<_> = read.iter().flatten().collect();
        assert!(taken.len() * 100 >= read.len() * 98, "{file}: {} of {} rows", taken.len(), read.len());
        let placed = taken.iter().filter(|draft| draft.site.is_some()).count();
        assert!(placed * 100 >= taken.len() * 75, "{file}: {placed} of {} have a place", taken.len());
        // A phone that is there is read, but for « NC » and the like.
        let phones = taken.iter().filter(|draft| draft.notes.contains(&Note::Phone)).count();
        assert!(phones * 100 <= taken.len() * 12, "{file}: {phones} telephones of {} not read", taken.len());
        for draft in taken {
            assert!(kernel::text::person_trace(&draft.facts.description).is_none());
        }
    }
}

#[test]
fn twelve_thousand_structures_of_public_sources_are_understood() {
    let wide = Limits { rows: 20_000, ..limits() };
    let Some(sheet) = sheet("structures-linkage-fr/fr_structures.csv", &wide) else { return };
    let mapping = mapping_of(&sheet);
    let named: Vec<_> =
        sheet.header.iter().zip(&mapping).map(|(name, kind)| (name.as_str(), *kind)).collect();
    for (name, kind) in [
        ("nom", ColumnKind::Name),
        ("adresse", ColumnKind::Address),
        ("code_postal", ColumnKind::Postcode),
        ("commune", ColumnKind::City),
        ("latitude", ColumnKind::Latitude),
        ("longitude", ColumnKind::Longitude),
        ("telephone", ColumnKind::Phone),
        ("siret", ColumnKind::Siret),
    ] {
        assert!(named.contains(&(name, Some(kind))), "{name}: {named:?}");
    }
    assert!(named.contains(&("id", None)) && named.contains(&("date_maj", None)), "{named:?}");
    let (mut taken, mut placed, mut on_map, mut numbered) = (0, 0, 0, 0);
    for row in &sheet.rows {
        let Ok(draft) = read_row(&mapping, &row.cells) else { continue };
        taken += 1;
        placed += usize::from(draft.site.is_some());
        on_map += usize::from(draft.site.is_some_and(|site| site.point.is_some()));
        numbered += usize::from(draft.facts.identity.siret.is_some());
    }
    assert!(taken * 1000 >= sheet.rows.len() * 999, "{taken} of {}", sheet.rows.len());
    assert!(
        placed * 100 >= taken * 95 && on_map * 2 > taken && numbered * 4 > taken,
        "{placed} {on_map} {numbered}"
    );
}
