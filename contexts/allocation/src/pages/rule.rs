//! « La règle »: how the common stock is shared out, in words and in figures, its versions and who decided them.

use askama::Template;
use axum::http::StatusCode;
use i18n::{Arg, Words};
use network::Sector;
use web::{Answer, Field, Form, Input, Kind, Notice, Shell, Visit, page};

use super::shown;
use crate::queries;
use crate::rule::{PLAIN_WEIGHT, Rule, Weights};
use crate::usecases::{Refused, set_rule};

struct Version {
    since: String,
    figures: String,
    weights: Vec<String>,
    decision: String,
}

#[derive(Template)]
#[template(path = "allocation/rule.html")]
struct RulePage {
    shell: Shell,
    words: Words,
    half_life: String,
    tolerance: String,
    weights: Vec<String>,
    norms: Vec<(String, String)>,
    norm_total: String,
    versions: Vec<Version>,
    facilitates: bool,
    form: Form,
    sectors: Vec<Field>,
}

/// The rule.
pub(super) async fn show(visit: Visit) -> Answer {
    visit.known()?;
    let rule = now(&visit).await?;
    let form = form(&visit, &rule);
    render(&visit, StatusCode::OK, form).await
}

/// A new version.
pub(super) async fn post(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let rule = now(&visit).await?;
    let mut form = form(&visit, &rule);
    form.fill(&input);
    let starts_on = form.date("debut");
    let half_life_days = form.whole("memoire", 1, 365);
    let tolerance_permille = form.percent("tolerance", 200);
    let decision = form.free_text("decision", 300);
    let mut weights = Weights::default();
    for sector in Sector::ALL {
        let weight = form.whole(&format!("poids-{}", sector.code()), 10, 1_000);
        if let Some(weight) = weight.map(|percent| percent * 10).filter(|weight| *weight != PLAIN_WEIGHT) {
            weights.by_sector.insert(sector.code().to_owned(), weight);
        }
    }
    let (Some(starts_on), Some(half_life_days), Some(tolerance_permille), Some(decision), true) =
        (starts_on, half_life_days, tolerance_permille, decision, form.is_sound())
    else {
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    let rule = Rule { starts_on, half_life_days, tolerance_permille, weights, decision };
    match set_rule::run(&visit.act(&input), &visit.app.db, set_rule::SetRule { rule }).await {
        Ok(_) => Ok(visit.lead_to("/attributions/regle", Notice::done("allocation-notice-rule"))),
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let field = if refused == Refused::RulePast { "debut" } else { "decision" };
            form.refuse(field, shown::refusal(&visit.words, &refused));
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
    }
}

async fn now(visit: &Visit) -> Result<Rule, web::Problem> {
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    Ok(queries::rule_of(&mut conn, coordination, visit.cx.today()).await?)
}

fn form(visit: &Visit, rule: &Rule) -> Form {
    let words = &visit.words;
    let mut form = Form::new(visit)
        .with(
            Field::new(Kind::Date, "debut", words.t("allocation-field-starts"))
                .required()
                .value(visit.cx.today().format("%Y-%m-%d").to_string()),
        )
        .with(
            Field::new(Kind::Number, "memoire", words.t("allocation-field-memory"))
                .required()
                .hint(words.t("allocation-field-memory-hint"))
                .suffix(words.t("allocation-days"))
                .value(rule.half_life_days.to_string()),
        )
        .with(
            Field::new(Kind::Number, "tolerance", words.t("allocation-field-tolerance"))
                .required()
                .hint(words.t("allocation-field-tolerance-hint"))
                .suffix("%")
                .value(words.percent(rule.tolerance_permille).replace('%', "").trim().to_owned()),
        )
        .with(
            Field::new(Kind::Area, "decision", words.t("allocation-field-decision"))
                .required()
                .hint(words.t("allocation-field-decision-hint")),
        );
    for sector in Sector::ALL {
        form = form.with(
            Field::new(Kind::Number, &format!("poids-{}", sector.code()), sector_name(words, *sector))
                .required()
                .suffix("%")
                .value((rule.weights.of(*sector) / 10).to_string()),
        );
    }
    form
}

fn sector_name(words: &Words, sector: Sector) -> String {
    words.t(&format!("network-sector-{}", sector.code()))
}

fn weights(words: &Words, rule: &Rule) -> Vec<String> {
    Sector::ALL
        .iter()
        .filter(|sector| rule.weights.of(**sector) != PLAIN_WEIGHT)
        .map(|sector| {
            let weight = words.percent(rule.weights.of(*sector));
            words.t2("allocation-weight", "sector", sector_name(words, *sector), "weight", weight)
        })
        .collect()
}

async fn render(visit: &Visit, status: StatusCode, form: Form) -> Answer {
    let coordination = visit.coordination()?;
    let words = visit.words.clone();
    let mut conn = visit.app.db.read().await?;
    let rule = queries::rule_of(&mut conn, coordination, visit.cx.today()).await?;
    let versions = queries::rules(&mut conn, coordination).await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    let active = || families.iter().filter(|family| family.active);
    let figures = |rule: &Rule| {
        let args = [
            ("days", Arg::from(rule.half_life_days)),
            ("tolerance", Arg::from(words.percent(rule.tolerance_permille))),
        ];
        words.tn("allocation-rule-figures", &args)
    };
    let template = RulePage {
        shell: visit.shell("allocation"),
        half_life: words.t1("allocation-rule-memory", "days", rule.half_life_days),
        tolerance: words.t1("allocation-rule-tolerance", "tolerance", words.percent(rule.tolerance_permille)),
        weights: weights(&words, &rule),
        norms: active()
            .map(|family| (family.name(words.locale()).to_owned(), words.mass(family.norm_grams)))
            .collect(),
        norm_total: words.mass(active().map(|family| family.norm_grams).sum()),
        versions: versions
            .iter()
            .map(|version| Version {
                since: words.t1("allocation-rule-since", "day", words.date(version.starts_on)),
                figures: figures(version),
                weights: weights(&words, version),
                decision: version.decision.clone(),
            })
            .collect(),
        facilitates: visit.cx.viewer.facilitates(coordination),
        sectors: Sector::ALL.iter().map(|sector| form.f(&format!("poids-{}", sector.code()))).collect(),
        form,
        words,
    };
    Ok(page(status, &template))
}
