//! The real binary as a process, and a client that speaks to it over loopback.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use testkit::Page;

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    host: String,
}

impl Server {
    /// Starts the binary on a database and waits until it listens. It does none of the waiting work: at any hour the
    /// machine may find the day's proposal due, and what these tests count is what people do.
    pub fn start(database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tablee"))
            .args(["serve", "--db", database, "--listen", "127.0.0.1:0", "--worker", "false"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let host = loop {
            let line = lines.next().expect("a line before the end").expect("a readable line");
            if let Some(address) = line.strip_prefix("listening http://") {
                break address.to_owned();
            }
        };
        Self { child, host }
    }

    /// Where it listens.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Kills it as a power cut would: no signal handler runs.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends one form or asks for one page, and reads the whole answer; `None` where the connection broke.
pub fn ask(host: &str, method: &str, path: &str, cookie: &str, body: Option<&str>) -> Option<Page> {
    let form = body.map(|body| ("application/x-www-form-urlencoded", body.as_bytes()));
    exchange(host, &request(host, method, path, cookie, form))
}

/// The bytes of a request as a browser of this site sends it; a body comes with its media type.
pub fn request(host: &str, method: &str, path: &str, cookie: &str, body: Option<(&str, &[u8])>) -> Vec<u8> {
    let body_head = body.map_or_else(String::new, |(kind, body)| {
        format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len())
    });
    let mut bytes = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Accept-Language: fr\r\nCookie: {cookie}\r\n{body_head}\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body.map(|(_, body)| body).unwrap_or_default());
    bytes
}

/// Sends bytes and reads the whole answer; `None` where the connection broke.
pub fn exchange(host: &str, bytes: &[u8]) -> Option<Page> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(40))).ok()?;
    // A server that refuses what it has not read to the end may close before everything is written; it has answered.
    let written = stream.write_all(bytes);
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    if answer.is_empty() && (written.is_err() || read.is_err()) {
        return None;
    }
    parse(&answer)
}

fn parse(answer: &[u8]) -> Option<Page> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse::<u16>().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let get = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let mut bytes = answer[end + 4..].to_vec();
    if get("transfer-encoding").as_deref() == Some("chunked") {
        bytes = unchunk(&bytes)?;
    } else if let Some(length) = get("content-length").and_then(|length| length.parse::<usize>().ok())
        && bytes.len() < length
    {
        return None;
    }
    let named = headers.iter().filter_map(|(name, value)| {
        Some((HeaderName::try_from(name.as_str()).ok()?, HeaderValue::from_str(value).ok()?))
    });
    Some(Page {
        status: StatusCode::from_u16(status).ok()?,
        location: get("location"),
        media_type: get("content-type").unwrap_or_default(),
        headers: named.collect(),
        bytes,
    })
}

fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(end + 2..end + 2 + size)?);
        body = body.get(end + 4 + size..)?;
    }
}

/// A form's pairs as a body.
pub fn encoded(pairs: &[(String, String)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A form's pairs and one file as a body, with its media type.
pub fn multipart(
    pairs: &[(String, String)],
    (field, file_name, content): (&str, &str, &[u8]),
) -> (String, Vec<u8>) {
    let boundary = "----tablee-test-boundary";
    let mut body = Vec::new();
    for (name, value) in pairs {
        let head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}
