//! A spreadsheet from upload to undo.

use directory::import::{ColumnKind, RawRow, Verdict};
use directory::queries::{self, judge};
use directory::usecases::edit_card::{self, EditCard};
use directory::usecases::import_read::{self, ImportRead};
use directory::usecases::import_undo::{self, ImportUndo};
use directory::usecases::import_write::{self, ImportWrite, WriteRefused};
use kernel::{Failure, Role};
use testkit::Town;

use crate::facts;

const HEADER: [&str; 6] = ["Nom de l’asso", "CP", "Ville", "Tél", "Adresse mail", "Nb de bénéficiaires"];

fn rows(rows: &[[&str; 6]]) -> Vec<RawRow> {
    (2..).zip(rows).map(|(line, cells)| RawRow { line, cells: cells.map(str::to_owned).to_vec() }).collect()
}

fn ask(kept: &[[&str; 6]]) -> ImportRead {
    ImportRead { file_name: "asso.csv".into(), header: HEADER.map(str::to_owned).to_vec(), rows: rows(kept) }
}

const LIST: [[&str; 6]; 6] = [
    ["Le Panier", "93100", "Montreuil", "0148700000", "panier@exemple.fr", "120"],
    ["LILAS", "93100", "Montreuil", "", "", ""],
    ["Lilas", "75020", "Paris", "", "", ""],
    ["Le panier", "93100", "Montreuil", "", "", ""],
    ["", "93100", "Montreuil", "", "", ""],
    ["La Main Tendue", "", "", "à voir", "", "env. 40"],
];

async fn town_with_lilas(town: &Town) -> kernel::Cx {
    let lilas = town.structure("Lilas", "association").await;
    town.site(lilas, "Local", None).await;
    let ccas = town.structure("CCAS", "ccas").await;
    town.cx(town.facilitator("Olivier", ccas).await).await
}

testkit::both!(
    async fn every_row_has_its_verdict_and_all_is_written_or_nothing(town: Town) {
        let cx = town_with_lilas(&town).await;
        let member =
            town.cx(town.person("Awa", town.structure("Autre", "association").await, Role::Lead).await).await;
        assert!(matches!(import_read::run(&member, &town.db, ask(&LIST)).await, Err(Failure::Forbidden)));
        let id = import_read::run(&cx, &town.db, ask(&LIST)).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let import = queries::import(&mut conn, id).await.unwrap().unwrap();
        let judged = judge(&mut conn, town.coordination, &import.columns, &import.rows).await.unwrap();
        let kinds: Vec<_> = judged
            .iter()
            .map(|row| match &row.verdict {
                Verdict::New(draft) => format!("new, {} left out", draft.notes.len()),
                Verdict::Known(_) => "known".into(),
                Verdict::KnownElsewhere(_) => "elsewhere".into(),
                Verdict::AsksItself(_) => "asks itself".into(),
                Verdict::ToCheck(doubt, _) => format!("{doubt:?}").split('(').next().unwrap().to_owned(),
                Verdict::Refused(why) => format!("{why:?}"),
            })
            .collect();
        assert_eq!(
            kinds,
            ["new, 0 left out", "known", "SameName", "TwiceInFile", "Nameless", "new, 1 left out"]
        );
        assert_eq!(
            network::queries::members(&mut conn, town.coordination).await.unwrap().len(),
            3,
            "nothing is written yet"
        );
        drop(conn);

        let write = |version, lines: &[usize]| ImportWrite {
            import: id,
            version,
            let_through: lines.to_vec(),
            complete: false,
        };
        assert!(matches!(import_write::run(&cx, &town.db, write(7, &[])).await, Err(Failure::Conflict)));
        let keyed = cx.clone().with_key("once");
        let done = import_write::run(&keyed, &town.db, write(1, &[4])).await.unwrap();
        assert_eq!((done.added, done.listed, done.left_out), (3, 0, 3));
        assert_eq!(
            import_write::run(&keyed, &town.db, write(1, &[4])).await.unwrap(),
            done,
            "a phone that sends twice"
        );
        assert!(matches!(import_write::run(&cx, &town.db, write(2, &[])).await, Err(Failure::Conflict)));
        let mut conn = town.db.read().await.unwrap();
        let import = queries::import(&mut conn, id).await.unwrap().unwrap();
        assert!(import.rows.is_empty(), "raw rows are not kept longer than needed");
        assert_eq!(network::queries::members(&mut conn, town.coordination).await.unwrap().len(), 6);
        let panier = import.created[0].structure;
        assert_eq!(queries::card(&mut conn, panier).await.unwrap().served.persons, Some(120));
        drop(conn);

        // Somebody corrects one of them; the undo takes the others back and names it.
        let edit = EditCard { structure: panier, version: 1, facts: facts("Le Panier") };
        edit_card::run(&cx, &town.db, edit).await.unwrap();
        let undone = import_undo::run(&cx, &town.db, ImportUndo { import: id }).await.unwrap();
        assert_eq!((undone.undone, undone.kept), (2, vec!["Le Panier".to_owned()]));
        assert!(matches!(
            import_undo::run(&cx, &town.db, ImportUndo { import: id }).await,
            Err(Failure::Conflict)
        ));
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(network::queries::members(&mut conn, town.coordination).await.unwrap().len(), 4);
    }
);

