//! What a sheet says of what a structure can keep, may receive and wants: the cells that the allocation needs.
//!
//! Invariant: what this program writes into its own export is read back.

use goods::FamilyCode;
use kernel::text::fold;
use kernel::{Grams, Level};
use network::{Accreditation, level_from_code};

/// A mass in kilograms as people write it: `300`, `1 200 kg`, `0,5`, `2 t`.
pub(super) fn kilos(cell: &str) -> Option<Grams> {
    let plain = cell.trim().to_lowercase();
    let text = plain.trim_end_matches(|c: char| c.is_alphabetic()).trim();
    let unit = plain.get(text.len()..)?.trim();
    let grams = match unit {
        "" | "kg" | "kgs" | "kilo" | "kilos" => 1_000,
        "t" | "tonne" | "tonnes" => 1_000_000,
        _ => return None,
    };
    let digits: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || part.len() > 3 || !figures(whole) || !figures(part) {
        return None;
    }
    let thousandths: i64 = format!("{whole}{part:0<3}").parse().ok()?;
    thousandths.checked_mul(grams / 1_000).map(Grams).filter(|mass| *mass <= Grams::kg(5_000_000))
}

/// `oui`, `x`, `non`, `0`…
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match fold(cell).as_str() {
        "oui" | "o" | "yes" | "y" | "x" | "1" | "vrai" | "true" => Some(true),
        "non" | "no" | "n" | "0" | "faux" | "false" | "aucun" => Some(false),
        _ => None,
    }
}

/// The accreditation a text names.
pub(super) fn accreditation_of(cell: &str) -> Option<Accreditation> {
    let folded = fold(cell);
    if let Some(known) = Accreditation::from_code(&folded.replace(' ', "_")) {
        return Some(known);
    }
    let has = |stem: &str| folded.split(' ').any(|word| word.starts_with(stem));
    if has("national") {
        Some(Accreditation::National)
    } else if has("region") {
        Some(Accreditation::Regional)
    } else if folded.contains("non concern") || folded == "not concerned" {
        Some(Accreditation::NotConcerned)
    } else if has("sans") || has("aucun") || folded == "non" || folded.starts_with("no ") {
        Some(Accreditation::Without)
    } else if has("inconnu") || folded.starts_with("non renseign") || folded == "not known" {
        Some(Accreditation::Unknown)
    } else {
        None
    }
}

/// The level a text names.
pub(super) fn level_of(cell: &str) -> Option<Level> {
    let folded = fold(cell);
    let has = |stems: &[&str]| folded.split(' ').any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    level_from_code(&folded).or_else(|| {
        if has(&["signat"]) {
            Some(Level::Signatory)
        } else if has(&["contribut"]) {
            Some(Level::Contributor)
        } else if has(&["lect", "reader"]) {
            Some(Level::Reader)
        } else if has(&["annuaire", "repertori", "directory"]) {
            Some(Level::Listed)
        } else {
            None
        }
    })
}

/// Words that give a family away, and its code.
const FAMILIES: &[(&[&str], &str)] = &[
    (&["infant", "bebe"], "infant"),
    (&["legume", "fruit", "vegetable"], "fruit_vegetables"),
    (&["feculent", "starch", "pates", "riz", "pain"], "starches"),
    (&["lait", "yaourt", "fromage", "dairy"], "dairy"),
    (&["viande", "poisson", "oeuf", "meat", "fish", "egg"], "meat_fish_eggs"),
    (&["grasse", "huile", "fats"], "fats"),
    (&["sucre", "sweet"], "sweet"),
    (&["prepare", "plat", "ready"], "ready_meals"),
    (&["boisson", "drink"], "drinks"),
    (&["hygien"], "hygiene"),
    (&["entretien", "menage", "cleaning"], "cleaning"),
    (&["autre", "other"], "other"),
];

/// The families a cell names, and whether some of it was not understood. Families are told apart by their own commas
/// too (« Viandes, poissons, œufs »): each part is looked at, and each family counts once.
pub(super) fn families_of(cell: &str) -> (Vec<FamilyCode>, bool) {
    let mut found: Vec<FamilyCode> = Vec::new();
    let mut lost = false;
    for part in cell.split([',', ';', '/', '|', '\n']) {
        let folded = fold(&part.replace(['œ', 'Œ'], "oe"));
        if folded.is_empty() {
            continue;
        }
        let code = FAMILIES
            .iter()
            .find(|(stems, code)| {
                folded.replace(' ', "_") == *code
                    || folded.split(' ').any(|word| stems.iter().any(|stem| word.starts_with(stem)))
            })
            .map(|(_, code)| FamilyCode::from(*code));
        match code {
            Some(code) if !found.contains(&code) => found.push(code),
            Some(_) => {}
            None => lost = true,
        }
    }
    (found, lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_as_people_write_them() {
        for (cell, grams) in [
            ("300", 300_000),
            ("1 200 kg", 1_200_000),
            ("300,000", 300_000),
            ("0,5", 500),
            ("2 t", 2_000_000),
            ("12.25 kilos", 12_250),
        ] {
            assert_eq!(kilos(cell), Some(Grams(grams)), "{cell}");
        }
        for cell in ["", "beaucoup", "-3", "300 m3", "1.2345", "99999999", "3-4"] {
            assert_eq!(kilos(cell), None, "{cell}");
        }
    }

    #[test]
    fn what_the_export_writes_is_read_back() {
        for (cell, expected) in [
            ("Habilitation nationale", Accreditation::National),
            ("Habilitation régionale", Accreditation::Regional),
            ("Non concernée", Accreditation::NotConcerned),
            ("Sans habilitation", Accreditation::Without),
            ("Non renseignée", Accreditation::Unknown),
            ("No accreditation", Accreditation::Without),
        ] {
            assert_eq!(accreditation_of(cell), Some(expected), "{cell}");
        }
        for (cell, expected) in [
            ("Dans l’annuaire", Level::Listed),
            ("Lectrice", Level::Reader),
            ("Contributrice", Level::Contributor),
            ("Signataire de la charte", Level::Signatory),
            ("Reader", Level::Reader),
        ] {
            assert_eq!(level_of(cell), Some(expected), "{cell}");
        }
        let (found, lost) = families_of("Viandes, poissons, œufs, Produits laitiers, Alimentation infantile");
        let codes: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!((codes, lost), (vec!["meat_fish_eggs".into(), "dairy".into(), "infant".into()], false));
        assert!(families_of("bleu").1 && families_of("bleu").0.is_empty());
    }
}
