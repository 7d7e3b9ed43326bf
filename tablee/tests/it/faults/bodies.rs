//! Requests that make no sense: unknown places, unknown methods, bodies that are not what they say, bodies without end.
//! Each gets a page in words, in the reader's language, and no part of the program's insides.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use axum::routing::{get, post};
use testkit::{Browser, both};
use web::{Answer, Input, Routes, Upload};

use super::{house_on, read, says_nothing_of_its_insides, send};
use crate::scene::Scene;

const FORM: &str = "application/x-www-form-urlencoded";

struct Case {
    method: Method,
    path: &'static str,
    media_type: Option<&'static str>,
    body: Vec<u8>,
    status: u16,
    says: (&'static str, &'static str),
}

fn case(method: Method, path: &'static str, status: u16, says: (&'static str, &'static str)) -> Case {
    Case { method, path, media_type: None, body: Vec::new(), status, says }
}

fn body(
    path: &'static str,
    media_type: &'static str,
    body: &[u8],
    status: u16,
    says: (&'static str, &'static str),
) -> Case {
    Case { media_type: Some(media_type), body: body.to_vec(), ..case(Method::POST, path, status, says) }
}

const NOTHING: (&str, &str) = ("Il n’y a rien à cette adresse", "There is nothing at this address");
const UNREADABLE: (&str, &str) = ("Cet envoi n’a pas pu être lu", "could not be read");
const TOO_LONG: (&str, &str) = ("Ce que vous avez écrit est trop long", "What you wrote is too long");

fn cases() -> Vec<Case> {
    let truncated = b"--b\r\nContent-Disposition: form-data; name=\"produit\"\r\n\r\nLait";
    vec![
        case(Method::GET, "/nulle-part", 404, NOTHING),
        case(Method::GET, "/collectes/pas-un-numero", 404, NOTHING),
        case(Method::GET, "/collectes/%FF%FE", 404, NOTHING),
        case(Method::GET, "/stock/lots/%00", 404, NOTHING),
        case(Method::GET, "/collectes/00000000-0000-0000-0000-000000000000", 404, NOTHING),
        case(Method::GET, "/assets/../../etc/passwd", 404, NOTHING),
        case(Method::POST, "/nulle-part", 404, NOTHING),
        case(Method::PATCH, "/collectes", 405, NOTHING),
        case(Method::DELETE, "/demandes/nouvelle", 405, NOTHING),
        case(Method::POST, "/stock", 405, NOTHING),
        body("/demandes/nouvelle", "application/json", b"{\"kg\": 12}", 400, UNREADABLE),
        body("/demandes/nouvelle", "multipart/form-data; boundary=b", b"--b--", 400, UNREADABLE),
        body("/collectes/nouvelle", "multipart/form-data", b"--b--", 400, UNREADABLE),
        body("/demandes/nouvelle", FORM, &vec![b'x'; accounts::BODY_LIMIT + 1], 413, TOO_LONG),
        body("/connexion", FORM, &vec![b'x'; accounts::BODY_LIMIT + 1], 413, TOO_LONG),
        // What is cut short or is no text is read as far as it goes, and the form says what is missing.
        body("/collectes/nouvelle", "multipart/form-data; boundary=b", truncated, 422, ("à remplir", "")),
        body(
            "/demandes/nouvelle",
            FORM,
            b"kg-starches=%FF%FE&note=%C3%28&=&&&%",
            422,
            ("écrivez un poids", ""),
        ),
        body("/demandes/nouvelle", FORM, b"\xFF\xFE\x00=\x00", 422, ("", "")),
    ]
}

both!(
    async fn what_makes_no_sense_is_answered_in_words(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.awa).await;
        for case in cases() {
            for (language, words) in [("fr", case.says.0), ("en", case.says.1)] {
                browser.speak(language);
                let media_type = case.media_type.map(ToOwned::to_owned);
                let page = browser.send(case.method.clone(), case.path, media_type, case.body.clone()).await;
                let what = format!("{} {} ({:?})", case.method, case.path, case.media_type);
                assert_eq!(page.status.as_u16(), case.status, "{what}: {}", page.text());
                says_nothing_of_its_insides(&page);
                // Who is signed in reads in their own language; both are found only on pages for strangers.
                if language == "fr" {
                    assert!(page.text().contains(words), "{what}: {}", page.text());
                }
                assert!(page.headers.contains_key("content-security-policy"), "{what}");
            }
        }
        browser.forget();
        browser.speak("en");
        for case in cases().into_iter().filter(|case| case.status == 404) {
            let page = browser.send(case.method, case.path, None, Vec::new()).await;
            // A stranger is led to the door before anything is looked for.
            if page.status == StatusCode::SEE_OTHER {
                assert!(page.location.unwrap().starts_with("/connexion"), "{}", case.path);
                continue;
            }
            assert!(page.text().contains(case.says.1), "{}: {}", case.path, page.text());
        }
    }
);

