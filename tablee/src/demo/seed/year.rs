//! Twelve months of a table's life, then today: gifts fetched, the hub filled, requests made and served, one urgent
//! offer at 16:40.

use std::collections::{BTreeMap, BTreeSet};

use allocation::usecases::{answer, hand_over, prepare, prepare_note, validate};
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Timelike as _, Utc};
use collections::collection::{Kind, OfferScope};
use collections::handover::{Accepted, Reading};
use collections::hold::Taking;
use collections::offer::Offer;
use collections::usecases::sign_handover::Signing;
use collections::usecases::{
    accept_agreement, announce_drive, post, propose_agreement, reserve, schedule_pickup, take_over,
};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{Cx, Grams, time};
use network::usecases::call_meeting::{self, CallMeeting};
use requests::usecases::post_standing::{self, PostStanding};
use requests::usecases::{confirm, spawn_due};
use requests::{StandingId, Wanted};
use stock::NewLot;
use stock::usecases::note_temperature::Moment;
use stock::usecases::{hand_out, receive_delivery};
use store::Db;

use super::setting::{Seat, Setting};
use super::territory::{CCAS, HUB, SHOP};
use super::{OrSay as _, Pen};

/// A gift that comes back each week, more or less.
struct Gift {
    donor: &'static str,
    product: &'static str,
    family: &'static str,
    temperature: TemperatureClass,
    /// Kilograms, at least and how many more at most.
    kg: (i64, u64),
    crate_kg: i64,
    date_kind: DateKind,
    /// Days until its date.
    keeps: i64,
    weekday: i64,
    hour: u32,
    /// Who fetches it, in turn.
    fetched_by: &'static [&'static str],
}

const GIFTS: [Gift; 5] = [
    Gift {
        donor: SHOP,
        product: "Yaourts et desserts lactés",
        family: "dairy",
        temperature: TemperatureClass::Chilled,
        kg: (40, 60),
        crate_kg: 6,
        date_kind: DateKind::UseBy,
        keeps: 6,
        weekday: 2,
        hour: 9,
        fetched_by: &["Épicerie des Ramenas", "Secours de la Boissière"],
    },
    Gift {
        donor: "Primeur de la Croix (fictif)",
        product: "Fruits et légumes du marché",
        family: "fruit_vegetables",
        temperature: TemperatureClass::Dry,
        kg: (60, 90),
        crate_kg: 10,
        date_kind: DateKind::None,
        keeps: 0,
        weekday: 6,
        hour: 13,
        fetched_by: &[
            "Table ouverte Croix-de-Chavaux",
            "Repas du cœur de ville (fictif)",
            "Les Paniers de la Noue",
        ],
    },
    Gift {
        donor: "Fournil Sansmiettes",
        product: "Pain et viennoiseries",
        family: "starches",
        temperature: TemperatureClass::Dry,
        kg: (12, 20),
        crate_kg: 4,
        date_kind: DateKind::None,
        keeps: 0,
        weekday: 5,
        hour: 15,
        fetched_by: &["Maraude des Grands-Pêchers", "Accueil de jour La Passerine"],
    },
    Gift {
        donor: "Cuisine centrale de démonstration",
        product: "Plats cuisinés en barquettes",
        family: "ready_meals",
        temperature: TemperatureClass::ChilledSensitive,
        kg: (25, 35),
        crate_kg: 5,
        date_kind: DateKind::UseBy,
        keeps: 4,
        weekday: 4,
        hour: 14,
        fetched_by: &["Restaurant solidaire La Louche", "Repas du cœur de ville (fictif)"],
    },
    Gift {
        donor: "Ferme des Coteaux (fictive)",
        product: "Pommes de terre et courges",
        family: "fruit_vegetables",
        temperature: TemperatureClass::Dry,
        kg: (250, 350),
        crate_kg: 15,
        date_kind: DateKind::None,
        keeps: 0,
        weekday: 3,
        hour: 10,
        fetched_by: &[HUB],
    },
];

