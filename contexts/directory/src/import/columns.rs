//! What the columns of somebody's own spreadsheet hold, guessed from their names and from what is in them.
//!
//! Invariant: each kind is given to one column at most, and a column whose content speaks against its name (a
//! « téléphone » full of e-mail addresses) is believed by its content.

use kernel::text::fold;
use network::{Rna, Siret, coded};

use crate::card::{phone, website};
use crate::import::capacity::{accreditation_of, families_of, kilos, level_of, yes_or_no};
use crate::import::column_names::{NAMES, SAYS_NOTHING};
use crate::import::kinds::{kind_of, sector_of};
use crate::import::rows::{count, full_address, says_nothing, tidy_postcode};
use crate::{Receiving, point};

coded! {
    /// What a column can be.
    ColumnKind {
        /// The structure's name.
        Name = "name",
        /// What it is.
        Kind = "kind",
        /// Where it comes from.
        Sector = "sector",
        /// The national network it belongs to.
        HeadNetwork = "head_network",
        /// Number and street.
        Address = "address",
        /// Post code.
        Postcode = "postcode",
        /// Town.
        City = "city",
        /// Number, street, post code and town in one.
        FullAddress = "full_address",
        /// Degrees north.
        Latitude = "latitude",
        /// Degrees east.
        Longitude = "longitude",
        /// Telephone.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// Who answers.
        ContactName = "contact_name",
        /// Site on the web.
        Website = "website",
        /// SIRET.
        Siret = "siret",
        /// RNA number.
        Rna = "rna",
        /// Households served.
        Households = "households",
        /// Persons served.
        Persons = "persons",
        /// When it takes deliveries.
        Receiving = "receiving",
        /// What it does.
        Description = "description",
        /// « Habilitation ».
        Accreditation = "accreditation",
        /// Kilograms it keeps dry.
        Dry = "dry",
        /// Kilograms it keeps chilled.
        Chilled = "chilled",
        /// Kilograms it keeps frozen.
        Frozen = "frozen",
        /// Whether a lorry can dock.
        Dock = "dock",
        /// Families it is glad of.
        Wanted = "wanted",
        /// Families it cannot take.
        Excluded = "excluded",
        /// How far it takes part.
        Level = "level",
    }
}

/// What each column holds. `rows` are looked at, two hundred of them at most.
#[must_use]
pub fn guess(header: &[String], rows: &[&[String]]) -> Vec<Option<ColumnKind>> {
    let mut scored: Vec<(u32, usize, ColumnKind)> = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let sample: Vec<&str> = rows
            .iter()
            .take(200)
            .filter_map(|row| row.get(at).map(|cell| cell.trim()))
            .filter(|cell| !says_nothing(cell))
            .collect();
        for kind in ColumnKind::ALL {
            let score = score(*kind, name, &sample);
            if score >= 40 {
                scored.push((score, at, *kind));
            }
        }
    }
    // The surest first; between equals the leftmost, as people read.
    scored.sort_by_key(|(score, at, kind)| (std::cmp::Reverse(*score), *at, *kind));
    let mut mapping: Vec<Option<ColumnKind>> = vec![None; header.len()];
    for (_, at, kind) in scored {
        if mapping.contains(&Some(kind)) {
            continue;
        }
        if let Some(slot @ None) = mapping.get_mut(at) {
            *slot = Some(kind);
        }
    }
    // One address is enough: the parts win over the whole where all of them are there.
    let has = |kind| mapping.contains(&Some(kind));
    if has(ColumnKind::FullAddress)
        && has(ColumnKind::Postcode)
        && has(ColumnKind::City)
        && has(ColumnKind::Address)
    {
        for slot in mapping.iter_mut().filter(|slot| **slot == Some(ColumnKind::FullAddress)) {
            *slot = None;
        }
    }
    if !mapping.contains(&Some(ColumnKind::Name)) {
        name_by_content(rows, &mut mapping);
    }
    mapping
}

/// Without a telling header, the name is the leftmost free column of words that hardly repeat.
fn name_by_content(rows: &[&[String]], mapping: &mut [Option<ColumnKind>]) {
    let telling = |at: usize| {
        let cells: Vec<String> = rows
            .iter()
            .take(200)
            .filter_map(|row| row.get(at))
            .map(|cell| fold(cell))
            .filter(|cell| cell.chars().any(char::is_alphabetic))
            .collect();
        let distinct: std::collections::BTreeSet<&String> = cells.iter().collect();
        let filled = rows.len().min(200);
        cells.len() * 10 >= filled * 8 && distinct.len() * 10 >= cells.len() * 8 && !cells.is_empty()
    };
    let found = (0..mapping.len()).find(|at| mapping.get(*at) == Some(&None) && telling(*at));
    if let Some(slot) = found.and_then(|at| mapping.get_mut(at)) {
        *slot = Some(ColumnKind::Name);
    }
}

