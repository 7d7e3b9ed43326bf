//! Other programs: run beside our output, listened to line by line, or asked for JSON.

use std::io::{IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::project::Project;

/// cargo in the project's folder, without the variables that `cargo run` gave to this process: build scripts that
/// watch them would rebuild (ring, among others) each time somebody alternates `cargo xtask` and plain cargo.
pub fn cargo(project: &Project) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let given = name.to_string_lossy();
        let of_run = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
        if of_run.iter().any(|prefix| given.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command.env_remove("CARGO").current_dir(project.root());
    command
}

/// Runs with our own terminal; an error unless it ends well.
pub fn run(mut command: Command) -> Result<()> {
    let shown = shown(&command);
    let status = command.status().with_context(|| format!("`{shown}` could not be started"))?;
    if status.success() { Ok(()) } else { bail!("`{shown}` failed ({status})") }
}

/// Runs silently; whether it ended well. `false` too when the program does not exist.
pub fn succeeds(mut command: Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program prints on its standard output, or `None` if it cannot run or fails.
pub fn answer(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The JSON a program prints; its complaints go to the terminal.
pub fn json(mut command: Command) -> Result<Value> {
    let shown = shown(&command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{shown}` could not be started"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("`{shown}` did not print JSON"))
}

/// Runs with everything shown as it comes, and hands each finished line (without colours) to `listen`.
pub fn listen(mut command: Command, mut listen: impl FnMut(&str)) -> Result<ExitStatus> {
    let shown = shown(&command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("`{shown}` could not be started"))?;
    let (lines, heard) = channel();
    let mut readers = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        readers.push(relay(stdout, std::io::stdout(), lines.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        readers.push(relay(stderr, std::io::stderr(), lines.clone()));
    }
    drop(lines);
    for line in heard {
        listen(&without_colours(&line));
    }
    for reader in readers {
        // A reader only ends early when its pipe broke, and then the exit status below tells.
        drop(reader.join());
    }
    child.wait().with_context(|| format!("`{shown}` was lost"))
}

/// Copies a pipe to the terminal as bytes arrive, so that progress bars move, and sends finished lines.
fn relay(
    mut from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    lines: Sender<String>,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut buffer = [0_u8; 8192];
        let mut line = Vec::new();
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let bytes = buffer.get(..count).unwrap_or_default();
            // A closed terminal must not stop the program that is being listened to.
            drop(to.write_all(bytes).and_then(|()| to.flush()));
            for byte in bytes {
                if matches!(byte, b'\n' | b'\r') {
                    drop(lines.send(String::from_utf8_lossy(&std::mem::take(&mut line)).into_owned()));
                } else {
                    line.push(*byte);
                }
            }
        }
        drop(lines.send(String::from_utf8_lossy(&line).into_owned()));
    })
}

/// A line without its terminal colours (CSI sequences).
pub fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(char) = rest.next() {
        if char == '\u{1b}' {
            rest.by_ref().find(|char| char.is_ascii_alphabetic());
        } else {
            plain.push(char);
        }
    }
    plain
}

/// Whether a person is watching, so that tools may draw colours and progress through our pipes.
pub fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// A program found in PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| is_program(candidate))
}

/// Whether this is a file that the system would run.
pub fn is_program(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        path.is_file()
    }
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(without_colours("\u{1b}[32;1m  Summary\u{1b}[0m [ 1s]"), "  Summary [ 1s]");
    }

    #[cfg(unix)]
    #[test]
    fn lines_of_both_pipes_are_heard_and_the_status_is_kept() {
        let mut command = Command::new("sh");
        command.args(["-c", "printf 'one\\ntwo'; printf 'three\\rfour\\n' >&2; exit 3"]);
        let mut heard = Vec::new();
        let status = listen(command, |line| heard.push(line.to_owned())).unwrap();
        heard.retain(|line| !line.is_empty());
        heard.sort();
        assert_eq!(heard, ["four", "one", "three", "two"]);
        assert_eq!(status.code(), Some(3));
    }
}
