//! Many people promise the same lot at the same moment: never more than there is.

use kernel::Grams;
use stock::usecases::reserve::{self, Reserve};

use crate::scene::{Scene, yoghurts};

testkit::both!(
    async fn a_lot_is_never_promised_twice(town: Town) {
        let scene = Scene::set(town).await;
        let lot = scene.receive(yoghurts(), Grams::kg(50)).await;
        let mut hands = Vec::new();
        for _ in 0..12 {
            let (cx, db, place, pantry) =
                (scene.keeper.clone(), scene.town.db.clone(), scene.chilled, scene.pantry);
            hands.push(tokio::spawn(async move {
                let mut kept = 0;
                for _ in 0..3 {
                    let command = Reserve {
                        lot,
                        place,
                        structure: pantry,
                        grams: Grams::kg(3),
                        purpose: "allocation",
                        subject: cx.new_uuid(),
                    };
                    let mut tx = db.write().await.unwrap();
                    match reserve::within(&cx, &mut tx, &command).await {
                        Ok(_) => {
                            tx.commit().await.unwrap();
                            kept += 1;
                        }
                        Err(kernel::Failure::Refused(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
                kept
            }));
        }
        let mut kept = 0;
        for hand in hands {
            kept += hand.await.unwrap();
        }
        assert_eq!(kept, 16, "16 × 3 kg fit in 50 kg");
        assert_eq!(scene.balance(lot, scene.chilled).await, (50_000, 48_000));
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_zone_opened_by_many_at_once_is_one(town: Town) {
        let scene = Scene::set(town).await;
        let mut hands = Vec::new();
        for _ in 0..6 {
            let (cx, db, coordination, pantry) =
                (scene.awa.clone(), scene.town.db.clone(), scene.town.coordination, scene.pantry);
            hands.push(tokio::spawn(async move {
                let mut tx = db.write().await.unwrap();
                let class = goods::TemperatureClass::Dry;
                let zone =
                    stock::usecases::ensure_zone::within(&cx, &mut tx, coordination, pantry, None, class)
                        .await
                        .unwrap();
                tx.commit().await.unwrap();
                zone
            }));
        }
        let mut zones = std::collections::BTreeSet::new();
        for hand in hands {
            zones.insert(hand.await.unwrap());
        }
        assert_eq!(zones.len(), 1);
    }
);
