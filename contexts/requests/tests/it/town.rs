//! What these tests need of the town.

use goods::FamilyCode;
use kernel::{Cx, Grams, PersonId, Role, StructureId};
use requests::Wanted;
use requests::usecases::post::{self, Post, Posted};
use testkit::Town;

/// An épicerie with a lead, in a town with its families.
pub(crate) async fn epicerie(town: &Town) -> (StructureId, PersonId) {
    let mut tx = town.db.write().await.unwrap();
    goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
    tx.commit().await.unwrap();
    let lilas = town.structure("Épicerie des Lilas", "association").await;
    let awa = town.person("Awa", lilas, Role::Lead).await;
    (lilas, awa)
}

pub(crate) fn wanted(family: &str, kg: i64) -> Wanted {
    Wanted { family: FamilyCode::from(family), temperature: None, grams: Grams::kg(kg) }
}

pub(crate) fn ask(cx: &Cx, structure: StructureId, in_days: i64, lines: Vec<Wanted>) -> Post {
    Post {
        structure,
        site: None,
        needed_on: cx.today() + chrono::Duration::days(in_days),
        households: Some(40),
        persons: Some(90),
        note: String::new(),
        lines,
    }
}

pub(crate) async fn asked(town: &Town, cx: &Cx, structure: StructureId) -> Posted {
    post::run(cx, &town.db, ask(cx, structure, 2, vec![wanted("dairy", 20), wanted("starches", 15)]))
        .await
        .unwrap()
}
