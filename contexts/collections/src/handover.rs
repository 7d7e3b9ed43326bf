//! « Bordereau de prise en charge » and « bon de livraison »: the legal moment at which goods change hands.
//!
//! Invariant: a paper is signed once, by both sides or on paper; what was proposed is never changed by what was accepted,
//! and a difference always has its reason.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, StructureId};
use serde::{Deserialize, Serialize};
use stock::usecases::note_temperature::Moment;
use uuid::Uuid;

kernel::id!(
    /// A hand-over: one paper, one giver, one receiver.
    HandoverId
);

network::coded! {
    /// What the paper is.
    PaperKind {
        /// « Bordereau de prise en charge »: a donor gives to a structure.
        Slip = "slip",
        /// « Bon de livraison »: the common stock goes to a structure.
        DeliveryNote = "delivery_note",
    }
}

network::coded! {
    /// Where the paper is in its life.
    PaperState {
        /// Ready to be signed.
        Prepared = "prepared",
        /// Signed by both sides.
        Signed = "signed",
        /// Nothing changed hands.
        Cancelled = "cancelled",
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// Its number: `B-26-041` for a slip, `L-26-007` for a delivery note.
    pub reference: String,
    /// In which coordination.
    pub coordination: CoordinationId,
    /// What it is.
    pub kind: PaperKind,
    /// Who gives.
    pub giver: StructureId,
    /// Who receives.
    pub receiver: StructureId,
    /// What it is about: a hold, an allocation run.
    pub subject: Uuid,
    /// Where it is in its life.
    pub state: PaperState,
    /// When the goods changed hands.
    pub handed_at: Option<DateTime<Utc>>,
    /// Who signed for the giver.
    pub giver_name: Option<String>,
    /// What they drew.
    pub giver_signature: Option<Signature>,
    /// Who signed for the receiver.
    pub receiver_name: Option<String>,
    /// What they drew.
    pub receiver_signature: Option<Signature>,
    /// Whether it is signed on paper.
    pub on_paper: bool,
    /// When it was prepared.
    pub created_at: DateTime<Utc>,
    /// Its version.
    pub version: i64,
    /// What it lists, in order.
    pub lines: Vec<Line>,
}

/// One line of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place, from 1.
    pub rank: i64,
    /// The lot, where it is one.
    pub lot: Option<Uuid>,
    /// The reservation it fulfils.
    pub reservation: Option<Uuid>,
    /// What it is, in words.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// The lot number printed on it.
    pub lot_number: Option<String>,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// What was proposed.
    pub proposed: Grams,
    /// What was accepted; nobody said yet where there is none.
    pub accepted: Option<Grams>,
    /// Why they differ.
    pub difference_reason: Option<String>,
}

/// What one side says of one line on signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which line.
    pub rank: i64,
    /// What was accepted.
    pub grams: Grams,
    /// Why it differs from what was proposed.
    pub reason: Option<String>,
}

/// A temperature read on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which line.
    pub rank: i64,
    /// When.
    pub moment: Moment,
    /// Tenths of a degree Celsius.
    pub tenths: i64,
    /// Why the goods were taken although it is above the threshold.
    pub reason: Option<String>,
}

/// Why a paper cannot be signed as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unsignable {
    /// It was signed or cancelled before.
    NotPrepared,
    /// A line is missing, twice there or not of this paper.
    LinesDiffer,
    /// This line's figure differs and nothing says why.
    ReasonMissing {
        /// The line's place.
        rank: i64,
    },
    /// This line's temperature is above its threshold and nothing says why it was taken.
    TooWarm {
        /// The line's place.
        rank: i64,
        /// The threshold, tenths of a degree Celsius.
        threshold: i64,
    },
    /// Neither signed on paper nor with a name for each side.
    NamesMissing,
}

