//! The names that people give to the columns of their own spreadsheets.
//!
//! Invariant: every name is folded and without words that say nothing, as the headers it is compared with.

use crate::import::ColumnKind;

/// Names that people give to columns, folded; the words of one are looked for in any order.
pub(super) const NAMES: &[(ColumnKind, &[&str])] = &[
    (
        ColumnKind::Name,
        &[
            "nom",
            "nom structure",
            "nom asso",
            "nom association",
            "nom organisme",
            "raison sociale",
            "denomination",
            "structure",
            "association",
            "asso",
            "organisme",
            "partenaire",
            "acteur",
            "intitule",
            "enseigne",
            "title",
            "name",
            "nom commercial",
            "etablissement",
            "nom etablissement",
            "denomination sociale",
            "libelle",
        ],
    ),
    (
        ColumnKind::Kind,
        &[
            "type",
            "type structure",
            "nature",
            "statut",
            "statut juridique",
            "forme juridique",
            "categorie",
            "type organisme",
            "typologie",
        ],
    ),
    (
        ColumnKind::Sector,
        &[
            "secteur",
            "domaine",
            "thematique",
            "secteur activite",
            "champ",
            "domaine activite",
            "domaine intervention",
        ],
    ),
    (ColumnKind::HeadNetwork, &["reseau", "tete reseau", "federation", "reseau national", "affiliation"]),
    (
        ColumnKind::Address,
        &[
            "adresse",
            "rue",
            "voie",
            "adresse postale",
            "adresse 1",
            "numero rue",
            "address",
            "lieu",
            "localisation",
            "siege",
            "adresse siege",
            "adresse structure",
        ],
    ),
    (
        ColumnKind::Postcode,
        &["cp", "code postal", "postal", "code post", "zip", "zipcode", "postcode", "codepostal"],
    ),
    (ColumnKind::City, &["ville", "commune", "localite", "city", "nom commune"]),
    (ColumnKind::FullAddress, &["adresse complete", "full address", "adresse entiere"]),
    (ColumnKind::Latitude, &["latitude", "lat"]),
    (ColumnKind::Longitude, &["longitude", "lon", "lng", "long"]),
    (
        ColumnKind::Phone,
        &[
            "tel",
            "telephone",
            "portable",
            "mobile",
            "numero telephone",
            "tel fixe",
            "phone",
            "n tel",
            "standard",
            "tel contact",
            "telephone contact",
        ],
    ),
    (
        ColumnKind::Email,
        &[
            "mail",
            "email",
            "e mail",
            "courriel",
            "mel",
            "adresse mail",
            "adresse email",
            "adresse e mail",
            "adresse electronique",
            "mail contact",
            "email contact",
            "courriel contact",
        ],
    ),
    (
        ColumnKind::ContactName,
        &[
            "contact",
            "nom contact",
            "referent",
            "responsable",
            "interlocuteur",
            "personne contact",
            "personne contacter",
            "nom responsable",
            "president",
            "nom referent",
            "prenom nom",
            "nom prenom",
            "correspondant",
        ],
    ),
    (
        ColumnKind::Website,
        &["site", "site web", "site internet", "web", "url", "website", "lien", "page web"],
    ),
    (ColumnKind::Siret, &["siret", "numero siret", "n siret", "siren siret"]),
    (ColumnKind::Rna, &["rna", "numero rna", "n rna", "waldec", "id association"]),
    (
        ColumnKind::Households,
        &[
            "foyers",
            "familles",
            "menages",
            "nb foyers",
            "nb familles",
            "nb menages",
            "nombre foyers",
            "nombre familles",
            "nombre menages",
            "familles aidees",
            "foyers aides",
        ],
    ),
    (
        ColumnKind::Persons,
        &[
            "personnes",
            "beneficiaires",
            "nb beneficiaires",
            "nb personnes",
            "nombre personnes",
            "nombre beneficiaires",
            "public accueilli",
            "personnes aidees",
            "usagers",
            "personnes accueillies",
            "inscrits",
            "nb inscrits",
            "effectif",
        ],
    ),
    (
        ColumnKind::Receiving,
        &[
            "horaires",
            "horaires reception",
            "horaires livraison",
            "reception",
            "jours reception",
            "horaire",
            "horaires ouverture",
            "ouverture",
            "jours horaires",
        ],
    ),
    (
        ColumnKind::Description,
        &[
            "description",
            "activites",
            "activite",
            "missions",
            "mission",
            "presentation",
            "objet",
            "actions",
            "descriptif",
        ],
    ),
    (ColumnKind::Accreditation, &["habilitation", "habilitee", "habilite", "accreditation"]),
    (
        ColumnKind::Dry,
        &["sec", "sec kg", "capacite sec", "capacite sec kg", "stockage sec", "dry", "dry kg", "kg sec"],
    ),
    (
        ColumnKind::Chilled,
        &[
            "frais",
            "frais kg",
            "capacite frais",
            "froid",
            "froid kg",
            "capacite froid",
            "refrigere",
            "chambre froide",
            "chambre froide kg",
            "frigo",
            "chilled",
            "chilled kg",
        ],
    ),
    (
        ColumnKind::Frozen,
        &[
            "surgele",
            "surgele kg",
            "surgeles",
            "congele",
            "congelateur",
            "congelateur kg",
            "capacite surgele",
            "negatif",
            "froid negatif",
            "frozen",
            "frozen kg",
        ],
    ),
    (ColumnKind::Dock, &["quai", "quai dechargement", "acces quai", "dock", "loading dock"]),
    (
        ColumnKind::Wanted,
        &[
            "familles souhaitees",
            "souhaits",
            "produits souhaites",
            "denrees souhaitees",
            "recherche",
            "besoins",
            "wanted",
            "families wanted",
        ],
    ),
    (
        ColumnKind::Excluded,
        &[
            "familles exclues",
            "familles refusees",
            "exclusions",
            "exclus",
            "produits exclus",
            "denrees exclues",
            "refuse",
            "excluded",
            "families excluded",
        ],
    ),
    (ColumnKind::Level, &["niveau", "niveau participation", "participation", "level", "level participation"]),
];

/// Words that say nothing in a column's name.
pub(super) const SAYS_NOTHING: &[&str] = &[
    "de", "du", "des", "d", "la", "le", "les", "l", "en", "et", "a", "au", "aux", "un", "par", "pour", "the",
    "of", "votre", "notre",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_say_something() {
        for name in NAMES.iter().flat_map(|(_, names)| names.iter()) {
            assert_eq!(kernel::text::fold(name), *name);
            assert!(name.split(' ').all(|word| !SAYS_NOTHING.contains(&word)), "{name}");
        }
    }
}
