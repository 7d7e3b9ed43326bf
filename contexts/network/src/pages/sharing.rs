//! « Ce que nous partageons »: how far each group of fields goes, who read it, how to take it all away, how to leave.

use std::sync::Arc;

use access::{FieldGroup, Scope};
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use chrono::Duration;
use i18n::Words;
use kernel::StructureId;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use crate::coordination::{level_code, level_from_code};
use crate::usecases::export;
use crate::usecases::join::{self, Join};
use crate::usecases::leave::{self, Leave};
use crate::usecases::set_scope::{self, ScopeRefused, SetScope};
use crate::{Exporter, labels, queries};

/// Lines of the reading log on the page; all of them are in the export.
const READINGS: usize = 30;

struct GroupRow {
    code: &'static str,
    name: String,
    hint: String,
    scope: &'static str,
    shared_with: String,
}

struct ReadingRow {
    day: String,
    reader: String,
    what: String,
    surface: String,
    times: String,
}

struct SeatRow {
    coordination: String,
    name: String,
    level: String,
}

#[derive(Template)]
#[template(path = "sharing.html")]
struct SharingPage {
    shell: Shell,
    words: Words,
    form: Form,
    structure: String,
    structure_id: StructureId,
    groups: Vec<GroupRow>,
    readings: Vec<ReadingRow>,
    more_readings: usize,
    seats: Vec<SeatRow>,
    /// The coordinations that could be joined, and the names of those that were asked.
    open: Vec<(String, String)>,
    asked: Vec<String>,
    leads: bool,
}

pub(super) async fn show(visit: Visit) -> Answer {
    let id = super::own_structure(&visit)?;
    let words = visit.words.clone();
    let mut conn = visit.app.db.read().await?;
    let structure = queries::structure(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let mut groups = Vec::new();
    for group in FieldGroup::ALL {
        let choice = queries::choice_of(&mut conn, id, group).await?;
        let named = queries::structure_names(&mut conn, &choice.named).await?;
        let shared_with = if choice.scope == Scope::Named {
            words.t1("network-shared-with-named", "names", named.into_values().collect::<Vec<_>>().join(", "))
        } else {
            labels::scope(&words, choice.scope)
        };
        groups.push(GroupRow {
            code: group.code(),
            name: labels::group(&words, group),
            hint: labels::group_hint(&words, group),
            scope: choice.scope.code(),
            shared_with,
        });
    }
    let since = visit.cx.today() - Duration::days(365);
    let all = access::readings_of(&mut conn, id, since).await?;
    let readers: Vec<StructureId> = all.iter().take(READINGS).map(|reading| reading.reader_id).collect();
    let names = queries::structure_names(&mut conn, &readers).await?;
    let more_readings = all.len().saturating_sub(READINGS);
    let readings = all
        .into_iter()
        .take(READINGS)
        .map(|reading| ReadingRow {
            day: words.date(reading.day),
            reader: names.get(&reading.reader_id).cloned().unwrap_or_default(),
            what: words.t(&format!("network-group-{}", reading.what)),
            surface: words.t(&format!("network-surface-{}", reading.surface)),
            times: words.number(reading.times),
        })
        .collect();
    let mut seats = Vec::new();
    for coordination in queries::coordinations_of(&mut conn, id).await? {
        let found = queries::coordination(&mut conn, coordination).await?.ok_or(Problem::NOT_FOUND)?;
        let member = queries::member(&mut conn, coordination, id).await?.ok_or(Problem::NOT_FOUND)?;
        seats.push(SeatRow {
            coordination: coordination.to_string(),
            name: found.full_name,
            level: labels::level(&words, member.level),
        });
    }
    let leads = visit.cx.viewer.leads(id);
    let (open, asked) = super::seats::elsewhere(&mut conn, id).await?;
    let shown = SharingPage {
        shell: visit.shell("directory"),
        form: Form::new(&visit),
        structure: structure.name,
        structure_id: id,
        groups,
        readings,
        more_readings,
        seats,
        open,
        asked,
        leads,
        words,
    };
    Ok(page(StatusCode::OK, &shown))
}

#[derive(Template)]
#[template(path = "scope.html")]
struct ScopePage {
    shell: Shell,
    words: Words,
    form: Form,
    title: String,
    hint: String,
    before: Option<String>,
}

/// The form of a group's scope, filled with what holds now.
async fn scope_form(visit: &Visit, id: StructureId, group: FieldGroup) -> Result<Form, Problem> {
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let choice = queries::choice_of(&mut conn, id, group).await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let mut partners: Vec<(StructureId, String)> = Vec::new();
    for coordination in queries::coordinations_of(&mut conn, id).await? {
        let members = queries::visible_members(&mut conn, &mut gate, coordination).await?;
        partners.extend(members.into_iter().map(|member| (member.structure, member.name)));
    }
    let named = queries::structure_names(&mut conn, &choice.named).await?;
    partners.extend(named);
    drop(conn);
    crate::usecases::note_readings::run(&visit.app.db, gate).await?;
    partners.retain(|(partner, _)| *partner != id);
    partners.sort_by_key(|(_, name)| kernel::text::fold(name));
    partners.dedup_by_key(|(partner, _)| *partner);
    let options = partners
        .into_iter()
        .map(|(partner, name)| {
            let mut option = Choice::new(partner.to_string(), name);
            option.selected = choice.named.contains(&partner);
            option
        })
        .collect();
    let mut form = Form::new(visit)
        .with(
            Field::new(Kind::Cards, "portee", words.t("network-who-sees"))
                .options(labels::scope_choices(words))
                .value(choice.scope.code())
                .required(),
        )
        .of_version(choice.version);
    let mut named =
        Field::new(Kind::Checks, "avec", words.t("network-named-which")).hint(words.t("network-named-hint"));
    named.options = options;
    form = form.with(named);
    Ok(form)
}

fn scope_page(
    visit: &Visit,
    status: StatusCode,
    group: FieldGroup,
    form: Form,
    before: Option<String>,
) -> Answer {
    let words = visit.words.clone();
    let shown = ScopePage {
        shell: visit.shell("directory"),
        title: words.t1("network-scope-of", "group", labels::group(&words, group)),
        hint: labels::group_hint(&words, group),
        form,
        before,
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn ask(visit: Visit, Path(group): Path<String>) -> Answer {
    let id = super::own_structure(&visit)?;
    let group = FieldGroup::from_code(&group).ok_or(Problem::NOT_FOUND)?;
    if !visit.cx.viewer.leads(id) {
        return Err(Problem::FORBIDDEN);
    }
    let form = scope_form(&visit, id, group).await?;
    scope_page(&visit, StatusCode::OK, group, form, None)
}

pub(super) async fn set(visit: Visit, Path(group): Path<String>, input: Input) -> Answer {
    let id = super::own_structure(&visit)?;
    let group = FieldGroup::from_code(&group).ok_or(Problem::NOT_FOUND)?;
    if !visit.cx.viewer.leads(id) {
        return Err(Problem::FORBIDDEN);
    }
    let mut form = scope_form(&visit, id, group).await?;
    let held = form.version;
    form.fill(&input);
    if let Some(scope) = form.choice("portee").and_then(|code| Scope::from_code(&code)) {
        let named = form.choices("avec").iter().filter_map(|id| id.parse().ok()).collect();
        let command = SetScope { structure: id, group, scope, named, version: form.version };
        match set_scope::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => {
                let notice = Notice::done("network-scope-set")
                    .with("group", labels::group(&visit.words, group))
                    .with("scope", labels::scope(&visit.words, scope));
                return Ok(visit.lead_to("/structure/partage", notice));
            }
            Err(kernel::Failure::Conflict) => {
                // What the other lead chose is said; what this one chose is kept in the form, ready to be sent again.
                let theirs = queries::choice_of(&mut visit.app.db.read().await?, id, group).await?;
                let theirs = labels::scope(&visit.words, theirs.scope);
                form.version = held;
                form.key = visit.new_key();
                let before = visit.words.t1("network-scope-conflict", "scope", theirs);
                return scope_page(&visit, StatusCode::CONFLICT, group, form, Some(before));
            }
            Err(failure) => match refusal(failure)? {
                ScopeRefused::NobodyNamed => form.refuse("avec", visit.words.t("network-nobody-named")),
                ScopeRefused::UnknownNamed => form.refuse("avec", visit.words.t("network-unknown-named")),
            },
        }
    }
    scope_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, group, form, None)
}

pub(super) async fn export(visit: Visit, Extension(exporters): Extension<Arc<Vec<Exporter>>>) -> Answer {
    let id = super::own_structure(&visit)?;
    let mut conn = visit.app.db.read().await?;
    let zip = export::all_data(&mut conn, &visit.cx, &visit.words, &exporters, id).await?;
    let name = format!("attachment; filename=\"tablee-{}.zip\"", visit.cx.today());
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, zip).into_response())
}

