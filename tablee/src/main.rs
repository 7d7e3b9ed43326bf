//! The command of whoever runs an installation; `tablee help` tells.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on its terminal")]

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use kernel::World;
use mail::{SmtpSettings, Transport};
use store::{Db, OpenOptions};
use tablee::allocation_files::{self, Allocation};
use tablee::demo::PERSONAS;
use tablee::open::Opening;
use tablee::settings::{Database, Serve};
use tablee::{demo, doctor, house, restore, serve};

/// Tablée: the territorial coordination of food aid.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves an installation.
    Serve(Serve),
    /// Serves a fictitious territory on this machine: nothing to install, nothing is sent.
    Demo {
        /// The database file.
        #[arg(long, default_value = "var/demo.db")]
        db: String,
        /// The port; without it the first free one from 8080 on. 0 takes any.
        #[arg(long)]
        port: Option<u16>,
        /// Starts afresh.
        #[arg(long)]
        reset: bool,
        /// Writes the demo into the database and ends.
        #[arg(long)]
        seed_only: bool,
    },
    /// Opens a coordination, with its first structure and facilitator; again for the second facilitator.
    Open {
        /// Where the data is.
        #[command(flatten)]
        database: Database,
        /// The address people use, for the link that is printed.
        #[arg(long, env = "TABLEE_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        public_url: String,
        /// What is opened.
        #[command(flatten)]
        opening: Opening,
    },
    /// Brings the tables up to date.
    Migrate(Database),
    /// Checks that the ledger adds up, that nothing is orphaned, that migrations are applied.
    Doctor(Database),
    /// Copies a running SQLite database to a new file and checks the copy.
    Backup {
        /// Where the data is.
        #[command(flatten)]
        database: Database,
        /// The file to write.
        to: PathBuf,
    },
    /// Puts a copy made by `backup` in the place of the SQLite database; stop the server first.
    Restore {
        /// Where the data is.
        #[command(flatten)]
        database: Database,
        /// The copy to read.
        from: PathBuf,
    },
    /// Solves, judges, simulates or makes up allocation problems from files, without any database.
    #[command(subcommand)]
    Allocation(Allocation),
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("TABLEE_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sqlx=error")),
        )
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tablee: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(settings) => serve_installation(settings).await?,
        Command::Demo { db, port, reset, seed_only } => serve_demo(&db, port, reset, seed_only).await?,
        Command::Open { database, public_url, opening } => {
            open_table(&database, &public_url, &opening).await?;
        }
        Command::Migrate(database) => {
            open(&database).await?.migrate().await?;
            println!("The tables are up to date.");
        }
        Command::Doctor(database) => return examine(&database).await,
        Command::Backup { database, to } => {
            let db = open(&database).await?;
            if let Err(error) = db.backup(&to).await {
                if matches!(error, store::BackupRefused::UsePgDump) {
                    bail!(
                        "PostgreSQL has its own tool: pg_dump --format=custom --file={} \"{}\"",
                        to.display(),
                        "$TABLEE_DATABASE_URL"
                    );
                }
                return Err(error.into());
            }
            println!("{} is a sound copy.", to.display());
        }
        Command::Restore { database, from } => {
            if let Some(aside) = restore::run(&database.address, &from).await? {
                println!("What was there is kept as {}.", aside.display());
            }
            println!("The copy is in place.");
        }
        Command::Allocation(command) => return allocation_files::run(&command),
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(database: &Database) -> anyhow::Result<Db> {
    let options = OpenOptions { connections: database.connections, ..OpenOptions::default() };
    Db::open(&database.address, options).await.context("the database cannot be opened")
}

/// Opens a coordination and says how its facilitator comes in.
async fn open_table(database: &Database, public_url: &str, opening: &Opening) -> anyhow::Result<()> {
    let db = open(database).await?;
    db.migrate().await.context("the tables cannot be brought up to date")?;
    let opened = tablee::open::run(&db, World::real(), opening).await?;
    db.close().await;
    println!("{} is open. {} ({}) facilitates it.", opening.coordination, opening.name, opening.structure);
    println!("Their way in, once, within 14 days: {}{}", public_url.trim_end_matches('/'), opened.path);
    if opened.facilitation != network::Facilitation::Shared {
        println!(
            "It needs a second facilitator, from another structure: run `tablee open` again with theirs."
        );
    }
    Ok(())
}

/// What to do first, where nothing has been opened yet.
async fn first_steps(db: &Db) -> anyhow::Result<Vec<String>> {
    let coordinations = network::queries::coordinations(&mut db.read().await?).await?;
    if !coordinations.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![
        "Nobody can come in yet: no coordination is open. Open one from another terminal, with the same --db:".to_owned(),
        format!("  {}", tablee::open::HOW),
    ])
}

