//! The form of an offer, on one screen: what, how much, where, until when; everything else has a default.

use access::{FieldGroup, Gate};
use chrono::{Duration, NaiveDateTime, NaiveTime};
use directory::Site;
use goods::{DateKind, FamilyCode, Packaging, TemperatureClass, labels};
use kernel::text::one_line;
use kernel::{CoordinationId, SiteId, StructureId, time};
use store::{Conn, Error};
use web::{Choice, Field, Form, Kind, Upload, UploadRefused, Visit};

use crate::address_of;
use crate::collection::{self, Collection, OfferScope};
use crate::offer::{Offer, OfferStopped, Packed, usual_temperature};
use crate::photo::{NotAPhoto, Photo};
use crate::queries;
use crate::usecases::POST_FOR_DONOR;

/// The earliest and the latest hour of the usual windows.
const EVENING: (u32, u32) = (19, 0);
const MORNING: ((u32, u32), (u32, u32)) = ((8, 0), (12, 0));

/// Everything the form is made from.
pub(super) struct Ground {
    pub(super) coordination: CoordinationId,
    pub(super) donor: StructureId,
    pub(super) donors: Vec<(StructureId, String)>,
    /// Whether the donor has been said, where there are several to choose among.
    pub(super) chosen: bool,
    /// What sort of structure the donor is: the law asks more of some than of others.
    donor_kind: &'static str,
    pub(super) families: Vec<goods::Family>,
    pub(super) packagings: Vec<Packaging>,
    sites: Vec<Site>,
    partners: Vec<(StructureId, String)>,
    last: Option<Collection>,
}

impl Ground {
    /// Reads what a form for this donor needs. `donors` are those the viewer may give for. A choice is a surface like
    /// another: only names and places that may be seen are offered, and the caller notes what the gate let through.
    pub(super) async fn read(
        conn: &mut Conn,
        gate: &mut Gate,
        visit: &Visit,
        coordination: CoordinationId,
        donor: StructureId,
        donors: Vec<(StructureId, String)>,
    ) -> Result<Self, Error> {
        let members = network::queries::visible_members(conn, gate, coordination).await?;
        let partners = members
            .into_iter()
            .filter(|member| member.structure != donor)
            .map(|member| (member.structure, member.name))
            .collect();
        let sites = directory::queries::sites_of(conn, donor).await?;
        let identity = network::queries::scope_of(conn, donor, FieldGroup::Identity).await?;
        // The donor's own link knows where the donor is.
        let sites = if visit.cx.viewer.holds_link(POST_FOR_DONOR, donor.uuid()) {
            sites
        } else {
            gate.reveal(&identity, FieldGroup::Identity, sites).shown().cloned().unwrap_or_default()
        };
        Ok(Self {
            coordination,
            donor,
            chosen: donors.len() <= 1,
            donors,
            donor_kind: network::queries::structure(conn, donor).await?.map_or("", |found| found.kind.code()),
            families: goods::queries::families(conn, coordination).await?,
            packagings: goods::queries::packagings(conn, coordination).await?,
            sites,
            partners,
            last: queries::last_of(conn, coordination, donor).await?,
        })
    }

    /// What one of each unit weighs, for the preview beside the figure.
    pub(super) fn units(&self) -> String {
        let each = self.packagings.iter().map(|one| format!("{}:{}", one.code, one.grams.0));
        std::iter::once("kg:1000".to_owned()).chain(each).collect::<Vec<_>>().join(" ")
    }

    /// The form, filled with what this donor did last and what the clock suggests.
    pub(super) fn form(&self, visit: &Visit) -> Form {
        let words = &visit.words;
        let select = |name: &str, key: &str| Field::new(Kind::Select, name, words.t(key));
        let mut form = Form::new(visit);
        if self.donors.len() > 1 {
            let donors =
                self.donors.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
            form = form
                .with(select("donateur", "collections-donor").options(donors).value(self.donor.to_string()));
        }
        let families = labels::family_choices(&self.families, words.locale());
        let mut units = vec![Choice::new("kg", words.t("collections-unit-kg"))];
        units.extend(self.packagings.iter().map(|one| {
            let name =
                words.t2("collections-unit", "name", one.name(words.locale()), "kg", words.mass(one.grams));
            Choice::new(one.code.clone(), name)
        }));
        form = form
            .with(
                Field::new(Kind::Cards, "famille", words.t("collections-family"))
                    .options(families)
                    .required(),
            )
            .with(
                Field::text("produit", words.t("collections-product"))
                    .hint(words.t("collections-product-hint"))
                    .required(),
            )
            .with(Field::new(Kind::Number, "nombre", words.t("collections-quantity")).required())
            .with(select("unite", "collections-unit-label").options(units).value("kg"))
            .with(
                Field::new(Kind::Cards, "pesee", words.t("collections-weighed"))
                    .options(vec![
                        Choice::new("estime", words.t("collections-estimated")),
                        Choice::new("pese", words.t("collections-on-scale")),
                    ])
                    .value("estime"),
            );
        form = self.with_cold_and_date(visit, form);
        form = self.with_window(visit, form);
        self.with_place_and_more(visit, form)
    }

