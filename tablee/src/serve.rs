//! Listening, bounded: slow clients are let go, work under way is finished before the door closes.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use kernel::{Cx, Viewer, World};
use queue::{Handler, Schedule};
use store::Db;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;
use web::Peer;

use crate::patient::Patient;

/// The most of a request's head that is held while the rest of it is on its way. A head that is larger is answered by
/// the protocol's own 431, which has no words: it is given before it is known what is asked and who asks. Heads between
/// [`accounts::HEAD_LIMIT`] and this are answered by a page that says what to do.
const HEAD_MOST: usize = 64 * 1024;

/// What one client may take from the others.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections at the same time; more wait at the door.
    pub connections: u32,
    /// How long a client may take to say what it wants, and may stay without wanting anything.
    pub asking: Duration,
    /// How long a client may take nothing of its answer.
    pub taking: Duration,
    /// How long requests under way may take when the house closes.
    pub last_orders: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connections: 512, asking: seconds(10), taking: seconds(30), last_orders: seconds(10) }
    }
}

/// Binds the address, or the next free port after it (up to ten further) where `search` allows.
///
/// # Errors
/// When none is free.
pub async fn bind(listen: SocketAddr, search: bool) -> anyhow::Result<TcpListener> {
    let mut address = listen;
    for _ in 0..10 {
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) if search && error.kind() == std::io::ErrorKind::AddrInUse => {
                address.set_port(address.port().saturating_add(1));
            }
            Err(error) => return Err(error).with_context(|| format!("cannot listen on {address}")),
        }
    }
    anyhow::bail!("no free port from {listen} on")
}

/// Serves until `close` is ready, then finishes what is under way.
///
/// # Errors
/// None today; a connection that fails is that connection's trouble.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    close: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let places = Arc::new(Semaphore::new(usize::try_from(bounds.connections).unwrap_or(usize::MAX)));
    let (closing, closed) = watch::channel(false);
    let mut close = std::pin::pin!(close);
    loop {
        let place = tokio::select! {
            () = &mut close => break,
            place = places.clone().acquire_owned() => place.context("the house is closed")?,
        };
        let (stream, peer) = tokio::select! {
            () = &mut close => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: give the others time to leave.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let peer = Peer(peer.ip().to_canonical());
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request
        });
        let mut closed = closed.clone();
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(bounds.asking)
                .max_buf_size(HEAD_MOST)
                .serve_connection(
                    TokioIo::new(Patient::new(stream, bounds.taking)),
                    TowerToHyperService::new(service),
                );
            let mut connection = std::pin::pin!(connection);
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended early");
                    }
                }
                _ = closed.changed() => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
            drop(place);
        });
    }
    drop(listener);
    let _ = closing.send(true);
    let _ = tokio::time::timeout(bounds.last_orders, places.acquire_many(bounds.connections)).await;
    Ok(())
}

/// Does the waiting work until the task is dropped: due jobs every second, schedules every half minute.
pub async fn work(db: Db, world: World, handlers: Vec<Handler>, schedules: Vec<Schedule>) {
    let cx = Cx::new(world, Viewer::job());
    let mut beats: u32 = 0;
    loop {
        if beats.is_multiple_of(30)
            && let Err(error) = queue::enqueue_due(&db, &cx, &schedules).await
        {
            tracing::error!(%error, "schedules could not be looked at");
        }
        if let Err(error) = queue::run_due(&db, &cx, &handlers, 50).await {
            tracing::error!(%error, "the queue could not be looked at");
        }
        beats = beats.wrapping_add(1);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Ready when the process is asked to end.
pub async fn asked_to_close() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
