//! The acts on the page of a collection.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use chrono::NaiveTime;
use i18n::Words;
use kernel::{StructureId, Via, time};
use web::{Answer, Form, Input, Notice, Problem, Visit};

use super::super::cards::in_words;
use super::super::with_token;
use super::{reason_form, render, reserve_form};
use crate::collection::{CollectionId, Unfit};
use crate::hold::HoldId;
use crate::queries;
use crate::usecases::reserve::{Reserve, ReserveRefused};
use crate::usecases::{cancel, decline_first, nothing_to_collect, release, reserve, restore};

/// The photo; for those who may see the offer.
pub(in crate::pages) async fn photo(visit: Visit, Path(id): Path<CollectionId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (collection, _) = queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
    let photo = collection.photo.ok_or(Problem::NOT_FOUND)?;
    let (media_type, bytes) = queries::photo(&mut conn, photo).await?.ok_or(Problem::NOT_FOUND)?;
    let media_type = HeaderValue::from_str(&media_type).map_err(Problem::fault)?;
    let cache = HeaderValue::from_static("private, max-age=86400");
    Ok(([(CONTENT_TYPE, media_type), (CACHE_CONTROL, cache)], bytes).into_response())
}

pub(in crate::pages) async fn reserve(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
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
            let asks = refuse(&mut form, words, web::refusal(failure)?);
            render(&visit, id, Some(form), asks, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Says at its field why a reservation is refused, and whether it asks how the goods will be kept.
pub(in crate::pages) fn refuse(form: &mut Form, words: &Words, refused: ReserveRefused) -> bool {
    match refused {
        ReserveRefused::Nothing => form.refuse("quantite", words.t("collections-refused-nothing")),
        ReserveRefused::Unfit(unfit) => form.refuse("quantite", unfit_in_words(words, unfit)),
        ReserveRefused::NotYet(why) => form.refuse("quantite", in_words(words, why)),
        ReserveRefused::BeyondStorage { room } => {
            let room = words.mass(room);
            form.refuse("rangement", words.t1("collections-refused-beyond", "room", room));
            return true;
        }
    }
    false
}

/// A civil time of today, or of tomorrow where it is past.
pub(in crate::pages) fn comes_at(visit: &Visit, at: NaiveTime) -> chrono::DateTime<chrono::Utc> {
    let today = time::instant(visit.cx.today().and_time(at), visit.cx.zone);
    if today >= visit.cx.now() { today } else { today + chrono::Duration::days(1) }
}

pub(in crate::pages) async fn release(
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
pub(in crate::pages) async fn hold_again(
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

pub(in crate::pages) async fn cancel(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known_or_by_link()?;
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
pub(in crate::pages) async fn decline(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
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

pub(in crate::pages) async fn restore(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    visit.known_or_by_link()?;
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

pub(in crate::pages) async fn nothing(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
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
pub(in crate::pages) fn unfit_in_words(words: &Words, unfit: Unfit) -> String {
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
