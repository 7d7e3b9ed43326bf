//! Who may give food of animal origin, and how it must be wrapped.
//!
//! Invariant: a gate answers for animal origin only; plant food in any state passes.

/// What the origin of goods asks before they are taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginGate {
    /// Nothing to say.
    Free,
    /// This donor gives animal-origin food only prepackaged, and this is not.
    OnlyPrepackaged,
    /// An approved plant gives what its own sanitary plan states: one sentence says that the plan covers it.
    AsksSanitaryPlan,
    /// This kind of donor may not give food of animal origin.
    NotFromThisDonor,
}

/// What the order of 7 January 2021 (foods excluded from donation) says of animal-origin food, by kind of
/// donor: shops and wholesalers give it prepackaged; approved plants (industry, farms that process) as their
/// sanitary plan states; collective catering prepackaged, prepared ahead and not served; others do not give it.
/// A structure of food aid that passes on what it lawfully received does not donate anew, but keeps it wrapped.
///
/// `donor_kind` is the code of a structure's kind.
#[must_use]
pub fn gate(donor_kind: &str, animal_origin: bool, prepackaged: bool) -> OriginGate {
    if !animal_origin {
        return OriginGate::Free;
    }
    match donor_kind {
        "entreprise" | "producteur" => OriginGate::AsksSanitaryPlan,
        "commerce" | "service_public" | "association" | "ccas" | "ess" => {
            if prepackaged {
                OriginGate::Free
            } else {
                OriginGate::OnlyPrepackaged
            }
        }
        _ => OriginGate::NotFromThisDonor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_7_january_2021() {
        for (donor, prepackaged, expected) in [
            ("commerce", true, OriginGate::Free),
            ("commerce", false, OriginGate::OnlyPrepackaged),
            ("entreprise", false, OriginGate::AsksSanitaryPlan),
            ("producteur", true, OriginGate::AsksSanitaryPlan),
            ("service_public", false, OriginGate::OnlyPrepackaged),
            ("collectif", true, OriginGate::NotFromThisDonor),
        ] {
            assert_eq!(gate(donor, true, prepackaged), expected, "{donor}");
            assert_eq!(gate(donor, false, prepackaged), OriginGate::Free, "{donor}");
        }
    }
}
