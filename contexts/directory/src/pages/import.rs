//! « Importer mon tableur »: upload, look, correct the columns, write, undo.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use documents::sheets::{self, Refusal, Sheet};
use i18n::Words;
use kernel::{CoordinationId, Failure, Never, StructureId};
use web::{
    Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Upload, UploadRefused, Visit, page,
    refusal,
};

use crate::import::{
    ColumnKind, Doubt, Draft, Import, ImportId, ImportState, Judged, RawRow, RowRefused, Verdict, limits,
};
use crate::queries;
use crate::usecases::import_read::{self, ImportRead};
use crate::usecases::import_undo::{self, ImportUndo};
use crate::usecases::import_write::{self, ImportWrite, WriteRefused};

/// Rows that need nobody's look, shown on one page.
const ROWS: usize = 25;
/// Doubtful rows shown; further ones are left out of the import and said.
const DOUBTFUL: usize = 25;
/// Names of kept structures said after an undo.
const NAMED: usize = 5;

struct PastRow {
    id: ImportId,
    file_name: String,
    state: String,
    when: String,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    shell: Shell,
    words: Words,
    form: Form,
    past: Vec<PastRow>,
}

fn facilitated(visit: &Visit) -> Result<CoordinationId, Problem> {
    let coordination = visit.coordination()?;
    access::facilitating::<Never>(&visit.cx)?;
    Ok(coordination)
}

fn upload_form(visit: &Visit) -> Form {
    Form::new(visit).with(
        Field::new(Kind::File, "fichier", visit.words.t("directory-import-file"))
            .hint(visit.words.t("directory-import-file-hint"))
            .required(),
    )
}

async fn import_page(visit: &Visit, status: StatusCode, form: Form) -> Answer {
    let coordination = facilitated(visit)?;
    let words = visit.words.clone();
    let past = queries::past_imports(&mut visit.app.db.read().await?, coordination).await?;
    let past = past
        .into_iter()
        .map(|one| PastRow {
            id: one.id,
            file_name: one.file_name,
            state: words.t(&format!("directory-import-{}", one.state.code())),
            when: words.moment(one.created_at),
        })
        .collect();
    Ok(page(status, &ImportPage { shell: visit.shell("directory"), form, past, words }))
}

pub(super) async fn show(visit: Visit) -> Answer {
    let form = upload_form(&visit);
    import_page(&visit, StatusCode::OK, form).await
}

pub(super) async fn read(visit: Visit, upload: Upload) -> Answer {
    facilitated(&visit)?;
    let mut form = upload_form(&visit);
    form.fill(&upload.input);
    let words = &visit.words;
    match (upload.refused, upload.file("fichier")) {
        (Some(UploadRefused::TooLarge), _) => {
            form.refuse(
                "fichier",
                words.t1("directory-import-too-large", "megabytes", limits().bytes / 1_000_000),
            );
            return import_page(&visit, StatusCode::PAYLOAD_TOO_LARGE, form).await;
        }
        (Some(UploadRefused::Unreadable), _) | (None, None) => {
            form.refuse("fichier", words.t("directory-import-no-file"));
        }
        (None, Some(file)) => {
            let bytes = file.bytes.clone();
            // Unpacking and reading a workbook is work for a thread of its own.
            let read = tokio::task::spawn_blocking(move || sheets::read(&bytes, &limits()))
                .await
                .map_err(Problem::fault)?;
            match read.map(widest) {
                Err(refused) => form.refuse("fichier", unreadable(words, &refused)),
                Ok(None) => form.refuse("fichier", words.t("directory-import-empty")),
                Ok(Some(sheet)) => {
                    let rows = sheet
                        .rows
                        .into_iter()
                        .map(|row| RawRow { line: row.line, cells: row.cells })
                        .collect();
                    let command =
                        ImportRead { file_name: file.file_name.clone(), header: sheet.header, rows };
                    let id = import_read::run(&visit.act(&upload.input), &visit.app.db, command).await?;
                    return Ok(web::see_other(&format!("/import/{id}")));
                }
            }
        }
    }
    import_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, form).await
}

/// The sheet with the most rows: workbooks often begin with a cover or end with lists of choices.
fn widest(sheets: Vec<Sheet>) -> Option<Sheet> {
    sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).max_by_key(|sheet| sheet.rows.len())
}

