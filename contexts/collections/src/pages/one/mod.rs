//! One collection: its facts, who comes for what, what happened, and the acts that are the viewer's.

mod acts;
mod trail;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Grams, Level, StructureId};
use store::Conn;
use web::{Answer, Choice, Field, Form, Kind, Problem, Shell, Visit, page};

use super::cards::{Card, Viewing};
use super::{contributing, facilitates, form};
use crate::collection::{Collection, CollectionId, State};
use crate::hold::{Hold, HoldState};
use crate::queries;
pub(super) use acts::{
    cancel, comes_at, decline, hold_again, nothing, photo, refuse, release, reserve, restore, unfit_in_words,
};
use trail::{behalf, holds_shown, trail};

#[derive(Template)]
#[template(path = "collections/one.html")]
struct OnePage {
    shell: Shell,
    words: Words,
    card: Card,
    facts: Vec<(String, String)>,
    photo: String,
    behalf: String,
    holds: Vec<ShownHold>,
    trail: Vec<Step>,
    form: Option<Form>,
    beyond: bool,
    reason: Option<Form>,
    is_open: bool,
    may_edit: bool,
    may_say_nothing: bool,
    may_restore: bool,
    donor_page: String,
    /// Who is asked first and until when, for both sides; whether the viewer may let the others go first.
    first: String,
    may_decline: bool,
    scope_words: String,
    url: String,
    key: String,
}

struct ShownHold {
    structure: String,
    quantity: String,
    state: String,
    comes: String,
    release: String,
    take: String,
    slip: String,
    slip_reference: String,
}

struct Step {
    when: String,
    what: String,
    more: String,
}

pub(super) async fn show(visit: Visit, Path(id): Path<CollectionId>) -> Answer {
    visit.known()?;
    render(&visit, id, None, false, None, StatusCode::OK).await
}

fn reason_form(visit: &Visit) -> Form {
    Form::new(visit).with(
        Field::text("raison", visit.words.t("collections-cancel-reason"))
            .hint(visit.words.t("collections-cancel-reason-hint"))
            .required(),
    )
}

/// The form to reserve, where the viewer may: for their structures, or as a facilitator for any that receives.
async fn reserve_form(
    conn: &mut Conn,
    gate: &mut access::Gate,
    visit: &Visit,
    collection: &Collection,
    holds: &[Hold],
) -> Result<Option<Form>, Problem> {
    let words = &visit.words;
    let mut own: Vec<StructureId> = contributing(visit);
    own.retain(|one| *one != collection.donor);
    let mut names: BTreeMap<StructureId, String> = network::queries::structure_names(conn, &own).await?;
    let mut choices: Vec<Choice> =
        own.iter().filter_map(|id| Some(Choice::new(id.to_string(), names.remove(id)?))).collect();
    if facilitates(visit) {
        for member in network::queries::visible_members(conn, gate, collection.coordination).await? {
            let takes = member.level >= Level::Contributor && member.structure != collection.donor;
            if takes && !own.contains(&member.structure) {
                choices.push(Choice::new(member.structure.to_string(), member.name));
            }
        }
    }
    let Some(first) = choices.first().map(|choice| choice.value.clone()) else { return Ok(None) };
    let kind = if choices.len() > 1 { Kind::Select } else { Kind::Hidden };
    let suggested = suggested(conn, collection, holds, own.first().copied()).await?;
    let for_whom =
        Field::new(kind, "structure", words.t("collections-for-whom")).options(choices).value(first);
    Ok(Some(how_much(Form::new(visit).with(for_whom), words, suggested)))
}

/// How much, when, and how it will be kept where it is more than the storage.
pub(super) fn how_much(form: Form, words: &Words, suggested: Grams) -> Form {
    form.with(
        Field::new(Kind::Number, "quantite", words.t("collections-how-much"))
            .suffix("kg")
            .value(words.mass_for_input(suggested))
            .required(),
    )
    .with(Field::new(Kind::Time, "vient", words.t("collections-comes-at")))
    .with(Field::text("rangement", words.t("collections-beyond")).hint(words.t("collections-beyond-hint")))
}

