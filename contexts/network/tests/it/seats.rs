//! Territories, coordinations, joining, levels, leaving, facilitators.

use kernel::{Failure, Level, Role};
use network::usecases::change_level::{self, ChangeLevel};
use network::usecases::create_coordination::{self, CoordinationRefused, CreateCoordination};
use network::usecases::create_territory::{self, CreateTerritory, TerritoryRefused};
use network::usecases::join::{self, Join, JoinRefused};
use network::usecases::leave::{self, Leave};
use network::usecases::name_facilitator::{self, NameFacilitator, NameRefused};
use network::usecases::register_structure::{self, RegisterRefused, RegisterStructure};
use network::usecases::step_down::{self, StepDown, StepDownRefused};
use network::{
    CardState, Facilitation, Sector, Settings, StructureKind, TerritoryLevel, next_reference, queries,
};

testkit::both!(
    async fn a_coordination_is_opened_on_a_tree_of_territories(town: Town) {
        let cx = town.job();
        let metropole = CreateTerritory {
            parent: None,
            level: TerritoryLevel::Metropole,
            name: "Grand Paris".into(),
            code_insee: None,
        };
        let metropole = create_territory::run(&cx, &town.db, metropole).await.unwrap();
        let ept = CreateTerritory {
            parent: Some(metropole),
            level: TerritoryLevel::Ept,
            name: " Est  Ensemble ".into(),
            code_insee: None,
        };
        let ept = create_territory::run(&cx, &town.db, ept).await.unwrap();
        let wrong = CreateTerritory {
            parent: Some(ept),
            level: TerritoryLevel::Metropole,
            name: "x".into(),
            code_insee: None,
        };
        assert!(matches!(
            create_territory::run(&cx, &town.db, wrong).await,
            Err(Failure::Refused(TerritoryRefused::NotWithin))
        ));
        let ask = |name: &str| CreateCoordination {
            territory: ept,
            parent: Some(town.coordination),
            name: name.into(),
            full_name: String::new(),
            help_phone: None,
            settings: Settings::default(),
        };
        let id = create_coordination::run(&cx, &town.db, ask("Table de l’Est")).await.unwrap();
        assert!(matches!(
            create_coordination::run(&cx, &town.db, ask("table de l'est")).await,
            Err(Failure::Refused(CoordinationRefused::NameTaken))
        ));
        assert!(matches!(
            create_coordination::run(&town.nobody(), &town.db, ask("Autre")).await,
            Err(Failure::Forbidden)
        ));
        let mut conn = town.db.read().await.unwrap();
        let found = queries::coordination(&mut conn, id).await.unwrap().unwrap();
        assert_eq!((found.slug.as_str(), found.full_name.as_str()), ("table-de-l-est", "Table de l’Est"));
        let path = queries::territory_path(&mut conn, ept).await.unwrap();
        assert_eq!(path.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["Grand Paris", "Est Ensemble"]);
        assert_eq!(queries::coordinations(&mut conn).await.unwrap().len(), 2);
    }
);

testkit::both!(
    async fn a_structure_is_written_down_joins_and_leaves(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let cx = town.cx(olivier).await;
        let mut asked =
            RegisterStructure::new(" Épicerie  des Lilas ", StructureKind::Association, Sector::FoodAid);
        asked.siret = Some("732 829 320 00074".into());
        let lilas = register_structure::run(&cx, &town.db, asked.clone()).await.unwrap();
        assert!(matches!(
            register_structure::run(&cx, &town.db, asked.clone()).await,
            Err(Failure::Refused(RegisterRefused::Known(id))) if id == lilas
        ));
        asked.siret = Some("732 829 320 00075".into());
        assert!(matches!(
            register_structure::run(&cx, &town.db, asked.clone()).await,
            Err(Failure::Refused(RegisterRefused::SiretWrong))
        ));
        let seat = Join { coordination: town.coordination, structure: lilas, level: Level::Reader };
        join::run(&cx, &town.db, seat.clone()).await.unwrap();
        assert!(matches!(
            join::run(&cx, &town.db, seat.clone()).await,
            Err(Failure::Refused(JoinRefused::AlreadyIn))
        ));

        let awa = town.person("Awa", lilas, Role::Lead).await;
        let awa_cx = town.cx(awa).await;
        let level = |level| ChangeLevel { coordination: town.coordination, structure: lilas, level };
        assert!(matches!(
            change_level::run(&awa_cx, &town.db, level(Level::Signatory)).await,
            Err(Failure::Forbidden)
        ));
        change_level::run(&cx, &town.db, level(Level::Signatory)).await.unwrap();
        change_level::run(&awa_cx, &town.db, level(Level::Contributor)).await.unwrap();

        let out = Leave { coordination: town.coordination, structure: lilas };
        assert!(matches!(leave::run(&cx, &town.db, out.clone()).await, Err(Failure::Forbidden)));
        leave::run(&awa_cx, &town.db, out.clone()).await.unwrap();
        let names = |members: Vec<network::Member>| members.into_iter().map(|m| m.name).collect::<Vec<_>>();
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(names(queries::members(&mut conn, town.coordination).await.unwrap()), ["CCAS"]);
        assert!(queries::coordinations_of(&mut conn, lilas).await.unwrap().is_empty());
        drop(conn);

        // Back by its own lead within thirty days, no higher than before; later only by a facilitator.
        let back = |level| Join { coordination: town.coordination, structure: lilas, level };
        assert!(matches!(
            join::run(&awa_cx, &town.db, back(Level::Signatory)).await,
            Err(Failure::Forbidden)
        ));
        join::run(&awa_cx, &town.db, back(Level::Contributor)).await.unwrap();
        leave::run(&awa_cx, &town.db, out).await.unwrap();
        town.clock.advance(chrono::Duration::days(31));
        assert!(matches!(
            join::run(&town.cx(awa).await, &town.db, back(Level::Reader)).await,
            Err(Failure::Forbidden)
        ));
        let mut conn = town.db.read().await.unwrap();
        let acts = audit::facilitation_in(&mut conn, town.coordination).await.unwrap();
        let acts: Vec<_> = acts.iter().map(|act| act.action.as_str()).collect();
        assert!(acts.contains(&"network.join") && acts.contains(&"network.leave"), "{acts:?}");
    }
);

