//! Whom a newcomer may be.

/// Somebody of the demo to enter as.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// Their address, which is how they are found.
    pub email: &'static str,
    /// Their name.
    pub name: &'static str,
    /// The key of the sentence that says who they are.
    pub role: &'static str,
    /// Their icon in the sprite.
    pub icon: &'static str,
}

impl Persona {
    /// What stands before the @: short enough for an address.
    #[must_use]
    pub fn short(&self) -> &'static str {
        self.email.split('@').next().unwrap_or(self.email)
    }
}

/// The personas, in the order a newcomer best meets them.
pub const PERSONAS: [Persona; 8] = [
    Persona {
        email: "odile@demo.exemple",
        name: "Odile Garnier",
        role: "tablee-demo-role-ccas",
        icon: "people",
    },
    Persona {
        email: "mehdi@demo.exemple",
        name: "Mehdi Belkacem",
        role: "tablee-demo-role-lead",
        icon: "structure",
    },
    Persona {
        email: "jeannine@demo.exemple",
        name: "Jeannine Robert",
        role: "tablee-demo-role-volunteer",
        icon: "person",
    },
    Persona {
        email: "karim@demo.exemple",
        name: "Karim Haddad",
        role: "tablee-demo-role-hub",
        icon: "stock",
    },
    Persona {
        email: "sofia@demo.exemple",
        name: "Sofia Marques",
        role: "tablee-demo-role-donor",
        icon: "offer",
    },
    Persona {
        email: "aminata@demo.exemple",
        name: "Aminata Diallo",
        role: "tablee-demo-role-cofacilitator",
        icon: "meeting",
    },
    Persona {
        email: "claire@demo.exemple",
        name: "Claire Nguyen",
        role: "tablee-demo-role-social-worker",
        icon: "request",
    },
    Persona {
        email: "ines@demo.exemple",
        name: "Inès Laurent",
        role: "tablee-demo-role-metropole",
        icon: "globe",
    },
];