testkit::both!(
    async fn somebody_known_elsewhere_by_siret_is_listed_and_left_alone(town: Town) {
        let cx = town_with_lilas(&town).await;
        let known = town.stranger("Le Grand Panier", "association").await;
        let mut tx = town.db.write().await.unwrap();
        tx.query("UPDATE structure SET siret = '73282932000074' WHERE id = $1")
            .bind(known)
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let read = ImportRead {
            file_name: "x.csv".into(),
            header: vec!["Structure".into(), "N° SIRET".into()],
            rows: vec![RawRow { line: 2, cells: vec!["Panier".into(), "732 829 320 00074".into()] }],
        };
        let id = import_read::run(&cx, &town.db, read).await.unwrap();
        let write = ImportWrite { import: id, version: 1, let_through: Vec::new(), complete: false };
        let done = import_write::run(&cx, &town.db, write).await.unwrap();
        assert_eq!((done.added, done.listed), (0, 1));
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(
            network::queries::structure(&mut conn, known).await.unwrap().unwrap().name,
            "Le Grand Panier"
        );
        assert!(network::queries::member(&mut conn, town.coordination, known).await.unwrap().is_some());
        drop(conn);
        let undone = import_undo::run(&cx, &town.db, ImportUndo { import: id }).await.unwrap();
        assert_eq!((undone.undone, undone.kept.len()), (1, 0));
        let mut conn = town.db.read().await.unwrap();
        assert!(network::queries::member(&mut conn, town.coordination, known).await.unwrap().is_none());
        assert!(network::queries::structure(&mut conn, known).await.unwrap().unwrap().binned_at.is_none());
    }
);

testkit::both!(
    async fn columns_are_corrected_before_anything_is_written(town: Town) {
        let cx = town_with_lilas(&town).await;
        let read = ImportRead {
            file_name: "x.csv".into(),
            header: vec!["1".into(), "2".into()],
            rows: vec![RawRow { line: 2, cells: vec!["12".into(), "13".into()] }],
        };
        let id = import_read::run(&cx, &town.db, read).await.unwrap();
        let write = |version| ImportWrite { import: id, version, let_through: Vec::new(), complete: false };
        assert!(matches!(
            import_write::run(&cx, &town.db, write(1)).await,
            Err(Failure::Refused(WriteRefused::NoNameColumn))
        ));
        import_read::map_columns(&cx, &town.db, id, 1, vec![None, Some(ColumnKind::Name)]).await.unwrap();
        assert!(matches!(
            import_read::map_columns(&cx, &town.db, id, 1, vec![None, None]).await,
            Err(Failure::Conflict)
        ));
        let done = import_write::run(&cx, &town.db, write(2)).await.unwrap();
        assert_eq!(done.added, 1);
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(network::queries::namesakes(&mut conn, "13").await.unwrap().len(), 1);
    }
);

/// A sheet of what allocation needs, as our own export names its columns.
fn capacities(rows: &[[&str; 11]]) -> ImportRead {
    let header = [
        "Nom",
        "Code postal",
        "Ville",
        "Téléphone",
        "Sec (kg)",
        "Frais (kg)",
        "Surgelé (kg)",
        "Quai de déchargement",
        "Habilitation",
        "Familles exclues",
        "Niveau de participation",
    ];
    ImportRead {
        file_name: "capacites.csv".into(),
        header: header.map(str::to_owned).to_vec(),
        rows: (2..)
            .zip(rows)
            .map(|(line, cells)| RawRow { line, cells: cells.map(str::to_owned).to_vec() })
            .collect(),
    }
}

