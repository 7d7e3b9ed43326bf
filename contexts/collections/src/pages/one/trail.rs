//! What the page of a collection says of others: who comes, who typed it, what happened.

use std::collections::BTreeMap;

use access::FieldGroup;
use kernel::{Grams, StructureId};
use store::Conn;
use web::{Problem, Visit};

use super::super::facilitates;
use super::{ShownHold, Step};
use crate::collection::Collection;
use crate::hold::{Hold, HoldState};
use crate::queries;

pub(super) async fn holds_shown(
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
pub(super) async fn behalf(
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
pub(super) async fn trail(
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
