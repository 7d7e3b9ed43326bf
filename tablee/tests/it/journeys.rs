//! Two stories from end to end through the whole house, as plain HTTP: what the browser journeys walk in every shape is
//! walked here without a script, on both engines, until the letters have left and the ledger adds up.

use axum::http::StatusCode;
use kernel::{PersonId, Role};
use mail::{Posted, Transport};
use tablee::{doctor, house};
use testkit::{Browser, Page, Town, both};

/// A town, the house as it is put together, and the people of both stories.
struct Story {
    town: Town,
    house: house::House,
    marc: PersonId,
    awa: PersonId,
    lea: PersonId,
    karim: PersonId,
    odile: PersonId,
}

impl Story {
    async fn begins(town: Town) -> Self {
        let mut tx = town.db.write().await.unwrap();
        goods::usecases::install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
        tx.commit().await.unwrap();
        let shop = town.structure("Supermarché de la Croix", "commerce").await;
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let soupe = town.structure("La Soupe du Bas", "association").await;
        let ccas = town.structure("CCAS", "ccas").await;
        let hub = town.structure("Plateforme", "association").await;
        for (structure, name) in [(shop, "Magasin"), (lilas, "Local"), (soupe, "Cuisine")] {
            town.site(structure, name, None).await;
        }
        town.hub(hub, "Entrepôt").await;
        let settings =
            web::Settings { public_url: "http://localhost".to_owned(), demo: false, secure_cookies: false };
        let house = house::build(town.db.clone(), town.world(), settings, Transport::Kept).unwrap();
        Self {
            marc: town.person("Marc", shop, Role::Lead).await,
            awa: town.person("Awa", lilas, Role::Lead).await,
            lea: town.person("Léa", soupe, Role::Member).await,
            karim: town.person("Karim", hub, Role::Lead).await,
            odile: town.facilitator("Odile", ccas).await,
            house,
            town,
        }
    }

    fn stranger(&self) -> Browser {
        Browser::at(self.house.app.clone(), self.house.router.clone())
    }

    async fn person(&self, person: PersonId) -> Browser {
        let mut browser = self.stranger();
        browser.sign_in(person).await;
        browser
    }

    /// What waits is done, letters included; the letters to somebody, latest first.
    async fn letters_to(&self, name: &str) -> Vec<Posted> {
        queue::run_due(&self.town.db, &self.town.job(), &self.house.handlers, 200).await.unwrap();
        let mut letters = mail::latest(&mut self.town.db.read().await.unwrap()).await.unwrap();
        letters.retain(|letter| letter.to_name == name);
        letters
    }

    /// The town is sound, and every rule of the ledger holds.
    async fn ends(&self) {
        assert_eq!(doctor::examine(&self.town.db).await.unwrap(), []);
    }
}

/// Sends the form a page shows to where it says, with these changes, and gives the page it leads to.
async fn send(browser: &mut Browser, page: &Page, form: &str, change: &[(&str, &str)]) -> Page {
    let sent = refused(browser, page, form, change).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{form}: {}", sent.text());
    let next = browser.visit(&sent.location.unwrap()).await;
    assert_eq!(next.status, StatusCode::OK, "after {form}: {}", next.text());
    next
}

/// Sends it and gives the answer itself.
async fn refused(browser: &mut Browser, page: &Page, form: &str, change: &[(&str, &str)]) -> Page {
    let to = page.attributes(form, "action").into_iter().next().unwrap_or_else(|| panic!("no {form}"));
    let filled = page.filled(form, change);
    let fields: Vec<(&str, &str)> =
        filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(&to, &fields).await
}

/// Follows the first link that matches.
async fn follow(browser: &mut Browser, page: &Page, link: &str) -> Page {
    let to = page.attributes(link, "href").into_iter().next();
    let to = to.unwrap_or_else(|| panic!("no {link} on {}", page.text()));
    let next = browser.visit(&to).await;
    assert_eq!(next.status, StatusCode::OK, "{to}: {}", next.text());
    next
}

fn says(page: &Page, words: &[&str]) {
    let text = page.text();
    for words in words {
        assert!(text.contains(words), "“{words}” is not in: {text}");
    }
}

/// The shop and the épicerie agree that it is asked first.
async fn they_agree(story: &Story) {
    let mut marc = story.person(story.marc).await;
    let page = marc.get("/conventions").await;
    let partner = page
        .attributes("#partenaire option", "value")
        .into_iter()
        .zip(page.texts("#partenaire option"))
        .find(|(_, name)| name == "Épicerie des Lilas")
        .expect("the épicerie among the partners")
        .0;
    send(&mut marc, &page, "#convention", &[("partenaire", &partner), ("delai", "30")]).await;
    let mut awa = story.person(story.awa).await;
    let page = awa.get("/conventions").await;
    let page = send(&mut awa, &page, "form[action$='/accepter']", &[]).await;
    says(&page, &["En vigueur"]);
}