/// Product, family, temperature, kilograms (at least, more), crate, days it keeps.
type Delivery = (&'static str, &'static str, TemperatureClass, (i64, u64), i64, i64);

/// What reaches the hub each week: product, family, temperature, kilograms (at least, more), crate, days it keeps.
const DELIVERIES: [Delivery; 6] = [
    ("Riz et pâtes", "starches", TemperatureClass::Dry, (260, 200), 10, 300),
    ("Lait demi-écrémé UHT", "dairy", TemperatureClass::Dry, (180, 150), 6, 120),
    ("Conserves de légumes", "fruit_vegetables", TemperatureClass::Dry, (150, 120), 12, 600),
    ("Œufs et volaille sous vide", "meat_fish_eggs", TemperatureClass::ChilledSensitive, (60, 70), 5, 12),
    ("Lait infantile 1er âge", "infant", TemperatureClass::Dry, (18, 20), 3, 200),
    ("Légumes surgelés", "fruit_vegetables", TemperatureClass::Frozen, (80, 90), 8, 200),
];

/// Writes the year up to `now`, then what is under way today.
pub(super) async fn write(pen: &mut Pen, setting: &Setting, now: DateTime<Utc>) -> anyhow::Result<()> {
    let standing = standing_requests(pen, setting).await?;
    agreements(pen, setting).await?;
    let zone = pen.job(None).zone;
    let today = time::civil(now, zone).date();
    let monday = today - Duration::days(i64::from(today.weekday().num_days_from_monday()));
    for week in (1..=52).rev() {
        let begins = monday - Duration::weeks(week);
        if week % 6 == 0 {
            at(pen, begins, 5);
            still_right(pen, setting, &standing).await?;
        }
        one_week(pen, setting, begins, 7, week <= 4).await?;
    }
    one_week(pen, setting, monday, (today - monday).num_days(), true).await?;
    drives(pen, setting, now).await?;
    // What is told of the past is told in the past: today, everybody's letters of the day are still to come.
    pen.at(now - Duration::hours(30));
    pen.work().await?;
    pen.at(now);
    under_way(pen, setting, now).await
}

/// A food drive that took place last Saturday and waits to be noted, and one that is announced for the next.
async fn drives(pen: &mut Pen, setting: &Setting, now: DateTime<Utc>) -> anyhow::Result<()> {
    let zone = pen.job(None).zone;
    let today = time::civil(now, zone).date();
    // Saturday is five days after Monday: between one day and seven days ago.
    let since = (i64::from(today.weekday().num_days_from_monday()) + 1) % 7 + 1;
    let saturday = today - Duration::days(since);
    // On a Saturday the next one is in a week: today's might be over already.
    let next = saturday + Duration::weeks(if since == 7 { 2 } else { 1 });
    pen.at(now - Duration::days(8));
    for (organiser, title, day) in [
        ("Épicerie des Ramenas", "Collecte devant le Supermarché du Parc", saturday),
        ("Les Paniers de la Noue", "Collecte de fin d’année à la halle", next),
    ] {
        let seat = setting.seat(organiser)?;
        let at = |hour| {
            let hour = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
            time::instant(day.and_time(hour), zone)
        };
        let announce = announce_drive::AnnounceDrive {
            organiser: seat.structure,
            title: title.to_owned(),
            begins_at: at(9),
            ends_at: at(18),
            address: "1 rue de l’Exemple, 93100 Montreuil".to_owned(),
            note: "On espère surtout des conserves, du lait et des produits pour bébé.".to_owned(),
        };
        announce_drive::run(&lead(pen, setting, seat).await?, &pen.db, announce)
            .await
            .or_say("a food drive")?;
    }
    pen.work().await
}

