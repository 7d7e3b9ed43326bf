//! Tables written and read back.

use chrono::NaiveDate;
use documents::sheets::{Cell, Column, Kind, Limits, Table, read, write_csv, write_ods, write_xlsx};
use proptest::prelude::*;

fn table() -> Table {
    Table {
        title: "Stock au 5/3".into(),
        columns: vec![
            Column::new("Denrée", Kind::Text),
            Column::new("Colis", Kind::Integer),
            Column::new("Poids (kg)", Kind::Decimal),
            Column::new("Date limite", Kind::Date),
        ],
        rows: vec![
            vec![
                "Yaourts ; « nature »".into(),
                Cell::Integer(1_200),
                Cell::Decimal { units: 120_500, places: 3 },
                NaiveDate::from_ymd_opt(2026, 3, 8).into(),
            ],
            vec![
                "=HYPERLINK(\"x\")".into(),
                Cell::Integer(-3),
                Cell::Decimal { units: -5, places: 2 },
                Cell::Empty,
            ],
            vec!["Deux\nlignes & <balises>".into()],
        ],
    }
}

#[test]
fn csv_is_what_excel_in_french_opens() {
    let bytes = write_csv(&table());
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        concat!(
            "\u{feff}Denrée;Colis;Poids (kg);Date limite\r\n",
            "\"Yaourts ; « nature »\";1200;\"120,500\";2026-03-08\r\n",
            "\"'=HYPERLINK(\"\"x\"\")\";-3;\"-0,05\";\r\n",
            "\"Deux\nlignes & <balises>\";;;\r\n"
        )
    );
}

#[test]
fn every_format_reads_back_with_its_values() {
    for (format, bytes) in [
        ("csv", write_csv(&table())),
        ("xlsx", write_xlsx(&[table()]).unwrap()),
        ("ods", write_ods(&[table()]).unwrap()),
    ] {
        let sheets = read(&bytes, &Limits::default()).unwrap();
        let sheet = &sheets[0];
        assert_eq!(sheet.name, if format == "csv" { "" } else { "Stock au 5 3" });
        assert_eq!(sheet.header, ["Denrée", "Colis", "Poids (kg)", "Date limite"]);
        let heavy = if format == "csv" { "120,500" } else { "120,5" };
        let rows: Vec<_> = sheet.rows.iter().map(|row| row.cells.clone()).collect();
        assert_eq!(rows[0], ["Yaourts ; « nature »", "1200", heavy, "2026-03-08"], "{format}");
        assert_eq!(rows[1], ["=HYPERLINK(\"x\")", "-3", "-0,05", ""], "{format}");
        assert_eq!(rows[2], ["Deux\nlignes & <balises>", "", "", ""], "{format}");
    }
}

#[test]
fn ods_is_also_read_by_an_independent_reader() {
    use calamine::{Data, Ods, Reader as _};
    let bytes = write_ods(&[table(), table()]).unwrap();
    let mut book: Ods<_> = Ods::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Stock au 5 3", "Stock au 5 3 2"]);
    let range = book.worksheet_range("Stock au 5 3 2").unwrap();
    assert_eq!(range.get_size(), (4, 4));
    assert_eq!(range.get_value((1, 2)), Some(&Data::Float(120.5)));
    assert_eq!(range.get_value((1, 3)), Some(&Data::DateTimeIso("2026-03-08".into())));
    assert_eq!(range.get_value((3, 0)), Some(&Data::String("Deux\nlignes & <balises>".into())));
}

#[test]
fn tables_without_rows_or_columns_are_still_files() {
    let heading = Table { rows: vec![], ..table() };
    for tables in [vec![heading], vec![Table::default()], vec![Table::default(), table()]] {
        assert!(write_xlsx(&tables).unwrap().starts_with(b"PK"));
        assert!(write_ods(&tables).unwrap().starts_with(b"PK"));
        assert!(write_csv(&tables[0]).starts_with("\u{feff}".as_bytes()));
    }
}

#[test]
fn figures_beyond_a_spreadsheet_s_fifteen_digits_stay_exact() {
    let table = Table {
        columns: vec![Column::new("n", Kind::Integer)],
        rows: vec![vec![Cell::Integer(i64::MAX)], vec![Cell::Decimal { units: i64::MIN, places: 2 }]],
        ..Table::default()
    };
    let sheets = read(&write_xlsx(&[table]).unwrap(), &Limits::default()).unwrap();
    assert_eq!(sheets[0].rows[0].cells, ["9223372036854775807"]);
    assert_eq!(sheets[0].rows[1].cells, ["-92233720368547758,08"]);
}

fn words() -> impl Strategy<Value = String> {
    // Starts and ends are trimmed when reading; line breaks inside are kept.
    "[=+@'éA-Za-z0-9;,|\"-][ =;,|\"'\t\néa-z0-9&<>-]{0,12}[éa-z;,\"|0-9]".prop_map(|text| text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn texts_survive_every_format(rows in prop::collection::vec(prop::collection::vec(words(), 3), 1..6)) {
        let columns = ["un", "deux", "trois"].map(|name| Column::new(name, Kind::Text)).to_vec();
        let cells = rows.iter().map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect()).collect();
        let table = Table { title: "essai".into(), columns, rows: cells };
        for (format, bytes) in [
            ("csv", write_csv(&table)),
            ("xlsx", write_xlsx(std::slice::from_ref(&table)).unwrap()),
            ("ods", write_ods(std::slice::from_ref(&table)).unwrap()),
        ] {
            let sheets = read(&bytes, &Limits::default()).unwrap();
            let found: Vec<Vec<String>> = sheets[0].rows.iter().map(|row| row.cells.clone()).collect();
            prop_assert_eq!(&found, &rows, "{}", format);
        }
    }

    #[test]
    fn no_cell_of_a_csv_starts_a_formula(text in "[-=+@\t\r＝a-z0-9(),. ]{1,8}") {
        let columns = vec![Column::new("a", Kind::Text)];
        let table = Table { title: String::new(), columns, rows: vec![vec![Cell::Text(text)]] };
        let csv = String::from_utf8(write_csv(&table)).unwrap();
        let cell = csv.lines().nth(1).unwrap_or_default().trim_start_matches('"');
        let number = cell.strip_prefix(['+', '-']).is_some_and(|rest| {
            rest.trim_end_matches('"').chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | ','))
        });
        prop_assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{}", cell);
    }
}