    fn with_cold_and_date(&self, visit: &Visit, form: Form) -> Form {
        let words = &visit.words;
        let mut cold = vec![
            Choice::new("auto", words.t("collections-cold-usual"))
                .hint(words.t("collections-cold-usual-hint")),
        ];
        cold.extend(labels::temperature_choices(words));
        // Goods without a date are those whose date is left empty.
        let mut dated = labels::date_kind_choices(words);
        dated.retain(|choice| choice.value != DateKind::None.code());
        form.with(Field::new(Kind::Select, "froid", words.t("collections-cold")).options(cold).value("auto"))
            .with(
                Field::new(Kind::Date, "date", words.t("collections-date"))
                    .hint(words.t("collections-date-hint")),
            )
            .with(
                Field::new(Kind::Cards, "date_type", words.t("collections-date-type"))
                    .options(dated)
                    .value(DateKind::UseBy.code()),
            )
            .with(
                Field::text("motif", words.t("collections-reason")).hint(words.t("collections-reason-hint")),
            )
            .with(Field::new(Kind::Check, "intact", words.t("collections-intact")))
    }

    fn with_window(&self, visit: &Visit, form: Form) -> Form {
        let words = &visit.words;
        let now = visit.cx.civil_now();
        let evening = hour(EVENING);
        // Within half an hour of the evening nobody can come any more: tomorrow is the sensible default.
        let today = now.time() + Duration::minutes(30) < evening && now.time() < evening;
        let mut windows = Vec::new();
        if today {
            windows
                .push(Choice::new("soir", words.t1("collections-window-today", "hour", words.hour(evening))));
        }
        windows.push(Choice::new(
            "demain",
            words.t2(
                "collections-window-tomorrow",
                "from",
                words.hour(hour(MORNING.0)),
                "to",
                words.hour(hour(MORNING.1)),
            ),
        ));
        windows.push(Choice::new("autre", words.t("collections-window-other")));
        form.with(
            Field::new(Kind::Cards, "fenetre", words.t("collections-window"))
                .options(windows)
                .value(if today { "soir" } else { "demain" }),
        )
        .with(Field::new(Kind::Date, "jour", words.t("collections-day")))
        .with(Field::new(Kind::Time, "de", words.t("collections-from")))
        .with(Field::new(Kind::Time, "a", words.t("collections-until")))
        .with(
            Field::new(Kind::Date, "dernier", words.t("collections-last-day"))
                .hint(words.t("collections-last-day-hint")),
        )
    }

