//! What lies in a zone, first to expire first out (FEFO).
//!
//! Invariant: the order is by date, then by age; a product without a date comes after those that have one, oldest
//! first. No order is by a quantity.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{Grams, StructureId};
use store::{Conn, Error, FromRow};

use crate::{LotId, LotState, Place, PlaceId};

/// The day that stands for "no date" in the order.
const NEVER: NaiveDate = NaiveDate::MAX;

/// Which lots to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfFilter {
    /// Only this temperature class.
    pub temperature: Option<TemperatureClass>,
    /// Only this family.
    pub family: Option<FamilyCode>,
}

/// Where a page of the list ended: date, age, lot, place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct After {
    /// The last line's date; far away where it had none.
    pub date: NaiveDate,
    /// Its lot. Ids grow with time, so they order by age.
    pub lot: LotId,
    /// Its place.
    pub place: PlaceId,
}

impl After {
    /// As text in an address.
    #[must_use]
    pub fn to_text(self) -> String {
        let date = if self.date >= far() { String::new() } else { self.date.to_string() };
        format!("{date}_{}_{}", self.lot, self.place)
    }

    /// Reads it back; anything else is no place to go on from.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let (date, lot, place) = (parts.next()?, parts.next()?, parts.next()?);
        let date = if date.is_empty() { far() } else { date.parse().ok().filter(is_kept)? };
        Some(Self { date, lot: lot.parse().ok()?, place: place.parse().ok()? })
    }
}

/// Whether a lot can have this date, and both engines can write it.
fn is_kept(date: &NaiveDate) -> bool {
    (1900..9999).contains(&date.year())
}

/// 31 December 9999: a day both engines can write.
fn far() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NEVER)
}

/// A lot at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnShelf {
    /// The lot.
    pub lot: LotId,
    /// Its number on our papers.
    pub reference: String,
    /// What it is.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// The maker's lot number.
    pub lot_number: Option<String>,
    /// Who gave it.
    pub donor: Option<StructureId>,
    /// What a crate of it weighs; zero where it has none.
    pub crate_grams: Grams,
    /// Whether its mass was estimated.
    pub estimated: bool,
    /// Whether it may be given.
    pub state: LotState,
    /// Since when it is here.
    pub created_at: DateTime<Utc>,
    /// Where it lies.
    pub place: PlaceId,
    /// All of it there.
    pub grams: Grams,
    /// What of it is promised.
    pub reserved: Grams,
}

impl OnShelf {
    /// What is neither promised nor gone.
    #[must_use]
    pub fn free(&self) -> Grams {
        self.grams - self.reserved
    }

    /// Whether its DLC is past.
    #[must_use]
    pub fn is_expired(&self, today: NaiveDate) -> bool {
        goods::dates::is_expired(self.date_kind, self.date, today)
    }

    /// Where a list that ends with it goes on.
    #[must_use]
    pub fn after(&self) -> After {
        After { date: self.date.unwrap_or_else(far), lot: self.lot, place: self.place }
    }
}

#[derive(FromRow)]
struct ShelfRow {
    id: LotId,
    reference: String,
    product: String,
    family: FamilyCode,
    #[sqlx(try_from = "String")]
    temperature_class: TemperatureClass,
    #[sqlx(try_from = "String")]
    date_kind: DateKind,
    date: Option<NaiveDate>,
    lot_number: Option<String>,
    donor_id: Option<StructureId>,
    crate_grams: Grams,
    estimated: bool,
    #[sqlx(try_from = "String")]
    state: LotState,
    created_at: DateTime<Utc>,
    grams: Grams,
    reserved: Grams,
}

/// What lies at one place, FEFO, at most `most` lots after a point.
///
/// # Errors
/// When the database cannot be read.
pub async fn shelf_of(
    conn: &mut Conn,
    place: PlaceId,
    filter: &ShelfFilter,
    after: Option<After>,
    most: i64,
) -> Result<Vec<OnShelf>, Error> {
    // A line of another place with the same date and lot comes before or after all of this place's: compared here,
    // so that one statement serves every place.
    let from = after.unwrap_or(After { date: NaiveDate::MIN, lot: LotId(uuid::Uuid::nil()), place });
    let first_day = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default();
    let includes_same = after.is_none_or(|after| place > after.place);
    let rows: Vec<ShelfRow> = conn
        .query(
            "SELECT lot.id, lot.reference, lot.product, lot.family, lot.temperature_class, lot.date_kind, lot.date,
                 lot.lot_number, lot.donor_id, lot.crate_grams, lot.estimated, lot.state, lot.created_at,
                 balance.grams, balance.reserved
             FROM balance JOIN lot ON lot.id = balance.lot_id
             WHERE balance.place_id = $1 AND balance.grams > 0
                 AND (COALESCE(lot.date, $2) > $3
                      OR (COALESCE(lot.date, $2) = $3 AND (lot.id > $4 OR ($5 AND lot.id = $4))))
                 AND ($6 = '' OR lot.temperature_class = $6)
                 AND ($7 = '' OR lot.family = $7)
             ORDER BY COALESCE(lot.date, $2), lot.id LIMIT $8",
        )
        .bind(place)
        .bind(far())
        .bind(from.date.max(first_day))
        .bind(from.lot)
        .bind(includes_same)
        .bind(filter.temperature.map(TemperatureClass::code).unwrap_or_default())
        .bind(filter.family.as_ref().map(|family| family.0.clone()).unwrap_or_default())
        .bind(most)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| OnShelf {
            lot: row.id,
            reference: row.reference,
            product: row.product,
            family: row.family,
            temperature: row.temperature_class,
            date_kind: row.date_kind,
            date: row.date,
            lot_number: row.lot_number,
            donor: row.donor_id,
            crate_grams: row.crate_grams,
            estimated: row.estimated,
            state: row.state,
            created_at: row.created_at,
            place,
            grams: row.grams,
            reserved: row.reserved,
        })
        .collect())
}

/// What lies at several places, FEFO across them, at most `most` lots after a point.
///
/// # Errors
/// When the database cannot be read.
pub async fn shelf(
    conn: &mut Conn,
    places: &[Place],
    filter: &ShelfFilter,
    after: Option<After>,
    most: usize,
) -> Result<Vec<OnShelf>, Error> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut lots = Vec::new();
    for place in places {
        lots.extend(shelf_of(conn, place.id, filter, after, limit).await?);
    }
    lots.sort_by_key(OnShelf::after);
    lots.truncate(most);
    Ok(lots)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_a_place_to_go_on_from_or_not(text in "\\PC{0,80}|[0-9+-]{4,12}-[0-9]{2}-[0-9]{2}_[0-9a-f-]{36}_[0-9a-f-]{36}") {
            if let Some(after) = After::parse(&text) {
                prop_assert!(after.date == far() || is_kept(&after.date));
            }
        }

        #[test]
        fn a_place_is_read_back(days in 0_i64..300_000, lot in any::<u128>(), place in any::<u128>(), dated in any::<bool>()) {
            let start = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
            let date = if dated { start + chrono::Duration::days(days) } else { far() };
            let after = After { date, lot: LotId(uuid::Uuid::from_u128(lot)), place: PlaceId(uuid::Uuid::from_u128(place)) };
            prop_assert_eq!(After::parse(&after.to_text()), Some(after));
        }
    }
}
