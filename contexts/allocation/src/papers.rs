//! Papers: the preparation list of a run, and the delivery note (« bon de livraison ») of one structure.
//!
//! Invariant: a delivery note carries what the law asks (domain, section 5): both sides, product, quantity proposed and
//! accepted, date, lot, temperature, two places to sign.

use collections::Handover;
use collections::handover::PaperState;
use documents::paper::{
    Align, Block, Check, Drawing, Fact, Footer, Paper, PaperColumn, PaperTable, Signature, Width,
};
use goods::{DateKind, Family};
use i18n::Words;

/// One structure's part of the preparation list.
pub(crate) struct ToPrepare {
    /// Whose.
    pub(crate) structure: String,
    /// What to put aside.
    pub(crate) rows: Vec<RowToPrepare>,
    /// All of it.
    pub(crate) total: String,
}

/// One line of the preparation list.
pub(crate) struct RowToPrepare {
    /// What it is.
    pub(crate) product: String,
    /// Its lot.
    pub(crate) lot: String,
    /// Its date.
    pub(crate) date: String,
    /// How cold it is kept.
    pub(crate) cold: String,
    /// How many crates.
    pub(crate) crates: String,
    /// How much.
    pub(crate) mass: String,
    /// Whether the structure has not answered yet.
    pub(crate) is_unanswered: bool,
}

/// What the paper's template draws as a box to tick.
const BOX: &str = "☐";

/// Who issues a paper, and its foot.
pub(crate) struct Issuer {
    /// The coordination's full name.
    pub(crate) name: String,
    /// Who printed it and when.
    pub(crate) note: String,
}

/// The preparation list: one section per structure, boxes to tick.
pub(crate) fn preparation(
    words: &Words,
    issuer: Issuer,
    reference: &str,
    day: String,
    parts: &[ToPrepare],
) -> Paper {
    let columns = || {
        vec![
            PaperColumn::new("", Align::Center, Width::Millimetres(8)),
            PaperColumn::new(words.t("allocation-col-product"), Align::Start, Width::Share(6)),
            PaperColumn::new(words.t("allocation-col-lot"), Align::Start, Width::Share(3)),
            PaperColumn::new(words.t("allocation-col-day"), Align::Start, Width::Share(4)),
            PaperColumn::new(words.t("allocation-col-temperature"), Align::Start, Width::Share(3)),
            PaperColumn::new(words.t("allocation-col-crates"), Align::End, Width::Share(4)),
            PaperColumn::new(words.t("allocation-col-mass"), Align::End, Width::Share(3)),
            PaperColumn::new(words.t("allocation-col-prepared"), Align::End, Width::Share(3)),
        ]
    };
    let mut blocks = Vec::new();
    for part in parts {
        blocks.push(Block::Heading { text: part.structure.clone() });
        let rows = part
            .rows
            .iter()
            .map(|row| {
                let product = match row.is_unanswered {
                    true => words.t1("allocation-paper-unanswered", "product", row.product.clone()),
                    false => row.product.clone(),
                };
                let (lot, date, cold) = (row.lot.clone(), row.date.clone(), row.cold.clone());
                vec![
                    BOX.to_owned(),
                    product,
                    lot,
                    date,
                    cold,
                    row.crates.clone(),
                    row.mass.clone(),
                    String::new(),
                ]
            })
            .collect();
        let blank = String::new;
        let sum = (words.t("allocation-total"), part.total.clone());
        let total = vec![blank(), sum.0, blank(), blank(), blank(), blank(), sum.1, blank()];
        blocks.push(Block::Table(PaperTable {
            columns: columns(),
            rows,
            total,
            writing: true,
            ..PaperTable::default()
        }));
    }
    blocks.push(Block::Checks {
        items: vec![Check { label: words.t("allocation-paper-weighed"), checked: false }],
        columns: 1,
    });
    Paper {
        lang: words.locale().tag().to_owned(),
        issuer: issuer.name,
        title: words.t("allocation-preparation-title"),
        subtitle: day,
        reference: reference.to_owned(),
        date: Some(words.today()),
        blocks,
        footer: Footer { note: issuer.note, page: words.t("allocation-paper-page") },
        ..Paper::default()
    }
}