fn score(kind: ColumnKind, header: &str, sample: &[&str]) -> u32 {
    let named = by_name(kind, header);
    let Some(fits) = by_content(kind, sample) else { return named };
    // `fits` is in hundredths of the cells that say something.
    match (named, fits) {
        (0, fits) if speaks_alone(kind) && fits >= 80 => 45 + (fits - 80),
        (0, _) => 0,
        // Two cells out of three that cannot be read as such: the name is wrong.
        (_, fits) if fits < 34 && sample.len() >= 3 => 0,
        (named, fits) => named + fits / 5,
    }
}

/// 100 for a name that is one of those known, less for one that contains it among other words, 0 otherwise.
fn by_name(kind: ColumnKind, header: &str) -> u32 {
    let folded = fold(header);
    let words: Vec<&str> =
        folded.split(' ').filter(|word| !word.is_empty() && !SAYS_NOTHING.contains(word)).collect();
    if words.is_empty() {
        return 0;
    }
    let known = NAMES.iter().filter(|(of, _)| *of == kind).flat_map(|(_, names)| names.iter());
    known.map(|name| matched(name, &words)).max().unwrap_or(0)
}

fn matched(name: &str, words: &[&str]) -> u32 {
    let wanted: Vec<&str> = name.split(' ').collect();
    let found = wanted.iter().all(|want| words.iter().any(|word| same_word(want, word)));
    if !found {
        return 0;
    }
    let (wanted, all) =
        (u32::try_from(wanted.len()).unwrap_or(9), u32::try_from(words.len()).unwrap_or(u32::MAX));
    // More of the header explained is better; a longer name explained is better still.
    (45 + 45 * wanted.min(all) / all.max(1) + 3 * wanted.min(5)).min(100)
}

/// The same word but for a plural.
fn same_word(a: &str, b: &str) -> bool {
    let plain = |word: &str| {
        word.strip_suffix('s').filter(|rest| rest.len() > 2).map_or(word.to_owned(), str::to_owned)
    };
    plain(a) == plain(b)
}

/// Kinds whose content is telling without any name.
fn speaks_alone(kind: ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Email
            | ColumnKind::Phone
            | ColumnKind::Siret
            | ColumnKind::Rna
            | ColumnKind::Website
            | ColumnKind::Postcode
    )
}

/// How many cells in a hundred read as this kind; `None` for kinds that any text is.
fn by_content(kind: ColumnKind, sample: &[&str]) -> Option<u32> {
    let fits: fn(&str) -> bool = match kind {
        ColumnKind::Email => |cell| cell.contains('@') && cell.contains('.'),
        ColumnKind::Phone => |cell| cell.split(['/', ';', ',', '\n']).any(|part| phone(part).is_some()),
        ColumnKind::Siret => |cell| Siret::parse(cell).is_some(),
        ColumnKind::Rna => |cell| Rna::parse(cell).is_some(),
        ColumnKind::Website => {
            |cell| website(cell).is_some() && !cell.contains('@') && cell.chars().any(char::is_alphabetic)
        }
        ColumnKind::Postcode => |cell| tidy_postcode(cell).is_some(),
        ColumnKind::Latitude | ColumnKind::Longitude => {
            |cell| point(&format!("{}, 0", cell.replace(',', "."))).is_some()
        }
        ColumnKind::Households | ColumnKind::Persons => |cell| count(cell).is_some(),
        ColumnKind::Dry | ColumnKind::Chilled | ColumnKind::Frozen => |cell| kilos(cell).is_some(),
        ColumnKind::Accreditation => |cell| accreditation_of(cell).is_some(),
        ColumnKind::Dock => |cell| yes_or_no(cell).is_some(),
        ColumnKind::Wanted | ColumnKind::Excluded => |cell| !families_of(cell).0.is_empty(),
        ColumnKind::Level => |cell| level_of(cell).is_some(),
        ColumnKind::Receiving => |cell| Receiving::parse_week(cell).is_ok(),
        ColumnKind::FullAddress => |cell| full_address(cell).is_some(),
        ColumnKind::Kind => |cell| kind_of(cell).is_some(),
        ColumnKind::Sector => |cell| sector_of(cell).is_some(),
        ColumnKind::Name | ColumnKind::ContactName | ColumnKind::City => {
            |cell| !is_figure(cell) && !cell.contains('@')
        }
        ColumnKind::Address | ColumnKind::HeadNetwork | ColumnKind::Description => return None,
    };
    if sample.is_empty() {
        return None;
    }
    let fitting = sample.iter().filter(|cell| fits(cell)).count();
    u32::try_from(fitting * 100 / sample.len()).ok()
}

