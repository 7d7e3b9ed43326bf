//! The list: search by name, town or network, narrow by sector, take away as a table.

use access::Gate;
use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use documents::sheets::Format;
use i18n::Words;
use kernel::{CoordinationId, Level, StructureId};
use network::{Sector, labels};
use web::{Answer, Choice, Field, Form, Input, Kind, Problem, Shell, Visit, page};

use crate::seen::{self, Filter};

/// Lines on one page.
const LINES: usize = 40;

struct Row {
    id: StructureId,
    name: String,
    kind: String,
    sector: String,
    town: String,
    level: String,
    spotted: bool,
}

#[derive(Template)]
#[template(path = "structures.html")]
struct ListPage {
    shell: Shell,
    words: Words,
    form: Form,
    rows: Vec<Row>,
    total: usize,
    narrowed: bool,
    before: String,
    after: String,
    query: String,
    may_add: bool,
    facilitates: bool,
}

/// Whoever takes part in the coordination, at any level, reads its list.
pub(super) fn of_members(visit: &Visit) -> Result<CoordinationId, Problem> {
    let coordination = visit.coordination()?;
    access::taking_part::<kernel::Never>(&visit.cx, Level::Listed)?;
    Ok(coordination)
}

fn asked(visit: &Visit, query: &Input) -> (Form, Filter) {
    let words = &visit.words;
    let mut sectors = vec![Choice::new("", words.t("directory-every-sector"))];
    sectors.extend(labels::sector_choices(words));
    let mut form = Form::new(visit)
        .with(Field::text("q", words.t("directory-search")).hint(words.t("directory-search-hint")))
        .with(Field::new(Kind::Select, "secteur", words.t("directory-sector")).options(sectors));
    form.fill(query);
    let text: String = form.f("q").value.chars().take(100).collect();
    let sector = query.get("secteur").and_then(Sector::from_code);
    (form, Filter { text, sector })
}

fn query_of(filter: &Filter) -> String {
    let text: String = filter
        .text
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    format!("q={text}&secteur={}", filter.sector.map(Sector::code).unwrap_or_default())
}

fn surface(filter: &Filter) -> &'static str {
    if filter.text.trim().is_empty() { "list" } else { "search" }
}

pub(super) async fn show(visit: Visit, query: Input) -> Answer {
    let coordination = of_members(&visit)?;
    let (form, filter) = asked(&visit, &query);
    let mut gate = Gate::new(&visit.cx, surface(&filter));
    let mut conn = visit.app.db.read().await?;
    let mut lines = seen::list(&mut conn, &visit.cx, &mut gate, coordination, &filter).await?;
    let total = lines.len();
    let mut before = String::new();
    if let Some(after) = query.get("apres").and_then(|id| id.parse::<StructureId>().ok()) {
        let name = network::queries::structure_names(&mut conn, &[after]).await?.remove(&after);
        let key = (kernel::text::fold(&name.unwrap_or_default()), after);
        lines.retain(|line| line.key() > key);
        before = format!("/structures?{}", query_of(&filter));
    }
    drop(conn);
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let after = match lines.last() {
        Some(last) if more => format!("/structures?{}&apres={}", query_of(&filter), last.id),
        _ => String::new(),
    };
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let words = visit.words.clone();
    let rows = lines
        .into_iter()
        .map(|line| Row {
            id: line.id,
            kind: labels::kind(&words, line.structure.kind),
            sector: labels::sector(&words, line.structure.sector),
            town: line.towns.join(", "),
            level: labels::level(&words, line.level),
            spotted: line.structure.state == network::CardState::Spotted,
            name: line.name,
        })
        .collect();
    let facilitates = visit.cx.viewer.facilitates(coordination);
    let shown = ListPage {
        shell: visit.shell("directory"),
        form,
        rows,
        total,
        narrowed: filter != Filter::default(),
        before,
        after,
        query: query_of(&filter),
        may_add: access::taking_part::<kernel::Never>(&visit.cx, Level::Contributor).is_ok(),
        facilitates,
        words,
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(super) async fn export(visit: Visit, Path(format): Path<String>, query: Input) -> Answer {
    let coordination = of_members(&visit)?;
    access::taking_part::<kernel::Never>(&visit.cx, Level::Reader)?;
    let (_, filter) = asked(&visit, &query);
    let mut gate = Gate::new(&visit.cx, "export");
    let mut conn = visit.app.db.read().await?;
    let table = seen::export(&mut conn, &visit.cx, &visit.words, &mut gate, coordination, &filter).await?;
    drop(conn);
    let format = Format::from_ending(&format).ok_or(Problem::NOT_FOUND)?;
    let bytes = format.write(&table).map_err(Problem::fault)?;
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"structures-{}.{}\"", visit.cx.today(), format.ending()),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
