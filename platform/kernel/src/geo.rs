//! Points and the distance between them; the only floats outside the engines.

use serde::{Deserialize, Serialize};

use crate::Metres;

/// A WGS 84 point, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Mean Earth radius (IUGG), in metres.
const EARTH_RADIUS: f64 = 6_371_008.8;

impl Point {
    /// Great-circle distance by the haversine formula, rounded to the metre.
    #[must_use]
    pub fn distance(self, other: Self) -> Metres {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = ((b - a) / 2.0).sin();
        let half_lon = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let chord = (half_lat * half_lat + a.cos() * b.cos() * half_lon * half_lon).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most half the Earth's circumference, never negative"
        )]
        Metres((2.0 * EARTH_RADIUS * chord.sqrt().asin()).round() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let mairie_de_montreuil = Point { latitude: 48.8622, longitude: 2.4414 };
        let mairie_de_bondy = Point { latitude: 48.9022, longitude: 2.4827 };
        assert_eq!(mairie_de_montreuil.distance(mairie_de_montreuil), Metres(0));
        let metres = mairie_de_montreuil.distance(mairie_de_bondy).0;
        assert!((5_300..5_500).contains(&metres), "{metres}");
    }
}
