//! The same button at the door, pressed twice: it ends where the first press did.

use kernel::Role;
use testkit::{Browser, Page, Town, both};

async fn sent(town: &Town) -> (String, String) {
    let letters = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
    let body = &letters[0].body_text;
    let link = body.lines().find_map(|line| line.strip_prefix("http://localhost")).unwrap().to_owned();
    let code = body.lines().map(str::trim).find(|line| line.len() == 6 && line.parse::<u32>().is_ok());
    (link, code.unwrap().to_owned())
}

/// Fills the form of a page in and sends it as often as it is pressed; whether the answers' cookies arrive is the
/// browser's affair.
async fn press(browser: &mut Browser, page: &Page, form: &str, typed: &[(&str, &str)]) -> Page {
    let selector = format!("form[action='{form}']");
    let pairs = page.filled(&selector, typed);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.submit(form, &pairs).await
}

async fn count(town: &Town, sql: &'static str) -> i64 {
    town.db.read().await.unwrap().query(sql).value().await.unwrap()
}

const SESSIONS: &str = "SELECT COUNT(*) FROM session";

async fn asked(town: &Town, browser: &mut Browser) -> (String, String) {
    let page = browser.get("/connexion?retour=/resume").await;
    let first = press(browser, &page, "/connexion", &[("email", "awa@exemple.fr")]).await;
    let second = press(browser, &page, "/connexion", &[("email", "awa@exemple.fr")]).await;
    assert_eq!((first.status, &first.location), (second.status, &second.location));
    assert_eq!(count(town, "SELECT COUNT(*) FROM sign_in_challenge").await, 1, "one letter, one code");
    sent(town).await
}

both!(
    async fn the_letters_button_pressed_twice_opens_one_session(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        let (link, _) = asked(&town, &mut browser).await;
        let page = browser.get(&link).await;
        // The answers to the first two presses never arrive, and their cookies with them.
        for _ in 0..3 {
            browser.forget();
            let entered = press(&mut browser, &page, "/connexion/lien", &[]).await;
            assert_eq!((entered.status.as_u16(), entered.location.as_deref()), (303, Some("/resume")));
        }
        assert_eq!(browser.get("/resume").await.status, 200);
        // The answer arrived and the button is pressed all the same.
        let again = press(&mut browser, &page, "/connexion/lien", &[]).await;
        assert_eq!((again.status.as_u16(), again.location.as_deref()), (303, Some("/resume")));
        assert_eq!(browser.get("/resume").await.status, 200);
        assert_eq!(count(&town, SESSIONS).await, 1, "one act, one session");
        // Whoever has the letter but not the page enters no more, nor does the page once its owner has left.
        let token = link.split_once("jeton-connexion=").unwrap().1.to_owned();
        let mut other = town.browser(vec![]).await;
        for typed in
            [vec![("jeton-connexion", token.as_str())], vec![("jeton-connexion", &token), ("cle", "devinée")]]
        {
            assert_eq!(other.submit("/connexion/lien", &typed).await.status, 410);
        }
        assert_eq!(browser.submit("/deconnexion", &[]).await.status, 303);
        press(&mut browser, &page, "/connexion/lien", &[]).await;
        assert_eq!(browser.get("/resume").await.status, 303, "an old page opens nothing");
        assert_eq!(count(&town, SESSIONS).await, 0);
    }
);

both!(
    async fn a_code_sent_twice_opens_one_session(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        let (_, code) = asked(&town, &mut browser).await;
        let page = browser.get("/connexion/code?email=awa@exemple.fr").await;
        for _ in 0..2 {
            browser.forget();
            let entered = press(&mut browser, &page, "/connexion/code", &[("code", &code)]).await;
            assert_eq!((entered.status.as_u16(), entered.location.as_deref()), (303, Some("/resume")));
            assert_eq!(browser.get("/resume").await.status, 200);
        }
        let again = press(&mut browser, &page, "/connexion/code", &[("code", &code)]).await;
        assert_eq!((again.status.as_u16(), again.location.as_deref()), (303, Some("/resume")));
        assert_eq!(count(&town, SESSIONS).await, 1);
        // Another page with the same code is another act, and the code is used up.
        let mut other = town.browser(vec![]).await;
        let page = other.get("/connexion/code?email=awa@exemple.fr").await;
        let late = press(&mut other, &page, "/connexion/code", &[("code", &code)]).await;
        assert_eq!(late.status, 422);
        assert_eq!(count(&town, SESSIONS).await, 1);
    }
);
