//! Opening a coordination on an installation: the table itself, the first structure at it and whoever facilitates it.
//! The same use cases as everywhere, by the operator, in one transaction.
//!
//! Invariant: whatever is there already (territory, coordination, structure, person) is used and left as it is, so the
//! command names the second co-facilitator, or opens the second coordination, just as it opened the first.

use anyhow::{anyhow, bail};
use chrono::Duration;
use clap::Args;
use kernel::time::Tz;
use kernel::{
    CoordinationId, Cx, Failure, Level, Locale, PersonId, Role, StructureId, TerritoryId, Via, Viewer, World,
};
use network::usecases::change_level::{self, ChangeLevel};
use network::usecases::create_coordination::{self, CreateCoordination};
use network::usecases::create_territory::{self, CreateTerritory};
use network::usecases::invite_person::{self, InvitePerson, InviteRefused};
use network::usecases::join::{self, Join};
use network::usecases::name_facilitator::{self, NameFacilitator, NameRefused};
use network::usecases::register_structure::{self, RegisterStructure};
use network::{Facilitation, Sector, Settings, StructureKind, TerritoryLevel, queries};
use store::{Db, Tx};

/// The line `serve` prints where there is nothing to serve yet.
pub const HOW: &str = "tablee open --territory \"Montreuil\" --coordination \"Table de Montreuil\" \
                       --structure \"CCAS de Montreuil\" --kind ccas --name \"Prénom Nom\" --email nom@exemple.fr";

/// What is opened, and by whom it is facilitated.
#[derive(Args, Clone, Debug)]
pub struct Opening {
    /// The territory it works on; made known when new.
    #[arg(long)]
    pub territory: String,
    /// quartier, arrondissement, commune, ept, metropole or departement.
    #[arg(long, default_value = "commune", value_parser = level)]
    pub level: TerritoryLevel,
    /// The territory's INSEE code.
    #[arg(long)]
    pub insee: Option<String>,
    /// The territory's time zone.
    #[arg(long, default_value = "Europe/Paris")]
    pub zone: Tz,
    /// The coordination's short name; opened when new.
    #[arg(long)]
    pub coordination: String,
    /// Its name in full.
    #[arg(long)]
    pub full_name: Option<String>,
    /// Whom members call when they are lost.
    #[arg(long)]
    pub help_phone: Option<String>,
    /// The structure the facilitator comes from; made known when new.
    #[arg(long)]
    pub structure: String,
    /// association, ccas, commerce, ess, `service_public`, collectif, entreprise, producteur or autre.
    #[arg(long, default_value = "association", value_parser = kind)]
    pub kind: StructureKind,
    /// The sector it sits for; social for a CCAS, `aide_alimentaire` for others.
    #[arg(long, value_parser = sector)]
    pub sector: Option<Sector>,
    /// Who facilitates.
    #[arg(long)]
    pub name: String,
    /// Where their letters go.
    #[arg(long)]
    pub email: String,
    /// The language of their letters: fr or en.
    #[arg(long, default_value = "fr", value_parser = language)]
    pub lang: Locale,
}

fn level(code: &str) -> Result<TerritoryLevel, String> {
    TerritoryLevel::from_code(code).ok_or_else(|| "no such level".to_owned())
}

fn kind(code: &str) -> Result<StructureKind, String> {
    StructureKind::from_code(code).ok_or_else(|| "no such kind".to_owned())
}

fn sector(code: &str) -> Result<Sector, String> {
    Sector::from_code(code).ok_or_else(|| "no such sector".to_owned())
}

fn language(tag: &str) -> Result<Locale, String> {
    Locale::from_tag(tag).ok_or_else(|| "fr or en".to_owned())
}

/// What was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The coordination.
    pub coordination: CoordinationId,
    /// Who facilitates it now, besides others.
    pub person: PersonId,
    /// The path by which they come in, once.
    pub path: String,
    /// Whether it has its two facilitators from two structures.
    pub facilitation: Facilitation,
}

