//! A line to PostgreSQL that can be cut: what a server sees when its database goes away.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// The line. While it is cut, nobody listens at its address.
pub struct Line {
    at: SocketAddr,
    to: String,
    streams: Arc<Mutex<Vec<TcpStream>>>,
    listening: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Line {
    /// A line to the database of this address, and the address at its near end.
    pub fn to(address: &str) -> (Self, String) {
        let (scheme, rest) = address.split_once("://").unwrap();
        let (authority, database) = rest.split_once('/').unwrap();
        let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let mut line = Self { at, to: host.to_owned(), streams: Arc::default(), listening: None };
        line.listen(listener);
        let user = if user.is_empty() { String::new() } else { format!("{user}@") };
        (line, format!("{scheme}://{user}{at}/{database}"))
    }

    fn listen(&mut self, listener: TcpListener) {
        let (open, streams, to) = (Arc::new(AtomicBool::new(true)), self.streams.clone(), self.to.clone());
        let still_open = open.clone();
        let accepting = std::thread::spawn(move || {
            for near in listener.incoming() {
                if !still_open.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(near), Ok(far)) = (near, TcpStream::connect(&to)) else { continue };
                let mut known = streams.lock().unwrap();
                for (from, into) in [(&near, &far), (&far, &near)] {
                    let (from, into) = (from.try_clone().unwrap(), into.try_clone().unwrap());
                    known.push(from.try_clone().unwrap());
                    std::thread::spawn(move || copy(from, into));
                }
            }
        });
        self.listening = Some((open, accepting));
    }

    /// Cuts the line: every connection breaks and no new one comes through.
    pub fn cut(&mut self) {
        if let Some((open, accepting)) = self.listening.take() {
            open.store(false, Ordering::SeqCst);
            // One last visitor wakes whoever listens.
            let _ = TcpStream::connect(self.at);
            accepting.join().unwrap();
        }
        for stream in self.streams.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Mends the line.
    pub fn mend(&mut self) {
        let listener = TcpListener::bind(self.at).expect("the same address again");
        self.listen(listener);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.cut();
    }
}

fn copy(mut from: TcpStream, mut into: TcpStream) {
    let mut buffer = [0; 16_384];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if into.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = into.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