/// What is left, or what the structure's storage still takes, whichever is less.
pub(super) async fn suggested(
    conn: &mut Conn,
    collection: &Collection,
    holds: &[Hold],
    structure: Option<StructureId>,
) -> Result<Grams, store::Error> {
    let left = collection.free();
    let Some(structure) = structure else { return Ok(left) };
    let profile =
        directory::queries::profiles(conn, &[structure]).await?.remove(&structure).unwrap_or_default();
    let storage =
        crate::telling::storage(collection.temperature, profile.dry, profile.chilled, profile.frozen);
    let expected: Grams = holds
        .iter()
        .filter(|hold| hold.structure == structure && hold.state == HoldState::Held)
        .map(|hold| hold.grams)
        .sum();
    let room = storage - expected;
    Ok(if room.is_positive() { left.min(room) } else { left })
}

async fn render(
    visit: &Visit,
    id: CollectionId,
    form: Option<Form>,
    beyond: bool,
    reason: Option<Form>,
    status: StatusCode,
) -> Answer {
    let coordination = visit.coordination()?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let (collection, holds) = queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
    let is_open = collection.state == State::Published
        && collection.free().is_positive()
        && visit.cx.now() < collection.pickup_until;
    let shown = std::slice::from_ref(&collection);
    let mut viewing = Viewing::open(&mut conn, visit, coordination, "page", shown).await?;
    let form = match form {
        Some(form) => Some(form),
        None if is_open => reserve_form(&mut conn, &mut viewing.gate, visit, &collection, &holds).await?,
        None => None,
    };
    let is_donor = visit.cx.viewer.acts_for(collection.donor) || facilitates(visit);
    let holders = holds_shown(&mut conn, &mut viewing.gate, visit, &collection, &holds).await?;
    let behalf = behalf(&mut conn, &mut viewing.gate, visit, &collection).await?;
    let first = asked_first(&mut conn, visit, &collection).await?;
    let trail = trail(&mut conn, &mut viewing.gate, visit, &collection).await?;
    drop(conn);
    let card = viewing.card(visit, &collection);
    let facts = facts(visit, &viewing, &collection, &card);
    viewing.note(visit).await?;
    let came =
        holds.iter().any(|one| one.state == HoldState::Held && visit.cx.viewer.belongs_to(one.structure));
    let template = OnePage {
        shell: visit.shell("collections"),
        words: words.clone(),
        facts,
        photo: collection.photo.map(|_| format!("/collectes/{id}/photo")).unwrap_or_default(),
        behalf,
        holds: holders,
        trail,
        beyond,
        // The donor reserves nothing of their own; a form that was refused is always shown again.
        form: form.filter(|form| !form.is_sound() || card.may_reserve || facilitates(visit)),
        reason: (!collection.state.is_over() && (is_donor || came))
            .then(|| reason.unwrap_or_else(|| reason_form(visit))),
        is_open,
        may_edit: is_donor && !collection.state.is_over(),
        may_say_nothing: (is_donor || came) && !collection.state.is_over(),
        may_restore: is_donor && collection.may_restore(visit.cx.now()).is_ok(),
        donor_page: if is_donor && access::speaking::<kernel::Never>(&visit.cx, collection.donor).is_ok() {
            format!("/collectes/donateurs/{}", collection.donor)
        } else {
            String::new()
        },
        first: first.banner,
        may_decline: first.may_decline,
        scope_words: first.scope,
        url: format!("/collectes/{id}"),
        key: visit.new_key(),
        card,
    };
    Ok(page(status, &template))
}

/// What is said while a partner is asked first; nothing once everybody may come.
#[derive(Default)]
struct AskedFirst {
    banner: String,
    scope: String,
    may_decline: bool,
}

