//! As much of HTTP/1.1 as one person's browser needs: one connection that is kept, one answer at a time.
//!
//! Invariant: nothing here waits or grows without bound.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::ask::Ask;

/// The longest head and the longest body taken.
const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 16 * 1024 * 1024;
/// How long an answer may take: longer than the server's own patience.
const PATIENCE: Duration = Duration::from_secs(40);

/// An answer, as far as the figures need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Where it leads.
    pub location: Option<String>,
    /// What its body weighs on the wire, in bytes.
    pub bytes: usize,
}

/// The connection ended before an answer began.
#[derive(Debug)]
struct HungUp;

impl std::fmt::Display for HungUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the server hung up")
    }
}

impl std::error::Error for HungUp {}

/// One person's connection.
pub struct Client {
    to: SocketAddr,
    cookie: String,
    stream: Option<TcpStream>,
    read: Vec<u8>,
    begun: bool,
}

impl Client {
    /// A person with their session; connects at the first question.
    pub fn new(to: SocketAddr, cookie: &str) -> Self {
        Self { to, cookie: cookie.to_owned(), stream: None, read: Vec::new(), begun: false }
    }

    /// Asks and waits for the whole answer.
    pub async fn ask(&mut self, ask: &Ask) -> anyhow::Result<Reply> {
        let kept = self.stream.is_some();
        let answer = self.in_time(ask).await;
        // A server lets go of a connection that was quiet for long; a browser then connects again.
        match answer {
            Err(error) if kept && error.is::<HungUp>() => self.in_time(ask).await,
            answer => answer,
        }
    }

    async fn in_time(&mut self, ask: &Ask) -> anyhow::Result<Reply> {
        let answer = match tokio::time::timeout(PATIENCE, self.exchange(ask)).await {
            Ok(answer) => answer,
            Err(_late) => Err(anyhow::anyhow!("no answer in {PATIENCE:?}")),
        };
        if answer.is_err() {
            self.stream = None;
            self.read.clear();
        }
        answer
    }

    async fn exchange(&mut self, ask: &Ask) -> anyhow::Result<Reply> {
        let head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nAccept: text/html\r\nAccept-Language: fr\r\n\
             Accept-Encoding: gzip\r\n",
            ask.method(),
            ask.path,
            self.to,
            self.cookie
        );
        let request = match &ask.form {
            None => format!("{head}\r\n"),
            Some(form) => format!(
                "{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
                form.len()
            ),
        };
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.to).await?;
            stream.set_nodelay(true)?;
            self.stream = Some(stream);
        }
        let sent = self.stream.as_mut().context("no connection")?.write_all(request.as_bytes()).await;
        sent.map_err(|_closed| HungUp)?;
        self.begun = false;
        self.answer().await
    }

    async fn answer(&mut self) -> anyhow::Result<Reply> {
        let end = self.find(b"\r\n\r\n", LONGEST_HEAD).await?;
        let head = Head::read(&self.read.drain(..end + 4).collect::<Vec<u8>>())?;
        let bytes = if head.chunked {
            self.chunks().await?
        } else {
            self.skip(head.length).await?;
            head.length
        };
        if head.closes {
            self.stream = None;
            self.read.clear();
        }
        Ok(Reply { status: head.status, location: head.location, bytes })
    }

    /// Reads a body in pieces and says what the pieces weigh.
    async fn chunks(&mut self) -> anyhow::Result<usize> {
        let mut total = 0;
        loop {
            let end = self.find(b"\r\n", LONGEST_HEAD).await?;
            let line: Vec<u8> = self.read.drain(..end + 2).collect();
            let line = String::from_utf8(line)?;
            let size = line.trim().split(';').next().unwrap_or_default();
            let size = usize::from_str_radix(size, 16).context("a piece without a size")?;
            self.skip(size.checked_add(2).context("too long")?).await?;
            if size == 0 {
                return Ok(total);
            }
            total += size;
            if total > LONGEST_BODY {
                bail!("the body is longer than {LONGEST_BODY} bytes");
            }
        }
    }

    /// Where a mark begins in what is read, reading on until it is there.
    async fn find(&mut self, mark: &[u8], most: usize) -> anyhow::Result<usize> {
        loop {
            if let Some(at) = self.read.windows(mark.len()).position(|window| window == mark) {
                return Ok(at);
            }
            if self.read.len() > most {
                bail!("the head is longer than {most} bytes");
            }
            self.more().await?;
        }
    }

    async fn skip(&mut self, bytes: usize) -> anyhow::Result<()> {
        if bytes > LONGEST_BODY {
            bail!("the body is longer than {LONGEST_BODY} bytes");
        }
        while self.read.len() < bytes {
            self.more().await?;
        }
        self.read.drain(..bytes);
        Ok(())
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        let stream = self.stream.as_mut().context("no connection")?;
        match stream.read_buf(&mut self.read).await {
            Ok(1..) => {
                self.begun = true;
                Ok(())
            }
            Ok(0) | Err(_) if !self.begun => Err(HungUp.into()),
            Ok(0) => bail!("the server hung up within an answer"),
            Err(error) => Err(error.into()),
        }
    }
}

