//! The first coordination of an empty installation, its second facilitator, and a second coordination.

use kernel::{Level, TerritoryId, World};
use network::{Facilitation, Sector, StructureKind, TerritoryLevel, queries};
use tablee::open::{self, Opening};
use testkit::{Town, both};

fn opening(structure: &str, name: &str, email: &str) -> Opening {
    Opening {
        territory: "Montreuil".into(),
        level: TerritoryLevel::Commune,
        insee: Some("93048".into()),
        zone: "Europe/Paris".parse().unwrap(),
        coordination: "Table de Montreuil".into(),
        full_name: None,
        help_phone: Some("01 99 00 00 01".into()),
        structure: structure.into(),
        kind: StructureKind::Ccas,
        sector: None,
        name: name.into(),
        email: email.into(),
        lang: kernel::Locale::Fr,
    }
}

async fn empty(town: &Town) {
    let mut tx = town.db.write().await.unwrap();
    tx.query("DELETE FROM coordination").run().await.unwrap();
    tx.query("DELETE FROM territory").run().await.unwrap();
    tx.commit().await.unwrap();
}

both!(
    async fn an_empty_installation_is_opened_by_one_command(town: Town) {
        empty(&town).await;
        let first = opening("CCAS", "Odile Garnier", "odile@exemple.fr");
        let opened = open::run(&town.db, World::real(), &first).await.unwrap();
        assert_eq!(opened.facilitation, Facilitation::OnePerson);
        let mut conn = town.db.read().await.unwrap();
        let seats = queries::members(&mut conn, opened.coordination).await.unwrap();
        assert_eq!((seats.len(), seats[0].sector, seats[0].level), (1, Sector::Social, Level::Signatory));
        assert_eq!(goods::queries::families(&mut conn, opened.coordination).await.unwrap().len(), 12);
        drop(conn);

        // The way in is a page with one button, and it works once.
        let mut browser = town.browser(vec![network::room()]).await;
        let page = browser.visit(&opened.path).await;
        assert!(page.text().contains("Bienvenue Odile Garnier"), "{}", page.text());
        let action = page.attributes("main form", "action").remove(0);
        let sent = page.filled("main form", &[]);
        let sent: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(browser.submit(&action, &sent).await.status, 303);
        assert!(browser.get("/coordination").await.text().contains("Table de Montreuil"));

        // The second facilitator, from another structure: nothing is opened twice.
        let second = opening("Secours de la Boissière", "Aminata Diallo", "aminata@exemple.fr");
        let second = Opening { kind: StructureKind::Association, ..second };
        let again = open::run(&town.db, World::real(), &second).await.unwrap();
        assert_eq!((again.coordination, again.facilitation), (opened.coordination, Facilitation::Shared));

        // The same line once more gives a new way in and changes nothing else.
        let same = open::run(&town.db, World::real(), &first).await.unwrap();
        assert_eq!((same.person, same.facilitation), (opened.person, Facilitation::Shared));
        assert_ne!(same.path, opened.path);

        // Another table, wider, facilitated by somebody known.
        let wider = Opening {
            territory: "Est Ensemble".into(),
            level: TerritoryLevel::Ept,
            insee: None,
            coordination: "Table d’Est Ensemble".into(),
            ..first.clone()
        };
        let other = open::run(&town.db, World::real(), &wider).await.unwrap();
        assert_ne!(other.coordination, opened.coordination);
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(queries::coordinations(&mut conn).await.unwrap().len(), 2);
        let structures: i64 = conn.query("SELECT COUNT(*) FROM structure").value().await.unwrap();
        assert_eq!(structures, 2);
    }
);

both!(
    async fn what_is_refused_leaves_nothing_behind(town: Town) {
        empty(&town).await;
        let nobody = opening("CCAS", "  ", "odile@exemple.fr");
        assert!(open::run(&town.db, World::real(), &nobody).await.is_err());
        let addressless = opening("CCAS", "Odile", "odile");
        assert!(open::run(&town.db, World::real(), &addressless).await.is_err());
        let mut conn = town.db.read().await.unwrap();
        let drawn: Vec<(TerritoryId,)> = conn.query("SELECT id FROM territory").all().await.unwrap();
        assert!(drawn.is_empty());
        assert!(queries::coordinations(&mut conn).await.unwrap().is_empty());
    }
);
