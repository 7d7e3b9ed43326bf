//! The lists of one's own: at present, to be fetched, past; the same whoever reads them and however much there is.

use collections::collection::{Collection, CollectionId};
use collections::queries;
use collections::usecases::take_over;
use kernel::StructureId;
use testkit::both;

use crate::scene::{Scene, taking, yoghurts};

fn ids(found: &[Collection]) -> Vec<CollectionId> {
    found.iter().map(|one| one.id).collect()
}

async fn past(scene: &Scene, structure: StructureId) -> Vec<CollectionId> {
    let mut conn = scene.town.db.read().await.unwrap();
    let (found, next) = queries::past(&mut conn, scene.town.coordination, structure, None).await.unwrap();
    assert!(next.is_none());
    ids(&found)
}

/// As many fetched holds as make a structure one that fetches often.
async fn fetched_a_thousand_times(scene: &Scene, collection: CollectionId, structure: StructureId) {
    let mut tx = scene.town.db.write().await.unwrap();
    for _ in 0..1_000 {
        tx.query(
            "INSERT INTO collection_reservation (id, collection_id, structure_id, grams, state, created_at)
             VALUES ($1, $2, $3, 1, 'taken_over', $4)",
        )
        .bind(scene.town.job().new_uuid())
        .bind(collection)
        .bind(structure)
        .bind(scene.town.job().now())
        .run()
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

both!(
    async fn what_is_over_is_found_by_both_sides_latest_first(town: Town) {
        let scene = Scene::set(town).await;
        let early = scene.posted(yoghurts()).await;
        let mut later = yoghurts();
        later.until += chrono::Duration::minutes(10);
        let late = scene.posted(later).await;
        let open = scene.posted(yoghurts()).await;
        for id in [early, late] {
            let hold = scene.reserve(&scene.awa, id, scene.lilas, 120).await.unwrap().hold;
            take_over::run(&scene.awa, &scene.town.db, taking(hold, 120)).await.unwrap();
        }
        assert_eq!(past(&scene, scene.shop).await, [late, early]);
        assert_eq!(past(&scene, scene.lilas).await, [late, early]);
        assert!(past(&scene, scene.soupe).await.is_empty());
        let mut conn = scene.town.db.read().await.unwrap();
        let mine = queries::mine(&mut conn, scene.town.coordination, scene.shop).await.unwrap();
        assert_eq!(ids(&mine), [open]);
        assert!(queries::mine(&mut conn, scene.town.coordination, scene.lilas).await.unwrap().is_empty());
        drop(conn);
        // Who fetches often reads another statement: it says the same.
        fetched_a_thousand_times(&scene, late, scene.lilas).await;
        assert_eq!(past(&scene, scene.lilas).await, [late, early]);
        fetched_a_thousand_times(&scene, late, scene.soupe).await;
        assert_eq!(past(&scene, scene.soupe).await, [late]);
    }
);
