//! The context every use case receives: who asks, where, in what language, at what time.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

use crate::time::{self, Tz};
use crate::{Clock, CoordinationId, Locale, PersonId, StructureId, SystemClock, Viewer};

/// Fills a buffer with random bytes.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Where time and chance come from; one per process, frozen in tests.
#[derive(Clone)]
pub struct World {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of chance.
    pub random: Chance,
}

impl World {
    /// The machine's clock and random source.
    #[must_use]
    pub fn real() -> Self {
        Self { clock: Arc::new(SystemClock), random: Arc::new(|bytes| rand::fill(bytes)) }
    }

    /// A world with its own clock; chance stays the machine's.
    #[must_use]
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..Self::real() }
    }
}

/// The client's name for one act: the same key sent twice is one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandKey {
    /// The name itself.
    pub name: String,
    /// The fingerprint of everything the client sent under it, where that is known: what was sent twice is known again
    /// by what was sent, whatever the server made of it in between.
    pub sent: Option<String>,
}

/// What surrounds one act. Cheap to clone.
#[derive(Clone)]
pub struct Cx {
    /// Who asks.
    pub viewer: Viewer,
    /// The coordination they are in, where one applies.
    pub coordination: Option<CoordinationId>,
    /// The language they read.
    pub locale: Locale,
    /// The territory's time zone.
    pub zone: Tz,
    /// The act's name, where the client gave one.
    pub key: Option<CommandKey>,
    world: World,
}

impl Cx {
    /// A context for `viewer`, in French, in Paris, without a command key.
    #[must_use]
    pub fn new(world: World, viewer: Viewer) -> Self {
        Self {
            viewer,
            coordination: None,
            locale: Locale::default(),
            zone: chrono_tz::Europe::Paris,
            key: None,
            world,
        }
    }

    /// The world it lives in.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The same context with this command key.
    #[must_use]
    pub fn with_key(mut self, name: impl Into<String>) -> Self {
        self.key = Some(CommandKey { name: name.into(), sent: None });
        self
    }

    /// The same context with the key of something that was sent, and the fingerprint of all of it.
    #[must_use]
    pub fn with_sent(mut self, name: impl Into<String>, sent: impl Into<String>) -> Self {
        self.key = Some(CommandKey { name: name.into(), sent: Some(sent.into()) });
        self
    }

    /// The present instant, to the microsecond.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    /// The civil date and time in the territory.
    #[must_use]
    pub fn civil_now(&self) -> NaiveDateTime {
        time::civil(self.now(), self.zone)
    }

    /// The civil date in the territory.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.civil_now().date()
    }

    /// A new UUIDv7: sorts by the time of its making.
    #[must_use]
    pub fn new_uuid(&self) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill_random(&mut random);
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// Fills a buffer with random bytes.
    pub fn fill_random(&self, bytes: &mut [u8]) {
        (self.world.random)(bytes);
    }

    /// The person asking, where known.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        self.viewer.person
    }

    /// The structure they act for, where known.
    #[must_use]
    pub fn structure(&self) -> Option<StructureId> {
        self.viewer.structure
    }

    /// A context of the machine itself in the same world.
    #[must_use]
    pub fn as_job(&self) -> Self {
        Self { viewer: Viewer::job(), key: None, ..self.clone() }
    }
}
