//! Scopes: only leads set them, nobody overwrites anybody, every reading is noted.

use access::{FieldGroup, Gate, Scope, Seen};
use kernel::{Failure, Role};
use network::queries;
use network::usecases::note_readings;
use network::usecases::set_scope::{self, ScopeRefused, SetScope};

testkit::both!(
    async fn only_a_lead_decides_and_nobody_overwrites(town: Town) {
        let (lilas, ccas) =
            (town.structure("Lilas", "association").await, town.structure("CCAS", "ccas").await);
        let awa = town.cx(town.person("Awa", lilas, Role::Lead).await).await;
        let bruno = town.cx(town.person("Bruno", lilas, Role::Member).await).await;
        let olivier = town.cx(town.facilitator("Olivier", ccas).await).await;
        let set = |scope, named: &[kernel::StructureId], version| SetScope {
            structure: lilas,
            group: FieldGroup::Contact,
            scope,
            named: named.to_vec(),
            version,
        };
        for cx in [&bruno, &olivier] {
            assert!(matches!(
                set_scope::run(cx, &town.db, set(Scope::Public, &[], 0)).await,
                Err(Failure::Forbidden)
            ));
        }
        set_scope::run(&awa, &town.db, set(Scope::Me, &[], 0)).await.unwrap();
        assert!(matches!(
            set_scope::run(&awa, &town.db, set(Scope::Public, &[], 0)).await,
            Err(Failure::Conflict)
        ));
        assert!(matches!(
            set_scope::run(&awa, &town.db, set(Scope::Named, &[lilas], 1)).await,
            Err(Failure::Refused(ScopeRefused::NobodyNamed))
        ));
        let unknown = kernel::StructureId::new(&town.job());
        assert!(matches!(
            set_scope::run(&awa, &town.db, set(Scope::Named, &[unknown], 1)).await,
            Err(Failure::Refused(ScopeRefused::UnknownNamed))
        ));
        set_scope::run(&awa, &town.db, set(Scope::Named, &[ccas, ccas], 1)).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let of = queries::scope_of(&mut conn, lilas, FieldGroup::Contact).await.unwrap();
        assert_eq!(
            (of.scope, of.named.as_slice(), of.coordinations.as_slice()),
            (Scope::Named, &[ccas][..], &[town.coordination][..])
        );
        let many = queries::scopes_of(&mut conn, &[lilas, ccas], FieldGroup::Contact).await.unwrap();
        assert_eq!(many[&lilas], of);
        assert_eq!(many[&ccas].scope, Scope::Coordination);
        let names = queries::structure_names(&mut conn, &[ccas, lilas]).await.unwrap();
        assert_eq!((names[&lilas].as_str(), names.len()), ("Lilas", 2));
    }
);

testkit::both!(
    async fn what_others_read_is_noted_and_what_they_may_not_is_hidden(town: Town) {
        let (lilas, ccas) =
            (town.structure("Lilas", "association").await, town.structure("CCAS", "ccas").await);
        let reader = town.cx(town.person("Rita", ccas, Role::Member).await).await;
        let mut conn = town.db.read().await.unwrap();
        let contact = queries::scope_of(&mut conn, lilas, FieldGroup::Contact).await.unwrap();
        let stock = queries::scope_of(&mut conn, lilas, FieldGroup::Stock).await.unwrap();
        drop(conn);
        for _ in 0..2 {
            let mut gate = Gate::new(&reader, "page");
            assert_eq!(gate.reveal(&contact, FieldGroup::Contact, 1), Seen::Shown(1));
            assert_eq!(gate.reveal(&stock, FieldGroup::Stock, 1), Seen::Hidden);
            note_readings::run(&town.db, gate).await.unwrap();
        }
        let mut conn = town.db.read().await.unwrap();
        let readings = access::readings_of(&mut conn, lilas, reader.today()).await.unwrap();
        let [one] = readings.as_slice() else { panic!("{readings:?}") };
        assert_eq!(
            (one.reader_id, one.what.as_str(), one.surface.as_str(), one.times),
            (ccas, "contact", "page", 2)
        );
    }
);
