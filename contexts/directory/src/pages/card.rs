//! A structure's card, group by group; what is not shared says so.

use std::collections::BTreeMap;

use access::{Gate, Seen};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Never, PersonId, SiteId, StructureId};
use network::labels;
use web::{Answer, Form, Problem, Shell, Visit, page};

use crate::seen::{self, Identity, SeenCard};
use crate::{Contact, Site, queries};

struct Place {
    id: SiteId,
    name: String,
    address: String,
    is_hub: bool,
}

struct Capacity {
    name: String,
    facts: Vec<(String, String)>,
    hours: Vec<(String, String)>,
    door_notes: String,
}

#[derive(Template)]
#[template(path = "structure.html")]
struct CardPage {
    shell: Shell,
    words: Words,
    form: Form,
    id: StructureId,
    name: String,
    kind: String,
    spotted: bool,
    identity: Identity,
    facts: Vec<(String, String)>,
    places: Vec<Place>,
    contact: Option<Contact>,
    capacity: Option<Vec<Capacity>>,
    served: Option<Vec<(String, String)>>,
    wishes: Option<(String, String)>,
    marks: BTreeMap<&'static str, &'static str>,
    own: bool,
    may_edit: bool,
    on_behalf: bool,
    may_set_level: bool,
    /// Whether they may invite people into it without belonging to it.
    may_invite: bool,
    has_people: bool,
    may_bin: bool,
    confirmed: String,
}

impl CardPage {
    /// The scope of a group, shown to its own people only.
    fn mark(&self, group: &str) -> &'static str {
        self.marks.get(group).copied().unwrap_or_default()
    }
}

