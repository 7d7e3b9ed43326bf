//! Everybody who may come to the door.

use accounts::links::{self, NewLink};
use axum::http::Method;
use chrono::Duration;
use kernel::{PersonId, Role, StructureId};
use testkit::{Browser, Page};

use super::scene::{Scene, sits};

/// The kinds of visitors, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Nobody,
    /// Lead of a structure that is in no coordination.
    Stranger,
    Listed,
    Reader,
    /// Lead of another contributor, Soupe.
    Contributor,
    /// Of Lilas, whose things they are.
    Volunteer,
    Member,
    Lead,
    Facilitator,
    FacilitatorElsewhere,
    /// The personal link made for this very page and subject, where there is one.
    RightLink,
    /// A personal link of the same purpose for another subject, or of another purpose.
    OtherLink,
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Nobody,
        Self::Stranger,
        Self::Listed,
        Self::Reader,
        Self::Contributor,
        Self::Volunteer,
        Self::Member,
        Self::Lead,
        Self::Facilitator,
        Self::FacilitatorElsewhere,
        Self::RightLink,
        Self::OtherLink,
    ];
}

/// The tokens of personal links.
struct Links {
    /// Whoever gives in Lilas's name, and in Soupe's.
    donor: [String; 2],
    /// « Toujours exact ? » on Lilas's request, and on Soupe's.
    confirm: [String; 2],
    /// Lilas comes for an offer, and Soupe for another.
    come: [String; 2],
    /// The answer of Lilas to a proposal, and of Soupe.
    answer: [String; 2],
    /// The invitation of Extra into Lilas, and of somebody else.
    invitation: [String; 2],
    /// The rhythm of Extra's digest.
    digest: String,
}

/// A browser for each kind of visitor.
pub struct Visitors {
    browsers: Vec<(Kind, Browser)>,
    people: Vec<(Kind, PersonId)>,
    links: Links,
    pub paths: Vec<&'static str>,
}

impl Visitors {
    pub async fn come(scene: &Scene) -> Self {
        let town = &scene.town;
        let level = async |name: &str, level: &'static str| {
            let structure = town.structure(name, "association").await;
            let mut tx = town.db.write().await.unwrap();
            tx.query("UPDATE membership SET level = $1 WHERE structure_id = $2")
                .bind(level)
                .bind(structure)
                .run()
                .await
                .unwrap();
            tx.commit().await.unwrap();
            town.person(&format!("Lead {name}"), structure, Role::Lead).await
        };
        let alone = town.stranger("Association seule", "association").await;
        let ccas = town.structure("CCAS", "ccas").await;
        let people = vec![
            (Kind::Stranger, town.person("Seule", alone, Role::Lead).await),
            (Kind::Listed, level("Listée", "listed").await),
            (Kind::Reader, level("Lectrice", "reader").await),
            (Kind::Contributor, town.person("Ines", scene.soupe, Role::Lead).await),
            (Kind::Volunteer, town.person("Vera", scene.lilas, Role::Volunteer).await),
            (Kind::Member, town.person("Mona", scene.lilas, Role::Member).await),
            (Kind::Lead, town.person("Lise", scene.lilas, Role::Lead).await),
            (Kind::Facilitator, town.facilitator("Olivier", ccas).await),
            (Kind::FacilitatorElsewhere, facilitator_elsewhere(scene).await),
        ];
        let settings =
            web::Settings { public_url: "http://localhost".to_owned(), demo: true, secure_cookies: false };
        let house =
            tablee::house::build(town.db.clone(), town.world(), settings, mail::Transport::Kept).unwrap();
        let mut browsers = Vec::new();
        for kind in Kind::ALL {
            let mut browser = Browser::at(house.app.clone(), house.router.clone());
            if let Some((_, person)) = people.iter().find(|(known, _)| *known == kind) {
                browser.sign_in(*person).await;
            }
            browsers.push((kind, browser));
        }
        Self { browsers, people, links: Links::issue(scene).await, paths: house.paths }
    }

    /// Who the visitor is, where they are somebody.
    pub fn person(&self, kind: Kind) -> Option<PersonId> {
        self.people.iter().find(|(known, _)| *known == kind).map(|(_, person)| *person)
    }

    /// Any browser, for questions about the house itself.
    pub fn anybody(&mut self) -> &mut Browser {
        &mut self.browsers[0].1
    }

    /// Sends a request as a visitor. A link's holder carries its token in the address.
    pub async fn send(&mut self, kind: Kind, method: &Method, path: &str, form: &[(String, String)]) -> Page {
        let mut path = path.to_owned();
        if let Some(token) = self.links.token(kind, &path) {
            let joined = if path.contains('?') { '&' } else { '?' };
            path = format!("{path}{joined}jeton={token}");
        }
        let (_, browser) = self.browsers.iter_mut().find(|(known, _)| *known == kind).unwrap();
        if *method == Method::GET {
            return browser.get(&path).await;
        }
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.submit(&path, &form).await
    }
}

