//! What the installation is told: by arguments, by environment, or not at all.

use std::net::SocketAddr;

use clap::Args;

/// Where the data is. A bare path is an SQLite file, created when missing.
#[derive(Args, Clone, Debug)]
pub struct Database {
    /// `postgres://…`, or the path of an SQLite file.
    #[arg(long = "db", env = "TABLEE_DATABASE_URL", default_value = "tablee.db")]
    pub address: String,
    /// Connections at the same time.
    #[arg(long, env = "TABLEE_DATABASE_CONNECTIONS", default_value_t = 8)]
    pub connections: u32,
}

/// How the server listens and speaks.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Where the data is.
    #[command(flatten)]
    pub database: Database,
    /// The address to listen on. Port 0 takes any free one.
    #[arg(long, env = "TABLEE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address people use, e.g. `https://tablee.exemple.fr`; decides whether cookies need HTTPS.
    #[arg(long, env = "TABLEE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The mail relay: `smtps://user:password@host:465`. Without it letters are kept and not sent.
    #[arg(long, env = "TABLEE_SMTP_URL")]
    pub smtp_url: Option<String>,
    /// The address letters come from.
    #[arg(long, env = "TABLEE_MAIL_FROM", default_value = "tablee@localhost")]
    pub mail_from: String,
    /// Whether this process also does the waiting work (mails, expiries, the daily allocation).
    #[arg(long, env = "TABLEE_WORKER", default_value_t = true, action = clap::ArgAction::Set)]
    pub worker: bool,
}