testkit::both!(
    async fn a_sheet_brings_what_the_allocation_needs(town: Town) {
        let cx = town_with_lilas(&town).await;
        let row = [
            "Le Panier",
            "93100",
            "Montreuil",
            "",
            "1 200",
            "300,000",
            "0,5 t",
            "oui",
            "Habilitation régionale",
            "Produits laitiers, Boissons",
            "Contributrice",
        ];
        let id = import_read::run(&cx, &town.db, capacities(&[row])).await.unwrap();
        let write = ImportWrite { import: id, version: 1, let_through: Vec::new(), complete: false };
        import_write::run(&cx, &town.db, write).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let panier = queries::import(&mut conn, id).await.unwrap().unwrap().created[0].structure;
        let site = queries::sites_of(&mut conn, panier).await.unwrap().remove(0);
        let kg = kernel::Grams::kg;
        assert_eq!((site.dry, site.chilled, site.frozen, site.dock), (kg(1_200), kg(300), kg(500), true));
        let structure = network::queries::structure(&mut conn, panier).await.unwrap().unwrap();
        assert_eq!(structure.accreditation, network::Accreditation::Regional);
        let codes: Vec<_> = queries::card(&mut conn, panier)
            .await
            .unwrap()
            .wishes
            .excluded
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(codes, ["dairy", "drinks"]);
        let seat = network::queries::member(&mut conn, town.coordination, panier).await.unwrap().unwrap();
        assert_eq!(seat.level, kernel::Level::Contributor);
        drop(conn);
        let undone = import_undo::run(&cx, &town.db, ImportUndo { import: id }).await.unwrap();
        assert_eq!((undone.undone, undone.kept.len()), (1, 0), "untouched is at the level it was given");
    }
);

testkit::both!(
    async fn empty_cells_of_known_structures_are_filled_only_when_asked_and_emptied_again(town: Town) {
        let cx = town_with_lilas(&town).await;
        let mut conn = town.db.read().await.unwrap();
        let lilas = network::queries::namesakes(&mut conn, "Lilas").await.unwrap()[0];
        drop(conn);
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let row = [
            "Lilas",
            "93100",
            "Montreuil",
            "0148700000",
            "900",
            "300",
            "",
            "oui",
            "",
            "Boissons",
            "Signataire",
        ];
        let read = || import_read::run(&cx, &town.db, capacities(&[row]));
        let write = |import, complete| ImportWrite { import, version: 1, let_through: Vec::new(), complete };
        let plain = read().await.unwrap();
        assert!(matches!(
            import_write::run(&cx, &town.db, write(plain, false)).await,
            Err(Failure::Refused(WriteRefused::NothingToWrite))
        ));
        let id = read().await.unwrap();
        let done = import_write::run(&cx, &town.db, write(id, true)).await.unwrap();
        assert_eq!((done.added, done.completed, done.left_out), (0, 1, 0));
        let mut conn = town.db.read().await.unwrap();
        let card = queries::card(&mut conn, lilas).await.unwrap();
        assert_eq!(card.contact.phone.as_deref(), Some("01 48 70 00 00"));
        assert!(card.confirmed_at.is_none(), "others do not confirm for it");
        let site = queries::sites_of(&mut conn, lilas).await.unwrap().remove(0);
        // What the place said stays: 500 kg dry, 200 kg chilled.
        assert_eq!(
            (site.dry, site.chilled, site.dock),
            (kernel::Grams::kg(500), kernel::Grams::kg(200), true)
        );
        let seat = network::queries::member(&mut conn, town.coordination, lilas).await.unwrap().unwrap();
        assert_eq!(
            seat.level,
            kernel::Level::Contributor,
            "how far it takes part is not for a sheet to change"
        );
        let told: i64 = conn
            .query("SELECT COUNT(*) FROM notice WHERE person_id = $1 AND text_key = 'directory-told-card'")
            .bind(awa)
            .value()
            .await
            .unwrap();
        assert!(told > 0, "it is told");
        drop(conn);
        let undone = import_undo::run(&cx, &town.db, ImportUndo { import: id }).await.unwrap();
        assert_eq!((undone.undone, undone.kept.len()), (1, 0));
        let mut conn = town.db.read().await.unwrap();
        let card = queries::card(&mut conn, lilas).await.unwrap();
        assert!(card.contact.phone.is_none() && card.wishes.excluded.is_empty());
        let site = queries::sites_of(&mut conn, lilas).await.unwrap().remove(0);
        assert_eq!((site.dry, site.dock, site.is_open), (kernel::Grams::kg(500), false, true));
        drop(conn);

        // Completed again, then corrected by its own people: the undo leaves it alone.
        let id = read().await.unwrap();
        import_write::run(&cx, &town.db, write(id, true)).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let version = queries::card(&mut conn, lilas).await.unwrap().version;
        drop(conn);
        let edit = EditCard { structure: lilas, version, facts: facts("Lilas") };
        edit_card::run(&town.cx(awa).await, &town.db, edit).await.unwrap();
        let undone = import_undo::run(&cx, &town.db, ImportUndo { import: id }).await.unwrap();
        assert_eq!((undone.undone, undone.kept), (0, vec!["Lilas".to_owned()]));
    }
);