testkit::both!(
    async fn a_contributor_spots_what_facilitators_then_look_at(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let cx = town.cx(town.person("Awa", lilas, Role::Member).await).await;
        let asked = RegisterStructure::new("Boulangerie du Coin", StructureKind::Shop, Sector::Trade);
        let shop = register_structure::run(&cx, &town.db, asked).await.unwrap();
        let seat = |level| Join { coordination: town.coordination, structure: shop, level };
        assert!(matches!(join::run(&cx, &town.db, seat(Level::Reader)).await, Err(Failure::Forbidden)));
        join::run(&cx, &town.db, seat(Level::Listed)).await.unwrap();
        let found = queries::structure(&mut town.db.read().await.unwrap(), shop).await.unwrap().unwrap();
        assert_eq!(found.state, CardState::Spotted);
        let asked = RegisterStructure::new("Autre", StructureKind::Shop, Sector::Trade);
        assert!(matches!(
            register_structure::run(&town.nobody(), &town.db, asked).await,
            Err(Failure::Forbidden)
        ));
    }
);

testkit::both!(
    async fn facilitation_is_shared_by_two_structures(town: Town) {
        let (ccas, lilas) =
            (town.structure("CCAS", "ccas").await, town.structure("Lilas", "association").await);
        let olivier = town.facilitator("Olivier", ccas).await;
        let awa = town.person("Awa", lilas, Role::Member).await;
        let cx = town.cx(olivier).await;
        let rule = async || {
            let mut conn = town.db.read().await.unwrap();
            Facilitation::of(&queries::facilitators(&mut conn, town.coordination).await.unwrap())
        };
        assert_eq!(rule().await, Facilitation::OnePerson);
        let name = |person, structure| NameFacilitator { coordination: town.coordination, person, structure };
        assert!(matches!(
            name_facilitator::run(&cx, &town.db, name(awa, ccas)).await,
            Err(Failure::Refused(NameRefused::NotOfStructure))
        ));
        assert!(matches!(
            name_facilitator::run(&town.cx(awa).await, &town.db, name(awa, lilas)).await,
            Err(Failure::Forbidden)
        ));
        name_facilitator::run(&cx, &town.db, name(awa, lilas)).await.unwrap();
        assert!(matches!(
            name_facilitator::run(&cx, &town.db, name(awa, lilas)).await,
            Err(Failure::Refused(NameRefused::Already))
        ));
        assert_eq!(rule().await, Facilitation::Shared);
        let end = |person, reason: Option<&str>| StepDown {
            coordination: town.coordination,
            person,
            reason: reason.map(str::to_owned),
        };
        assert!(matches!(
            step_down::run(&cx, &town.db, end(awa, Some("  "))).await,
            Err(Failure::Refused(StepDownRefused::ReasonMissing))
        ));
        let awa_cx = town.cx(awa).await;
        step_down::run(&awa_cx, &town.db, end(awa, None)).await.unwrap();
        assert_eq!(rule().await, Facilitation::OnePerson);
        // The same day, the same person again: one row, not two turns.
        name_facilitator::run(&cx, &town.db, name(awa, lilas)).await.unwrap();
        assert_eq!(rule().await, Facilitation::Shared);
    }
);

testkit::both!(
    async fn numbers_on_paper_follow_each_other_and_come_back(town: Town) {
        let mut tx = town.db.write().await.unwrap();
        for expected in ["C-26-001", "C-26-002"] {
            assert_eq!(next_reference(&mut tx, town.coordination, "C", 2026).await.unwrap(), expected);
        }
        assert_eq!(next_reference(&mut tx, town.coordination, "C", 2027).await.unwrap(), "C-27-001");
        assert_eq!(next_reference(&mut tx, town.coordination, "D", 2026).await.unwrap(), "D-26-001");
        tx.rollback().await.unwrap();
        let mut tx = town.db.write().await.unwrap();
        assert_eq!(next_reference(&mut tx, town.coordination, "C", 2026).await.unwrap(), "C-26-001");
    }
);

testkit::both!(
    async fn the_same_act_sent_twice_is_one_act(town: Town) {
        let cx = town.job().with_key("k1");
        let asked = RegisterStructure::new("Lilas", StructureKind::Association, Sector::FoodAid);
        let first = register_structure::run(&cx, &town.db, asked.clone()).await.unwrap();
        assert_eq!(register_structure::run(&cx, &town.db, asked).await.unwrap(), first);
        assert_eq!(queries::namesakes(&mut town.db.read().await.unwrap(), "LILAS").await.unwrap(), [first]);
    }
);
