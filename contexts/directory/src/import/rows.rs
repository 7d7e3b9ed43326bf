//! One row of somebody's spreadsheet, read into what a card and a place say; what cannot be read is left out and said.
//!
//! Invariant: a row is refused only where it has no name; everything else that is wrong costs its cell, not the row.

use goods::FamilyCode;
use kernel::geo::Point;
use kernel::text::{fold, one_line, person_trace};
use kernel::{Grams, Level};
use network::usecases::register_structure::RegisterStructure;
use network::{Accreditation, Rna, Sector, Siret, StructureKind, coded};

use crate::card::{phone, website};
use crate::import::ColumnKind;
use crate::import::capacity::{accreditation_of, families_of, kilos, level_of, yes_or_no};
use crate::import::kinds::{kind_in_name, kind_of, sector_of, sector_of_kind};
use crate::usecases::edit_card::CardFacts;
use crate::usecases::register_site::SiteFacts;
use crate::{Contact, Receiving, Served, Wishes, point, postcode};

coded! {
    /// What of a row was left out.
    Note {
        /// The telephone number.
        Phone = "phone",
        /// The e-mail address.
        Email = "email",
        /// The web address.
        Website = "website",
        /// The SIRET.
        Siret = "siret",
        /// The RNA number.
        Rna = "rna",
        /// The post code.
        Postcode = "postcode",
        /// The place, for want of a post code or a town.
        Place = "place",
        /// The point on the map.
        Point = "point",
        /// How many households or persons.
        Count = "count",
        /// The receiving hours.
        Receiving = "receiving",
        /// The description, because it seems to hold something about a person.
        Description = "description",
        /// The kind; it was taken for an association.
        Kind = "kind",
        /// The sector; it was put under « autre ».
        Sector = "sector",
        /// What it can keep, or whether it has a dock.
        Capacity = "capacity",
        /// A family that is wanted or excluded.
        Families = "families",
        /// The accreditation.
        Accreditation = "accreditation",
        /// How far it takes part.
        Level = "level",
    }
}

/// Why a row cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRefused {
    /// It names no structure.
    Nameless,
    /// Its name is longer than a name.
    NameTooLong,
}

/// A row, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What the card will say.
    pub facts: CardFacts,
    /// The place, where the row holds enough of one.
    pub site: Option<SiteFacts>,
    /// How far it takes part, where the row says so.
    pub level: Option<Level>,
    /// What was left out.
    pub notes: Vec<Note>,
}

struct Cells<'r> {
    mapping: &'r [Option<ColumnKind>],
    cells: &'r [String],
    notes: Vec<Note>,
}

impl Cells<'_> {
    fn text(&self, kind: ColumnKind) -> Option<String> {
        let at = self.mapping.iter().position(|slot| *slot == Some(kind))?;
        let line = one_line(self.cells.get(at)?);
        (!line.is_empty() && !says_nothing(&line)).then_some(line)
    }

    /// Whether the cell holds question marks and nothing else.
    fn asks(&self, kind: ColumnKind) -> bool {
        let at = self.mapping.iter().position(|slot| *slot == Some(kind));
        at.and_then(|at| self.cells.get(at)).is_some_and(|cell| {
            let cell = cell.trim();
            !cell.is_empty() && cell.chars().all(|c| c == '?')
        })
    }

    /// The cell, read; one that cannot be is noted and left out.
    fn read<T>(&mut self, kind: ColumnKind, note: Note, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let Some(text) = self.text(kind) else {
            // A question mark is no value, but somebody meant to come back to it.
            if self.asks(kind) && !self.notes.contains(&note) {
                self.notes.push(note);
            }
            return None;
        };
        let value = read(&text);
        if value.is_none() && !self.notes.contains(&note) {
            self.notes.push(note);
        }
        value
    }
}

/// What people write in a cell that they have nothing for.
pub(super) fn says_nothing(cell: &str) -> bool {
    matches!(
        fold(cell).as_str(),
        // The last two are what our own export writes where something is not shared.
        "" | "non partage"
            | "non partagee"
            | "not shared"
            | "nc"
            | "n c"
            | "na"
            | "n a"
            | "neant"
            | "non renseigne"
            | "inconnu"
            | "null"
            | "nan"
    )
}