fn unreadable(words: &Words, refused: &Refusal) -> String {
    match refused {
        Refusal::TooLarge { .. } => {
            words.t1("directory-import-too-large", "megabytes", limits().bytes / 1_000_000)
        }
        Refusal::OldExcel => words.t("directory-import-old-excel"),
        Refusal::Encrypted => words.t("directory-import-encrypted"),
        Refusal::Empty => words.t("directory-import-empty"),
        Refusal::TooManyRows { limit } => words.t1("directory-import-too-many-rows", "limit", *limit),
        Refusal::TooManyColumns { limit } => words.t1("directory-import-too-many-columns", "limit", *limit),
        Refusal::CellTooLong { line, .. } => words.t1("directory-import-cell-too-long", "line", *line),
        Refusal::Damaged => words.t("directory-import-damaged"),
        _ => words.t("directory-import-not-a-sheet"),
    }
}

struct ShownRow {
    line: usize,
    name: String,
    tone: &'static str,
    verdict: String,
    detail: String,
    known: Option<StructureId>,
}

struct ShownCreated {
    structure: StructureId,
    name: String,
    kept: bool,
}

#[derive(Template)]
#[template(path = "import-preview.html")]
struct PreviewPage {
    shell: Shell,
    words: Words,
    form: Form,
    id: ImportId,
    file_name: String,
    state: &'static str,
    counts: Vec<(String, String)>,
    recognised: Vec<(String, String)>,
    ignored: String,
    doubtful: Vec<ShownRow>,
    hidden_doubtful: usize,
    rows: Vec<ShownRow>,
    before: String,
    after: String,
    to_write: usize,
    /// Rows about structures that are known here.
    known: usize,
    problem: String,
    created: Vec<ShownCreated>,
}

async fn held(visit: &Visit, id: ImportId) -> Result<Import, Problem> {
    let coordination = facilitated(visit)?;
    queries::import(&mut visit.app.db.read().await?, id)
        .await?
        .filter(|import| import.coordination == coordination)
        .ok_or(Problem::NOT_FOUND)
}

pub(super) async fn preview(visit: Visit, Path(id): Path<ImportId>, query: Input) -> Answer {
    let number = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(0_usize);
    preview_page(&visit, id, StatusCode::OK, number.min(1_000), String::new()).await
}

async fn preview_page(
    visit: &Visit,
    id: ImportId,
    status: StatusCode,
    number: usize,
    problem: String,
) -> Answer {
    let import = held(visit, id).await?;
    let words = visit.words.clone();
    let judged = if import.state == ImportState::Read {
        queries::judge(&mut visit.app.db.read().await?, import.coordination, &import.columns, &import.rows)
            .await?
    } else {
        Vec::new()
    };
    let counts = counts(&words, &judged);
    let to_write = judged
        .iter()
        .filter(|row| matches!(row.verdict, Verdict::New(_) | Verdict::KnownElsewhere(_)))
        .count();
    let known = judged.iter().filter(|row| row.says.is_some()).count();
    let (doubtful, mut others): (Vec<_>, Vec<_>) =
        judged.into_iter().partition(|row| matches!(row.verdict, Verdict::ToCheck(..)));
    // What is wrong comes first, then the order of the file.
    others.sort_by_key(|row| (!matches!(row.verdict, Verdict::Refused(_)), row.line));
    let total = others.len();
    let link = |number: usize| format!("/import/{id}?page={number}");
    let before = if number > 0 { link(number - 1) } else { String::new() };
    let after = if (number + 1) * ROWS < total { link(number + 1) } else { String::new() };
    let (recognised, ignored) = recognised(&words, &import);
    let created =
        import.created.iter().filter(|one| import.state == ImportState::Written || one.kept).take(100);
    let shown = PreviewPage {
        shell: visit.shell("directory"),
        form: Form::new(visit).of_version(import.version),
        id,
        state: import.state.code(),
        file_name: import.file_name.clone(),
        counts,
        recognised,
        ignored: ignored.join(", "),
        hidden_doubtful: doubtful.len().saturating_sub(DOUBTFUL),
        doubtful: doubtful.into_iter().take(DOUBTFUL).map(|row| shown_row(&words, row)).collect(),
        rows: others.into_iter().skip(number * ROWS).take(ROWS).map(|row| shown_row(&words, row)).collect(),
        before,
        after,
        to_write,
        known,
        problem,
        created: created
            .map(|one| ShownCreated { structure: one.structure, name: one.name.clone(), kept: one.kept })
            .collect(),
        words,
    };
    Ok(page(status, &shown))
}

