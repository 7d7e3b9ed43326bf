//! The daily allocation: one facilitator, one run at a time, each cancelled again so that the next has the same stock.

use std::time::{Duration, Instant};

use kernel::{Cx, Viewer, World};

use crate::ask::Ask;
use crate::client::{Client, Reply};
use crate::server::{Memory, Server};
use crate::territory::Territory;

/// What came of the runs.
pub struct Rounds {
    /// How long each took to prepare: read, computed, proved, reserved, written.
    pub prepared: Vec<Duration>,
    /// How long each one's page took.
    pub shown: Vec<Duration>,
    /// Why it ended early: nothing where it did not.
    pub trouble: Option<String>,
    /// What the server holds in memory afterwards.
    pub memory: Memory,
}

impl Rounds {
    /// Whether every run was prepared and cancelled.
    pub fn is_sound(&self) -> bool {
        self.trouble.is_none()
    }
}

/// Prepares, looks, cancels, so many times.
pub async fn rounds(server: &Server, territory: &Territory, many: usize) -> anyhow::Result<Rounds> {
    let cx = Cx::new(World::real(), Viewer::default());
    let mut client = Client::new(server.address, &territory.facilitator);
    let mut rounds =
        Rounds { prepared: Vec::new(), shown: Vec::new(), trouble: None, memory: server.memory()? };
    for _ in 0..many {
        let (prepared, shown) = match round(&cx, &mut client).await {
            Ok(times) => times,
            Err(trouble) => {
                rounds.trouble = Some(format!("{trouble:#}"));
                break;
            }
        };
        rounds.prepared.push(prepared);
        rounds.shown.push(shown);
    }
    rounds.memory = server.memory()?;
    Ok(rounds)
}

async fn round(cx: &Cx, client: &mut Client) -> anyhow::Result<(Duration, Duration)> {
    let key = cx.new_uuid().to_string();
    let begun = Instant::now();
    let reply = client.ask(&Ask::send("/attributions/preparer", &[("cle", &key)])).await?;
    let prepared = begun.elapsed();
    let page = led_to(&reply, "/attributions/")?;
    let begun = Instant::now();
    let shown = client.ask(&Ask::get(page.clone())).await?;
    let showed = begun.elapsed();
    anyhow::ensure!(shown.status == 200, "the run's page answers {}", shown.status);
    let key = cx.new_uuid().to_string();
    let fields = [("cle", key.as_str()), ("version", "1"), ("raison", "Mesure")];
    let reply = client.ask(&Ask::send(format!("{page}/annuler"), &fields)).await?;
    let to = led_to(&reply, "/attributions")?;
    anyhow::ensure!(to == "/attributions", "the run is not cancelled: it leads to {to}");
    Ok((prepared, showed))
}

/// Where an act led, if it was done.
fn led_to(reply: &Reply, beginning: &str) -> anyhow::Result<String> {
    match (&reply.location, reply.status) {
        (Some(to), 303) if to.starts_with(beginning) => Ok(to.clone()),
        (_, 404 | 405) => anyhow::bail!("missing: {}", reply.status),
        (to, status) => anyhow::bail!("refused: {status} {}", to.as_deref().unwrap_or_default()),
    }
}