/// The days of a week that have passed.
async fn one_week(
    pen: &mut Pen,
    setting: &Setting,
    monday: NaiveDate,
    days: i64,
    recent: bool,
) -> anyhow::Result<()> {
    let table = Some(setting.montreuil);
    at(pen, monday, 6);
    spawn_due::run(&pen.job(table), &pen.db).await.or_say("standing requests")?;
    requests::usecases::expire::run(&pen.job(table), &pen.db).await.or_say("old requests")?;
    // Letters carry the date of their story: those of the last weeks each Monday, older ones month by month.
    if monday.day() <= 7 || recent {
        pen.work().await?;
    }
    for day in 0..days {
        let date = monday + Duration::days(day);
        if day == 0 {
            at(pen, date, 8);
            delivery(pen, setting, date).await?;
        }
        for gift in &GIFTS {
            if gift.weekday == day + 1 {
                fetched(pen, setting, gift, date).await?;
            }
        }
        if day == 3 && days == 7 {
            shared_out(pen, setting, date).await?;
        }
    }
    Ok(())
}

/// Moves the pen to an hour of a day, in the territory's time.
fn at(pen: &mut Pen, day: NaiveDate, hour: u32) {
    let zone = pen.job(None).zone;
    let hour = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    pen.at(time::instant(day.and_time(hour), zone));
}

async fn lead(pen: &Pen, setting: &Setting, seat: Seat) -> anyhow::Result<Cx> {
    pen.as_person(seat.lead, seat.structure, setting.montreuil).await
}

/// A gift is posted, held, fetched, signed for; what was fetched earlier has been handed out.
async fn fetched(pen: &mut Pen, setting: &Setting, gift: &Gift, day: NaiveDate) -> anyhow::Result<()> {
    let turn = usize::try_from(day.num_days_from_ce() / 7).unwrap_or_default() % gift.fetched_by.len();
    let Some(fetcher) = gift.fetched_by.get(turn) else { return Ok(()) };
    let (donor, fetcher) = (setting.seat(gift.donor)?, setting.seat(fetcher)?);
    let kg = gift.kg.0 + pen.draw(gift.kg.1);
    at(pen, day, gift.hour.saturating_sub(2));
    let posted_at = pen.now();
    let from = posted_at + Duration::hours(1);
    let offer = offer(gift, kg, donor, day, from, from + Duration::hours(3));
    let posted = post::run(
        &lead(pen, setting, donor).await?,
        &pen.db,
        post::Post { donor: donor.structure, offer, photo: None },
    )
    .await
    .or_say(gift.product)?;
    // After the half hour in which a partner by agreement is asked first.
    pen.at(posted_at + Duration::minutes(40));
    let cx = lead(pen, setting, fetcher).await?;
    let held = reserve::run(
        &cx,
        &pen.db,
        reserve::Reserve {
            collection: posted.collection,
            structure: fetcher.structure,
            grams: Grams::kg(kg),
            comes_at: Some(from),
            beyond_storage: Some("Distribué dans la journée.".to_owned()),
        },
    )
    .await
    .or_say(gift.product)?;
    at(pen, day, gift.hour);
    let cold = gift.temperature != TemperatureClass::Dry;
    let warmth = if gift.temperature == TemperatureClass::ChilledSensitive { 10 } else { 30 };
    let temperature = cold.then_some(warmth + pen.draw(20));
    let taken = take_over::run(
        &cx,
        &pen.db,
        take_over::TakeOver {
            hold: held.hold,
            taking: Taking { accepted: Grams::kg(kg), difference: None },
            difference_words: None,
            weighed: true,
            temperature,
            temperature_reason: None,
            date_reason: None,
            lot_number: None,
            date: None,
            site: Some(fetcher.site),
            signing: on_paper(),
            handed_at: None,
        },
    )
    .await
    .or_say(gift.product)?;
    let is_hub = setting.seat(HUB)?.structure == fetcher.structure;
    if let Some(lot) = taken.lot.filter(|_| !is_hub) {
        handed_out_by(&pen.db, &cx, lot, fetcher).await?;
    }
    Ok(())
}

