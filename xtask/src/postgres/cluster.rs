//! One throw-away cluster and the guardian that clears it away.
//!
//! Invariant: when this process is gone, however it went, the server stops and its folder disappears. A small shell
//! holds the other end of a pipe and acts on its end; a `Drop` alone would miss Ctrl-C and kill.

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result, bail};

use super::find::Installation;
use crate::process::{answer, succeeds, which};
use crate::system::{self, OtherUser};

/// Reads its standard input until it ends, then stops the server and removes the folder. `$1` is the folder, `$2`
/// pg_ctl, the rest the words that change the user. Signals of the terminal are not for it.
const GUARDIAN: &str = r#"
trap '' INT TERM HUP QUIT
folder=$1; control=$2; shift 2
if "$@" "$control" start -w -t 60 -s -D "$folder/data" -l "$folder/log" >/dev/null 2>&1 </dev/null
then echo ready; else echo failed; fi
read -r _
"$@" "$control" stop -m immediate -w -t 30 -s -D "$folder/data" >/dev/null 2>&1 </dev/null
rm -rf "$folder"
"#;

/// Speed over safety: the data is thrown away, so nothing waits for a disk.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 200
shared_buffers = 128MB
wal_level = minimal
max_wal_senders = 0
timezone = 'UTC'
log_timezone = 'UTC'
";

/// A running private PostgreSQL; stopped and removed when dropped.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    version: u32,
    owner: Option<OtherUser>,
    guardian: Child,
    lifeline: Option<ChildStdin>,
}

impl Cluster {
    /// Creates and starts one; another free port is tried when somebody takes ours in between.
    pub fn start(installation: &Installation) -> Result<Self> {
        let mut last = None;
        for _ in 0..3 {
            match Self::try_start(installation) {
                Ok(cluster) => return Ok(cluster),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("PostgreSQL was never tried")?)
    }

    fn try_start(installation: &Installation) -> Result<Self> {
        let owner = if system::is_root() {
            Some(
                OtherUser::find()
                    .context("PostgreSQL refuses root and neither setpriv nor runuser is here")?,
            )
        } else {
            None
        };
        let folder = private_folder(owner.as_ref())?;
        let port = match prepare(installation, &folder, owner.as_ref()) {
            Ok(port) => port,
            Err(error) => {
                drop(std::fs::remove_dir_all(&folder));
                return Err(error);
            }
        };
        let mut command = Command::new(which("sh").context("sh was not found")?);
        command.args(["-c", GUARDIAN, "guardian"]).arg(&folder).arg(installation.programs.join("pg_ctl"));
        match &owner {
            Some(owner) => command.args(owner.prefix()),
            // "$@" must not be empty, or pg_ctl itself would be the first word.
            None => command.arg("env"),
        };
        command.current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut guardian = command.spawn().context("the cluster's guardian could not be started")?;
        let lifeline = guardian.stdin.take();
        let mut word = String::new();
        if let Some(stdout) = guardian.stdout.as_mut() {
            BufReader::new(stdout).read_line(&mut word)?;
        }
        let version = installation.version;
        let log = folder.join("log");
        let mut cluster = Self { folder, port, version, owner, guardian, lifeline };
        if word.trim() == "ready" {
            return Ok(cluster);
        }
        let said = std::fs::read_to_string(log).unwrap_or_default();
        cluster.end();
        bail!("PostgreSQL {version} did not start:\n{}", said.trim())
    }

    /// The maintenance database's address; tests create databases of their own beside it.
    pub fn url(&self) -> String {
        format!("postgres://tablee@127.0.0.1:{}/postgres", self.port)
    }

    /// The major version.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The account it runs as when that is not ours.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_ref().map(|owner| owner.name.as_str())
    }

    /// Stays until the cluster ends.
    pub fn wait(&mut self) -> Result<()> {
        // `Child::wait` would close the guardian's input first, which is its order to stop.
        let lifeline = self.lifeline.take();
        let ended = self.guardian.wait();
        drop(lifeline);
        ended.context("the cluster was lost")?;
        Ok(())
    }

    fn end(&mut self) {
        drop(self.lifeline.take());
        drop(self.guardian.wait());
        // The guardian does this; once more in case somebody killed it.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end();
    }
}

/// `initdb`, settings and a free port.
fn prepare(installation: &Installation, folder: &Path, owner: Option<&OtherUser>) -> Result<u16> {
    let data = folder.join("data");
    let mut words: Vec<String> = owner.map(|owner| owner.prefix().to_vec()).unwrap_or_default();
    words.push(installation.programs.join("initdb").to_string_lossy().into_owned());
    let mut words = words.into_iter();
    let mut initdb = Command::new(words.next().context("no program")?);
    initdb.args(words).args(["-U", "tablee", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"]);
    initdb.arg(&data).current_dir(folder).env("LC_ALL", "C").stdin(Stdio::null());
    let output = initdb.output().context("initdb could not be started")?;
    if !output.status.success() {
        bail!("initdb failed:\n{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let port = TcpListener::bind("127.0.0.1:0").and_then(|taken| taken.local_addr())?.port();
    let file = data.join("postgresql.conf");
    let mut settings =
        OpenOptions::new().append(true).open(&file).context("postgresql.conf cannot be written")?;
    writeln!(settings, "{SETTINGS}port = {port}\nunix_socket_directories = '{}'", folder.display())?;
    Ok(port)
}

/// A folder of the cluster's own that its account can reach. Short, because a socket's path has about 100 bytes.
fn private_folder(owner: Option<&OtherUser>) -> Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let places = [std::env::temp_dir(), "/tmp".into(), "/var/tmp".into(), "/dev/shm".into()];
    for place in places.into_iter().filter(|place| place.as_os_str().len() < 60) {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = place.join(format!("tablee-pg-{}-{number}", std::process::id()));
        if std::fs::create_dir(&folder).is_err() {
            continue;
        }
        if owner.is_none_or(|owner| given_to(owner, &folder)) {
            return Ok(folder);
        }
        drop(std::fs::remove_dir_all(&folder));
    }
    bail!("no temporary folder that PostgreSQL's account can reach; set TMPDIR to one")
}

/// Gives the folder away and sees whether the new owner can enter it (a parent may be closed to it).
fn given_to(owner: &OtherUser, folder: &Path) -> bool {
    let mut chown = Command::new("chown");
    chown.arg(&owner.name).arg(folder);
    let mut test = owner.prefix().iter();
    let Some(program) = test.next() else { return false };
    let mut try_it = Command::new(program);
    try_it.args(test).args(["sh", "-c", "cd \"$1\" && test -w . && pwd", "try"]).arg(folder);
    succeeds(chown) && answer(try_it).is_some()
}