both!(
    async fn yoghurts_at_twenty_to_five(town: Town) {
        let story = Story::begins(town).await;
        they_agree(&story).await;

        // The shop posts; by 19 h today, so at once, but its partner is told first.
        let mut marc = story.person(story.marc).await;
        let page = marc.get("/collectes/nouvelle").await;
        let typed = [
            ("famille", "dairy"),
            ("produit", "Yaourts nature"),
            ("nombre", "120"),
            ("froid", "chilled_sensitive"),
            ("date", "2026-11-26"),
        ];
        let posted = send(&mut marc, &page, "#annonce", &typed).await;
        says(&posted, &["120 kg", "Ça presse", "partenaire est prévenue en premier"]);
        let mut lea = story.person(story.lea).await;
        assert!(!lea.get("/collectes").await.text().contains("Yaourts"));
        let asked = story.letters_to("Awa").await;
        assert!(asked.iter().any(|letter| letter.subject.contains("vous propose en premier")), "{asked:?}");

        // Her home leads to it; she takes a part, the rest is on the board for everybody.
        let mut awa = story.person(story.awa).await;
        let page = awa.get("/").await;
        says(&page, &["vous êtes les premiers prévenus"]);
        let offer = follow(&mut awa, &page, ".is-urgent a.button").await;
        let held = send(&mut awa, &offer, "form[action$='/reserver']", &[("quantite", "80")]).await;
        says(&held, &["80 kg réservés"]);
        // Asked now: of several notes of one instant, only two a day are letters of their own.
        let told = story.letters_to("Marc").await;
        assert!(told.iter().any(|letter| letter.subject.contains("vient chercher 80\u{a0}kg")), "{told:?}");
        let board = lea.get("/collectes").await;
        assert_eq!(board.texts(".card__quantity"), ["40 kg estimé"]);
        let offer = follow(&mut lea, &board, ".card__title a").await;
        let much = refused(&mut lea, &offer, "form[action$='/reserver']", &[("quantite", "60")]).await;
        says(&much, &["Il ne reste que 40 kg"]);
        let taken = send(&mut lea, &much, "form[action$='/reserver']", &[("quantite", "40")]).await;
        let back = send(&mut lea, &taken, "form[action$='/annuler']", &[]).await;
        says(&back, &["rendus"]);

        taken_over(&story, &mut awa).await;
        story.ends().await;
    }
);

/// At the back door: a temperature, two names; the slip, its paper, the stock.
async fn taken_over(story: &Story, awa: &mut Browser) {
    let home = awa.get("/").await;
    let page = follow(awa, &home, "a[href*='/prise-en-charge/']").await;
    let cold = refused(awa, &page, "#prise", &[("prise", "tout"), ("donateur_nom", "Marc")]).await;
    assert_eq!(cold.attributes(".errors a", "href"), ["#temperature"]);
    let signed = [("prise", "tout"), ("temperature", "3,2"), ("donateur_nom", "Marc")];
    let slip = send(awa, &page, "#prise", &signed).await;
    says(
        &slip,
        &["Les denrées sont dans votre stock", "80 kg", "3,2 °C", "26/11/2026", "Marc", "Awa", "Signé"],
    );
    let paper = slip.attributes("a[href$='pdf']", "href").into_iter().next().expect("the paper");
    let pdf = awa.get(&paper).await;
    assert_eq!((pdf.status, pdf.media_type.as_str()), (StatusCode::OK, "application/pdf"));
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let mut lea = story.person(story.lea).await;
    assert_eq!(lea.get(&paper).await.status, StatusCode::NOT_FOUND);
    let stock = awa.get("/stock").await;
    says(&stock, &["Yaourts nature", "80 kg"]);
    let lot = follow(awa, &stock, "a[href^='/stock/lots/']").await;
    says(&lot, &["Supermarché de la Croix", "80 kg"]);
}

