//! The one form of every kind of request: families as cards with their kilograms, counts, a day or a rhythm.
//!
//! Invariant: what was typed comes back after an error, after « calculer », and after somebody else's change.

use access::{FieldGroup, Gate, Seen};
use goods::{Family, FamilyCode, TemperatureClass};
use i18n::Words;
use kernel::{CoordinationId, Grams, Level, SiteId, StructureId};
use store::{Conn, Error};
use web::{Choice, Field, Form, Kind, Problem, Visit};

use crate::norms;
use crate::request::{MOST_PEOPLE, Unsound, Wanted};
use crate::usecases::Refused;

/// What the form needs to know of the structure it is filled for.
pub(super) struct For {
    /// The structure.
    pub structure: StructureId,
    /// Its name.
    pub name: String,
    /// Whether the viewer fills it for somebody else.
    pub on_behalf: bool,
    /// Its places.
    pub sites: Vec<(SiteId, String)>,
    /// The families of the coordination that are offered, and those any request may still name.
    pub families: Vec<Family>,
    /// Whether its counts of people served are for the viewer; else what a request says of them is kept and not shown.
    pub counts_seen: bool,
    /// Persons and households of its card.
    pub card: Option<(i64, i64)>,
    /// Room for dry, chilled and frozen goods; `None` where the card says nothing.
    pub storage: Option<[Grams; 3]>,
    /// The families its card wants; empty means any.
    pub wanted: Vec<FamilyCode>,
    /// The families it does not take.
    pub excluded: Vec<FamilyCode>,
}

impl For {
    /// Loads it; `None` where there is no such structure. Whoever asks on behalf reads of its card what its scopes let
    /// them read; the caller notes what the gate let through.
    pub(super) async fn load(
        conn: &mut Conn,
        gate: &mut Gate,
        visit: &Visit,
        coordination: CoordinationId,
        structure: StructureId,
    ) -> Result<Option<Self>, Error> {
        let Some(known) = network::queries::structure(conn, structure).await? else { return Ok(None) };
        let sites = directory::queries::sites_of(conn, structure).await?;
        let sites: Vec<(SiteId, String)> = sites.into_iter().map(|site| (site.id, site.name)).collect();
        let profile =
            directory::queries::profiles(conn, &[structure]).await?.remove(&structure).unwrap_or_default();
        let card = profile.persons_served.zip(profile.households_served);
        let rooms = [profile.dry, profile.chilled, profile.frozen];
        let rooms = rooms.iter().any(|room| room.is_positive()).then_some(rooms);
        let wishes = (profile.families_wanted, profile.families_excluded);
        let of = async |conn: &mut Conn, group| network::queries::scope_of(conn, structure, group).await;
        let (identity, capacity) =
            (of(conn, FieldGroup::Identity).await?, of(conn, FieldGroup::Capacity).await?);
        let (served, wished) =
            (of(conn, FieldGroup::PublicServed).await?, of(conn, FieldGroup::Wishes).await?);
        let seen = gate.reveal(&identity, FieldGroup::Identity, (known.name, sites)).shown().cloned();
        let (name, sites) = seen.unwrap_or_else(|| (visit.words.t("network-name-kept"), Vec::new()));
        let storage =
            rooms.and_then(|rooms| gate.reveal(&capacity, FieldGroup::Capacity, rooms).shown().copied());
        let seen = gate.reveal(&served, FieldGroup::PublicServed, card);
        let counts_seen = seen != Seen::Hidden;
        let card = seen.shown().copied().flatten();
        let wishes = gate.reveal(&wished, FieldGroup::Wishes, wishes).shown().cloned();
        let (wanted, excluded) = wishes.unwrap_or_default();
        Ok(Some(Self {
            structure,
            name,
            on_behalf: !visit.cx.viewer.acts_for(structure),
            sites,
            families: goods::queries::families(conn, coordination).await?,
            counts_seen,
            card,
            storage,
            wanted,
            excluded,
        }))
    }

