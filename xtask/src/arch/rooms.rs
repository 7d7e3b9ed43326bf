//! Rules 2, 3 and 6, inside the contexts: which file may speak SQL, speak HTTP, write, or wait.

use super::Source;
use crate::source::{line_of, mentions};
use crate::terminal::Finding;

/// Files with a part in the flow; all others hold nouns, which are pure.
const WITH_A_PART: &[&str] =
    &["lib", "usecases", "store", "queries", "pages", "api", "jobs", "access", "panels", "mails", "papers"];

/// What a noun may not know: waiting, wires and clocks of the machine.
const NOT_IN_NOUNS: &[&str] =
    &["async", ".await", "tokio", "hyper", "http::", "tower", "lettre", "askama", "std::fs", "std::net"];

/// Every broken rule of one source; nothing for sources outside the contexts.
pub fn check(source: &Source) -> Vec<Finding> {
    let Some(place) = Place::of(&source.path) else { return Vec::new() };
    if super::known::MIXED_ROOMS.iter().any(|(path, _)| *path == source.path) {
        return Vec::new();
    }
    let mut found = Finder { source, findings: Vec::new() };
    if !place.is(&["store", "queries"]) {
        found.forbid("sqlx", "SQL is spoken only in store.rs and queries.rs (rule 3)");
        found.forbid_call(".query(", "a statement is run only in store.rs and queries.rs (rule 3)");
        found.forbid_call(".dialect(", "a statement is run only in store.rs and queries.rs (rule 3)");
    }
    if !place.is(&["pages", "api"]) {
        found.forbid("axum", "HTTP is spoken only in pages.rs and api.rs (rule 3)");
        found.forbid("axum_extra", "HTTP is spoken only in pages.rs and api.rs (rule 3)");
    }
    if !place.is(&["usecases", "jobs"]) {
        for opening in [".write()", ".begin(", ".begin::<"] {
            found.forbid(opening, "only use cases and jobs open a write transaction (rule 6)");
        }
    }
    if place.is(&["pages"]) {
        found.forbid_calls_of_store();
    }
    if !place.is(WITH_A_PART) {
        for word in NOT_IN_NOUNS {
            found
                .forbid_once(word, "a noun is pure, it does not know this (rule 3); here for the first time");
        }
    }
    found.findings
}

/// Where a file stands inside its context.
struct Place<'path> {
    /// Folders and file under `src/`, without `.rs`.
    parts: Vec<&'path str>,
}

impl<'path> Place<'path> {
    fn of(path: &'path str) -> Option<Self> {
        let inside = path.strip_prefix("contexts/")?.split_once("/src/")?.1;
        Some(Self { parts: inside.trim_end_matches(".rs").split('/').collect() })
    }

    fn is(&self, names: &[&str]) -> bool {
        self.parts.iter().any(|part| names.contains(part))
    }
}

struct Finder<'source> {
    source: &'source Source,
    findings: Vec<Finding>,
}

impl Finder<'_> {
    fn forbid(&mut self, word: &str, rule: &str) {
        for at in mentions(&self.source.product, word) {
            self.add(at, word, rule);
        }
    }

    /// Like `forbid`, for what a file is full of once it begins.
    fn forbid_once(&mut self, word: &str, rule: &str) {
        if let Some(at) = mentions(&self.source.product, word).next() {
            self.add(at, word, rule);
        }
    }

    /// Like `forbid`, but a call without arguments is somebody else's (`uri.query()`).
    fn forbid_call(&mut self, call: &str, rule: &str) {
        let product = &self.source.product;
        for at in mentions(product, call) {
            if !product.get(at + call.len()..).is_some_and(|rest| rest.starts_with(')')) {
                self.add(at, call, rule);
            }
        }
    }

    /// A context's own store, and functions of the machinery's; its types (`store::Conn`) may be named.
    fn forbid_calls_of_store(&mut self) {
        let product = &self.source.product;
        let rule = "pages never call store: go through a use case or a query (rule 6)";
        for word in ["crate::store", "super::store"] {
            self.forbid(word, rule);
        }
        for at in mentions(product, "store::") {
            let own = product.get(..at).is_some_and(|before| before.ends_with("::"));
            let called =
                product.get(at + "store::".len()..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
            if called && !own {
                self.add(at, "store::", rule);
            }
        }
    }

    fn add(&mut self, at: usize, word: &str, rule: &str) {
        let line = line_of(&self.source.product, at);
        self.findings.push(Finding::new(&self.source.path, line, format!("`{word}`: {rule}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [usize; 0] = [];

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Source::new(path, text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn sql_is_spoken_only_in_store_and_queries() {
        let text =
            "use store::Tx;\nasync fn a(tx: &mut Tx) { tx.query(\"SELECT 1\").all().await }\nuse sqlx::Row;";
        assert_eq!(lines("contexts/stock/src/store.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/queries/board.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/usecases/move.rs", text), [3, 2]);
        assert_eq!(lines("contexts/stock/tests/it/main.rs", text), NONE);
        assert_eq!(lines("platform/store/src/db.rs", text), NONE);
    }

    #[test]
    fn http_is_spoken_only_in_pages_and_api() {
        let text = "use axum::Router;\nlet q = uri.query();";
        assert_eq!(lines("contexts/stock/src/pages.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/api/lots.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/usecases/post.rs", text), [1]);
    }

    #[test]
    fn only_use_cases_and_jobs_open_a_write_transaction() {
        let text =
            "async fn a() { db.write().await; out.write(bytes); }\nlet b = db.begin(cx, \"name\", &form);";
        assert_eq!(lines("contexts/stock/src/usecases/post.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/jobs.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/pages.rs", text), [1, 2]);
        assert_eq!(lines("contexts/stock/src/pages.rs", "use crate::store::lots;"), [1]);
        let types = "use store::{Conn, Error};\nfn a(conn: &mut store::Conn) { restore::run(conn) }";
        assert_eq!(lines("contexts/stock/src/pages/lots.rs", types), NONE);
        assert_eq!(lines("contexts/stock/src/pages/lots.rs", "store::lots(conn)"), [1]);
    }

    #[test]
    fn nouns_are_pure_and_their_tests_are_free() {
        let text = "pub fn weight() {}\n// async is a word here\n#[cfg(test)]\nmod tests { use axum; async fn a() {} }";
        assert_eq!(lines("contexts/stock/src/lot.rs", text), NONE);
        assert_eq!(lines("contexts/stock/src/lot.rs", "pub async fn weigh() {}"), [1]);
    }
}
