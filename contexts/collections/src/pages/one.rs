//! One collection: its facts, who comes for what, what happened, and the acts that are the viewer's.

use std::collections::BTreeMap;

use access::FieldGroup;
use askama::Template;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use chrono::NaiveTime;
use i18n::Words;
use kernel::{Grams, Level, StructureId, Via, time};
use store::Conn;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::cards::{Card, Viewing, in_words};
use super::{contributing, facilitates, form, with_token};
use crate::collection::{Collection, CollectionId, State, Unfit};
use crate::hold::{Hold, HoldId, HoldState};
use crate::queries;
use crate::usecases::reserve::{Reserve, ReserveRefused};
use crate::usecases::{cancel, decline_first, nothing_to_collect, release, reserve, restore};

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

/// The photo; for those who may see the offer.
pub(super) async fn photo(visit: Visit, Path(id): Path<CollectionId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (collection, _) = queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
    let photo = collection.photo.ok_or(Problem::NOT_FOUND)?;
    let (media_type, bytes) = queries::photo(&mut conn, photo).await?.ok_or(Problem::NOT_FOUND)?;
    let media_type = HeaderValue::from_str(&media_type).map_err(Problem::fault)?;
    let cache = HeaderValue::from_static("private, max-age=86400");
    Ok(([(CONTENT_TYPE, media_type), (CACHE_CONTROL, cache)], bytes).into_response())
}

