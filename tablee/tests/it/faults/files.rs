//! Files that are not what is asked for: each is refused in words beside the field, in the time of a page, and what else
//! was typed is kept.

use std::io::Write as _;

use axum::http::StatusCode;
use documents::sheets::{Cell, Column, Kind, Table};
use testkit::{Browser, Page, both};

use super::{count, form_of, says_nothing_of_its_insides};
use crate::scene::Scene;

async fn import(browser: &mut Browser, name: &str, bytes: &[u8]) -> Page {
    let page = browser.get("/import").await;
    let (action, pairs) = form_of(&page, "[action='/import']", &[]);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.upload(&action, &pairs, ("fichier", name, bytes)).await
}

/// A ZIP with one deflated entry.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(content).unwrap();
    archive.finish().unwrap().into_inner()
}

/// A workbook of three rows as another program writes it.
fn workbook() -> Vec<u8> {
    let text = |words: &str| Cell::Text(words.to_owned());
    let table = Table {
        title: "Annuaire".to_owned(),
        columns: vec![Column::new("Nom", Kind::Text), Column::new("Ville", Kind::Text)],
        rows: (0..200).map(|n| vec![text(&format!("Structure {n}")), text("Montreuil")]).collect(),
    };
    documents::sheets::write_xlsx(&[table]).unwrap()
}

const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02\x00\x00\x00";

both!(
    async fn a_file_that_is_no_sheet_is_refused_in_words(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.olivier).await;
        let many = format!("Nom\n{}", (0..100_000).map(|n| format!("Structure {n}\n")).collect::<String>());
        let bomb = zip("xl/workbook.xml", &vec![b' '; 300_000_000]);
        assert!(bomb.len() < 1_000_000, "small to send, large to unpack");
        let whole = workbook();
        let cut = &whole[..whole.len() / 2];
        let wide = format!("{}\n{}\n", "Nom;".repeat(5_000), "a;".repeat(5_000));
        let cases: [(&str, &[u8], &str); 11] = [
            ("photo.xlsx", PNG, "n’est pas un tableur"),
            ("coupe.xlsx", cut, "abîmé"),
            ("bombe.xlsx", &bomb, ""),
            ("vide.csv", b"", "Choisissez un fichier"),
            ("blanc.csv", b"\n\n \n", "aucune ligne"),
            ("titres.csv", b"Nom;Ville\n", "aucune ligne"),
            ("mille.csv", many.as_bytes(), "5"),
            ("large.csv", wide.as_bytes(), "colonnes"),
            ("ancien.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", "xls"),
            // No text holds this byte: whoever wrote it wrote no table.
            ("nul.csv", b"Nom;Ville\nLes\x00 Amis;Mon\x00treuil\n", "n’est pas un tableur"),
            ("papier.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "n’est pas un tableur"),
        ];
        for (name, bytes, says) in cases {
            let page = import(&mut browser, name, bytes).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", page.text());
            let errors = page.texts("#fichier-erreur, .error").join(" ");
            assert!(
                !errors.is_empty() && errors.to_lowercase().contains(&says.to_lowercase()),
                "{name}: {errors}"
            );
            says_nothing_of_its_insides(&page);
        }
        assert_eq!(count(&scene.town.db, "SELECT COUNT(*) FROM sheet_import").await, 0, "nothing was kept");
        browser.speak("en");
        let english = import(&mut browser, "photo.xlsx", PNG).await;
        assert!(!english.texts(".error").is_empty());
    }
);

both!(
    async fn a_sheet_that_is_odd_is_read_as_far_as_it_goes(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.olivier).await;
        for (name, bytes) in [
            ("une-colonne.csv", b"Nom\nLes Amis\nLe Panier\n".to_vec()),
            ("utf16.csv", b"\xFF\xFEN\0o\0m\0\n\0L\0e\0s\0 \0A\0m\0i\0s\0\n\0".to_vec()),
            ("latin.csv", b"Nom;Ville\n\xC9picerie du Pr\xE9;Montreuil\n".to_vec()),
            ("renomme.xlsx", b"Nom;Ville\nLes Amis;Montreuil\n".to_vec()),
        ] {
            let read = import(&mut browser, name, &bytes).await;
            assert_eq!(read.status, StatusCode::SEE_OTHER, "{name}: {}", read.text());
            let preview = browser.get(&read.location.unwrap()).await;
            assert_eq!(preview.status, StatusCode::OK, "{name}: {}", preview.text());
        }
        // Without a column of names nothing can be written, and the page says so.
        let read = import(&mut browser, "sans-nom.csv", b"Ville\nMontreuil\nBagnolet\n").await;
        assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text());
        let path = read.location.unwrap();
        let (action, pairs) = form_of(&browser.get(&path).await, "[action$='/valider']", &[]);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let refused = browser.submit(&action, &pairs).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        assert!(!refused.texts("[role=alert]").is_empty());
    }
);

both!(
    async fn a_sheet_too_heavy_to_send_is_refused_before_it_is_read(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.olivier).await;
        let heavy = import(&mut browser, "lourd.csv", &vec![b'x'; 12_000_000]).await;
        assert_eq!(heavy.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", heavy.text());
        assert!(heavy.texts(".error").join(" ").contains("10"), "{}", heavy.text());
        says_nothing_of_its_insides(&heavy);
    }
);

/// The head of a PNG of these dimensions.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = PNG.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes
}

both!(
    async fn a_photo_that_is_none_is_refused_and_the_offer_is_kept(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.marc).await;
        let offer = crate::acts::offer(&scene, "Lait entier", None);
        let typed: Vec<(&str, &str)> = offer.typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let (action, pairs) = form_of(&browser.get(&offer.page).await, "#annonce", &typed);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let mut heavy = crate::acts::jpeg(1_600, 1_200);
        heavy.resize(5 * 1024 * 1024 + 1, 0);
        for (name, bytes) in [
            ("bon.pdf", b"%PDF-1.7\n".to_vec()),
            ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
            ("anime.gif", b"GIF89a\x01\x00\x01\x00".to_vec()),
            ("lourde.jpg", heavy),
            ("bombe.png", png(60_000, 60_000)),
            ("infinie.png", png(u32::MAX, u32::MAX)),
            ("plate.png", png(0, 100)),
            ("bombe.jpg", crate::acts::jpeg(65_000, 65_000)),
            ("coupee.png", PNG[..12].to_vec()),
        ] {
            let page = browser.upload(&action, &pairs, ("photo", name, &bytes)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", page.text());
            assert!(!page.texts("#photo-erreur, .error").is_empty(), "{name}: {}", page.text());
            assert!(page.html().contains("Lait entier"), "{name}: what was typed is lost");
            says_nothing_of_its_insides(&page);
        }
        assert_eq!(count(&scene.town.db, "SELECT COUNT(*) FROM photo").await, 0);
        for (name, bytes) in
            [("grande.png", png(8_000, 6_000)), ("grande.jpg", crate::acts::jpeg(8_160, 6_120))]
        {
            let page = browser.upload(&action, &pairs, ("photo", name, &bytes)).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{name}: {}", page.text());
        }
        let too_much = vec![0; 20_000_000];
        let page = browser.upload(&action, &pairs, ("photo", "enorme.jpg", &too_much)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
        assert!(page.text().contains("Mo"), "{}", page.text());
    }
);