async fn asked_first(
    conn: &mut Conn,
    visit: &Visit,
    collection: &Collection,
) -> Result<AskedFirst, store::Error> {
    let waits = collection.first_ask.filter(|ask| ask.holds_others(visit.cx.now()));
    let Some((ask, until)) = waits.and_then(|ask| Some((ask, ask.until?))) else {
        return Ok(AskedFirst::default());
    };
    if collection.state != State::Published {
        return Ok(AskedFirst::default());
    }
    let words = &visit.words;
    let mut names = network::queries::structure_names(conn, &[ask.partner]).await?;
    let partner = names.remove(&ask.partner).unwrap_or_default();
    let moment = words.moment(until);
    let asked = visit.cx.viewer.belongs_to(ask.partner);
    let scope = words.t2("collections-first-scope", "partner", partner.as_str(), "moment", moment.as_str());
    let banner = if asked {
        words.t1("collections-first-asked", "moment", moment)
    } else {
        words.t2("collections-first-waits", "partner", partner, "moment", moment)
    };
    Ok(AskedFirst { banner, scope, may_decline: asked && visit.cx.viewer.acts_for(ask.partner) })
}

fn facts(visit: &Visit, viewing: &Viewing, collection: &Collection, card: &Card) -> Vec<(String, String)> {
    let words = &visit.words;
    let mut facts = vec![
        (words.t("collections-donor"), card.donor.clone()),
        (words.t("collections-place"), card.place.clone()),
        (words.t("collections-window"), card.window.clone()),
        (words.t("collections-family"), card.family.clone()),
        (words.t("collections-offered"), words.mass(collection.grams)),
    ];
    if let (Some(count), Some(code)) = (collection.packages, &collection.packaging) {
        let each = words.mass(collection.crate_grams);
        let packed = words.tn(
            "collections-packed",
            &[("count", count.into()), ("each", each.into()), ("code", code.as_str().into())],
        );
        facts.push((words.t("collections-packages"), packed));
    }
    if !card.date.is_empty() {
        facts.push((words.t("collections-date"), card.date.clone()));
    }
    for (key, value) in [
        ("collections-lot", &collection.lot_number),
        ("collections-reason-given", &collection.short_date_reason),
        (
            "collections-ended-because",
            &collection.state_reason.as_ref().map(|why| difference_in_words(words, why)),
        ),
    ] {
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            facts.push((words.t(key), value.clone()));
        }
    }
    if !collection.note.is_empty() {
        facts.push((words.t("collections-note"), collection.note.clone()));
    }
    facts.push((words.t("collections-kind"), words.t(form::kind_key(collection.kind))));
    if let Some(until) = viewing.waits(visit, collection).filter(|_| card.may_reserve || card.is_own) {
        facts.push((words.t("collections-waits"), words.moment(until)));
    }
    facts
}

/// A reason as it is kept, `code: words` or words alone, as it is read.
pub(crate) fn difference_in_words(words: &Words, kept: &str) -> String {
    use crate::hold::Difference;
    let (code, more) = kept.split_once(": ").unwrap_or((kept, ""));
    let Some(why) = Difference::from_code(code) else { return kept.to_owned() };
    let said = words.t(difference_key(why));
    if more.is_empty() { said } else { words.t2("collections-said-and", "said", said, "more", more) }
}

/// The name of a difference.
pub(super) fn difference_key(why: crate::hold::Difference) -> &'static str {
    use crate::hold::Difference;
    match why {
        Difference::LessThere => "collections-difference-less",
        Difference::MoreThere => "collections-difference-more",
        Difference::Damaged => "collections-difference-damaged",
        Difference::NoRoom => "collections-difference-no-room",
        Difference::TooWarm => "collections-difference-too-warm",
        Difference::Other => "collections-difference-other",
    }
}
