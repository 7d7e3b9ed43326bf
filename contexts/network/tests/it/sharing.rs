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

testkit::both!(
    async fn many_who_read_at_once_are_noted_each_and_every_time(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let mut owners = Vec::new();
        for at in 0..20 {
            owners.push(town.structure(&format!("Structure {at}"), "association").await);
        }
        let reader = town.cx(town.person("Rita", ccas, Role::Member).await).await;
        let mut conn = town.db.read().await.unwrap();
        let scopes = queries::scopes_of(&mut conn, &owners, FieldGroup::Contact).await.unwrap();
        drop(conn);
        let mut reading = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let mut gate = Gate::new(&reader, "list");
            for of in scopes.values() {
                assert_eq!(gate.reveal(of, FieldGroup::Contact, ()), Seen::Shown(()));
            }
            let db = town.db.clone();
            reading.spawn(async move { note_readings::run(&db, gate).await });
        }
        assert!(reading.join_all().await.into_iter().all(|noted| noted.is_ok()));
        let mut conn = town.db.read().await.unwrap();
        for owner in owners {
            let readings = access::readings_of(&mut conn, owner, reader.today()).await.unwrap();
            assert_eq!(readings.iter().map(|one| one.times).collect::<Vec<_>>(), [30]);
        }
    }
);

testkit::both!(
    async fn a_note_that_cannot_be_kept_is_told_and_the_next_one_is_kept(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let twice = || async {
            town.db
                .write_together(move |tx| {
                    Box::pin(async move {
                        for _ in 0..2 {
                            tx.query("INSERT INTO rate_window (bucket, starts_at, hits) VALUES ('b', $1, 1)")
                                .bind(chrono::DateTime::UNIX_EPOCH)
                                .run()
                                .await?;
                        }
                        Ok(())
                    })
                })
                .await
        };
        assert_eq!(twice().await.unwrap_err().kind(), store::Kind::Unique);
        let panicked = town.db.write_together(|_| Box::pin(async { panic!("on purpose") })).await;
        assert_eq!(panicked.unwrap_err().kind(), store::Kind::Unavailable);
        let kept = town
            .db
            .write_together(move |tx| {
                Box::pin(async move {
                    tx.query("UPDATE structure SET name = 'Kept' WHERE id = $1").bind(ccas).run().await?;
                    Ok(())
                })
            })
            .await;
        kept.unwrap();
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(queries::structure(&mut conn, ccas).await.unwrap().unwrap().name, "Kept");
        let left: i64 = conn.query("SELECT COUNT(*) FROM rate_window").value().await.unwrap();
        assert_eq!(left, 0);
    }
);

testkit::both!(
    async fn who_shares_is_found_without_reading_who_does_not(town: Town) {
        let (lilas, ccas, soupe) = (
            town.structure("Lilas", "association").await,
            town.structure("CCAS", "ccas").await,
            town.structure("Soupe", "association").await,
        );
        let awa = town.cx(town.person("Awa", lilas, Role::Lead).await).await;
        let stock = |scope, named: &[kernel::StructureId]| SetScope {
            structure: lilas,
            group: FieldGroup::Stock,
            scope,
            named: named.to_vec(),
            version: 0,
        };
        set_scope::run(&awa, &town.db, stock(Scope::Named, &[soupe])).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let everybody = [lilas, ccas, soupe];
        for group in FieldGroup::ALL {
            let all = queries::scopes_of(&mut conn, &everybody, group).await.unwrap();
            let sharing = queries::sharing(&mut conn, town.coordination, group).await.unwrap();
            // Alphabetical: CCAS, Lilas, Soupe.
            let beyond: Vec<_> = [ccas, lilas, soupe]
                .into_iter()
                .filter(|one| all[one].scope > Scope::Structure)
                .map(|one| (one, all[&one].clone()))
                .collect();
            let found: Vec<_> = sharing.into_iter().map(|(member, of)| (member.structure, of)).collect();
            assert_eq!(found, beyond, "{group:?}");
        }
        let among = queries::members_among(&mut conn, town.coordination, &[soupe, ccas]).await.unwrap();
        assert_eq!(among, [soupe, ccas].into());
        let elsewhere = kernel::CoordinationId::new(&town.job());
        assert!(queries::members_among(&mut conn, elsewhere, &everybody).await.unwrap().is_empty());
        assert!(queries::members_among(&mut conn, town.coordination, &[]).await.unwrap().is_empty());
    }
);
