//! Papers as PDF. They need the font files that the asset build copies; without them each test says so.

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use documents::paper::{
    Align, Block, Check, Drawing, Fact, Footer, Paper, PaperColumn, PaperError, PaperTable, Signature, Width,
};
use documents::pdf::{Fonts, Info, PdfError, render};
use serde_json::json;

#[expect(clippy::print_stderr, reason = "a skipped test says so aloud")]
fn fonts() -> Option<Fonts> {
    let folder = std::env::var_os("TABLEE_FONTS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../web/dist/fonts"),
        PathBuf::from,
    );
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "ttf"))
        .collect();
    files.sort();
    let fonts = Fonts::new(files.iter().filter_map(|path| fs::read(path).ok()).collect());
    if fonts.is_empty() {
        eprintln!("SKIPPED: no TTF in {}; build the assets or set TABLEE_FONTS", folder.display());
        return None;
    }
    Some(fonts)
}

fn slip() -> Paper {
    Paper {
        lang: "fr".into(),
        issuer: "Coordination alimentaire de Montreuil".into(),
        title: "Bon de remise".into(),
        subtitle: "Mardi 5 mars 2026, 9 h 30 – 10 h 30".into(),
        reference: "Bon n° T-26-041".into(),
        date: NaiveDate::from_ymd_opt(2026, 3, 5),
        facts: vec![
            Fact::new("Donateur", "Marché d’intérêt local\n12, rue de l’Église, 93100 Montreuil"),
            Fact::new("Bénéficiaire", "Épicerie solidaire du Bel-Air\n4, place du Marché, 93100 Montreuil"),
            Fact::new("Contact sur place", "Mme Diallo, 06 12 34 56 78"),
            Fact::new("Température relevée (°C)", ""),
        ],
        blocks: vec![
            Block::Notice {
                text: "Produits frais : à garder entre 0 °C et 4 °C pendant le trajet.".into()
            },
            Block::Table(PaperTable {
                columns: vec![
                    PaperColumn::new("Denrée", Align::Start, Width::Share(3)),
                    PaperColumn::new("Date limite", Align::Start, Width::Auto),
                    PaperColumn::new("Prévu (kg)", Align::End, Width::Auto),
                    PaperColumn::new("Remis (kg)", Align::End, Width::Millimetres(28)),
                ],
                rows: vec![
                    vec!["Yaourts nature".into(), "08/03/2026".into(), "120".into()],
                    vec!["Carottes".into(), String::new(), "35,5".into()],
                    vec!["Pain de campagne #strong[x] = $a$ <b>".into(), "06/03/2026".into(), "12".into()],
                ],
                total: vec!["Total".into(), String::new(), "167,5".into(), String::new()],
                blank_rows: 2,
                writing: false,
            }),
            Block::Heading { text: "Contrôles à la remise".into() },
            Block::Checks {
                items: vec![
                    Check { label: "Emballages entiers".into(), checked: true },
                    Check { label: "Dates limites vérifiées".into(), checked: false },
                    Check { label: "Chaîne du froid respectée".into(), checked: false },
                    Check { label: "Pesée sur place".into(), checked: false },
                ],
                columns: 2,
            },
            Block::Heading { text: "Observations".into() },
            Block::Lines { label: String::new(), count: 2 },
        ],
        signatures: vec![
            Signature {
                role: "Pour le donateur".into(),
                facts: vec![Fact::new("Nom :", "M. Lefèvre"), Fact::new("Date :", "05/03/2026")],
                label: "Signature".into(),
                drawing: Some(Drawing::Path {
                    d: "M10 80 C 40 10, 65 10, 95 80 S 150 150, 180 80 L 240 40 Q 260 90 290 60".into(),
                    width: 300,
                    height: 140,
                }),
                drawing_alt: "Signature de M. Lefèvre".into(),
            },
            Signature {
                role: "Pour le bénéficiaire".into(),
                facts: vec![Fact::new("Nom :", ""), Fact::new("Date :", "")],
                label: "Signature".into(),
                ..Signature::default()
            },
        ],
        footer: Footer {
            note: "Imprimé le 5 mars 2026 à 8 h 12".into(),
            page: "Page {page} sur {pages}".into(),
        },
    }
}

fn sign_in_sheet(rows: usize) -> Paper {
    let people = (1..=rows).map(|n| vec![format!("{n}"), format!("Structure n° {n}")]).collect();
    Paper {
        lang: "fr".into(),
        issuer: "Coordination alimentaire de Montreuil".into(),
        title: "Feuille d’émargement".into(),
        blocks: vec![Block::Table(PaperTable {
            columns: vec![
                PaperColumn::new("N°", Align::End, Width::Millimetres(12)),
                PaperColumn::new("Structure", Align::Start, Width::Share(2)),
                PaperColumn::new("Nom", Align::Start, Width::Share(2)),
                PaperColumn::new("Signature", Align::Start, Width::Share(2)),
            ],
            rows: people,
            blank_rows: 8,
            writing: true,
            ..PaperTable::default()
        })],
        footer: Footer { note: String::new(), page: "Page {page} sur {pages}".into() },
        ..Paper::default()
    }
}

