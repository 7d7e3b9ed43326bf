//! A supermarket at 16:40, two associations with cold storage, a hub, and who works there.

use chrono::{DateTime, NaiveDate, Utc};
use collections::collection::{Collection, CollectionId, Kind, OfferScope};
use collections::hold::{HoldId, Taking};
use collections::offer::{Offer, OfferStopped};
use collections::queries;
use collections::usecases::reserve::{Reserve, ReserveRefused, Reserved};
use collections::usecases::sign_handover::Signing;
use collections::usecases::take_over::TakeOver;
use collections::usecases::{post, reserve};
use goods::{DateKind, TemperatureClass};
use kernel::geo::Point;
use kernel::{Cx, Failure, Grams, PersonId, Role, SiteId, StructureId, time};
use testkit::Town;

pub struct Scene {
    pub town: Town,
    pub shop: StructureId,
    pub shop_site: SiteId,
    pub lilas: StructureId,
    pub soupe: StructureId,
    pub hub: StructureId,
    /// Runs the shop.
    pub marc: Cx,
    /// Lead of the épicerie.
    pub awa: Cx,
    /// Member of the soup kitchen.
    pub lea: Cx,
    /// Lead of the hub.
    pub karim: Cx,
    /// Facilitates, from the CCAS.
    pub olivier: Cx,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// An instant from a civil time in Paris.
pub fn at(text: &str) -> DateTime<Utc> {
    time::instant(text.parse().expect("a civil time"), chrono_tz())
}

fn chrono_tz() -> time::Tz {
    "Europe/Paris".parse().expect("a zone")
}

/// 120 kg of yoghurts with a use-by in three days, to be fetched by 17:30: urgent, for the window closes before 18:00.
pub fn yoghurts() -> Offer {
    Offer {
        kind: Kind::Gift,
        product: "Yaourts nature".into(),
        family: "dairy".into(),
        temperature: TemperatureClass::Chilled,
        animal_origin: true,
        prepackaged: true,
        grams: Grams::kg(120),
        estimated: true,
        packages: Some((15, "crate".into())),
        crate_grams: Grams::kg(8),
        lot_number: Some("L2614-118".into()),
        date_kind: DateKind::UseBy,
        date: Some(day("2026-11-26")),
        reason: None,
        intact: false,
        site: None,
        address: "12 rue de Paris, 93100 Montreuil".into(),
        from: at("2026-11-23T16:40:00"),
        until: at("2026-11-23T17:30:00"),
        note: String::new(),
        scope: OfferScope::Coordination,
        named: Vec::new(),
    }
}

impl Scene {
    pub async fn set(town: Town) -> Self {
        let place = |north: f64| Some(Point { latitude: 48.86 + north, longitude: 2.44 });
        let shop = town.structure("Supermarché de la Croix", "commerce").await;
        let shop_site = town.site(shop, "Magasin", place(0.0)).await;
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.site(lilas, "Local", place(0.01)).await;
        let soupe = town.structure("La Soupe du Bas", "association").await;
        town.site(soupe, "Cuisine", place(0.02)).await;
        let hub = town.structure("Plateforme", "association").await;
        town.hub(hub, "Entrepôt").await;
        let ccas = town.structure("CCAS", "ccas").await;
        let marc = town.person("Marc", shop, Role::Lead).await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let lea = town.person("Léa", soupe, Role::Member).await;
        let karim = town.person("Karim", hub, Role::Lead).await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let mut tx = town.db.write().await.unwrap();
        goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            marc: town.cx(marc).await,
            awa: town.cx(awa).await,
            lea: town.cx(lea).await,
            karim: town.cx(karim).await,
            olivier: town.cx(olivier).await,
            shop,
            shop_site,
            lilas,
            soupe,
            hub,
            town,
        }
    }

    pub async fn post(&self, cx: &Cx, offer: Offer) -> Result<post::Posted, Failure<OfferStopped>> {
        post::run(cx, &self.town.db, post::Post { donor: self.shop, offer, photo: None }).await
    }

    /// The shop's offer on the board.
    pub async fn posted(&self, offer: Offer) -> CollectionId {
        self.post(&self.marc, offer).await.unwrap().collection
    }

    pub async fn reserve(
        &self,
        cx: &Cx,
        collection: CollectionId,
        structure: StructureId,
        kg: i64,
    ) -> Result<Reserved, Failure<ReserveRefused>> {
        reserve::run(cx, &self.town.db, reservation(collection, structure, kg)).await
    }

    pub async fn collection(&self, id: CollectionId) -> Collection {
        queries::collection(&mut self.town.db.read().await.unwrap(), id).await.unwrap().unwrap()
    }

    /// What a person has been told, direct notes marked with `!`.
    pub async fn told(&self, person: Option<PersonId>) -> Vec<String> {
        let mut conn = self.town.db.read().await.unwrap();
        let rows: Vec<(String, bool)> = conn
            .query("SELECT text_key, direct FROM notice WHERE person_id = $1 ORDER BY created_at, text_key")
            .bind(person)
            .all()
            .await
            .unwrap();
        rows.into_iter().map(|(key, direct)| if direct { format!("!{key}") } else { key }).collect()
    }

    /// The trail of one thing: what was done, and in whose place.
    pub async fn trail(&self, subject: uuid::Uuid) -> Vec<(String, Option<StructureId>)> {
        let mut conn = self.town.db.read().await.unwrap();
        let acts = audit::history_of(&mut conn, subject).await.unwrap();
        acts.into_iter().map(|act| (act.action, act.on_behalf_of)).collect()
    }

    pub async fn ledger_is_sound(&self) {
        let wrong = stock::ledger::verify(&mut self.town.db.read().await.unwrap()).await.unwrap();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

pub fn reservation(collection: CollectionId, structure: StructureId, kg: i64) -> Reserve {
    Reserve { collection, structure, grams: Grams::kg(kg), comes_at: None, beyond_storage: None }
}

/// A taking over of everything, at 3,5 °C, signed by two names.
pub fn taking(hold: HoldId, kg: i64) -> TakeOver {
    TakeOver {
        hold,
        taking: Taking { accepted: Grams::kg(kg), difference: None },
        difference_words: None,
        weighed: true,
        temperature: Some(35),
        temperature_reason: None,
        date_reason: None,
        lot_number: None,
        date: None,
        site: None,
        signing: Signing {
            on_paper: false,
            giver_name: Some("Marc".into()),
            giver_signature: None,
            receiver_name: Some("Awa".into()),
            receiver_signature: None,
        },
        handed_at: None,
    }
}
