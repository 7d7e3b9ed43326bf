//! What a viewer may see of cards and places: every group of fields goes through [`access::Gate`] here, and nowhere
//! else, so that the card, the list, the search, the export and the choices of forms cannot differ.
//!
//! Invariant: what is hidden says that it is not shared; it is never shown as nothing or as zero.

use std::collections::BTreeMap;

use access::{FieldGroup, Gate, Scope, ScopeOf, Seen};
use documents::sheets::{Cell, Column, Kind, Table};
use i18n::Words;
use kernel::{CoordinationId, Cx, Level, StructureId};
use network::{CardState, Sector, Structure, labels};
use store::{Conn, Error};
use web::Choice;

use crate::queries;
use crate::{Contact, Served, Site, Wishes};

/// What a structure says of itself to everybody who may know that it is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// Name, kind, sector, numbers.
    pub structure: Structure,
    /// What it does, in its own words.
    pub description: String,
    /// Its site on the web.
    pub website: Option<String>,
    /// Its places; capacity, hours and door notes are in a group of their own.
    pub places: Vec<Site>,
}

/// A card as one viewer sees it.
#[derive(Clone, Debug)]
pub struct SeenCard {
    /// Whose card it is.
    pub id: StructureId,
    /// Who it is and where.
    pub identity: Seen<Identity>,
    /// Whom to call or write to.
    pub contact: Seen<Contact>,
    /// What its places keep and when they take deliveries.
    pub capacity: Seen<Vec<Site>>,
    /// Whom it serves, as counts.
    pub served: Seen<Served>,
    /// What it wants.
    pub wishes: Seen<Wishes>,
    /// How far each group goes.
    pub scopes: BTreeMap<FieldGroup, Scope>,
}

/// Whether the viewer may know that the structure is there at all: what is in the bin is nobody's, what was only
/// spotted is for its own people and for facilitators.
fn may_know(cx: &Cx, structure: &Structure, of: &ScopeOf) -> bool {
    if structure.binned_at.is_some() {
        return false;
    }
    structure.state != CardState::Spotted
        || cx.viewer.is_machine()
        || cx.viewer.belongs_to(of.owner)
        || of.coordinations.iter().any(|coordination| cx.viewer.facilitates(*coordination))
}

/// A structure's card as the viewer sees it; `None` where they may not know that it is there.
///
/// # Errors
/// When the database cannot be read.
pub async fn card(
    conn: &mut Conn,
    cx: &Cx,
    gate: &mut Gate,
    id: StructureId,
) -> Result<Option<SeenCard>, Error> {
    let Some(structure) = network::queries::structure(conn, id).await? else { return Ok(None) };
    let card = queries::card(conn, id).await?;
    let sites = queries::sites_of(conn, id).await?;
    let mut of = BTreeMap::new();
    for group in FieldGroup::ALL {
        of.insert(group, network::queries::scope_of(conn, id, group).await?);
    }
    let scopes = of.iter().map(|(group, of)| (*group, of.scope)).collect();
    let mut parts = Parts { of, gate };
    if !parts.of.get(&FieldGroup::Identity).is_some_and(|of| may_know(cx, &structure, of)) {
        return Ok(None);
    }
    let identity =
        Identity { structure, description: card.description, website: card.website, places: sites.clone() };
    let seen = SeenCard {
        id,
        identity: parts.reveal(FieldGroup::Identity, identity),
        contact: parts.reveal(FieldGroup::Contact, card.contact),
        capacity: parts.reveal(FieldGroup::Capacity, sites),
        served: parts.reveal(FieldGroup::PublicServed, card.served),
        wishes: parts.reveal(FieldGroup::Wishes, card.wishes),
        scopes,
    };
    Ok(Some(seen))
}

struct Parts<'g> {
    of: BTreeMap<FieldGroup, ScopeOf>,
    gate: &'g mut Gate,
}

impl Parts<'_> {
    fn reveal<T>(&mut self, group: FieldGroup, value: T) -> Seen<T> {
        self.of.get(&group).map_or(Seen::Hidden, |of| self.gate.reveal(of, group, value))
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of a name, a town, a post code or a network.
    pub text: String,
    /// A sector.
    pub sector: Option<Sector>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The structure.
    pub id: StructureId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub structure: Structure,
    /// The towns of its places.
    pub towns: Vec<String>,
    /// How far it takes part.
    pub level: Level,
}

