//! The one place where a scoped value is shown or hidden, and where the showing is noted.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::{Cx, StructureId, Viewer};
use store::{Error, Tx};

use crate::scope::{FieldGroup, Scope, ScopeOf, may_see};

/// Readings that one statement writes.
const AT_ONCE: usize = 16;

/// A value, or the fact that it is not for this viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen<T> {
    /// Here it is.
    Shown(T),
    /// It is not shared with this viewer; not even whether it is there.
    Hidden,
}

impl<T> Seen<T> {
    /// The value, where it may be seen.
    #[must_use]
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown(value) => Some(value),
            Self::Hidden => None,
        }
    }
}

/// Reveals values to one viewer on one surface, and remembers whose were revealed.
pub struct Gate {
    viewer: Viewer,
    surface: &'static str,
    day: NaiveDate,
    reader: Option<StructureId>,
    read: BTreeSet<(StructureId, FieldGroup)>,
}

impl Gate {
    /// A gate for whoever asks, on a surface: `page`, `list`, `export`, `mail`, `api`, `form`, `search`.
    #[must_use]
    pub fn new(cx: &Cx, surface: &'static str) -> Self {
        Self {
            viewer: cx.viewer.clone(),
            surface,
            day: cx.today(),
            reader: cx.structure(),
            read: BTreeSet::new(),
        }
    }

    /// The value, if its scope lets the viewer see it.
    pub fn reveal<T>(&mut self, of: &ScopeOf, group: FieldGroup, value: T) -> Seen<T> {
        if !may_see(&self.viewer, of) {
            return Seen::Hidden;
        }
        if of.scope != Scope::Public && !self.viewer.belongs_to(of.owner) && !self.viewer.is_machine() {
            self.read.insert((of.owner, group));
        }
        Seen::Shown(value)
    }

    /// Whether anything was shown that its owner should read of.
    #[must_use]
    pub fn has_readings(&self) -> bool {
        !self.read.is_empty()
    }

    /// Writes down which structure read whose values today. Somebody who acts for no structure (a person not
    /// yet attached) is noted as the owner itself would never be: such viewers see only public values.
    ///
    /// # Errors
    /// When the database cannot be written; the caller then shows nothing rather than showing unnoted.
    pub async fn note(self, tx: &mut Tx) -> Result<(), Error> {
        let Some(reader) = self.reader else { return Ok(()) };
        let read: Vec<(StructureId, FieldGroup)> = self.read.into_iter().collect();
        for chunk in read.chunks(AT_ONCE) {
            let mut query = tx
                .query(
                    "INSERT INTO reading (reader_id, owner_id, what, surface, day, times)
                     SELECT $1, column1, column2, $2, $3, 1 FROM (VALUES
                         ($4, $5), ($6, $7), ($8, $9), ($10, $11), ($12, $13), ($14, $15), ($16, $17), ($18, $19),
                         ($20, $21), ($22, $23), ($24, $25), ($26, $27), ($28, $29), ($30, $31), ($32, $33), ($34, $35)
                     ) AS read WHERE column1 IS NOT NULL
                     ON CONFLICT (owner_id, day, reader_id, what, surface) DO UPDATE SET times = reading.times + 1",
                )
                .bind(reader)
                .bind(self.surface)
                .bind(self.day);
            for at in 0..AT_ONCE {
                let (owner, group) =
                    chunk.get(at).map_or((None, ""), |(owner, group)| (Some(*owner), group.code()));
                query = query.bind(owner).bind(group);
            }
            query.run().await?;
        }
        Ok(())
    }
}
