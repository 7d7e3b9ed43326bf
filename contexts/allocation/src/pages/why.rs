//! « Pourquoi ? »: one plain sentence, then the figures behind it. It never speaks of another structure's figures.

use access::FieldGroup;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::{Arg, Words};
use kernel::Grams;
use web::{Answer, Shell, Visit, page};

use super::shown::{self, Speaking};
use crate::inputs::PersonsFrom;
use crate::queries;
use crate::reasons::{Barrier, Bound, Decided, Reasons};
use crate::share::ShareId;

#[derive(Template)]
#[template(path = "allocation/why.html")]
struct WhyPage {
    shell: Shell,
    words: Words,
    structure: String,
    title: String,
    sentence: String,
    facts: Vec<(String, String)>,
    bounds: Vec<String>,
    barred: Vec<String>,
    past: String,
    adjusted: Vec<String>,
    back: String,
    proof: String,
}

/// Why this structure is proposed what it is.
pub(super) async fn show(visit: Visit, Path(id): Path<ShareId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (share, run) = super::answer::seen(&mut conn, &visit, id).await?;
    let speaking = Speaking::open(&mut conn, &visit, &run).await?;
    let lines = queries::lines_for(&mut conn, run.id, share.structure).await?;
    let mut gate = access::Gate::new(&visit.cx, "page");
    let structure = shown::name_of_share(&mut conn, &mut gate, &visit, &share).await?;
    let by_link = visit.cx.viewer.holds_link(crate::usecases::answer::PURPOSE, id.uuid());
    let served = network::queries::scope_of(&mut conn, share.structure, FieldGroup::PublicServed).await?;
    // Whom it serves and what it received before, and what was worked out from that, go no further than they do elsewhere.
    let counts = by_link || gate.reveal(&served, FieldGroup::PublicServed, ()).shown().is_some();
    let received = network::queries::scope_of(&mut conn, share.structure, FieldGroup::Figures).await?;
    let figures = by_link || gate.reveal(&received, FieldGroup::Figures, ()).shown().is_some();
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let words = visit.words.clone();
    let reasons = &share.reasons;
    let adjusted = lines
        .iter()
        .filter(|line| line.grams != line.computed)
        .filter_map(|line| speaking.line(line))
        .map(|line| {
            let args = [
                ("product", Arg::from(line.lot.product)),
                ("from", Arg::from(if line.computed.is_empty() { line.mass.clone() } else { line.computed })),
                ("to", Arg::from(line.mass)),
                ("reason", Arg::from(line.adjusted)),
            ];
            words.tn("allocation-why-adjusted", &args)
        })
        .collect();
    let template = WhyPage {
        shell: visit.shell("allocation"),
        structure,
        title: words.t1("allocation-why-title", "day", words.day(run.day)),
        sentence: sentence(&words, reasons),
        facts: facts(&words, reasons, counts, counts && figures),
        bounds: reasons.bounds.iter().map(|(bound, grams)| bounded(&speaking, bound, *grams)).collect(),
        barred: reasons
            .barred
            .iter()
            .map(|(barrier, lots, grams)| {
                words.t2(barrier_key(*barrier), "lots", *lots, "mass", words.mass(*grams))
            })
            .collect(),
        past: if figures { past(&words, reasons) } else { String::new() },
        adjusted,
        back: format!("/attributions/reponse/{id}{}", shown::carried(&visit, id.uuid())),
        proof: run.inputs_hash.chars().take(12).collect(),
        words,
    };
    Ok(page(StatusCode::OK, &template))
}

/// The one sentence.
fn sentence(words: &Words, reasons: &Reasons) -> String {
    let key = match reasons.decided {
        Decided::AllMet => "allocation-why-all-met",
        Decided::AllThereIs => "allocation-why-all-there-is",
        Decided::Limited => match reasons.bounds.first() {
            Some((Bound::Room(0), _)) => "allocation-why-limited-dry",
            Some((Bound::Room(1), _)) => "allocation-why-limited-chilled",
            Some((Bound::Room(_), _)) => "allocation-why-limited-frozen",
            Some((Bound::Days(_), _)) | None => "allocation-why-limited-days",
        },
        Decided::Shared if reasons.group_size.is_some() && reasons.group_level.is_some() => {
            "allocation-why-shared"
        }
        Decided::Shared => "allocation-why-shared-few",
        Decided::Nothing => "allocation-why-nothing",
    };
    words.tn(
        key,
        &[
            ("mass", Arg::from(words.mass(reasons.proposed))),
            ("asked", Arg::from(words.mass(reasons.asked))),
            ("count", Arg::from(reasons.group_size.unwrap_or_default())),
            ("level", Arg::from(words.percent(reasons.group_level.unwrap_or_default()))),
        ],
    )
}

