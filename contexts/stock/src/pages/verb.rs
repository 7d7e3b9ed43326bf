//! The acts on a lot, by their names in addresses and their words.

use crate::LotState;

/// What can be done with a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// « Déplacer ».
    Move,
    /// « Partager ».
    Split,
    /// « Distribuer ».
    HandOut,
    /// « Rendre ».
    Return,
    /// « Jeter ».
    Waste,
    /// « Noter la température ».
    Measure,
    /// « Mettre en quarantaine ».
    Quarantine,
    /// « Bloquer ».
    Block,
    /// « Libérer ».
    Lift,
    /// « Retirer ».
    Withdraw,
}

impl Verb {
    /// What is done every day.
    pub(super) const DAILY: [Self; 6] =
        [Self::HandOut, Self::Move, Self::Split, Self::Measure, Self::Return, Self::Waste];
    /// What concerns safety.
    pub(super) const GRAVE: [Self; 4] = [Self::Lift, Self::Quarantine, Self::Block, Self::Withdraw];

    /// Its name in addresses.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Move => "deplacer",
            Self::Split => "partager",
            Self::HandOut => "distribuer",
            Self::Return => "rendre",
            Self::Waste => "jeter",
            Self::Measure => "temperature",
            Self::Quarantine => "quarantaine",
            Self::Block => "bloquer",
            Self::Lift => "liberer",
            Self::Withdraw => "retirer",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::DAILY.into_iter().chain(Self::GRAVE).find(|verb| verb.code() == code)
    }

    /// The key of its verb.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Move => "stock-act-move",
            Self::Split => "stock-act-split",
            Self::HandOut => "stock-act-hand-out",
            Self::Return => "stock-act-return",
            Self::Waste => "stock-act-waste",
            Self::Measure => "stock-act-measure",
            Self::Quarantine => "stock-act-quarantine",
            Self::Block => "stock-act-block",
            Self::Lift => "stock-act-lift",
            Self::Withdraw => "stock-act-withdraw",
        }
    }

    /// The key of the sentence that says what it does.
    pub(super) fn lead(self) -> &'static str {
        match self {
            Self::Move => "stock-act-move-lead",
            Self::Split => "stock-act-split-lead",
            Self::HandOut => "stock-act-hand-out-lead",
            Self::Return => "stock-act-return-lead",
            Self::Waste => "stock-act-waste-lead",
            Self::Measure => "stock-act-measure-lead",
            Self::Quarantine => "stock-act-quarantine-lead",
            Self::Block => "stock-act-block-lead",
            Self::Lift => "stock-act-lift-lead",
            Self::Withdraw => "stock-act-withdraw-lead",
        }
    }

    /// Its icon in the sprite.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Move => "onward",
            Self::Split => "list",
            Self::HandOut => "people",
            Self::Return => "back",
            Self::Waste => "bin",
            Self::Measure => "chilled",
            Self::Quarantine => "eye",
            Self::Block => "warning",
            Self::Lift => "check",
            Self::Withdraw => "cross",
        }
    }

    /// Whether it makes sense for a lot in this state.
    pub(super) fn fits(self, state: LotState) -> bool {
        match self {
            Self::HandOut => state == LotState::Available,
            Self::Quarantine => state == LotState::Available,
            Self::Block => matches!(state, LotState::Available | LotState::Quarantined),
            Self::Lift | Self::Withdraw => matches!(state, LotState::Quarantined | LotState::Blocked),
            _ => state != LotState::Withdrawn,
        }
    }

    pub(super) fn asks_place(self) -> bool {
        !matches!(self, Self::Measure | Self::Quarantine | Self::Block | Self::Lift)
    }

    pub(super) fn asks_grams(self) -> bool {
        self.asks_place() && self != Self::Withdraw
    }

    pub(super) fn asks_reason(self) -> bool {
        !matches!(self, Self::Move | Self::Split | Self::HandOut)
    }

    pub(super) fn needs_reason(self) -> bool {
        self.asks_reason() && self != Self::Measure
    }

    /// The key of what is said when it is done.
    pub(super) fn done(self) -> &'static str {
        match self {
            Self::Move => "stock-done-move",
            Self::Split => "stock-done-split",
            Self::HandOut => "stock-done-hand-out",
            Self::Return => "stock-done-return",
            Self::Waste => "stock-done-waste",
            Self::Measure => "stock-done-measure",
            Self::Quarantine => "stock-done-quarantine",
            Self::Block => "stock-done-block",
            Self::Lift => "stock-done-lift",
            Self::Withdraw => "stock-done-withdraw",
        }
    }
}
