//! The addresses of a room: axum's router, and beside it the list of its paths, because axum cannot say what it
//! answers and the access matrix must miss nothing.

use axum::routing::MethodRouter;
use axum::{Extension, Router};

use crate::App;

/// A router that remembers its paths.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    paths: Vec<&'static str>,
}

impl Routes {
    /// No address yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers at one more path.
    #[must_use]
    pub fn route(mut self, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, methods);
        self.paths.push(path);
        self
    }

    /// Hands a value to every handler so far that asks for it with [`Extension`].
    #[must_use]
    pub fn carrying<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.router = self.router.layer(Extension(value));
        self
    }

    /// These addresses and another room's.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.paths.extend(other.paths);
        self
    }

    /// Every path, in the order of the rooms.
    #[must_use]
    pub fn paths(&self) -> &[&'static str] {
        &self.paths
    }

    /// The router itself.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
