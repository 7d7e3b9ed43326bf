//! Small writes of several requests in one transaction: they share one way to the disk.
//!
//! A page that others are noted to have read waits until the note is kept, and so does everybody else who reads at that
//! moment; one transaction each would make the disk's pace the pace of reading. Whoever comes while a transaction is
//! being kept goes into the next one.
//!
//! Invariant: nobody is told that their write is kept before it is; what one write spoils is kept for nobody in its
//! transaction, and each of them is told.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::{Db, Error, Kind, Tx};

/// How many writes share a transaction at most: an act that waits for its turn does not wait for a crowd.
const MOST: usize = 64;

type Writing<'t> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 't>>;
type Write = Box<dyn for<'t> FnOnce(&'t mut Tx) -> Writing<'t> + Send>;

struct Waiting {
    write: Write,
    told: oneshot::Sender<Result<(), Error>>,
}

#[derive(Default)]
struct Lane {
    waiting: Vec<Waiting>,
    driven: bool,
}

/// Those who wait to write together.
#[derive(Clone, Default)]
pub(crate) struct Together(Arc<Mutex<Lane>>);

impl Db {
    /// Writes something small in a transaction shared with whoever writes at the same moment, and returns when it is
    /// kept. For notes beside an act, never for an act: another's failure is one's own.
    ///
    /// # Errors
    /// When the database cannot be written; then nothing of it is kept.
    pub async fn write_together<F>(&self, write: F) -> Result<(), Error>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> Writing<'t> + Send + 'static,
    {
        let (told, hears) = oneshot::channel();
        let waiting = Waiting { write: Box::new(write), told };
        if self.together().push(waiting) {
            // A task of its own: a reader who leaves does not take the others' writes along.
            tokio::spawn(drive(self.clone()));
        }
        hears.await.unwrap_or_else(|gone| Err(Error::new(Kind::Unavailable, gone)))
    }
}

impl Together {
    fn locked<T>(&self, work: impl FnOnce(&mut Lane) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says whether somebody has to drive.
    fn push(&self, waiting: Waiting) -> bool {
        self.locked(|lane| {
            lane.waiting.push(waiting);
            !std::mem::replace(&mut lane.driven, true)
        })
    }

    /// Whether nobody waits any more; then the driver's seat is free.
    fn leave(&self) -> bool {
        self.locked(|lane| {
            lane.driven = !lane.waiting.is_empty();
            !lane.driven
        })
    }

    fn next(&self) -> Vec<Waiting> {
        self.locked(|lane| {
            let most = lane.waiting.len().min(MOST);
            lane.waiting.drain(..most).collect()
        })
    }
}

/// Should a write panic, those who wait are told and the next who comes finds the seat free.
struct Seat {
    lane: Together,
    left: bool,
}

impl Drop for Seat {
    fn drop(&mut self) {
        if !self.left {
            self.lane.locked(|lane| *lane = Lane::default());
        }
    }
}

async fn drive(db: Db) {
    let mut seat = Seat { lane: db.together().clone(), left: false };
    while !seat.lane.leave() {
        // The turn first, then whoever waits by then.
        let turn = db.write().await;
        let (writes, told): (Vec<_>, Vec<_>) =
            seat.lane.next().into_iter().map(|one| (one.write, one.told)).unzip();
        let kept = match turn {
            Ok(tx) => keep(tx, writes).await,
            Err(error) => Err(error),
        };
        let failure = kept.err().map(Arc::new);
        for one in told {
            let answer = failure.as_ref().map_or(Ok(()), |why| Err(Error::new(why.kind(), why.clone())));
            // Who left does not hear it.
            let _ = one.send(answer);
        }
    }
    seat.left = true;
}

async fn keep(mut tx: Tx, writes: Vec<Write>) -> Result<(), Error> {
    for write in writes {
        write(&mut tx).await?;
    }
    tx.commit().await
}
