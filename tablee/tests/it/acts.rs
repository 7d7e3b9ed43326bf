//! The write journeys of the house, each as one form that is sent, and how to count what sending it did.

use kernel::PersonId;

use crate::scene::Scene;

/// One write journey.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    AskFor,
    Receive,
    Offer,
    OfferWithPhoto,
    Reserve,
    TakeOver,
    Prepare,
    Validate,
    Answer,
    HandOver,
    Count,
    Waste,
    ImportWrite,
    ImportUndo,
    SaveCard,
}

/// A form ready to be filled in.
pub struct Sending {
    /// Who sends it.
    pub person: PersonId,
    /// The page that holds it.
    pub page: String,
    /// Where it is sent: how it is found on the page.
    pub action: String,
    /// What is typed.
    pub typed: Vec<(String, String)>,
    /// The photo that goes with it.
    pub photo: Option<Vec<u8>>,
}

/// How many structures a sheet of these tests names.
const ROWS: usize = 12;

/// The head of a JPEG of these dimensions.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC0\0\x11\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes
}

/// A photo of 200 kB.
pub fn photo(n: usize) -> Vec<u8> {
    let mut bytes = jpeg(1_600, 1_200);
    bytes.extend((0..200_000).map(|at| u8::try_from((at + n) % 251).unwrap()));
    bytes
}

fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Act {
    /// The name of the act in the journal, and the rows of the field that it makes or changes.
    pub fn traces(self) -> (&'static str, &'static str) {
        match self {
            Self::AskFor => ("requests.post", "SELECT COUNT(*) FROM request_line"),
            Self::Receive => ("stock.receive", "SELECT COUNT(*) FROM entry"),
            Self::Offer => ("collections.post", "SELECT COUNT(*) FROM collection"),
            Self::OfferWithPhoto => ("collections.post", "SELECT COUNT(*) FROM photo"),
            Self::Reserve => ("collections.reserve", "SELECT COUNT(*) FROM collection_reservation"),
            Self::TakeOver => ("collections.take_over", "SELECT COUNT(*) FROM lot"),
            Self::Prepare => ("allocation.prepare", "SELECT COUNT(*) FROM allocation_run"),
            Self::Validate => {
                ("allocation.validate", "SELECT COUNT(*) FROM allocation_run WHERE validated_at IS NOT NULL")
            }
            Self::Answer => {
                ("allocation.answer", "SELECT COUNT(*) FROM allocation_line WHERE state = 'accepted'")
            }
            Self::HandOver => {
                ("allocation.hand_over", "SELECT COUNT(*) FROM handover WHERE state = 'signed'")
            }
            Self::Count => ("stock.count", "SELECT COUNT(*) FROM movement WHERE cause = 'counted'"),
            Self::Waste => ("stock.waste", "SELECT COUNT(*) FROM movement WHERE cause = 'wasted'"),
            Self::ImportWrite => ("directory.import_write", "SELECT COUNT(*) FROM structure"),
            Self::ImportUndo => {
                ("directory.import_undo", "SELECT COUNT(*) FROM structure WHERE binned_at IS NULL")
            }
            Self::SaveCard => {
                ("directory.edit_card", "SELECT CAST(SUM(version) AS BIGINT) FROM structure_card")
            }
        }
    }

    /// Makes everything ready that the act stands on. `n` makes each try another act.
    pub async fn ready(self, scene: &Scene, n: usize) -> Sending {
        let send = |person, page: String, action: String, pairs: &[(&str, &str)]| Sending {
            person,
            page,
            action,
            typed: typed(pairs),
            photo: None,
        };
        let mark = format!("Essai {n}");
        let number = format!("{}", 10 + n);
        match self {
            Self::AskFor => {
                let page = "/demandes/nouvelle".to_owned();
                send(scene.awa, page.clone(), page, &[("kg-starches", &number), ("note", &mark)])
            }
            Self::Receive => {
                let page = "/stock/recevoir".to_owned();
                let pairs = [
                    ("produit-1", mark.as_str()),
                    ("poids-1", "40"),
                    ("famille-1", "starches"),
                    ("mesure-1", "pese"),
                    ("conservation-1", "dry"),
                    ("date-type-1", "none"),
                ];
                send(scene.karim, page.clone(), page, &pairs)
            }
            Self::Offer | Self::OfferWithPhoto => {
                offer(scene, &mark, matches!(self, Self::OfferWithPhoto).then(|| photo(n)))
            }
            Self::Reserve => {
                let id = scene.offered(&mark, 120).await;
                let action = format!("/collectes/{id}/reserver");
                send(scene.awa, format!("/collectes/{id}"), action, &[("quantite", "8")])
            }
            Self::TakeOver => {
                let id = scene.offered(&mark, 120).await;
                let hold = scene.held(id, 8).await;
                let page = format!("/collectes/{id}/prise-en-charge/{hold}");
                let pairs = [
                    ("prise", "tout"),
                    ("temperature", "3,5"),
                    ("donateur_nom", "Marc"),
                    ("donateur_trace", "M10 10L60 80L120 40"),
                    ("receveur_nom", "Awa"),
                    ("receveur_trace", "M20 30L80 90"),
                ];
                send(scene.awa, page.clone(), page, &pairs)
            }
            Self::Prepare => {
                scene.lot(&mark, 24).await;
                scene.asks(12).await;
                send(scene.olivier, "/attributions".to_owned(), "/attributions/preparer".to_owned(), &[])
            }
            Self::Validate => {
                let page = format!("/attributions/{}", scene.proposed().await);
                let action = format!("{page}/valider");
                send(scene.olivier, page, action, &[])
            }
            Self::Answer => {
                let run = scene.validated().await;
                let page = format!("/attributions/reponse/{}", scene.share(run).await);
                send(scene.awa, page.clone(), page, &[("tout", "oui")])
            }
            Self::HandOver => {
                let page = format!("/attributions/{}/remise/{}", scene.noted().await, scene.lilas);
                let pairs = [
                    ("donneur", "Karim"),
                    ("signature-donne", "M10 10L60 80"),
                    ("receveur", "Awa"),
                    ("signature-recoit", "M20 30L80 90"),
                    ("temp-1", "3"),
                ];
                send(scene.karim, page.clone(), page, &pairs)
            }
            Self::Count => {
                let lot = scene.lot(&mark, 40).await;
                let page = format!("/stock/inventaire?zone={}", scene.chilled);
                let found = format!("trouve-{lot}");
                send(scene.karim, page, "/stock/inventaire".to_owned(), &[(&found, "38")])
            }
            Self::Waste => {
                let page = format!("/stock/lots/{}/jeter", scene.lot(&mark, 40).await);
                send(scene.karim, page.clone(), page, &[("poids", "2"), ("raison", "Pots ouverts")])
            }
            Self::ImportWrite => {
                let page = format!("/import/{}", scene.read_sheet(ROWS, &mark).await);
                let action = format!("{page}/valider");
                send(scene.olivier, page, action, &[])
            }
            Self::ImportUndo => {
                let page = format!("/import/{}", scene.written_sheet(ROWS, &mark).await);
                let action = format!("{page}/annuler");
                send(scene.olivier, page, action, &[])
            }
            Self::SaveCard => {
                let page = format!("/structures/{}/modifier", scene.lilas);
                send(scene.awa, page.clone(), page, &[("foyers", &number), ("personnes", "90")])
            }
        }
    }
}

/// An offer for tomorrow morning, from the shop.
pub fn offer(scene: &Scene, product: &str, photo: Option<Vec<u8>>) -> Sending {
    let page = "/collectes/nouvelle".to_owned();
    let (tomorrow, later) = {
        let today = scene.town.job().today();
        (today + chrono::Duration::days(1), today + chrono::Duration::days(9))
    };
    Sending {
        person: scene.marc,
        page: page.clone(),
        action: page,
        typed: typed(&[
            ("famille", "dairy"),
            ("produit", product),
            ("nombre", "30"),
            ("date", &later.to_string()),
            ("fenetre", "autre"),
            ("jour", &tomorrow.to_string()),
            ("de", "08:00"),
            ("a", "11:30"),
        ]),
        photo,
    }
}
