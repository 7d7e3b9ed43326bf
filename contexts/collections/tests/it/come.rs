//! The letter about an urgent offer opens a page without an account: whoever reads it says that they come, or no longer.

use axum::http::StatusCode;
use kernel::{Grams, PersonId};
use testkit::{Page, both};

use crate::pages::{house, send};
use crate::scene::{Scene, yoghurts};

/// The link of the latest letter to somebody.
async fn link_to(scene: &Scene, person: Option<PersonId>) -> String {
    let mut conn = scene.town.db.read().await.unwrap();
    conn.query(
        "SELECT link FROM notice WHERE person_id = $1 AND link LIKE '/l/%'
         ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind(person)
    .value()
    .await
    .unwrap()
}

fn plain(page: &Page) -> String {
    page.text().replace(['\u{a0}', '\u{202f}'], " ")
}

both!(
    async fn whoever_is_told_of_urgent_goods_comes_by_the_letter_alone(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let token = link_to(&scene, scene.lea.person()).await;
        let token = token.strip_prefix("/l/").expect("a personal link").to_owned();
        let here = format!("/collectes/{id}/venir?jeton={token}");
        let mut phone = house(&scene).await;
        let page = phone.get(&format!("/l/{token}")).await;
        assert_eq!(page.location.as_deref(), Some(here.as_str()));
        let page = phone.get(&here).await;
        let said = plain(&page);
        for words in
            ["Vous répondez pour", "Yaourts nature", "120 kg", "Venez-vous ?", "Supermarché de la Croix"]
        {
            assert!(said.contains(words), "{words} in {said}");
        }

        // Nonsense is said at its field, and nothing is lost.
        let refused = send(&mut phone, &page, "form.narrow", &here, &[("quantite", "500")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.attributes("#quantite", "value"), ["500"]);
        let sent = send(
            &mut phone,
            &page,
            "form.narrow",
            &here,
            &[("quantite", "40"), ("rangement", "Une glacière")],
        )
        .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        assert_eq!(scene.collection(id).await.taken, Grams::kg(40));
        let page = phone.get(&here).await;
        assert!(plain(&page).contains("40 kg sont réservés pour vous"), "{}", page.text());

        // The link is for this offer and this structure: it opens no other page, and nobody else's hold.
        let board = phone.get(&format!("/collectes?jeton={token}")).await;
        assert!(board.location.is_some_and(|to| to.starts_with("/connexion")));
        let whole = phone.get(&format!("/collectes/{id}?jeton={token}")).await;
        assert!(whole.location.is_some_and(|to| to.starts_with("/connexion")));
        let theirs = scene.reserve(&scene.awa, id, scene.lilas, 20).await.unwrap().hold;
        let release = format!("/collectes/{id}/venir/{theirs}/annuler?jeton={token}");
        assert_eq!(phone.submit(&release, &[]).await.status, StatusCode::NOT_FOUND);
        let other = scene.posted(yoghurts()).await;
        let elsewhere = phone.get(&format!("/collectes/{other}/venir?jeton={token}")).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        let mut nobody = house(&scene).await;
        let door = nobody.get(&format!("/collectes/{id}/venir")).await;
        assert!(door.location.is_some_and(|to| to.starts_with("/connexion")));

        // Plans change: their part is free again.
        let release = page.attributes("form[action*='/venir/']", "action")[0].clone();
        let back = send(&mut phone, &page, "form[action*='/venir/']", &release, &[]).await;
        assert_eq!(back.location.as_deref(), Some(here.as_str()), "{}", back.text());
        assert_eq!(scene.collection(id).await.taken, Grams::kg(20));
    }
);

both!(
    async fn a_partner_asked_first_answers_by_the_letter(town: Town) {
        let scene = Scene::set(town).await;
        scene.agreed().await;
        let id = scene.posted(yoghurts()).await;
        let token = link_to(&scene, scene.awa.person()).await;
        let token = token.strip_prefix("/l/").expect("a personal link").to_owned();
        let here = format!("/collectes/{id}/venir?jeton={token}");
        let mut phone = house(&scene).await;
        let page = phone.get(&here).await;
        assert!(plain(&page).contains("Venez-vous ?"), "{}", page.text());
        let sent = send(
            &mut phone,
            &page,
            "form.narrow",
            &here,
            &[("quantite", "100"), ("rangement", "Deux frigos")],
        )
        .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        // The others are told of what is left, and come by letters of their own.
        assert_eq!(scene.told(scene.lea.person()).await, ["!collections-told-urgent"]);
        link_to(&scene, scene.lea.person()).await;
    }
);
