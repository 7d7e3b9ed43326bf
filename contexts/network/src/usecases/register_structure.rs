//! Writes a structure down: by a facilitator, or spotted by a member who knows that it exists.

use audit::Act;
use kernel::text::{fold, one_line};
use kernel::{Cx, Failure, Level, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::store::structures::{KeptIdentity, insert_structure};
use crate::{Accreditation, CardState, Rna, Sector, Siret, StructureKind, queries};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterStructure {
    /// Its name, as it writes it.
    pub name: String,
    /// What it is.
    pub kind: StructureKind,
    /// Where it comes from.
    pub sector: Sector,
    /// The national network it belongs to.
    pub head_network: Option<String>,
    /// Its SIRET, as typed.
    pub siret: Option<String>,
    /// Its RNA number, as typed.
    pub rna: Option<String>,
    /// Its accreditation.
    pub accreditation: Accreditation,
}

impl RegisterStructure {
    /// A structure of which nothing more is known.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: StructureKind, sector: Sector) -> Self {
        Self {
            name: name.into(),
            kind,
            sector,
            head_network: None,
            siret: None,
            rna: None,
            accreditation: Accreditation::Unknown,
        }
    }
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterRefused {
    /// It has no name.
    Nameless,
    /// The SIRET is no SIRET.
    SiretWrong,
    /// The RNA number is none.
    RnaWrong,
    /// A structure with this SIRET is known.
    Known(StructureId),
}

/// The identity of a structure, checked.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The name, on one line.
    pub name: String,
    /// The name of its network, on one line.
    pub head_network: Option<String>,
    /// The 14 digits.
    pub siret: Option<String>,
    /// The ten characters.
    pub rna: Option<String>,
}

impl Identity {
    /// Both halves of an identity, as they are written.
    pub(crate) fn kept(self, asked: &RegisterStructure, state: CardState) -> KeptIdentity {
        KeptIdentity {
            name: self.name,
            kind: asked.kind,
            sector: asked.sector,
            head_network: self.head_network,
            siret: self.siret,
            rna: self.rna,
            accreditation: asked.accreditation,
            state,
        }
    }
}

/// Checks what can be checked without the database.
///
/// # Errors
/// A [`RegisterRefused`] other than `Known`.
pub fn check(command: &RegisterStructure) -> Result<Identity, RegisterRefused> {
    let name = one_line(&command.name);
    if fold(&name).is_empty() {
        return Err(RegisterRefused::Nameless);
    }
    let given = |text: &Option<String>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
    let siret = match given(&command.siret) {
        Some(typed) => Some(Siret::parse(&typed).ok_or(RegisterRefused::SiretWrong)?.as_str().to_owned()),
        None => None,
    };
    let rna = match given(&command.rna) {
        Some(typed) => Some(Rna::parse(&typed).ok_or(RegisterRefused::RnaWrong)?.as_str().to_owned()),
        None => None,
    };
    Ok(Identity { name, head_network: given(&command.head_network), siret, rna })
}

/// Writes the structure down.
///
/// # Errors
/// [`RegisterRefused`]; forbidden to whoever takes part in nothing.
pub async fn run(
    cx: &Cx,
    db: &Db,
    command: RegisterStructure,
) -> Result<StructureId, Failure<RegisterRefused>> {
    let mut tx = match db.begin(cx, "network.register_structure", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let id = within(cx, &mut tx, &command).await?;
    Ok(tx.done(id).await?)
}

/// The same within another act. What a facilitator writes is validated; what a contributor writes is spotted.
///
/// # Errors
/// As [`run`].
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &RegisterStructure,
) -> Result<StructureId, Failure<RegisterRefused>> {
    let state = if access::facilitating::<RegisterRefused>(cx).is_ok() {
        CardState::Validated
    } else {
        access::taking_part(cx, Level::Contributor)?;
        CardState::Spotted
    };
    let identity = check(command).map_err(Failure::Refused)?;
    if let Some(siret) = &identity.siret
        && let Some(known) = queries::structure_with_siret(tx, siret).await?
    {
        return Err(Failure::Refused(RegisterRefused::Known(known)));
    }
    let id = StructureId::new(cx);
    insert_structure(tx, id, identity.clone().kept(command, state), cx.now()).await?;
    let act = Act::new("network.register_structure", "structure", id.uuid())
        .detail(json!({ "name": identity.name, "state": state.code() }));
    audit::record(tx, cx, act).await?;
    Ok(id)
}
