//! Clients that take their time: each takes a place for a bounded time and costs the others nothing.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tablee::serve::{self, Bounds};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A house of two pages: a short one and one of 64 MB.
struct Door {
    host: String,
    close: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

async fn open(bounds: Bounds) -> Door {
    let listener = serve::bind("127.0.0.1:0".parse().unwrap(), false).await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let (close, closing) = oneshot::channel::<()>();
    let router = Router::new()
        .route("/", get(|| async { "là" }))
        .route("/gros", get(|| async { "x".repeat(64_000_000) }));
    let serving = tokio::spawn(async move {
        let closing = async move {
            let _ = closing.await;
        };
        serve::serve(listener, router, bounds, closing).await.unwrap();
    });
    Door { host, close, serving }
}

fn bounds(connections: u32) -> Bounds {
    let moment = Duration::from_millis(400);
    Bounds { connections, asking: moment, taking: moment, last_orders: moment }
}

fn connect(host: &str) -> TcpStream {
    let stream = TcpStream::connect(host).unwrap();
    // Far more than any bound: only a server that waits for ever meets it.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

fn ask(host: &str) -> String {
    let mut stream = connect(host);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: ici\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Reads until the other side hangs up; a reset is a way of hanging up.
fn is_let_go(mut stream: TcpStream) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_finishes_asking_is_let_go_and_keeps_nobody_waiting() {
    let door = open(bounds(4)).await;
    let mut slow = Vec::new();
    for head in ["", "GET / HTT", "GET / HTTP/1.1\r\nHost: ici\r\nX-Lent: "] {
        let mut stream = connect(&door.host);
        stream.write_all(head.as_bytes()).unwrap();
        slow.push(stream);
    }
    assert!(ask(&door.host).ends_with("là"), "one place was left");
    for stream in slow {
        assert!(tokio::task::spawn_blocking(move || is_let_go(stream)).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_every_place_is_taken_by_idlers_the_next_one_waits_for_a_bounded_time() {
    let door = open(bounds(3)).await;
    // One of them has been answered and stays on the line without a word.
    let mut idle = connect(&door.host);
    idle.write_all(b"GET / HTTP/1.1\r\nHost: ici\r\n\r\n").unwrap();
    let mut first = [0; 16];
    idle.read_exact(&mut first).unwrap();
    let others = [connect(&door.host), connect(&door.host)];
    let host = door.host.clone();
    let answer = tokio::task::spawn_blocking(move || ask(&host)).await.unwrap();
    assert!(answer.ends_with("là"), "{answer}");
    assert!(tokio::task::spawn_blocking(move || is_let_go(idle)).await.unwrap());
    drop(others);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_takes_the_answer_gives_the_place_up() {
    let door = open(bounds(1)).await;
    let mut deaf = connect(&door.host);
    deaf.write_all(b"GET /gros HTTP/1.1\r\nHost: ici\r\n\r\n").unwrap();
    let host = door.host.clone();
    let answer = tokio::task::spawn_blocking(move || ask(&host)).await.unwrap();
    assert!(answer.ends_with("là"), "{answer}");
    drop(deaf);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_more_than_a_head_holds_is_refused() {
    // The protocol's own answer, without words: it is given before anything is known of who asks and in what language.
    // No browser sends such a head; what a browser full of cookies may send is answered in words (see `door`).
    let door = open(bounds(4)).await;
    let host = door.host.clone();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = connect(&host);
        stream.write_all(b"GET / HTTP/1.1\r\nHost: ici\r\n").unwrap();
        let header = format!("X-Long: {}\r\n", "x".repeat(8_000));
        for _ in 0..200 {
            if stream.write_all(header.as_bytes()).is_err() {
                break;
            }
        }
        let _ = stream.write_all(b"\r\n");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    })
    .await
    .unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(ask(&door.host).ends_with("là"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_that_closes_does_not_wait_for_those_who_never_finish() {
    let door = open(bounds(1)).await;
    let mut deaf = connect(&door.host);
    deaf.write_all(b"GET /gros HTTP/1.1\r\nHost: ici\r\n\r\n").unwrap();
    let mut first = [0; 16];
    deaf.read_exact(&mut first).unwrap();
    door.close.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(60), door.serving).await.expect("it closed").unwrap();
}