async fn facilitator_elsewhere(scene: &Scene) -> PersonId {
    let town = &scene.town;
    let structure = town.stranger("Association d’à côté", "association").await;
    sits(town, scene.elsewhere, structure).await;
    let person = town.person("Elsa", structure, Role::Lead).await;
    let mut tx = town.db.write().await.unwrap();
    tx.query(
        "INSERT INTO facilitator (coordination_id, person_id, structure_id, since) VALUES ($1, $2, $3, $4)",
    )
    .bind(scene.elsewhere)
    .bind(person)
    .bind(structure)
    .bind(town.job().today())
    .run()
    .await
    .unwrap();
    tx.commit().await.unwrap();
    person
}

impl Links {
    async fn issue(scene: &Scene) -> Self {
        let (lilas, soupe) = (scene.lilas, scene.soupe);
        let link = async |purpose, subject, structure: StructureId, person| {
            let new = NewLink {
                purpose,
                subject,
                structure: Some(structure),
                person,
                label: String::new(),
                valid_for: Duration::days(7),
            };
            let mut tx = scene.town.db.write().await.unwrap();
            let path = links::issue(&mut tx, &scene.town.job(), new).await.unwrap();
            tx.commit().await.unwrap();
            path.strip_prefix("/l/").unwrap().to_owned()
        };
        let donor = collections::usecases::POST_FOR_DONOR;
        let come = collections::usecases::come::PURPOSE;
        let confirm = requests::usecases::confirm::PURPOSE;
        let answer = allocation::usecases::answer::PURPOSE;
        let invitation = network::usecases::invite_person::PURPOSE;
        let (extra, odile) = (scene.extra, scene.odile);
        Self {
            donor: [
                link(donor, lilas.uuid(), lilas, None).await,
                link(donor, soupe.uuid(), soupe, None).await,
            ],
            come: [
                link(come, scene.fetched.uuid(), lilas, None).await,
                link(come, scene.over.uuid(), soupe, None).await,
            ],
            confirm: [
                link(confirm, scene.request.uuid(), lilas, None).await,
                link(confirm, scene.soupe_request.uuid(), soupe, None).await,
            ],
            answer: [
                link(answer, scene.share.uuid(), lilas, None).await,
                link(answer, scene.soupe_share.uuid(), soupe, None).await,
            ],
            invitation: [
                link(invitation, extra.uuid(), lilas, Some(extra)).await,
                link(invitation, odile.uuid(), soupe, Some(odile)).await,
            ],
            digest: link("accounts.digest", extra.uuid(), lilas, Some(extra)).await,
        }
    }

    /// The token somebody carries to a path; the donor's where no link is made for it.
    fn token(&self, kind: Kind, path: &str) -> Option<String> {
        let at = match kind {
            Kind::RightLink => 0,
            Kind::OtherLink => 1,
            _ => return None,
        };
        let pair = if path.starts_with("/demandes/confirmer") {
            &self.confirm
        } else if path.contains("/venir") {
            &self.come
        } else if path.starts_with("/attributions/reponse") || path.starts_with("/attributions/pourquoi") {
            &self.answer
        } else if path.starts_with("/invitation") {
            &self.invitation
        } else {
            &self.donor
        };
        if path.starts_with("/resume") && kind == Kind::RightLink {
            return Some(self.digest.clone());
        }
        Some(pair[at].clone())
    }
}

impl Visitors {
    /// A token as it stands in a letter.
    pub fn letter_token(&self) -> &str {
        &self.links.donor[0]
    }
}
