//! What bad input gets, and what a broken world gets: each fault with what the user sees.

mod bodies;
mod database;
mod disk;
mod door;
mod files;
mod links;
mod proxy;
mod slow;
mod stale;
mod twins;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use store::{Db, OpenOptions};
use tablee::house::{self, House};
use testkit::{Browser, Page};
use tower::ServiceExt as _;

use crate::scene::Scene;

/// No answer tells a user what the program is made of.
pub fn says_nothing_of_its_insides(page: &Page) {
    let html = page.html();
    for word in
        ["panicked", "sqlx", "src/", "backtrace", "database (", "SELECT ", "INSERT ", "rusqlite", "os error"]
    {
        assert!(!html.contains(word), "{word} in: {html}");
    }
}

/// The whole house on a database of one's own choosing, at the town's time.
fn house_on(scene: &Scene, db: Db, secure_cookies: bool) -> House {
    let public_url = if secure_cookies { "https://localhost" } else { "http://localhost" }.to_owned();
    let settings = web::Settings { public_url, demo: false, secure_cookies };
    house::build(db, scene.town.world(), settings, mail::Transport::Kept).unwrap()
}

/// A browser in front of the house that stands on a database opened anew, and that database.
async fn own_browser(
    scene: &Scene,
    address: &str,
    options: OpenOptions,
    who: kernel::PersonId,
) -> (Browser, Db) {
    let db = Db::open(address, options).await.unwrap();
    let house = house_on(scene, db.clone(), false);
    let mut browser = Browser::at(house.app, house.router);
    browser.sign_in(who).await;
    (browser, db)
}

/// Sends a request straight to the door.
async fn send(router: &Router, request: Request<Body>) -> Response<Vec<u8>> {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    Response::from_parts(parts, axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

/// The same as a page to be read.
fn read(response: Response<Vec<u8>>) -> Page {
    let text = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    Page {
        status: response.status(),
        location: text("location"),
        media_type: text("content-type").unwrap_or_default(),
        headers: response.headers().clone(),
        bytes: response.into_body(),
    }
}

/// A form of the page as it would be sent, and where.
fn form_of(page: &Page, selector: &str, typed: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let selector = format!("form[method=post]{selector}");
    let action = page.attributes(&selector, "action").first().cloned();
    let action = action.unwrap_or_else(|| panic!("no {selector}: {}", page.text()));
    (action, page.filled(&selector, typed))
}

async fn submit(browser: &mut Browser, (action, pairs): &(String, Vec<(String, String)>)) -> Page {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.submit(action, &pairs).await
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.read().await.unwrap().query(sql).value().await.unwrap()
}
