//! The round table of the sectors: who sits, which seats are empty. An SVG drawn by the server, beside an equal table.
//!
//! Invariant: every seat of the settings is drawn once, at the same distance from its neighbours.

use std::f64::consts::TAU;

use i18n::Words;

use crate::{Sector, labels};

/// Where a seat stands and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The sector.
    pub sector: Sector,
    /// How many structures sit there.
    pub count: usize,
    /// Centre of the seat, in the picture's units.
    pub x: i64,
    /// Centre of the seat, downwards.
    pub y: i64,
    /// Where its name begins, ends or has its middle.
    pub name_x: i64,
    /// The base line of its name.
    pub name_y: i64,
    /// `middle`, `start` or `end`.
    pub anchor: &'static str,
    /// Its name, short.
    pub name: String,
}

/// Half the width of the picture.
pub const HALF_WIDTH: i64 = 360;
/// Half the height of the picture.
pub const HALF_HEIGHT: i64 = 260;
/// Characters on a line in the middle.
const LINE: usize = 14;
/// From one line in the middle to the next.
const LINE_HEIGHT: i64 = 28;
const DISTANCE: f64 = 180.0;
const NAME_DISTANCE: f64 = 222.0;

/// The seats around the table, the first on top, clockwise.
#[must_use]
pub fn seats(words: &Words, counted: &[(Sector, usize)]) -> Vec<Seat> {
    #[expect(clippy::cast_precision_loss, reason = "a table has twelve seats")]
    let step = TAU / counted.len().max(1) as f64;
    let mut angle = -TAU / 4.0;
    let mut seats = Vec::with_capacity(counted.len());
    for (sector, count) in counted {
        let (sin, cos) = angle.sin_cos();
        let anchor = if cos.abs() < 0.3 {
            "middle"
        } else if cos > 0.0 {
            "start"
        } else {
            "end"
        };
        // Names on top and at the bottom stand clear of their seat, the others beside it.
        let reach = if anchor == "middle" { NAME_DISTANCE } else { DISTANCE };
        let beside = match anchor {
            "start" => 40,
            "end" => -40,
            _ => 0,
        };
        seats.push(Seat {
            sector: *sector,
            count: *count,
            x: HALF_WIDTH + units(cos * DISTANCE),
            y: HALF_HEIGHT + units(sin * DISTANCE),
            name_x: HALF_WIDTH + units(cos * reach) + beside,
            name_y: HALF_HEIGHT + units(sin * reach) + 6,
            anchor,
            name: words.t(&format!("network-seat-{}", sector.code())),
        });
        angle += step;
    }
    seats
}

/// The name in the middle of the table, in lines short enough for it, each with its base line.
#[must_use]
pub fn centre(name: &str) -> Vec<(i64, String)> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.truncate(4);
    let count = i64::try_from(lines.len()).unwrap_or(1);
    let first = HALF_HEIGHT + 8 - (count - 1) * LINE_HEIGHT / 2;
    (0..).zip(lines).map(|(at, line)| (first + at * LINE_HEIGHT, line)).collect()
}

/// What the picture shows, in one sentence, for whoever does not see it.
#[must_use]
pub fn in_words(words: &Words, seats: &[Seat]) -> String {
    let empty: Vec<String> =
        seats.iter().filter(|seat| seat.count == 0).map(|seat| labels::sector(words, seat.sector)).collect();
    if empty.is_empty() {
        return words.t1("network-table-full", "count", seats.len());
    }
    words.t2("network-table-in-words", "count", seats.len() - empty.len(), "empty", empty.join(", "))
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by the picture's size")]
fn units(length: f64) -> i64 {
    length.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_stays_inside_the_table() {
        let lines = |name| centre(name).into_iter().map(|(_, line)| line).collect::<Vec<_>>();
        assert_eq!(lines("CASAAM"), ["CASAAM"]);
        assert_eq!(lines("Table de Montreuil"), ["Table de", "Montreuil"]);
        let base: Vec<i64> = centre("Table de Montreuil").into_iter().map(|(y, _)| y).collect();
        assert_eq!(base, [HALF_HEIGHT + 8 - 14, HALF_HEIGHT + 8 + 14]);
    }
}