/// A column's name in the file; one without a name is called by its place.
fn column_name(words: &Words, header: &str, at: usize) -> String {
    if header.is_empty() {
        words.t1("directory-column-nameless", "number", at + 1)
    } else {
        header.to_owned()
    }
}

fn column_label(words: &Words, kind: ColumnKind) -> String {
    words.t(&format!("directory-column-{}", kind.code()))
}

/// What each column was taken for, and the names of those that are left out.
fn recognised(words: &Words, import: &Import) -> (Vec<(String, String)>, Vec<String>) {
    let mut known = Vec::new();
    let mut ignored = Vec::new();
    for (at, header) in import.columns.header.iter().enumerate() {
        let name = column_name(words, header, at);
        match import.columns.mapping.get(at).copied().flatten() {
            Some(kind) => known.push((name, column_label(words, kind))),
            None => ignored.push(name),
        }
    }
    (known, ignored)
}

#[derive(Template)]
#[template(path = "import-columns.html")]
struct ColumnsPage {
    shell: Shell,
    words: Words,
    form: Form,
    id: ImportId,
    file_name: String,
    problem: String,
}

fn columns_page(
    visit: &Visit,
    status: StatusCode,
    import: Import,
    mapping: &[Option<ColumnKind>],
    problem: String,
) -> Answer {
    let words = visit.words.clone();
    let mut options = vec![Choice::new("", words.t("directory-column-none"))];
    options.extend(ColumnKind::ALL.iter().map(|kind| Choice::new(kind.code(), column_label(&words, *kind))));
    let mut form = Form::new(visit).of_version(import.version);
    for (at, header) in import.columns.header.iter().enumerate() {
        let taken = mapping.get(at).copied().flatten();
        let sample: Vec<String> = import
            .rows
            .iter()
            .filter_map(|row| row.cells.get(at))
            .filter(|cell| !cell.is_empty())
            .take(2)
            .map(|cell| cell.chars().take(40).collect())
            .collect();
        let field = Field::new(Kind::Select, &format!("c{at}"), column_name(&words, header, at))
            .hint(sample.join(" · "))
            .options(options.clone())
            .value(taken.map(ColumnKind::code).unwrap_or_default());
        form = form.with(field);
    }
    let shell = visit.shell("directory");
    Ok(page(status, &ColumnsPage { shell, words, form, id: import.id, file_name: import.file_name, problem }))
}

pub(super) async fn columns(visit: Visit, Path(id): Path<ImportId>) -> Answer {
    let import = held(&visit, id).await?;
    if import.state != ImportState::Read {
        return Ok(web::see_other(&format!("/import/{id}")));
    }
    let mapping = import.columns.mapping.clone();
    columns_page(&visit, StatusCode::OK, import, &mapping, String::new())
}

fn counts(words: &Words, judged: &[Judged]) -> Vec<(String, String)> {
    let mut found = [0_usize; 4];
    for row in judged {
        let [new, known, doubtful, refused] = &mut found;
        *match row.verdict {
            Verdict::New(_) => new,
            Verdict::Known(_) | Verdict::KnownElsewhere(_) | Verdict::AsksItself(_) => known,
            Verdict::ToCheck(..) => doubtful,
            Verdict::Refused(_) => refused,
        } += 1;
    }
    let keys = [
        "directory-counted-new",
        "directory-counted-known",
        "directory-counted-check",
        "directory-counted-refused",
    ];
    found
        .into_iter()
        .zip(keys)
        .map(|(count, key)| {
            (words.number(i64::try_from(count).unwrap_or(i64::MAX)), words.t1(key, "count", count))
        })
        .collect()
}

