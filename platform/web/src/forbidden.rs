//! Why something is not for this person to do, as far as who they are tells, and whom to ask.

use kernel::{Level, Role};

use crate::Visit;

/// The sentence of a 403 page.
pub(crate) fn why(visit: &Visit) -> String {
    let (viewer, words) = (&visit.cx.viewer, &visit.words);
    let level = visit.cx.coordination.and_then(|coordination| viewer.level_in(coordination));
    let role = viewer.structure.and_then(|structure| {
        viewer.affiliations.iter().find(|place| place.structure == structure).map(|place| place.role)
    });
    let facilitates = visit.cx.coordination.is_some_and(|coordination| viewer.facilitates(coordination));
    let text = match (level, role) {
        _ if facilitates => words.t("web-forbidden-text"),
        (Some(Level::Listed), _) => words.t("web-forbidden-listed"),
        (Some(Level::Reader), _) => words.t("web-forbidden-reader"),
        (None, Some(_)) => words.t("web-forbidden-outside"),
        (_, Some(Role::Volunteer)) => words.t("web-forbidden-volunteer"),
        (_, Some(Role::Member)) => words.t("web-forbidden-member"),
        _ => words.t("web-forbidden-text"),
    };
    match &visit.arrival.help_phone {
        Some(phone) => format!("{text} {}", words.t1("web-forbidden-call", "phone", phone.clone())),
        None => text,
    }
}