    /// The form without its day: counts, place, note, and one field of kilograms for each family.
    pub(super) fn form(&self, visit: &Visit, lines: &[Wanted]) -> Form {
        let words = &visit.words;
        let mut form = Form::new(visit)
            .with(Field::new(Kind::Hidden, "structure", "").value(self.structure.to_string()))
            .with(
                Field::new(Kind::Number, "foyers", words.t("requests-field-households"))
                    .hint(words.t("requests-field-households-hint")),
            )
            .with(
                Field::new(Kind::Number, "personnes", words.t("requests-field-persons"))
                    .hint(words.t("requests-field-persons-hint")),
            )
            .with(
                Field::new(Kind::Area, "note", words.t("requests-field-note"))
                    .hint(words.t("requests-field-note-hint")),
            );
        if self.sites.len() > 1 {
            let mut options = vec![Choice::new("", words.t("requests-field-any-site"))];
            options.extend(self.sites.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())));
            form =
                form.with(Field::new(Kind::Select, "lieu", words.t("requests-field-site")).options(options));
        }
        for (name, label) in self.line_fields(words, lines) {
            form = form.with(Field::new(Kind::Number, &name, label).suffix(words.t("requests-kg")));
        }
        form
    }

    /// The names and labels of the fields of kilograms: every family offered at any temperature, and the lines
    /// that ask for one temperature only.
    fn line_fields(&self, words: &Words, lines: &[Wanted]) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for family in &self.families {
            let asked = lines.iter().filter(|line| line.family == family.code);
            let anyhow = asked.clone().any(|line| line.temperature.is_none());
            if family.active || anyhow {
                fields.push((field_name(&family.code, None), family.name(words.locale()).to_owned()));
            }
            for class in asked.filter_map(|line| line.temperature) {
                let label =
                    format!("{} ({})", family.name(words.locale()), goods::labels::temperature(words, class));
                fields.push((field_name(&family.code, Some(class)), label));
            }
        }
        fields
    }

    /// The counts to fill a form with.
    pub(super) fn counts(&self, held: (Option<i64>, Option<i64>)) -> (Option<i64>, Option<i64>) {
        if self.counts_seen { held } else { (None, None) }
    }

    /// What was read, with what the viewer was not shown as it is held.
    pub(super) fn kept(
        &self,
        mut read: Read,
        held: (Option<i64>, Option<i64>),
        site: Option<SiteId>,
    ) -> Read {
        if !self.counts_seen {
            read.households = read.households.or(held.0);
            read.persons = read.persons.or(held.1);
        }
        if self.sites.is_empty() {
            read.site = site;
        }
        read
    }

    /// The names of the fields of kilograms, in order.
    pub(super) fn line_names(&self, words: &Words, lines: &[Wanted]) -> Vec<String> {
        self.line_fields(words, lines).into_iter().map(|(name, _)| name).collect()
    }

    /// Reads the lines. A field left empty, or at zero, asks for nothing.
    pub(super) fn read_lines(&self, form: &mut Form, before: &[Wanted]) -> Vec<Wanted> {
        let mut keys: Vec<(FamilyCode, Option<TemperatureClass>)> =
            self.families.iter().map(|family| (family.code.clone(), None)).collect();
        keys.extend(
            before
                .iter()
                .filter(|line| line.temperature.is_some())
                .map(|line| (line.family.clone(), line.temperature)),
        );
        let mut lines = Vec::new();
        for (family, temperature) in keys {
            let name = field_name(&family, temperature);
            if form.f(&name).label.is_empty() {
                continue;
            }
            if let Some(grams) = form.mass(&name).filter(|grams| grams.is_positive()) {
                lines.push(Wanted { family, temperature, grams });
            }
        }
        lines
    }

    /// Fills the empty fields with what so many households or persons need in a week: the families of the card
    /// where it names some, else every family it does not refuse.
    pub(super) fn reckon(&self, form: &mut Form, words: &Words) -> Option<i64> {
        let households = form.whole("foyers", 0, MOST_PEOPLE);
        let persons = form.whole("personnes", 0, MOST_PEOPLE);
        let persons =
            norms::persons(persons, households, self.card).or(self.card.map(|(persons, _)| persons))?;
        for family in self.families.iter().filter(|family| family.active && self.takes(&family.code)) {
            let grams = norms::weekly(family, persons);
            let name = field_name(&family.code, None);
            if let Some(field) = form.fields.iter_mut().find(|field| field.name == name)
                && field.value.trim().is_empty()
                && grams.is_positive()
            {
                field.value = words.mass_for_input(grams);
            }
        }
        Some(persons)
    }

    fn takes(&self, family: &FamilyCode) -> bool {
        !self.excluded.contains(family) && (self.wanted.is_empty() || self.wanted.contains(family))
    }

    /// What the structure can keep, in one sentence; empty where its card says nothing.
    pub(super) fn storage_text(&self, words: &Words) -> String {
        match self.storage {
            None => words.t("requests-storage-unknown"),
            Some([dry, chilled, frozen]) => words.tn(
                "requests-storage",
                &[
                    ("dry", words.mass(dry).into()),
                    ("chilled", words.mass(chilled).into()),
                    ("frozen", words.mass(frozen).into()),
                ],
            ),
        }
    }
}

/// The field of a family's kilograms.
pub(super) fn field_name(family: &FamilyCode, temperature: Option<TemperatureClass>) -> String {
    match temperature {
        None => format!("kg-{family}"),
        Some(class) => format!("kg-{family}.{}", class.code()),
    }
}

