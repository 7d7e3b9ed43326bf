//! The territory, the tables and everybody at them.

use std::collections::BTreeMap;

use directory::usecases::edit_card::{CardFacts, EditCard, within as write_card};
use directory::usecases::register_site::{RegisterSite, SiteFacts, within as write_site};
use directory::{Contact, Receiving, Served, Wishes};
use goods::FamilyCode;
use kernel::geo::Point;
use kernel::{CoordinationId, Grams, PersonId, Role, SiteId, StructureId, TerritoryId};
use network::usecases::invite_person::{self, InvitePerson};
use network::usecases::register_structure::RegisterStructure;
use network::usecases::{create_coordination, create_territory, join, name_facilitator, register_structure};
use network::{Accreditation, Settings, StructureKind, TerritoryLevel};

use super::people::{self, NAMES};
use super::territory::{ABOVE, MONTREUIL, Somebody};
use super::{OrSay as _, Pen};

/// A structure with its place and the person who leads it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    pub(super) structure: StructureId,
    pub(super) site: SiteId,
    pub(super) lead: PersonId,
}

/// Everything the year needs to know.
pub(super) struct Setting {
    pub(super) montreuil: CoordinationId,
    pub(super) seats: BTreeMap<&'static str, Seat>,
}

impl Setting {
    /// The seat of a structure.
    pub(super) fn seat(&self, name: &str) -> anyhow::Result<Seat> {
        self.seats.get(name).copied().ok_or_else(|| anyhow::anyhow!("nobody is called {name}"))
    }

    /// Writes it.
    pub(super) async fn write(pen: &mut Pen) -> anyhow::Result<Self> {
        let metropole =
            territory(pen, None, TerritoryLevel::Metropole, "Métropole du Grand Paris", None).await?;
        let est = territory(pen, Some(metropole), TerritoryLevel::Ept, "Est Ensemble", None).await?;
        let town = territory(pen, Some(est), TerritoryLevel::Commune, "Montreuil", Some("93048")).await?;
        let network =
            table(pen, metropole, None, "Réseau Grand Paris", "Réseau métropolitain de démonstration")
                .await?;
        let east =
            table(pen, est, Some(network), "Table d’Est Ensemble", "Coordination de démonstration").await?;
        let montreuil = table(
            pen,
            town,
            Some(east),
            "Table de Montreuil",
            "Coordination de démonstration des acteurs sociaux et de l’aide alimentaire",
        )
        .await?;
        let mut setting = Self { montreuil, seats: BTreeMap::new() };
        for somebody in &MONTREUIL {
            setting.sit_down(pen, somebody, &[montreuil]).await?;
        }
        for (index, somebody) in ABOVE.iter().enumerate() {
            let tables =
                // The two that facilitate above sit at both tables.
                if index < 2 { vec![network, east] } else { vec![if index < 4 { east } else { network }] };
            setting.sit_down(pen, somebody, &tables).await?;
        }
        for placed in people::personas() {
            setting.place(pen, &placed, montreuil).await?;
        }
        for name in ["Mission métropolitaine (fictive)", "Réseau Est solidaire (fictif)"] {
            let seat = setting.seat(name)?;
            for coordination in [network, east] {
                facilitate(pen, coordination, seat.lead, seat.structure).await?;
            }
        }
        Ok(setting)
    }

