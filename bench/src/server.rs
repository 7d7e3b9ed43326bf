//! The server as an installation runs it: a process of its own, on loopback, without its worker, so that only pages are
//! measured.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::ask::Ask;
use crate::client::Client;

/// How long a start or a stop may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the start is measured.
const STARTS: usize = 3;

/// A running server; it ends when this is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start until it listened.
    pub listened: Duration,
    child: Child,
    // Kept open: a server that speaks to nobody would end.
    _says: Lines<BufReader<ChildStdout>>,
}

/// What a process holds in memory, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Now.
    pub resident: u64,
    /// The most it ever was.
    pub most: u64,
}

/// What starting costs, the slowest of a few.
pub struct Started {
    /// From its start until it listened.
    pub listened: Duration,
    /// From its start until the first page was answered.
    pub answered: Duration,
    /// After that page.
    pub idle: Memory,
}

/// Starts a few times and says what the slowest start cost.
pub async fn starts(tablee: &Path, address: &str) -> anyhow::Result<Started> {
    let mut slowest: Option<Started> = None;
    for _ in 0..STARTS {
        let begun = Instant::now();
        let server = Server::start(tablee, address).await?;
        Client::new(server.address, "").ask(&Ask::get("/")).await.context("the first page")?;
        let started =
            Started { listened: server.listened, answered: begun.elapsed(), idle: server.memory()? };
        server.stop().await?;
        if slowest.as_ref().is_none_or(|slowest| slowest.answered < started.answered) {
            slowest = Some(started);
        }
    }
    slowest.context("no start")
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub async fn start(tablee: &Path, database: &str) -> anyhow::Result<Self> {
        let begun = Instant::now();
        let mut child = Command::new(tablee)
            .args(["serve", "--listen", "127.0.0.1:0", "--worker", "false", "--db"])
            .arg(database)
            .env_remove("TABLEE_SMTP_URL")
            .env_remove("TABLEE_PUBLIC_URL")
            .env_remove("TABLEE_DATABASE_CONNECTIONS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("tablee cannot be started")?;
        let mut says = BufReader::new(child.stdout.take().context("it cannot be heard")?).lines();
        let address = tokio::time::timeout(PATIENCE, async {
            while let Some(line) = says.next_line().await? {
                if let Some(address) = line.strip_prefix("listening http://") {
                    return Ok(address.parse()?);
                }
            }
            bail!("the server ended before it listened")
        })
        .await
        .context("the server does not listen")??;
        Ok(Self { address, listened: begun.elapsed(), child, _says: says })
    }

    /// What it holds in memory, as the kernel says.
    pub fn memory(&self) -> anyhow::Result<Memory> {
        let id = self.child.id().context("the server has ended")?;
        Memory::read(&std::fs::read_to_string(format!("/proc/{id}/status"))?)
    }

    /// Asks it to end, as a service manager does, and waits.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.child.id().context("the server has ended by itself")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.context("it does not end")??;
        if !status.success() {
            bail!("the server ended with {status}");
        }
        Ok(())
    }
}

impl Memory {
    fn read(status: &str) -> anyhow::Result<Self> {
        let of = |name: &str| -> anyhow::Result<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).context("no memory said")?;
            let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
            Ok(kibibytes * 1024)
        };
        Ok(Self { resident: of("VmRSS:")?, most: of("VmHWM:")? })
    }
}

/// Whether `tablee doctor` finds all well, and what it says.
pub async fn doctor(tablee: &Path, address: &str) -> anyhow::Result<(bool, String)> {
    let output = Command::new(tablee).args(["doctor", "--db", address]).output().await?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&said).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_bytes() {
        let status = "Name:\ttablee\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\nThreads:\t3\n";
        assert_eq!(Memory::read(status).unwrap(), Memory { resident: 10_485_760, most: 20_971_520 });
        assert!(Memory::read("Name:\tzombie\n").is_err());
    }
}
