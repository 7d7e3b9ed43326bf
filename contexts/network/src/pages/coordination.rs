//! Who sits at the table, who facilitates, and what facilitators did: open to all members.

use askama::Template;
use axum::http::StatusCode;
use i18n::{Arg, Words};
use kernel::{PersonId, StructureId};
use web::{Answer, Problem, Shell, Visit, page};

use super::meetings::MeetingRow;
use crate::picture::{self, Seat};
use crate::{Coordination, Facilitation, Member, Sector, labels, queries};

/// Members shown per sector before « voir les autres ».
const SHOWN: usize = 8;
/// Acts shown on the page.
const ACTS: usize = 20;

struct SectorRow {
    code: &'static str,
    name: String,
    members: Vec<(StructureId, String, String)>,
    more: usize,
    total: usize,
}

struct FacilitatorRow {
    person: PersonId,
    name: String,
    structure: String,
    since: String,
}

struct ActRow {
    when: String,
    what: String,
    who: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "coordination.html")]
struct CoordinationPage {
    shell: Shell,
    words: Words,
    coordination: Coordination,
    place: String,
    member_count: usize,
    seats: Vec<Seat>,
    in_words: String,
    centre: Vec<(i64, String)>,
    sectors: Vec<SectorRow>,
    missing: String,
    facilitators: Vec<FacilitatorRow>,
    rule: String,
    rule_holds: bool,
    acts: Vec<ActRow>,
    meetings: Vec<MeetingRow>,
    facilitates: bool,
    half_width: i64,
    half_height: i64,
}

