//! What reaches people, in what order, in whose name.

use accounts::{Note, Sender, SenderOf, notify, notify_before};
use chrono::Duration;
use kernel::{PersonId, Role};
use testkit::{Browser, Town, both};

const KEYS: [&str; 2] = ["accounts-mail-hello", "accounts-digest-stop-label"];

fn note(key: &'static str, name: &str, link: &str) -> Note {
    Note { direct: true, key, args: vec![("name".to_owned(), name.into())], link: link.to_owned() }
}

async fn say(town: &Town, to: PersonId, note: Note, before: Option<Duration>) {
    let cx = town.job();
    let mut tx = town.db.write().await.unwrap();
    match before {
        Some(before) => notify_before(&mut tx, &cx, &[to], note, cx.now() + before).await.unwrap(),
        None => notify(&mut tx, &cx, &[to], note).await.unwrap(),
    }
    tx.commit().await.unwrap();
}

async fn work(town: &Town, browser: &Browser) -> Vec<mail::Posted> {
    let of: SenderOf = |_, _| {
        Box::pin(async {
            let reply_to = Some("odile@exemple.fr".to_owned());
            Ok(Sender { name: Some("Table de Montreuil".to_owned()), reply_to })
        })
    };
    let room = accounts::room_with(browser.app().catalogue.clone(), "http://localhost".to_owned(), Some(of));
    let mut handlers = room.jobs;
    handlers.push(mail::handler(mail::Transport::Kept));
    queue::enqueue_due(&town.db, &town.job(), &room.schedules).await.unwrap();
    queue::run_due(&town.db, &town.job(), &handlers, 100).await.unwrap();
    mail::latest(&mut town.db.read().await.unwrap()).await.unwrap()
}

both!(
    async fn what_asks_for_an_answer_never_waits_behind_what_tells(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        // A letter to sign in by is no direct notice: it uses nothing up.
        for _ in 0..2 {
            browser.submit("/connexion", &[("email", "awa@exemple.fr")]).await;
        }
        let signing = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap().len();
        assert_eq!(signing, 2);
        for _ in 0..3 {
            say(&town, awa, note(KEYS[0], "x", "/collectes/1"), None).await;
            assert!(work(&town, &browser).await.len() <= 4, "two direct letters beside the two asked for");
        }
        say(&town, awa, note(KEYS[0], "x", "/l/her-own"), None).await;
        let all = work(&town, &browser).await;
        assert_eq!(all.len(), 5, "the link by which she answers leaves all the same");
        assert!(all.iter().any(|letter| letter.body_text.contains("http://localhost/l/her-own")));
        say(&town, awa, note(KEYS[0], "x", "/collectes/2"), Some(Duration::minutes(30))).await;
        let all = work(&town, &browser).await;
        assert_eq!(all.len(), 6, "so does what would come too late");
        assert!(all.iter().any(|letter| letter.body_text.contains("/collectes/2")));
    }
);

both!(
    async fn several_of_a_kind_are_one_letter_whose_lines_lead_somewhere(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let browser = town.browser(vec![]).await;
        for n in 0..3 {
            say(&town, awa, note(KEYS[0], &format!("offre {n}"), &format!("/collectes/{n}")), None).await;
        }
        say(&town, awa, note(KEYS[1], "", "/l/answer"), None).await;
        let all = work(&town, &browser).await;
        assert_eq!(all.len(), 2);
        let several = all.iter().find(|letter| letter.body_text.contains("offre 2")).unwrap();
        for n in 0..3 {
            let link = format!("<a href=\"http://localhost/collectes/{n}\"");
            assert!(several.body_html.contains(&link), "{}", several.body_html);
            assert!(several.body_text.contains(&format!("\nhttp://localhost/collectes/{n}\n")));
        }
        assert!(several.subject.contains("offre") && several.subject.contains("2 autres"));
        assert_eq!(
            (several.from_name.as_str(), several.reply_to.as_deref()),
            ("Table de Montreuil", Some("odile@exemple.fr"))
        );
        // The letter to sign in by comes from the same network, though nobody is signed in when it is asked for.
        let mut browser = browser;
        browser.submit("/connexion", &[("email", "awa@exemple.fr")]).await;
        let all = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
        assert!(all.len() == 3 && all.iter().all(|letter| letter.from_name == "Table de Montreuil"));
    }
);
