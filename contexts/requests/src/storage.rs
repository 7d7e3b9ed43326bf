//! What a request asks for beside what its structure's card says it can keep: a warning, never a wall.
//!
//! Invariant: a line that may come at any temperature is held against dry storage only, the widest there is.

use goods::TemperatureClass;
use kernel::Grams;

use crate::Wanted;

/// Where a temperature class is kept: the two chilled classes share a cold room.
#[must_use]
pub fn kept_in(class: Option<TemperatureClass>) -> TemperatureClass {
    match class {
        None | Some(TemperatureClass::Dry) => TemperatureClass::Dry,
        Some(TemperatureClass::Chilled | TemperatureClass::ChilledSensitive) => TemperatureClass::Chilled,
        Some(TemperatureClass::Frozen) => TemperatureClass::Frozen,
    }
}

/// The storages that the lines would overfill, each with its room; a storage of zero says that the card is empty
/// or that there is none, which only matters to lines that need it cold.
#[must_use]
pub fn overfilled(
    lines: &[Wanted],
    dry: Grams,
    chilled: Grams,
    frozen: Grams,
) -> Vec<(TemperatureClass, Grams)> {
    [(TemperatureClass::Dry, dry), (TemperatureClass::Chilled, chilled), (TemperatureClass::Frozen, frozen)]
        .into_iter()
        .filter(|(storage, room)| {
            let asked: Grams = lines
                .iter()
                .filter(|line| kept_in(line.temperature) == *storage)
                .map(|line| line.grams)
                .sum();
            asked > *room && (room.is_positive() || *storage != TemperatureClass::Dry)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use goods::FamilyCode;

    use super::*;

    #[test]
    fn only_what_does_not_fit_is_told() {
        let line = |class, kg| Wanted {
            family: FamilyCode::from("dairy"),
            temperature: class,
            grams: Grams::kg(kg),
        };
        let lines = [
            line(Some(TemperatureClass::Chilled), 30),
            line(Some(TemperatureClass::ChilledSensitive), 30),
            line(None, 100),
        ];
        let told = overfilled(&lines, Grams::kg(100), Grams::kg(50), Grams::ZERO);
        assert_eq!(told, [(TemperatureClass::Chilled, Grams::kg(50))]);
        assert_eq!(overfilled(&lines[2..], Grams::ZERO, Grams::ZERO, Grams::ZERO), []);
        let frozen = [line(Some(TemperatureClass::Frozen), 1)];
        assert_eq!(
            overfilled(&frozen, Grams::ZERO, Grams::ZERO, Grams::ZERO),
            [(TemperatureClass::Frozen, Grams::ZERO)]
        );
    }
}
