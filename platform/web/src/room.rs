//! What a context gives the house, as plain values; the binary puts them together.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use i18n::{Catalogue, Source, Words};
use kernel::time::Tz;
use kernel::{CoordinationId, Cx, PersonId, StructureId, Viewer, World};
use queue::{Handler, Schedule};
use store::{Conn, Db, Error};
use uuid::Uuid;

use crate::Routes;

/// What the installation is told at start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address people use, without a slash at the end: `https://tablee.exemple.fr`.
    pub public_url: String,
    /// Whether this is the demo: personas instead of sign-in, a mailbox anybody reads, a banner.
    pub demo: bool,
    /// Whether cookies may only travel over HTTPS; off on loopback.
    pub secure_cookies: bool,
}

/// A page a personal link leads to.
#[derive(Clone, Copy, Debug)]
pub struct LinkPage {
    /// What the link is for, e.g. `allocation.answer`.
    pub purpose: &'static str,
    /// The page of one subject.
    pub path: fn(Uuid) -> String,
}

/// An entry of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct NavEntry {
    /// Where it leads.
    pub url: &'static str,
    /// Where else the room is: addresses of its own that do not begin with `url`.
    pub also: &'static [&'static str],
    /// Its text's key.
    pub label: &'static str,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Smaller comes first.
    pub rank: u32,
    /// For whom.
    pub shown: fn(&Viewer) -> bool,
}

/// One thing that waits for the viewer on their home page.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Smaller comes first; below 100 is urgent.
    pub rank: u32,
    /// What waits, in one sentence.
    pub text: String,
    /// More, in a few words: when, how much, where.
    pub detail: String,
    /// What to press: a verb.
    pub action: String,
    /// Where that leads.
    pub link: String,
    /// Its icon in the sprite.
    pub icon: &'static str,
}

/// What a room has waiting for a viewer.
pub type WaitingFor = for<'a> fn(
    &'a mut Conn,
    &'a Cx,
    &'a Words,
) -> Pin<Box<dyn Future<Output = Result<Vec<Waiting>, Error>> + Send + 'a>>;

/// What a context brings to the house.
#[derive(Default)]
pub struct Room {
    /// Its pages.
    pub routes: Routes,
    /// Its words.
    pub words: Vec<Source>,
    /// Its entries in the navigation.
    pub nav: Vec<NavEntry>,
    /// What it has waiting on people's home pages.
    pub waiting: Vec<WaitingFor>,
    /// Its jobs.
    pub jobs: Vec<Handler>,
    /// What comes back by itself.
    pub schedules: Vec<Schedule>,
    /// The pages its personal links lead to.
    pub link_pages: Vec<LinkPage>,
}

/// What the house knows of a person: their structures, their coordinations, how to greet them.
#[derive(Clone, Debug, Default)]
pub struct Recognised {
    /// Everything that decides what they may see and do, but for the door they came by.
    pub viewer: Viewer,
    /// The coordination they are in now.
    pub coordination: Option<CoordinationId>,
    /// Its zone.
    pub zone: Option<Tz>,
    /// The name of the structure they act for.
    pub structure_name: Option<String>,
    /// The name of the coordination.
    pub coordination_name: Option<String>,
    /// Whom to call when lost.
    pub help_phone: Option<String>,
}

/// How the house recognises a person (or, for a link without a person, a structure), given the structure and the
/// coordination they chose last. The network's room provides it.
pub type Recognise = for<'a> fn(
    &'a mut Conn,
    Option<PersonId>,
    Option<StructureId>,
    Option<CoordinationId>,
) -> Pin<Box<dyn Future<Output = Result<Recognised, Error>> + Send + 'a>>;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// Every text.
    pub catalogue: Arc<Catalogue>,
    /// Time and chance.
    pub world: World,
    /// What the installation was told.
    pub settings: Arc<Settings>,
    /// The whole navigation, in order.
    pub nav: Arc<Vec<NavEntry>>,
    /// Everything that may wait for people.
    pub waiting: Arc<Vec<WaitingFor>>,
    /// Every page a personal link leads to.
    pub link_pages: Arc<Vec<LinkPage>>,
    /// How a person is recognised.
    pub recognise: Recognise,
}
