//! The door: other sites, cookies, headers, and how often somebody may try.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use testkit::{Page, both};
use web::Peer;

use super::{count, house_on, read, says_nothing_of_its_insides, send};
use crate::scene::Scene;

const HEADERS: [&str; 6] = [
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "cross-origin-opener-policy",
    "permissions-policy",
];

/// A request as a browser sends it, with what a test changes.
fn ask(method: Method, path: &str, form: &str, more: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).body(Body::from(form.to_owned())).unwrap();
    let headers = request.headers_mut();
    headers.insert(header::HOST, "localhost".parse().unwrap());
    headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
    headers.insert(header::ACCEPT_LANGUAGE, "fr".parse().unwrap());
    for (name, value) in more {
        let name: axum::http::HeaderName = name.parse().unwrap();
        headers.append(name, value.parse().unwrap());
    }
    request
}

async fn answer(router: &Router, request: Request<Body>) -> Page {
    read(send(router, request).await)
}

both!(
    async fn another_site_cannot_act_for_somebody(town: Town) {
        let scene = Scene::set(town).await;
        let router = house_on(&scene, scene.town.db.clone(), false).router;
        let cookie = scene.cookie(scene.awa).await;
        let form = format!("structure={}&kg-starches=12&jour=2026-11-26&cle=k", scene.lilas);
        for foreign in [
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("origin", "https://ailleurs.exemple")],
            vec![("origin", "null")],
        ] {
            let mut headers = foreign.clone();
            headers.push(("cookie", &cookie));
            let page = answer(&router, ask(Method::POST, "/demandes/nouvelle", &form, &headers)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{foreign:?}: {}", page.text());
            says_nothing_of_its_insides(&page);
            assert_eq!(count(&scene.town.db, "SELECT COUNT(*) FROM request").await, 0, "{foreign:?}");
        }
        for own in [vec![("sec-fetch-site", "same-origin")], vec![("origin", "http://localhost")]] {
            let mut headers = own.clone();
            headers.push(("cookie", &cookie));
            let page = answer(&router, ask(Method::POST, "/demandes/nouvelle", &form, &headers)).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{own:?}: {}", page.text());
        }
    }
);

both!(
    async fn every_answer_carries_the_protective_headers(town: Town) {
        let scene = Scene::set(town).await;
        let router = house_on(&scene, scene.town.db.clone(), false).router;
        let cookie = scene.cookie(scene.awa).await;
        let mut seen = Vec::new();
        for (method, path, form) in [
            (Method::GET, "/", ""),
            (Method::GET, "/collectes", ""),
            (Method::GET, "/structures/export/csv", ""),
            (Method::GET, "/sante", ""),
            (Method::GET, "/nulle-part", ""),
            (Method::GET, "/assets/rien.css", ""),
            (Method::PUT, "/collectes", ""),
            (Method::POST, "/langue", "lang=fr&back=/"),
            (Method::POST, "/demandes/nouvelle", "kg-starches=beaucoup"),
            (Method::POST, "/connexion/lien", "jeton-connexion=faux"),
        ] {
            let own = [("sec-fetch-site", "same-origin"), ("cookie", cookie.as_str())];
            let page = answer(&router, ask(method.clone(), path, form, &own)).await;
            for name in HEADERS {
                assert!(page.headers.contains_key(name), "{method} {path}: {name}");
            }
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            // What a policy forbids is not in the pages in the first place.
            let html = page.html();
            assert!(
                !html.contains("<style") && !html.contains(" style=") && !html.contains(" onclick="),
                "{path}"
            );
            assert!(page.attributes("script:not([src])", "type").is_empty(), "{path}");
            if page.media_type.starts_with("text/html") {
                assert_eq!(page.headers[header::CACHE_CONTROL], "no-store", "{path}");
            }
            seen.push(page.status.as_u16());
        }
        for status in [200, 303, 404, 405, 410, 422] {
            assert!(seen.contains(&status), "{status} is not among {seen:?}");
        }
        let assets: Vec<String> = {
            let page = answer(&router, ask(Method::GET, "/", "", &[])).await;
            let mut assets = page.attributes("link[rel=stylesheet]", "href");
            assets.extend(page.attributes("script", "src"));
            assets
        };
        for asset in assets {
            let page = answer(&router, ask(Method::GET, &asset, "", &[])).await;
            assert_eq!(page.status, StatusCode::OK, "{asset}");
            assert!(HEADERS.iter().all(|name| page.headers.contains_key(*name)), "{asset}");
        }
    }
);

