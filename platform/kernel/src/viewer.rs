//! Who is asking: a person acting for a structure, a link's holder, a job, or nobody we know.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CoordinationId, LinkId, PersonId, StructureId};

/// What a person is in a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the structure's space: its card, its people, its agreements.
    Lead,
    /// Works in it: its card and its places, besides all that is done in a day.
    Member,
    /// Helps: posts, reserves, requests, receives, counts and signs, as the day asks.
    Volunteer,
}

/// How far a structure takes part in a coordination; each level is useful alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// In the directory, nothing more.
    Listed,
    /// Reads what members share.
    Reader,
    /// Posts, reserves, requests.
    Contributor,
    /// Has signed the charter; takes part in decisions.
    Signatory,
}

/// A person's place in a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The structure.
    pub structure: StructureId,
    /// The person's role in it.
    pub role: Role,
}

/// A structure's place in a coordination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The structure.
    pub structure: StructureId,
    /// How far it takes part.
    pub level: Level,
}

/// By which door the viewer came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// Nobody we know.
    #[default]
    Anonymous,
    /// Signed in.
    SignedIn,
    /// A personal link, good for one purpose on one subject.
    Link {
        /// The link.
        link: LinkId,
        /// What it is for, e.g. `allocation.answer`.
        purpose: String,
        /// The one thing it is about.
        subject: Uuid,
    },
    /// The machine itself: a scheduled job, acting by a rule and for nobody.
    Job,
    /// The person who runs the installation, at the command line.
    Operator,
}

/// Everything that decides what somebody may see and do.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The door.
    pub via: Via,
    /// The person, where we know who it is.
    pub person: Option<PersonId>,
    /// The structure they act for now.
    pub structure: Option<StructureId>,
    /// All the structures they belong to.
    pub affiliations: Vec<Affiliation>,
    /// The places of those structures in coordinations.
    pub memberships: Vec<Membership>,
    /// The coordinations they help to facilitate.
    pub facilitates: Vec<CoordinationId>,
}

impl Viewer {
    /// The machine itself.
    #[must_use]
    pub fn job() -> Self {
        Self { via: Via::Job, ..Self::default() }
    }

    /// Whether they belong to the structure, in any role.
    #[must_use]
    pub fn belongs_to(&self, structure: StructureId) -> bool {
        self.affiliations.iter().any(|a| a.structure == structure)
    }

    /// Whether they may do the day's work for the structure: post, reserve, release, take over, receive, count.
    /// Whoever belongs to it may: most of that work is done by volunteers.
    #[must_use]
    pub fn acts_for(&self, structure: StructureId) -> bool {
        self.belongs_to(structure)
    }

    /// Whether they may speak for the structure (lead or member): say what it is, and open its door to others.
    #[must_use]
    pub fn speaks_for(&self, structure: StructureId) -> bool {
        self.affiliations
            .iter()
            .any(|a| a.structure == structure && matches!(a.role, Role::Lead | Role::Member))
    }

    /// Whether they run the structure's space.
    #[must_use]
    pub fn leads(&self, structure: StructureId) -> bool {
        self.affiliations.iter().any(|a| a.structure == structure && a.role == Role::Lead)
    }

    /// Whether they help to facilitate the coordination.
    #[must_use]
    pub fn facilitates(&self, coordination: CoordinationId) -> bool {
        self.facilitates.contains(&coordination)
    }

    /// The highest level at which one of their structures takes part in the coordination.
    #[must_use]
    pub fn level_in(&self, coordination: CoordinationId) -> Option<Level> {
        self.memberships.iter().filter(|m| m.coordination == coordination).map(|m| m.level).max()
    }

    /// Whether they came by a link for this purpose on this subject.
    #[must_use]
    pub fn holds_link(&self, wanted: &str, about: Uuid) -> bool {
        matches!(&self.via, Via::Link { purpose, subject, .. } if purpose == wanted && *subject == about)
    }

    /// Whether it is the machine or its operator, bound by no scope.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        matches!(self.via, Via::Job | Via::Operator)
    }
}