    fn with_place_and_more(&self, visit: &Visit, form: Form) -> Form {
        let words = &visit.words;
        let select = |name: &str, key: &str| Field::new(Kind::Select, name, words.t(key));
        // Where the donor has not been said yet, these would be somebody else's addresses.
        let mut places: Vec<Choice> = if self.chosen {
            self.sites.iter().map(|site| Choice::new(site.id.to_string(), address_of(site))).collect()
        } else {
            vec![Choice::new("donateur", words.t("collections-place-donor"))]
        };
        let usual = self.last.as_ref().and_then(|last| last.site).map(|site| site.to_string());
        let first = usual
            .filter(|usual| places.iter().any(|place| place.value == *usual))
            .or_else(|| places.first().map(|place| place.value.clone()))
            .unwrap_or_default();
        places.push(Choice::new("", words.t("collections-place-other")));
        let kinds = collection::Kind::ALL
            .iter()
            // A drive is an event, announced on a page of its own; an offer that was called one keeps its name.
            .filter(|kind| !matches!(kind, collection::Kind::Pickup | collection::Kind::Drive))
            .map(|kind| Choice::new(kind.code(), words.t(kind_key(*kind))))
            .collect();
        let mut whom = vec![Choice::new("", words.t("collections-whom-all"))];
        whom.extend(self.partners.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())));
        let address =
            self.last.as_ref().filter(|last| last.site.is_none()).map(|last| last.pickup_address.clone());
        form.with(select("lieu", "collections-place").options(places).value(first))
            .with(
                Field::text("adresse", words.t("collections-address"))
                    .hint(words.t("collections-address-hint"))
                    .value(address.unwrap_or_default()),
            )
            .with(
                Field::new(Kind::File, "photo", words.t("collections-photo"))
                    .hint(words.t("collections-photo-hint")),
            )
            .with(Field::text("lot", words.t("collections-lot")).hint(words.t("collections-lot-hint")))
            .with(Field::new(Kind::Check, "vegetal", words.t("collections-no-animal")))
            .with(
                Field::new(Kind::Check, "vrac", words.t("collections-loose"))
                    .hint(words.t("collections-loose-hint")),
            )
            .with(select("nature", "collections-kind").options(kinds).value(collection::Kind::Gift.code()))
            .with(select("pour_qui", "collections-whom").options(whom).value(""))
            .with(
                Field::new(Kind::Area, "note", words.t("collections-note"))
                    .hint(words.t("collections-note-hint")),
            )
    }

    /// What the form says, or `None`: its fields then carry their errors.
    pub(super) fn read_offer(&self, visit: &Visit, form: &mut Form) -> Option<Offer> {
        let family = form.choice("famille").map(FamilyCode);
        let product = form.free_text("produit", 120).map(|typed| one_line(&typed));
        let quantity = self.quantity(form);
        let cold = form.choice("froid");
        // A form opened before « sans date » went away, or a draft of it, still sends it: it is no reason to refuse.
        let date_kind = DateKind::from_code(&form.f("date_type").value);
        let typed = form.date("date");
        // A date typed without saying which is the stricter one; none typed means goods that have none.
        let date_kind = match (date_kind, typed) {
            (Some(DateKind::BestBefore), _) => DateKind::BestBefore,
            (_, Some(_)) => DateKind::UseBy,
            (_, None) => DateKind::None,
        };
        let window = self.window(visit, form);
        let (site, address) = self.place(form);
        let reason = form.free_text("motif", 300);
        let note = form.free_text("note", 500);
        let lot_number = form.text("lot", 60);
        let kind = form.choice("nature").and_then(|code| collection::Kind::from_code(&code));
        let whom: Option<StructureId> =
            form.choice("pour_qui").filter(|id| !id.is_empty()).and_then(|id| id.parse().ok());
        if !form.is_sound() {
            return None;
        }
        let (family, (grams, packages, crate_grams)) = (family?, quantity?);
        let (from, until) = window?;
        let known = self.families.iter().find(|one| one.code == family);
        Some(Offer {
            kind: kind.unwrap_or(collection::Kind::Gift),
            product: product?,
            temperature: cold
                .and_then(|code| TemperatureClass::from_code(&code))
                .unwrap_or_else(|| usual_temperature(&family)),
            animal_origin: known.is_none_or(goods::Family::is_animal) && !form.checked("vegetal"),
            prepackaged: !form.checked("vrac"),
            family,
            grams,
            estimated: form.choice("pesee").as_deref() != Some("pese"),
            packages,
            crate_grams,
            lot_number,
            date_kind,
            date: typed.filter(|_| date_kind != DateKind::None),
            reason,
            intact: form.checked("intact"),
            site,
            address,
            from: time::instant(from, visit.cx.zone),
            until: time::instant(until, visit.cx.zone),
            note: note.unwrap_or_default(),
            scope: if whom.is_some() { OfferScope::Named } else { OfferScope::Coordination },
            named: whom.into_iter().collect(),
        })
    }

    /// Grams, the packages they were counted in, and what one weighs.
    #[expect(clippy::type_complexity, reason = "three figures that are read together, once")]
    fn quantity(&self, form: &mut Form) -> Option<(kernel::Grams, Option<(i64, String)>, kernel::Grams)> {
        let unit = form.choice("unite").unwrap_or_else(|| "kg".to_owned());
        let Some(packaging) = self.packagings.iter().find(|one| one.code == unit) else {
            return Some((form.mass("nombre")?, None, kernel::Grams::ZERO));
        };
        let count = form.whole("nombre", 1, 100_000)?;
        let packed = Packed { count, each: packaging.grams };
        Some((packed.grams()?, Some((count, packaging.code.clone())), packaging.grams))
    }

    fn window(&self, visit: &Visit, form: &mut Form) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let now = visit.cx.civil_now();
        let today = now.date();
        // What is typed of another moment counts, whatever card was left chosen: nothing is passed over in silence.
        let typed = ["jour", "de", "a", "dernier"].iter().any(|name| !form.f(name).value.trim().is_empty());
        let chosen = form.choice("fenetre").filter(|_| !typed);
        match chosen.as_deref() {
            Some("soir") => Some((now, today.and_time(hour(EVENING)))),
            Some("demain") => {
                let day = today + Duration::days(1);
                Some((day.and_time(hour(MORNING.0)), day.and_time(hour(MORNING.1))))
            }
            _ => {
                for name in ["jour", "de", "a"] {
                    if form.f(name).value.trim().is_empty() {
                        let label = form.f(name).label;
                        form.refuse(name, visit.words.t1("web-field-required", "field", label));
                    }
                }
                let (day, last) = (form.date("jour"), form.date("dernier"));
                let (from, until) = (form.time("de")?, form.time("a")?);
                let day = day?;
                Some((day.and_time(from), last.unwrap_or(day).and_time(until)))
            }
        }
    }

    fn place(&self, form: &mut Form) -> (Option<SiteId>, String) {
        let typed = form.free_text("adresse", 200).map(|typed| one_line(&typed));
        let chosen = form.f("lieu").value;
        let site = self
            .sites
            .iter()
            .find(|site| site.id.to_string() == chosen)
            // The list was that of another donor: its first place is meant.
            .or_else(|| self.sites.first().filter(|_| !chosen.is_empty()));
        match (site, typed) {
            (Some(site), None) => (Some(site.id), address_of(site)),
            (Some(site), Some(more)) if chosen.is_empty() => {
                (None, if more.is_empty() { address_of(site) } else { more })
            }
            (Some(site), Some(_)) => (Some(site.id), address_of(site)),
            (None, typed) => (None, typed.unwrap_or_default()),
        }
    }
}