/// Reads a row.
///
/// # Errors
/// [`RowRefused`].
pub fn read_row(mapping: &[Option<ColumnKind>], cells: &[String]) -> Result<Draft, RowRefused> {
    let mut row = Cells { mapping, cells, notes: Vec::new() };
    let name =
        row.text(ColumnKind::Name).filter(|name| !fold(name).is_empty()).ok_or(RowRefused::Nameless)?;
    if name.chars().count() > 160 {
        return Err(RowRefused::NameTooLong);
    }
    let kind = row.read(ColumnKind::Kind, Note::Kind, kind_of);
    let kind = kind.or_else(|| kind_in_name(&name)).unwrap_or(StructureKind::Association);
    let said = row.text(ColumnKind::Sector).is_some() || row.asks(ColumnKind::Sector);
    let sector = row.read(ColumnKind::Sector, Note::Sector, sector_of);
    let sector = sector.unwrap_or(if said { Sector::Other } else { sector_of_kind(kind) });
    let siret =
        row.read(ColumnKind::Siret, Note::Siret, |cell| Siret::parse(cell).map(|s| s.as_str().to_owned()));
    let rna =
        row.read(ColumnKind::Rna, Note::Rna, |cell| Rna::parse(cell).map(|rna| rna.as_str().to_owned()));
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let accreditation = row.read(ColumnKind::Accreditation, Note::Accreditation, accreditation_of);
    let identity = RegisterStructure {
        accreditation: accreditation.unwrap_or(Accreditation::Unknown),
        head_network: row.text(ColumnKind::HeadNetwork).map(|text| short(&text, 120)),
        siret,
        rna,
        ..RegisterStructure::new(name.clone(), kind, sector)
    };
    let description = row
        .read(ColumnKind::Description, Note::Description, |text| {
            person_trace(text).is_none().then(|| short(text, 2000))
        })
        .unwrap_or_default();
    let contact = Contact {
        name: row.text(ColumnKind::ContactName).map(|text| short(&text, 100)),
        phone: row.read(ColumnKind::Phone, Note::Phone, first_phone),
        email: row.read(ColumnKind::Email, Note::Email, first_email),
    };
    let served = Served {
        households: row.read(ColumnKind::Households, Note::Count, count),
        persons: row.read(ColumnKind::Persons, Note::Count, count),
    };
    let website = row.read(ColumnKind::Website, Note::Website, website).unwrap_or_default();
    let site = site(&mut row, &name);
    let excluded = families(&mut row, ColumnKind::Excluded);
    let mut wanted = families(&mut row, ColumnKind::Wanted);
    // Who cannot take it does not want it, whatever the sheet says.
    wanted.retain(|family| !excluded.contains(family));
    let level = row.read(ColumnKind::Level, Note::Level, level_of);
    Ok(Draft {
        facts: CardFacts {
            identity,
            description,
            website,
            contact,
            served,
            wishes: Wishes { wanted, excluded },
        },
        site,
        level,
        notes: row.notes,
    })
}

/// The families of a cell; those that are not understood are noted.
fn families(row: &mut Cells<'_>, kind: ColumnKind) -> Vec<FamilyCode> {
    let Some(text) = row.text(kind) else { return Vec::new() };
    let (found, lost) = families_of(&text);
    if lost && !row.notes.contains(&Note::Families) {
        row.notes.push(Note::Families);
    }
    found
}

