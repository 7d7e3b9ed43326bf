//! The access matrix: every route of the house, every kind of visitor, and what each is answered.
//!
//! Invariant: a route without a row fails; a row whose route is gone fails; whoever is refused changes nothing; nobody
//! is ever answered 500.

mod acts;
mod paths;
pub mod scene;
mod scopes;
mod surfaces;
mod table;
mod usecases;
mod visitors;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use store::Db;
use testkit::{Page, both};

use scene::Scene;
use table::{Outcome, Row, rows};
use visitors::{Kind, Visitors};

/// What came back, as the table writes it.
fn outcome(page: &Page, of: &str) -> Outcome {
    match page.status {
        StatusCode::SEE_OTHER if page.location.as_deref().is_some_and(|to| to.starts_with("/connexion")) => {
            Outcome::Door
        }
        // 409 and 422: it was theirs to ask, and something is missing or was changed in between.
        StatusCode::OK | StatusCode::SEE_OTHER | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
            Outcome::Allowed
        }
        StatusCode::FORBIDDEN => Outcome::Forbidden,
        StatusCode::NOT_FOUND => Outcome::NotFound,
        StatusCode::GONE => Outcome::Gone,
        other => panic!("{of}: {other} {}", page.text()),
    }
}

/// How many rows there are of all that visitors may write, acts remembered included.
async fn written(db: &Db) -> i64 {
    db.read()
        .await
        .unwrap()
        .query(
            "SELECT (SELECT COUNT(*) FROM audit_event) + (SELECT COUNT(*) FROM command) + (SELECT COUNT(*) FROM notice)
                 + (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM affiliation) + (SELECT COUNT(*) FROM membership)
                 + (SELECT COUNT(*) FROM facilitator) + (SELECT COUNT(*) FROM structure) + (SELECT COUNT(*) FROM site)
                 + (SELECT COUNT(*) FROM structure_card) + (SELECT COUNT(*) FROM field_scope)
                 + (SELECT COUNT(*) FROM sheet_import) + (SELECT COUNT(*) FROM family) + (SELECT COUNT(*) FROM packaging)
                 + (SELECT COUNT(*) FROM lot) + (SELECT COUNT(*) FROM movement) + (SELECT COUNT(*) FROM entry)
                 + (SELECT COUNT(*) FROM stock_reservation) + (SELECT COUNT(*) FROM temperature_reading)
                 + (SELECT COUNT(*) FROM agreement) + (SELECT COUNT(*) FROM recurring_pickup)
                 + (SELECT COUNT(*) FROM pickup_exception) + (SELECT COUNT(*) FROM collection)
                 + (SELECT COUNT(*) FROM photo) + (SELECT COUNT(*) FROM collection_reservation)
                 + (SELECT COUNT(*) FROM handover) + (SELECT COUNT(*) FROM request)
                 + (SELECT COUNT(*) FROM standing_request) + (SELECT COUNT(*) FROM allocation_run)
                 + (SELECT COUNT(*) FROM allocation_line) + (SELECT COUNT(*) FROM fair_share_rule)
                 + (SELECT COUNT(*) FROM personal_link) + (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM letter)",
        )
        .value()
        .await
        .unwrap()
}

/// The methods of every path, asked from the router itself: a method that is none of HTTP's names those that are.
async fn routes(visitors: &mut Visitors) -> BTreeSet<(Method, &'static str)> {
    let mut routes = BTreeSet::new();
    let paths = visitors.paths.clone();
    for pattern in paths {
        let path: String = pattern.replace(['{', '}'], "");
        let probe = Method::from_bytes(b"ASK").unwrap();
        let page = visitors.anybody().send(probe, &path, None, Vec::new()).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{pattern}");
        let allowed = page.headers.get("allow").and_then(|allowed| allowed.to_str().ok());
        let allowed = allowed.unwrap_or_else(|| panic!("{pattern}: 405 without the methods it answers"));
        // HEAD is GET without its body.
        for method in allowed.split(',').filter(|method| *method != "HEAD") {
            routes.insert((method.trim().parse().unwrap(), pattern));
        }
    }
    routes
}

both!(
    async fn every_route_has_its_row(town: Town) {
        let scene = Scene::set(town).await;
        let mut visitors = Visitors::come(&scene).await;
        let routes = routes(&mut visitors).await;
        let known: BTreeSet<(Method, &str)> =
            rows().iter().map(|row| (row.method.clone(), row.pattern)).collect();
        assert_eq!(known.len(), rows().len(), "a route has two rows");
        let missing: Vec<_> = routes.iter().filter(|route| !known.contains(route)).collect();
        assert!(missing.is_empty(), "without a row in matrix/table.rs: {missing:#?}");
        let gone: Vec<_> = known.iter().filter(|route| !routes.contains(route)).collect();
        assert!(gone.is_empty(), "rows of routes that are not there: {gone:#?}");
    }
);

/// Collects what each visitor is answered, and compares at the end: one run shows every difference.
struct Found {
    rows: Vec<(Row, Vec<Option<Outcome>>)>,
}

impl Found {
    fn keep(&mut self, at: usize, kind: usize, outcome: Outcome) {
        self.rows[at].1[kind] = Some(outcome);
    }

    fn compare(&self) {
        let wrong: Vec<String> = self
            .rows
            .iter()
            .filter(|(row, found)| row.cells.iter().zip(found).any(|(said, found)| *said != *found))
            .map(|(row, found)| format!("{}\n    is {}", row.text(&row.cells), row.text(found)))
            .collect();
        assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
    }
}

both!(
    async fn every_route_for_every_visitor(town: Town) {
        let scene = Scene::set(town).await;
        let mut visitors = Visitors::come(&scene).await;
        let token = visitors.letter_token().to_owned();
        let mut found =
            Found { rows: rows().into_iter().map(|row| (row, vec![None; Kind::ALL.len()])).collect() };
        // Pages first, then what is refused, then what is done: what is done changes what comes after.
        let rounds: [fn(&Row, usize) -> bool; 3] = [
            |row, _| row.method == Method::GET,
            |row, kind| row.method != Method::GET && row.cells[kind].is_some_and(Outcome::is_refusal),
            |row, kind| row.method != Method::GET && !row.cells[kind].is_some_and(Outcome::is_refusal),
        ];
        let mut before = written(&scene.town.db).await;
        for (round, asks) in rounds.into_iter().enumerate() {
            for at in 0..found.rows.len() {
                let row = found.rows[at].0.clone();
                for (column, kind) in Kind::ALL.into_iter().enumerate() {
                    if row.cells[column].is_none() || !asks(&row, column) {
                        continue;
                    }
                    let path = paths::filled(&scene, row.pattern, &token);
                    let form = paths::form(&scene, row.pattern);
                    let page = visitors.send(kind, &row.method, &path, &form).await;
                    let outcome = outcome(&page, &format!("{} {path} as {kind:?}", row.method));
                    found.keep(at, column, outcome);
                    if round == 1 && outcome.is_refusal() {
                        let after = written(&scene.town.db).await;
                        assert_eq!(after, before, "{} {path} changed something for {kind:?}", row.method);
                    } else if round == 1 {
                        before = written(&scene.town.db).await;
                    }
                }
            }
            if round == 0 {
                before = written(&scene.town.db).await;
            }
        }
        found.compare();
        assert_eq!(tablee::doctor::examine(&scene.town.db).await.unwrap(), []);
    }
);
