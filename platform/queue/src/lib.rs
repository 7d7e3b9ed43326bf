//! Work that waits: jobs are rows, written in the same transaction as the change that asks for them, so that
//! neither happens without the other; schedules are jobs that enqueue themselves once per moment.
//!
//! Invariant: several processes may run [`run_due`] at once and each job runs in one of them. A process that
//! dies leaves its job to be taken again when its lease ends, so a handler must bear being run twice.

mod schedule;

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kernel::Cx;
use serde::Serialize;
use serde_json::Value;
use store::{Db, Error, FromRow, Json, Tx};
use uuid::Uuid;

pub use schedule::{Every, Schedule, enqueue_due};

/// How long a process may hold a job before another may take it.
const LEASE: Duration = Duration::minutes(10);
/// After so many tries a job is left for a human (`tablee doctor` lists it).
const MOST_ATTEMPTS: i64 = 8;

/// What a handler answers.
pub type Done = Result<(), Box<dyn StdError + Send + Sync>>;

type Run = Arc<dyn Fn(Cx, Db, Value) -> Pin<Box<dyn Future<Output = Done> + Send>> + Send + Sync>;

/// Who does jobs of one kind.
#[derive(Clone)]
pub struct Handler {
    /// The kind, e.g. `collections.expire`.
    pub kind: &'static str,
    run: Run,
}

impl Handler {
    /// A handler from an async function of the machine's context, the database and the job's payload.
    pub fn new<F, Fut>(kind: &'static str, run: F) -> Self
    where
        F: Fn(Cx, Db, Value) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Done> + Send + 'static,
    {
        Self { kind, run: Arc::new(move |cx, db, payload| Box::pin(run(cx, db, payload))) }
    }
}

/// Asks for a job. With a `once` key, a second job of the same key is not written, ever.
///
/// # Errors
/// When the database cannot be written or the payload is not JSON.
pub async fn enqueue(
    tx: &mut Tx,
    cx: &Cx,
    kind: &'static str,
    payload: &impl Serialize,
    run_at: DateTime<Utc>,
    once: Option<String>,
) -> Result<(), Error> {
    let payload = serde_json::to_value(payload).unwrap_or(Value::Null);
    tx.query(
        "INSERT INTO job (id, kind, payload, run_at, once_key, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (once_key) DO NOTHING",
    )
    .bind(cx.new_uuid())
    .bind(kind)
    .bind(Json(payload))
    .bind(run_at)
    .bind(once)
    .bind(cx.now())
    .run()
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Taken {
    id: Uuid,
    kind: String,
    payload: Json<Value>,
    attempts: i64,
}

/// Runs the jobs that are due, `most` at most, and says how many it ran. `cx` gives the clock.
///
/// # Errors
/// When the database cannot be reached; a job that fails is not an error of the queue.
pub async fn run_due(db: &Db, cx: &Cx, handlers: &[Handler], most: usize) -> Result<usize, Error> {
    let by_kind: BTreeMap<&str, &Handler> = handlers.iter().map(|handler| (handler.kind, handler)).collect();
    let mut ran = 0;
    while ran < most {
        let Some(job) = take(db, cx).await? else { break };
        ran += 1;
        let outcome = match by_kind.get(job.kind.as_str()) {
            Some(handler) => (handler.run)(cx.as_job(), db.clone(), job.payload.0.clone()).await,
            None => Err(format!("no handler for {}", job.kind).into()),
        };
        settle(db, cx, &job, outcome).await?;
    }
    Ok(ran)
}

async fn take(db: &Db, cx: &Cx) -> Result<Option<Taken>, Error> {
    let mut tx = db.write().await?;
    let job = tx
        .dialect(
            "UPDATE job SET taken_until = $1, attempts = attempts + 1 WHERE id = (
                 SELECT id FROM job WHERE done_at IS NULL AND gave_up_at IS NULL AND run_at <= $2
                     AND (taken_until IS NULL OR taken_until < $2) ORDER BY run_at, id LIMIT 1)
             RETURNING id, kind, payload, attempts",
            "UPDATE job SET taken_until = $1, attempts = attempts + 1 WHERE id = (
                 SELECT id FROM job WHERE done_at IS NULL AND gave_up_at IS NULL AND run_at <= $2
                     AND (taken_until IS NULL OR taken_until < $2) ORDER BY run_at, id LIMIT 1
                     FOR UPDATE SKIP LOCKED)
             RETURNING id, kind, payload, attempts",
        )
        .bind(cx.now() + LEASE)
        .bind(cx.now())
        .optional()
        .await?;
    tx.commit().await?;
    Ok(job)
}

async fn settle(db: &Db, cx: &Cx, job: &Taken, outcome: Done) -> Result<(), Error> {
    let mut tx = db.write().await?;
    match outcome {
        Ok(()) => {
            tx.query("UPDATE job SET done_at = $1, taken_until = NULL, last_error = NULL WHERE id = $2")
                .bind(cx.now())
                .bind(job.id)
                .run()
                .await?;
        }
        Err(error) => {
            tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, %error, "a job failed");
            let gave_up = (job.attempts >= MOST_ATTEMPTS).then(|| cx.now());
            tx.query(
                "UPDATE job SET taken_until = NULL, run_at = $1, gave_up_at = $2, last_error = $3 WHERE id = $4",
            )
            .bind(cx.now() + Duration::minutes(job.attempts * job.attempts))
            .bind(gave_up)
            .bind(error.to_string())
            .bind(job.id)
            .run()
            .await?;
        }
    }
    tx.commit().await
}

/// Forgets jobs done before `before`.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_done(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    tx.query("DELETE FROM job WHERE done_at < $1").bind(before).run().await
}