fn site(row: &mut Cells<'_>, name: &str) -> Option<SiteFacts> {
    let mut mass = |kind| row.read(kind, Note::Capacity, kilos);
    let (dry, chilled, frozen) = (mass(ColumnKind::Dry), mass(ColumnKind::Chilled), mass(ColumnKind::Frozen));
    let dock = row.read(ColumnKind::Dock, Note::Capacity, yes_or_no);
    let keeps = [dry, chilled, frozen].iter().any(Option::is_some) || dock.is_some();
    let whole = row.read(ColumnKind::FullAddress, Note::Place, full_address);
    let address = row.text(ColumnKind::Address);
    // An address column often holds the whole of it.
    let whole = whole.or_else(|| address.as_deref().and_then(full_address));
    let code = row.read(ColumnKind::Postcode, Note::Postcode, tidy_postcode);
    let city = row.text(ColumnKind::City);
    let code = code.or_else(|| whole.as_ref().map(|(_, code, _)| code.clone()));
    let city = city.or_else(|| whole.as_ref().map(|(_, _, city)| city.clone()));
    let street = match (whole, address) {
        (Some((street, ..)), _) => street,
        (None, address) => address.unwrap_or_default(),
    };
    let receiving = row.read(ColumnKind::Receiving, Note::Receiving, |text| Receiving::parse_week(text).ok());
    let latitude = row.text(ColumnKind::Latitude);
    let longitude = row.text(ColumnKind::Longitude);
    let at = latitude
        .zip(longitude)
        .map(|(lat, lon)| format!("{}, {}", lat.replace(',', "."), lon.replace(',', ".")));
    let at: Option<Point> = at.and_then(|text| {
        let read = point(&text);
        if read.is_none() {
            row.notes.push(Note::Point);
        }
        read
    });
    match (code, city) {
        (Some(postcode), Some(city)) => Some(SiteFacts {
            name: name.chars().take(120).collect(),
            address: street.chars().take(200).collect(),
            postcode,
            city: city.chars().take(80).collect(),
            point: at,
            receiving: receiving.unwrap_or_default(),
            dry: dry.unwrap_or(Grams::ZERO),
            chilled: chilled.unwrap_or(Grams::ZERO),
            frozen: frozen.unwrap_or(Grams::ZERO),
            dock: dock.unwrap_or_default(),
            ..SiteFacts::default()
        }),
        (None, None) if street.is_empty() && !keeps => None,
        _ => {
            if !row.notes.contains(&Note::Place) {
                row.notes.push(Note::Place);
            }
            None
        }
    }
}

/// The first telephone number of a cell that may hold several.
fn first_phone(cell: &str) -> Option<String> {
    phone(cell)
        .or_else(|| cell.split(['/', ';', ',', '\n']).find_map(phone))
        .or_else(|| cell.split(" ou ").find_map(phone))
}

/// The first e-mail address of a cell that may hold several, in lower case.
fn first_email(cell: &str) -> Option<String> {
    cell.split([' ', ';', ',', '/', '\n', '<', '>', '(', ')'])
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .find(|word| {
            word.len() <= 254
                && word.split_once('@').is_some_and(|(user, host)| {
                    !user.is_empty()
                        && !host.contains('@')
                        && host.split('.').count() > 1
                        && host.split('.').all(|part| !part.is_empty())
                })
        })
}

/// A count as people write it: `120`, `1 200`, `env. 300`, `300 personnes`, `250,0`.
pub(super) fn count(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    let whole = cell.strip_suffix(",0").or_else(|| cell.strip_suffix(".0")).unwrap_or(cell);
    let digits: String =
        whole.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '~' | '±' | '≈' | '+')).collect();
    let start = digits.find(|c: char| c.is_ascii_digit())?;
    let number: String = digits
        .chars()
        .skip(digits.chars().take_while(|c| !c.is_ascii_digit()).count())
        .take_while(char::is_ascii_digit)
        .collect();
    let rest = digits.get(start + number.len()..)?;
    let before = digits.get(..start)?;
    let only_words = |text: &str| text.chars().all(|c| c.is_alphabetic() || c == '.');
    if !only_words(before) || !only_words(rest) || number.len() > 7 {
        return None;
    }
    number.parse().ok()
}

/// A post code; one that a spreadsheet took for a figure gets its first zero back.
pub(super) fn tidy_postcode(cell: &str) -> Option<String> {
    let plain = cell.trim().trim_end_matches(".0").trim_end_matches(",0").trim_start_matches("F-");
    let digits: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0') {
        return postcode(&format!("0{digits}"));
    }
    postcode(plain)
}