fn hour((hour, minute): (u32, u32)) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
}

/// « 20 × 8 kg, soit 160 kg » where it was counted in packages, else the mass: what was understood, said back.
pub(super) fn understood(
    words: &i18n::Words,
    packages: Option<i64>,
    each: kernel::Grams,
    all: kernel::Grams,
) -> String {
    match packages.filter(|_| each.is_positive()) {
        Some(count) => words.tn(
            "collections-understood",
            &[("count", count.into()), ("each", words.mass(each).into()), ("kg", words.mass(all).into())],
        ),
        None => words.mass(all),
    }
}

/// The name of a kind of collection.
pub(super) fn kind_key(kind: collection::Kind) -> &'static str {
    match kind {
        collection::Kind::Gift => "collections-kind-gift",
        collection::Kind::Pickup => "collections-kind-pickup",
        collection::Kind::Drive => "collections-kind-drive",
        collection::Kind::Gleaning => "collections-kind-gleaning",
        collection::Kind::Purchase => "collections-kind-purchase",
        collection::Kind::Transfer => "collections-kind-transfer",
    }
}

/// Takes the photo that was sent, if one was; the field says why it cannot.
pub(super) fn read_photo(visit: &Visit, form: &mut Form, upload: &Upload) -> Option<Photo> {
    let words = &visit.words;
    match upload.refused {
        Some(UploadRefused::TooLarge) => form.refuse("photo", words.t("collections-photo-too-large")),
        Some(UploadRefused::Unreadable) => form.refuse("photo", words.t("collections-photo-unreadable")),
        None => {}
    }
    let file = upload.file("photo")?;
    match Photo::take(file.bytes.clone()) {
        Ok(photo) => Some(photo),
        Err(NotAPhoto::TooLarge) => {
            form.refuse("photo", words.t("collections-photo-too-large"));
            None
        }
        Err(NotAPhoto::TooManyPoints) => {
            form.refuse("photo", words.t("collections-photo-too-many-points"));
            None
        }
        Err(NotAPhoto::OtherFormat) => {
            form.refuse("photo", words.t("collections-photo-unreadable"));
            None
        }
    }
}

/// Says beside its field everything that stops an offer; at least what the act itself named.
pub(super) fn refuse_all(
    visit: &Visit,
    form: &mut Form,
    ground: &Ground,
    offer: &Offer,
    first: OfferStopped,
) {
    for stopped in offer.stops(ground.donor_kind, visit.cx.now(), visit.cx.zone) {
        refuse(visit, form, stopped);
    }
    refuse(visit, form, first);
}

/// Says beside its field what stops an offer.
fn refuse(visit: &Visit, form: &mut Form, stopped: OfferStopped) {
    let words = &visit.words;
    match stopped {
        OfferStopped::NoProduct => form.refuse("produit", words.t("collections-stopped-product")),
        OfferStopped::Quantity => form.refuse("nombre", words.t("collections-stopped-quantity")),
        OfferStopped::DateMissing => form.refuse("date", words.t("collections-stopped-date")),
        OfferStopped::Window => form.refuse("fenetre", words.t("collections-stopped-window")),
        OfferStopped::ShortDate { hours_left } => {
            form.refuse("motif", words.t1("collections-stopped-short-date", "hours", hours_left));
        }
        OfferStopped::PastUseBy => form.refuse("date", words.t("collections-stopped-past")),
        OfferStopped::NotIntact => form.refuse("intact", words.t("collections-stopped-intact")),
        OfferStopped::OnlyPrepackaged => form.refuse("vrac", words.t("collections-stopped-loose")),
        OfferStopped::SanitaryPlan => form.refuse("motif", words.t("collections-stopped-plan")),
        OfferStopped::NotFromThisDonor => form.refuse("vegetal", words.t("collections-stopped-animal")),
        OfferStopped::NobodyNamed => form.refuse("pour_qui", words.t("collections-stopped-named")),
    }
}
