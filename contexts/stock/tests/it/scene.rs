//! A hub with two cold zones, a food pantry that receives, and the people who work there.

use chrono::NaiveDate;
use goods::{DateKind, TemperatureClass};
use kernel::{Cx, Failure, Grams, Role, SiteId, StructureId};
use stock::usecases::{ensure_zone, receive, reserve};
use stock::{LotId, NewLot, PlaceId, Refusal, ReservationId};
use testkit::Town;

pub struct Scene {
    pub town: Town,
    pub hub: StructureId,
    pub site: SiteId,
    pub pantry: StructureId,
    pub donor: StructureId,
    /// Somebody of the hub.
    pub keeper: Cx,
    /// Somebody of the pantry.
    pub awa: Cx,
    /// At +8 °C.
    pub chilled: PlaceId,
    /// At −18 °C.
    pub frozen: PlaceId,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn yoghurts() -> NewLot {
    NewLot {
        product: "Yaourts nature".into(),
        family: "dairy".into(),
        temperature: TemperatureClass::Chilled,
        lot_number: Some("L2614-118".into()),
        date_kind: DateKind::UseBy,
        date: Some(day("2026-11-30")),
        donor: None,
        collection: None,
        crate_grams: Grams::kg(6),
        estimated: false,
    }
}

impl Scene {
    pub async fn set(town: Town) -> Self {
        let hub = town.structure("Plateforme du Bas-Pays", "association").await;
        let site = town.hub(hub, "Entrepôt").await;
        let pantry = town.structure("Épicerie des Lilas", "association").await;
        let donor = town.structure("Primeur de la Place", "commerce").await;
        let keeper = town.person("Karim", hub, Role::Lead).await;
        let awa = town.person("Awa", pantry, Role::Member).await;
        let (keeper, awa) = (town.cx(keeper).await, town.cx(awa).await);
        let mut tx = town.db.write().await.unwrap();
        goods::usecases::install_defaults::within(&keeper, &mut tx, town.coordination).await.unwrap();
        let mut zones = Vec::new();
        for class in [TemperatureClass::Chilled, TemperatureClass::Frozen] {
            let zone = ensure_zone::within(&keeper, &mut tx, town.coordination, hub, Some(site), class)
                .await
                .unwrap();
            zones.push(zone);
        }
        tx.commit().await.unwrap();
        Self { hub, site, pantry, donor, keeper, awa, chilled: zones[0], frozen: zones[1], town }
    }

    /// A minute passes: two movements of one instant have no order.
    pub fn later(&self) {
        self.town.clock.advance(chrono::Duration::minutes(1));
    }

    pub async fn zone_of(&self, structure: StructureId, class: TemperatureClass) -> PlaceId {
        let mut tx = self.town.db.write().await.unwrap();
        let zone = ensure_zone::within(&self.keeper, &mut tx, self.town.coordination, structure, None, class)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        zone
    }

    pub async fn receive(&self, lot: NewLot, grams: Grams) -> LotId {
        self.later();
        let command = receive::Receive {
            coordination: self.town.coordination,
            structure: self.hub,
            place: self.chilled,
            lot: NewLot { donor: Some(self.donor), ..lot },
            grams,
            occurred_at: None,
        };
        receive::run(&self.keeper, &self.town.db, command).await.unwrap().lot
    }

    pub async fn reserve(&self, lot: LotId, grams: Grams) -> Result<ReservationId, Refusal> {
        self.reserve_at(lot, self.chilled, grams).await
    }

    pub async fn reserve_at(
        &self,
        lot: LotId,
        place: PlaceId,
        grams: Grams,
    ) -> Result<ReservationId, Refusal> {
        let command = reserve::Reserve {
            lot,
            place,
            structure: self.pantry,
            grams,
            purpose: "allocation",
            subject: self.keeper.new_uuid(),
        };
        let mut tx = self.town.db.write().await.unwrap();
        let id = refused(reserve::within(&self.keeper, &mut tx, &command).await)?;
        tx.commit().await.unwrap();
        Ok(id)
    }

    /// All and promised grams of a lot at a place.
    pub async fn balance(&self, lot: LotId, place: PlaceId) -> (i64, i64) {
        let mut conn = self.town.db.read().await.unwrap();
        let balances = stock::queries::balances_of(&mut conn, lot).await.unwrap();
        balances.iter().find(|b| b.place_id == place).map_or((0, 0), |b| (b.grams.0, b.reserved.0))
    }

    pub async fn assert_sound(&self) {
        let mut conn = self.town.db.read().await.unwrap();
        let found = stock::ledger::verify(&mut conn).await.unwrap();
        assert!(found.is_empty(), "{found:?}");
    }
}

/// The outcome, or the refusal; any other failure ends the test.
pub fn refused<T>(outcome: Result<T, Failure<Refusal>>) -> Result<T, Refusal> {
    match outcome {
        Ok(done) => Ok(done),
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}