impl Line {
    /// Where it stands in the alphabet, for pages after pages.
    #[must_use]
    pub fn key(&self) -> (String, StructureId) {
        (kernel::text::fold(&self.name), self.id)
    }
}

/// The structures of a coordination that the viewer may know of, in alphabetical order.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    conn: &mut Conn,
    cx: &Cx,
    gate: &mut Gate,
    coordination: CoordinationId,
    filter: &Filter,
) -> Result<Vec<Line>, Error> {
    let members = network::queries::members(conn, coordination).await?;
    let ids: Vec<StructureId> = members.iter().map(|member| member.structure).collect();
    let scopes = network::queries::scopes_of(conn, &ids, FieldGroup::Identity).await?;
    let mut sites = queries::sites_of_many(conn, &ids).await?;
    let mut structures = network::queries::structures(conn, &ids).await?;
    let wanted = kernel::text::fold(&filter.text);
    let mut lines = Vec::new();
    for member in members {
        let (Some(of), Some(structure)) =
            (scopes.get(&member.structure), structures.remove(&member.structure))
        else {
            continue;
        };
        if !may_know(cx, &structure, of) || filter.sector.is_some_and(|sector| sector != structure.sector) {
            continue;
        }
        // What is searched is what may be seen: a hidden structure is not found by its name either.
        if !access::may_see(&cx.viewer, of) {
            continue;
        }
        let places = sites.remove(&member.structure).unwrap_or_default();
        let mut haystack = kernel::text::fold(&structure.name);
        for text in structure.head_network.iter().map(String::as_str).chain(
            places.iter().flat_map(|site| [site.city.as_str(), site.postcode.as_str(), site.name.as_str()]),
        ) {
            haystack.push(' ');
            haystack.push_str(&kernel::text::fold(text));
        }
        if !wanted.split(' ').all(|word| haystack.contains(word)) {
            continue;
        }
        let mut towns: Vec<String> = places.into_iter().map(|site| site.city).collect();
        towns.sort();
        towns.dedup();
        let line = Line {
            id: member.structure,
            name: structure.name.clone(),
            structure,
            towns,
            level: member.level,
        };
        if let Seen::Shown(line) = gate.reveal(of, FieldGroup::Identity, line) {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// The structures of a coordination as choices of a form: those the viewer may know of.
///
/// # Errors
/// When the database cannot be read.
pub async fn choices(
    conn: &mut Conn,
    cx: &Cx,
    gate: &mut Gate,
    coordination: CoordinationId,
) -> Result<Vec<Choice>, Error> {
    let lines = list(conn, cx, gate, coordination, &Filter::default()).await?;
    Ok(lines.into_iter().map(|line| Choice::new(line.id.to_string(), line.name)).collect())
}

/// The directory as a table to take away; what is not shared says so.
///
/// # Errors
/// When the database cannot be read.
pub async fn export(
    conn: &mut Conn,
    cx: &Cx,
    words: &Words,
    gate: &mut Gate,
    coordination: CoordinationId,
    filter: &Filter,
) -> Result<Table, Error> {
    let lines = list(conn, cx, gate, coordination, filter).await?;
    let families = goods::queries::families(conn, coordination).await?;
    let text = |key: &str| Column::new(words.t(key), Kind::Text);
    let number = |key: &str| Column::new(words.t(key), Kind::Integer);
    let hidden = || Cell::from(words.t("directory-not-shared"));
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(seen) = card(conn, cx, gate, line.id).await? else { continue };
        let Seen::Shown(identity) = seen.identity else { continue };
        let place = identity.places.first();
        let mut row: Vec<Cell> = vec![
            identity.structure.name.into(),
            labels::kind(words, identity.structure.kind).into(),
            labels::sector(words, identity.structure.sector).into(),
            identity.structure.head_network.into(),
            identity.structure.siret.into(),
            identity.structure.rna.into(),
            labels::accreditation(words, identity.structure.accreditation).into(),
            place.map(|site| site.address.clone()).into(),
            place.map(|site| site.postcode.clone()).into(),
            place.map(|site| site.city.clone()).into(),
            identity.website.into(),
            labels::level(words, line.level).into(),
        ];
        match seen.contact {
            Seen::Shown(contact) => {
                row.extend([contact.name.into(), contact.phone.into(), contact.email.into()]);
            }
            Seen::Hidden => row.extend([hidden(), hidden(), hidden()]),
        }
        match seen.served {
            Seen::Shown(served) => row.extend([served.households.into(), served.persons.into()]),
            Seen::Hidden => row.extend([hidden(), hidden()]),
        }
        match seen.capacity {
            Seen::Shown(sites) => {
                let kg = |grams: i64| Cell::Decimal { units: grams, places: 3 };
                row.extend([
                    kg(sites.iter().map(|site| site.dry.0).sum()),
                    kg(sites.iter().map(|site| site.chilled.0).sum()),
                    kg(sites.iter().map(|site| site.frozen.0).sum()),
                    words
                        .t(if sites.iter().any(|site| site.dock) { "directory-yes" } else { "directory-no" })
                        .into(),
                    sites.first().map(|site| site.receiving.to_string()).into(),
                ]);
            }
            Seen::Hidden => row.extend([hidden(), hidden(), hidden(), hidden(), hidden()]),
        }
        let names = |codes: &[goods::FamilyCode]| {
            codes
                .iter()
                .map(|code| goods::labels::family(&families, code, words.locale()))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match seen.wishes {
            Seen::Shown(wishes) => row.extend([names(&wishes.wanted).into(), names(&wishes.excluded).into()]),
            Seen::Hidden => row.extend([hidden(), hidden()]),
        }
        rows.push(row);
    }
    let decimal = |key: &str| Column::new(words.t(key), Kind::Decimal);
    Ok(Table {
        title: words.t("directory-title"),
        columns: vec![
            text("directory-name"),
            text("directory-kind"),
            text("directory-sector"),
            text("directory-head-network"),
            text("directory-siret"),
            text("directory-rna"),
            text("directory-accreditation"),
            text("directory-address"),
            text("directory-postcode"),
            text("directory-city"),
            text("directory-website"),
            text("directory-level"),
            text("directory-contact-name"),
            text("directory-contact-phone"),
            text("directory-contact-email"),
            number("directory-households"),
            number("directory-persons"),
            decimal("directory-dry-kg"),
            decimal("directory-chilled-kg"),
            decimal("directory-frozen-kg"),
            text("directory-dock"),
            text("directory-receiving"),
            text("directory-wanted"),
            text("directory-excluded"),
        ],
        rows,
    })
}

/// What this room knows of a structure, for the export of all its data.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_tables(conn: &mut Conn, words: &Words, id: StructureId) -> Result<Vec<Table>, Error> {
    let card = queries::card(conn, id).await?;
    let text = |key: &str| Column::new(words.t(key), Kind::Text);
    let number = |key: &str| Column::new(words.t(key), Kind::Integer);
    let codes =
        |codes: &[goods::FamilyCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let facts = Table {
        title: words.t("directory-export-card"),
        columns: vec![
            text("directory-description"),
            text("directory-website"),
            text("directory-contact-name"),
            text("directory-contact-phone"),
            text("directory-contact-email"),
            number("directory-households"),
            number("directory-persons"),
            text("directory-wanted"),
            text("directory-excluded"),
        ],
        rows: vec![vec![
            card.description.into(),
            card.website.into(),
            card.contact.name.into(),
            card.contact.phone.into(),
            card.contact.email.into(),
            card.served.households.into(),
            card.served.persons.into(),
            codes(&card.wishes.wanted).into(),
            codes(&card.wishes.excluded).into(),
        ]],
    };
    let decimal = |key: &str| Column::new(words.t(key), Kind::Decimal);
    let kg = |grams: kernel::Grams| Cell::Decimal { units: grams.0, places: 3 };
    let rows = queries::sites_of(conn, id)
        .await?
        .into_iter()
        .map(|site| {
            vec![
                site.name.into(),
                site.address.into(),
                site.postcode.into(),
                site.city.into(),
                kg(site.dry),
                kg(site.chilled),
                kg(site.frozen),
                site.receiving.to_string().into(),
                site.door_notes.into(),
            ]
        })
        .collect();
    let places = Table {
        title: words.t("directory-export-places"),
        columns: vec![
            text("directory-name"),
            text("directory-address"),
            text("directory-postcode"),
            text("directory-city"),
            decimal("directory-dry-kg"),
            decimal("directory-chilled-kg"),
            decimal("directory-frozen-kg"),
            text("directory-receiving"),
            text("directory-door-notes"),
        ],
        rows,
    };
    Ok(vec![facts, places])
}
