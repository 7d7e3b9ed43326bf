//! The town: a territory, a coordination, and whoever a test needs.

use std::sync::Arc;

use chrono::{DateTime, TimeZone as _, Utc};
use kernel::geo::Point;
use kernel::time::Tz;
use kernel::{
    Affiliation, Clock, CoordinationId, Cx, FrozenClock, Level, Membership, PersonId, Role, SiteId,
    StructureId, TerritoryId, Via, Viewer, World,
};
use store::{Conn, Db, Engine, OpenOptions};
use web::Recognised;

/// A town with one coordination, on Monday 23 November 2026 at 16:40.
pub struct Town {
    /// Its database.
    pub db: Db,
    /// Its database's address, for a process of its own.
    pub address: String,
    /// Its clock, which moves only when told to.
    pub clock: Arc<FrozenClock>,
    /// Its territory.
    pub territory: TerritoryId,
    /// Its coordination.
    pub coordination: CoordinationId,
    _folder: Option<tempfile::TempDir>,
}

/// Where tests begin: 16:40 in Paris.
fn beginning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 15, 40, 0).unwrap()
}

impl Town {
    /// A new town, or `None` (said loudly) where the engine is not to be had.
    pub async fn found(engine: Engine) -> Option<Self> {
        let (address, folder) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                (folder.path().join("town.db").to_str().unwrap().to_owned(), Some(folder))
            }
            Engine::Postgres => (postgres().await?, None),
        };
        let db = Db::open(&address, few()).await.expect("the town's database opens");
        db.migrate().await.unwrap();
        let clock = Arc::new(FrozenClock::at(beginning()));
        let world = World::with_clock(clock.clone());
        let cx = Cx::new(world, Viewer::job());
        let (territory, coordination) = (TerritoryId::new(&cx), CoordinationId::new(&cx));
        let mut tx = db.write().await.unwrap();
        tx.query("INSERT INTO territory (id, level, name, code_insee) VALUES ($1, 'commune', 'Montreuil', '93048')")
            .bind(territory)
            .run()
            .await
            .unwrap();
        tx.query(
            "INSERT INTO coordination (id, territory_id, slug, name, full_name, settings, created_at)
             VALUES ($1, $2, 'casaam', 'CASAAM', 'Coordination de test', $3, $4)",
        )
        .bind(coordination)
        .bind(territory)
        .bind(store::Json(serde_json::json!({})))
        .bind(cx.now())
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Some(Self { db, address, clock, territory, coordination, _folder: folder })
    }

    /// The town's world.
    #[must_use]
    pub fn world(&self) -> World {
        World::with_clock(self.clock.clone())
    }

    /// The machine's own context, in the coordination.
    #[must_use]
    pub fn job(&self) -> Cx {
        let mut cx = Cx::new(self.world(), Viewer::job());
        cx.coordination = Some(self.coordination);
        cx
    }

    /// A structure that takes part as a contributor; `kind` is a code of the `structure` table.
    pub async fn structure(&self, name: &str, kind: &str) -> StructureId {
        let id = self.stranger(name, kind).await;
        let mut tx = self.db.write().await.unwrap();
        tx.query("INSERT INTO membership (coordination_id, structure_id, level, since) VALUES ($1, $2, 'contributor', $3)")
            .bind(self.coordination)
            .bind(id)
            .bind(self.job().today())
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A structure that is in no coordination.
    pub async fn stranger(&self, name: &str, kind: &str) -> StructureId {
        let cx = self.job();
        let id = StructureId::new(&cx);
        let sector = match kind {
            "commerce" | "entreprise" => "commerce",
            "ccas" => "social",
            _ => "aide_alimentaire",
        };
        let mut tx = self.db.write().await.unwrap();
        tx.query(
            "INSERT INTO structure (id, name, folded_name, kind, sector, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(name)
        .bind(kernel::text::fold(name))
        .bind(kind)
        .bind(sector)
        .bind(cx.now())
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A person with a role in a structure; their address is their name at exemple.fr.
    pub async fn person(&self, name: &str, structure: StructureId, role: Role) -> PersonId {
        let cx = self.job();
        let email = format!("{}@exemple.fr", kernel::text::fold(name).replace(' ', "."));
        let role = match role {
            Role::Lead => "lead",
            Role::Member => "member",
            Role::Volunteer => "volunteer",
        };
        let mut tx = self.db.write().await.unwrap();
        let id = accounts::people::make_known(&mut tx, &cx, name, Some(&email)).await.unwrap();
        tx.query("INSERT INTO affiliation (person_id, structure_id, role, since) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(structure)
            .bind(role)
            .bind(cx.today())
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A lead of a structure who also helps to facilitate the coordination.
    pub async fn facilitator(&self, name: &str, structure: StructureId) -> PersonId {
        let id = self.person(name, structure, Role::Lead).await;
        let mut tx = self.db.write().await.unwrap();
        tx.query("INSERT INTO facilitator (coordination_id, person_id, structure_id, since) VALUES ($1, $2, $3, $4)")
            .bind(self.coordination)
            .bind(id)
            .bind(structure)
            .bind(self.job().today())
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A place of a structure, able to store 500 kg dry, 200 kg chilled and 100 kg frozen.
    pub async fn site(&self, structure: StructureId, name: &str, point: Option<Point>) -> SiteId {
        let id = SiteId::new(&self.job());
        let mut tx = self.db.write().await.unwrap();
        tx.query(
            "INSERT INTO site (id, structure_id, name, address, postcode, city, latitude, longitude, dry_grams,
                 chilled_grams, frozen_grams, receiving)
             VALUES ($1, $2, $3, '1 rue de l’Essai', '93100', 'Montreuil', $4, $5, 500000, 200000, 100000, $6)",
        )
        .bind(id)
        .bind(structure)
        .bind(name)
        .bind(point.map(|p| p.latitude))
        .bind(point.map(|p| p.longitude))
        .bind(store::Json(serde_json::json!([])))
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A place that holds the coordination's common stock.
    pub async fn hub(&self, structure: StructureId, name: &str) -> SiteId {
        let id = self.site(structure, name, Some(Point { latitude: 48.8622, longitude: 2.4414 })).await;
        let mut tx = self.db.write().await.unwrap();
        tx.query("UPDATE site SET is_hub = TRUE, dry_grams = 50000000, chilled_grams = 20000000, frozen_grams = 10000000 WHERE id = $1")
            .bind(id)
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A person's context: signed in, in the coordination.
    pub async fn cx(&self, person: PersonId) -> Cx {
        let mut conn = self.db.read().await.unwrap();
        let known = recognise(&mut conn, Some(person), None, None).await.unwrap();
        let mut viewer = known.viewer;
        viewer.via = Via::SignedIn;
        viewer.person = Some(person);
        let mut cx = Cx::new(self.world(), viewer);
        cx.coordination = Some(self.coordination);
        cx
    }

    /// The context of whoever holds a personal link.
    #[must_use]
    pub fn link_cx(&self, purpose: &str, subject: uuid::Uuid, structure: Option<StructureId>) -> Cx {
        let mut cx = self.job();
        cx.viewer = Viewer {
            via: Via::Link { link: kernel::LinkId::new(&cx), purpose: purpose.to_owned(), subject },
            structure,
            ..Viewer::default()
        };
        cx
    }

    /// The context of somebody nobody knows.
    #[must_use]
    pub fn nobody(&self) -> Cx {
        Cx::new(self.world(), Viewer::default())
    }
}

fn few() -> OpenOptions {
    OpenOptions { connections: 4, ..OpenOptions::default() }
}

/// A new database in the cluster of `TABLEE_TEST_POSTGRES_URL`.
async fn postgres() -> Option<String> {
    let Ok(cluster) = std::env::var("TABLEE_TEST_POSTGRES_URL") else {
        eprintln!("SKIPPED: TABLEE_TEST_POSTGRES_URL names no PostgreSQL cluster");
        return None;
    };
    let name = format!("town_{}", Cx::new(World::real(), Viewer::job()).new_uuid().simple());
    let pool = sqlx::PgPool::connect(&cluster).await.expect("the test cluster answers");
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&pool)
        .await
        .expect("a new database");
    pool.close().await;
    let base = cluster.rsplit_once('/').map_or(cluster.as_str(), |(base, _)| base);
    let options = cluster.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    Some(format!("{base}/{name}{options}"))
}

#[derive(sqlx::FromRow)]
struct Place {
    structure_id: StructureId,
    role: String,
}

#[derive(sqlx::FromRow)]
struct Seat {
    coordination_id: CoordinationId,
    structure_id: StructureId,
    level: String,
}

/// Recognises a person as the product does, from the tables.
pub async fn recognise(
    conn: &mut Conn,
    person: Option<PersonId>,
    structure: Option<StructureId>,
    coordination: Option<CoordinationId>,
) -> Result<Recognised, store::Error> {
    let places: Vec<Place> = conn
        .query("SELECT structure_id, role FROM affiliation WHERE person_id = $1 ORDER BY since, structure_id")
        .bind(person)
        .all()
        .await?;
    let seats: Vec<Seat> = conn
        .query(
            "SELECT m.coordination_id, m.structure_id, m.level FROM membership m
             JOIN affiliation a ON a.structure_id = m.structure_id
             WHERE a.person_id = $1 AND m.left_on IS NULL ORDER BY m.coordination_id",
        )
        .bind(person)
        .all()
        .await?;
    let facilitates: Vec<(CoordinationId,)> = conn
        .query("SELECT coordination_id FROM facilitator WHERE person_id = $1 AND until IS NULL")
        .bind(person)
        .all()
        .await?;
    let viewer = Viewer {
        via: Via::Anonymous,
        person,
        structure: structure.or_else(|| places.first().map(|place| place.structure_id)),
        affiliations: places
            .iter()
            .map(|place| Affiliation {
                structure: place.structure_id,
                role: match place.role.as_str() {
                    "lead" => Role::Lead,
                    "member" => Role::Member,
                    _ => Role::Volunteer,
                },
            })
            .collect(),
        memberships: seats
            .iter()
            .map(|seat| Membership {
                coordination: seat.coordination_id,
                structure: seat.structure_id,
                level: match seat.level.as_str() {
                    "listed" => Level::Listed,
                    "reader" => Level::Reader,
                    "contributor" => Level::Contributor,
                    _ => Level::Signatory,
                },
            })
            .collect(),
        facilitates: facilitates.into_iter().map(|(id,)| id).collect(),
    };
    let coordination = coordination
        .or_else(|| viewer.facilitates.first().copied())
        .or_else(|| viewer.memberships.first().map(|seat| seat.coordination));
    Ok(Recognised { viewer, coordination, zone: None::<Tz>, ..Recognised::default() })
}

/// The town's clock, for those who only need the time.
impl Clock for Town {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}