fn shown_row(words: &Words, row: Judged) -> ShownRow {
    let left_out = |draft: &Draft| {
        if draft.notes.is_empty() {
            return String::new();
        }
        let notes: Vec<String> =
            draft.notes.iter().map(|note| words.t(&format!("directory-note-{}", note.code()))).collect();
        words.t1("directory-left-out", "what", notes.join(", "))
    };
    let (tone, verdict, detail, known) = match &row.verdict {
        Verdict::New(draft) => ("done", words.t("directory-verdict-new"), left_out(draft), None),
        Verdict::Known(id) => {
            ("", words.t("directory-verdict-known"), words.t("directory-verdict-known-text"), Some(*id))
        }
        Verdict::KnownElsewhere(_) => {
            ("info", words.t("directory-verdict-known"), words.t("directory-verdict-elsewhere-text"), None)
        }
        Verdict::AsksItself(_) => {
            ("info", words.t("directory-verdict-known"), words.t("directory-known-asks-itself"), None)
        }
        Verdict::ToCheck(Doubt::SameName(id), draft) => (
            "warning",
            words.t("directory-verdict-check"),
            format!("{} {}", words.t("directory-doubt-same-name"), left_out(draft)),
            Some(*id),
        ),
        Verdict::ToCheck(Doubt::TwiceInFile(line), draft) => (
            "warning",
            words.t("directory-verdict-check"),
            format!("{} {}", words.t1("directory-doubt-twice", "line", *line), left_out(draft)),
            None,
        ),
        Verdict::Refused(RowRefused::Nameless) => {
            ("danger", words.t("directory-verdict-refused"), words.t("directory-row-nameless"), None)
        }
        Verdict::Refused(RowRefused::NameTooLong) => {
            ("danger", words.t("directory-verdict-refused"), words.t("directory-row-name-too-long"), None)
        }
    };
    let name = if row.name.trim().is_empty() { words.t("directory-row-without-name") } else { row.name };
    ShownRow { line: row.line, name, tone, verdict, detail, known }
}

pub(super) async fn map(visit: Visit, Path(id): Path<ImportId>, input: Input) -> Answer {
    let import = held(&visit, id).await?;
    let mapping: Vec<Option<ColumnKind>> = (0..import.columns.header.len())
        .map(|at| input.get(&format!("c{at}")).and_then(ColumnKind::from_code))
        .collect();
    let twice =
        ColumnKind::ALL.iter().find(|kind| mapping.iter().filter(|slot| **slot == Some(**kind)).count() > 1);
    if let Some(kind) = twice {
        let problem = visit.words.t1("directory-column-twice", "column", column_label(&visit.words, *kind));
        return columns_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, import, &mapping, problem);
    }
    let version = input.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    match import_read::map_columns(&visit.act(&input), &visit.app.db, id, version, mapping).await {
        Ok(()) => Ok(visit.lead_to(&format!("/import/{id}"), Notice::done("directory-columns-saved"))),
        Err(Failure::Conflict) => {
            let problem = visit.words.t("directory-import-changed");
            preview_page(&visit, id, StatusCode::CONFLICT, 0, problem).await
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn write(visit: Visit, Path(id): Path<ImportId>, input: Input) -> Answer {
    let command = ImportWrite {
        import: id,
        version: input.get("version").and_then(|version| version.parse().ok()).unwrap_or(0),
        let_through: input.all("ligne").filter_map(|line| line.parse().ok()).collect(),
        complete: input.get("completer") == Some("oui"),
    };
    let problem = match import_write::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(written) => {
            let notice = Notice::done("directory-import-done")
                .with("count", written.added + written.listed)
                .with("completed", written.completed)
                .with("left", written.left_out)
                .undo(format!("/import/{id}/annuler"));
            return Ok(visit.lead_to(&format!("/import/{id}"), notice));
        }
        Err(Failure::Conflict) => {
            let problem = visit.words.t("directory-import-changed");
            return preview_page(&visit, id, StatusCode::CONFLICT, 0, problem).await;
        }
        Err(failure) => match refusal(failure)? {
            WriteRefused::NothingToWrite => "directory-import-nothing",
            WriteRefused::NoNameColumn => "directory-import-no-name",
        },
    };
    let problem = visit.words.t(problem);
    preview_page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, 0, problem).await
}

pub(super) async fn undo(visit: Visit, Path(id): Path<ImportId>, input: Input) -> Answer {
    let undone = import_undo::run(&visit.act(&input), &visit.app.db, ImportUndo { import: id }).await?;
    let notice = if undone.kept.is_empty() {
        Notice::done("directory-import-undone-all").with("count", undone.undone)
    } else {
        let names = undone.kept.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        Notice::warning("directory-import-undone-some")
            .with("count", undone.undone)
            .with("kept", undone.kept.len())
            .with("names", names)
    };
    Ok(visit.lead_to(&format!("/import/{id}"), notice))
}
