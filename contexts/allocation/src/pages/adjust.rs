//! Changing one line of a proposal, or adding one: with a reason that the structure reads.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::Failure;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::shown::{self, ShownLine, Speaking};
use crate::line::{Line, LineId};
use crate::queries;
use crate::run::{Run, RunId};
use crate::usecases::{add_line, adjust, give};

#[derive(Template)]
#[template(path = "allocation/adjust.html")]
struct AdjustPage {
    shell: Shell,
    words: Words,
    form: Form,
    action: String,
    back: String,
    structure: String,
    line: Option<ShownLine>,
    theirs: String,
    /// Who is proposed the rest of these goods: name, how much, the form of that line.
    others: Vec<(String, String, String)>,
    /// The form that gives some of it to another structure.
    gift: Option<Form>,
}

/// The form of a line.
pub(super) async fn show(visit: Visit, Path(id): Path<LineId>) -> Answer {
    let (run, line, name, speaking) = load(&visit, id).await?;
    let form = filled(&visit, &line);
    render(&visit, StatusCode::OK, form, &run, Some((&line, &name, &speaking)), String::new()).await
}

/// Changes it.
pub(super) async fn post(visit: Visit, Path(id): Path<LineId>, input: Input) -> Answer {
    let (run, line, name, speaking) = load(&visit, id).await?;
    let mut form = filled(&visit, &line);
    form.fill(&input);
    let grams = form.mass("kg");
    let reason = form.free_text("raison", 300).unwrap_or_default();
    let (Some(grams), true) = (grams, form.is_sound()) else {
        let of = Some((&line, &name, &speaking));
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &run, of, String::new()).await;
    };
    let command = adjust::Adjust { line: id, version: form.version, grams, reason };
    match adjust::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => {
            let notice = Notice::done("allocation-notice-adjusted").with("structure", name);
            Ok(visit.lead_to(&format!("/attributions/{}", run.id), notice))
        }
        Err(Failure::Conflict) => {
            let theirs = visit.words.t1("allocation-theirs", "mass", visit.words.mass(line.grams));
            form.version = line.version;
            render(&visit, StatusCode::CONFLICT, form, &run, Some((&line, &name, &speaking)), theirs).await
        }
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let field = if refused == crate::Refused::ReasonMissing { "raison" } else { "kg" };
            let all_given = matches!(&refused, crate::Refused::Stock(_) | crate::Refused::Offer(_));
            let said = match all_given && !others(&visit, &line).await?.is_empty() {
                true => visit.words.t("allocation-refused-all-given"),
                false => shown::refusal(&visit.words, &refused),
            };
            form.refuse(field, said);
            let of = Some((&line, &name, &speaking));
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &run, of, String::new()).await
        }
    }
}

/// The form that adds a line.
pub(super) async fn new(visit: Visit, Path(id): Path<RunId>) -> Answer {
    let (run, form) = blank(&visit, id).await?;
    render(&visit, StatusCode::OK, form, &run, None, String::new()).await
}

/// Adds a line.
pub(super) async fn add(visit: Visit, Path(id): Path<RunId>, input: Input) -> Answer {
    let (run, mut form) = blank(&visit, id).await?;
    form.fill(&input);
    let lot = form.choice("lot").and_then(|lot| lot.parse().ok());
    let structure = form.choice("structure").and_then(|structure| structure.parse().ok());
    let grams = form.mass("kg");
    let reason = form.free_text("raison", 300).unwrap_or_default();
    let (Some(lot), Some(structure), Some(grams), true) = (lot, structure, grams, form.is_sound()) else {
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &run, None, String::new()).await;
    };
    let command = add_line::AddLine { run: id, lot, structure, grams, reason };
    match add_line::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(&format!("/attributions/{id}"), Notice::done("allocation-notice-added"))),
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let field = match refused {
                crate::Refused::ReasonMissing => "raison",
                crate::Refused::LineThere => "structure",
                _ => "kg",
            };
            form.refuse(field, shown::refusal(&visit.words, &refused));
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &run, None, String::new()).await
        }
    }
}

