//! A town with a hub, a facilitator and structures that ask.

use allocation::RunId;
use allocation::usecases::prepare::{self, Prepare};
use allocation::usecases::validate::{self, Validate};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{Grams, PersonId, Role, SiteId, StructureId};
use requests::Wanted;
use requests::usecases::post::{self, Post};
use stock::usecases::ensure_zone;
use stock::usecases::receive::{self, Receive};
use stock::{LotId, NewLot, PlaceId};
use testkit::Town;

/// The hub, who keeps it, and those who ask.
pub(crate) struct Scene {
    pub(crate) hub: StructureId,
    pub(crate) site: SiteId,
    pub(crate) olivier: PersonId,
    pub(crate) structures: Vec<(StructureId, PersonId)>,
}

/// A town whose structures serve 40, 80, 120… persons and have a place each.
pub(crate) async fn scene(town: &Town, structures: usize) -> Scene {
    let mut tx = town.db.write().await.unwrap();
    goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
    tx.commit().await.unwrap();
    let hub = town.structure("Plateforme de la Noue", "association").await;
    let site = town.hub(hub, "Entrepôt").await;
    let olivier = town.facilitator("Olivier", hub).await;
    let mut asking = Vec::new();
    for n in 0..structures {
        let structure = town.structure(&format!("Association {n:02}"), "association").await;
        let lead = town.person(&format!("Personne {n:02}"), structure, Role::Lead).await;
        town.site(structure, "Local", None).await;
        let persons = i64::try_from(n % 10 + 1).unwrap() * 40;
        let mut tx = town.db.write().await.unwrap();
        tx.query(
            "INSERT INTO structure_card (structure_id, persons_served, families_wanted, families_excluded)
             VALUES ($1, $2, $3, $3)",
        )
        .bind(structure)
        .bind(persons)
        .bind(store::Json(serde_json::json!([])))
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        asking.push((structure, lead));
    }
    Scene { hub, site, olivier, structures: asking }
}

/// Yoghurts come in at the hub, with a DLC in so many days.
pub(crate) async fn yoghurts(town: &Town, scene: &Scene, kg: i64, dlc_in: i64) -> (LotId, PlaceId) {
    let cx = town.cx(scene.olivier).await;
    let mut tx = town.db.write().await.unwrap();
    let place = ensure_zone::within(
        &cx,
        &mut tx,
        town.coordination,
        scene.hub,
        Some(scene.site),
        TemperatureClass::Chilled,
    )
    .await
    .unwrap();
    let received = receive::within(
        &cx,
        &mut tx,
        &Receive {
            coordination: town.coordination,
            structure: scene.hub,
            place,
            lot: NewLot {
                product: "Yaourts nature".to_owned(),
                family: FamilyCode::from("dairy"),
                temperature: TemperatureClass::Chilled,
                lot_number: Some("Y-118".to_owned()),
                date_kind: DateKind::UseBy,
                date: Some(cx.today() + chrono::Duration::days(dlc_in)),
                donor: None,
                collection: None,
                crate_grams: Grams::kg(6),
                estimated: false,
            },
            grams: Grams::kg(kg),
            occurred_at: None,
        },
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    (received.lot, place)
}

/// A structure asks for dairy.
pub(crate) async fn asks(town: &Town, structure: StructureId, lead: PersonId, kg: i64, in_days: i64) {
    let cx = town.cx(lead).await;
    let command = Post {
        structure,
        site: None,
        needed_on: cx.today() + chrono::Duration::days(in_days),
        households: None,
        persons: None,
        note: String::new(),
        lines: vec![Wanted { family: FamilyCode::from("dairy"), temperature: None, grams: Grams::kg(kg) }],
    };
    post::run(&cx, &town.db, command).await.unwrap();
}

/// Everybody asks for so much dairy, for the next day.
pub(crate) async fn everybody_asks(town: &Town, scene: &Scene, kg: i64) {
    for (structure, lead) in &scene.structures {
        asks(town, *structure, *lead, kg, 1).await;
    }
}

pub(crate) async fn prepared(town: &Town, scene: &Scene) -> RunId {
    let cx = town.cx(scene.olivier).await;
    prepare::run(&cx, &town.db, Prepare { coordination: town.coordination }).await.unwrap().run
}

pub(crate) async fn validated(town: &Town, scene: &Scene, run: RunId) {
    let cx = town.cx(scene.olivier).await;
    let mut conn = town.db.read().await.unwrap();
    let version = allocation::queries::run(&mut conn, run).await.unwrap().unwrap().version;
    drop(conn);
    validate::run(&cx, &town.db, Validate { run, version }).await.unwrap();
}