    /// A structure sits down at its tables, with its place, its card and whoever leads it.
    async fn sit_down(
        &mut self,
        pen: &mut Pen,
        somebody: &Somebody,
        tables: &[CoordinationId],
    ) -> anyhow::Result<()> {
        let cx = pen.job(tables.first().copied());
        let mut tx = pen.db.write().await?;
        let identity = RegisterStructure {
            accreditation: match somebody.kind {
                StructureKind::Ccas | StructureKind::PublicService => Accreditation::NotConcerned,
                StructureKind::Association => Accreditation::Regional,
                _ => Accreditation::Without,
            },
            ..RegisterStructure::new(somebody.name, somebody.kind, somebody.sector)
        };
        let structure = register_structure::within(&cx, &mut tx, &identity).await.or_say(somebody.name)?;
        for coordination in tables {
            let here = join::Join { coordination: *coordination, structure, level: somebody.level };
            join::within(&cx, &mut tx, &here).await.or_say(somebody.name)?;
        }
        let excluded = somebody.excluded.iter().map(|code| FamilyCode::from(*code)).collect();
        let facts = CardFacts {
            identity,
            description: String::new(),
            website: String::new(),
            contact: Contact { phone: Some("01 99 00 00 00".to_owned()), ..Contact::default() },
            served: Served {
                households: somebody.served.map(|(households, _)| households),
                persons: somebody.served.map(|(_, persons)| persons),
            },
            wishes: Wishes { wanted: Vec::new(), excluded },
        };
        write_card(&cx, &mut tx, &EditCard { structure, version: 0, facts }).await.or_say(somebody.name)?;
        let (dry, chilled, frozen) = somebody.storage;
        let receiving = Receiving::parse_week(somebody.receiving)
            .map_err(|unreadable| anyhow::anyhow!("{}: {unreadable}", somebody.name))?;
        let facts = SiteFacts {
            name: place_name(somebody).to_owned(),
            address: somebody.address.to_owned(),
            postcode: somebody.postcode.to_owned(),
            city: somebody.city.to_owned(),
            point: Some(Point { latitude: somebody.point.0, longitude: somebody.point.1 }),
            is_hub: somebody.name == super::territory::HUB,
            dry: Grams::kg(dry),
            chilled: Grams::kg(chilled),
            frozen: Grams::kg(frozen),
            dock: dry > 5_000,
            door_notes: String::new(),
            receiving,
        };
        let site =
            write_site(&cx, &mut tx, &RegisterSite { structure, facts }).await.or_say(somebody.name)?;
        let given = NAMES.get(self.seats.len() % NAMES.len()).copied().unwrap_or("Camille");
        let email = format!("equipe{}@demo.exemple", self.seats.len());
        let lead = InvitePerson { structure, name: given.to_owned(), email, role: Role::Lead };
        let lead = invite_person::within(&cx, &mut tx, &lead).await.or_say(given)?;
        tx.commit().await?;
        self.seats.insert(somebody.name, Seat { structure, site, lead });
        Ok(())
    }

    /// A persona takes a place; where it leads, it leads from now on.
    async fn place(
        &mut self,
        pen: &mut Pen,
        placed: &people::Placed,
        coordination: CoordinationId,
    ) -> anyhow::Result<()> {
        let seat = self.seat(placed.structure)?;
        let cx = pen.job(Some(coordination));
        let mut tx = pen.db.write().await?;
        let invited = InvitePerson {
            structure: seat.structure,
            name: placed.name.to_owned(),
            email: placed.email.to_owned(),
            role: placed.role,
        };
        let person = invite_person::within(&cx, &mut tx, &invited).await.or_say(placed.name)?;
        tx.commit().await?;
        if placed.role == Role::Lead {
            self.seats.insert(placed.structure, Seat { lead: person, ..seat });
        }
        if placed.facilitates {
            facilitate(pen, coordination, person, seat.structure).await?;
        }
        Ok(())
    }
}

/// What people call the place where a structure keeps its goods.
fn place_name(somebody: &Somebody) -> &'static str {
    match somebody.kind {
        _ if somebody.name == super::territory::HUB => "Entrepôt des Murs-à-pêches",
        StructureKind::Shop => "Magasin",
        StructureKind::Company => "Entrepôt",
        StructureKind::Producer => "Ferme",
        StructureKind::Ccas | StructureKind::PublicService => "Accueil",
        _ => "Local",
    }
}

async fn facilitate(
    pen: &Pen,
    coordination: CoordinationId,
    person: PersonId,
    structure: StructureId,
) -> anyhow::Result<()> {
    let command = name_facilitator::NameFacilitator { coordination, person, structure };
    name_facilitator::run(&pen.job(Some(coordination)), &pen.db, command).await.or_say("a facilitator")?;
    Ok(())
}

async fn territory(
    pen: &Pen,
    parent: Option<TerritoryId>,
    level: TerritoryLevel,
    name: &str,
    code: Option<&str>,
) -> anyhow::Result<TerritoryId> {
    let command = create_territory::CreateTerritory {
        parent,
        level,
        name: name.to_owned(),
        code_insee: code.map(ToOwned::to_owned),
    };
    create_territory::run(&pen.job(None), &pen.db, command).await.or_say(name)
}

async fn table(
    pen: &Pen,
    territory: TerritoryId,
    parent: Option<CoordinationId>,
    name: &str,
    full_name: &str,
) -> anyhow::Result<CoordinationId> {
    let command = create_coordination::CreateCoordination {
        territory,
        parent,
        name: name.to_owned(),
        full_name: full_name.to_owned(),
        help_phone: Some("01 99 00 00 01".to_owned()),
        settings: Settings::default(),
    };
    let cx = pen.job(None);
    let id = create_coordination::run(&cx, &pen.db, command).await.or_say(name)?;
    let mut tx = pen.db.write().await?;
    goods::usecases::install_defaults::within(&pen.job(Some(id)), &mut tx, id).await.or_say(name)?;
    tx.commit().await?;
    Ok(id)
}