async fn serve_installation(settings: Serve) -> anyhow::Result<()> {
    let db = open(&settings.database).await?;
    db.migrate().await.context("the tables cannot be brought up to date")?;
    let transport = match &settings.smtp_url {
        Some(url) => Transport::smtp(&SmtpSettings { url: url.clone(), from: settings.mail_from.clone() })
            .map_err(|error| anyhow::anyhow!(error))
            .context("the mail relay's address is not understood")?,
        None => {
            eprintln!("No TABLEE_SMTP_URL: letters are kept in the database and not sent.");
            Transport::Kept
        }
    };
    let listener = serve::bind(settings.listen, false).await?;
    let public_url = settings.public_url.unwrap_or(format!("http://{}", listener.local_addr()?));
    let public_url = public_url.trim_end_matches('/').to_owned();
    let secure_cookies = public_url.starts_with("https://");
    let house = web::Settings { public_url, demo: false, secure_cookies };
    let lines = first_steps(&db).await?;
    welcome(listener, db, house, transport, settings.worker, &lines).await
}

async fn serve_demo(file: &str, port: Option<u16>, reset: bool, seed_only: bool) -> anyhow::Result<()> {
    if reset {
        for suffix in ["", "-wal", "-shm"] {
            match std::fs::remove_file(format!("{file}{suffix}")) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| format!("{file}{suffix} cannot be removed")),
            }
        }
    }
    write_demo(file).await?;
    if seed_only {
        return Ok(());
    }
    let db = Db::open(file, OpenOptions::default()).await.context("the demo's database cannot be opened")?;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(8080)));
    let listener = serve::bind(listen, port.is_none()).await?;
    let public_url = format!("http://{}", listener.local_addr()?);
    let mut lines = vec![format!("Tablée vous attend : {public_url}"), String::new()];
    lines.extend(PERSONAS.iter().map(|persona| {
        // Two spaces more than the longest name, whatever its letters weigh.
        let gap = " ".repeat(18_usize.saturating_sub(persona.name.chars().count()));
        format!("  {}{gap} {public_url}/demo?qui={}", persona.name, persona.short())
    }));
    let house = web::Settings { public_url, demo: true, secure_cookies: false };
    welcome(listener, db, house, Transport::Kept, true, &lines).await
}

/// Writes the demonstration where there is none yet. A power cut in the middle costs nothing: it is written aside and
/// put in its place when it is whole.
async fn write_demo(file: &str) -> anyhow::Result<()> {
    if std::path::Path::new(file).exists() {
        let db =
            Db::open(file, OpenOptions::default()).await.context("the demo's database cannot be opened")?;
        db.migrate().await?;
        db.close().await;
        return Ok(());
    }
    println!("A year of a fictitious territory is being written…");
    let aside = format!("{file}.writing");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{aside}{suffix}"));
    }
    let options = OpenOptions { durable: false, ..OpenOptions::default() };
    let db = Db::open(&aside, options).await.context("the demo's database cannot be written")?;
    db.migrate().await?;
    demo::seed::write_if_empty(&db, World::real()).await?;
    db.close().await;
    std::fs::rename(&aside, file)?;
    Ok(())
}

/// Opens the door and keeps it until asked to close.
async fn welcome(
    listener: tokio::net::TcpListener,
    db: Db,
    settings: web::Settings,
    transport: Transport,
    works: bool,
    lines: &[String],
) -> anyhow::Result<()> {
    let house = house::build(db.clone(), World::real(), settings, transport)?;
    if !web::assets::are_built() {
        eprintln!("The stylesheet is not built: run `cargo xtask assets`. Pages work without it.");
    }
    println!("listening http://{}", listener.local_addr()?);
    for line in lines {
        println!("{line}");
    }
    let worker =
        works.then(|| tokio::spawn(serve::work(db.clone(), World::real(), house.handlers, house.schedules)));
    serve::serve(listener, house.router, serve::Bounds::default(), serve::asked_to_close()).await?;
    if let Some(worker) = worker {
        worker.abort();
        let _ = tokio::time::timeout(Duration::from_secs(5), worker).await;
    }
    db.close().await;
    Ok(())
}

async fn examine(database: &Database) -> anyhow::Result<ExitCode> {
    let db = open(database).await?;
    let findings = doctor::examine(&db).await?;
    for finding in &findings {
        println!("✗ {}", finding.text);
    }
    if findings.is_empty() {
        println!("All is well: the ledger adds up, nothing is orphaned, migrations are applied.");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