fn facts(words: &Words, reasons: &Reasons, counts: bool, levels: bool) -> Vec<(String, String)> {
    let from = words.t(match reasons.persons_from {
        PersonsFrom::Card => "allocation-persons-card",
        PersonsFrom::Request => "allocation-persons-request",
        PersonsFrom::Middle => "allocation-persons-middle",
    });
    let mut facts = vec![
        (words.t("allocation-fact-proposed"), words.mass(reasons.proposed)),
        (words.t("allocation-fact-asked"), words.mass(reasons.asked)),
    ];
    if !counts {
        return facts;
    }
    facts.extend([
        (words.t("allocation-fact-persons"), format!("{} ({from})", words.number(reasons.persons))),
        (words.t("allocation-fact-need"), words.mass(about(reasons.need_of_a_day))),
    ]);
    if levels {
        facts.push((words.t("allocation-fact-before"), words.percent(reasons.level_before)));
        facts.push((words.t("allocation-fact-after"), words.percent(reasons.level_after)));
    }
    if reasons.weight_permille != crate::rule::PLAIN_WEIGHT {
        facts.push((words.t("allocation-fact-weight"), words.percent(reasons.weight_permille)));
    }
    facts
}

fn bounded(speaking: &Speaking, bound: &Bound, grams: Grams) -> String {
    let words = &speaking.words;
    let mass = words.mass(grams);
    match bound {
        Bound::Room(0) => words.t1("allocation-bound-dry", "mass", mass),
        Bound::Room(1) => words.t1("allocation-bound-chilled", "mass", mass),
        Bound::Room(_) => words.t1("allocation-bound-frozen", "mass", mass),
        Bound::Days(family) => {
            let family = goods::labels::family(&speaking.families, family, words.locale());
            words.t2("allocation-bound-days", "family", family, "mass", mass)
        }
    }
}

fn barrier_key(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::NotAsked => "allocation-barred-not-asked",
        Barrier::NoRoom => "allocation-barred-no-room",
        Barrier::TooSoon => "allocation-barred-too-soon",
        Barrier::Excluded => "allocation-barred-excluded",
        Barrier::OpensTooLate => "allocation-barred-opens-too-late",
        Barrier::WindowTooSoon => "allocation-barred-window-too-soon",
        Barrier::RefusedBefore => "allocation-barred-refused-before",
        Barrier::Other => "allocation-barred-other",
    }
}

/// What the past weeks changed, where it can be said without showing a small group.
fn past(words: &Words, reasons: &Reasons) -> String {
    if reasons.is_new {
        return words.t("allocation-past-new");
    }
    if reasons.group_size.is_none() || reasons.ahead.0.abs() < 1_000 {
        return words.t("allocation-past-even");
    }
    let (key, mass) = if reasons.ahead.is_positive() {
        ("allocation-past-ahead", reasons.ahead)
    } else {
        ("allocation-past-behind", -reasons.ahead)
    };
    words.t1(key, "mass", words.mass(about(mass)))
}

/// A computed figure, rounded to what it can be known to: the kilogram above ten, half of one below.
fn about(grams: Grams) -> Grams {
    let step = if grams.0.abs() >= 10_000 { 1_000 } else { 500 };
    Grams((grams.0 + step / 2).div_euclid(step) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computed_figure_is_not_said_to_the_gram() {
        assert_eq!(about(Grams(219_178)), Grams::kg(219));
        assert_eq!(about(Grams(1_579)), Grams(1_500));
        assert_eq!(about(Grams(9_800)), Grams::kg(10));
        assert_eq!(about(Grams(0)), Grams::ZERO);
    }
}