/// Whether the visitor may write for the structure, and in whose place.
pub(super) async fn may_write(
    visit: &Visit,
    conn: &mut store::Conn,
    id: StructureId,
) -> Result<(bool, bool), Problem> {
    match network::usecases::acting_for::<Never>(&visit.cx, conn, id).await {
        Ok(behalf) => Ok((true, behalf.is_some())),
        Err(kernel::Failure::Forbidden) => Ok((false, false)),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<StructureId>) -> Answer {
    let mut gate = Gate::new(&visit.cx, "page");
    let mut conn = visit.app.db.read().await?;
    let seen = seen::card(&mut conn, &visit.cx, &mut gate, id).await?.ok_or(Problem::NOT_FOUND)?;
    let SeenCard { identity, contact, capacity, served, wishes, scopes, .. } = seen;
    let Seen::Shown(identity) = identity else { return Err(Problem::NOT_FOUND) };
    let words = visit.words.clone();
    let (may_edit, on_behalf) = may_write(&visit, &mut conn, id).await?;
    let member = match visit.cx.coordination {
        Some(coordination) => network::queries::member(&mut conn, coordination, id).await?,
        None => None,
    };
    // Families are a coordination's words: the visitor's where the structure sits there too, else one of its own.
    let seats = network::queries::coordinations_of(&mut conn, id).await?;
    let here = visit.cx.coordination.filter(|here| seats.contains(here)).or_else(|| seats.first().copied());
    let families = match here.or(visit.cx.coordination) {
        Some(coordination) => goods::queries::families(&mut conn, coordination).await?,
        None => Vec::new(),
    };
    let confirmed = queries::card(&mut conn, id).await?.confirmed_at;
    let has_people = !network::queries::people_of(&mut conn, id, &[]).await?.is_empty();
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let viewer = &visit.cx.viewer;
    let own = viewer.belongs_to(id);
    let family_names = |codes: &[goods::FamilyCode]| {
        codes
            .iter()
            .map(|code| goods::labels::family(&families, code, words.locale()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let marks = if own {
        scopes.iter().map(|(group, scope)| (group.code(), scope.code())).collect()
    } else {
        BTreeMap::new()
    };
    let mut facts = identity_facts(&words, &identity);
    if let Some(member) = &member {
        facts.push((words.t("directory-level"), labels::level(&words, member.level)));
    }
    let shown = CardPage {
        shell: visit.shell("directory"),
        form: Form::new(&visit),
        id,
        name: identity.structure.name.clone(),
        kind: labels::kind(&words, identity.structure.kind),
        spotted: identity.structure.state == network::CardState::Spotted,
        facts,
        places: identity.places.iter().map(place).collect(),
        contact: contact.shown().cloned(),
        capacity: capacity.shown().map(|sites| sites.iter().map(|site| capacity_of(&words, site)).collect()),
        served: served.shown().map(|served| {
            let count =
                |count: Option<i64>| count.map_or_else(|| words.t("directory-unknown"), |n| words.number(n));
            vec![
                (words.t("directory-households"), count(served.households)),
                (words.t("directory-persons"), count(served.persons)),
            ]
        }),
        wishes: wishes.shown().map(|wishes| (family_names(&wishes.wanted), family_names(&wishes.excluded))),
        marks,
        own,
        may_edit,
        on_behalf,
        may_set_level: member.is_some()
            && visit.cx.coordination.is_some_and(|coordination| viewer.facilitates(coordination)),
        may_invite: !own && on_behalf,
        has_people,
        may_bin: may_edit && !has_people,
        confirmed: confirmed
            .map(|at| words.t1("directory-confirmed-on", "when", words.date(words.civil(at).date())))
            .unwrap_or_default(),
        identity,
        words,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn identity_facts(words: &Words, identity: &Identity) -> Vec<(String, String)> {
    let structure = &identity.structure;
    let mut facts = vec![(words.t("directory-sector"), labels::sector(words, structure.sector))];
    for (key, value) in [
        ("directory-head-network", &structure.head_network),
        ("directory-siret", &structure.siret),
        ("directory-rna", &structure.rna),
    ] {
        if let Some(value) = value {
            facts.push((words.t(key), value.clone()));
        }
    }
    facts.push((words.t("directory-accreditation"), labels::accreditation(words, structure.accreditation)));
    facts
}

fn place(site: &Site) -> Place {
    let parts = [site.address.clone(), format!("{} {}", site.postcode, site.city)];
    let address = parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ");
    Place { id: site.id, name: site.name.clone(), address, is_hub: site.is_hub }
}

fn capacity_of(words: &Words, site: &Site) -> Capacity {
    let dock = if site.dock { "directory-yes" } else { "directory-no" };
    let hours = (1..=7)
        .filter_map(|day| {
            let windows: Vec<String> = site
                .receiving
                .of_weekday(day)
                .map(|window| {
                    words.t2("i18n-from-to", "from", words.hour(window.from), "to", words.hour(window.to))
                })
                .collect();
            (!windows.is_empty()).then(|| (words.weekday(i64::from(day)).to_owned(), windows.join(", ")))
        })
        .collect();
    Capacity {
        name: site.name.clone(),
        facts: vec![
            (words.t("directory-dry"), words.mass(site.dry)),
            (words.t("directory-chilled"), words.mass(site.chilled)),
            (words.t("directory-frozen"), words.mass(site.frozen)),
            (words.t("directory-dock"), words.t(dock)),
        ],
        hours,
        door_notes: site.door_notes.clone(),
    }
}

struct ActRow {
    when: String,
    what: String,
    who: String,
    behalf: bool,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    shell: Shell,
    words: Words,
    id: StructureId,
    name: String,
    acts: Vec<ActRow>,
}

/// Who changed what and when, for those who may change it too. What a field held is not told, only that it changed.
pub(super) async fn history(visit: Visit, Path(id): Path<StructureId>) -> Answer {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let (may_edit, _) = may_write(&visit, &mut conn, id).await?;
    if !may_edit {
        return Err(Problem::NOT_FOUND);
    }
    let structure = network::queries::structure(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let remembered = audit::history_of(&mut conn, id.uuid()).await?;
    let people: Vec<PersonId> = remembered.iter().filter_map(|act| act.person_id).collect();
    let names = accounts::names(&mut conn, &people).await?;
    let structures: Vec<StructureId> = remembered.iter().filter_map(|act| act.structure_id).collect();
    let structure_names = network::queries::structure_names(&mut conn, &structures).await?;
    let words = visit.words.clone();
    let acts = remembered
        .into_iter()
        .rev()
        .map(|act| {
            let key = format!("directory-history-{}", act.action.replace(['.', '_'], "-"));
            let has = visit.app.catalogue.has(words.locale(), &key);
            let mut what = words.t(if has { &key } else { "directory-history-other" });
            let changed: Vec<String> = act
                .detail
                .0
                .get("changed")
                .and_then(serde_json::Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(serde_json::Value::as_str)
                .map(|field| format!("directory-changed-{}", field.replace('_', "-")))
                .filter(|key| visit.app.catalogue.has(words.locale(), key))
                .map(|key| words.t(&key))
                .collect();
            if !changed.is_empty() {
                what = words.t2("directory-history-fields", "what", what, "fields", changed.join(", "));
            }
            let who = act.person_id.and_then(|person| names.get(&person).cloned());
            let who = who.unwrap_or_else(|| words.t("directory-by-the-machine"));
            let from = act.structure_id.and_then(|id| structure_names.get(&id).cloned()).unwrap_or_default();
            ActRow {
                when: words.moment(act.at),
                what,
                who: if act.on_behalf_of.is_some() {
                    words.t2("directory-behalf", "who", who, "structure", structure.name.clone())
                } else if from.is_empty() || act.structure_id == Some(id) {
                    who
                } else {
                    format!("{who} ({from})")
                },
                behalf: act.on_behalf_of.is_some(),
            }
        })
        .collect();
    let shown = HistoryPage { shell: visit.shell("directory"), id, name: structure.name, acts, words };
    Ok(page(StatusCode::OK, &shown))
}
