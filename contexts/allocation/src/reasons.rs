//! « Pourquoi ? »: why a structure is proposed what it is, in the field's terms, kept with its share of the run.
//!
//! Invariant: it speaks of one structure only; of the others it says at most how many they are and at what level they
//! stand together, and that only where there are three or more.

use std::collections::BTreeMap;

use fair_share::{Cause, Limited, Plan, Reason};
use goods::FamilyCode;
use kernel::Grams;
use serde::{Deserialize, Serialize};

use crate::inputs::{Inputs, PersonsFrom};
use crate::problem::Built;

/// The fewest structures of which a level is shown (statistical secrecy: three).
pub const FEWEST: usize = 3;

/// What decided, for one structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// It is proposed all it asks for.
    AllMet,
    /// It is proposed all it asks for of what there is today.
    AllThereIs,
    /// It could take more of what there is, but for its room or its days.
    Limited,
    /// It shares what there is with others at the same level.
    Shared,
    /// Nothing of today is for it.
    Nothing,
}

/// A limit that is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Its room: 0 dry, 1 chilled, 2 frozen.
    Room(usize),
    /// The days of its requests: what expires before them does not serve.
    Days(FamilyCode),
}

/// Why lots could not be for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Barrier {
    /// Not asked for.
    NotAsked,
    /// No room at that temperature.
    NoRoom,
    /// Expires before the days of its requests.
    TooSoon,
    /// A family it does not take.
    Excluded,
    /// It opens after the DLC.
    OpensTooLate,
    /// It opens after the offer's window.
    WindowTooSoon,
    /// It refused that lot before.
    RefusedBefore,
    /// Any other reason.
    Other,
}

impl From<Reason> for Barrier {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NotRequested => Self::NotAsked,
            Reason::NoStorage => Self::NoRoom,
            Reason::NoThroughput => Self::TooSoon,
            Reason::Diet => Self::Excluded,
            Reason::ClosedBeforeExpiry => Self::OpensTooLate,
            Reason::Refused => Self::RefusedBefore,
            Reason::PickupWindow => Self::WindowTooSoon,
            Reason::NoWeight | Reason::OutOfReach | Reason::SetAside => Self::Other,
        }
    }
}

/// Why one structure is proposed what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// What decided.
    pub decided: Decided,
    /// Persons served, as counted for the need.
    pub persons: i64,
    /// Where that number came from.
    pub persons_from: PersonsFrom,
    /// Its voted weight, in thousandths.
    pub weight_permille: i64,
    /// What it needs in a day.
    pub need_of_a_day: Grams,
    /// What it was counted as having received, faded, promised goods included.
    pub received_before: Grams,
    /// What it was counted as having needed, faded, today included.
    pub needed: Grams,
    /// Its level before, in thousandths of its need.
    pub level_before: i64,
    /// Its level after, with what is proposed.
    pub level_after: i64,
    /// Whether it is new and started in the middle.
    pub is_new: bool,
    /// What it asked for in all, in this run.
    pub asked: Grams,
    /// What is proposed.
    pub proposed: Grams,
    /// Its limits that are reached, each with what it still wanted behind it.
    pub bounds: Vec<(Bound, Grams)>,
    /// Lots that could not be for it: why, how many, how much.
    pub barred: Vec<(Barrier, usize, Grams)>,
    /// How much more than its group it had received before, at equal need; below zero where less.
    pub ahead: Grams,
    /// How many structures share with it, itself included; none where fewer than [`FEWEST`].
    pub group_size: Option<usize>,
    /// The level its group shares, in thousandths; none where the group is too small to be shown.
    pub group_level: Option<i64>,
}