pub(super) async fn reserve(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known()?;
    let words = &visit.words;
    let mut form = {
        let mut conn = visit.app.db.read().await?;
        let (collection, holds) = queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
        let mut gate = access::Gate::new(&visit.cx, "form");
        let form = reserve_form(&mut conn, &mut gate, &visit, &collection, &holds).await?;
        drop(conn);
        network::usecases::note_readings::run(&visit.app.db, gate).await?;
        form.ok_or(Problem::FORBIDDEN)?
    };
    form.fill(&input);
    let structure = form.choice("structure").and_then(|id| id.parse::<StructureId>().ok());
    let grams = form.mass("quantite");
    let comes = form.time("vient");
    let beyond = form.free_text("rangement", 300);
    let (Some(structure), Some(grams), true) = (structure, grams, form.is_sound()) else {
        return render(&visit, id, Some(form), false, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let command = Reserve {
        collection: id,
        structure,
        grams,
        comes_at: comes.map(|at| comes_at(&visit, at)),
        beyond_storage: beyond,
    };
    match reserve::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(reserved) => {
            let notice = Notice::done("collections-reserved")
                .with("kg", words.mass(grams))
                .undo(format!("/collectes/{id}/reservations/{}/annuler", reserved.hold));
            Ok(visit.lead_to(&format!("/collectes/{id}"), notice))
        }
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let asks = matches!(refused, ReserveRefused::BeyondStorage { .. });
            match refused {
                ReserveRefused::Nothing => form.refuse("quantite", words.t("collections-refused-nothing")),
                ReserveRefused::Unfit(unfit) => form.refuse("quantite", unfit_in_words(words, unfit)),
                ReserveRefused::NotYet(why) => form.refuse("quantite", in_words(words, why)),
                ReserveRefused::BeyondStorage { room } => {
                    let room = words.mass(room);
                    form.refuse("rangement", words.t1("collections-refused-beyond", "room", room));
                }
            }
            render(&visit, id, Some(form), asks, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// A civil time of today, or of tomorrow where it is past.
fn comes_at(visit: &Visit, at: NaiveTime) -> chrono::DateTime<chrono::Utc> {
    let today = time::instant(visit.cx.today().and_time(at), visit.cx.zone);
    if today >= visit.cx.now() { today } else { today + chrono::Duration::days(1) }
}

pub(super) async fn release(
    visit: Visit,
    Path((id, hold)): Path<(CollectionId, HoldId)>,
    input: Input,
) -> Answer {
    visit.known()?;
    let command = release::Release { hold, reason: None };
    let back = format!("/collectes/{id}");
    match release::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(released) => {
            let notice = Notice::done("collections-released")
                .with("kg", visit.words.mass(released.grams))
                .undo(format!("/collectes/{id}/reservations/{hold}/reprendre"));
            Ok(visit.lead_to(&back, notice))
        }
        Err(failure) => {
            let release::ReleaseRefused::Ended(_) = web::refusal(failure)?;
            Ok(visit.lead_to(&back, Notice::info("collections-hold-ended")))
        }
    }
}

/// Undoes a release: the same quantity is reserved again, if it is still there.
pub(super) async fn hold_again(
    visit: Visit,
    Path((id, hold)): Path<(CollectionId, HoldId)>,
    input: Input,
) -> Answer {
    visit.known()?;
    let before = {
        let mut conn = visit.app.db.read().await?;
        let (_, holds) = queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
        holds.into_iter().find(|one| one.id == hold).ok_or(Problem::NOT_FOUND)?
    };
    let command = Reserve {
        collection: id,
        structure: before.structure,
        grams: before.grams,
        comes_at: before.comes_at,
        beyond_storage: Some(visit.words.t("collections-as-before")),
    };
    let notice = match reserve::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Notice::done("collections-reserved").with("kg", visit.words.mass(before.grams)),
        Err(failure) => {
            web::refusal(failure)?;
            Notice::warning("collections-gone-since")
        }
    };
    Ok(visit.lead_to(&format!("/collectes/{id}"), notice))
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known()?;
    // Undoing what was posted a moment ago needs no reason: nobody has planned anything yet.
    let just_posted = visit.path.contains("defaire=oui");
    let by_link = matches!(visit.cx.viewer.via, Via::Link { .. });
    let back = if by_link { with_token(&visit, "/collectes/nouvelle") } else { format!("/collectes/{id}") };
    let reason = match reason(&visit, &input) {
        _ if just_posted => visit.words.t("collections-posted-by-mistake"),
        Ok(reason) => reason,
        Err(_) if by_link && input.get("raison").is_none_or(|typed| typed.trim().is_empty()) => {
            return Ok(visit.lead_to(&back, Notice::warning("collections-reason-needed")));
        }
        Err(_) if by_link => {
            return Ok(visit.lead_to(&back, Notice::warning("collections-reason-names-somebody")));
        }
        Err(form) => {
            return render(&visit, id, None, false, Some(*form), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let command = cancel::Cancel { collection: id, reason };
    match cancel::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => {
            let undo = with_token(&visit, &format!("/collectes/{id}/retablir"));
            Ok(visit.lead_to(&back, Notice::done("collections-cancelled").undo(undo)))
        }
        Err(failure) => match web::refusal(failure)? {
            cancel::CancelRefused::ReasonMissing => {
                Ok(visit.lead_to(&back, Notice::warning("collections-reason-needed")))
            }
            cancel::CancelRefused::Unfit(_) => Ok(visit.lead_to(&back, Notice::info("collections-over"))),
        },
    }
}

/// The partner who is asked first lets the others go first.
pub(super) async fn decline(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known()?;
    let command = decline_first::DeclineFirst { collection: id };
    let notice = match decline_first::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => Notice::done("collections-first-declined"),
        Err(failure) => {
            let decline_first::DeclineRefused::NotAsked = web::refusal(failure)?;
            Notice::info("collections-first-over")
        }
    };
    Ok(visit.lead_to(&format!("/collectes/{id}"), notice))
}

pub(super) async fn restore(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known()?;
    let by_link = matches!(visit.cx.viewer.via, Via::Link { .. });
    let back = if by_link { with_token(&visit, "/collectes/nouvelle") } else { format!("/collectes/{id}") };
    let command = restore::Restore { collection: id };
    let notice = match restore::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => Notice::done("collections-restored"),
        Err(failure) => match web::refusal(failure)? {
            Unfit::WindowPast => Notice::warning("collections-unfit-window"),
            _ => Notice::info("collections-not-cancelled"),
        },
    };
    Ok(visit.lead_to(&back, notice))
}

pub(super) async fn nothing(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known()?;
    let reason = match reason(&visit, &input) {
        Ok(reason) => reason,
        Err(form) => {
            return render(&visit, id, None, false, Some(*form), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let command = nothing_to_collect::NothingToCollect { collection: id, reason };
    match nothing_to_collect::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => Ok(visit.lead_to(&format!("/collectes/{id}"), Notice::done("collections-nothing-noted"))),
        Err(failure) => match web::refusal(failure)? {
            nothing_to_collect::NothingRefused::ReasonMissing => {
                Ok(visit.lead_to(&format!("/collectes/{id}"), Notice::warning("collections-reason-needed")))
            }
            nothing_to_collect::NothingRefused::Unfit(_) => {
                Ok(visit.lead_to(&format!("/collectes/{id}"), Notice::info("collections-over")))
            }
        },
    }
}

/// Why a collection no longer takes an act, in words.
pub(super) fn unfit_in_words(words: &Words, unfit: Unfit) -> String {
    match unfit {
        Unfit::OnlyLeft(left) if left.is_positive() => {
            words.t1("collections-unfit-only-left", "kg", words.mass(left))
        }
        Unfit::OnlyLeft(_) => words.t("collections-unfit-none-left"),
        Unfit::WindowPast => words.t("collections-unfit-window"),
        Unfit::Held => words.t("collections-unfit-held"),
        Unfit::Over(_) | Unfit::NotYet | Unfit::NotCancelled => words.t("collections-over"),
    }
}

/// The reason as typed, or the form with what is wrong with it: everybody who reserved reads it.
fn reason(visit: &Visit, input: &Input) -> Result<String, Box<Form>> {
    let mut form = reason_form(visit);
    form.fill(input);
    if form.f("raison").value.trim().is_empty() {
        form.refuse("raison", visit.words.t("collections-reason-needed"));
    }
    match form.free_text("raison", 300) {
        Some(reason) if form.is_sound() => Ok(reason),
        _ => Err(Box::new(form)),
    }
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
    let form = Form::new(visit)
        .with(Field::new(kind, "structure", words.t("collections-for-whom")).options(choices).value(first))
        .with(
            Field::new(Kind::Number, "quantite", words.t("collections-how-much"))
                .suffix("kg")
                .value(words.mass_for_input(suggested))
                .required(),
        )
        .with(Field::new(Kind::Time, "vient", words.t("collections-comes-at")))
        .with(
            Field::text("rangement", words.t("collections-beyond")).hint(words.t("collections-beyond-hint")),
        );
    Ok(Some(form))
}

/// What is left, or what the structure's storage still takes, whichever is less.
async fn suggested(
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

/// The names on the page of a collection: whoever gives knows who comes; the others read what the gate lets through.
async fn names_for(
    conn: &mut Conn,
    gate: &mut access::Gate,
    visit: &Visit,
    collection: &Collection,
    structures: &[StructureId],
) -> Result<impl Fn(StructureId) -> String + use<>, store::Error> {
    let words = visit.words.clone();
    let donor = visit.cx.viewer.belongs_to(collection.donor);
    let all =
        if donor { network::queries::structure_names(conn, structures).await? } else { BTreeMap::new() };
    let seen = if donor {
        network::queries::SeenNames::default()
    } else {
        network::queries::seen_names(conn, gate, structures).await?
    };
    Ok(move |id| all.get(&id).cloned().unwrap_or_else(|| seen.say(&words, id)))
}

async fn holds_shown(
    conn: &mut Conn,
    gate: &mut access::Gate,
    visit: &Visit,
    collection: &Collection,
    holds: &[Hold],
) -> Result<Vec<ShownHold>, Problem> {
    let words = &visit.words;
    let structures: Vec<StructureId> =
        holds.iter().filter(|hold| hold.state != HoldState::Released).map(|hold| hold.structure).collect();
    let name = names_for(conn, gate, visit, collection, &structures).await?;
    let figures = network::queries::scopes_of(conn, &structures, FieldGroup::Figures).await?;
    let donor = visit.cx.viewer.belongs_to(collection.donor);
    let mut shown = Vec::new();
    // What is only proposed to somebody concerns nobody else until they say yes.
    let shown_states = [HoldState::Held, HoldState::TakenOver, HoldState::NotTaken];
    for hold in holds.iter().filter(|hold| shown_states.contains(&hold.state)) {
        let own = visit.cx.viewer.belongs_to(hold.structure);
        // Who comes is for everybody who sees the offer; what was received in the end is among a structure's figures.
        let is_figure = hold.state != HoldState::Held && !own && !donor;
        let of = figures.get(&hold.structure).filter(|_| is_figure);
        if of.is_some_and(|of| gate.reveal(of, FieldGroup::Figures, ()).shown().is_none()) {
            continue;
        }
        let acts = visit.cx.viewer.acts_for(hold.structure) || facilitates(visit);
        let held = hold.state == HoldState::Held;
        // Who takes part in the act reads the paper.
        let slip = if own || donor || facilitates(visit) {
            queries::handovers_about(conn, hold.id.uuid()).await?.into_iter().next()
        } else {
            None
        };
        let key = match hold.state {
            HoldState::Held | HoldState::Proposed => "collections-hold-held",
            HoldState::Released => "collections-hold-released",
            HoldState::TakenOver => "collections-hold-taken",
            HoldState::NotTaken => "collections-hold-not-taken",
        };
        shown.push(ShownHold {
            structure: name(hold.structure),
            quantity: words.mass(hold.grams),
            state: words.t(key),
            comes: hold.comes_at.map(|at| words.moment(at)).unwrap_or_default(),
            release: if held && acts {
                format!("/collectes/{}/reservations/{}/annuler", collection.id, hold.id)
            } else {
                String::new()
            },
            take: if held && (own || donor || acts) && !collection.state.is_over() {
                format!("/collectes/{}/prise-en-charge/{}", collection.id, hold.id)
            } else {
                String::new()
            },
            slip: slip.as_ref().map(|slip| format!("/bordereaux/{}", slip.id)).unwrap_or_default(),
            slip_reference: slip.map(|slip| slip.reference).unwrap_or_default(),
        });
    }
    shown.sort_by_key(|hold| kernel::text::fold(&hold.structure));
    Ok(shown)
}

/// « Saisi par le CCAS pour le magasin », where somebody else posted it.
async fn behalf(
    conn: &mut Conn,
    gate: &mut access::Gate,
    visit: &Visit,
    collection: &Collection,
) -> Result<String, Problem> {
    if !collection.posted_for {
        return Ok(String::new());
    }
    let acts = audit::history_of(conn, collection.id.uuid()).await?;
    let posted = acts.iter().find(|act| act.action == "collections.post" && act.on_behalf_of.is_some());
    let Some(by) = posted.and_then(|act| act.structure_id) else { return Ok(String::new()) };
    let name = names_for(conn, gate, visit, collection, &[by, collection.donor]).await?;
    Ok(visit.words.t2("collections-typed-by-for", "who", name(by), "donor", name(collection.donor)))
}

/// What happened to it, oldest first.
async fn trail(
    conn: &mut Conn,
    gate: &mut access::Gate,
    visit: &Visit,
    collection: &Collection,
) -> Result<Vec<Step>, Problem> {
    let words = &visit.words;
    let acts = audit::history_of(conn, collection.id.uuid()).await?;
    let structures: Vec<StructureId> =
        acts.iter().flat_map(|act| [act.structure_id, act.on_behalf_of]).flatten().collect();
    let name = names_for(conn, gate, visit, collection, &structures).await?;
    let takers: Vec<StructureId> =
        acts.iter().filter_map(|act| act.on_behalf_of.or(act.structure_id)).collect();
    let figures = network::queries::scopes_of(conn, &takers, FieldGroup::Figures).await?;
    let viewer = &visit.cx.viewer;
    let mut may_read = |by: Option<StructureId>| {
        let part = viewer.belongs_to(collection.donor) || by.is_none_or(|by| viewer.belongs_to(by));
        let of = by.and_then(|by| figures.get(&by));
        part || of.is_some_and(|of| gate.reveal(of, FieldGroup::Figures, ()).shown().is_some())
    };
    Ok(acts
        .into_iter()
        .filter_map(|act| {
            let verb = act.action.strip_prefix("collections.")?.replace('_', "-");
            if verb == "take-over" && !may_read(act.on_behalf_of.or(act.structure_id)) {
                return None;
            }
            let who = act.structure_id.map(&name);
            let grams = |name: &str| act.detail.0.get(name).and_then(serde_json::Value::as_i64).map(Grams);
            let kg = grams("accepted").or(grams("grams")).or(grams("left"));
            let kg = kg.map(|grams| words.mass(grams)).unwrap_or_default();
            let what = words.t2(
                &format!("collections-trail-{verb}"),
                "who",
                who.unwrap_or_else(|| words.t("collections-trail-machine")),
                "kg",
                kg,
            );
            let whom = act.on_behalf_of.map(&name);
            Some(Step {
                when: words.moment(act.at),
                what: match whom {
                    Some(whom) => words.t2("collections-trail-for", "what", what, "whom", whom),
                    None => what,
                },
                more: act.reason.unwrap_or_default(),
            })
        })
        .collect())
}
