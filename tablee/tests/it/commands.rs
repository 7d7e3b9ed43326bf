//! The commands of whoever runs an installation, with the real binary: a copy made and put back, and the allocation
//! files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use store::{Db, OpenOptions};

use crate::process::Server;

fn tablee(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tablee")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn territories(path: &Path) -> i64 {
    let db = Db::open(&path.display().to_string(), OpenOptions::default()).await.unwrap();
    let count = db.read().await.unwrap().query("SELECT COUNT(*) FROM territory").value().await.unwrap();
    db.close().await;
    count
}

async fn one_more(path: &Path, name: &str) {
    let db = Db::open(&path.display().to_string(), OpenOptions::default()).await.unwrap();
    let mut tx = db.write().await.unwrap();
    tx.query("INSERT INTO territory (id, level, name) VALUES ($1, 'commune', $2)")
        .bind(uuid::Uuid::new_v4())
        .bind(name)
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    db.close().await;
}

#[tokio::test]
async fn a_copy_of_a_running_installation_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (base, copy) = (at("tablee.db"), at("copie.db"));
    let (db, to) = (base.display().to_string(), copy.display().to_string());
    let mut server = Server::start(&db);
    one_more(&base, "Montreuil").await;
    let made = tablee(&["backup", "--db", &db, &to]);
    assert!(made.status.success(), "{}", said(&made));
    let again = tablee(&["backup", "--db", &db, &to]);
    assert!(!again.status.success() && said(&again).contains("is there already"), "{}", said(&again));
    one_more(&base, "Bagnolet").await;
    server.kill();

    // Something else is no copy, and nothing is replaced by it.
    std::fs::write(at("lettre.txt"), "Bonjour").unwrap();
    let wrong = tablee(&["restore", "--db", &db, &at("lettre.txt").display().to_string()]);
    assert!(!wrong.status.success() && said(&wrong).contains("not a copy"), "{}", said(&wrong));
    assert_eq!(territories(&base).await, 2);

    let done = tablee(&["restore", "--db", &db, &to]);
    assert!(done.status.success() && said(&done).contains("before-restore"), "{}", said(&done));
    assert_eq!((territories(&base).await, territories(&at("tablee.before-restore")).await), (1, 2));
    let healthy = tablee(&["doctor", "--db", &db]);
    assert!(healthy.status.success(), "{}", said(&healthy));
    // A second restoration keeps what the first one kept.
    assert!(tablee(&["restore", "--db", &db, &to]).status.success());
    assert_eq!(territories(&at("tablee.before-restore")).await, 2);
    assert!(at("tablee.before-restore-2").exists());
}

#[test]
fn postgres_has_tools_of_its_own() {
    let nowhere = "postgres://nobody@127.0.0.1:1/nowhere";
    let told = tablee(&["restore", "--db", nowhere, "copie.db"]);
    assert!(!told.status.success() && said(&told).contains("pg_restore"), "{}", said(&told));
}

#[test]
fn anybody_solves_and_judges_a_problem_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/allocation");
    let example = |name: &str| example.join(name).display().to_string();
    let solved = tablee(&["allocation", "solve", &example("example.problem.json"), "-o", &at("plan.json")]);
    assert!(solved.status.success(), "{}", said(&solved));
    let plan = std::fs::read_to_string(at("plan.json")).unwrap();
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(read(&plan), read(&std::fs::read_to_string(example("example.plan.json")).unwrap()));
    let sound = tablee(&["allocation", "check", &example("example.problem.json"), &at("plan.json")]);
    assert!(sound.status.success() && said(&sound).contains("\"sound\":true"), "{}", said(&sound));

    // One gram that nobody had: the plan does not hold.
    let mut forged = read(&plan);
    let grams = forged["fractional"][0]["grams"].as_i64().unwrap();
    forged["fractional"][0]["grams"] = (grams + 1).into();
    std::fs::write(at("forged.json"), forged.to_string()).unwrap();
    let unsound = tablee(&["allocation", "check", &example("example.problem.json"), &at("forged.json")]);
    assert_eq!(unsound.status.code(), Some(1), "{}", said(&unsound));

    let made = ["allocation", "generate", "--structures", "12", "--lots", "30", "--seed", "7"];
    let (one, other) = (tablee(&made), tablee(&made));
    assert!(one.status.success() && one.stdout == other.stdout, "{}", said(&one));
    let wrong = String::from_utf8(one.stdout).unwrap().replacen("\"grams\":", "\"grams\":-", 1);
    std::fs::write(at("wrong.json"), wrong).unwrap();
    let refused = tablee(&["allocation", "solve", &at("wrong.json")]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains(".grams"), "{}", said(&refused));
}
