//! « Prise en charge » on the spot: two taps where all is as announced, a few more where it is not.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use goods::{DateGate, DateKind, labels};
use i18n::Words;
use kernel::Grams;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::cards::date_in_words;
use super::facilitates;
use super::one::{difference_key, unfit_in_words};
use crate::collection::{Collection, CollectionId};
use crate::handover::{Signature, Unsignable};
use crate::hold::{Difference, Hold, HoldId, HoldState, Taking, TakingUnfit};
use crate::queries::{self, Side};
use crate::usecases::sign_handover::Signing;
use crate::usecases::take_over::{self, TakeOver, TakeOverRefused};

#[derive(Template)]
#[template(path = "collections/taking.html")]
struct TakingPage {
    shell: Shell,
    words: Words,
    form: Form,
    action: String,
    back: String,
    product: String,
    quantity: String,
    is_weighed: bool,
    donor: String,
    receiver: String,
    facts: Vec<(String, String)>,
    is_cold: bool,
    asks_date: bool,
    behalf: String,
    open: bool,
}

struct Ground {
    collection: Collection,
    hold: Hold,
    donor: String,
    receiver: String,
    sites: Vec<directory::Site>,
    giver_name: String,
}

async fn ground(visit: &Visit, id: CollectionId, hold: HoldId) -> Result<Ground, Problem> {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let (collection, holds) = queries::seen(&mut conn, &visit.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
    let hold = holds.into_iter().find(|one| one.id == hold).ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    if !viewer.belongs_to(hold.structure) && !viewer.belongs_to(collection.donor) && !facilitates(visit) {
        return Err(Problem::FORBIDDEN);
    }
    let mut names = network::queries::structure_names(&mut conn, &[collection.donor, hold.structure]).await?;
    let since = visit.cx.now() - chrono::Duration::days(90);
    // Whoever signed for the donor last will often sign again; only those who were there read that name.
    let signed = if viewer.belongs_to(hold.structure) || viewer.belongs_to(collection.donor) {
        queries::signed_papers(&mut conn, collection.donor, Side::Given, since, visit.cx.now()).await?
    } else {
        Vec::new()
    };
    let giver_name = signed
        .into_iter()
        .rev()
        .find(|paper| paper.receiver == hold.structure)
        .and_then(|paper| paper.giver_name)
        .unwrap_or_default();
    Ok(Ground {
        donor: names.remove(&collection.donor).unwrap_or_default(),
        receiver: names.remove(&hold.structure).unwrap_or_default(),
        sites: directory::queries::sites_of(&mut conn, hold.structure).await?,
        collection,
        hold,
        giver_name,
    })
}

pub(super) async fn show(visit: Visit, Path((id, hold)): Path<(CollectionId, HoldId)>) -> Answer {
    let ground = ground(&visit, id, hold).await?;
    if ground.hold.state != HoldState::Held {
        return Ok(visit.lead_to(&format!("/collectes/{id}"), Notice::info("collections-hold-ended")));
    }
    let form = form(&visit, &ground);
    render(&visit, &ground, form, StatusCode::OK)
}

pub(super) async fn post(
    visit: Visit,
    Path((id, hold)): Path<(CollectionId, HoldId)>,
    input: Input,
) -> Answer {
    let ground = ground(&visit, id, hold).await?;
    let mut form = form(&visit, &ground);
    form.fill(&input);
    let Some(command) = read(&visit, &ground, &mut form, input.get("prise") == Some("tout")) else {
        return render(&visit, &ground, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    match take_over::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(taken) => {
            let key = match (taken.lot.is_some(), taken.back.is_positive()) {
                (false, _) => "collections-nothing-taken",
                (true, true) => "collections-taken-and-back",
                (true, false) => "collections-taken",
            };
            let notice =
                Notice::done(key).with("slip", taken.reference).with("back", visit.words.mass(taken.back));
            Ok(visit.lead_to(&format!("/bordereaux/{}", taken.handover), notice))
        }
        Err(failure) => {
            refuse(&visit, &mut form, web::refusal(failure)?);
            render(&visit, &ground, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn form(visit: &Visit, ground: &Ground) -> Form {
    let words = &visit.words;
    let (hold, collection) = (&ground.hold, &ground.collection);
    let reasons =
        Difference::ALL.iter().map(|why| Choice::new(why.code(), words.t(difference_key(*why)))).collect();
    let places =
        ground.sites.iter().map(|site| Choice::new(site.id.to_string(), site.name.clone())).collect();
    let own = visit.cx.viewer.belongs_to(hold.structure);
    let me = visit.arrival.person_name.clone().unwrap_or_default();
    let is_donor = !own && visit.cx.viewer.belongs_to(collection.donor);
    let first_site = ground.sites.first().map(|site| site.id.to_string()).unwrap_or_default();
    Form::new(visit)
        .with(
            Field::text("temperature", words.t("collections-temperature-read"))
                .hint(words.t("collections-temperature-hint"))
                .suffix("°C"),
        )
        .with(
            Field::text("pourquoi_chaud", words.t("collections-temperature-reason"))
                .hint(words.t("collections-temperature-reason-hint")),
        )
        .with(
            Field::text("pourquoi_court", words.t("collections-reason"))
                .hint(words.t("collections-reason-hint")),
        )
        .with(
            Field::new(Kind::Number, "accepte", words.t("collections-accepted"))
                .suffix("kg")
                .value(words.mass_for_input(hold.grams)),
        )
        .with(Field::new(Kind::Cards, "ecart", words.t("collections-difference")).options(reasons))
        .with(Field::text("ecart_mots", words.t("collections-difference-words")))
        .with(
            Field::new(Kind::Cards, "pesee", words.t("collections-weighed"))
                .options(vec![
                    Choice::new("estime", words.t("collections-estimated")),
                    Choice::new("pese", words.t("collections-on-scale")),
                ])
                .value(if collection.estimated { "estime" } else { "pese" }),
        )
        .with(
            Field::text("lot", words.t("collections-lot"))
                .hint(words.t("collections-lot-hint"))
                .value(collection.lot_number.clone().unwrap_or_default()),
        )
        .with(
            Field::new(Kind::Select, "date_type", words.t("collections-date-kind"))
                .options(labels::date_kind_choices(words))
                .value(collection.date_kind.code()),
        )
        .with(
            Field::new(Kind::Date, "date", words.t("collections-date"))
                .value(collection.date.map(|date| date.to_string()).unwrap_or_default()),
        )
        .with(
            Field::new(Kind::Select, "lieu", words.t("collections-kept-at"))
                .options(places)
                .value(first_site),
        )
        .with(
            Field::text(
                "donateur_nom",
                words.t1("collections-signs-for", "structure", ground.donor.as_str()),
            )
            .value(if is_donor { me.clone() } else { ground.giver_name.clone() }),
        )
        .with(Field::new(Kind::Hidden, "donateur_trace", words.t("collections-signature-giver")))
        .with(
            Field::text(
                "receveur_nom",
                words.t1("collections-signs-for", "structure", ground.receiver.as_str()),
            )
            .value(if own { me } else { String::new() }),
        )
        .with(Field::new(Kind::Hidden, "receveur_trace", words.t("collections-signature-receiver")))
        .with(
            Field::new(Kind::Check, "papier", words.t("collections-on-paper"))
                .hint(words.t("collections-on-paper-hint")),
        )
}

fn read(visit: &Visit, ground: &Ground, form: &mut Form, all: bool) -> Option<TakeOver> {
    let words = &visit.words;
    let temperature = form.celsius("temperature");
    let temperature_reason = form.free_text("pourquoi_chaud", 300);
    let date_reason = form.free_text("pourquoi_court", 300);
    let accepted = if all { Some(ground.hold.grams) } else { form.mass("accepte") };
    if accepted.is_none() && form.is_sound() {
        let label = form.f("accepte").label;
        form.refuse("accepte", words.t1("web-field-required", "field", label));
    }
    let difference = if all || accepted == Some(ground.hold.grams) {
        None
    } else {
        form.choice("ecart").and_then(|code| Difference::from_code(&code))
    };
    let difference_words = form.free_text("ecart_mots", 300);
    let lot_number = form.text("lot", 60);
    let kind = form.choice("date_type").and_then(|code| DateKind::from_code(&code));
    let date = form.date("date");
    let site = form.f("lieu").value.parse().ok();
    let drawn = |form: &mut Form, name: &str| match Signature::parse(&form.f(name).value) {
        Ok(drawn) => drawn,
        Err(_not_strokes) => {
            form.refuse(name, words.t("collections-not-a-signature"));
            None
        }
    };
    let signing = Signing {
        on_paper: form.checked("papier"),
        giver_name: form.text("donateur_nom", 120),
        giver_signature: drawn(form, "donateur_trace"),
        receiver_name: form.text("receveur_nom", 120),
        receiver_signature: drawn(form, "receveur_trace"),
    };
    if all {
        ask_for_all(words, form, ground, &signing, temperature.is_some() || temperature_reason.is_some());
    }
    if !form.is_sound() {
        return None;
    }
    Some(TakeOver {
        hold: ground.hold.id,
        taking: Taking { accepted: accepted?, difference },
        difference_words,
        weighed: form.choice("pesee").as_deref() == Some("pese"),
        temperature,
        temperature_reason,
        date_reason,
        lot_number,
        date: kind.filter(|kind| *kind != DateKind::None).zip(date),
        site: ground.sites.iter().map(|one| one.id).find(|id| Some(*id) == site),
        signing,
        handed_at: None,
    })
}

/// What « Tout pris » cannot do without, said at once rather than one thing after another.
fn ask_for_all(words: &Words, form: &mut Form, ground: &Ground, signing: &Signing, warmth_said: bool) {
    if ground.collection.temperature.threshold_tenths().is_some() && !warmth_said {
        form.refuse("temperature", words.t("collections-temperature-needed"));
    }
    if signing.on_paper {
        return;
    }
    for (field, name) in [("donateur_nom", &signing.giver_name), ("receveur_nom", &signing.receiver_name)] {
        if name.is_none() {
            form.refuse(field, words.t("collections-names-needed"));
        }
    }
}

fn refuse(visit: &Visit, form: &mut Form, why: TakeOverRefused) {
    let words = &visit.words;
    match why {
        TakeOverRefused::Unfit(unfit) => form.refuse("accepte", unfit_in_words(words, unfit)),
        TakeOverRefused::Taking(TakingUnfit::Ended(_)) => {
            form.refuse("accepte", words.t("collections-hold-ended"));
        }
        TakeOverRefused::Taking(TakingUnfit::ReasonMissing) => {
            form.refuse("ecart", words.t("collections-difference-needed"));
        }
        TakeOverRefused::Taking(TakingUnfit::ReasonDoesNotExplain) => {
            form.refuse("ecart", words.t("collections-difference-does-not-explain"));
        }
        TakeOverRefused::PastUseBy => form.refuse("date", words.t("collections-stopped-past")),
        TakeOverRefused::ShortDate { hours_left } => {
            form.refuse("pourquoi_court", words.t1("collections-stopped-short-date", "hours", hours_left));
        }
        TakeOverRefused::TemperatureMissing => {
            form.refuse("temperature", words.t("collections-temperature-needed"));
        }
        TakeOverRefused::Unsignable(Unsignable::TooWarm { threshold, .. }) => {
            let limit = words.celsius(threshold);
            form.refuse("pourquoi_chaud", words.t1("collections-too-warm", "limit", limit));
        }
        TakeOverRefused::Unsignable(Unsignable::NamesMissing) => {
            let field =
                if form.f("donateur_nom").value.trim().is_empty() { "donateur_nom" } else { "receveur_nom" };
            form.refuse(field, words.t("collections-names-needed"));
        }
        TakeOverRefused::Unsignable(_) => form.refuse("accepte", words.t("collections-hold-ended")),
        TakeOverRefused::Stock(refusal) => form.refuse("accepte", refusal.in_words(words)),
    }
}

fn render(visit: &Visit, ground: &Ground, form: Form, status: StatusCode) -> Answer {
    let words = &visit.words;
    let collection = &ground.collection;
    let gate = goods::dates::gate(collection.date_kind, collection.date, visit.cx.civil_now());
    let asks = matches!(gate, DateGate::AsksReason { .. }) && collection.short_date_reason.is_none();
    let wrong = |name: &str| form.f(name).error.is_some();
    let mut facts = vec![(words.t("collections-cold"), labels::temperature(words, collection.temperature))];
    let date = date_in_words(words, collection);
    if !date.is_empty() {
        facts.push((words.t("collections-date"), date));
    }
    if let Some(number) = &collection.lot_number {
        facts.push((words.t("collections-lot"), number.clone()));
    }
    let part =
        visit.cx.viewer.belongs_to(ground.hold.structure) || visit.cx.viewer.belongs_to(collection.donor);
    let template = TakingPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        action: format!("/collectes/{}/prise-en-charge/{}", collection.id, ground.hold.id),
        back: format!("/collectes/{}", collection.id),
        product: collection.product.clone(),
        quantity: words.mass(ground.hold.grams),
        is_weighed: !collection.estimated,
        donor: ground.donor.clone(),
        receiver: ground.receiver.clone(),
        facts,
        is_cold: collection.temperature.threshold_tenths().is_some(),
        asks_date: asks || wrong("pourquoi_court"),
        behalf: if part {
            String::new()
        } else {
            words.t1("collections-typed-for", "donor", ground.receiver.as_str())
        },
        open: ["accepte", "ecart", "lot", "date"].into_iter().any(wrong)
            || is_adjusted(&form, ground.hold.grams),
        form,
    };
    Ok(page(status, &template))
}

/// Whether somebody began to write a difference.
fn is_adjusted(form: &Form, held: Grams) -> bool {
    !form.f("ecart").value.is_empty()
        || Grams::parse_kg(&form.f("accepte").value).is_ok_and(|typed| typed != held)
}