both!(
    async fn a_need_that_comes_back_until_it_is_served(town: Town) {
        let story = Story::begins(town).await;

        // Written once, on a Monday for Tuesdays: tomorrow's is asked for already.
        let mut awa = story.person(story.awa).await;
        let page = awa.get("/demandes/permanentes/nouvelle").await;
        let saved = send(&mut awa, &page, "#demande", &[("jour-semaine", "2"), ("kg-drinks", "24")]).await;
        says(&saved, &["Le mardi", "Boissons"]);
        let board = awa.get("/demandes?a=nous").await;
        says(&board, &["Permanente", "24 kg"]);
        let request = board.attributes(".card__title a", "href")[0].clone();

        // The hub receives something to share.
        let mut karim = story.person(story.karim).await;
        let page = karim.get("/stock/recevoir").await;
        let arrived = [
            ("produit-1", "Jus de pomme"),
            ("poids-1", "60"),
            ("famille-1", "drinks"),
            ("mesure-1", "pese"),
            ("conservation-1", "dry"),
            ("date-type-1", "best_before"),
            ("date-1", "2027-06-30"),
        ];
        send(&mut karim, &page, "form[action='/stock/recevoir']", &arrived).await;

        let run = decided(&story).await;
        answered(&story, &run).await;
        handed_over(&story, &mut karim, &run).await;

        let served = awa.get(&request).await;
        says(&served, &["Servie en partie", "18 kg"]);
        let stock = karim.get("/stock").await;
        let lot = follow(&mut karim, &stock, "a[href^='/stock/lots/']").await;
        says(&lot, &["42 kg", "18 kg", "Épicerie des Lilas"]);
        says(&awa.get("/stock").await, &["Jus de pomme", "18 kg"]);
        story.ends().await;
    }
);

/// A person prepares, reads, changes a line and says why, validates; gives the run's address.
async fn decided(story: &Story) -> String {
    let mut odile = story.person(story.odile).await;
    let page = odile.get("/attributions").await;
    let run = send(&mut odile, &page, "form[action$='/preparer']", &[]).await;
    says(&run, &["À valider", "Épicerie des Lilas", "Jus de pomme", "24 kg"]);
    let path = run.attributes("form[action$='/valider']", "action")[0].replace("/valider", "");
    let share = follow(&mut odile, &run, "a[href^='/attributions/reponse/']").await;
    let line = follow(&mut odile, &share, "a[href^='/attributions/lignes/']").await;
    let silent = refused(&mut odile, &line, "#ligne", &[("kg", "18")]).await;
    says(&silent, &["Dites pourquoi"]);
    let why = [("kg", "18"), ("raison", "Étagère en travaux")];
    let run = send(&mut odile, &silent, "#ligne", &why).await;
    let run = send(&mut odile, &run, "form[action$='/valider']", &[]).await;
    says(&run, &["Validée"]);
    path
}

/// The structure accepts from its letter, in a browser that knows nobody.
async fn answered(story: &Story, run: &str) {
    let letters = story.letters_to("Awa").await;
    let letter =
        letters.iter().find(|letter| letter.subject.contains("vous sont proposés")).expect("a letter");
    let link = letter
        .body_text
        .split_whitespace()
        .find_map(|word| word.strip_prefix("http://localhost").filter(|path| path.starts_with("/l/")))
        .expect("a link to answer by");
    let mut reader = story.stranger();
    let page = reader.visit(link).await;
    says(&page, &["Épicerie des Lilas", "Jus de pomme", "18 kg", "Étagère en travaux"]);
    let why = follow(&mut reader, &page, "a[href*='/pourquoi/']").await;
    says(&why, &["Étagère en travaux"]);
    let done = send(&mut reader, &page, "#reponse", &[("tout", "oui")]).await;
    says(&done, &["Merci, c’est accepté", "Accepté"]);
    let closed = reader.get(run).await;
    assert!(closed.location.expect("the door").starts_with("/connexion"));
}

/// Prepared, put on a note, signed.
async fn handed_over(story: &Story, karim: &mut Browser, run: &str) {
    let mut odile = story.person(story.odile).await;
    let list = odile.get(&format!("{run}/preparation")).await;
    says(&list, &["Épicerie des Lilas", "Jus de pomme", "18 kg"]);
    let remise = list.attributes("a[href*='/remise/']", "href")[0].clone();
    let page = karim.get(&remise).await;
    let page = send(karim, &page, "#preparer", &[]).await;
    let names = [("donneur", "Karim"), ("receveur", "Awa")];
    let done = send(karim, &page, "#remise", &names).await;
    says(&done, &["18 kg remis, bon BL-26-001 signé", "Déjà remis"]);
    let paper = done.attributes("a[href*='/bons/']", "href")[0].clone();
    let pdf = karim.get(&paper).await;
    assert_eq!((pdf.status, pdf.media_type.as_str()), (StatusCode::OK, "application/pdf"));
}
