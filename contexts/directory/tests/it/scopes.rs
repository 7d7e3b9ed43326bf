//! Each role × each scope × each surface: what may be seen is the same everywhere, and is what the table says.

use access::{FieldGroup, Gate, Scope, Seen};
use directory::seen::{self, Filter};
use directory::usecases::edit_card::{self, EditCard};
use documents::sheets::Cell;
use kernel::{CoordinationId, Cx, Role, StructureId};
use network::usecases::set_scope::{self, SetScope};
use network::{Settings, queries};
use testkit::Town;

use crate::facts;

const PHONE: &str = "01 48 70 00 00";

/// The roles, and up to which scopes each sees, in the order me, structure, named, coordination, public.
const TABLE: [(&str, [bool; 5]); 11] = [
    ("lead", [true, true, true, true, true]),
    ("member", [false, true, true, true, true]),
    ("volunteer", [false, true, true, true, true]),
    ("named", [false, false, true, true, true]),
    ("reader", [false, false, false, true, true]),
    ("facilitator", [false, false, false, true, true]),
    ("listed", [false, false, false, false, true]),
    ("stranger", [false, false, false, false, true]),
    ("link", [false, false, false, false, true]),
    ("nobody", [false, false, false, false, true]),
    ("job", [true, true, true, true, true]),
];