impl Handover {
    /// Whether it may be signed with these figures, readings and names.
    ///
    /// # Errors
    /// [`Unsignable`], the first that a person would notice.
    pub fn may_sign(
        &self,
        accepted: &[Accepted],
        readings: &[Reading],
        signed_by_both: bool,
    ) -> Result<(), Unsignable> {
        if self.state != PaperState::Prepared {
            return Err(Unsignable::NotPrepared);
        }
        if accepted.len() != self.lines.len() {
            return Err(Unsignable::LinesDiffer);
        }
        for line in &self.lines {
            let mut said = accepted.iter().filter(|said| said.rank == line.rank);
            let (Some(said), None) = (said.next(), said.next()) else { return Err(Unsignable::LinesDiffer) };
            if said.grams != line.proposed
                && said.reason.as_deref().is_none_or(|reason| reason.trim().is_empty())
            {
                return Err(Unsignable::ReasonMissing { rank: line.rank });
            }
        }
        for reading in readings {
            let line =
                self.lines.iter().find(|line| line.rank == reading.rank).ok_or(Unsignable::LinesDiffer)?;
            let unexplained = reading.reason.as_deref().is_none_or(|reason| reason.trim().is_empty());
            if let Some(threshold) = line.temperature.threshold_tenths()
                && reading.tenths > threshold
                && unexplained
            {
                return Err(Unsignable::TooWarm { rank: line.rank, threshold });
            }
        }
        if signed_by_both { Ok(()) } else { Err(Unsignable::NamesMissing) }
    }

    /// Everything proposed.
    #[must_use]
    pub fn proposed(&self) -> Grams {
        self.lines.iter().map(|line| line.proposed).sum()
    }

    /// Everything accepted.
    #[must_use]
    pub fn accepted(&self) -> Grams {
        self.lines.iter().filter_map(|line| line.accepted).sum()
    }
}

/// A signature drawn on a screen: strokes in a frame of [`Signature::WIDTH`] by [`Signature::HEIGHT`], as the `d` of
/// an SVG path made of `M x y`, `L x y`, `l 0 0` (a dot) and `Z`, and nothing else: it is printed, so nothing in it
/// may be anything but a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Signature(String);

/// What was sent is not a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASignature;

impl Signature {
    /// Width of the frame, in its own units.
    pub const WIDTH: u16 = 600;
    /// Height of the frame.
    pub const HEIGHT: u16 = 200;
    /// The longest path kept, in characters: about forty seconds of writing.
    pub const LONGEST: usize = 13_000;

    /// Reads a path as the pad sends it; `None` for an empty field.
    ///
    /// # Errors
    /// [`NotASignature`] for anything that is not strokes in the frame.
    pub fn parse(text: &str) -> Result<Option<Self>, NotASignature> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if text.len() > Self::LONGEST || !text.is_ascii() || !text.starts_with('M') {
            return Err(NotASignature);
        }
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(command) = rest.chars().next() {
            let end = rest.get(1..).and_then(|tail| tail.find(|c: char| c.is_ascii_alphabetic()));
            let (figures, tail) = match end {
                Some(at) => (rest.get(1..=at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default()),
                None => (rest.get(1..).unwrap_or_default(), ""),
            };
            kept.push_str(&stroke(command, figures).ok_or(NotASignature)?);
            rest = tail;
        }
        Ok(Some(Self(kept)))
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0
    }
}