/// What of a head matters.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    location: Option<String>,
    length: usize,
    chunked: bool,
    closes: bool,
}

impl Head {
    fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let text = std::str::from_utf8(bytes).context("the head is not text")?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).context("no status")?.parse()?;
        let mut head = Self { status, location: None, length: 0, chunked: false, closes: false };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "location" => head.location = Some(value.to_owned()),
                "content-length" => head.length = value.parse().context("a length that is none")?,
                "transfer-encoding" => head.chunked = value.eq_ignore_ascii_case("chunked"),
                "connection" => head.closes = value.eq_ignore_ascii_case("close"),
                _ => {}
            }
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// Answers one connection with these bytes, one question each.
    async fn says(answers: Vec<&'static str>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            for answer in answers {
                let mut asked = Vec::new();
                while !asked.ends_with(b"\r\n\r\n") {
                    assert_ne!(stream.read_buf(&mut asked).await.unwrap(), 0);
                }
                assert!(String::from_utf8(asked).unwrap().contains("Cookie: tablee=clé\r\n"));
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        at
    }

    #[tokio::test]
    async fn one_connection_takes_one_answer_after_the_other() {
        let at = says(vec![
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a;x=y\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
            "HTTP/1.1 303 See Other\r\nlocation: /collectes/1\r\ncontent-length: 2\r\n\r\nok",
            "HTTP/1.1 204 No Content\r\n\r\n",
        ])
        .await;
        let mut client = Client::new(at, "tablee=clé");
        let first = client.ask(&Ask::get("/")).await.unwrap();
        assert_eq!(first, Reply { status: 200, location: None, bytes: 31 });
        let second = client.ask(&Ask::get("/")).await.unwrap();
        assert_eq!(second, Reply { status: 303, location: Some("/collectes/1".to_owned()), bytes: 2 });
        assert_eq!(client.ask(&Ask::get("/")).await.unwrap().status, 204);
        assert!(client.ask(&Ask::get("/")).await.is_err(), "nobody answers any more");
    }

    #[tokio::test]
    async fn a_connection_let_go_is_made_anew() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut asked = Vec::new();
                while !asked.ends_with(b"\r\n\r\n") {
                    assert_ne!(stream.read_buf(&mut asked).await.unwrap(), 0);
                }
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            }
        });
        let mut client = Client::new(at, "");
        for _ in 0..3 {
            assert_eq!(client.ask(&Ask::get("/")).await.unwrap().status, 200);
        }
    }

    #[tokio::test]
    async fn a_body_without_end_is_not_read() {
        let at = says(vec!["HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"]).await;
        let refused = Client::new(at, "tablee=clé").ask(&Ask::get("/")).await.unwrap_err();
        assert!(refused.to_string().contains("longer"));
    }
}