both!(
    async fn no_byte_that_a_database_cannot_hold_reaches_it(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.awa).await;
        let page = browser.get("/demandes/nouvelle").await;
        let form = page.filled("#demande", &[("kg-starches", "12"), ("note", "avant\u{0}après\u{1F600}")]);
        let sent: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let posted = browser.submit("/demandes/nouvelle", &sent).await;
        assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.text());
        let kept: String =
            scene.town.db.read().await.unwrap().query("SELECT note FROM request").value().await.unwrap();
        assert_eq!(kept, "avantaprès\u{1F600}");
        for path in [
            "/structures?q=%00",
            "/stock?lieu=%00&q=%00",
            "/collectes?famille=%00&page=%00",
            "/demandes?avant=%00",
            "/bordereaux?de=%00&a=%00",
            "/connexion?retour=%00",
            "/connexion/lien?jeton-connexion=%00",
            "/l/%00",
            "/attributions?avant=%00.%00",
            "/attributions?avant=9999-99-99.00000000-0000-0000-0000-000000000000",
            "/structures?page=99999999999999999999",
            "/import/00000000-0000-0000-0000-000000000000?page=-1",
            "/coordination/denrees/familles/%00",
        ] {
            let page = browser.get(path).await;
            assert!(!page.status.is_server_error(), "{path}: {} {}", page.status, page.text());
            says_nothing_of_its_insides(&page);
        }
    }
);

/// A house with pages that fail in every way a page can.
fn failing(scene: &Scene) -> Router {
    async fn reads(_form: Input) -> Answer {
        Ok(web::see_other("/"))
    }
    async fn takes(upload: Upload) -> Answer {
        Ok(web::see_other(if upload.refused.is_some() { "/refuse" } else { "/" }))
    }
    async fn never() -> Answer {
        std::future::pending().await
    }
    async fn panics() -> Answer {
        panic!("a secret in src/somewhere.rs")
    }
    let house = house_on(scene, scene.town.db.clone(), false);
    let pages = Routes::new()
        .route("/panique", get(panics).post(panics))
        .route("/lit", post(reads))
        .route("/prend", post(takes))
        .route("/jamais", get(never));
    accounts::front_door_within(house.app, pages, std::time::Duration::from_millis(300))
}

fn ask(method: Method, path: &str, media_type: &str, body: Body) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT_LANGUAGE, "fr")
        .header(header::CONTENT_TYPE, media_type)
        .body(body)
        .unwrap()
}

/// A body of which one part comes and then nothing.
fn without_end(first: &'static [u8]) -> Body {
    struct Never(Option<Bytes>);
    impl hyper::body::Body for Never {
        type Data = Bytes;
        type Error = std::convert::Infallible;
        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
            match self.0.take() {
                Some(bytes) => std::task::Poll::Ready(Some(Ok(hyper::body::Frame::data(bytes)))),
                None => std::task::Poll::Pending,
            }
        }
    }
    Body::new(Never(Some(Bytes::from_static(first))))
}

both!(
    async fn a_page_that_breaks_is_a_page_with_a_reference(town: Town) {
        let scene = Scene::set(town).await;
        let router = failing(&scene);
        let broken = read(send(&router, ask(Method::GET, "/panique", FORM, Body::empty())).await);
        assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(broken.text().contains("Quelque chose s’est mal passé de notre côté"), "{}", broken.text());
        let reference = broken.texts("main p strong");
        assert!(reference.len() == 1 && reference[0].len() == 8, "{reference:?}");
        assert_eq!(broken.attributes("main a.button", "href"), ["/panique", "/"]);
        says_nothing_of_its_insides(&broken);
        assert!(!broken.html().contains("secret"));
        assert!(broken.headers.contains_key("content-security-policy"));
        // The next one is served.
        let next = read(send(&router, ask(Method::GET, "/nulle-part", FORM, Body::empty())).await);
        assert_eq!(next.status, StatusCode::NOT_FOUND);
    }
);

both!(
    async fn what_never_ends_is_given_up_in_words(town: Town) {
        let scene = Scene::set(town).await;
        let router = failing(&scene);
        let multipart = "multipart/form-data; boundary=b";
        for request in [
            ask(Method::POST, "/lit", FORM, without_end(b"note=un+d%C3%A9but")),
            ask(
                Method::POST,
                "/prend",
                multipart,
                without_end(b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"),
            ),
            ask(Method::GET, "/jamais", FORM, Body::empty()),
        ] {
            let page = read(send(&router, request).await);
            assert_eq!(page.status, StatusCode::REQUEST_TIMEOUT, "{}", page.text());
            assert!(page.text().contains("L’envoi a pris trop de temps"), "{}", page.text());
            says_nothing_of_its_insides(&page);
        }
    }
);

both!(
    async fn ten_thousand_fields_are_a_form_like_any_other(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser: Browser = scene.browser(scene.awa).await;
        let fields: Vec<String> = (0..10_000).map(|n| format!("champ{n}=1")).collect();
        let body = fields.join("&").into_bytes();
        assert!(body.len() < accounts::BODY_LIMIT);
        let page = browser.send(Method::POST, "/demandes/nouvelle", Some(FORM.to_owned()), body).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
    }
);
