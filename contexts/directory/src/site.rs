//! Places: « lieu », « antenne », « point de distribution ». Where a structure receives, keeps and gives.
//!
//! Invariant: a capacity is a mass of at least zero; zero says that the place keeps nothing at that temperature.

use kernel::geo::Point;
use kernel::{Grams, SiteId, StructureId};

use crate::Receiving;

/// A place of a structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Whose place it is.
    pub structure: StructureId,
    /// Its name.
    pub name: String,
    /// Number and street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Where on the map, where known.
    pub point: Option<Point>,
    /// Whether the coordination's common stock is kept here.
    pub is_hub: bool,
    /// How much it keeps dry.
    pub dry: Grams,
    /// How much it keeps chilled.
    pub chilled: Grams,
    /// How much it keeps frozen.
    pub frozen: Grams,
    /// Whether a lorry can dock.
    pub dock: bool,
    /// What a driver must know at the door.
    pub door_notes: String,
    /// When it takes deliveries.
    pub receiving: Receiving,
    /// Whether it is in use.
    pub is_open: bool,
    /// Goes up with each change.
    pub version: i64,
}

/// A French post code: five digits, Corsica's `2A004` written `20…`. Spaces are forgiven.
#[must_use]
pub fn postcode(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with("00"))
        .then_some(digits)
}

/// Reads a point as maps give it: `48.8622, 2.4414`, `48,8622 2,4414`, or the end of an address of a map.
#[must_use]
pub fn point(text: &str) -> Option<Point> {
    let tail = text.rsplit(['=', '@', '#']).next().unwrap_or(text);
    let plain = |part: &str| part.trim().trim_end_matches(['°', 'N', 'E']).trim().parse::<f64>().ok();
    let pair = |parts: Vec<&str>| match parts.as_slice() {
        [latitude, longitude] => plain(latitude).zip(plain(longitude)),
        // An address such as `#map=17/48.86/2.44` names the zoom first.
        [_, latitude, longitude] => plain(latitude).zip(plain(longitude)),
        _ => None,
    };
    let commas = tail.replace(',', ".");
    let (latitude, longitude) =
        pair(tail.split(',').collect())
            .or_else(|| pair(tail.split('/').collect()))
            .or_else(|| pair(commas.split([' ', ';']).filter(|part| !part.is_empty()).collect()))?;
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    on_earth.then_some(Point { latitude, longitude })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn post_codes() {
        assert_eq!(postcode(" 93 100 "), Some("93100".to_owned()));
        for text in ["9310", "931000", "ABCDE", "00100", ""] {
            assert_eq!(postcode(text), None, "{text}");
        }
    }

    #[test]
    fn points_as_maps_give_them() {
        let montreuil = Some(Point { latitude: 48.8622, longitude: 2.4414 });
        for text in [
            "48.8622, 2.4414",
            "48,8622 2,4414",
            "48.8622;2.4414",
            "https://carte.exemple/#map=17/48.8622/2.4414",
        ] {
            assert_eq!(point(text), montreuil, "{text}");
        }
        for text in ["", "Montreuil", "148.1, 2.4", "48.8622"] {
            assert_eq!(point(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_point_or_not(text in ".{0,40}") {
            if let Some(point) = point(&text) {
                prop_assert!(point.latitude.abs() <= 90.0 && point.longitude.abs() <= 180.0);
            }
        }
    }
}
