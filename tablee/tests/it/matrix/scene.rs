//! A town with one of each thing, all of them Lilas's where that can be, written through the use cases of real life.

use allocation::usecases::{prepare, prepare_note, validate};
use allocation::{LineId, RunId, ShareId};
use chrono::{Duration, NaiveTime};
use collections::agreement::AgreementId;
use collections::collection::{CollectionId, Kind, OfferScope};
use collections::drive::DriveId;
use collections::handover::HandoverId;
use collections::hold::{Difference, HoldId, Taking};
use collections::offer::Offer;
use collections::photo::Photo;
use collections::recurrence::PickupId;
use collections::usecases::sign_handover::Signing;
use collections::usecases::{announce_drive, post, propose_agreement, reserve, schedule_pickup, take_over};
use directory::import::{ImportId, RawRow};
use directory::usecases::import_read;
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Grams, PersonId, Role, SiteId, StructureId, TerritoryId};
use network::MeetingId;
use network::usecases::call_meeting;
use requests::{RequestId, StandingId, Wanted};
use stock::usecases::receive_delivery;
use stock::{LotId, MovementId, NewLot, PlaceId};
use testkit::Town;

/// Everything a path can be about.
pub struct Scene {
    pub town: Town,
    /// Whose things they are.
    pub lilas: StructureId,
    pub soupe: StructureId,
    pub shop: StructureId,
    pub elsewhere: CoordinationId,
    /// A coordination that Lilas may leave without harm to the others' rows.
    pub annex: CoordinationId,
    /// A member of Lilas who may be taken out.
    pub extra: PersonId,
    /// A facilitator whose turn may end.
    pub odile: PersonId,
    pub site: SiteId,
    /// Offered by Lilas, with a photo.
    pub offer: CollectionId,
    /// Offered by the shop, held by Lilas.
    pub fetched: CollectionId,
    pub hold: HoldId,
    /// Offered by the shop, of which Lilas took 17 kg.
    pub over: CollectionId,
    /// Signed by Lilas.
    pub slip: HandoverId,
    pub agreement: AgreementId,
    pub pickup: PickupId,
    /// Organised by Lilas.
    pub drive: DriveId,
    pub meeting: MeetingId,
    pub request: RequestId,
    pub soupe_request: RequestId,
    pub standing: StandingId,
    /// In Lilas's own stock.
    pub lot: LotId,
    /// Where it lies.
    pub place: PlaceId,
    pub movement: MovementId,
    /// Validated: a share of Lilas and one of Soupe, a delivery note for Lilas.
    pub validated: RunId,
    pub share: ShareId,
    pub soupe_share: ShareId,
    pub note: HandoverId,
    /// Waits for a human.
    pub proposed: RunId,
    pub line: LineId,
    pub import: ImportId,
}

/// Goods to be had at once.
pub fn offer(cx: &Cx, product: &str) -> Offer {
    Offer {
        kind: Kind::Gift,
        product: product.into(),
        family: "starches".into(),
        temperature: TemperatureClass::Dry,
        animal_origin: false,
        prepackaged: true,
        grams: Grams::kg(60),
        estimated: true,
        packages: None,
        crate_grams: Grams::ZERO,
        lot_number: Some("R-7".into()),
        date_kind: DateKind::None,
        date: None,
        reason: None,
        intact: true,
        site: None,
        address: "12 rue de Paris, 93100 Montreuil".into(),
        from: cx.now(),
        // Before the daily allocation, hence to be had at once.
        until: cx.now() + Duration::minutes(50),
        note: String::new(),
        scope: OfferScope::Coordination,
        named: Vec::new(),
    }
}

