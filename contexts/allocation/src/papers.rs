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
    /// Product, lot, date, crates, mass.
    pub(crate) rows: Vec<[String; 5]>,
    /// All of it.
    pub(crate) total: String,
}

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
            PaperColumn::new(words.t("allocation-col-product"), Align::Start, Width::Share(4)),
            PaperColumn::new(words.t("allocation-col-lot"), Align::Start, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-date"), Align::Start, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-crates"), Align::End, Width::Share(2)),
            PaperColumn::new(words.t("allocation-col-mass"), Align::End, Width::Share(2)),
        ]
    };
    let mut blocks = Vec::new();
    for part in parts {
        blocks.push(Block::Heading { text: part.structure.clone() });
        let rows = part
            .rows
            .iter()
            .map(|row| std::iter::once("☐".to_owned()).chain(row.iter().cloned()).collect())
            .collect();
        let mut total = vec![String::new(); 5];
        total.push(part.total.clone());
        blocks.push(Block::Table(PaperTable { columns: columns(), rows, total, ..PaperTable::default() }));
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
    let handed = note.handed_at.map(|at| words.moment(at)).unwrap_or_default();
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