pub(super) async fn show(visit: Visit) -> Answer {
    let id = visit.coordination()?;
    let viewer = &visit.cx.viewer;
    let facilitates = viewer.facilitates(id);
    if !facilitates && viewer.level_in(id).is_none() {
        return Err(Problem::NOT_FOUND);
    }
    let mut conn = visit.app.db.read().await?;
    let coordination = queries::coordination(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let place = queries::territory_path(&mut conn, coordination.territory)
        .await?
        .into_iter()
        .map(|territory| territory.name)
        .collect::<Vec<_>>()
        .join(" › ");
    let members = queries::members(&mut conn, id).await?;
    let mut gate = access::Gate::new(&visit.cx, "list");
    let visible = queries::visible_members(&mut conn, &mut gate, id).await?;
    let words = visit.words.clone();
    let sitting = |sector: Sector| {
        members.iter().filter(|one| one.sector == sector && one.level > kernel::Level::Listed).count()
    };
    let counted: Vec<(Sector, usize)> =
        coordination.settings.seats.iter().map(|sector| (*sector, sitting(*sector))).collect();
    let seats = picture::seats(&words, &counted);
    let missing: Vec<String> = crate::empty_seats(&coordination.settings, &members)
        .into_iter()
        .map(|sector| labels::sector(&words, sector))
        .collect();
    let facilitators = queries::facilitators(&mut conn, id).await?;
    let rule = Facilitation::of(&facilitators);
    let people: Vec<PersonId> = facilitators.iter().map(|one| one.person).collect();
    let structures: Vec<StructureId> = facilitators.iter().map(|one| one.structure).collect();
    let names = accounts::names(&mut conn, &people).await?;
    let structure_names = queries::seen_names(&mut conn, &mut gate, &structures).await?;
    let facilitators = facilitators
        .into_iter()
        .map(|one| FacilitatorRow {
            person: one.person,
            name: names.get(&one.person).cloned().unwrap_or_default(),
            structure: structure_names.say(&words, one.structure),
            since: words.date(one.since),
        })
        .collect();
    let acts = acts(&visit, &mut conn, &mut gate, id).await?;
    let meetings = queries::meetings_ahead(&mut conn, id, visit.cx.now()).await?;
    drop(conn);
    crate::usecases::note_readings::run(&visit.app.db, gate).await?;
    let page_of = CoordinationPage {
        shell: visit.shell("home"),
        place,
        member_count: members.len(),
        centre: picture::centre(&coordination.name),
        in_words: picture::in_words(&words, &seats),
        seats,
        sectors: sectors(&words, &visible),
        missing: missing.join(", "),
        facilitators,
        rule: words.t(match rule {
            Facilitation::Shared => "network-rule-holds",
            Facilitation::OneStructure => "network-rule-one-structure",
            Facilitation::OnePerson => "network-rule-one-person",
            Facilitation::Nobody => "network-rule-nobody",
        }),
        rule_holds: rule == Facilitation::Shared,
        acts,
        meetings: meetings.iter().map(|one| MeetingRow::of(&words, one)).collect(),
        facilitates,
        coordination,
        half_width: picture::HALF_WIDTH,
        half_height: picture::HALF_HEIGHT,
        words,
    };
    Ok(page(StatusCode::OK, &page_of))
}

/// The equal table: each sector and who is there, in alphabetical order.
fn sectors(words: &Words, members: &[Member]) -> Vec<SectorRow> {
    let mut rows: Vec<SectorRow> = Sector::ALL
        .iter()
        .filter_map(|sector| {
            let mine: Vec<&Member> = members.iter().filter(|one| one.sector == *sector).collect();
            (!mine.is_empty()).then(|| SectorRow {
                code: sector.code(),
                name: labels::sector(words, *sector),
                total: mine.len(),
                more: mine.len().saturating_sub(SHOWN),
                members: mine
                    .into_iter()
                    .take(SHOWN)
                    .map(|one| (one.structure, one.name.clone(), labels::level(words, one.level)))
                    .collect(),
            })
        })
        .collect();
    rows.sort_by_key(|row| kernel::text::fold(&row.name));
    rows
}

/// The journal of acts of facilitation. Each room names its own acts by a key made of the act: `allocation.validate`
/// is `allocation-act-validate`; an act without a text is shown as an act of facilitation.
async fn acts(
    visit: &Visit,
    conn: &mut store::Conn,
    gate: &mut access::Gate,
    id: kernel::CoordinationId,
) -> Result<Vec<ActRow>, store::Error> {
    let remembered = audit::facilitation_in(conn, id).await?;
    let remembered: Vec<_> = remembered.into_iter().take(ACTS).collect();
    let people: Vec<PersonId> = remembered.iter().filter_map(|act| act.person_id).collect();
    let names = accounts::names(conn, &people).await?;
    let mut structures: Vec<StructureId> = remembered.iter().filter_map(|act| act.structure_id).collect();
    structures.extend(remembered.iter().filter_map(|act| act.on_behalf_of));
    structures.extend(
        remembered
            .iter()
            .filter(|act| act.subject_kind == "structure")
            .map(|act| StructureId(act.subject_id)),
    );
    structures.sort_unstable();
    structures.dedup();
    let structure_names = queries::seen_names(conn, gate, &structures).await?;
    let words = &visit.words;
    let name_of = |id: Option<StructureId>| id.map(|id| structure_names.say(words, id)).unwrap_or_default();
    Ok(remembered
        .into_iter()
        .map(|act| {
            let (room, verb) = act.action.split_once('.').unwrap_or(("network", act.action.as_str()));
            let verb = verb.replace(['.', '_'], "-");
            // The room that acts may name its act; the commonest ones are named here.
            let keys = [format!("{room}-act-{verb}"), format!("network-act-{room}-{verb}")];
            let key = keys
                .into_iter()
                .find(|key| visit.app.catalogue.has(words.locale(), key))
                .unwrap_or_else(|| "network-act-other".to_owned());
            let subject = (act.subject_kind == "structure").then_some(StructureId(act.subject_id));
            let level = act.detail.0.get("level").and_then(serde_json::Value::as_str).unwrap_or_default();
            let level =
                crate::level_from_code(level).map(|level| labels::level(words, level)).unwrap_or_default();
            let args: [(&str, Arg); 3] = [
                ("structure", name_of(act.on_behalf_of.or(subject)).into()),
                ("level", level.into()),
                ("action", act.action.clone().into()),
            ];
            let who = act.person_id.and_then(|person| names.get(&person).cloned());
            let from = name_of(act.structure_id);
            let who = match (who, from.is_empty()) {
                (Some(who), false) => words.t1("network-act-by", "who", format!("{who} ({from})")),
                (Some(who), true) => words.t1("network-act-by", "who", who),
                (None, _) => words.t("network-by-the-machine"),
            };
            ActRow {
                when: words.moment(act.at),
                what: words.tn(&key, &args),
                who,
                reason: act.reason.unwrap_or_default(),
            }
        })
        .collect())
}
