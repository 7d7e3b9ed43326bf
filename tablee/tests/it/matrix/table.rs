//! The table itself.
//!
//! A cell says what a visitor is answered: `.` the page or the act is theirs (200, 303; 422 or 409 where something is
//! missing or was changed in between), `d` to the door and back, `4` not there as far as they may know, `3` not theirs to
//! do, `g` a link that has had its time, `-` not asked. Forms are sent near-empty.

use axum::http::Method;

use super::visitors::Kind;

/// What somebody is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Allowed,
    Door,
    NotFound,
    Forbidden,
    Gone,
}

impl Outcome {
    const CODES: [(Self, char); 5] = [
        (Self::Allowed, '.'),
        (Self::Door, 'd'),
        (Self::NotFound, '4'),
        (Self::Forbidden, '3'),
        (Self::Gone, 'g'),
    ];

    pub fn is_refusal(self) -> bool {
        self != Self::Allowed
    }
}

/// One row.
#[derive(Clone)]
pub struct Row {
    pub method: Method,
    pub pattern: &'static str,
    /// In the order of [`Kind::ALL`].
    pub cells: Vec<Option<Outcome>>,
}

impl Row {
    /// The row as the table writes it, with these cells.
    pub fn text(&self, cells: &[Option<Outcome>]) -> String {
        let mut text = format!("{:<4} {:<54} ", self.method.as_str(), self.pattern);
        for (at, cell) in cells.iter().enumerate() {
            if matches!(at, 5 | 8 | 10) {
                text.push(' ');
            }
            let code = Outcome::CODES.iter().find(|(outcome, _)| Some(*outcome) == *cell);
            text.push(code.map_or('-', |(_, code)| *code));
        }
        text
    }
}

/// Reads the table.
pub fn rows() -> Vec<Row> {
    let rows = TABLE.lines().filter(|line| line.starts_with("GET ") || line.starts_with("POST "));
    rows.map(|line| {
        let mut words = line.split_whitespace();
        let (method, pattern) = (words.next().unwrap().parse().unwrap(), words.next().unwrap());
        let cells: Vec<_> = words
            .collect::<String>()
            .chars()
            .map(|char| match char {
                '-' => None,
                char => Some(Outcome::CODES.iter().find(|(_, code)| *code == char).expect("a code").0),
            })
            .collect();
        assert_eq!(cells.len(), Kind::ALL.len(), "{line}");
        Row { method, pattern, cells }
    })
    .collect()
}

