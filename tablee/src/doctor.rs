//! Is everything as it should be? The ledger against its balances, rows against what they refer to, migrations,
//! jobs that gave up.

use kernel::{Cx, Viewer, World};
use store::{Db, Engine};

/// One finding; `doctor` ends with an error when there is any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, for the person who runs the installation.
    pub text: String,
}

/// Rows that refer to something which is not there, where the engine does not hold the reference itself.
const ORPHANS: [(&str, &str); 7] = [
    (
        "collections whose photo is missing",
        "SELECT COUNT(*) FROM collection c WHERE c.photo_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM photo p WHERE p.id = c.photo_id)",
    ),
    (
        "lots whose collection is missing",
        "SELECT COUNT(*) FROM lot l WHERE l.collection_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM collection c WHERE c.id = l.collection_id)",
    ),
    (
        "collections that gave more than was reserved and taken",
        "SELECT COUNT(*) FROM collection c WHERE c.taken_grams <> COALESCE((
             SELECT SUM(r.grams) FROM collection_reservation r
             WHERE r.collection_id = c.id AND r.state IN ('held', 'taken_over')), 0)",
    ),
    (
        "movements without an entry",
        "SELECT COUNT(*) FROM movement m WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.movement_id = m.id)",
    ),
    (
        "allocation lines that hold a reservation of another lot",
        "SELECT COUNT(*) FROM allocation_line a JOIN stock_reservation r ON r.id = a.reservation_id
             WHERE r.lot_id <> a.lot_id",
    ),
    (
        "sessions of people who were erased",
        "SELECT COUNT(*) FROM session s JOIN person p ON p.id = s.person_id WHERE p.erased_at IS NOT NULL",
    ),
    ("jobs that gave up", "SELECT COUNT(*) FROM job WHERE gave_up_at IS NOT NULL"),
];

/// Looks at everything and says what is wrong; an empty answer means all is well.
///
/// # Errors
/// When the database cannot be read.
pub async fn examine(db: &Db) -> Result<Vec<Finding>, store::Error> {
    let mut findings = Vec::new();
    let mut conn = db.read().await?;
    let known = Db::known_migrations();
    let applied: Vec<(i64, bool)> =
        conn.query("SELECT version, success FROM _sqlx_migrations ORDER BY version").all().await?;
    for (version, name) in &known {
        if !applied.iter().any(|(done, sound)| done == version && *sound) {
            findings.push(Finding { text: format!("migration {version} ({name}) has not been applied") });
        }
    }
    for (what, sql) in ORPHANS {
        let count: i64 = conn.query(sql).value().await?;
        if count > 0 {
            findings.push(Finding { text: format!("{count} {what}") });
        }
    }
    if db.engine() == Engine::Sqlite {
        let verdict: String = conn.query("PRAGMA integrity_check").value().await?;
        if verdict != "ok" {
            findings.push(Finding { text: format!("the file is damaged: {verdict}") });
        }
        let broken: Vec<(String,)> =
            conn.query("SELECT \"table\" FROM pragma_foreign_key_check").all().await?;
        for (table,) in broken {
            findings.push(Finding { text: format!("a row of {table} refers to a row that is not there") });
        }
    }
    for discrepancy in stock::ledger::verify(&mut conn).await? {
        findings.push(Finding { text: format!("ledger: {discrepancy:?}") });
    }
    Ok(findings)
}

/// A context for commands of whoever runs the installation.
#[must_use]
pub fn operator() -> Cx {
    Cx::new(World::real(), Viewer { via: kernel::Via::Operator, ..Viewer::default() })
}