/// Puts lines and counts into a form's fields.
pub(super) fn put(
    form: &mut Form,
    words: &Words,
    lines: &[Wanted],
    counts: (Option<i64>, Option<i64>),
    site: Option<SiteId>,
    note: &str,
) {
    let mut values: Vec<(String, String)> = lines
        .iter()
        .map(|line| (field_name(&line.family, line.temperature), words.mass_for_input(line.grams)))
        .collect();
    values.push(("foyers".to_owned(), counts.0.map(|count| count.to_string()).unwrap_or_default()));
    values.push(("personnes".to_owned(), counts.1.map(|count| count.to_string()).unwrap_or_default()));
    values.push(("lieu".to_owned(), site.map(|site| site.to_string()).unwrap_or_default()));
    values.push(("note".to_owned(), note.to_owned()));
    for (name, value) in values {
        if let Some(field) = form.fields.iter_mut().find(|field| field.name == name) {
            *field = field.clone().value(value);
        }
    }
}

/// What every kind of request reads from its form.
pub(super) struct Read {
    pub site: Option<SiteId>,
    pub households: Option<i64>,
    pub persons: Option<i64>,
    pub note: String,
    pub lines: Vec<Wanted>,
}

/// Reads the form; its errors stand beside its fields.
pub(super) fn read(form: &mut Form, of: &For, before: &[Wanted]) -> Read {
    let site = if of.sites.len() > 1 { form.parsed("lieu") } else { of.sites.first().map(|(id, _)| *id) };
    Read {
        site,
        households: form.whole("foyers", 0, MOST_PEOPLE),
        persons: form.whole("personnes", 0, MOST_PEOPLE),
        note: form.free_text("note", 500).unwrap_or_default(),
        lines: of.read_lines(form, before),
    }
}

/// Writes a refusal beside the field it is about; `first` is the field of a refusal about no field.
pub(super) fn refuse(form: &mut Form, words: &Words, refused: &Refused, first: &str) {
    let (name, key): (String, &str) = match refused {
        Refused::Unsound(Unsound::NothingAsked) => (first.to_owned(), "requests-refused-nothing"),
        Refused::Unsound(Unsound::Quantity(family)) => {
            (field_name(family, None), "requests-refused-quantity")
        }
        Refused::Unsound(Unsound::Twice(family)) => (field_name(family, None), "requests-refused-twice"),
        Refused::Unsound(Unsound::Count) => ("personnes".to_owned(), "requests-refused-count"),
        Refused::Unsound(Unsound::DayPast) => ("jour".to_owned(), "requests-refused-day-past"),
        Refused::Unsound(Unsound::DayTooFar) => ("jour".to_owned(), "requests-refused-day-too-far"),
        Refused::UnknownFamily(family) => (field_name(family, None), "requests-refused-family"),
        Refused::BelowServed(family) => (field_name(family, None), "requests-refused-below-served"),
        Refused::NotItsSite => ("lieu".to_owned(), "requests-refused-site"),
        Refused::NotAMember => (first.to_owned(), "requests-refused-not-a-member"),
        Refused::Over => (first.to_owned(), "requests-refused-over"),
        Refused::Rhythm => ("fin".to_owned(), "requests-refused-rhythm"),
    };
    form.refuse(&name, words.t(key));
    if form.is_sound() {
        form.refuse(first, words.t(key));
    }
}

/// A request that is written down already is read by whoever may read the structure's wishes, its form like its page.
pub(super) async fn readable(
    conn: &mut Conn,
    gate: &mut Gate,
    structure: StructureId,
) -> Result<(), Problem> {
    let of = network::queries::scope_of(conn, structure, FieldGroup::Wishes).await?;
    match gate.reveal(&of, FieldGroup::Wishes, ()) {
        Seen::Shown(()) => Ok(()),
        Seen::Hidden => Err(Problem::NOT_FOUND),
    }
}

/// The structures a viewer may ask for: their own, and every contributor they may know of where they facilitate.
pub(super) async fn speaks_for(
    conn: &mut Conn,
    gate: &mut Gate,
    visit: &Visit,
    coordination: CoordinationId,
) -> Result<Vec<(StructureId, String)>, Error> {
    let viewer = &visit.cx.viewer;
    if !viewer.facilitates(coordination) && viewer.affiliations.is_empty() {
        return Ok(Vec::new());
    }
    let members = if viewer.facilitates(coordination) {
        network::queries::visible_members(conn, gate, coordination).await?
    } else {
        network::queries::members(conn, coordination).await?
    };
    Ok(members
        .into_iter()
        .filter(|member| member.level >= Level::Contributor)
        .filter(|member| viewer.acts_for(member.structure) || viewer.facilitates(coordination))
        .map(|member| (member.structure, member.name))
        .collect())
}

/// The structure a form is for: the one asked for where the viewer may speak for it, else the one they act for, else
/// the first.
pub(super) fn chosen(
    visit: &Visit,
    asked: Option<&str>,
    may: &[(StructureId, String)],
) -> Option<StructureId> {
    let known = |id: &StructureId| may.iter().any(|(structure, _)| structure == id);
    asked
        .and_then(|text| text.parse().ok())
        .filter(known)
        .or_else(|| visit.cx.structure().filter(known))
        .or_else(|| may.first().map(|(structure, _)| *structure))
}
