//! A browser without a screen: cookies, redirects on demand, parsed pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use i18n::Catalogue;
use kernel::PersonId;
use scraper::{Html, Selector};
use tower::ServiceExt as _;
use web::{App, Room, Routes, Settings};

use crate::Town;
use crate::town::recognise;

/// A browser at the house's door.
pub struct Browser {
    router: Router,
    app: App,
    cookies: BTreeMap<String, String>,
    language: String,
    /// The page in the window, which a form is sent from.
    here: String,
}

/// What came back.
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// Where it leads, for a redirect.
    pub location: Option<String>,
    /// The media type.
    pub media_type: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Town {
    /// A browser at a house made of these rooms (the accounts' room is always there).
    pub async fn browser(&self, rooms: Vec<Room>) -> Browser {
        self.house(rooms, true)
    }

    fn house(&self, rooms: Vec<Room>, demo: bool) -> Browser {
        let mut words: Vec<_> =
            i18n::sources().into_iter().chain(web::sources()).chain(accounts::sources()).collect();
        words.extend(rooms.iter().flat_map(|room| room.words.clone()));
        let catalogue = Arc::new(Catalogue::new(words).expect("catalogues parse"));
        let public_url = "http://localhost".to_owned();
        let mut rooms = rooms;
        rooms.push(accounts::room(catalogue.clone(), public_url.clone()));
        let mut nav: Vec<_> = rooms.iter().flat_map(|room| room.nav.clone()).collect();
        nav.sort_by_key(|entry| entry.rank);
        let app = App {
            db: self.db.clone(),
            catalogue,
            world: self.world(),
            settings: Arc::new(Settings { public_url, demo, secure_cookies: false }),
            nav: Arc::new(nav),
            waiting: Arc::new(rooms.iter().flat_map(|room| room.waiting.clone()).collect()),
            link_pages: Arc::new(rooms.iter().flat_map(|room| room.link_pages.clone()).collect()),
            recognise: |conn, person, structure, coordination| {
                Box::pin(recognise(conn, person, structure, coordination))
            },
        };
        let pages = rooms.into_iter().fold(Routes::new(), |pages, room| pages.merge(room.routes));
        Browser {
            router: accounts::front_door(app.clone(), pages),
            app,
            cookies: BTreeMap::new(),
            language: "fr".to_owned(),
            here: "/".to_owned(),
        }
    }
}

impl Browser {
    /// A browser at a door that stands already.
    #[must_use]
    pub fn at(app: App, router: Router) -> Self {
        Self { router, app, cookies: BTreeMap::new(), language: "fr".to_owned(), here: "/".to_owned() }
    }

    /// The house behind the door.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Reads in another language.
    pub fn speak(&mut self, language: &str) {
        language.clone_into(&mut self.language);
    }

    /// Signs a person in as their letter's button would.
    pub async fn sign_in(&mut self, person: PersonId) {
        let cx = kernel::Cx::new(self.app.world.clone(), kernel::Viewer::default());
        let mut tx = self.app.db.write().await.unwrap();
        let token = accounts::sessions::open(&mut tx, &cx, person, false).await.unwrap();
        tx.commit().await.unwrap();
        self.cookies.insert(accounts::sessions::COOKIE.to_owned(), token.reveal().to_owned());
    }

    /// Forgets who is signed in.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Asks for a page; does not follow redirects.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// Asks for a page and follows what it leads to.
    pub async fn visit(&mut self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..5 {
            let Some(next) = page.location.clone() else { break };
            page = self.get(&next).await;
        }
        page
    }

    /// Sends a form; does not follow the redirect.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded".to_owned()), body.into_bytes())
            .await
    }

    /// Sends a form with one file; does not follow the redirect.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Page {
        let boundary = "----tablee-test-boundary";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let (field, file_name, bytes) = file;
        body.extend(
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{boundary}--\r\n").bytes());
        self.send(Method::POST, path, Some(format!("multipart/form-data; boundary={boundary}")), body).await
    }

    /// Sends anything.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        media_type: Option<String>,
        body: Vec<u8>,
    ) -> Page {
        let is_looking = method == Method::GET;
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT_LANGUAGE, self.language.clone())
            .header(header::REFERER, format!("http://localhost{}", self.here))
            .header(header::COOKIE, cookies);
        if let Some(media_type) = media_type {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text = |name| {
            response.headers().get(name).map(|v: &axum::http::HeaderValue| v.to_str().unwrap().to_owned())
        };
        let (status, location, headers) =
            (response.status(), text(header::LOCATION), response.headers().clone());
        let media_type = text(header::CONTENT_TYPE).unwrap_or_default();
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        let page = Page { status, location, media_type, headers, bytes };
        if is_looking && page.media_type.starts_with("text/html") {
            path.clone_into(&mut self.here);
        }
        if page.media_type.starts_with("text/html") {
            let html = page.html();
            assert!(!html.contains('⟦'), "a text is missing on {path}: {html}");
        }
        page
    }
}

impl Page {
    /// The body as text.
    #[must_use]
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// What a person reads, white space folded.
    #[must_use]
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.html());
        html.root_element().text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    }

    /// The texts of everything a selector finds.
    #[must_use]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html());
        html.select(&Selector::parse(selector).unwrap())
            .map(|e| e.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of everything a selector finds.
    #[must_use]
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html());
        html.select(&Selector::parse(selector).unwrap())
            .filter_map(|e| e.attr(attribute).map(ToOwned::to_owned))
            .collect()
    }

    /// What the form a selector finds would send if its button were pressed now, in order; the texts of `change`
    /// replace fields of the same name or are added.
    #[must_use]
    pub fn filled(&self, form: &str, change: &[(&str, &str)]) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.html());
        let form =
            html.select(&Selector::parse(form).unwrap()).next().unwrap_or_else(|| panic!("no form {form}"));
        let mut pairs: Vec<(String, String)> = Vec::new();
        for field in form.select(&Selector::parse("input, textarea, select").unwrap()) {
            let Some(name) = field.attr("name") else { continue };
            let value = match (field.value().name(), field.attr("type").unwrap_or("text")) {
                ("input", "checkbox" | "radio") if field.attr("checked").is_none() => continue,
                ("input", "file") => continue,
                ("input", _) => field.attr("value").unwrap_or_default().to_owned(),
                ("textarea", _) => field.text().collect(),
                _ => {
                    let options: Vec<_> = field.select(&Selector::parse("option").unwrap()).collect();
                    let chosen = options.iter().find(|o| o.attr("selected").is_some()).or(options.first());
                    chosen.and_then(|o| o.attr("value")).unwrap_or_default().to_owned()
                }
            };
            pairs.push((name.to_owned(), value));
        }
        for (name, value) in change {
            let mut found = false;
            for pair in pairs.iter_mut().filter(|pair| pair.0 == *name) {
                (*value).clone_into(&mut pair.1);
                found = true;
            }
            if !found {
                pairs.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        pairs
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
