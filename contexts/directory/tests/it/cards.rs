//! Adding, editing, on behalf, conflicts, places, the bin.

use directory::queries;
use directory::usecases::add_structure::{self, AddRefused, AddStructure};
use directory::usecases::edit_card::{self, CardRefused, EditCard};
use directory::usecases::edit_site::{self, EditSite};
use directory::usecases::empty_bin;
use directory::usecases::register_site::{self, RegisterSite, SiteRefused};
use kernel::{Failure, Grams, Level, Role};
use network::CardState;
use network::usecases::bin_structure::{self, BinRefused, BinStructure};
use network::usecases::register_structure::RegisterRefused;

use crate::{facts, place};

testkit::both!(
    async fn a_structure_is_added_with_its_card_place_and_seat(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let cx = town.cx(town.facilitator("Olivier", ccas).await).await;
        let mut wrong = facts("Lilas");
        wrong.website = "javascript:alert(1)".into();
        let ask = |facts, site| AddStructure { facts, site, level: Level::Contributor };
        assert!(matches!(
            add_structure::run(&cx, &town.db, ask(wrong, None)).await,
            Err(Failure::Refused(AddRefused::Card(CardRefused::WebsiteWrong)))
        ));
        assert!(matches!(
            add_structure::run(&cx, &town.db, ask(facts("Lilas"), Some(place("Local", "9310", "Montreuil"))))
                .await,
            Err(Failure::Refused(AddRefused::Site(SiteRefused::PostcodeWrong)))
        ));
        let mut conn = town.db.read().await.unwrap();
        assert!(
            network::queries::namesakes(&mut conn, "lilas").await.unwrap().is_empty(),
            "nothing half written"
        );
        drop(conn);
        let id = add_structure::run(
            &cx,
            &town.db,
            ask(facts("Lilas"), Some(place("Local", "93100", "Montreuil"))),
        )
        .await
        .unwrap();
        let mut conn = town.db.read().await.unwrap();
        let card = queries::card(&mut conn, id).await.unwrap();
        assert_eq!(card.website.as_deref(), Some("https://lilas.exemple.fr"));
        assert_eq!(card.contact.phone.as_deref(), Some("01 48 70 00 00"));
        let profile = queries::profiles(&mut conn, &[id, ccas]).await.unwrap();
        assert_eq!(
            (profile[&id].persons_served, profile[&id].dry, profile[&id].chilled),
            (Some(123), Grams::kg(800), Grams::kg(120))
        );
        assert_eq!(profile[&ccas], queries::Profile::default());
        assert!(!profile[&id].receiving.is_unknown());
        assert_eq!(
            network::queries::member(&mut conn, town.coordination, id).await.unwrap().unwrap().level,
            Level::Contributor
        );
        drop(conn);
        // A contributor may only spot one; a facilitator who saves its card stands by it.
        let awa = town.cx(town.person("Awa", ccas, Role::Member).await).await;
        let spotted = add_structure::run(&awa, &town.db, ask(facts("Boulangerie"), None)).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let seen = network::queries::structure(&mut conn, spotted).await.unwrap().unwrap();
        assert_eq!(seen.state, CardState::Spotted);
        drop(conn);
        let edit = EditCard { structure: spotted, version: 1, facts: facts("Boulangerie du Coin") };
        edit_card::run(&cx, &town.db, edit).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let seen = network::queries::structure(&mut conn, spotted).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.name.as_str()), (CardState::Validated, "Boulangerie du Coin"));
    }
);

testkit::both!(
    async fn a_second_editor_never_overwrites_a_first(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let cx = town.cx(town.person("Awa", lilas, Role::Member).await).await;
        let edit = |version, facts| EditCard { structure: lilas, version, facts };
        edit_card::run(&cx, &town.db, edit(0, facts("Lilas"))).await.unwrap();
        assert!(matches!(
            edit_card::run(&cx, &town.db, edit(0, facts("Autre"))).await,
            Err(Failure::Conflict)
        ));
        town.clock.advance(chrono::Duration::minutes(1));
        edit_card::run(&cx, &town.db, edit(1, facts("Les Lilas"))).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let card = queries::card(&mut conn, lilas).await.unwrap();
        assert_eq!(
            (card.version, card.confirmed_at),
            (2, Some(cx.now())),
            "what its own people save, they stand by"
        );
        let acts = audit::history_of(&mut conn, lilas.uuid()).await.unwrap();
        assert_eq!(acts[1].detail.0["changed"], serde_json::json!(["name"]));
        assert!(
            !serde_json::to_string(&acts[0].detail.0).unwrap().contains("exemple.fr"),
            "names of fields, never a contact"
        );
        drop(conn);
        let mut wrong = facts("Les Lilas");
        wrong.description = "Appeler Mme X au 06 12 34 56 78".into();
        assert!(matches!(
            edit_card::run(&cx, &town.db, edit(2, wrong)).await,
            Err(Failure::Refused(CardRefused::DescriptionHolds(_)))
        ));
        let mut wrong = facts("Les Lilas");
        wrong.wishes.excluded = wrong.wishes.wanted.clone();
        assert!(matches!(
            edit_card::run(&cx, &town.db, edit(2, wrong)).await,
            Err(Failure::Refused(CardRefused::FamilyBoth))
        ));
        let mut wrong = facts("  ");
        wrong.identity.rna = Some("W1".into());
        assert!(matches!(
            edit_card::run(&cx, &town.db, edit(2, wrong)).await,
            Err(Failure::Refused(CardRefused::Identity(RegisterRefused::Nameless)))
        ));
    }
);