/// Columns: nobody, stranger, listed, reader, contributor; volunteer, member, lead of Lilas; facilitator, facilitator
/// elsewhere; holder of the right personal link, of another one.
const TABLE: &str = "
GET  /                                                      ..... ... .. -.
GET  /accessibilite                                         ..... ... .. -.
GET  /donnees                                               ..... ... .. -.
GET  /sante                                                 ..... ... .. -.
GET  /assets/{file}                                         44444 444 44 -4
GET  /connexion                                             ..... ... .. -.
POST /connexion                                             ..... ... .. -.
GET  /connexion/code                                        ..... ... .. -.
POST /connexion/code                                        ..... ... .. -.
GET  /connexion/lien                                        ..... ... .. -.
POST /connexion/lien                                        ..... ... .. -.
POST /deconnexion                                           ..... ... .. -.
POST /langue                                                ..... ... .. -.
GET  /l/{token}                                             ..... ... .. -.
GET  /resume                                                d.... ... .. .3
POST /resume                                                d.... ... .. .3
GET  /compte                                                d.... ... .. -3
POST /compte                                                d.... ... .. -3
POST /compte/appareils/fermer                               d.... ... .. -3
POST /connexion/cle/debut                                   ..... ... .. -.
POST /connexion/cle                                         ..... ... .. -.
POST /compte/cles/debut                                     d.... ... .. -3
POST /compte/cles                                           d.... ... .. -3
POST /compte/cles/{id}/retirer                              d4444 444 44 -4
POST /compte/cles/{id}/remettre                             d4444 444 44 -4
GET  /coordination                                          d3... ... .. -4
GET  /coordination/co-animation                             d3333 333 .. -3
POST /coordination/co-animation                             d3333 333 .. -3
GET  /coordination/co-animation/{person}/fin                d3333 333 .4 -3
POST /coordination/co-animation/{person}/fin                d3333 333 .4 -3
GET  /coordination/membres/{structure}/niveau               d3444 44. .4 -4
POST /coordination/membres/{structure}/niveau               d3444 44. .4 -4
GET  /structure                                             d.... ... .. -4
GET  /structure/choisir                                     d.... ... .. -.
POST /structure/choisir                                     d4444 ... 44 -4
GET  /structure/partage                                     d.... ... .. -4
GET  /structure/partage/donnees.zip                         d3... 33. 3. -4
POST /structure/partage/quitter                             d4444 33. 44 -4
POST /structure/partage/revenir                             d3333 33. 33 -4
GET  /structure/partage/{group}                             d.... 33. .. -4
POST /structure/partage/{group}                             d.... 33. .. -4
GET  /structure/membres                                     d.... ... .. -4
POST /structure/membres                                     d.... 33. .. -4
GET  /structure/membres/{person}                            d4444 33. 44 -4
POST /structure/membres/{person}                            d4444 33. 44 -4
POST /structure/membres/{person}/retirer                    d4444 33. 44 -4
POST /structure/membres/{person}/remettre                   d4444 33. 44 -4
GET  /invitation/{person}                                   g.... ... .. .g
POST /invitation/{person}                                   33333 333 33 .3
GET  /structures                                            d3... ... .. -3
GET  /structures/export/{format}                            d33.. ... .. -3
GET  /structures/nouvelle                                   d333. ... .. -3
POST /structures/nouvelle                                   d333. ... .. -3
GET  /structures/{id}                                       ..... ... .. -.
GET  /structures/{id}/historique                            d4444 4.. .4 -4
GET  /structures/{id}/modifier                              d3333 3.. .3 -3
POST /structures/{id}/modifier                              d3333 3.. .3 -3
POST /structures/{id}/supprimer                             33333 3.. .3 -3
POST /structures/{id}/retablir                              33333 33. 33 -3
GET  /structures/{id}/lieux/nouveau                         d3333 3.. .3 -3
POST /structures/{id}/lieux/nouveau                         d3333 3.. .3 -3
GET  /lieux/{id}/modifier                                   d3333 3.. .3 -3
POST /lieux/{id}/modifier                                   d3333 3.. .3 -3
GET  /import                                                d3333 333 .. -3
POST /import                                                d3333 333 .. -3
GET  /import/{id}                                           d3333 333 .4 -3
GET  /import/{id}/colonnes                                  d3333 333 .4 -3
POST /import/{id}/colonnes                                  d3333 333 .4 -3
POST /import/{id}/valider                                   33333 333 .4 -3
POST /import/{id}/annuler                                   33333 333 .4 -3
GET  /coordination/denrees                                  d3... ... .. -.
GET  /coordination/denrees/familles/nouvelle                d3333 333 .. -3
POST /coordination/denrees/familles/nouvelle                d3333 333 .. -3
GET  /coordination/denrees/familles/{code}                  d3333 333 .4 -3
POST /coordination/denrees/familles/{code}                  d3333 333 .4 -3
GET  /coordination/denrees/conditionnements/nouveau         d3333 333 .. -3
POST /coordination/denrees/conditionnements/nouveau         d3333 333 .. -3
GET  /coordination/denrees/conditionnements/{code}          d3333 333 .4 -3
POST /coordination/denrees/conditionnements/{code}          d3333 333 .4 -3
POST /coordination/denrees/conditionnements/{code}/retirer  d3333 333 .4 -3
POST /coordination/denrees/conditionnements/{code}/remettre d3333 333 .4 -3
GET  /stock                                                 d3444 ... 44 -3
GET  /stock/export                                          d3444 ... 44 -3
GET  /stock/fiche                                           d3444 ... 44 -3
GET  /stock/inventaire                                      d3444 3.. 44 -3
POST /stock/inventaire                                      d3444 3.. 44 -3
GET  /stock/recevoir                                        d3... 3.. .. -3
POST /stock/recevoir                                        d3... 3.. .. -3
GET  /stock/lots/{id}                                       d3444 ... 44 -4
GET  /stock/lots/{id}/{acte}                                d3444 3.. 44 -4
POST /stock/lots/{id}/{acte}                                d3444 3.. 44 -4
POST /stock/mouvements/{id}/annuler                         d3333 3.. .4 -3
GET  /stock/mouvements/{id}/corriger                        d3444 3.. 44 -4
POST /stock/mouvements/{id}/corriger                        d3444 3.. 44 -4
GET  /collectes                                             d33.. ... .. -3
GET  /collectes/nouvelle                                    d333. 3.. .. .3
POST /collectes/nouvelle                                    d333. 3.. .. .3
GET  /collectes/donateurs/{structure}                       d3333 3.. .4 -3
POST /collectes/donateurs/{structure}/lien                  d3333 3.. .4 -3
POST /collectes/donateurs/{structure}/lien/retirer          d3333 3.. .4 -3
GET  /collectes/{id}                                        d44.. ... .4 .4
GET  /collectes/{id}/photo                                  d44.. ... .4 .4
GET  /collectes/{id}/modifier                               d4433 3.. .4 .4
POST /collectes/{id}/modifier                               d4433 3.. .4 .4
POST /collectes/{id}/reserver                               d443. 3.. .4 -4
POST /collectes/{id}/annuler                                d4433 3.. .4 .4
POST /collectes/{id}/retablir                               d4433 3.. .4 .4
POST /collectes/{id}/rien                                   d4433 3.. .4 .4
POST /collectes/{id}/reservations/{hold}/annuler            d4433 3.. .4 -4
POST /collectes/{id}/reservations/{hold}/reprendre          d4433 3.. .4 -4
GET  /collectes/{id}/prise-en-charge/{hold}                 d4433 ... .4 -4
POST /collectes/{id}/prise-en-charge/{hold}                 d4433 ... .4 -4
GET  /bordereaux                                            d.... ... .. -3
GET  /bordereaux/export/{format}                            d3... ... .. -3
GET  /bordereaux/{id}                                       d4444 ... 44 -4
GET  /ramasses                                              d33.. ... .. -3
POST /ramasses                                              d33.. 3.. .. -3
POST /ramasses/{id}/date                                    d3333 3.. .4 -3
POST /ramasses/{id}/date/{day}/comme-avant                  d3333 3.. .4 -3
POST /ramasses/{id}/arreter                                 d3333 3.. .4 -3
POST /ramasses/{id}/reprendre                               d3333 3.. .4 -3
GET  /conventions                                           d3... ... .. -3
POST /conventions                                           d3... 33. .. -3
POST /conventions/{id}/accepter                             d4444 33. 44 -4
POST /conventions/{id}/terminer                             d4444 33. 44 -4
GET  /demandes                                              d3... ... .. -3
GET  /demandes/nouvelle                                     d333. 3.. .. -3
POST /demandes/nouvelle                                     d333. 3.. .. -3
GET  /demandes/permanentes                                  d3... ... .. -3
GET  /demandes/permanentes/nouvelle                         d333. 3.. .. -3
POST /demandes/permanentes/nouvelle                         d333. 3.. .. -3
GET  /demandes/permanentes/{id}                             d4444 4.. .4 -4
POST /demandes/permanentes/{id}                             d4444 4.. .4 -4
POST /demandes/permanentes/{id}/suite                       d4444 3.. .4 -4
GET  /demandes/confirmer/{id}                               d3333 3.. .4 .3
POST /demandes/confirmer/{id}                               33333 3.. .4 .3
GET  /demandes/{id}                                         d444. ... .4 -4
GET  /demandes/{id}/modifier                                d4444 4.. .4 -4
POST /demandes/{id}/modifier                                d4444 4.. .4 -4
POST /demandes/{id}/retirer                                 d3333 3.. .4 -3
POST /demandes/{id}/remettre                                d3333 3.. .4 -3
GET  /attributions                                          d33.. ... .. -3
POST /attributions/preparer                                 d3333 333 .. -3
GET  /attributions/regle                                    d3... ... .. -3
POST /attributions/regle                                    d3333 333 .. -3
GET  /attributions/lignes/{id}                              d3333 333 .4 -3
POST /attributions/lignes/{id}                              d3333 333 .4 -3
GET  /attributions/reponse/{id}                             d4444 ... .4 .4
POST /attributions/reponse/{id}                             d4444 3.. .4 .4
GET  /attributions/pourquoi/{id}                            d4444 ... .4 .4
GET  /attributions/{id}                                     d44.. ... .4 -4
POST /attributions/{id}/valider                             d3333 333 .4 -3
POST /attributions/{id}/annuler                             d3333 333 .4 -3
GET  /attributions/{id}/ajouter                             d3333 333 .4 -3
POST /attributions/{id}/ajouter                             d3333 333 .4 -3
GET  /attributions/{id}/preparation                         d4433 333 .4 -4
GET  /attributions/{id}/preparation.pdf                     d4433 333 .4 -4
GET  /attributions/{id}/remise/{structure}                  d4433 333 .4 -4
POST /attributions/{id}/remise/{structure}                  d4433 333 .4 -4
POST /attributions/{id}/remise/{structure}/preparer         d3333 333 .4 -3
GET  /attributions/{id}/bons/{note}                         d4433 ... .4 -4
GET  /demo                                                  ..... ... .. -.
POST /demo/entrer                                           44444 444 44 -4
GET  /demo/courrier                                         ..... ... .. -.
GET  /demo/courrier/{id}                                    44444 444 44 -4
";
