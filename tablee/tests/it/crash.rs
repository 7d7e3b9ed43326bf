//! Killed in the middle of a write, again and again: after the restart the ledger adds up, and the client's retry with
//! the same key ends in one effect.

use std::time::Duration;

use kernel::{Cx, PersonId, Role, Viewer, World};
use store::Db;
use tablee::doctor;
use testkit::{Page, Town, both};

use crate::process::{Server, ask, encoded};

/// How many times each act is cut short; the moment of the cut walks through the act.
const CUTS: u64 = 10;

/// A form to send, and how to count what it did.
struct Act {
    /// The page that holds the form.
    page: String,
    /// Which form on it.
    form: &'static str,
    /// What is typed; `{n}` becomes the number of the try, so that each try is another act.
    typed: Vec<(&'static str, String)>,
    /// Counts the effects of one try.
    count: &'static str,
}

async fn session(town: &Town, person: PersonId) -> String {
    let cx = Cx::new(World::real(), Viewer::default());
    let mut tx = town.db.write().await.unwrap();
    let token = accounts::sessions::open(&mut tx, &cx, person, false).await.unwrap();
    tx.commit().await.unwrap();
    format!("{}={}", accounts::sessions::COOKIE, token.reveal())
}

async fn count(db: &Db, sql: &'static str, mark: &str) -> i64 {
    db.read().await.unwrap().query(sql).bind(mark.to_owned()).value().await.unwrap()
}

async fn cut_short(town: &Town, cookie: &str, act: &Act) {
    let mut server = Server::start(&town.address);
    for n in 0..CUTS {
        let mark = format!("essai {n}");
        let page = ask(server.host(), "GET", &act.page, cookie, None).expect("the form's page");
        assert_eq!(page.status, 200, "{}: {}", act.page, page.text());
        let typed: Vec<(&str, String)> =
            act.typed.iter().map(|(name, value)| (*name, value.replace("{n}", &mark))).collect();
        let changes: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = encoded(&page.filled(act.form, &changes));
        let (host, path, with, sent) =
            (server.host().to_owned(), act.page.clone(), cookie.to_owned(), body.clone());
        let sending = std::thread::spawn(move || ask(&host, "POST", &path, &with, Some(&sent)));
        // The first cuts fall before the act, the last after it.
        std::thread::sleep(Duration::from_millis(n * 3));
        server.kill();
        let first: Option<Page> = sending.join().unwrap();
        server = Server::start(&town.address);
        assert_eq!(doctor::examine(&town.db).await.unwrap(), [], "after cut {n} of {}", act.page);
        let before = count(&town.db, act.count, &mark).await;
        assert!(before <= 1, "cut {n}: {before} effects of one act");
        if first.is_some_and(|answer| answer.status == 303) {
            assert_eq!(before, 1, "cut {n}: the client was told it was done");
        }
        let again = ask(server.host(), "POST", &act.page, cookie, Some(&body)).expect("an answer");
        assert_eq!(again.status, 303, "the retry: {}", again.text());
        assert_eq!(count(&town.db, act.count, &mark).await, 1, "cut {n}: one effect after the retry");
    }
    drop(server);
    assert_eq!(doctor::examine(&town.db).await.unwrap(), []);
}

/// A town whose clock says today, since the server's does.
async fn prepare(town: &Town) -> String {
    town.clock.set(World::real().clock.now());
    let mut tx = town.db.write().await.unwrap();
    goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
    tx.commit().await.unwrap();
    let lilas = town.structure("Épicerie des Lilas", "association").await;
    town.hub(lilas, "Plateforme").await;
    let awa = town.person("Awa", lilas, Role::Lead).await;
    session(town, awa).await
}

both!(
    async fn a_request_is_posted_once(town: Town) {
        let cookie = prepare(&town).await;
        let act = Act {
            page: "/demandes/nouvelle".to_owned(),
            form: "form[method=post][action^='/demandes']",
            typed: vec![("kg-starches", "12".to_owned()), ("note", "{n}".to_owned())],
            count: "SELECT COUNT(*) FROM request WHERE note = $1",
        };
        cut_short(&town, &cookie, &act).await;
    }
);

both!(
    async fn a_delivery_is_received_once(town: Town) {
        let cookie = prepare(&town).await;
        let act = Act {
            page: "/stock/recevoir".to_owned(),
            form: "form[method=post][action^='/stock']",
            typed: vec![
                ("produit-1", "{n}".to_owned()),
                ("poids-1", "40".to_owned()),
                ("famille-1", "starches".to_owned()),
                ("mesure-1", "pese".to_owned()),
                ("conservation-1", "dry".to_owned()),
                ("date-type-1", "none".to_owned()),
            ],
            count: "SELECT COUNT(*) FROM lot l JOIN entry e ON e.lot_id = l.id WHERE l.product = $1",
        };
        cut_short(&town, &cookie, &act).await;
    }
);