/// Gives some of it to another structure.
pub(super) async fn give(visit: Visit, Path(id): Path<LineId>, input: Input) -> Answer {
    let (run, line, name, speaking) = load(&visit, id).await?;
    let mut gift = gift(&visit, &line, &speaking).await?;
    gift.fill(&input);
    let to = gift.choice("vers").and_then(|structure| structure.parse().ok());
    let grams = gift.mass("donner-kg");
    let reason = gift.free_text("donner-raison", 300).unwrap_or_default();
    let of = Some((&line, &name, &speaking));
    let (Some(to), Some(grams), true) = (to, grams, gift.is_sound()) else {
        let form = filled(&visit, &line);
        return page_of(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, Some(gift), &run, of, String::new())
            .await;
    };
    let command = give::Give { line: id, version: gift.version, to, grams, reason };
    match give::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => {
            let notice = Notice::done("allocation-notice-given").with("mass", visit.words.mass(grams));
            Ok(visit.lead_to(&format!("/attributions/{}", run.id), notice))
        }
        Err(Failure::Conflict) => {
            let theirs = visit.words.t1("allocation-theirs", "mass", visit.words.mass(line.grams));
            gift.version = line.version;
            let form = filled(&visit, &line);
            page_of(&visit, StatusCode::CONFLICT, form, Some(gift), &run, of, theirs).await
        }
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let field = if refused == crate::Refused::ReasonMissing { "donner-raison" } else { "donner-kg" };
            gift.refuse(field, shown::refusal(&visit.words, &refused));
            let form = filled(&visit, &line);
            page_of(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, Some(gift), &run, of, String::new()).await
        }
    }
}

/// The form that gives some of a line to another structure of the run.
async fn gift(visit: &Visit, line: &Line, speaking: &Speaking) -> Result<Form, Problem> {
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let others = speaking.inputs.structures.iter().map(|structure| structure.structure);
    let names = shown::named(&mut conn, others.filter(|other| *other != line.structure)).await?;
    let mut named: Vec<(String, String)> =
        names.into_iter().map(|(structure, name)| (structure.to_string(), name)).collect();
    shown::alphabetical(&mut named, |(_, name)| name);
    let crate_grams = speaking.inputs.lots.iter().find(|lot| lot.lot == line.lot).map(|lot| lot.crate_grams);
    let one = crate_grams.filter(|grams| grams.is_positive() && *grams <= line.grams).unwrap_or(line.grams);
    let mut options = vec![Choice::new("", words.t("allocation-choose"))];
    options.extend(named.into_iter().map(|(id, name)| Choice::new(id, name)));
    Ok(Form::new(visit)
        .of_version(line.version)
        .with(
            Field::new(Kind::Select, "vers", words.t("allocation-field-give-to"))
                .required()
                .options(options)
                .value(""),
        )
        .with(
            Field::new(Kind::Number, "donner-kg", words.t("allocation-field-kg"))
                .required()
                .suffix(words.t("allocation-kg"))
                .value(words.mass_for_input(one)),
        )
        .with(
            Field::new(Kind::Area, "donner-raison", words.t("allocation-field-reason"))
                .required()
                .hint(words.t("allocation-field-reason-both")),
        ))
}

/// Who else is proposed some of the same goods, in the order of the alphabet.
async fn others(visit: &Visit, line: &Line) -> Result<Vec<(String, String, String)>, Problem> {
    let mut conn = visit.app.db.read().await?;
    let lines = queries::lines(&mut conn, line.run).await?;
    let same = |other: &&Line| other.lot == line.lot && other.id != line.id && other.grams.is_positive();
    let rest: Vec<Line> = lines.iter().filter(same).cloned().collect();
    let names = shown::named(&mut conn, rest.iter().map(|other| other.structure)).await?;
    let mut others: Vec<(String, String, String)> = rest
        .into_iter()
        .map(|other| {
            let name = names.get(&other.structure).cloned().unwrap_or_default();
            (name, visit.words.mass(other.grams), format!("/attributions/lignes/{}", other.id))
        })
        .collect();
    shown::alphabetical(&mut others, |(name, _, _)| name);
    Ok(others)
}

