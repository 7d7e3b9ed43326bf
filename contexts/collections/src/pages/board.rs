//! « Collectes »: what is to be had, what is ours, what is past.

use askama::Template;
use axum::http::StatusCode;
use chrono::{DateTime, Datelike as _};
use goods::{FamilyCode, TemperatureClass, labels};
use i18n::Words;
use kernel::Level;
use web::{Answer, Choice, Field, Form, Input, Kind, Problem, Shell, Visit, page};

use super::cards::{self, Card, Viewing};
use super::drives::{self, ShownDrive};
use super::own_structures;
use crate::queries::{self, After, Filter};

#[derive(Template)]
#[template(path = "collections/board.html")]
struct BoardPage {
    shell: Shell,
    words: Words,
    tab: &'static str,
    cards: Vec<Card>,
    drives: Vec<ShownDrive>,
    form: Form,
    filtered: bool,
    may_post: bool,
    next: String,
    first: String,
    hour: String,
}

pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    access::taking_part(&visit.cx, Level::Reader).map_err(Problem::from)?;
    let tab = match input.get("onglet") {
        Some("nous") => "mine",
        Some("passees") => "past",
        _ => "offers",
    };
    let mut conn = visit.app.db.read().await?;
    let mut form = filters(&visit, &goods::queries::families(&mut conn, coordination).await?);
    form.fill(&input);
    let filter = Filter {
        family: form.choice("famille").map(FamilyCode),
        temperature: form.choice("froid").and_then(|code| TemperatureClass::from_code(&code)),
        urgent: form.checked("urgent"),
    };
    let after = input.get("apres").and_then(read_after);
    let own = own_structures(&visit).first().copied();
    let (found, next) = match (tab, own) {
        ("offers", _) => queries::board(&mut conn, &visit.cx, coordination, &filter, after).await?,
        ("mine", Some(own)) => (queries::mine(&mut conn, coordination, own).await?, None),
        (_, Some(own)) => queries::past(&mut conn, coordination, own, after).await?,
        (_, None) => (Vec::new(), None),
    };
    let drives = match (tab, own) {
        ("offers", _) if after.is_none() => {
            queries::drives_coming(&mut conn, coordination, visit.cx.now()).await?
        }
        ("mine", Some(own)) => queries::drives_of(&mut conn, coordination, own).await?,
        _ => Vec::new(),
    };
    let mut viewing = Viewing::open(&mut conn, &visit, coordination, "list", &found).await?;
    let drives = drives::shown(&mut conn, &mut viewing.gate, &visit, &drives).await?;
    drop(conn);
    let mut shown: Vec<(DateTime<chrono::Utc>, Card)> =
        found.iter().map(|one| (one.pickup_until, viewing.card(&visit, one))).collect();
    if tab != "past" {
        shown.sort_by(|a, b| (a.0, &a.1.order).cmp(&(b.0, &b.1.order)));
    }
    viewing.note(&visit).await?;
    let kept = kept(tab, &filter);
    let template = BoardPage {
        shell: visit.shell("collections"),
        words: visit.words.clone(),
        tab,
        cards: shown.into_iter().map(|(_, card)| card).collect(),
        drives,
        form,
        filtered: filter != Filter::default(),
        may_post: !super::contributing(&visit).is_empty() || super::facilitates(&visit),
        next: next
            .map(|(at, id)| format!("/collectes?{kept}apres={}.{id}", at.timestamp_micros()))
            .unwrap_or_default(),
        first: if after.is_some() {
            format!("/collectes?{}", kept.trim_end_matches('&'))
        } else {
            String::new()
        },
        hour: cards::allocation_hour(&visit.words),
    };
    Ok(page(StatusCode::OK, &template))
}

fn filters(visit: &Visit, families: &[goods::Family]) -> Form {
    let words = &visit.words;
    let any = || vec![Choice::new("", words.t("collections-filter-any"))];
    let mut family = any();
    family.extend(labels::family_choices(families, words.locale()));
    let mut cold = any();
    cold.extend(labels::temperature_choices(words));
    Form::new(visit)
        .with(Field::new(Kind::Select, "famille", words.t("collections-family")).options(family))
        .with(Field::new(Kind::Select, "froid", words.t("collections-cold")).options(cold))
        .with(Field::new(Kind::Check, "urgent", words.t("collections-filter-urgent")))
}

/// What the next page keeps of this one.
fn kept(tab: &str, filter: &Filter) -> String {
    let mut query = match tab {
        "mine" => "onglet=nous&".to_owned(),
        "past" => "onglet=passees&".to_owned(),
        _ => String::new(),
    };
    // A code is letters, digits and underscores: it was read from our own options.
    if let Some(family) = &filter.family {
        query.push_str(&format!("famille={family}&"));
    }
    if let Some(class) = filter.temperature {
        query.push_str(&format!("froid={}&", class.code()));
    }
    if filter.urgent {
        query.push_str("urgent=oui&");
    }
    query
}

/// Reads the place to go on from; an instant that no offer can have is none.
fn read_after(text: &str) -> Option<After> {
    let (at, id) = text.split_once('.')?;
    let at = DateTime::from_timestamp_micros(at.parse().ok()?)?;
    (1900..2200).contains(&at.year()).then_some((at, id.parse().ok()?))
}
