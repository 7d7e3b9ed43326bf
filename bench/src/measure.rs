//! Lets people ask at the same time and takes the time of each answer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at};

use crate::client::{Client, Reply};
use crate::figures::Figures;
use crate::scenarios::Scenario;
use crate::server::Server;

/// What came of a scenario.
#[derive(Debug)]
pub enum Outcome {
    /// There is no such page.
    Missing(u16),
    /// There is, and these are its figures.
    Measured(Measured),
}

/// The figures of a page.
#[derive(Debug, Default)]
pub struct Measured {
    /// The times of right answers.
    pub figures: Figures,
    /// From the first ask to the last answer.
    pub took: Duration,
    /// Answers that were not right, in words, and how often.
    pub errors: BTreeMap<String, usize>,
    /// What the right answers weigh together on the wire, in bytes.
    pub bytes: usize,
}

impl Outcome {
    /// Whether the page is there and nothing went wrong.
    pub fn is_sound(&self) -> bool {
        matches!(self, Self::Measured(measured) if measured.errors.is_empty())
    }
}

/// Asks once to see whether the page is there, lets everybody come in once, then measures.
pub async fn measure(server: &Server, scenario: &Scenario) -> anyhow::Result<Outcome> {
    let mut clients: Vec<Client> =
        scenario.people.iter().map(|cookie| Client::new(server.address, cookie)).collect();
    for (turn, client) in clients.iter_mut().enumerate() {
        let reply = client.ask(&(scenario.ask)(turn)).await?;
        if turn == 0 && [404, 405].contains(&reply.status) {
            return Ok(Outcome::Missing(reply.status));
        }
    }
    let turns = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let people = u32::try_from(clients.len().max(1)).unwrap_or(u32::MAX);
    let mut everybody = JoinSet::new();
    for (seat, client) in (0_u32..).zip(clients) {
        // People who read do not all turn the page at the same instant.
        let pace = scenario.every.map(|every| (begun + every * seat / people, every));
        everybody.spawn(sit(scenario.clone(), client, turns.clone(), pace));
    }
    let mut times = Vec::with_capacity(scenario.requests);
    let mut measured = Measured::default();
    for one in everybody.join_all().await {
        times.extend(one.times);
        measured.bytes += one.bytes;
        for (error, often) in one.errors {
            *measured.errors.entry(error).or_default() += often;
        }
    }
    measured.took = begun.elapsed();
    measured.figures = Figures::of(times);
    Ok(Outcome::Measured(measured))
}

#[derive(Default)]
struct Taken {
    times: Vec<Duration>,
    errors: BTreeMap<String, usize>,
    bytes: usize,
}

/// One person, until everything has been asked. At a pace, an answer's time counts from when the question was due, so
/// that a slow server cannot slow the questions down and look fast.
async fn sit(
    scenario: Scenario,
    mut client: Client,
    turns: Arc<AtomicUsize>,
    pace: Option<(Instant, Duration)>,
) -> Taken {
    let mut taken = Taken::default();
    let mut beat = pace.map(|(first, every)| interval_at(first, every));
    loop {
        let due = match beat.as_mut() {
            Some(beat) => beat.tick().await,
            None => Instant::now(),
        };
        let turn = turns.fetch_add(1, Ordering::Relaxed);
        if turn >= scenario.requests {
            return taken;
        }
        let reply = client.ask(&(scenario.ask)(turn)).await;
        match reply.map_err(|error| format!("{error:#}")).and_then(|reply| scenario.judge(reply)) {
            Ok(reply) => {
                taken.times.push(due.elapsed());
                taken.bytes += reply.bytes;
            }
            Err(wrong) => *taken.errors.entry(wrong).or_default() += 1,
        }
    }
}

impl Scenario {
    /// A right answer, or what is wrong with it.
    fn judge(&self, reply: Reply) -> Result<Reply, String> {
        let leads = reply.location.as_deref().unwrap_or_default();
        if reply.status != self.status {
            return Err(format!("{} {leads}", reply.status).trim().to_owned());
        }
        match self.leads_to {
            Some(to) if !leads.starts_with(to) => Err(format!("{} to {leads}", reply.status)),
            _ => Ok(reply),
        }
    }
}