/// Opens it, or completes what is open.
///
/// # Errors
/// When the database cannot be written, or a use case refuses; nothing is written then.
pub async fn run(db: &Db, world: World, asked: &Opening) -> anyhow::Result<Opened> {
    if !asked.email.contains('@') {
        bail!("{} is no e-mail address", asked.email);
    }
    let viewer = Viewer { via: Via::Operator, ..Viewer::default() };
    let mut cx = Cx::new(world, viewer);
    cx.locale = asked.lang;
    cx.zone = asked.zone;
    let mut tx = db.write().await?;
    let territory = territory(&cx, &mut tx, asked).await?;
    let coordination = coordination(&cx, &mut tx, asked, territory).await?;
    cx.coordination = Some(coordination);
    let structure = structure(&cx, &mut tx, asked, coordination).await?;
    let person = person(&cx, &mut tx, asked, structure).await?;
    let named = NameFacilitator { coordination, person, structure };
    match name_facilitator::within(&cx, &mut tx, &named).await {
        Ok(()) | Err(Failure::Refused(NameRefused::Already)) => {}
        Err(failure) => return Err(said("the facilitator", failure)),
    }
    // The letter of the invitation has a link of its own; whoever is there already gets one too.
    let link = accounts::links::NewLink {
        purpose: invite_person::PURPOSE,
        subject: person.uuid(),
        structure: Some(structure),
        person: Some(person),
        label: asked.coordination.clone(),
        valid_for: Duration::days(invite_person::VALID_DAYS),
    };
    let path = accounts::links::issue(&mut tx, &cx, link).await?;
    let facilitation = Facilitation::of(&queries::facilitators(&mut tx, coordination).await?);
    tx.commit().await?;
    Ok(Opened { coordination, person, path, facilitation })
}

async fn territory(cx: &Cx, tx: &mut Tx, asked: &Opening) -> anyhow::Result<TerritoryId> {
    if let Some(known) = queries::territory_named(tx, asked.level, &asked.territory).await? {
        return Ok(known.id);
    }
    let command = CreateTerritory {
        parent: None,
        level: asked.level,
        name: asked.territory.clone(),
        code_insee: asked.insee.clone(),
    };
    create_territory::within(cx, tx, &command).await.map_err(|failure| said("the territory", failure))
}

async fn coordination(
    cx: &Cx,
    tx: &mut Tx,
    asked: &Opening,
    territory: TerritoryId,
) -> anyhow::Result<CoordinationId> {
    let slug = network::slug(&asked.coordination);
    if let Some(known) = queries::coordinations(tx).await?.into_iter().find(|known| known.slug == slug) {
        if known.territory != territory {
            bail!("{} works on another territory than {}", known.name, asked.territory);
        }
        return Ok(known.id);
    }
    let command = CreateCoordination {
        territory,
        parent: None,
        name: asked.coordination.clone(),
        full_name: asked.full_name.clone().unwrap_or_default(),
        help_phone: asked.help_phone.clone(),
        settings: Settings::default(),
    };
    let id = create_coordination::within(cx, tx, &command)
        .await
        .map_err(|failure| said("the coordination", failure))?;
    let mut there = cx.clone();
    there.coordination = Some(id);
    goods::usecases::install_defaults::within(&there, tx, id)
        .await
        .map_err(|failure| said("the foods", failure))?;
    Ok(id)
}

/// The structure, seated where facilitators come from.
async fn structure(
    cx: &Cx,
    tx: &mut Tx,
    asked: &Opening,
    coordination: CoordinationId,
) -> anyhow::Result<StructureId> {
    let structure = match queries::namesakes(tx, &asked.structure).await?.as_slice() {
        [] => {
            let sector = asked.sector.unwrap_or(match asked.kind {
                StructureKind::Ccas => Sector::Social,
                _ => Sector::FoodAid,
            });
            let identity = RegisterStructure::new(asked.structure.clone(), asked.kind, sector);
            register_structure::within(cx, tx, &identity)
                .await
                .map_err(|failure| said("the structure", failure))?
        }
        [known] => *known,
        _ => bail!("several structures are called {}: name the facilitator in Tablée", asked.structure),
    };
    match queries::member(tx, coordination, structure).await?.map(|member| member.level) {
        None => {
            let command = Join { coordination, structure, level: Level::Signatory };
            join::within(cx, tx, &command).await.map_err(|failure| said("its place", failure))?;
        }
        Some(Level::Listed | Level::Reader) => {
            let command = ChangeLevel { coordination, structure, level: Level::Signatory };
            change_level::within(cx, tx, &command).await.map_err(|failure| said("its place", failure))?;
        }
        Some(Level::Contributor | Level::Signatory) => {}
    }
    Ok(structure)
}

async fn person(cx: &Cx, tx: &mut Tx, asked: &Opening, structure: StructureId) -> anyhow::Result<PersonId> {
    let command =
        InvitePerson { structure, name: asked.name.clone(), email: asked.email.clone(), role: Role::Lead };
    match invite_person::within(cx, tx, &command).await {
        Ok(person) => Ok(person),
        Err(Failure::Refused(InviteRefused::AlreadyIn)) => accounts::people::by_email(tx, &asked.email)
            .await?
            .map(|known| known.id)
            .ok_or_else(|| anyhow!("{} is not known", asked.email)),
        Err(failure) => Err(said("the person", failure)),
    }
}

fn said<R: std::fmt::Debug>(what: &str, failure: Failure<R>) -> anyhow::Error {
    match failure {
        Failure::Refused(why) => anyhow!("{what} is refused: {why:?}"),
        other => anyhow!("{what}: {other}"),
    }
}