/// Leaf pages named in the file's page tree.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let count =
        text.split("/Type/Pages").nth(1).or_else(|| text.split("/Type /Pages").nth(1)).unwrap_or_default();
    let digits = count.split("/Count").nth(1).unwrap_or_default().trim_start();
    digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn keep(name: &str, pdf: &[u8]) {
    fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name), pdf).unwrap();
}

#[test]
fn a_slip_is_one_tagged_accessible_page() {
    let Some(fonts) = fonts() else { return };
    let pdf = slip().to_pdf(&fonts).unwrap();
    keep("slip.pdf", &pdf);
    assert!(pdf.starts_with(b"%PDF-1."));
    assert!(pdf.len() < 200_000, "{} bytes", pdf.len());
    assert_eq!(pages(&pdf), 1);
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("pdfuaid:part"), "PDF/UA-1 is claimed");
    assert!(text.contains("/MarkInfo") && text.contains("(fr)"));
    assert_eq!(pdf, slip().to_pdf(&fonts).unwrap(), "the same paper is the same file");
}

#[test]
fn a_long_table_goes_on_over_pages() {
    let Some(fonts) = fonts() else { return };
    let pdf = sign_in_sheet(60).to_pdf(&fonts).unwrap();
    keep("sign-in.pdf", &pdf);
    assert_eq!(pages(&pdf), 3);
    assert!(pdf.len() < 200_000);
}

#[test]
fn typed_text_is_never_markup() {
    let Some(fonts) = fonts() else { return };
    let mut paper = slip();
    let hostile = "#panic() #import \"/data.json\" $x$ `raw` *b* \\ \" ] } <label> @ref // /* \u{0}\n= titre";
    paper.title = hostile.into();
    paper.issuer = hostile.into();
    paper.footer.page = hostile.into();
    paper.facts.push(Fact::new(hostile, hostile));
    paper.blocks.push(Block::List { items: vec![hostile.into()] });
    paper.blocks.push(Block::Text { sentences: vec![hostile.into(), String::new()] });
    assert!(paper.to_pdf(&fonts).unwrap().starts_with(b"%PDF"));
}

#[test]
fn characters_that_no_font_holds_still_print_tagged() {
    let Some(fonts) = fonts() else { return };
    let mut paper = slip();
    paper.subtitle = "مرحبا 🍞 你好".into();
    let pdf = paper.to_pdf(&fonts).unwrap();
    assert!(String::from_utf8_lossy(&pdf).contains("/MarkInfo"));
}

#[test]
fn every_block_renders_when_empty() {
    let Some(fonts) = fonts() else { return };
    let paper = Paper {
        title: "Vide".into(),
        blocks: vec![
            Block::Heading { text: String::new() },
            Block::Text { sentences: vec![] },
            Block::List { items: vec![] },
            Block::Notice { text: String::new() },
            Block::Table(PaperTable::default()),
            Block::Checks { items: vec![], columns: 0 },
            Block::Lines { label: "Reste".into(), count: 0 },
            Block::NewPage,
            Block::Lines { label: "Suite".into(), count: 3 },
        ],
        signatures: vec![Signature::default()],
        lang: "en".into(),
        ..Paper::default()
    };
    assert_eq!(pages(&paper.to_pdf(&fonts).unwrap()), 2);
}

#[test]
fn without_fonts_nothing_is_printed() {
    let none = Fonts::new(vec![b"not a font".to_vec()]);
    assert!(none.is_empty());
    assert_eq!(slip().to_pdf(&none), Err(PaperError::Pdf(PdfError::NoFonts)));
}

#[test]
fn a_forged_signature_is_refused() {
    let Some(fonts) = fonts() else { return };
    let mut paper = slip();
    paper.signatures[0].drawing = Some(Drawing::Png(b"<svg/>".to_vec()));
    assert_eq!(paper.to_pdf(&fonts), Err(PaperError::BadDrawing));
}

#[test]
fn a_template_sees_nothing_but_what_it_is_given() {
    let Some(fonts) = fonts() else { return };
    let info = Info { title: "Essai".into(), lang: "fr".into(), date: None };
    let run = |template: &str| render(template, &json!({ "a": ["é"] }), &fonts, &info);
    assert!(run("#json(\"/data.json\").a.first()").unwrap().starts_with(b"%PDF"));
    for template in [
        "#read(\"/etc/passwd\")",
        "#read(\"../Cargo.toml\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#datetime.today()",
        "#(",
    ] {
        assert!(
            matches!(run(template), Err(PdfError::Template(message)) if !message.is_empty()),
            "{template}"
        );
    }
}