fn is_figure(cell: &str) -> bool {
    !cell.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guessed(header: &[&str], rows: &[&[&str]]) -> Vec<&'static str> {
        let header: Vec<String> = header.iter().map(ToString::to_string).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        guess(&header, &rows).into_iter().map(|kind| kind.map_or("", ColumnKind::code)).collect()
    }

    #[test]
    fn headers_of_every_kind() {
        for (header, kind) in [
            ("Nom de l’asso", "name"),
            ("NOM STRUCTURE", "name"),
            ("Raison sociale", "name"),
            ("Association", "name"),
            ("Type de structure", "kind"),
            ("CP", "postcode"),
            ("Code postal", "postcode"),
            ("Ville", "city"),
            ("Tél", "phone"),
            ("Tél.", "phone"),
            ("N° de téléphone", "phone"),
            ("Téléphone du contact", "phone"),
            ("Adresse mail", "email"),
            ("Courriel", "email"),
            ("E-mail du responsable", "email"),
            ("Adresse", "address"),
            ("Adresse du siège", "address"),
            ("Nb de bénéficiaires", "persons"),
            ("Nombre de foyers aidés", "households"),
            ("Nb familles", "households"),
            ("Personne à contacter", "contact_name"),
            ("Nom du contact", "contact_name"),
            ("Référent·e", "contact_name"),
            ("Site internet", "website"),
            ("N° SIRET", "siret"),
            ("Tête de réseau", "head_network"),
            ("Horaires de réception", "receiving"),
            ("Secteur d'activité", "sector"),
            ("Présentation", "description"),
            ("Capacité sec (kg)", "dry"),
            ("Frais (kg)", "chilled"),
            ("Congélateur (kg)", "frozen"),
            ("Quai", "dock"),
            ("Habilitation", "accreditation"),
            ("Familles souhaitées", "wanted"),
            ("Familles exclues", "excluded"),
            ("Niveau de participation", "level"),
            ("Remarques internes", ""),
            ("", ""),
        ] {
            assert_eq!(guessed(&[header], &[]), [kind], "{header}");
        }
    }

    #[test]
    fn content_is_believed_over_a_wrong_name() {
        let rows: &[&[&str]] = &[
            &["Les Lilas", "lilas@exemple.fr", "01 48 70 00 00", "93260"],
            &["Le Panier", "panier@exemple.fr", "06 12 34 56 78", "93100"],
            &["La Main", "main@exemple.fr", "01.48.70.00.01", "93170"],
        ];
        assert_eq!(guessed(&["A", "Téléphone", "B", "C"], rows), ["name", "email", "phone", "postcode"]);
    }

    #[test]
    fn a_whole_sheet_at_once() {
        let header = &[
            "Structure",
            "Nom du contact",
            "Tél",
            "Mail",
            "Adresse",
            "CP",
            "Ville",
            "Nb de bénéficiaires",
            "Type",
        ];
        let rows: &[&[&str]] = &[
            &[
                "Épicerie des Lilas",
                "Awa",
                "0148700000",
                "a@exemple.fr",
                "1 rue Verte",
                "93260",
                "Les Lilas",
                "120",
                "Association",
            ],
            &["CCAS", "", "0148700001", "", "Mairie", "93100", "Montreuil", "env. 300", "CCAS"],
        ];
        let expected =
            ["name", "contact_name", "phone", "email", "address", "postcode", "city", "persons", "kind"];
        assert_eq!(guessed(header, rows), expected);
    }

    proptest! {
        #[test]
        fn each_kind_once_and_any_sheet_is_survived(
            header in proptest::collection::vec(".{0,16}", 0..8),
            rows in proptest::collection::vec(proptest::collection::vec(".{0,12}", 0..9), 0..6),
        ) {
            let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
            let mapping = guess(&header, &rows);
            prop_assert_eq!(mapping.len(), header.len());
            for kind in ColumnKind::ALL {
                prop_assert!(mapping.iter().filter(|slot| **slot == Some(*kind)).count() <= 1);
            }
        }
    }
}
