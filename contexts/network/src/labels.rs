//! The words for kinds, sectors, levels, roles, scopes, and the choices that forms of every room offer.
//!
//! Invariant: a text key is made of a code of the database, so that a new code without a text shows in the test that
//! reads them all.

use access::{FieldGroup, Scope};
use i18n::Words;
use kernel::{Level, Role};
use web::Choice;

use crate::coordination::{LEVELS, ROLES, level_code, role_code};
use crate::{Accreditation, Sector, StructureKind};

/// `Association`, `CCAS`…
#[must_use]
pub fn kind(words: &Words, kind: StructureKind) -> String {
    words.t(&format!("network-kind-{}", kind.code()))
}

/// `Aide alimentaire`, `Santé`…
#[must_use]
pub fn sector(words: &Words, sector: Sector) -> String {
    words.t(&format!("network-sector-{}", sector.code()))
}

/// `Habilitation nationale`…
#[must_use]
pub fn accreditation(words: &Words, accreditation: Accreditation) -> String {
    words.t(&format!("network-accreditation-{}", accreditation.code()))
}

/// `Contributrice`…
#[must_use]
pub fn level(words: &Words, level: Level) -> String {
    words.t(&format!("network-level-{}", level_code(level)))
}

/// `Responsable`, `Membre`, `Bénévole`.
#[must_use]
pub fn role(words: &Words, role: Role) -> String {
    words.t(&format!("network-role-{}", role_code(role)))
}

/// What a group of fields is called.
#[must_use]
pub fn group(words: &Words, group: FieldGroup) -> String {
    words.t(&format!("network-group-{}", group.code()))
}

/// What is in a group of fields, in a few words.
#[must_use]
pub fn group_hint(words: &Words, group: FieldGroup) -> String {
    words.t(&format!("network-group-{}-hint", group.code()))
}

/// `Toute la coordination`…
#[must_use]
pub fn scope(words: &Words, scope: Scope) -> String {
    words.t(&format!("network-scope-{}", scope.code()))
}

/// Every kind of structure.
#[must_use]
pub fn kind_choices(words: &Words) -> Vec<Choice> {
    StructureKind::ALL.iter().map(|one| Choice::new(one.code(), kind(words, *one))).collect()
}

/// Every sector.
#[must_use]
pub fn sector_choices(words: &Words) -> Vec<Choice> {
    Sector::ALL.iter().map(|one| Choice::new(one.code(), sector(words, *one))).collect()
}

/// Every accreditation.
#[must_use]
pub fn accreditation_choices(words: &Words) -> Vec<Choice> {
    Accreditation::ALL.iter().map(|one| Choice::new(one.code(), accreditation(words, *one))).collect()
}

/// Every level, with what it means.
#[must_use]
pub fn level_choices(words: &Words) -> Vec<Choice> {
    LEVELS
        .into_iter()
        .map(|one| {
            let code = level_code(one);
            Choice::new(code, level(words, one)).hint(words.t(&format!("network-level-{code}-hint")))
        })
        .collect()
}

/// Every role, with what it means.
#[must_use]
pub fn role_choices(words: &Words) -> Vec<Choice> {
    ROLES
        .into_iter()
        .map(|one| {
            let code = role_code(one);
            Choice::new(code, role(words, one)).hint(words.t(&format!("network-role-{code}-hint")))
        })
        .collect()
}

/// Every scope, narrowest first, with what it means.
#[must_use]
pub fn scope_choices(words: &Words) -> Vec<Choice> {
    Scope::ALL
        .into_iter()
        .map(|one| {
            Choice::new(one.code(), scope(words, one))
                .hint(words.t(&format!("network-scope-{}-hint", one.code())))
                .icon(scope_icon(one))
        })
        .collect()
}

/// The drawing of a scope.
#[must_use]
pub fn scope_icon(scope: Scope) -> &'static str {
    match scope {
        Scope::Me => "lock",
        Scope::Structure => "structure",
        Scope::Named => "people",
        Scope::Coordination => "meeting",
        Scope::Public => "globe",
    }
}