async fn load(visit: &Visit, id: LineId) -> Result<(Run, Line, String, Speaking), Problem> {
    visit.known()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let mut conn = visit.app.db.read().await?;
    let line = queries::line(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let run = shown::seen_run(&mut conn, visit, line.run).await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let names = shown::seen_names(&mut conn, &mut gate, &visit.words, [line.structure]).await?;
    let name = names.get(&line.structure).cloned().unwrap_or_default();
    let speaking = Speaking::open(&mut conn, visit, &run).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok((run, line, name, speaking))
}

fn filled(visit: &Visit, line: &Line) -> Form {
    let words = &visit.words;
    Form::new(visit)
        .of_version(line.version)
        .with(
            Field::new(Kind::Number, "kg", words.t("allocation-field-kg"))
                .required()
                .hint(words.t1("allocation-field-kg-hint", "mass", words.mass(line.computed)))
                .suffix(words.t("allocation-kg"))
                .value(words.mass_for_input(line.grams)),
        )
        .with(
            Field::new(Kind::Area, "raison", words.t("allocation-field-reason"))
                .hint(words.t("allocation-field-reason-hint"))
                .value(line.adjust_reason.clone().unwrap_or_default()),
        )
}

async fn blank(visit: &Visit, id: RunId) -> Result<(Run, Form), Problem> {
    visit.known()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let mut conn = visit.app.db.read().await?;
    let run = shown::seen_run(&mut conn, visit, id).await?;
    let speaking = Speaking::open(&mut conn, visit, &run).await?;
    let structures = speaking.inputs.structures.iter().map(|structure| structure.structure);
    let mut gate = access::Gate::new(&visit.cx, "form");
    let mut named: Vec<(String, String)> = shown::seen_names(&mut conn, &mut gate, &visit.words, structures)
        .await?
        .into_iter()
        .map(|(structure, name)| (structure.to_string(), name))
        .collect();
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    shown::alphabetical(&mut named, |(_, name)| name);
    let words = &visit.words;
    let lots = speaking
        .inputs
        .lots
        .iter()
        .map(|lot| {
            let shown = speaking.lot(lot);
            Choice::new(shown.id, format!("{}, {} ({})", shown.product, shown.date, shown.reference))
        })
        .collect();
    let structures = named.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let select = |name: &str, label: &str, options: Vec<Choice>| {
        let first = options.first().map(|choice| choice.value.clone()).unwrap_or_default();
        Field::new(Kind::Select, name, words.t(label)).required().options(options).value(first)
    };
    let form = Form::new(visit)
        .with(select("lot", "allocation-field-lot", lots))
        .with(select("structure", "allocation-field-structure", structures))
        .with(
            Field::new(Kind::Number, "kg", words.t("allocation-field-kg"))
                .required()
                .suffix(words.t("allocation-kg")),
        )
        .with(
            Field::new(Kind::Area, "raison", words.t("allocation-field-reason"))
                .required()
                .hint(words.t("allocation-field-reason-hint")),
        );
    Ok((run, form))
}

async fn render(
    visit: &Visit,
    status: StatusCode,
    form: Form,
    run: &Run,
    of: Option<(&Line, &String, &Speaking)>,
    theirs: String,
) -> Answer {
    let gift = match of {
        Some((line, _, speaking)) => Some(gift(visit, line, speaking).await?),
        None => None,
    };
    page_of(visit, status, form, gift, run, of, theirs).await
}

async fn page_of(
    visit: &Visit,
    status: StatusCode,
    form: Form,
    gift: Option<Form>,
    run: &Run,
    of: Option<(&Line, &String, &Speaking)>,
    theirs: String,
) -> Answer {
    let others = match of {
        Some((line, _, _)) => others(visit, line).await?,
        None => Vec::new(),
    };
    let gift = gift.filter(|_| of.is_some_and(|(line, _, _)| line.grams.is_positive()));
    let template = AdjustPage {
        shell: visit.shell("allocation"),
        words: visit.words.clone(),
        action: match of {
            Some((line, _, _)) => format!("/attributions/lignes/{}", line.id),
            None => format!("/attributions/{}/ajouter", run.id),
        },
        back: format!("/attributions/{}", run.id),
        structure: of.map(|(_, name, _)| name.clone()).unwrap_or_default(),
        line: of.and_then(|(line, _, speaking)| speaking.line(line)),
        theirs,
        others,
        gift,
        form,
    };
    Ok(page(status, &template))
}