/// The delivery note, to sign or signed.
pub(crate) fn delivery_note(
    words: &Words,
    issuer: Issuer,
    note: &Handover,
    giver: &str,
    receiver: &str,
    families: &[Family],
) -> Paper {
    let rows = note
        .lines
        .iter()
        .map(|line| {
            let date = line.date.map(|date| {
                format!("{} {}", goods::labels::date_kind(words, line.date_kind), words.date_figures(date))
            });
            let family = goods::labels::family(families, &line.family, words.locale());
            let accepted = match (&line.accepted, &line.difference_reason) {
                (Some(grams), Some(reason)) => format!("{} ({reason})", words.mass(*grams)),
                (Some(grams), None) => words.mass(*grams),
                (None, _) => String::new(),
            };
            vec![
                format!("{} ({family})", line.product),
                line.lot_number.clone().unwrap_or_default(),
                date.filter(|_| line.date_kind != DateKind::None).unwrap_or_default(),
                goods::labels::temperature(words, line.temperature),
                words.mass(line.proposed),
                accepted,
                String::new(),
            ]
        })
        .collect();
    let total = vec![
        words.t("allocation-total"),
        String::new(),
        String::new(),
        String::new(),
        words.mass(note.proposed()),
        if note.state == PaperState::Signed { words.mass(note.accepted()) } else { String::new() },
        String::new(),
    ];
    let table = PaperTable {
        columns: vec![
            PaperColumn::new(words.t("allocation-col-product"), Align::Start, Width::Share(4)),
            PaperColumn::new(words.t("allocation-col-lot"), Align::Start, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-date"), Align::Start, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-temperature"), Align::Start, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-proposed"), Align::End, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-accepted"), Align::End, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-read"), Align::End, Width::Share(2)),
        ],
        rows,
        total,
        blank_rows: 0,
        writing: note.state != PaperState::Signed,
    };
    let handed = note.handed_at.map(|at| words.moment_in_full(at)).unwrap_or_default();
    let side =
        |role: &str, name: &Option<String>, drawn: &Option<collections::handover::Signature>| Signature {
            role: words.t(role),
            facts: vec![Fact::new(words.t("allocation-paper-name"), name.clone().unwrap_or_default())],
            label: words.t("allocation-paper-signature"),
            drawing: drawn.as_ref().map(|signature| Drawing::Path {
                d: signature.path().to_owned(),
                width: collections::handover::Signature::WIDTH,
                height: collections::handover::Signature::HEIGHT,
            }),
            drawing_alt: words.t1("allocation-paper-signature-of", "name", name.clone().unwrap_or_default()),
        };
    Paper {
        lang: words.locale().tag().to_owned(),
        issuer: issuer.name,
        title: words.t("allocation-note-title"),
        subtitle: words.t("allocation-note-keep"),
        reference: note.reference.clone(),
        date: Some(words.today()),
        facts: vec![
            Fact::new(words.t("allocation-note-giver"), giver),
            Fact::new(words.t("allocation-note-receiver"), receiver),
            Fact::new(words.t("allocation-note-handed"), handed),
        ],
        blocks: vec![Block::Table(table), Block::Text { sentences: vec![words.t("allocation-note-right")] }],
        signatures: vec![
            side("allocation-note-for-giver", &note.giver_name, &note.giver_signature),
            side("allocation-note-for-receiver", &note.receiver_name, &note.receiver_signature),
        ],
        footer: Footer { note: issuer.note, page: words.t("allocation-paper-page") },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use documents::paper::Paper;
    use i18n::Catalogue;
    use kernel::{Cx, Viewer};

    use super::*;

    fn words() -> Words {
        let catalogue = Catalogue::new(crate::sources()).expect("the catalogues parse");
        Words::new(Arc::new(catalogue), &Cx::new(kernel::World::real(), Viewer::default()))
    }

    fn row(product: &str, is_unanswered: bool) -> RowToPrepare {
        RowToPrepare {
            product: product.to_owned(),
            lot: "L-26-001".to_owned(),
            date: "DLC 30/11/2026".to_owned(),
            cold: "Frais".to_owned(),
            crates: "2 caisses".to_owned(),
            mass: "12 kg".to_owned(),
            is_unanswered,
        }
    }

    fn table(paper: &Paper) -> &PaperTable {
        let found = paper.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        found.expect("a table")
    }

    #[test]
    fn the_list_to_prepare_has_boxes_a_total_and_room_to_write() {
        let issuer = Issuer { name: "Table".to_owned(), note: String::new() };
        let part = ToPrepare {
            structure: "Les Lilas".to_owned(),
            rows: vec![row("Yaourts", false), row("Riz", true)],
            total: "24 kg".to_owned(),
        };
        let paper = preparation(&words(), issuer, "A-26-001", "27/11/2026".to_owned(), &[part]);
        let table = table(&paper);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        assert!(table.rows.iter().all(|row| row[0] == BOX && row.last().is_some_and(String::is_empty)));
        assert_eq!(table.rows[0][1], "Yaourts");
        assert_eq!(table.rows[1][1], "Riz (sans réponse)", "what is not answered says so");
        assert_eq!((table.total[1].as_str(), table.total[6].as_str()), ("Total", "24 kg"));
        assert_eq!((table.rows[0][3].as_str(), table.rows[0][4].as_str()), ("DLC 30/11/2026", "Frais"));
        assert!(table.writing);
    }
}
