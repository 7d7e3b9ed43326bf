//! What a structure is and where it comes from, as people name it in their own lists.
//!
//! Invariant: our own codes are read as themselves.

use kernel::text::fold;
use network::{Sector, StructureKind};

/// The kind of structure a text names.
pub(super) fn kind_of(text: &str) -> Option<StructureKind> {
    let folded = fold(text);
    if let Some(kind) = StructureKind::from_code(&folded.replace(' ', "_")) {
        return Some(kind);
    }
    let words: Vec<&str> = folded.split(' ').collect();
    let starts = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let is = |exact: &[&str]| words.iter().any(|word| exact.contains(word));
    if is(&["ccas", "cias"]) || folded.contains("communal d action sociale") {
        Some(StructureKind::Ccas)
    } else if starts(&["asso", "fondation"]) || is(&["loi1901", "1901", "ong", "ngo"]) {
        Some(StructureKind::Association)
    } else if starts(&["cooperativ"]) || is(&["ess", "scic", "scop", "siae", "esat", "aci", "ei"]) {
        Some(StructureKind::Ess)
    } else if starts(&["commerc", "magasin", "supermarch", "hypermarch", "boulanger", "primeur"])
        || is(&["gms"])
    {
        Some(StructureKind::Shop)
    } else if starts(&["collectif", "citoyen"]) {
        Some(StructureKind::Collective)
    } else if starts(&["producteur", "productric", "maraich", "agricult", "ferme", "paysan"]) {
        Some(StructureKind::Producer)
    } else if starts(&["entreprise", "societe", "industri"]) || is(&["sa", "sas", "sarl", "sasu", "eurl"]) {
        Some(StructureKind::Company)
    } else if starts(&[
        "mairie",
        "municip",
        "departement",
        "hopita",
        "ecole",
        "public",
        "collectivit",
        "commune",
        "prefectur",
        "region",
    ]) {
        Some(StructureKind::PublicService)
    } else if is(&["autre", "autres"]) {
        Some(StructureKind::Other)
    } else {
        None
    }
}

/// A kind that the name itself gives away.
pub(super) fn kind_in_name(name: &str) -> Option<StructureKind> {
    let found = kind_of(name)?;
    matches!(found, StructureKind::Ccas | StructureKind::Collective).then_some(found)
}

/// The sector a text names.
pub(super) fn sector_of(text: &str) -> Option<Sector> {
    let folded = fold(text);
    if let Some(sector) = Sector::from_code(&folded.replace(' ', "_")) {
        return Some(sector);
    }
    let has = |stems: &[&str]| folded.split(' ').any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    if has(&["aliment", "epicer", "repas", "colis", "maraude"]) {
        Some(Sector::FoodAid)
    } else if has(&["sant", "medic", "soin", "hopita"]) {
        Some(Sector::Health)
    } else if has(&["enfan", "famil", "petite", "jeune", "scolair", "parent"]) {
        Some(Sector::Childhood)
    } else if has(&["senior", "age", "aines", "vieil", "retrait"]) {
        Some(Sector::Seniors)
    } else if has(&["econom", "emploi", "insertion"]) {
        if has(&["solidair", "sociale"]) || folded.contains("ess") {
            Some(Sector::Ess)
        } else {
            Some(Sector::Economy)
        }
    } else if has(&["citoyen", "collectif"]) {
        Some(Sector::Citizens)
    } else if has(&["commerc", "distribut", "magasin"]) {
        Some(Sector::Trade)
    } else if has(&["agric", "maraich", "jardin", "ferme"]) {
        Some(Sector::Farming)
    } else if has(&["solidar", "humanit", "caritat", "precar", "hebergement", "logement", "migra"]) {
        Some(Sector::Solidarity)
    } else if has(&["socia", "ccas"]) {
        Some(Sector::Social)
    } else if has(&["autre", "divers"]) {
        Some(Sector::Other)
    } else {
        None
    }
}

/// The sector of a structure whose list does not say.
pub(super) fn sector_of_kind(kind: StructureKind) -> Sector {
    match kind {
        StructureKind::Ccas => Sector::Social,
        StructureKind::Shop => Sector::Trade,
        StructureKind::Producer => Sector::Farming,
        StructureKind::Ess => Sector::Ess,
        StructureKind::Company => Sector::Economy,
        StructureKind::Collective => Sector::Citizens,
        StructureKind::Association => Sector::Solidarity,
        StructureKind::PublicService | StructureKind::Other => Sector::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_sectors_as_people_name_them() {
        assert_eq!(kind_of("Association loi 1901"), Some(StructureKind::Association));
        assert_eq!(kind_of("C.C.A.S"), None);
        assert_eq!(kind_of("Centre communal d’action sociale"), Some(StructureKind::Ccas));
        assert_eq!(kind_of("SAS"), Some(StructureKind::Company));
        assert_eq!(kind_of("bleu"), None);
        assert_eq!(sector_of("Aide alimentaire"), Some(Sector::FoodAid));
        assert_eq!(sector_of("Économie sociale et solidaire"), Some(Sector::Ess));
        assert_eq!(sector_of("bleu"), None);
    }
}
