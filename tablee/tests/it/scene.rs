//! A small town with everything in it: a shop, two associations, a hub with a cold zone, a CCAS that facilitates; and
//! the steps that lead to what a test is about, done through the use cases of real life.

use allocation::RunId;
use allocation::usecases::{prepare, validate};
use chrono::Duration;
use collections::collection::{CollectionId, Kind, OfferScope};
use collections::hold::HoldId;
use collections::offer::Offer;
use collections::usecases::{post, reserve};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::geo::Point;
use kernel::{Cx, Grams, PersonId, Role, SiteId, StructureId, Viewer, World};
use requests::Wanted;
use stock::usecases::{ensure_zone, receive};
use stock::{LotId, NewLot, PlaceId};
use testkit::{Browser, Town};

#[expect(dead_code, reason = "a stage has more on it than each play uses")]
pub struct Scene {
    pub town: Town,
    pub shop: StructureId,
    pub lilas: StructureId,
    pub soupe: StructureId,
    pub hub: StructureId,
    pub hub_site: SiteId,
    pub ccas: StructureId,
    /// Runs the shop.
    pub marc: PersonId,
    /// Lead of the épicerie.
    pub awa: PersonId,
    /// A member of the épicerie.
    pub lea: PersonId,
    /// Lead of the hub.
    pub karim: PersonId,
    /// Facilitates, from the CCAS.
    pub olivier: PersonId,
    /// The hub's cold zone.
    pub chilled: PlaceId,
}

impl Scene {
    /// The town at its own time.
    pub async fn set(town: Town) -> Self {
        let place = |north: f64| Some(Point { latitude: 48.86 + north, longitude: 2.44 });
        let shop = town.structure("Supermarché de la Croix", "commerce").await;
        town.site(shop, "Magasin", place(0.0)).await;
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.site(lilas, "Local", place(0.01)).await;
        let soupe = town.structure("La Soupe du Bas", "association").await;
        town.site(soupe, "Cuisine", place(0.02)).await;
        let hub = town.structure("Plateforme", "association").await;
        let hub_site = town.hub(hub, "Entrepôt").await;
        let ccas = town.structure("CCAS", "ccas").await;
        let marc = town.person("Marc", shop, Role::Lead).await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let lea = town.person("Lea", lilas, Role::Member).await;
        let karim = town.person("Karim", hub, Role::Lead).await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let keeper = town.cx(karim).await;
        let mut tx = town.db.write().await.unwrap();
        goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
        let chilled = ensure_zone::within(
            &keeper,
            &mut tx,
            town.coordination,
            hub,
            Some(hub_site),
            TemperatureClass::Chilled,
        )
        .await
        .unwrap();
        tx.query(
            "INSERT INTO structure_card (structure_id, persons_served, families_wanted, families_excluded)
             VALUES ($1, 80, $2, $2)",
        )
        .bind(lilas)
        .bind(store::Json(serde_json::json!([])))
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Self { town, shop, lilas, soupe, hub, hub_site, ccas, marc, awa, lea, karim, olivier, chilled }
    }

    /// The town as a server of its own sees it: its clock says today.
    pub async fn today(town: Town) -> Self {
        town.clock.set(World::real().clock.now());
        Self::set(town).await
    }

    pub async fn cx(&self, person: PersonId) -> Cx {
        self.town.cx(person).await
    }

    /// A browser in front of the whole house, with somebody signed in.
    pub async fn browser(&self, person: PersonId) -> Browser {
        let mut browser = self.house().await;
        browser.sign_in(person).await;
        browser
    }

    /// A browser in front of the whole house.
    pub async fn house(&self) -> Browser {
        let settings =
            web::Settings { public_url: "http://localhost".to_owned(), demo: false, secure_cookies: false };
        let house =
            tablee::house::build(self.town.db.clone(), self.town.world(), settings, mail::Transport::Kept)
                .unwrap();
        Browser::at(house.app, house.router)
    }

    /// The cookie of somebody signed in, for a server in a process of its own.
    pub async fn cookie(&self, person: PersonId) -> String {
        let cx = Cx::new(World::real(), Viewer::default());
        let mut tx = self.town.db.write().await.unwrap();
        let token = accounts::sessions::open(&mut tx, &cx, person, false).await.unwrap();
        tx.commit().await.unwrap();
        format!("{}={}", accounts::sessions::COOKIE, token.reveal())
    }

    /// The shop's offer on the board, to be fetched until tomorrow evening.
    pub async fn offered(&self, product: &str, kg: i64) -> CollectionId {
        let cx = self.cx(self.marc).await;
        let offer = Offer {
            kind: Kind::Gift,
            product: product.to_owned(),
            family: "dairy".into(),
            temperature: TemperatureClass::Chilled,
            animal_origin: true,
            prepackaged: true,
            grams: Grams::kg(kg),
            estimated: true,
            packages: None,
            crate_grams: Grams::ZERO,
            lot_number: Some("L2614-118".into()),
            date_kind: DateKind::UseBy,
            date: Some(cx.today() + Duration::days(4)),
            reason: Some("Livraison en double".into()),
            intact: false,
            site: None,
            address: "12 rue de Paris, 93100 Montreuil".into(),
            from: cx.now(),
            until: cx.now() + Duration::minutes(90),
            note: String::new(),
            scope: OfferScope::Coordination,
            named: Vec::new(),
        };
        let command = post::Post { donor: self.shop, offer, photo: None };
        post::run(&cx, &self.town.db, command).await.unwrap().collection
    }