/// The hub's stock is shared out on Thursday, answered, and handed over on Friday.
async fn shared_out(pen: &mut Pen, setting: &Setting, thursday: NaiveDate) -> anyhow::Result<()> {
    at(pen, thursday, 16);
    let odile = lead(pen, setting, setting.seat(CCAS)?).await?;
    let prepared = prepare::run(&odile, &pen.db, prepare::Prepare { coordination: setting.montreuil }).await;
    let run = match prepared {
        Ok(prepared) => prepared.run,
        // A week without stock or requests has nothing to share.
        Err(kernel::Failure::Refused(_)) => return Ok(()),
        Err(failure) => return Err(failure).or_say("a run"),
    };
    let mut conn = pen.db.read().await?;
    let version = allocation::queries::run(&mut conn, run).await?.map_or(0, |run| run.version);
    drop(conn);
    // She reads it before she decides.
    pen.at(pen.now() + Duration::minutes(20));
    validate::run(&odile, &pen.db, validate::Validate { run, version }).await.or_say("a decision")?;
    let mut conn = pen.db.read().await?;
    let shares = allocation::queries::shares(&mut conn, run).await?;
    let lines = allocation::queries::lines(&mut conn, run).await?;
    drop(conn);
    let by_structure: BTreeMap<_, _> = setting.seats.values().map(|seat| (seat.structure, *seat)).collect();
    let mut receivers = Vec::new();
    for share in shares {
        let Some(seat) = by_structure.get(&share.structure) else { continue };
        let mine: Vec<_> =
            lines.iter().filter(|line| line.structure == share.structure).map(|line| line.id).collect();
        if mine.is_empty() {
            continue;
        }
        let cx = lead(pen, setting, *seat).await?;
        let command = answer::Answer { share: share.id, accepted: mine, refused: Vec::new() };
        answer::run(&cx, &pen.db, command).await.or_say("an answer")?;
        receivers.push((*seat, cx));
    }
    at(pen, thursday + Duration::days(1), 9);
    let hub = lead(pen, setting, setting.seat(HUB)?).await?;
    for (seat, cx) in receivers {
        handed_over(pen, &hub, run, seat, &cx).await?;
    }
    Ok(())
}

/// One structure's part leaves the hub with its delivery note, and reaches the people it helps.
async fn handed_over(pen: &Pen, hub: &Cx, run: allocation::RunId, seat: Seat, cx: &Cx) -> anyhow::Result<()> {
    let wanted = prepare_note::PrepareNote { run, structure: seat.structure };
    prepare_note::run(hub, &pen.db, wanted).await.or_say("a delivery note")?;
    let lines = allocation::queries::lines_for(&mut pen.db.read().await?, run, seat.structure).await?;
    let notes: BTreeSet<_> = lines.iter().filter_map(|line| line.handover).collect();
    for note in notes {
        let Some(paper) = collections::queries::handover(&mut pen.db.read().await?, note).await? else {
            continue;
        };
        let accepted = paper
            .lines
            .iter()
            .map(|line| Accepted { rank: line.rank, grams: line.proposed, reason: None })
            .collect();
        // A degree below what is asked, on everything kept cold.
        let cold =
            paper.lines.iter().filter_map(|line| Some((line.rank, line.temperature.threshold_tenths()?)));
        let readings = cold
            .map(|(rank, threshold)| Reading {
                rank,
                moment: Moment::Pickup,
                tenths: threshold - 10,
                reason: None,
            })
            .collect();
        let command = hand_over::HandOver {
            run,
            note,
            version: paper.version,
            accepted,
            signing: on_paper(),
            readings,
            unread: Vec::new(),
        };
        hand_over::run(hub, &pen.db, command).await.or_say("a hand-over")?;
    }
    for line in lines {
        handed_out_by(&pen.db, cx, line.lot, seat).await?;
    }
    Ok(())
}

/// What this structure holds of a lot goes to the people it helps.
async fn handed_out_by(db: &Db, cx: &Cx, lot: stock::LotId, seat: Seat) -> anyhow::Result<()> {
    let Some(coordination) = cx.coordination else { return Ok(()) };
    let mut conn = db.read().await?;
    let zones = stock::queries::zones_of(&mut conn, coordination, seat.structure).await?;
    let balances = stock::queries::balances_of(&mut conn, lot).await?;
    drop(conn);
    for balance in balances.into_iter().filter(|balance| zones.iter().any(|zone| zone.id == balance.place_id))
    {
        let (from, grams) = (balance.place_id, balance.free());
        let command = hand_out::HandOut { lot, from, grams, occurred_at: None };
        hand_out::run(cx, db, command).await.or_say("handing out")?;
    }
    Ok(())
}

