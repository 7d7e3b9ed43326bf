//! The composition root: rooms in, router and worker out.

use std::sync::Arc;

use anyhow::anyhow;
use axum::Router;
use i18n::{Catalogue, Source};
use kernel::World;
use mail::Transport;
use queue::{Handler, Schedule};
use store::Db;
use web::{App, Room, Routes, Settings};

/// The house, ready to open.
pub struct House {
    /// What every handler can reach.
    pub app: App,
    /// Everything that answers requests.
    pub router: Router,
    /// Every path it answers at.
    pub paths: Vec<&'static str>,
    /// Who does which waiting work.
    pub handlers: Vec<Handler>,
    /// What comes back by itself.
    pub schedules: Vec<Schedule>,
}

/// Every room's words.
fn words(rooms: &[Room]) -> Vec<Source> {
    let platform = [i18n::sources(), web::sources(), accounts::sources(), crate::sources()];
    platform.into_iter().flatten().chain(rooms.iter().flat_map(|room| room.words.iter().copied())).collect()
}

/// The contexts, in the order of the dependency arrows.
fn contexts() -> Vec<Room> {
    vec![
        network::room_with(vec![
            directory::exporter,
            stock::exporter,
            collections::exporter,
            requests::exporter,
        ]),
        directory::room(),
        goods::room(),
        stock::room(),
        collections::room(),
        requests::room(),
        allocation::room(),
    ]
}

/// Puts the house together.
///
/// # Errors
/// When a catalogue does not parse or two rooms use one key.
pub fn build(db: Db, world: World, settings: Settings, transport: Transport) -> anyhow::Result<House> {
    let mut rooms = contexts();
    let catalogue = Arc::new(Catalogue::new(words(&rooms)).map_err(|error| anyhow!(error))?);
    let sender: accounts::SenderOf = |conn, id| Box::pin(network::queries::sender(conn, id));
    rooms.push(accounts::room_with(catalogue.clone(), settings.public_url.clone(), Some(sender)));
    rooms.push(crate::home::room());
    if settings.demo {
        rooms.push(crate::demo::room());
    }
    let mut nav: Vec<_> = rooms.iter().flat_map(|room| room.nav.clone()).collect();
    nav.sort_by_key(|entry| entry.rank);
    let app = App {
        db,
        catalogue,
        world,
        settings: Arc::new(settings),
        nav: Arc::new(nav),
        waiting: Arc::new(rooms.iter().flat_map(|room| room.waiting.clone()).collect()),
        link_pages: Arc::new(rooms.iter().flat_map(|room| room.link_pages.clone()).collect()),
        recognise: |conn, person, structure, coordination| {
            Box::pin(network::recognise(conn, person, structure, coordination))
        },
    };
    let mut handlers: Vec<_> = rooms.iter().flat_map(|room| room.jobs.clone()).collect();
    handlers.push(mail::handler(transport));
    handlers.push(crate::keep::handler());
    let mut schedules: Vec<_> = rooms.iter().flat_map(|room| room.schedules.clone()).collect();
    schedules.push(crate::keep::schedule());
    let pages = rooms.into_iter().fold(Routes::new(), |pages, room| pages.merge(room.routes));
    let paths = pages.paths().to_vec();
    let router = accounts::front_door(app.clone(), pages);
    Ok(House { app, router, paths, handlers, schedules })
}