struct People {
    owner: StructureId,
    named: StructureId,
    coordination: CoordinationId,
    cx: Vec<(&'static str, Cx)>,
}

async fn people(town: &Town) -> People {
    let owner = town.structure("Lilas", "association").await;
    let named = town.structure("Nommée", "association").await;
    let reader = town.structure("Lectrice", "association").await;
    let listed = town.structure("Listée", "association").await;
    let ccas = town.structure("CCAS", "ccas").await;
    let stranger = town.stranger("Ailleurs", "association").await;
    let mut tx = town.db.write().await.unwrap();
    for (structure, level) in [(reader, "reader"), (listed, "listed")] {
        tx.query("UPDATE membership SET level = $1 WHERE structure_id = $2")
            .bind(level)
            .bind(structure)
            .run()
            .await
            .unwrap();
    }
    let job = town.job();
    let elsewhere = network::usecases::create_coordination::CreateCoordination {
        territory: town.territory,
        parent: None,
        name: "Ailleurs".into(),
        full_name: String::new(),
        help_phone: None,
        settings: Settings::default(),
    };
    let elsewhere = network::usecases::create_coordination::within(&job, &mut tx, &elsewhere).await.unwrap();
    tx.query("INSERT INTO membership (coordination_id, structure_id, level, since) VALUES ($1, $2, 'signatory', $3)")
        .bind(elsewhere).bind(stranger).bind(job.today()).run().await.unwrap();
    tx.commit().await.unwrap();
    let lead = town.person("Lead", owner, Role::Lead).await;
    let cx = vec![
        ("lead", town.cx(lead).await),
        ("member", town.cx(town.person("Member", owner, Role::Member).await).await),
        ("volunteer", town.cx(town.person("Volunteer", owner, Role::Volunteer).await).await),
        ("named", town.cx(town.person("Named", named, Role::Volunteer).await).await),
        ("reader", town.cx(town.person("Reader", reader, Role::Lead).await).await),
        ("facilitator", town.cx(town.facilitator("Facilitator", ccas).await).await),
        ("listed", town.cx(town.person("Listed", listed, Role::Lead).await).await),
        ("stranger", town.cx(town.person("Stranger", stranger, Role::Lead).await).await),
        ("link", town.link_cx("collections.answer", owner.uuid(), Some(owner))),
        ("nobody", town.nobody()),
        ("job", town.job()),
    ];
    let lead_cx = town.cx(lead).await;
    edit_card::run(&lead_cx, &town.db, EditCard { structure: owner, version: 0, facts: facts("Lilas") })
        .await
        .unwrap();
    People { owner, named, coordination: town.coordination, cx }
}

async fn share(town: &Town, people: &People, group: FieldGroup, scope: Scope) {
    let lead = &people.cx[0].1;
    let version =
        queries::choice_of(&mut town.db.read().await.unwrap(), people.owner, group).await.unwrap().version;
    let command = SetScope { structure: people.owner, group, scope, named: vec![people.named], version };
    set_scope::run(lead, &town.db, command).await.unwrap();
}

testkit::both!(
    async fn each_role_each_scope_each_surface(town: Town) {
        let people = people(&town).await;
        let filter = Filter { text: "lilas".into(), sector: None };
        for (at, scope) in Scope::ALL.into_iter().enumerate() {
            for (group, others) in
                [(FieldGroup::Identity, FieldGroup::Contact), (FieldGroup::Contact, FieldGroup::Identity)]
            {
                share(&town, &people, group, scope).await;
                share(&town, &people, others, Scope::Public).await;
                for (role, expected) in TABLE {
                    let cx = &people.cx.iter().find(|(name, _)| *name == role).unwrap().1;
                    let may = expected[at];
                    let told = format!("{role} × {} × {}", scope.code(), group.code());
                    let mut conn = town.db.read().await.unwrap();

                    // The card.
                    let mut gate = Gate::new(cx, "page");
                    let card = seen::card(&mut conn, cx, &mut gate, people.owner).await.unwrap().unwrap();
                    let shown = match group {
                        FieldGroup::Identity => card.identity != Seen::Hidden,
                        _ => card.contact != Seen::Hidden,
                    };
                    assert_eq!(shown, may, "card: {told}");
                    assert!(
                        card.identity != Seen::Hidden || card.contact != Seen::Hidden,
                        "the other group is public"
                    );

                    // The list and the search, the choices of a form: by identity.
                    for (surface, filter) in [("list", Filter::default()), ("search", filter.clone())] {
                        let mut gate = Gate::new(cx, surface);
                        let lines =
                            seen::list(&mut conn, cx, &mut gate, people.coordination, &filter).await.unwrap();
                        let there = lines.iter().any(|line| line.id == people.owner);
                        assert_eq!(there, group != FieldGroup::Identity || may, "{surface}: {told}");
                    }
                    let mut gate = Gate::new(cx, "form");
                    let choices = seen::choices(&mut conn, cx, &mut gate, people.coordination).await.unwrap();
                    let there = choices.iter().any(|choice| choice.label == "Lilas");
                    assert_eq!(there, group != FieldGroup::Identity || may, "form: {told}");
                    let mut gate = Gate::new(cx, "form");
                    let members =
                        queries::visible_members(&mut conn, &mut gate, people.coordination).await.unwrap();
                    let there = members.iter().any(|member| member.structure == people.owner);
                    assert_eq!(there, group != FieldGroup::Identity || may, "table: {told}");

                    // The export.
                    let words = words(cx);
                    let mut gate = Gate::new(cx, "export");
                    let table = seen::export(&mut conn, cx, &words, &mut gate, people.coordination, &filter)
                        .await
                        .unwrap();
                    let cells: Vec<&Cell> = table.rows.iter().flatten().collect();
                    if group == FieldGroup::Identity {
                        assert_eq!(!cells.is_empty(), may, "export: {told}");
                    } else {
                        assert_eq!(cells.contains(&&Cell::from(PHONE)), may, "export: {told}");
                        let hidden = Cell::from("non partagé");
                        assert_eq!(
                            cells.contains(&&hidden),
                            !may || role_sees_less(role),
                            "hidden is said: {told}"
                        );
                    }
                }
            }
        }
    }
);

/// Roles from which other groups of the card are hidden whatever the contact's scope.
fn role_sees_less(role: &str) -> bool {
    matches!(role, "listed" | "stranger" | "link" | "nobody")
}

fn words(cx: &Cx) -> i18n::Words {
    let sources = i18n::sources()
        .into_iter()
        .chain(web::sources())
        .chain(network::sources())
        .chain(directory::sources())
        .chain(goods::sources());
    i18n::Words::new(std::sync::Arc::new(i18n::Catalogue::new(sources).unwrap()), cx)
}

testkit::both!(
    async fn the_page_itself_follows_the_same_table(town: Town) {
        let people = people(&town).await;
        let mut browser = town.browser(vec![network::room(), directory::room(), goods::room()]).await;
        let path = format!("/structures/{}", people.owner);
        for (at, scope) in Scope::ALL.into_iter().enumerate() {
            share(&town, &people, FieldGroup::Contact, scope).await;
            for (role, expected) in TABLE.into_iter().filter(|(role, _)| !matches!(*role, "link" | "job")) {
                browser.forget();
                if let Some(person) = people.cx.iter().find(|(name, _)| *name == role).unwrap().1.person() {
                    browser.sign_in(person).await;
                }
                let page = browser.get(&path).await;
                assert_eq!(page.status, 200, "{role}");
                assert_eq!(page.text().contains(PHONE), expected[at], "{role} × {}", scope.code());
                if !expected[at] {
                    assert!(page.text().contains("Non partagé avec vous."), "{role}");
                }
            }
        }
        share(&town, &people, FieldGroup::Identity, Scope::Me).await;
        browser.forget();
        for path in [path.clone(), format!("{path}/modifier"), format!("{path}/historique")] {
            let page = browser.get(&path).await;
            assert!(page.status == 404 || page.location.is_some(), "{path}: {}", page.status);
        }
        // Whoever read what was not public is known to the owner, as a structure.
        let mut conn = town.db.read().await.unwrap();
        let readings = access::readings_of(&mut conn, people.owner, town.job().today()).await.unwrap();
        assert!(readings.iter().any(|reading| reading.what == "contact" && reading.surface == "page"));
        assert!(readings.iter().all(|reading| reading.reader_id != people.owner));
    }
);