fn on_paper() -> Signing {
    Signing {
        on_paper: true,
        giver_name: None,
        giver_signature: None,
        receiver_name: None,
        receiver_signature: None,
    }
}

fn offer(
    gift: &Gift,
    kg: i64,
    donor: Seat,
    day: NaiveDate,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Offer {
    Offer {
        kind: Kind::Gift,
        product: gift.product.to_owned(),
        family: FamilyCode::from(gift.family),
        temperature: gift.temperature,
        animal_origin: matches!(gift.family, "dairy" | "ready_meals" | "meat_fish_eggs"),
        prepackaged: true,
        grams: Grams::kg(kg),
        estimated: true,
        packages: None,
        crate_grams: Grams::kg(gift.crate_kg),
        lot_number: None,
        date_kind: gift.date_kind,
        date: (gift.date_kind != DateKind::None).then(|| day + Duration::days(gift.keeps)),
        reason: None,
        intact: true,
        site: Some(donor.site),
        address: "À l’entrée des livraisons".to_owned(),
        from,
        until,
        note: String::new(),
        scope: OfferScope::Coordination,
        named: Vec::new(),
    }
}

/// The hub receives its weekly lorry.
async fn delivery(pen: &mut Pen, setting: &Setting, day: NaiveDate) -> anyhow::Result<()> {
    let hub = setting.seat(HUB)?;
    let from = setting.seat("Entrepôt Grand-Est Frais (fictif)")?;
    let mut lots = Vec::new();
    for (product, family, temperature, (least, more), crate_kg, keeps) in DELIVERIES {
        let kg = (least + pen.draw(more)) / crate_kg * crate_kg;
        let chilled = temperature != TemperatureClass::Dry;
        let reading = if temperature == TemperatureClass::Frozen { -195 } else { 25 };
        lots.push(receive_delivery::Arriving {
            lot: NewLot {
                product: product.to_owned(),
                family: FamilyCode::from(family),
                temperature,
                lot_number: Some(format!("L{:02}{:03}", day.year() % 100, day.ordinal())),
                date_kind: if keeps < 30 { DateKind::UseBy } else { DateKind::BestBefore },
                date: Some(day + Duration::days(keeps)),
                donor: Some(from.structure),
                collection: None,
                crate_grams: Grams::kg(crate_kg),
                estimated: false,
            },
            grams: Grams::kg(kg),
            tenths: chilled.then_some(reading),
            reason: None,
            quarantine: None,
        });
    }
    let command = receive_delivery::ReceiveDelivery {
        coordination: setting.montreuil,
        structure: hub.structure,
        site: Some(hub.site),
        lots,
        occurred_at: None,
    };
    receive_delivery::run(&lead(pen, setting, hub).await?, &pen.db, command).await.or_say("a delivery")?;
    Ok(())
}

/// Every association that helps people asks the hub for the same each week.
async fn standing_requests(pen: &mut Pen, setting: &Setting) -> anyhow::Result<Vec<(Seat, StandingId)>> {
    let mut standing = Vec::new();
    for somebody in &super::territory::MONTREUIL {
        let Some((households, persons)) = somebody.served else { continue };
        let seat = setting.seat(somebody.name)?;
        let (_, chilled, frozen) = somebody.storage;
        let mut lines = Vec::new();
        // Grams per person and week wanted from the hub, beside what each structure finds for itself.
        for (family, temperature, per_person) in [
            ("starches", None, 700),
            ("dairy", None, 600),
            ("fruit_vegetables", Some(TemperatureClass::Dry), 900),
            ("meat_fish_eggs", Some(TemperatureClass::ChilledSensitive), 200),
            ("fruit_vegetables", Some(TemperatureClass::Frozen), 150),
            ("infant", None, 40),
        ] {
            let cold = match temperature {
                Some(TemperatureClass::Frozen) => frozen > 0,
                Some(TemperatureClass::ChilledSensitive) => chilled > 0,
                _ => true,
            };
            if cold && !somebody.excluded.contains(&family) {
                lines.push(Wanted {
                    family: FamilyCode::from(family),
                    temperature,
                    grams: Grams((persons * per_person).max(1_000)),
                });
            }
        }
        let today = time::civil(pen.now(), pen.job(None).zone).date();
        let command = PostStanding {
            structure: seat.structure,
            site: Some(seat.site),
            weekday: 5,
            every_weeks: 1,
            starts_on: today,
            ends_on: None,
            households: Some(households),
            persons: Some(persons),
            note: String::new(),
            lines,
        };
        let posted = post_standing::run(&lead(pen, setting, seat).await?, &pen.db, command)
            .await
            .or_say(somebody.name)?;
        standing.push((seat, posted.standing));
    }
    Ok(standing)
}

/// « Toujours exact ? » is answered yes, from time to time, as in real life.
async fn still_right(pen: &Pen, setting: &Setting, standing: &[(Seat, StandingId)]) -> anyhow::Result<()> {
    for (seat, standing) in standing {
        let command = confirm::Confirm { subject: standing.uuid() };
        confirm::run(&lead(pen, setting, *seat).await?, &pen.db, command).await.or_say("a confirmation")?;
    }
    Ok(())
}

/// The supermarket asks its partner first, by agreement.
async fn agreements(pen: &mut Pen, setting: &Setting) -> anyhow::Result<()> {
    let (shop, partner) = (setting.seat(SHOP)?, setting.seat("Épicerie des Ramenas")?);
    let today = time::civil(pen.now(), pen.job(None).zone).date();
    let proposed = propose_agreement::run(
        &lead(pen, setting, shop).await?,
        &pen.db,
        propose_agreement::ProposeAgreement {
            donor: shop.structure,
            partner: partner.structure,
            starts_on: today,
            ends_on: None,
            first_ask_minutes: 30,
            notes: String::new(),
        },
    )
    .await
    .or_say("an agreement")?;
    let accept = accept_agreement::AcceptAgreement { agreement: proposed.agreement };
    accept_agreement::run(&lead(pen, setting, partner).await?, &pen.db, accept)
        .await
        .or_say("an agreement")?;
    Ok(())
}

/// What a newcomer finds today: recurring pickups in the calendar, one urgent offer, one for tomorrow.
async fn under_way(pen: &mut Pen, setting: &Setting, now: DateTime<Utc>) -> anyhow::Result<()> {
    let zone = pen.job(None).zone;
    let today = time::civil(now, zone).date();
    let (shop, ramenas) = (setting.seat(SHOP)?, setting.seat("Épicerie des Ramenas")?);
    // Something to share out, whatever the day on which a newcomer comes.
    delivery(pen, setting, today).await?;
    // Agreed upon yesterday: today's letters are for what happens today.
    pen.at(now - Duration::hours(30));
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let pickup = schedule_pickup::SchedulePickup {
        donor: shop.structure,
        partner: Some(ramenas.structure),
        site: Some(shop.site),
        weekday: i64::from((today + Duration::days(2)).weekday().number_from_monday()),
        from: nine,
        until: noon,
        product: "Invendus du rayon frais".to_owned(),
        family: FamilyCode::from("dairy"),
        temperature: TemperatureClass::Chilled,
        usual: Grams::kg(45),
        starts_on: today,
        ends_on: None,
    };
    schedule_pickup::run(&lead(pen, setting, shop).await?, &pen.db, pickup).await.or_say("a pickup")?;
    pen.work().await?;
    pen.at(now);
    let primeur = setting.seat("Primeur de la Croix (fictif)")?;
    let vegetables = Gift { keeps: 0, ..gift_of("Primeur de la Croix (fictif)")? };
    let tomorrow = time::instant((today + Duration::days(1)).and_time(nine), zone);
    let offer_tomorrow = offer(&vegetables, 85, primeur, today, tomorrow, tomorrow + Duration::hours(4));
    post::run(
        &lead(pen, setting, primeur).await?,
        &pen.db,
        post::Post { donor: primeur.structure, offer: offer_tomorrow, photo: None },
    )
    .await
    .or_say("tomorrow's offer")?;
    // A central kitchen, so that no agreement partner is asked first: the urgent offer is for everybody.
    let kitchen = setting.seat("Cuisine centrale de démonstration")?;
    let yoghurts = Gift {
        product: "Yaourts nature",
        family: "dairy",
        temperature: TemperatureClass::Chilled,
        crate_kg: 6,
        keeps: 3,
        ..gift_of("Cuisine centrale de démonstration")?
    };
    let (from, until) = civil_window(now, zone);
    let mut urgent = offer(&yoghurts, 120, kitchen, today, from, until);
    urgent.lot_number = Some("L2614-118".to_owned());
    post::run(
        &lead(pen, setting, kitchen).await?,
        &pen.db,
        post::Post { donor: kitchen.structure, offer: urgent, photo: None },
    )
    .await
    .or_say("the urgent offer")?;
    next_meeting(pen, setting, today + Duration::days(1)).await?;
    pen.work().await
}

/// The table's next meeting, tomorrow at two.
async fn next_meeting(pen: &Pen, setting: &Setting, day: NaiveDate) -> anyhow::Result<()> {
    let ccas = setting.seat(CCAS)?;
    let cx = lead(pen, setting, ccas).await?;
    let at = |hour: u32| {
        time::instant(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()), cx.zone)
    };
    let command = CallMeeting {
        coordination: setting.montreuil,
        starts_at: at(14),
        ends_at: at(16),
        place: "Salle des associations, place Fictive, Montreuil".to_owned(),
        agenda: "Tour de table : ce qui a changé depuis un mois (15 min)\nLe froid : une chambre partagée à la plateforme, \
                 qui en a besoin, à quelles conditions (30 min)\nL’été : quelles semaines n’ont personne (30 min)\nLa règle \
                 de répartition : garder ou changer les priorités (20 min)\nProchaine date et qui l’anime (10 min)"
            .to_owned(),
    };
    call_meeting::run(&cx, &pen.db, command).await.or_say("the next meeting")?;
    Ok(())
}

