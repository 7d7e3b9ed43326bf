//! Who can be met in the demonstration, and in which structure.

use kernel::Role;

use super::territory::{CCAS, HUB, SHOP};
use crate::demo::PERSONAS;

/// Somebody with a place in a structure.
pub(super) struct Placed {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) structure: &'static str,
    pub(super) role: Role,
    pub(super) facilitates: bool,
}

/// The personas' places, in the order of [`PERSONAS`].
const PLACES: [(&str, Role, bool); 8] = [
    (CCAS, Role::Lead, true),
    ("Épicerie des Ramenas", Role::Lead, false),
    ("Les Paniers de la Noue", Role::Volunteer, false),
    (HUB, Role::Lead, false),
    (SHOP, Role::Lead, false),
    ("Secours de la Boissière", Role::Lead, true),
    ("Service social de secteur (fictif)", Role::Member, false),
    ("Mission métropolitaine (fictive)", Role::Lead, false),
];

/// The personas with their places.
pub(super) fn personas() -> impl Iterator<Item = Placed> {
    PERSONAS.iter().zip(PLACES).map(|(persona, (structure, role, facilitates))| Placed {
        name: persona.name,
        email: persona.email,
        structure,
        role,
        facilitates,
    })
}

/// Given names for the leads of all other structures.
pub(super) const NAMES: [&str; 20] = [
    "Amel",
    "Bruno",
    "Carole",
    "Demba",
    "Estelle",
    "Farid",
    "Gisèle",
    "Hugo",
    "Ikram",
    "Jules",
    "Kadiatou",
    "Luc",
    "Mireille",
    "Nasser",
    "Oriane",
    "Paulo",
    "Rachida",
    "Samba",
    "Thérèse",
    "Yannick",
];
