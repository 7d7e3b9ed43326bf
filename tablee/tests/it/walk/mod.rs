//! A walk through the whole house: every form of every room is opened, filled in and sent by somebody whose form it
//! is. What is tried at each form is one of two things: pressing its button twice, or typing what makes no sense.

mod field;
mod hub;
mod nonsense;
mod people;
mod twice;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, header};
use kernel::{PersonId, StructureId};
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
    /// What was not as it should be: the walk goes on, so that one run finds everything.
    findings: Vec<String>,
}

/// Forms that are no acts of the field, each with the reason why sending it twice is not one act: they set a choice to
/// a value, or use up a secret that serves once.
const DOORS: [&str; 14] = [
    "/connexion",
    "/connexion/code",
    "/connexion/lien",
    "/connexion/cle",
    "/connexion/cle/debut",
    "/compte/cles",
    "/compte/cles/debut",
    "/compte/cles/{id}/retirer",
    "/compte/cles/{id}/remettre",
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
        Self {
            scene,
            trial,
            browsers: BTreeMap::new(),
            paths,
            pressed: BTreeSet::new(),
            counts,
            findings: Vec::new(),
        }
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

    /// The same with a form in which nonsense was tried before, filled in so that some of its fields are of no account.
    pub async fn press_again(
        &mut self,
        who: PersonId,
        page: &str,
        form: &str,
        typed: &[(&str, &str)],
    ) -> String {
        let trial = std::mem::replace(&mut self.trial, Trial::Twice);
        let led_to = self.press(who, page, form, typed).await;
        self.trial = trial;
        led_to
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
        let shown = self.see(who, page).await;
        self.press_shown(who, (page, &shown), form, to, typed).await
    }

    /// The same on a page that is in the window already, wherever it came from.
    pub async fn press_shown(
        &mut self,
        who: PersonId,
        (page, shown): (&str, &Page),
        form: &str,
        to: Option<&str>,
        typed: &[(&str, &str)],
    ) -> String {
        let selector = format!("form[method=post]{form}");
        let action =
            to.map(ToOwned::to_owned).or_else(|| shown.attributes(&selector, "action").first().cloned());
        let action = action.unwrap_or_else(|| panic!("no {selector} on {page}: {}", shown.text()));
        self.pressed.insert(self.pattern(&action));
        if self.trial == Trial::Nonsense {
            self.type_nonsense(who, shown, &selector, &action, typed).await;
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

    /// Whose address it is.
    pub async fn person(&self, email: &'static str) -> PersonId {
        let mut conn = self.scene.town.db.read().await.unwrap();
        conn.query("SELECT id FROM person WHERE email = $1").bind(email).value().await.unwrap()
    }

    /// The token of the latest personal link in a letter to somebody.
    pub async fn latest_token(&self, person: PersonId) -> String {
        let mut conn = self.scene.town.db.read().await.unwrap();
        let link: String = conn
            .query(
                "SELECT link FROM notice WHERE person_id = $1 AND link LIKE '/l/%'
                 ORDER BY created_at DESC, id DESC LIMIT 1",
            )
            .bind(person)
            .value()
            .await
            .unwrap();
        link.strip_prefix("/l/").unwrap().to_owned()
    }

    /// Makes somebody a member of one more structure.
    pub async fn belongs(&self, person: PersonId, structure: StructureId) {
        let mut tx = self.scene.town.db.write().await.unwrap();
        tx.query(
            "INSERT INTO affiliation (person_id, structure_id, role, since) VALUES ($1, $2, 'member', $3)",
        )
        .bind(person)
        .bind(structure)
        .bind(self.scene.town.job().today())
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
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

    /// Nothing was found, and every form of the house was pressed on the way.
    async fn ends_well(&mut self) {
        assert!(self.findings.is_empty(), "{} findings:\n{}", self.findings.len(), self.findings.join("\n"));
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

/// The way through the rooms. Each step stands on what the steps before it did.
async fn through_every_room(walk: &mut Walk) {
    hub::goods(walk).await;
    field::collections(walk).await;
    field::calendar(walk).await;
    field::requests(walk).await;
    hub::stock(walk).await;
    hub::allocation(walk).await;
    field::drives(walk).await;
    people::directory(walk).await;
    hub::imports(walk).await;
    people::coordination(walk).await;
    people::people(walk).await;
    people::sharing(walk).await;
    people::account(walk).await;
}

/// The tables that have other rows than before.
fn changes(before: &BTreeMap<&str, i64>, after: &BTreeMap<&str, i64>) -> String {
    let changed = after.iter().filter(|(table, rows)| before.get(*table) != Some(rows));
    changed
        .map(|(table, rows)| format!("{table} {:?} to {rows}", before.get(table)))
        .collect::<Vec<_>>()
        .join(", ")
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
        through_every_room(&mut walk).await;
        walk.ends_well().await;
    }
);

both!(
    async fn no_form_is_upset_by_nonsense(town: Town) {
        let mut walk = Walk::begin(town, Trial::Nonsense).await;
        through_every_room(&mut walk).await;
        walk.ends_well().await;
    }
);