fn cookies(headers: &HeaderMap) -> Vec<String> {
    headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

both!(
    async fn cookies_are_kept_from_scripts_other_sites_and_open_lines(town: Town) {
        let scene = Scene::set(town).await;
        for is_secure in [true, false] {
            let router = house_on(&scene, scene.town.db.clone(), is_secure).router;
            let site = ("sec-fetch-site", "same-origin");
            let asked = ask(Method::POST, "/connexion", "email=awa%40exemple.fr&retour=/", &[site]);
            assert_eq!(answer(&router, asked).await.status, StatusCode::SEE_OTHER);
            let letters = mail::latest(&mut scene.town.db.read().await.unwrap()).await.unwrap();
            let body = &letters[0].body_text;
            let at = body.find("jeton-connexion=").unwrap();
            let token: String = body[at..].chars().take_while(|c| !c.is_whitespace()).collect();
            let entered = answer(&router, ask(Method::POST, "/connexion/lien", &token, &[site])).await;
            assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text());
            let session = cookies(&entered.headers);
            let pairs: Vec<_> = session.iter().map(|c| c.split(';').next().unwrap().to_owned()).collect();
            let own = pairs.join("; ");
            let mut all = session;
            let more = [("cookie", own.as_str()), site];
            all.extend(cookies(&answer(&router, ask(Method::GET, "/", "", &more)).await.headers));
            all.extend(cookies(
                &answer(&router, ask(Method::POST, "/langue", "lang=en", &more)).await.headers,
            ));
            all.extend(cookies(&answer(&router, ask(Method::POST, "/deconnexion", "", &more)).await.headers));
            let names: Vec<_> = all.iter().map(|cookie| cookie.split('=').next().unwrap()).collect();
            for name in ["tablee", "avis", "langue"] {
                assert!(names.contains(&name), "{name} is not among {names:?}");
            }
            for cookie in &all {
                assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), "{cookie}");
                assert!(cookie.contains("; Path=/") && !cookie.contains("Domain"), "{cookie}");
                assert_eq!(cookie.contains("; Secure"), is_secure, "{cookie}");
            }
            scene.town.clock.advance(chrono::Duration::hours(1));
        }
    }
);

/// A try at the door from somewhere.
async fn try_link(router: &Router, peer: &str, forwarded: &[&str]) -> StatusCode {
    let forwarded: Vec<_> = forwarded.iter().map(|address| ("x-forwarded-for", *address)).collect();
    let mut request = ask(Method::GET, "/l/faux", "", &forwarded);
    request.extensions_mut().insert(Peer(peer.parse().unwrap()));
    send(router, request).await.status()
}

both!(
    async fn who_tries_too_often_waits_and_keeps_nobody_else_out(town: Town) {
        let scene = Scene::set(town).await;
        let router = house_on(&scene, scene.town.db.clone(), false).router;
        // 120 tries in five minutes from one address, whatever it says of itself.
        let far = "203.0.113.7";
        for n in 0..120 {
            let claimed = format!("198.51.100.{n}");
            assert_eq!(try_link(&router, far, &[&claimed]).await, StatusCode::GONE, "try {n}");
        }
        assert_eq!(try_link(&router, far, &["198.51.100.200"]).await, StatusCode::TOO_MANY_REQUESTS);
        // Others come in, directly or by a proxy next door, which names whom it speaks for.
        assert_eq!(try_link(&router, "203.0.113.8", &[]).await, StatusCode::GONE);
        assert_eq!(try_link(&router, "127.0.0.1", &["198.51.100.9, 203.0.113.9"]).await, StatusCode::GONE);
        // By a proxy, it is still the same one; what came before the proxy's own word is anybody's claim.
        let again = try_link(&router, "127.0.0.1", &["198.51.100.1", "198.51.100.2, 203.0.113.7"]).await;
        assert_eq!(again, StatusCode::TOO_MANY_REQUESTS);
        let mut request = ask(Method::GET, "/l/faux", "", &[]);
        request.extensions_mut().insert(Peer(far.parse().unwrap()));
        let page = answer(&router, request).await;
        assert!(page.text().contains("Trop d’essais à la suite"), "{}", page.text());
        scene.town.clock.advance(chrono::Duration::minutes(5));
        assert_eq!(try_link(&router, far, &[]).await, StatusCode::GONE, "five minutes later");
    }
);

both!(
    async fn one_address_gets_five_letters_in_a_quarter_of_an_hour(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.house().await;
        for n in 0..5 {
            let asked = browser.submit("/connexion", &[("email", "awa@exemple.fr")]).await;
            assert_eq!(asked.status, StatusCode::SEE_OTHER, "letter {n}");
        }
        let refused = browser.submit("/connexion", &[("email", "Awa@exemple.fr")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Attendez un quart d’heure"), "{}", refused.text());
        assert_eq!(refused.attributes("#email", "value"), ["Awa@exemple.fr"], "what was typed is kept");
        browser.speak("en");
        let english = browser.submit("/connexion", &[("email", "awa@exemple.fr")]).await;
        assert!(english.text().contains("quarter of an hour"), "{}", english.text());
        let other = browser.submit("/connexion", &[("email", "marc@exemple.fr")]).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "somebody else is not kept out");
        scene.town.clock.advance(chrono::Duration::minutes(15));
        let later = browser.submit("/connexion", &[("email", "awa@exemple.fr")]).await;
        assert_eq!(later.status, StatusCode::SEE_OTHER);
    }
);

both!(
    async fn a_browser_full_of_cookies_is_told_what_to_do(town: Town) {
        let scene = Scene::set(town).await;
        let router = house_on(&scene, scene.town.db.clone(), false).router;
        let many = |n: usize| format!("autre={}; {}", "x".repeat(n), "langue=fr");
        let own = ("sec-fetch-site", "same-origin");
        let full = many(4_000);
        assert_eq!(answer(&router, ask(Method::GET, "/", "", &[own, ("cookie", &full)])).await.status, 200);
        let too_full = many(accounts::HEAD_LIMIT);
        for (method, path) in [(Method::GET, "/"), (Method::POST, "/demandes/nouvelle")] {
            let page = answer(&router, ask(method, path, "", &[own, ("cookie", &too_full)])).await;
            assert_eq!(page.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "{}", page.text());
            assert!(page.text().contains("Effacez les cookies de ce site"), "{}", page.text());
            says_nothing_of_its_insides(&page);
        }
        let long = format!("/?q={}", "x".repeat(accounts::HEAD_LIMIT));
        let page = answer(&router, ask(Method::GET, &long, "", &[own])).await;
        assert_eq!(page.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
);