pub(super) async fn leave(visit: Visit, input: Input) -> Answer {
    let structure = super::own_structure(&visit)?;
    let coordination = input.get("coordination").and_then(|id| id.parse().ok()).ok_or(Problem::NOT_FOUND)?;
    let mut conn = visit.app.db.read().await?;
    let name = queries::coordination(&mut conn, coordination).await?.map(|found| found.name);
    drop(conn);
    let level = leave::run(&visit.act(&input), &visit.app.db, Leave { coordination, structure }).await?;
    let level = level_code(level);
    let notice = Notice::done("network-left")
        .with("name", name.unwrap_or_default())
        .undo(format!("/structure/partage/revenir?coordination={coordination}&niveau={level}"));
    Ok(visit.lead_to("/structure/partage", notice))
}

pub(super) async fn come_back(visit: Visit, asked: axum::extract::RawQuery, input: Input) -> Answer {
    let structure = super::own_structure(&visit)?;
    let value = |name: &str| {
        asked.0.as_deref().unwrap_or_default().split('&').find_map(|pair| {
            pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        })
    };
    let coordination = value("coordination").and_then(|id| id.parse().ok()).ok_or(Problem::NOT_FOUND)?;
    let level = value("niveau").and_then(|code| level_from_code(&code)).ok_or(Problem::NOT_FOUND)?;
    match join::run(&visit.act(&input), &visit.app.db, Join { coordination, structure, level }).await {
        Ok(()) => Ok(visit.lead_to("/structure/partage", Notice::done("network-back-in"))),
        Err(failure) => match refusal(failure)? {
            join::JoinRefused::AlreadyIn => {
                Ok(visit.lead_to("/structure/partage", Notice::info("network-already-in")))
            }
            // Whoever comes back from this page is of the structure.
            join::JoinRefused::AsksItself => Err(Problem::FORBIDDEN),
        },
    }
}
