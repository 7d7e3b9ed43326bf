//! The forms of a card and of a place: their fields, how they are read, how two versions of them differ.

use goods::{Family, FamilyCode};
use i18n::Words;
use network::usecases::register_structure::{RegisterRefused, RegisterStructure};
use network::{Accreditation, Sector, StructureKind, labels};
use web::{Choice, Field, Form, Kind, Visit};

use crate::usecases::edit_card::{CardFacts, CardRefused};
use crate::usecases::register_site::{SiteFacts, SiteRefused};
use crate::{Contact, Receiving, Served, Site, Wishes, point};

/// A heading and the names of the fields under it.
pub(super) type Section = (&'static str, &'static [&'static str]);

/// The sections of a card's form.
pub(super) const CARD: &[Section] = &[
    ("directory-section-identity", &["nom", "nature", "secteur", "reseau", "siret", "rna", "habilitation"]),
    ("directory-section-about", &["description", "site"]),
    ("directory-section-contact", &["contact-nom", "contact-tel", "contact-email"]),
    ("directory-section-served", &["foyers", "personnes"]),
    ("directory-section-wishes", &["souhaitees", "exclues"]),
];

/// The sections of a place's form.
pub(super) const PLACE: &[Section] = &[
    ("directory-section-place", &["lieu", "adresse", "cp", "ville", "point"]),
    ("directory-section-capacity", &["sec", "frais", "surgele", "quai", "commun"]),
    ("directory-section-receiving", &["jour1", "jour2", "jour3", "jour4", "jour5", "jour6", "jour7"]),
    ("directory-section-door", &["porte", "ouvert"]),
];

/// The fields of a card, filled.
pub(super) fn card_form(visit: &Visit, families: &[Family], facts: &CardFacts, version: i64) -> Form {
    let words = &visit.words;
    let identity = &facts.identity;
    let opt = |text: &Option<String>| text.clone().unwrap_or_default();
    let count = |count: Option<i64>| count.map(|n| n.to_string()).unwrap_or_default();
    let mut form = Form::new(visit)
        .with(Field::text("nom", words.t("directory-name")).value(identity.name.clone()).required())
        .with(
            Field::new(Kind::Select, "nature", words.t("directory-kind"))
                .options(labels::kind_choices(words))
                .value(identity.kind.code())
                .required(),
        )
        .with(
            Field::new(Kind::Select, "secteur", words.t("directory-sector"))
                .options(labels::sector_choices(words))
                .value(identity.sector.code())
                .required(),
        )
        .with(
            Field::text("reseau", words.t("directory-head-network"))
                .hint(words.t("directory-head-network-hint"))
                .value(opt(&identity.head_network)),
        )
        .with(
            Field::text("siret", words.t("directory-siret"))
                .hint(words.t("directory-siret-hint"))
                .value(opt(&identity.siret)),
        )
        .with(
            Field::text("rna", words.t("directory-rna"))
                .hint(words.t("directory-rna-hint"))
                .value(opt(&identity.rna)),
        )
        .with(
            Field::new(Kind::Select, "habilitation", words.t("directory-accreditation"))
                .options(labels::accreditation_choices(words))
                .value(identity.accreditation.code()),
        )
        .with(
            Field::new(Kind::Area, "description", words.t("directory-description"))
                .hint(words.t("directory-description-hint"))
                .value(facts.description.clone()),
        )
        .with(
            Field::text("site", words.t("directory-website"))
                .hint(words.t("directory-website-hint"))
                .value(facts.website.clone()),
        )
        .with(Field::text("contact-nom", words.t("directory-contact-name")).value(opt(&facts.contact.name)))
        .with(
            Field::new(Kind::Tel, "contact-tel", words.t("directory-contact-phone"))
                .value(opt(&facts.contact.phone)),
        )
        .with(
            Field::new(Kind::Email, "contact-email", words.t("directory-contact-email"))
                .value(opt(&facts.contact.email)),
        )
        .with(
            Field::new(Kind::Number, "foyers", words.t("directory-households"))
                .hint(words.t("directory-households-hint"))
                .value(count(facts.served.households)),
        )
        .with(
            Field::new(Kind::Number, "personnes", words.t("directory-persons"))
                .value(count(facts.served.persons)),
        )
        .of_version(version);
    for (name, key, chosen) in [
        ("souhaitees", "directory-wanted", &facts.wishes.wanted),
        ("exclues", "directory-excluded", &facts.wishes.excluded),
    ] {
        let mut field = Field::new(Kind::Checks, name, words.t(key)).hint(words.t(&format!("{key}-hint")));
        field.options = goods::labels::family_choices(families, words.locale());
        for option in &mut field.options {
            option.selected = chosen.iter().any(|code| code.as_str() == option.value);
        }
        form = form.with(field);
    }
    form
}

/// What a card's form says, or `None` where something is left to correct.
pub(super) fn read_card(form: &mut Form) -> Option<CardFacts> {
    let identity = read_identity(form);
    let description = form.free_text("description", 2000).unwrap_or_default();
    let website = form.text("site", 300).unwrap_or_default();
    let contact = Contact {
        name: form.text("contact-nom", 100),
        phone: form.text("contact-tel", 40),
        email: form.email("contact-email"),
    };
    let served = Served {
        households: form.whole("foyers", 0, 1_000_000),
        persons: form.whole("personnes", 0, 5_000_000),
    };
    let codes = |names: Vec<String>| names.into_iter().map(FamilyCode).collect();
    let wishes =
        Wishes { wanted: codes(form.choices("souhaitees")), excluded: codes(form.choices("exclues")) };
    if !form.is_sound() {
        return None;
    }
    Some(CardFacts { identity: identity?, description, website, contact, served, wishes })
}

fn read_identity(form: &mut Form) -> Option<RegisterStructure> {
    let name = form.text("nom", 160);
    let kind = form.choice("nature").and_then(|code| StructureKind::from_code(&code));
    let sector = form.choice("secteur").and_then(|code| Sector::from_code(&code));
    let accreditation = form.choice("habilitation").and_then(|code| Accreditation::from_code(&code));
    Some(RegisterStructure {
        head_network: form.text("reseau", 120),
        siret: form.text("siret", 40),
        rna: form.text("rna", 40),
        accreditation: accreditation.unwrap_or(Accreditation::Unknown),
        ..RegisterStructure::new(name?, kind?, sector?)
    })
}

/// Writes a card's refusal beside the field it is about.
pub(super) fn refuse_card(form: &mut Form, words: &Words, refused: &CardRefused) {
    let (field, key) = match refused {
        CardRefused::Identity(RegisterRefused::Nameless) => ("nom", "directory-nameless"),
        CardRefused::Identity(RegisterRefused::SiretWrong) => ("siret", "directory-siret-wrong"),
        CardRefused::Identity(RegisterRefused::RnaWrong) => ("rna", "directory-rna-wrong"),
        CardRefused::Identity(RegisterRefused::Known(_)) => ("siret", "directory-siret-known"),
        CardRefused::WebsiteWrong => ("site", "directory-website-wrong"),
        CardRefused::PhoneWrong => ("contact-tel", "directory-phone-wrong"),
        CardRefused::CountNegative => ("personnes", "directory-count-negative"),
        CardRefused::FamilyBoth => ("exclues", "directory-family-both"),
        CardRefused::DescriptionHolds(_) => ("description", "directory-description-holds"),
    };
    form.refuse(field, words.t(key));
}

/// The fields of a place, filled.
pub(super) fn place_fields(form: Form, words: &Words, site: Option<&Site>) -> Form {
    let text = |pick: fn(&Site) -> &String| site.map(pick).cloned().unwrap_or_default();
    let mass = |pick: fn(&Site) -> kernel::Grams| {
        site.map(|site| words.mass_for_input(pick(site))).unwrap_or_default()
    };
    let tick = |pick: fn(&Site) -> bool| if site.is_some_and(pick) { "oui" } else { "" };
    let at = site.and_then(|site| site.point).map(|p| format!("{}, {}", p.latitude, p.longitude));
    let mut form = form
        .with(
            Field::text("lieu", words.t("directory-place-name"))
                .hint(words.t("directory-place-name-hint"))
                .value(text(|site| &site.name))
                .required(),
        )
        .with(Field::text("adresse", words.t("directory-address")).value(text(|site| &site.address)))
        .with(
            Field::new(Kind::Text, "cp", words.t("directory-postcode"))
                .value(text(|site| &site.postcode))
                .required(),
        )
        .with(Field::text("ville", words.t("directory-city")).value(text(|site| &site.city)).required())
        .with(
            Field::text("point", words.t("directory-point"))
                .hint(words.t("directory-point-hint"))
                .value(at.unwrap_or_default()),
        )
        .with(
            Field::new(Kind::Number, "sec", words.t("directory-dry"))
                .suffix("kg")
                .value(mass(|site| site.dry)),
        )
        .with(
            Field::new(Kind::Number, "frais", words.t("directory-chilled"))
                .suffix("kg")
                .value(mass(|site| site.chilled)),
        )
        .with(
            Field::new(Kind::Number, "surgele", words.t("directory-frozen"))
                .suffix("kg")
                .value(mass(|site| site.frozen)),
        )
        .with(Field::new(Kind::Check, "quai", words.t("directory-dock-ask")).value(tick(|site| site.dock)))
        .with(
            Field::new(Kind::Check, "commun", words.t("directory-hub-ask"))
                .hint(words.t("directory-hub-hint"))
                .value(tick(|site| site.is_hub)),
        );
    for day in 1..=7_u8 {
        let mut field = Field::text(&format!("jour{day}"), words.weekday(i64::from(day)))
            .value(site.map(|site| site.receiving.day_text(day)).unwrap_or_default());
        if day == 1 {
            field = field.hint(words.t("directory-day-hint"));
        }
        form = form.with(field);
    }
    form = form.with(
        Field::new(Kind::Area, "porte", words.t("directory-door-notes"))
            .hint(words.t("directory-door-notes-hint"))
            .value(text(|site| &site.door_notes)),
    );
    match site {
        Some(site) => form
            .with(Field::new(Kind::Check, "ouvert", words.t("directory-place-open")).value(if site.is_open {
                "oui"
            } else {
                ""
            }))
            .of_version(site.version),
        None => form,
    }
}

/// What a place's form says, or `None` where something is left to correct.
pub(super) fn read_place(form: &mut Form, words: &Words) -> Option<SiteFacts> {
    let name = form.text("lieu", 120);
    let address = form.text("adresse", 200).unwrap_or_default();
    let postcode = form.text("cp", 10);
    let city = form.text("ville", 80);
    let at = form.text("point", 300);
    let point = at.as_deref().and_then(point);
    if at.is_some() && point.is_none() {
        form.refuse("point", words.t("directory-point-wrong"));
    }
    let dry = form.mass("sec").unwrap_or_default();
    let chilled = form.mass("frais").unwrap_or_default();
    let frozen = form.mass("surgele").unwrap_or_default();
    let mut windows = Vec::new();
    for day in 1..=7_u8 {
        let field = format!("jour{day}");
        let typed = form.text(&field, 200).unwrap_or_default();
        match Receiving::parse_day(day, &typed) {
            Ok(read) => windows.extend(read),
            Err(_unreadable) => {
                form.refuse(&field, words.t1("directory-day-wrong", "day", words.weekday(i64::from(day))));
            }
        }
    }
    let door_notes = form.free_text("porte", 1000).unwrap_or_default();
    if !form.is_sound() {
        return None;
    }
    Some(SiteFacts {
        name: name?,
        address,
        postcode: postcode?,
        city: city?,
        point,
        is_hub: form.checked("commun"),
        dry,
        chilled,
        frozen,
        dock: form.checked("quai"),
        door_notes,
        receiving: Receiving::from(windows),
    })
}

/// Writes a place's refusal beside the field it is about.
pub(super) fn refuse_place(form: &mut Form, words: &Words, refused: SiteRefused) {
    let (field, key) = match refused {
        SiteRefused::Nameless => ("lieu", "directory-place-nameless"),
        SiteRefused::PostcodeWrong => ("cp", "directory-postcode-wrong"),
        SiteRefused::CityMissing => ("ville", "directory-city-missing"),
        SiteRefused::CapacityNegative => ("sec", "directory-count-negative"),
        SiteRefused::NotesHold(_) => ("porte", "directory-description-holds"),
    };
    form.refuse(field, words.t(key));
}

/// One field in two versions: its name, mine, theirs.
pub(super) struct Difference {
    /// What the field asks.
    pub label: String,
    /// What this person typed.
    pub mine: String,
    /// What somebody else saved in between.
    pub theirs: String,
}

/// The fields in which two versions of a form differ.
pub(super) fn differences(words: &Words, mine: &Form, theirs: &Form) -> Vec<Difference> {
    mine.fields
        .iter()
        .map(|field| (field, theirs.f(&field.name)))
        .map(|(field, other)| Difference {
            label: field.label.clone(),
            mine: in_words(words, field),
            theirs: in_words(words, &other),
        })
        .filter(|difference| difference.mine != difference.theirs)
        .collect()
}

fn in_words(words: &Words, field: &Field) -> String {
    let chosen = |options: &[Choice]| {
        options
            .iter()
            .filter(|option| option.selected)
            .map(|option| option.label.clone())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match field.kind {
        Kind::Checks | Kind::Select | Kind::Cards => chosen(&field.options),
        Kind::Check => words.t(if field.value.is_empty() { "directory-no" } else { "directory-yes" }),
        _ => field.value.trim().to_owned(),
    }
}