async fn offered(town: &Town, cx: &Cx, donor: StructureId, product: &str, photo: bool) -> CollectionId {
    let photo =
        photo.then(|| Photo::take(b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x10\0\x10\x03 a photo".to_vec()).unwrap());
    let command = post::Post { donor, offer: offer(cx, product), photo };
    post::run(cx, &town.db, command).await.unwrap().collection
}

async fn held(town: &Town, cx: &Cx, collection: CollectionId, structure: StructureId) -> HoldId {
    let grams = Grams::kg(20);
    let command = reserve::Reserve { collection, structure, grams, comes_at: None, beyond_storage: None };
    reserve::run(cx, &town.db, command).await.unwrap().hold
}

/// Goods taken at once, weighed, signed for on paper.
pub fn taking(hold: HoldId, taking: Taking) -> take_over::TakeOver {
    take_over::TakeOver {
        hold,
        taking,
        difference_words: None,
        weighed: true,
        temperature: None,
        temperature_reason: None,
        date_reason: None,
        lot_number: None,
        date: None,
        site: None,
        signing: Signing { on_paper: true, ..Signing::default() },
        handed_at: None,
    }
}

async fn taken(town: &Town, cx: &Cx, hold: HoldId) -> HandoverId {
    let less = Taking { accepted: Grams::kg(17), difference: Some(Difference::LessThere) };
    take_over::run(cx, &town.db, taking(hold, less)).await.unwrap().handover
}

async fn asked(town: &Town, cx: &Cx, structure: StructureId, persons: i64) -> RequestId {
    let command = requests::usecases::post::Post {
        structure,
        site: None,
        needed_on: cx.today() + Duration::days(1),
        households: Some(20),
        persons: Some(persons),
        note: String::new(),
        lines: wanted(30),
    };
    requests::usecases::post::run(cx, &town.db, command).await.unwrap().request
}

/// So many kilograms of starches.
pub fn wanted(kg: i64) -> Vec<Wanted> {
    vec![Wanted { family: FamilyCode::from("starches"), temperature: None, grams: Grams::kg(kg) }]
}

/// A lot that keeps.
pub fn lentils(product: &str) -> NewLot {
    NewLot {
        product: product.into(),
        family: "starches".into(),
        temperature: TemperatureClass::Dry,
        lot_number: None,
        date_kind: DateKind::None,
        date: None,
        donor: None,
        collection: None,
        crate_grams: Grams::kg(5),
        estimated: false,
    }
}

async fn received(
    town: &Town,
    cx: &Cx,
    structure: StructureId,
    site: Option<SiteId>,
    product: &str,
) -> (LotId, MovementId) {
    let lot = lentils(product);
    let arriving = receive_delivery::Arriving {
        lot,
        grams: Grams::kg(40),
        tenths: None,
        reason: None,
        quarantine: None,
    };
    let command = receive_delivery::ReceiveDelivery {
        coordination: town.coordination,
        structure,
        site,
        lots: vec![arriving],
        occurred_at: None,
    };
    let first = receive_delivery::run(cx, &town.db, command).await.unwrap().lots[0];
    (first.lot, first.movement)
}

impl Scene {
    pub async fn set(town: Town) -> Self {
        let mut tx = town.db.write().await.unwrap();
        goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
        tx.commit().await.unwrap();
        // Identifiers follow time: a structure with several seats comes in by its oldest coordination.
        town.clock.advance(Duration::seconds(1));
        let (elsewhere, annex) = (coordination(&town, "Ailleurs").await, coordination(&town, "Annexe").await);
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        sits(&town, annex, lilas).await;
        let soupe = town.structure("La Soupe du Bas", "association").await;
        let shop = town.structure("Supermarché de la Croix", "commerce").await;
        let hub = town.structure("Plateforme", "association").await;
        let hub_site = town.hub(hub, "Entrepôt").await;
        let site = town.site(lilas, "Local des Lilas", None).await;
        town.site(soupe, "Cuisine", None).await;
        let awa = town.cx(town.person("Awa", lilas, Role::Lead).await).await;
        let extra = town.person("Extra", lilas, Role::Member).await;
        let lea = town.cx(town.person("Lea", soupe, Role::Lead).await).await;
        let marc = town.cx(town.person("Marc", shop, Role::Lead).await).await;
        let odile = town.facilitator("Odile", hub).await;
        let keeper = town.cx(odile).await;

        let offer = offered(&town, &awa, lilas, "Riz", true).await;
        let fetched = offered(&town, &marc, shop, "Pâtes", false).await;
        let hold = held(&town, &awa, fetched, lilas).await;
        let over = offered(&town, &marc, shop, "Semoule", false).await;
        let slip = taken(&town, &awa, held(&town, &awa, over, lilas).await).await;
        let agreement = propose_agreement::ProposeAgreement {
            donor: shop,
            partner: lilas,
            starts_on: marc.today() + Duration::days(7),
            ends_on: None,
            first_ask_minutes: 30,
            notes: String::new(),
        };
        let agreement = propose_agreement::run(&marc, &town.db, agreement).await.unwrap().agreement;
        let pickup = pickup(&town, &awa, shop, lilas).await;
        let drive = drive(&town, &awa, lilas).await;
        let meeting = meeting(&town, &keeper).await;
        let request = asked(&town, &awa, lilas, 47).await;
        let soupe_request = asked(&town, &lea, soupe, 31).await;
        let standing = standing(&town, &awa, lilas).await;
        let (lot, movement) = received(&town, &awa, lilas, Some(site), "Lentilles").await;
        let held = stock::queries::balances_of(&mut town.db.read().await.unwrap(), lot).await.unwrap();
        let place = held.iter().find(|balance| balance.grams.is_positive()).unwrap().place_id;

        received(&town, &keeper, hub, Some(hub_site), "Farine").await;
        let validated = shared_out(&town, &keeper).await;
        let mut conn = town.db.read().await.unwrap();
        let version = allocation::queries::run(&mut conn, validated).await.unwrap().unwrap().version;
        let shares = allocation::queries::shares(&mut conn, validated).await.unwrap();
        drop(conn);
        let share_of = |id| shares.iter().find(|share| share.structure == id).unwrap().id;
        let (share, soupe_share) = (share_of(lilas), share_of(soupe));
        validate::run(&keeper, &town.db, validate::Validate { run: validated, version }).await.unwrap();
        let note = prepare_note::PrepareNote { run: validated, structure: lilas };
        prepare_note::run(&keeper, &town.db, note).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let notes = collections::queries::handovers_about(&mut conn, validated.uuid()).await.unwrap();
        drop(conn);
        received(&town, &keeper, hub, Some(hub_site), "Polenta").await;
        let proposed = shared_out(&town, &keeper).await;
        let mut conn = town.db.read().await.unwrap();
        let lines = allocation::queries::lines(&mut conn, proposed).await.unwrap();
        let line = lines.iter().find(|line| line.structure == lilas).unwrap().id;
        drop(conn);
        let import = imported(&town, &keeper).await;
        Self {
            note: notes[0].id,
            town,
            lilas,
            soupe,
            shop,
            elsewhere,
            annex,
            extra,
            odile,
            site,
            offer,
            fetched,
            hold,
            over,
            slip,
            agreement,
            pickup,
            drive,
            meeting,
            request,
            soupe_request,
            standing,
            lot,
            place,
            movement,
            validated,
            share,
            soupe_share,
            proposed,
            line,
            import,
        }
    }
}

async fn coordination(town: &Town, name: &str) -> CoordinationId {
    let mut tx = town.db.write().await.unwrap();
    let territory: TerritoryId = town.territory;
    let command = network::usecases::create_coordination::CreateCoordination {
        territory,
        parent: None,
        name: name.into(),
        full_name: String::new(),
        help_phone: None,
        settings: network::Settings::default(),
    };
    let id = network::usecases::create_coordination::within(&town.job(), &mut tx, &command).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A structure takes part in another coordination as a contributor.
pub async fn sits(town: &Town, coordination: CoordinationId, structure: StructureId) {
    let mut tx = town.db.write().await.unwrap();
    tx.query("INSERT INTO membership (coordination_id, structure_id, level, since) VALUES ($1, $2, 'contributor', $3)")
        .bind(coordination)
        .bind(structure)
        .bind(town.job().today())
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn pickup(town: &Town, cx: &Cx, donor: StructureId, partner: StructureId) -> PickupId {
    let command = schedule_pickup::SchedulePickup {
        donor,
        partner: Some(partner),
        site: None,
        weekday: 5,
        from: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        until: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
        product: "Pain".into(),
        family: "starches".into(),
        temperature: TemperatureClass::Dry,
        usual: Grams::kg(12),
        starts_on: cx.today(),
        ends_on: None,
    };
    schedule_pickup::run(cx, &town.db, command).await.unwrap().pickup
}

async fn drive(town: &Town, cx: &Cx, organiser: StructureId) -> DriveId {
    let begins_at = cx.now() + Duration::days(3);
    let command = announce_drive::AnnounceDrive {
        organiser,
        title: "Grande collecte".into(),
        begins_at,
        ends_at: begins_at + Duration::hours(6),
        address: "12 rue de Paris, 93100 Montreuil".into(),
        note: String::new(),
    };
    announce_drive::run(cx, &town.db, command).await.unwrap().drive
}

async fn meeting(town: &Town, cx: &Cx) -> MeetingId {
    let starts_at = cx.now() + Duration::days(5);
    let command = call_meeting::CallMeeting {
        coordination: town.coordination,
        starts_at,
        ends_at: starts_at + Duration::hours(2),
        place: "Salle des fêtes".into(),
        agenda: "Le partage du mois".into(),
    };
    call_meeting::run(cx, &town.db, command).await.unwrap()
}

async fn standing(town: &Town, cx: &Cx, structure: StructureId) -> StandingId {
    let command = requests::usecases::post_standing::PostStanding {
        structure,
        site: None,
        weekday: 1,
        every_weeks: 4,
        starts_on: cx.today() + Duration::days(14),
        ends_on: None,
        households: None,
        persons: None,
        note: String::new(),
        lines: wanted(13),
    };
    requests::usecases::post_standing::run(cx, &town.db, command).await.unwrap().standing
}

async fn shared_out(town: &Town, cx: &Cx) -> RunId {
    prepare::run(cx, &town.db, prepare::Prepare { coordination: town.coordination }).await.unwrap().run
}

async fn imported(town: &Town, cx: &Cx) -> ImportId {
    let row = RawRow { line: 2, cells: vec!["Vestiaire du Port".into(), "Montreuil".into()] };
    let command = import_read::ImportRead {
        file_name: "annuaire.csv".into(),
        header: vec!["Nom".into(), "Ville".into()],
        rows: vec![row],
    };
    import_read::run(cx, &town.db, command).await.unwrap()
}
