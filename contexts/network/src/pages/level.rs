//! How far a structure takes part: changed by facilitators, or by its lead towards a lighter level.

use axum::extract::Path;
use axum::http::StatusCode;
use kernel::StructureId;
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Visit, page, refusal};

use super::facilitation::FormPage;
use crate::coordination::{level_code, level_from_code};
use crate::usecases::change_level::{self, ChangeLevel};
use crate::{labels, queries};

async fn form_page(
    visit: &Visit,
    structure: StructureId,
    input: Option<&Input>,
) -> Result<(Form, FormPage), Problem> {
    let coordination = visit.coordination()?;
    let viewer = &visit.cx.viewer;
    if !viewer.facilitates(coordination) && !viewer.leads(structure) {
        return Err(Problem::NOT_FOUND);
    }
    let member = queries::member(&mut visit.app.db.read().await?, coordination, structure)
        .await?
        .ok_or(Problem::NOT_FOUND)?;
    let words = visit.words.clone();
    let mut options = labels::level_choices(&words);
    if !viewer.facilitates(coordination) {
        options.retain(|option| level_from_code(&option.value).is_some_and(|level| level <= member.level));
    }
    let mut form = Form::new(visit).with(
        Field::new(Kind::Cards, "niveau", words.t("network-level"))
            .options(options)
            .value(level_code(member.level))
            .required(),
    );
    if let Some(input) = input {
        form.fill(input);
    }
    let shown = FormPage {
        shell: visit.shell("home"),
        title: words.t1("network-level-of", "name", member.name),
        lead: words.t("network-level-lead"),
        button: words.t("network-save"),
        back: "/coordination".to_owned(),
        form: form.clone(),
        words,
    };
    Ok((form, shown))
}

pub(super) async fn ask(visit: Visit, Path(structure): Path<StructureId>) -> Answer {
    let (_, shown) = form_page(&visit, structure, None).await?;
    Ok(page(StatusCode::OK, &shown))
}

pub(super) async fn set(visit: Visit, Path(structure): Path<StructureId>, input: Input) -> Answer {
    let coordination = visit.coordination()?;
    let (mut form, mut shown) = form_page(&visit, structure, Some(&input)).await?;
    if let Some(level) = form.choice("niveau").and_then(|code| level_from_code(&code)) {
        let command = ChangeLevel { coordination, structure, level };
        return match change_level::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => {
                Ok(visit.lead_to(&format!("/structures/{structure}"), Notice::done("network-level-changed")))
            }
            Err(failure) => match refusal(failure)? {},
        };
    }
    shown.form = form;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
}
