//! « Stock »: what to use first.

use std::collections::BTreeMap;

use access::Gate;
use askama::Template;
use axum::http::StatusCode;
use goods::{Family, TemperatureClass, labels};
use i18n::Words;
use kernel::{CoordinationId, StructureId};
use store::Conn;
use web::{Answer, Choice, Field, Input, Kind, Problem, Shell, Visit, page};

use super::ACCENT;
use super::lines::Line;
use super::sight::{Shelf, Sight, Whose};
use crate::Place;
use crate::queries::{self, After, OnShelf, ShelfFilter};

/// Lots on a page.
const MOST: usize = 40;

/// A way to another shelf.
struct Tab {
    url: String,
    name: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "stock/list.html")]
struct ListPage {
    shell: Shell,
    words: Words,
    tabs: Vec<Tab>,
    others: Field,
    place: String,
    /// Where a delivery to this shelf is written down.
    receive: String,
    name: String,
    acts: bool,
    scope: &'static str,
    temperature: Field,
    family: Field,
    is_filtered: bool,
    lots: Vec<Line>,
    first: String,
    next: String,
    query: String,
}

/// A shelf as asked for: which, filtered how, from where on. Shared by the list, the sheet and the exports.
pub(super) struct Asked {
    pub(super) shelf: Shelf,
    pub(super) filter: ShelfFilter,
    pub(super) zones: Vec<Place>,
    pub(super) lots: Vec<OnShelf>,
    pub(super) families: Vec<Family>,
    pub(super) donors: BTreeMap<StructureId, String>,
}

/// Reads the filter of an address; what is not an option filters nothing.
fn filter(input: &Input, families: &[Family]) -> ShelfFilter {
    let family = input.get("famille").unwrap_or_default();
    ShelfFilter {
        temperature: input.get("temperature").and_then(TemperatureClass::from_code),
        family: families.iter().map(|known| &known.code).find(|code| code.as_str() == family).cloned(),
    }
}

/// Reads a shelf. A gate notes what another structure shared; the caller writes its notes down.
pub(super) async fn read(
    conn: &mut Conn,
    gate: &mut Gate,
    coordination: CoordinationId,
    sight: &Sight,
    input: &Input,
    most: usize,
) -> Result<Asked, Problem> {
    let shelf = sight.choose(input.get("lieu")).ok_or(Problem::NOT_FOUND)?.clone();
    let families = goods::queries::families(conn, coordination).await?;
    let filter = filter(input, &families);
    let zones = sight.zones(conn, gate, coordination, &shelf).await?;
    let after = input.get("apres").and_then(After::parse);
    let lots = queries::shelf(conn, &zones, &filter, after, most).await?;
    let donors: Vec<StructureId> = lots.iter().filter_map(|lot| lot.donor).collect();
    // Whoever holds a lot has its donor's name from the slip; the others, as far as the donor lets it go.
    let donors = match shelf.whose {
        Whose::Own => network::queries::structure_names(conn, &donors).await?,
        Whose::Hub(_) | Whose::Shared(_) => network::queries::seen_names(conn, gate, &donors).await?.shown(),
    };
    Ok(Asked { shelf, filter, zones, lots, families, donors })
}

impl Asked {
    /// The lots in the reader's words.
    pub(super) fn lines(&self, words: &Words) -> Vec<Line> {
        self.lots.iter().map(|lot| Line::of(words, &self.families, &self.donors, &self.zones, lot)).collect()
    }

    /// What of the address says which shelf and filter, without a beginning `?`.
    pub(super) fn query(&self) -> String {
        let mut query = format!("lieu={}", self.shelf.key);
        if let Some(temperature) = self.filter.temperature {
            query.push_str("&temperature=");
            query.push_str(temperature.code());
        }
        if let Some(family) = &self.filter.family {
            query.push_str("&famille=");
            query.push_str(family.as_str());
        }
        query
    }
}

pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "list");
    let sight = Sight::of(&mut conn, &visit.cx, &mut gate, coordination).await?;
    if sight.shelves.is_empty() {
        return Err(Problem::FORBIDDEN);
    }
    let mut asked = read(&mut conn, &mut gate, coordination, &sight, &input, MOST + 1).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let more = asked.lots.len() > MOST;
    asked.lots.truncate(MOST);
    let query = asked.query();
    let next = match asked.lots.last() {
        Some(last) if more => format!("/stock?{query}&apres={}", last.after().to_text()),
        _ => String::new(),
    };
    let is_later = input.get("apres").is_some_and(|after| !after.is_empty());
    let template = ListPage {
        shell: visit.shell(ACCENT),
        tabs: tabs(&sight, &asked.shelf),
        others: others(words, &sight, &asked.shelf),
        place: asked.shelf.key.to_string(),
        receive: format!("/stock/recevoir?lieu={}", asked.shelf.key),
        name: asked.shelf.name.clone(),
        acts: asked.shelf.acts,
        scope: match asked.shelf.whose {
            Whose::Own => "structure",
            Whose::Hub(_) => "coordination",
            Whose::Shared(_) => "named",
        },
        temperature: temperatures(words, asked.filter.temperature),
        family: families(words, &asked),
        is_filtered: asked.filter != ShelfFilter::default(),
        lots: asked.lines(words),
        first: if is_later { format!("/stock?{query}") } else { String::new() },
        next,
        query,
        words: words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// The viewer's own shelves and the hubs, side by side.
fn tabs(sight: &Sight, here: &Shelf) -> Vec<Tab> {
    sight
        .shelves
        .iter()
        .filter(|shelf| !matches!(shelf.whose, Whose::Shared(_)))
        .map(|shelf| Tab {
            url: format!("/stock?lieu={}", shelf.key),
            name: shelf.name.clone(),
            current: shelf.key == here.key,
        })
        .collect()
}

/// What other structures share, in a list.
fn others(words: &Words, sight: &Sight, here: &Shelf) -> Field {
    let options = sight
        .shelves
        .iter()
        .filter(|shelf| matches!(shelf.whose, Whose::Shared(_)))
        .map(|shelf| Choice::new(shelf.key.to_string(), &shelf.name))
        .collect();
    Field::new(Kind::Select, "lieu", words.t("stock-others")).options(options).value(here.key.to_string())
}

fn temperatures(words: &Words, chosen: Option<TemperatureClass>) -> Field {
    let mut options = vec![Choice::new("", words.t("stock-filter-all"))];
    options.extend(labels::temperature_choices(words));
    Field::new(Kind::Select, "temperature", words.t("stock-filter-temperature"))
        .options(options)
        .value(chosen.map(TemperatureClass::code).unwrap_or_default())
}

fn families(words: &Words, asked: &Asked) -> Field {
    let mut options = vec![Choice::new("", words.t("stock-filter-all-families"))];
    options.extend(labels::family_choices(&asked.families, words.locale()));
    let chosen = asked.filter.family.as_ref().map(|family| family.0.clone()).unwrap_or_default();
    Field::new(Kind::Select, "famille", words.t("stock-filter-family")).options(options).value(chosen)
}