    /// The épicerie's part of an offer.
    pub async fn held(&self, collection: CollectionId, kg: i64) -> HoldId {
        let cx = self.cx(self.awa).await;
        let command = reserve::Reserve {
            collection,
            structure: self.lilas,
            grams: Grams::kg(kg),
            comes_at: None,
            beyond_storage: Some("Chambre froide prêtée".into()),
        };
        reserve::run(&cx, &self.town.db, command).await.unwrap().hold
    }

    /// Yoghurts in the hub's cold zone, in crates of six kilograms.
    pub async fn lot(&self, product: &str, kg: i64) -> LotId {
        let cx = self.cx(self.karim).await;
        let lot = NewLot {
            product: product.to_owned(),
            family: FamilyCode::from("dairy"),
            temperature: TemperatureClass::Chilled,
            lot_number: Some("Y-118".to_owned()),
            date_kind: DateKind::UseBy,
            date: Some(cx.today() + Duration::days(9)),
            donor: Some(self.shop),
            collection: None,
            crate_grams: Grams::kg(6),
            estimated: false,
        };
        let command = receive::Receive {
            coordination: self.town.coordination,
            structure: self.hub,
            place: self.chilled,
            lot,
            grams: Grams::kg(kg),
            occurred_at: None,
        };
        receive::run(&cx, &self.town.db, command).await.unwrap().lot
    }

    /// The épicerie asks for dairy tomorrow.
    pub async fn asks(&self, kg: i64) -> requests::RequestId {
        let cx = self.cx(self.awa).await;
        let command = requests::usecases::post::Post {
            structure: self.lilas,
            site: None,
            needed_on: cx.today() + Duration::days(1),
            households: None,
            persons: None,
            note: String::new(),
            lines: vec![Wanted {
                family: FamilyCode::from("dairy"),
                temperature: None,
                grams: Grams::kg(kg),
            }],
        };
        requests::usecases::post::run(&cx, &self.town.db, command).await.unwrap().request
    }

    /// A run that proposes the épicerie something.
    pub async fn proposed(&self) -> RunId {
        self.lot("Yaourts nature", 24).await;
        self.asks(12).await;
        let cx = self.cx(self.olivier).await;
        let command = prepare::Prepare { coordination: self.town.coordination };
        prepare::run(&cx, &self.town.db, command).await.unwrap().run
    }

    /// The same, validated.
    pub async fn validated(&self) -> RunId {
        let run = self.proposed().await;
        let cx = self.cx(self.olivier).await;
        let seen = allocation::queries::run(&mut self.town.db.read().await.unwrap(), run).await.unwrap();
        let command = validate::Validate { run, version: seen.unwrap().version };
        validate::run(&cx, &self.town.db, command).await.unwrap();
        run
    }

    /// The épicerie's part of a run.
    pub async fn share(&self, run: RunId) -> uuid::Uuid {
        let shares = allocation::queries::shares(&mut self.town.db.read().await.unwrap(), run).await.unwrap();
        shares.iter().find(|share| share.structure == self.lilas).unwrap().id.uuid()
    }

    /// A delivery note for the épicerie, ready to be signed.
    pub async fn noted(&self) -> RunId {
        let run = self.validated().await;
        let cx = self.cx(self.karim).await;
        let command = allocation::usecases::prepare_note::PrepareNote { run, structure: self.lilas };
        allocation::usecases::prepare_note::run(&cx, &self.town.db, command).await.unwrap();
        run
    }

    /// A coordinator's spreadsheet with this many new structures, read and waiting for « Valider ».
    pub async fn read_sheet(&self, rows: usize, mark: &str) -> directory::import::ImportId {
        let cx = self.cx(self.olivier).await;
        let rows = (0..rows)
            .map(|n| directory::import::RawRow {
                line: n + 2,
                cells: vec![
                    format!("{mark} {n:03}"),
                    format!("{n} rue de l’Essai"),
                    "93100".into(),
                    "Montreuil".into(),
                ],
            })
            .collect();
        let header = ["Nom", "Adresse", "Code postal", "Ville"].map(str::to_owned).to_vec();
        let command =
            directory::usecases::import_read::ImportRead { file_name: format!("{mark}.csv"), header, rows };
        directory::usecases::import_read::run(&cx, &self.town.db, command).await.unwrap()
    }

    /// The same, written.
    pub async fn written_sheet(&self, rows: usize, mark: &str) -> directory::import::ImportId {
        let import = self.read_sheet(rows, mark).await;
        let cx = self.cx(self.olivier).await;
        let seen = directory::queries::import(&mut self.town.db.read().await.unwrap(), import).await.unwrap();
        let command = directory::usecases::import_write::ImportWrite {
            import,
            version: seen.unwrap().version,
            let_through: Vec::new(),
            complete: false,
        };
        directory::usecases::import_write::run(&cx, &self.town.db, command).await.unwrap();
        import
    }
}
