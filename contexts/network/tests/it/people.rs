//! People of a structure: invited, changed, taken out, recognised.

use kernel::{Failure, Role, Via};
use network::queries;
use network::usecases::change_role::{self, ChangeRole, RoleRefused};
use network::usecases::invite_person::{self, InvitePerson, InviteRefused, PURPOSE};
use network::usecases::remove_person::{self, RemovePerson, RemoveRefused};
use network::usecases::{accept_invitation, act_for};

testkit::both!(
    async fn a_structure_never_loses_its_last_lead(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let cx = town.cx(awa).await;
        let invite = InvitePerson {
            structure: lilas,
            name: "Bruno".into(),
            email: "Bruno@Exemple.fr".into(),
            role: Role::Member,
        };
        let bruno = invite_person::run(&cx, &town.db, invite.clone()).await.unwrap();
        assert!(matches!(
            invite_person::run(&cx, &town.db, invite.clone()).await,
            Err(Failure::Refused(InviteRefused::AlreadyIn))
        ));
        assert!(matches!(
            invite_person::run(&town.cx(bruno).await, &town.db, invite).await,
            Err(Failure::Forbidden)
        ));
        let demote = ChangeRole { structure: lilas, person: awa, role: Role::Member };
        assert!(matches!(
            change_role::run(&cx, &town.db, demote.clone()).await,
            Err(Failure::Refused(RoleRefused::LastLead))
        ));
        let out = |person| RemovePerson { structure: lilas, person };
        assert!(matches!(
            remove_person::run(&cx, &town.db, out(awa)).await,
            Err(Failure::Refused(RemoveRefused::LastLead))
        ));
        change_role::run(&cx, &town.db, ChangeRole { structure: lilas, person: bruno, role: Role::Lead })
            .await
            .unwrap();
        change_role::run(&cx, &town.db, demote).await.unwrap();
        let bruno_cx = town.cx(bruno).await;
        let role = remove_person::run(&bruno_cx, &town.db, out(awa)).await.unwrap();
        assert_eq!(role, Role::Member);
        assert!(town.cx(awa).await.viewer.affiliations.is_empty());
        remove_person::undo(&bruno_cx, &town.db, out(awa), role).await.unwrap();
        assert_eq!(
            queries::people_of(&mut town.db.read().await.unwrap(), lilas, &[Role::Member]).await.unwrap(),
            [awa]
        );
    }
);

testkit::both!(
    async fn a_whole_territory_is_found_in_few_statements(town: Town) {
        let (mut structures, mut leads, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for at in 0..40 {
            let structure = town.structure(&format!("Structure {at}"), "association").await;
            let lead = town.person(&format!("Lead {at}"), structure, Role::Lead).await;
            let volunteer = town.person(&format!("Volunteer {at}"), structure, Role::Volunteer).await;
            structures.push(structure);
            leads.push(lead);
            all.extend([lead, volunteer]);
        }
        let mut conn = town.db.read().await.unwrap();
        let sorted = |mut people: Vec<kernel::PersonId>| {
            people.sort_unstable();
            people
        };
        let found = queries::people_of_many(&mut conn, &structures, &[Role::Lead]).await.unwrap();
        assert_eq!(sorted(found), sorted(leads));
        let found = queries::people_of_many(&mut conn, &structures, &[]).await.unwrap();
        assert_eq!(sorted(found), sorted(all));
    }
);

testkit::both!(
    async fn an_invitation_opens_the_door_once(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let cx = town.cx(town.person("Awa", lilas, Role::Lead).await).await;
        let invite = InvitePerson {
            structure: lilas,
            name: "Bruno".into(),
            email: "b@exemple.fr".into(),
            role: Role::Volunteer,
        };
        let bruno = invite_person::run(&cx, &town.db, invite).await.unwrap();
        let holder = town.link_cx(PURPOSE, bruno.uuid(), Some(lilas));
        let other = town.link_cx("collections.answer", bruno.uuid(), Some(lilas));
        assert!(matches!(
            accept_invitation::run(&other, &town.db, bruno, false).await,
            Err(Failure::Forbidden)
        ));
        accept_invitation::run(&holder, &town.db, bruno, false).await.unwrap();
        assert!(matches!(
            accept_invitation::run(&holder, &town.db, bruno, false).await,
            Err(Failure::Forbidden)
        ));
    }
);

testkit::both!(
    async fn whoever_is_taken_out_is_not_recognised_any_more(town: Town) {
        let (lilas, ccas) =
            (town.structure("Lilas", "association").await, town.structure("CCAS", "ccas").await);
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut conn = town.db.read().await.unwrap();
        let known = network::recognise(&mut conn, Some(awa), Some(ccas), None).await.unwrap();
        assert_eq!(known.viewer.structure, Some(lilas), "a choice that does not hold is not kept");
        assert_eq!(
            (known.coordination, known.structure_name.as_deref()),
            (Some(town.coordination), Some("Lilas"))
        );
        assert_eq!(known.viewer.via, Via::Anonymous, "the door is for others to say");
        let link = network::recognise(&mut conn, None, Some(ccas), Some(town.coordination)).await.unwrap();
        assert!(link.viewer.affiliations.is_empty() && link.viewer.memberships.is_empty());
        assert_eq!(link.coordination_name.as_deref(), Some("CASAAM"));
        drop(conn);
        let cx = town.cx(awa).await;
        assert!(matches!(act_for::run(&cx, &town.db, ccas, None).await, Err(Failure::Forbidden)));
        act_for::run(&cx, &town.db, lilas, Some(town.coordination)).await.unwrap();
        let mut tx = town.db.write().await.unwrap();
        tx.query("UPDATE structure SET binned_at = $1").bind(cx.now()).run().await.unwrap();
        tx.commit().await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let known = network::recognise(&mut conn, Some(awa), Some(lilas), None).await.unwrap();
        assert_eq!((known.viewer.structure, known.coordination), (None, None));
    }
);
