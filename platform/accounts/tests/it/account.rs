//! A person's own page.

use kernel::Role;
use testkit::both;

both!(
    async fn people_say_how_they_are_called_and_written_to(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        assert_eq!(browser.get("/compte").await.location.as_deref(), Some("/connexion?retour=/compte"));
        browser.sign_in(awa).await;
        let account = browser.get("/compte").await;
        assert_eq!(account.attributes("#nom", "value"), ["Awa"]);
        assert!(account.text().contains("awa@exemple.fr"), "{}", account.text());

        let refused = browser.submit("/compte", &[("nom", " "), ("langue", "en"), ("rythme", "daily")]).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attributes("input[name='rythme'][checked]", "value"), ["daily"]);

        let kept =
            browser.submit("/compte", &[("nom", "Awa Diop"), ("langue", "en"), ("rythme", "daily")]).await;
        assert_eq!(kept.status, 303);
        let account = browser.get("/compte").await;
        assert!(account.text().contains("Your account"), "{}", account.text());
        assert_eq!(account.attributes("#nom", "value"), ["Awa Diop"]);
        assert_eq!(account.attributes("input[checked]", "value"), ["en", "daily"]);
        let person =
            accounts::people::person(&mut town.db.read().await.unwrap(), awa).await.unwrap().unwrap();
        assert_eq!((person.locale.as_str(), person.digest.as_str()), ("en", "daily"));
    }
);

both!(
    async fn other_devices_are_signed_out_and_this_one_stays(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let karim = town.person("Karim", lilas, Role::Lead).await;
        let (mut here, mut there, mut his) =
            (town.browser(vec![]).await, town.browser(vec![]).await, town.browser(vec![]).await);
        here.sign_in(awa).await;
        assert!(
            here.get("/compte")
                .await
                .attributes("form[action='/compte/appareils/fermer']", "action")
                .is_empty()
        );
        there.sign_in(awa).await;
        his.sign_in(karim).await;
        let account = here.get("/compte").await;
        assert_eq!(account.texts("#appareils + .list .list__title").len(), 2);
        assert_eq!(here.submit("/compte/appareils/fermer", &[("cle", "a")]).await.status, 303);
        assert!(here.get("/compte").await.text().contains("C’est fermé sur un autre appareil"));
        assert_eq!(there.get("/compte").await.status, 303);
        assert_eq!(his.get("/compte").await.status, 200, "nobody else's");
    }
);