/// Street, post code and town of an address in one: `12 rue Verte, 93100 Montreuil`.
pub(super) fn full_address(cell: &str) -> Option<(String, String, String)> {
    let words: Vec<&str> = cell
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|word| !word.is_empty() && *word != "-")
        .collect();
    // The last one: a street number may have five digits too.
    let at = words.iter().rposition(|word| word.len() == 5 && postcode(word).is_some())?;
    let street = words.get(..at)?.join(" ");
    let code = postcode(words.get(at)?)?;
    let town: Vec<&str> = words
        .get(at + 1..)?
        .iter()
        .copied()
        .filter(|word| {
            !matches!(fold(word).as_str(), "france" | "cedex") && word.chars().any(char::is_alphabetic)
        })
        .collect();
    (!town.is_empty()).then(|| (street, code, town.join(" ")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_as_people_write_them() {
        for (cell, number) in [
            ("120", 120),
            ("1 200", 1200),
            ("env. 300", 300),
            ("300 personnes", 300),
            ("~45", 45),
            ("250,0", 250),
            ("250.0", 250),
        ] {
            assert_eq!(count(cell), Some(number), "{cell}");
        }
        for cell in ["", "beaucoup", "100-120", "12,5", "99999999", "-3"] {
            assert_eq!(count(cell), None, "{cell}");
        }
    }

    #[test]
    fn addresses_in_one() {
        let read = |cell: &str| full_address(cell);
        assert_eq!(
            read("12 rue Verte, 93100 Montreuil"),
            Some(("12 rue Verte".into(), "93100".into(), "Montreuil".into()))
        );
        assert_eq!(
            read("93260 Les Lilas, France"),
            Some((String::new(), "93260".into(), "Les Lilas".into()))
        );
        assert_eq!(read("12 rue Verte"), None);
        assert_eq!(read("12 rue Verte 93100"), None);
        assert_eq!(tidy_postcode("1000").as_deref(), Some("01000"));
        assert_eq!(tidy_postcode("93100.0").as_deref(), Some("93100"));
    }

    #[test]
    fn what_cannot_be_read_costs_its_cell_only() {
        let mapping = [
            ColumnKind::Name,
            ColumnKind::Phone,
            ColumnKind::Email,
            ColumnKind::Siret,
            ColumnKind::Persons,
            ColumnKind::City,
            ColumnKind::Description,
        ];
        let mapping: Vec<_> = mapping.into_iter().map(Some).collect();
        let cells = [
            " Les  Lilas ",
            "à voir",
            "lilas@",
            "123",
            "beaucoup",
            "Montreuil",
            "appeler Mme X au 06 12 34 56 78",
        ]
        .map(str::to_owned);
        let draft = read_row(&mapping, &cells).unwrap();
        assert_eq!(draft.facts.identity.name, "Les Lilas");
        assert_eq!(
            draft.notes,
            [Note::Siret, Note::Description, Note::Phone, Note::Email, Note::Count, Note::Place]
        );
        assert!(draft.site.is_none() && draft.facts.description.is_empty() && draft.facts.contact.is_empty());
        assert_eq!(read_row(&mapping, &["n/a".to_owned()]), Err(RowRefused::Nameless));
        assert_eq!(read_row(&mapping, &["x".repeat(161)]), Err(RowRefused::NameTooLong));
    }

    #[test]
    fn several_numbers_and_addresses_in_a_cell() {
        assert_eq!(first_phone("01 48 70 00 00 / 06 12 34 56 78").as_deref(), Some("01 48 70 00 00"));
        assert_eq!(first_phone("01 48 70 00 00 ou 06 12 34 56 78").as_deref(), Some("01 48 70 00 00"));
        assert_eq!(first_email("Awa <Awa@Exemple.fr>; b@exemple.fr").as_deref(), Some("awa@exemple.fr"));
    }

    proptest! {
        #[test]
        fn any_row_is_read_or_refused(cells in proptest::collection::vec(".{0,30}", 28)) {
            let mapping: Vec<_> = ColumnKind::ALL.iter().copied().map(Some).collect();
            if let Ok(draft) = read_row(&mapping, &cells) {
                // What was read is what the use cases take.
                prop_assert!(network::usecases::register_structure::check(&draft.facts.identity).is_ok());
                let structure = kernel::StructureId(uuid::Uuid::nil());
                prop_assert!(draft.facts.into_card(structure, 0).is_ok());
                if let Some(site) = draft.site {
                    let id = kernel::SiteId(uuid::Uuid::nil());
                    prop_assert!(site.into_site(id, structure, true, 1).is_ok());
                }
            }
        }
    }
}