testkit::both!(
    async fn what_is_done_on_behalf_is_told(town: Town) {
        let (lilas, ccas) =
            (town.structure("Lilas", "association").await, town.structure("CCAS", "ccas").await);
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let olivier = town.cx(town.facilitator("Olivier", ccas).await).await;
        let edit = EditCard { structure: lilas, version: 0, facts: facts("Lilas") };
        edit_card::run(&olivier, &town.db, edit.clone()).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let told: Vec<(String, bool)> = conn
            .query("SELECT text_key, direct FROM notice WHERE person_id = $1")
            .bind(awa)
            .all()
            .await
            .unwrap();
        assert_eq!(told, [("directory-told-card".to_owned(), true)]);
        let acts = audit::history_of(&mut conn, lilas.uuid()).await.unwrap();
        assert_eq!(acts[0].on_behalf_of, Some(lilas));
        assert_eq!(
            queries::card(&mut conn, lilas).await.unwrap().confirmed_at,
            None,
            "others do not confirm for it"
        );
        drop(conn);
        // A facilitator acts for members of their coordination, and for nobody else's.
        let stranger = town.stranger("Ailleurs", "association").await;
        let other = EditCard { structure: stranger, version: 0, facts: facts("Ailleurs") };
        assert!(matches!(edit_card::run(&olivier, &town.db, other).await, Err(Failure::Forbidden)));
        let bruno = town.cx(town.person("Bruno", lilas, Role::Volunteer).await).await;
        assert!(matches!(edit_card::run(&bruno, &town.db, edit).await, Err(Failure::Forbidden)));
    }
);

testkit::both!(
    async fn places_are_registered_edited_and_closed(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let cx = town.cx(town.person("Awa", lilas, Role::Member).await).await;
        let ask = RegisterSite { structure: lilas, facts: place("Local", "93100", "Montreuil") };
        let id = register_site::run(&cx, &town.db, ask).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let site = queries::site(&mut conn, id).await.unwrap().unwrap();
        assert_eq!(
            (site.receiving.to_string().as_str(), site.dry, site.is_open),
            ("lundi 9:00-12:00", Grams::kg(800), true)
        );
        drop(conn);
        let mut hub = place("Local", "93100", "Montreuil");
        hub.is_hub = true;
        let edit = |version, facts, is_open| EditSite { site: id, version, facts, is_open };
        edit_site::run(&cx, &town.db, edit(1, hub.clone(), true)).await.unwrap();
        assert!(matches!(
            edit_site::run(&cx, &town.db, edit(1, hub.clone(), true)).await,
            Err(Failure::Conflict)
        ));
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(queries::hub_sites(&mut conn, town.coordination).await.unwrap().len(), 1);
        let elsewhere = kernel::CoordinationId::new(&town.job());
        assert!(queries::hub_sites(&mut conn, elsewhere).await.unwrap().is_empty());
        drop(conn);
        edit_site::run(&cx, &town.db, edit(2, hub.clone(), false)).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        assert!(queries::hub_sites(&mut conn, town.coordination).await.unwrap().is_empty());
        assert!(queries::sites_of(&mut conn, lilas).await.unwrap().is_empty());
        drop(conn);
        let mut wrong = hub;
        wrong.dry = Grams(-1);
        assert!(matches!(
            edit_site::run(&cx, &town.db, edit(3, wrong, true)).await,
            Err(Failure::Refused(SiteRefused::CapacityNegative))
        ));
    }
);

testkit::both!(
    async fn a_card_made_by_mistake_comes_back_for_thirty_days(town: Town) {
        let (lilas, ccas) =
            (town.structure("Lilas", "association").await, town.structure("CCAS", "ccas").await);
        town.person("Awa", lilas, Role::Lead).await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let cx = town.cx(olivier).await;
        let bin = |structure| BinStructure { structure };
        assert!(matches!(
            bin_structure::run(&cx, &town.db, bin(lilas)).await,
            Err(Failure::Refused(BinRefused::HasPeople))
        ));
        let added = AddStructure {
            facts: facts("Erreur"),
            site: Some(place("L", "93100", "Montreuil")),
            level: Level::Listed,
        };
        let error = add_structure::run(&cx, &town.db, added).await.unwrap();
        bin_structure::run(&cx, &town.db, bin(error)).await.unwrap();
        let members = async || {
            network::queries::members(&mut town.db.read().await.unwrap(), town.coordination)
                .await
                .unwrap()
                .len()
        };
        assert_eq!(members().await, 2);
        bin_structure::undo(&cx, &town.db, bin(error)).await.unwrap();
        assert_eq!(members().await, 3);
        bin_structure::run(&cx, &town.db, bin(error)).await.unwrap();
        empty_bin::run(&town.job(), &town.db).await.unwrap();
        assert!(
            network::queries::structure(&mut town.db.read().await.unwrap(), error).await.unwrap().is_some()
        );
        town.clock.advance(chrono::Duration::days(31));
        let cx = town.cx(olivier).await;
        assert!(matches!(
            bin_structure::undo(&cx, &town.db, bin(error)).await,
            Err(Failure::Refused(BinRefused::TooLate))
        ));
        empty_bin::run(&town.job(), &town.db).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        assert!(network::queries::structure(&mut conn, error).await.unwrap().is_none());
    }
);

testkit::both!(
    async fn the_points_of_places_in_use_are_known(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let here = kernel::geo::Point { latitude: 48.86, longitude: 2.44 };
        let (known, unknown) =
            (town.site(lilas, "Local", Some(here)).await, town.site(lilas, "Cave", None).await);
        let mut conn = town.db.read().await.unwrap();
        let points = queries::points(&mut conn, &[known, unknown]).await.unwrap();
        assert_eq!(points.into_iter().collect::<Vec<_>>(), [(known, here)]);
        assert!(queries::points(&mut conn, &[]).await.unwrap().is_empty());
    }
);
