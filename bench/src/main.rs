//! Tablée under load: `cargo xtask bench load`. A big territory is written into a fresh file, the server is started on
//! it as an installation would, fifty people ask for pages at the same time, and the figures are printed as Markdown.
//!
//! Invariant: every answer is looked at; a page that is refused, or leads elsewhere than it should, is an error in the
//! table and never a fast answer.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark speaks on its terminal")]

mod allocate;
mod ask;
mod client;
mod figures;
mod measure;
mod report;
mod scenarios;
mod server;
mod territory;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

/// Measures Tablée under load on a big territory.
#[derive(Parser)]
#[command(about)]
struct Cli {
    /// A tenth of the requests: to see that it runs.
    #[arg(long)]
    quick: bool,
    /// Writes the territory to this file and keeps it, or measures the one that is there.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Copies the territory into this empty PostgreSQL database and measures there.
    #[arg(long, value_name = "postgres://…")]
    postgres: Option<String>,
    /// Measures only the pages whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Cli::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Says whether there was no error and the ledger still adds up.
async fn run(cli: &Cli) -> anyhow::Result<bool> {
    let tablee = std::env::current_exe()?
        .parent()
        .map(|folder| folder.join("tablee"))
        .filter(|path| path.is_file())
        .context("the binary tablee is not beside this one: cargo build --release -p tablee -p bench")?;
    let folder = tempfile::tempdir()?;
    let file = cli.keep.clone().unwrap_or_else(|| folder.path().join("territory.db"));
    eprintln!("Writing three years of a territory…");
    let territory = territory::Territory::write(&file, cli.postgres.as_deref()).await?;
    let address = match &cli.postgres {
        Some(address) => address.as_str(),
        None => file.to_str().context("the file's name is not text")?,
    };
    println!("{}", report::territory(&territory));
    println!("{}", report::program(&tablee, &server::starts(&tablee, address).await?)?);
    let server = server::Server::start(&tablee, address).await?;
    let mut table = report::Table::begin();
    let mut sound = true;
    let wanted = |name: &str| cli.only.as_deref().is_none_or(|only| name.contains(only));
    for scenario in scenarios::all(&territory, cli.quick).into_iter().filter(|one| wanted(one.name)) {
        let outcome = measure::measure(&server, &scenario).await?;
        sound &= outcome.is_sound();
        table.row(&scenario, &outcome, server.memory()?);
    }
    table.end(server.memory()?);
    if wanted("allocation") {
        let shared = allocate::rounds(&server, &territory, if cli.quick { 1 } else { 3 }).await?;
        sound &= shared.is_sound();
        println!("{}", report::allocation(&shared));
    }
    server.stop().await?;
    let (well, words) = server::doctor(&tablee, address).await?;
    println!("`tablee doctor` after all this: {words}");
    Ok(sound && well)
}
