//! Pages.
use axum::Router;
use i18n::Words;
use kernel::Cx;
use store::{Conn, Error};
use web::{App, Waiting};

pub(crate) fn routes() -> Router<App> {
    Router::new()
}

pub(crate) async fn waiting(_conn: &mut Conn, _cx: &Cx, _words: &Words) -> Result<Vec<Waiting>, Error> {
    Ok(Vec::new())
}
