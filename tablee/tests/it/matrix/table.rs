//! The table itself.
//!
//! A cell says what a visitor is answered: `.` the page or the act is theirs (200, 303; 422 or 409 where something is
//! missing or was changed in between), `d` to the door and back, `4` not there as far as they may know, `3` not theirs to
//! do, `g` a link that has had its time, `-` not asked. Forms are sent near-empty.
//! Acts are done in the order of the rows: what ends a link or a session stands last.

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
GET  /connexion/lien                                        ggggg ggg gg -g
POST /connexion/lien                                        ggggg ggg gg -g
POST /langue                                                ..... ... .. -.
GET  /l/{token}                                             ..... ... .. -.
POST /l/{token}                                             ggggg ggg gg -g
GET  /resume                                                d.... ... .. .d
POST /resume                                                d.... ... .. .d
GET  /compte                                                d.... ... .. -d
POST /compte                                                d.... ... .. -d
POST /compte/appareils/fermer                               d.... ... .. -d
POST /connexion/cle/debut                                   ..... ... .. -.
POST /connexion/cle                                         ..... ... .. -.
POST /compte/cles/debut                                     d.... ... .. -d
POST /compte/cles                                           d.... ... .. -d
POST /compte/cles/{id}/retirer                              d4444 444 44 -d
POST /compte/cles/{id}/remettre                             d4444 444 44 -d
GET  /coordination                                          d3... ... .. -d
GET  /coordination/co-animation                             d3333 333 .. -d
POST /coordination/co-animation                             d3333 333 .. -d
GET  /coordination/co-animation/{person}/fin                d3333 333 .4 -d
POST /coordination/co-animation/{person}/fin                d3333 333 .4 -d
GET  /coordination/demandes                                 d3333 333 .. -d
POST /coordination/demandes/{structure}                     d3333 333 .. -d
GET  /coordination/reunions/nouvelle                        d3333 333 .. -d
POST /coordination/reunions/nouvelle                        d3333 333 .. -d
GET  /coordination/reunions/{id}                            d3... ... .4 -d
GET  /coordination/reunions/{id}/reunion.ics                d3... ... .4 -d
POST /coordination/reunions/{id}/annuler                    d3333 333 .4 -d
GET  /coordination/sans-personne                            d3333 333 .. -d
GET  /coordination/membres/{structure}/niveau               d3444 44. .4 -d
POST /coordination/membres/{structure}/niveau               d3444 44. .4 -d
GET  /structure                                             d.... ... .. -d
GET  /structure/choisir                                     d.... ... .. -d
POST /structure/choisir                                     d4444 ... 44 -d
GET  /structure/partage                                     d.... ... .. -d
GET  /structure/partage/donnees.zip                         d.... 33. .. -d
POST /structure/partage/quitter                             d4444 33. 44 -d
POST /structure/partage/revenir                             d3333 33. 33 -d
POST /structure/partage/rejoindre                           d.... ... .. -d
GET  /structure/partage/{group}                             d.... 33. .. -d
POST /structure/partage/{group}                             d.... 33. .. -d
GET  /structure/membres                                     d.... ... .. -d
POST /structure/membres                                     d.... 33. .. -d
GET  /structure/membres/{person}                            d4444 33. 44 -d
POST /structure/membres/{person}                            d4444 33. 44 -d
POST /structure/membres/{person}/retirer                    d4444 33. 44 -d
POST /structure/membres/{person}/remettre                   d4444 33. 44 -d
GET  /invitation/{person}                                   g.... ... .. .g
POST /invitation/{person}                                   33333 333 33 .3
GET  /structures                                            d3... ... .. -d
GET  /structures/export/{format}                            d33.. ... .. -d
GET  /structures/nouvelle                                   d333. ... .. -d
POST /structures/nouvelle                                   d333. ... .. -d
GET  /structures/{id}                                       ..... ... .. -.
GET  /structures/{id}/historique                            d4444 4.. .4 -d
GET  /structures/{id}/modifier                              d3333 3.. .3 -d
POST /structures/{id}/modifier                              d3333 3.. .3 -d
POST /structures/{id}/entrer                                d3333 333 .. -d
GET  /structures/{id}/membres                               d3333 33. .3 -d
POST /structures/{id}/membres                               d3333 33. .3 -d
GET  /structures/{id}/membres/{person}                      d3333 33. .3 -d
POST /structures/{id}/membres/{person}                      d3333 33. .3 -d
POST /structures/{id}/membres/{person}/retirer              d3333 33- .3 -d
POST /structures/{id}/membres/{person}/remettre             d3333 33. .3 -d
POST /structures/{id}/supprimer                             33333 3.. .3 -3
POST /structures/{id}/retablir                              33333 344 43 -3
GET  /structures/{id}/lieux/nouveau                         d3333 3.. .3 -d
POST /structures/{id}/lieux/nouveau                         d3333 3.. .3 -d
GET  /lieux/{id}/modifier                                   d3333 3.. .3 -d
POST /lieux/{id}/modifier                                   d3333 3.. .3 -d
GET  /import                                                d3333 333 .. -d
POST /import                                                d3333 333 .. -d
GET  /import/{id}                                           d3333 333 .4 -d
GET  /import/{id}/colonnes                                  d3333 333 .4 -d
POST /import/{id}/colonnes                                  d3333 333 .4 -d
POST /import/{id}/valider                                   33333 333 .4 -3
POST /import/{id}/annuler                                   33333 333 .4 -3
GET  /coordination/denrees                                  d3... ... .. -d
GET  /coordination/denrees/familles/nouvelle                d3333 333 .. -d
POST /coordination/denrees/familles/nouvelle                d3333 333 .. -d
GET  /coordination/denrees/familles/{code}                  d3333 333 .4 -d
POST /coordination/denrees/familles/{code}                  d3333 333 .4 -d
GET  /coordination/denrees/conditionnements/nouveau         d3333 333 .. -d
POST /coordination/denrees/conditionnements/nouveau         d3333 333 .. -d
GET  /coordination/denrees/conditionnements/{code}          d3333 333 .4 -d
POST /coordination/denrees/conditionnements/{code}          d3333 333 .4 -d
POST /coordination/denrees/conditionnements/{code}/retirer  d3333 333 .4 -d
POST /coordination/denrees/conditionnements/{code}/remettre d3333 333 .. -d
GET  /stock                                                 d3444 ... 44 -d
GET  /stock/export                                          d3444 ... 44 -d
GET  /stock/fiche                                           d3444 ... 44 -d
GET  /stock/inventaire                                      d3444 ... 44 -d
POST /stock/inventaire                                      d3444 ... 44 -d
GET  /stock/recevoir                                        d3... ... .. -d
POST /stock/recevoir                                        d3... ... .. -d
GET  /stock/lots/{id}                                       d3444 ... 44 -d
GET  /stock/lots/{id}/{acte}                                d3444 ... 44 -d
POST /stock/lots/{id}/{acte}                                d3444 ... 44 -d
POST /stock/mouvements/{id}/annuler                         d3333 ... .3 -d
GET  /stock/mouvements/{id}/corriger                        d3444 ... 44 -d
POST /stock/mouvements/{id}/corriger                        d3444 ... 44 -d
GET  /collectes                                             d33.. ... .. -d
GET  /collectes/nouvelle                                    d333. ... .. ..
POST /collectes/nouvelle                                    d333. ... .. ..
GET  /collectes/donateurs/{structure}                       d3333 3.. .4 -d
GET  /collectes/publiques/nouvelle                          d333. ... .. -d
POST /collectes/publiques/nouvelle                          d333. ... .. -d
GET  /collectes/publiques/{id}                              d33.. ... .4 -d
POST /collectes/publiques/{id}/annuler                      d4333 ... .4 -d
GET  /collectes/publiques/{id}/noter                        d3333 ... .4 -d
POST /collectes/publiques/{id}/noter                        d3333 ... .4 -d
GET  /collectes/{id}                                        d34.. ... .4 dd
GET  /collectes/{id}/venir                                  d3444 444 44 .4
POST /collectes/{id}/venir                                  d3444 444 44 .4
POST /collectes/{id}/venir/{hold}/annuler                   d3444 444 44 .4
GET  /collectes/{id}/photo                                  444.. ... .4 44
GET  /collectes/{id}/modifier                               d3433 ... .4 .4
POST /collectes/{id}/modifier                               d3433 ... .4 .4
POST /collectes/{id}/reserver                               d443. 333 .4 -d
POST /collectes/{id}/pas-cette-fois                         d4444 444 44 -d
POST /collectes/{id}/annuler                                d4433 ... .4 .4
POST /collectes/{id}/retablir                               d4433 ... .4 .4
POST /collectes/{id}/rien                                   d4433 ... .4 dd
POST /collectes/{id}/reservations/{hold}/annuler            d4433 ... .4 -d
POST /collectes/{id}/reservations/{hold}/reprendre          d4433 ... .4 -d
GET  /collectes/{id}/prise-en-charge/{hold}                 d4433 ... .4 -d
POST /collectes/{id}/prise-en-charge/{hold}                 d4433 ... .4 -d
GET  /bordereaux                                            d.... ... .. -d
GET  /bordereaux/export/{format}                            d3... ... .. -d
GET  /bordereaux/{id}                                       d4444 ... 44 -d
GET  /ramasses                                              d33.. ... .. -d
POST /ramasses                                              d333. ... .. -d
POST /ramasses/{id}/date                                    d4333 ... .4 -d
POST /ramasses/{id}/date/{day}/comme-avant                  d4333 ... .4 -d
POST /ramasses/{id}/arreter                                 d4333 ... .4 -d
POST /ramasses/{id}/reprendre                               d4333 ... .4 -d
GET  /conventions                                           d3... ... .. -d
POST /conventions                                           d3... 33. .. -d
POST /conventions/{id}/accepter                             d4444 33. 44 -d
POST /conventions/{id}/terminer                             d4444 33. 44 -d
GET  /demandes                                              d3... ... .. -d
GET  /demandes/export                                       d3... ... .. -d
GET  /demandes/nouvelle                                     d333. ... .. -d
POST /demandes/nouvelle                                     d333. ... .. -d
GET  /demandes/permanentes                                  d3... ... .. -d
GET  /demandes/permanentes/nouvelle                         d333. ... .. -d
POST /demandes/permanentes/nouvelle                         d333. ... .. -d
GET  /demandes/permanentes/{id}                             d4444 ... .4 -d
POST /demandes/permanentes/{id}                             d4444 ... .4 -d
POST /demandes/permanentes/{id}/suite                       d3333 ... .3 -d
GET  /demandes/confirmer/{id}                               d3333 ... .3 .d
POST /demandes/confirmer/{id}                               33333 ... .3 .3
GET  /demandes/{id}                                         d444. ... .4 -d
GET  /demandes/{id}/modifier                                d4444 ... .4 -d
POST /demandes/{id}/modifier                                d4444 ... .4 -d
POST /demandes/{id}/retirer                                 d3333 ... .3 -d
POST /demandes/{id}/remettre                                d3333 ... .3 -d
GET  /attributions                                          d3... ... .. -d
POST /attributions/preparer                                 d3333 333 .. -d
GET  /attributions/regle                                    d3... ... .. -d
POST /attributions/regle                                    d3333 333 .. -d
GET  /attributions/lignes/{id}                              d3333 333 .4 -d
POST /attributions/lignes/{id}                              d3333 333 .4 -d
POST /attributions/lignes/{id}/donner                       d3333 333 .4 -d
GET  /attributions/reponse/{id}                             d4444 ... .4 .d
POST /attributions/reponse/{id}                             d4444 ... .4 .d
POST /attributions/reponse/{id}/recu                        d4444 444 44 4d
GET  /attributions/pourquoi/{id}                            d4444 ... .4 .d
GET  /attributions/{id}                                     d44.. ... .4 -d
POST /attributions/{id}/valider                             d3333 333 .4 -d
POST /attributions/{id}/annuler                             d3333 333 .4 -d
GET  /attributions/{id}/ajouter                             d3333 333 .4 -d
POST /attributions/{id}/ajouter                             d3333 333 .4 -d
GET  /attributions/{id}/preparation                         d4433 333 .4 -d
GET  /attributions/{id}/preparation.pdf                     d4433 333 .4 -d
GET  /attributions/{id}/remise/{structure}                  d4433 333 .4 -d
POST /attributions/{id}/remise/{structure}                  d4433 333 44 -d
POST /attributions/{id}/remise/{structure}/preparer         d3333 333 .3 -d
GET  /attributions/{id}/bons/{note}                         d4444 ... .4 -d
GET  /demo                                                  ..... ... .. -.
POST /demo/entrer                                           44444 444 44 -4
GET  /demo/courrier                                         ..... ... .. -.
GET  /demo/courrier/{id}                                    44444 444 44 -4
POST /collectes/donateurs/{structure}/lien                  d3333 3.. .4 -d
POST /collectes/donateurs/{structure}/lien/retirer          d3333 3.. .3 -d
POST /deconnexion                                           ..... ... .. -.
";