/// Three hours in which somebody would really come: from now in the day, tomorrow morning from the evening on.
fn civil_window(now: DateTime<Utc>, zone: time::Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let civil = time::civil(now, zone);
    let at = |day: NaiveDate, hour: u32| {
        time::instant(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()), zone)
    };
    match civil.hour() {
        0..8 => (at(civil.date(), 8), at(civil.date(), 11)),
        8..18 => (now, now + Duration::hours(3)),
        _ => (at(civil.date() + Duration::days(1), 8), at(civil.date() + Duration::days(1), 11)),
    }
}

fn gift_of(donor: &str) -> anyhow::Result<Gift> {
    GIFTS.into_iter().find(|gift| gift.donor == donor).ok_or_else(|| anyhow::anyhow!("{donor} gives nothing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_to_fetch_at_night() {
        let zone: time::Tz = "Europe/Paris".parse().unwrap();
        for (now, hours) in [
            ("2026-11-27T20:46:00Z", (8, 11)),
            ("2026-11-27T23:46:00Z", (8, 11)),
            ("2026-11-27T05:00:00Z", (8, 11)),
            ("2026-11-27T09:00:00Z", (10, 13)),
            ("2026-11-27T15:40:00Z", (16, 19)),
        ] {
            let now = now.parse().unwrap();
            let (from, until) = civil_window(now, zone);
            let hour = |at| time::civil(at, zone).hour();
            assert_eq!((hour(from), hour(until)), hours, "{now}");
            assert!(until > now);
        }
    }
}
