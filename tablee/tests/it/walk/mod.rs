//! A walk through the whole house: every form of every room is opened, filled in and sent by somebody whose form it
//! is. What is tried at each form is one of two things: pressing its button twice, or typing what makes no sense.

mod nonsense;
mod rooms;
mod twice;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, header};
use kernel::PersonId;
use store::Db;
use testkit::{Browser, Page, Town, both};

use crate::scene::Scene;

/// What is tried at each form before the walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// The same form is sent again.
    Twice,
    /// The fields are filled with what they do not take.
    Nonsense,
}

/// The walk.
pub struct Walk {
    pub scene: Scene,
    trial: Trial,
    browsers: BTreeMap<PersonId, Browser>,
    paths: Vec<&'static str>,
    pressed: BTreeSet<&'static str>,
    counts: Counts,
}

/// Forms that are no acts of the field, each with the reason why sending it twice is not one act: they set a choice to
/// a value, or use up a secret that serves once.
const DOORS: [&str; 15] = [
    "/connexion",
    "/connexion/code",
    "/connexion/lien",
    "/connexion/cle",
    "/connexion/cle/debut",
    "/compte/cles",
    "/compte/cles/debut",
    "/compte/cles/{id}/retirer",
    "/compte/cles/{id}/remettre",
    "/compte/appareils/fermer",
    "/deconnexion",
    "/invitation/{person}",
    "/langue",
    "/l/{token}",
    "/resume",
];

impl Walk {
    async fn begin(town: Town, trial: Trial) -> Self {
        let scene = Scene::set(town).await;
        let paths = tablee::house::build(
            scene.town.db.clone(),
            scene.town.world(),
            web::Settings { public_url: "http://localhost".to_owned(), demo: false, secure_cookies: false },
            mail::Transport::Kept,
        )
        .unwrap()
        .paths;
        let counts = Counts::of(&scene.town.db).await;
        Self { scene, trial, browsers: BTreeMap::new(), paths, pressed: BTreeSet::new(), counts }
    }

    /// Somebody's browser.
    pub async fn browser(&mut self, who: PersonId) -> &mut Browser {
        if !self.browsers.contains_key(&who) {
            let browser = self.scene.browser(who).await;
            self.browsers.insert(who, browser);
        }
        self.browsers.get_mut(&who).unwrap()
    }

    /// A page that somebody opens.
    pub async fn see(&mut self, who: PersonId, path: &str) -> Page {
        let page = self.browser(who).await.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        page
    }

    /// Opens a page, fills in the form that the selector finds, tries what this walk tries, sends it, and says where
    /// that leads.
    pub async fn press(&mut self, who: PersonId, page: &str, form: &str, typed: &[(&str, &str)]) -> String {
        self.press_at(who, page, form, None, typed).await
    }

    /// The same with a button that sends the form to an address of its own.
    pub async fn press_at(
        &mut self,
        who: PersonId,
        page: &str,
        form: &str,
        to: Option<&str>,
        typed: &[(&str, &str)],
    ) -> String {
        let selector = format!("form[method=post]{form}");
        let shown = self.see(who, page).await;
        let action =
            to.map(ToOwned::to_owned).or_else(|| shown.attributes(&selector, "action").first().cloned());
        let action = action.unwrap_or_else(|| panic!("no {selector} on {page}: {}", shown.text()));
        self.pressed.insert(self.pattern(&action));
        if self.trial == Trial::Nonsense {
            self.type_nonsense(who, &shown, &selector, &action, typed).await;
        }
        let filled = shown.filled(&selector, typed);
        let sent: Vec<(&str, &str)> = filled.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = self.browser(who).await.submit(&action, &sent).await;
        assert_eq!(answer.status, 303, "{action}: {}", answer.text());
        if self.trial == Trial::Twice {
            self.send_again(who, page, &action, &sent, &answer).await;
        }
        self.scene.town.clock.advance(chrono::Duration::seconds(20));
        answer.location.unwrap()
    }

    /// « Annuler », in the notice on the page that an act led to.
    pub async fn undo(&mut self, who: PersonId, page: &str) -> String {
        self.press(who, page, ".undo, .undo form[method=post]", &[]).await
    }

    /// Notes a form that was sent in another way than by [`Self::press`].
    pub fn passed(&mut self, path: &'static str) {
        self.pressed.insert(path);
    }

    /// The path of the house that an address belongs to; the one with the fewest holes wins.
    fn pattern(&self, address: &str) -> &'static str {
        let address: Vec<&str> = address.split(['?', '#']).next().unwrap().split('/').collect();
        self.paths
            .iter()
            .filter(|path| {
                let parts: Vec<&str> = path.split('/').collect();
                parts.len() == address.len()
                    && parts.iter().zip(&address).all(|(part, here)| part.starts_with('{') || part == here)
            })
            .min_by_key(|path| path.matches('{').count())
            .unwrap_or_else(|| panic!("no path of the house fits {address:?}"))
    }

    /// Every form of the house was pressed on the way.
    async fn nothing_was_left_out(&mut self) {
        let olivier = self.scene.olivier;
        let mut left_out = Vec::new();
        for path in self.paths.clone() {
            let address: Vec<_> =
                path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect();
            let refused =
                self.browser(olivier).await.send(Method::PATCH, &address.join("/"), None, Vec::new()).await;
            let allowed = refused.headers.get(header::ALLOW).map(|value| value.to_str().unwrap().to_owned());
            let takes_forms = allowed.unwrap_or_default().contains("POST");
            if takes_forms && !self.pressed.contains(path) && !DOORS.contains(&path) {
                left_out.push(path);
            }
        }
        assert_eq!(left_out, Vec::<&str>::new(), "forms that this walk does not know");
    }
}

/// How many rows every table has, but for what reading itself writes.
#[derive(Clone)]
pub struct Counts {
    statements: Vec<(&'static str, &'static str)>,
}

impl Counts {
    async fn of(db: &Db) -> Self {
        let mut conn = db.read().await.unwrap();
        let tables: Vec<(String,)> = conn
            .dialect(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
            )
            .all()
            .await
            .unwrap();
        let kept = |text: String| -> &'static str { text.leak() };
        let statements = tables
            .into_iter()
            .filter(|(table,)| !["reading", "rate_window", "session"].contains(&table.as_str()))
            .map(|(table,)| (kept(table.clone()), kept(format!("SELECT COUNT(*) FROM {table}"))))
            .collect();
        Self { statements }
    }

    async fn now(&self, db: &Db) -> BTreeMap<&'static str, i64> {
        let mut conn = db.read().await.unwrap();
        let mut counts = BTreeMap::new();
        for (table, sql) in &self.statements {
            counts.insert(*table, conn.query(sql).value().await.unwrap());
        }
        counts
    }
}

both!(
    async fn every_form_sent_twice_is_one_act(town: Town) {
        let mut walk = Walk::begin(town, Trial::Twice).await;
        rooms::walk(&mut walk).await;
        walk.nothing_was_left_out().await;
    }
);

both!(
    async fn no_form_is_upset_by_nonsense(town: Town) {
        let mut walk = Walk::begin(town, Trial::Nonsense).await;
        rooms::walk(&mut walk).await;
        walk.nothing_was_left_out().await;
    }
);