/// The reasons of every structure, in the order of the inputs.
#[must_use]
pub fn of(inputs: &Inputs, built: &Built, plan: &Plan) -> Vec<Reasons> {
    let mut asked: BTreeMap<_, Grams> = BTreeMap::new();
    for line in &inputs.lines {
        *asked.entry(line.structure).or_default() += line.left;
    }
    inputs
        .structures
        .iter()
        .enumerate()
        .map(|(a, structure)| {
            let why = plan.explanations.get(a);
            let level = plan.levels.get(a);
            let needed = structure.past.need.saturating_add(structure.need_of_a_day.0);
            let before = structure.past.received.saturating_add(structure.promised.0);
            let proposed = level.map_or(0, |level| level.crate_grams);
            let asked = asked.get(&structure.structure).copied().unwrap_or_default();
            // The engine hears only of what there is a lot of.
            let heard = built
                .problem
                .structures
                .get(a)
                .map_or(0, |known| known.needs.iter().filter_map(|need| need.caps.last()).sum::<i64>());
            let group = level.and_then(|level| level.group).and_then(|group| plan.groups.get(group));
            let shown = group.filter(|group| group.structures.len() >= FEWEST);
            Reasons {
                decided: why.map_or(Decided::Nothing, |why| decided(why.cause, proposed, asked.0 > heard)),
                persons: structure.persons,
                persons_from: structure.persons_from,
                weight_permille: structure.weight_permille,
                need_of_a_day: structure.need_of_a_day,
                received_before: Grams(before),
                needed: Grams(needed),
                level_before: permille(before, needed),
                level_after: permille(before.saturating_add(proposed), needed),
                is_new: structure.is_new,
                asked,
                proposed: Grams(proposed),
                bounds: why.map(|why| bounds(&why.limits, built)).unwrap_or_default(),
                barred: why.map(|why| barred(&why.barred)).unwrap_or_default(),
                ahead: Grams(why.map_or(0, |why| why.past.advance_grams)),
                group_size: shown.map(|group| group.structures.len()),
                group_level: shown.and_then(|group| group.level).map(fair_share::Ratio::permille),
            }
        })
        .collect()
}

/// `wanted_more` says whether it asked for something of which there is no lot at all.
fn decided(cause: Cause, proposed: i64, wanted_more: bool) -> Decided {
    match cause {
        Cause::NeedMet if !wanted_more => Decided::AllMet,
        Cause::NeedMet | Cause::RayonsMet if proposed > 0 => Decided::AllThereIs,
        Cause::Limited => Decided::Limited,
        Cause::Shared { .. } => Decided::Shared,
        Cause::NeedMet | Cause::RayonsMet | Cause::NoLot => Decided::Nothing,
    }
}

fn bounds(limits: &[fair_share::Limit], built: &Built) -> Vec<(Bound, Grams)> {
    limits
        .iter()
        .filter_map(|limit| {
            let bound = match limit.place {
                Limited::Storage { temperature } => Bound::Room(temperature),
                Limited::Expiry { rayon, class } if class + 1 < crate::problem::CLASSES => {
                    Bound::Days(built.rayons.get(rayon)?.0.clone())
                }
                Limited::Expiry { .. } => return None,
            };
            Some((bound, Grams(limit.unmet_grams)))
        })
        .collect()
}

fn barred(barred: &[fair_share::Barred]) -> Vec<(Barrier, usize, Grams)> {
    let mut sums: BTreeMap<Barrier, (usize, i64)> = BTreeMap::new();
    for one in barred {
        let sum = sums.entry(one.reason.into()).or_default();
        sum.0 += one.lots;
        sum.1 += one.grams;
    }
    sums.into_iter().map(|(barrier, (lots, grams))| (barrier, lots, Grams(grams))).collect()
}

fn permille(part: i64, whole: i64) -> i64 {
    i64::try_from(i128::from(part) * 1_000 / i128::from(whole.max(1))).unwrap_or(i64::MAX)
}

/// A level that structures share, for the page that all members read: how many, and at what level. Groups below
/// [`FEWEST`] are gathered into one line without a level, so that no single structure can be read off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLevel {
    /// How many structures.
    pub structures: usize,
    /// Their level after the run, in thousandths of their need; none where it cannot be shown.
    pub permille: Option<i64>,
}

/// The levels of a run by group, lowest first, as secrecy allows.
#[must_use]
pub fn shared_levels(plan: &Plan) -> Vec<SharedLevel> {
    let mut shown = Vec::new();
    let mut few = 0;
    for group in &plan.groups {
        if group.structures.len() >= FEWEST {
            shown.push(SharedLevel {
                structures: group.structures.len(),
                permille: group.level.map(fair_share::Ratio::permille),
            });
        } else {
            few += group.structures.len();
        }
    }
    if few > 0 {
        shown.push(SharedLevel { structures: few, permille: None });
    }
    shown
}
