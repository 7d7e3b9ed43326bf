//! Writing the demonstration's territory and its year, through the same use cases as real life, with a clock that is
//! moved along.
//!
//! Invariant: nothing here writes a table; a use case that would refuse an act in real life refuses it here.

mod people;
mod setting;
mod territory;
mod year;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kernel::{Clock as _, CoordinationId, Cx, FrozenClock, PersonId, StructureId, Via, Viewer, World};
use store::Db;

use setting::Setting;

/// Writes the demonstration into an empty database; leaves any other as it is.
///
/// # Errors
/// When the database cannot be written, or a use case refuses an act (which would be a defect of the seed).
pub async fn write_if_empty(db: &Db, world: World) -> anyhow::Result<()> {
    if !network::queries::coordinations(&mut db.read().await?).await?.is_empty() {
        return Ok(());
    }
    let now = world.clock.now();
    let mut pen = Pen::new(db.clone(), world, now - Duration::days(366))?;
    let setting = Setting::write(&mut pen).await?;
    year::write(&mut pen, &setting, now).await?;
    Ok(())
}

/// Writes at a moment of the past, as somebody.
pub(super) struct Pen {
    pub(super) db: Db,
    clock: Arc<FrozenClock>,
    world: World,
    handlers: Vec<queue::Handler>,
    chance: u64,
}

impl Pen {
    fn new(db: Db, world: World, begin: DateTime<Utc>) -> anyhow::Result<Self> {
        let clock = Arc::new(FrozenClock::at(begin));
        let world = World { clock: clock.clone(), ..world };
        let settings = web::Settings {
            public_url: "http://127.0.0.1:8080".to_owned(),
            demo: true,
            secure_cookies: false,
        };
        let house = crate::house::build(db.clone(), world.clone(), settings, mail::Transport::Kept)?;
        Ok(Self { db, clock, world, handlers: house.handlers, chance: 0x5eed_7ab1_ee00_2026 })
    }

    /// Does the waiting work of the moment: letters leave, what follows from an act follows.
    pub(super) async fn work(&self) -> anyhow::Result<()> {
        queue::run_due(&self.db, &self.job(None), &self.handlers, 5_000).await?;
        Ok(())
    }

    /// Moves to a moment.
    pub(super) fn at(&mut self, moment: DateTime<Utc>) {
        self.clock.set(moment);
    }

    /// The moment.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The machine's own context.
    pub(super) fn job(&self, coordination: Option<CoordinationId>) -> Cx {
        let mut cx = Cx::new(self.world.clone(), Viewer::job());
        cx.coordination = coordination;
        cx
    }

    /// A person's context, in a coordination, acting for a structure.
    pub(super) async fn as_person(
        &self,
        person: PersonId,
        structure: StructureId,
        coordination: CoordinationId,
    ) -> anyhow::Result<Cx> {
        let mut conn = self.db.read().await?;
        let known = network::recognise(&mut conn, Some(person), Some(structure), Some(coordination)).await?;
        let viewer = Viewer { via: Via::SignedIn, person: Some(person), ..known.viewer };
        let mut cx = Cx::new(self.world.clone(), viewer);
        cx.coordination = Some(coordination);
        Ok(cx)
    }

    /// A number below `bound`, the same at every writing: the demonstration looks alike everywhere.
    pub(super) fn draw(&mut self, bound: u64) -> i64 {
        // xorshift64*, Vigna 2016.
        self.chance ^= self.chance >> 12;
        self.chance ^= self.chance << 25;
        self.chance ^= self.chance >> 27;
        let drawn = self.chance.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        i64::try_from(drawn % bound.max(1)).unwrap_or_default()
    }
}

/// A failure of a use case as an error that names it.
pub(super) trait OrSay<T> {
    /// The outcome, or an error that says what was being written.
    fn or_say(self, what: &str) -> anyhow::Result<T>;
}

impl<T, R: std::fmt::Debug> OrSay<T> for Result<T, kernel::Failure<R>> {
    fn or_say(self, what: &str) -> anyhow::Result<T> {
        self.map_err(|failure| anyhow::anyhow!("the demonstration could not be written ({what}): {failure}"))
    }
}