/// One command, written the one way we keep it.
fn stroke(command: char, figures: &str) -> Option<String> {
    let numbers: Vec<u16> = figures
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match (command, numbers.as_slice()) {
        ('M' | 'L', [x, y]) if *x <= Signature::WIDTH && *y <= Signature::HEIGHT => {
            Some(format!("{command}{x} {y}"))
        }
        ('l', [0, 0]) => Some("l0 0".to_owned()),
        ('Z', []) => Some("Z".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(rank: i64, temperature: TemperatureClass, proposed: i64) -> Line {
        Line {
            rank,
            lot: None,
            reservation: None,
            product: "Yaourts nature".into(),
            family: "dairy".into(),
            temperature,
            lot_number: Some("L2614".into()),
            date_kind: DateKind::None,
            date: None,
            proposed: Grams(proposed),
            accepted: None,
            difference_reason: None,
        }
    }

    fn paper(lines: Vec<Line>) -> Handover {
        Handover {
            id: HandoverId(Uuid::nil()),
            reference: "B-26-001".into(),
            coordination: CoordinationId(Uuid::nil()),
            kind: PaperKind::Slip,
            giver: StructureId(Uuid::from_u128(1)),
            receiver: StructureId(Uuid::from_u128(2)),
            subject: Uuid::nil(),
            state: PaperState::Prepared,
            handed_at: None,
            giver_name: None,
            giver_signature: None,
            receiver_name: None,
            receiver_signature: None,
            on_paper: false,
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
            lines,
        }
    }

    fn said(rank: i64, grams: i64, reason: Option<&str>) -> Accepted {
        Accepted { rank, grams: Grams(grams), reason: reason.map(ToOwned::to_owned) }
    }

    #[test]
    fn what_stops_a_signature() {
        let paper =
            paper(vec![line(1, TemperatureClass::Chilled, 80_000), line(2, TemperatureClass::Dry, 5_000)]);
        let all = [said(1, 80_000, None), said(2, 5_000, None)];
        let warm = |reason: Option<&str>| Reading {
            rank: 1,
            moment: Moment::Pickup,
            tenths: 95,
            reason: reason.map(ToOwned::to_owned),
        };
        assert_eq!(paper.may_sign(&all, &[], true), Ok(()));
        assert_eq!(paper.may_sign(&all, &[], false), Err(Unsignable::NamesMissing));
        assert_eq!(paper.may_sign(&all[..1], &[], true), Err(Unsignable::LinesDiffer));
        let twice = [said(1, 80_000, None), said(1, 80_000, None)];
        assert_eq!(paper.may_sign(&twice, &[], true), Err(Unsignable::LinesDiffer));
        let less = [said(1, 60_000, Some(" ")), said(2, 5_000, None)];
        assert_eq!(paper.may_sign(&less, &[], true), Err(Unsignable::ReasonMissing { rank: 1 }));
        let less = [said(1, 0, Some("cartons mouillés")), said(2, 5_000, None)];
        assert_eq!(paper.may_sign(&less, &[], true), Ok(()));
        assert_eq!(
            paper.may_sign(&all, &[warm(None)], true),
            Err(Unsignable::TooWarm { rank: 1, threshold: 80 })
        );
        assert_eq!(paper.may_sign(&all, &[warm(Some("trajet de 5 minutes"))], true), Ok(()));
        let signed = Handover { state: PaperState::Signed, ..paper };
        assert_eq!(signed.may_sign(&all, &[], true), Err(Unsignable::NotPrepared));
    }

    #[test]
    fn strokes_and_nothing_else() {
        for (sent, kept) in [
            ("M10 10l0 0L20 30L600 200", Some("M10 10l0 0L20 30L600 200")),
            (" M 1,2 L 3,4 Z ", Some("M1 2L3 4Z")),
            ("", None),
        ] {
            assert_eq!(
                Signature::parse(sent).map(|s| s.map(|s| s.0)),
                Ok(kept.map(ToOwned::to_owned)),
                "{sent}"
            );
        }
        for sent in [
            "L1 2",
            "M601 0",
            "M0 201",
            "M-1 0",
            "M1.5 2",
            "M1 2l1 1",
            "M1 2C1 2 3 4 5 6",
            "M1",
            "M1 2 3",
            "M1 2\"/><image href=\"x",
            "été",
        ] {
            assert_eq!(Signature::parse(sent), Err(NotASignature), "{sent}");
        }
        assert_eq!(Signature::parse(&format!("M1 1{}", "L2 2".repeat(4_000))), Err(NotASignature));
    }

    proptest! {
        #[test]
        fn any_text_is_a_signature_or_not(text in ".{0,60}") {
            if let Ok(Some(signature)) = Signature::parse(&text) {
                prop_assert_eq!(Signature::parse(signature.path()), Ok(Some(signature.clone())));
                prop_assert!(signature.path().bytes().all(|b| b" 0123456789MLlZ".contains(&b)));
            }
        }

        #[test]
        fn what_is_drawn_in_the_frame_is_kept(points in proptest::collection::vec((0_u16..=600, 0_u16..=200), 1..60)) {
            let mut path = String::new();
            for (at, (x, y)) in points.iter().enumerate() {
                path.push_str(&format!("{}{x} {y}", if at == 0 { 'M' } else { 'L' }));
            }
            prop_assert_eq!(Signature::parse(&path).map(|s| s.map(|s| s.0)), Ok(Some(path)));
        }
    }
}
