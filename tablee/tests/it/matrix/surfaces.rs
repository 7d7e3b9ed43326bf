//! Where the values of a card can be read, and the value that is looked for there.

use access::FieldGroup;
use goods::usecases::Names;
use goods::usecases::add_family::{self, AddFamily};
use kernel::Grams;

use super::scene::Scene;
use super::visitors::Kind;

/// How a value is looked for.
#[derive(Clone, Copy)]
pub enum Where {
    /// In what a person reads.
    Text,
    /// In the source too: a value of a field.
    Html,
    /// In the cells of a file.
    File,
}

/// One place where a value of a group can be read.
pub struct Surface {
    pub path: fn(&Scene) -> String,
    pub looked_at: Where,
    pub secret: &'static str,
    /// How the reading is noted.
    pub noted_as: &'static str,
    /// Whom the page is for, among those it opens to.
    pub for_whom: fn(Kind) -> bool,
    /// Whether the page shows more of the group than the value looked for.
    pub shows_more: bool,
    /// Whether the page is for the structure's own people only.
    pub is_own: bool,
    /// Whether it is a paper of the structure's own act, which all who take part in it may read.
    pub is_paper: bool,
}

impl Surface {
    const fn new(
        path: fn(&Scene) -> String,
        looked_at: Where,
        secret: &'static str,
        noted_as: &'static str,
    ) -> Self {
        Self {
            path,
            looked_at,
            secret,
            noted_as,
            for_whom: |_| true,
            shows_more: false,
            is_own: false,
            is_paper: false,
        }
    }

    const fn only(mut self, for_whom: fn(Kind) -> bool) -> Self {
        self.for_whom = for_whom;
        self
    }

    const fn more(mut self) -> Self {
        self.shows_more = true;
        self
    }

    const fn paper(mut self) -> Self {
        self.is_paper = true;
        self
    }

    /// Its name in a report.
    pub fn name(&self) -> String {
        format!("{} in {}", self.secret, self.noted_as)
    }
}

/// Whoever posts, asks and reserves.
fn contributors(kind: Kind) -> bool {
    matches!(kind, Kind::Contributor | Kind::Facilitator | Kind::Volunteer | Kind::Member | Kind::Lead)
}

fn facilitators(kind: Kind) -> bool {
    kind == Kind::Facilitator
}

const NAME: &str = "Épicerie des Lilas";

const IDENTITY: &[Surface] = &[
    Surface::new(|s| format!("/structures/{}", s.lilas), Where::Text, NAME, "page"),
    Surface::new(|_| "/structures".into(), Where::Text, NAME, "list"),
    Surface::new(|_| "/structures?q=lilas".into(), Where::Text, NAME, "search"),
    Surface::new(|_| "/structures/export/csv".into(), Where::File, NAME, "export"),
    Surface::new(|_| "/structures/export/xlsx".into(), Where::File, NAME, "export"),
    Surface::new(|_| "/structures/export/ods".into(), Where::File, NAME, "export"),
    Surface::new(|_| "/coordination".into(), Where::Text, NAME, "list"),
    Surface::new(|_| "/coordination/co-animation".into(), Where::Text, NAME, "form"),
    Surface::new(|_| "/structure/partage/contact".into(), Where::Text, NAME, "form").only(contributors),
    Surface::new(|_| "/collectes".into(), Where::Text, NAME, "list"),
    Surface::new(|s| format!("/collectes/{}", s.offer), Where::Text, NAME, "page"),
    Surface::new(|s| format!("/collectes/{}", s.fetched), Where::Text, NAME, "page"),
    Surface::new(|_| "/collectes/nouvelle".into(), Where::Text, NAME, "form").only(contributors),
    Surface::new(|s| format!("/collectes/{}/modifier", s.offer), Where::Text, "Local des Lilas", "form")
        .more(),
    Surface::new(|_| "/ramasses".into(), Where::Text, NAME, "list").more(),
    Surface::new(|_| "/conventions".into(), Where::Text, NAME, "form").only(contributors),
    Surface::new(|_| "/demandes".into(), Where::Text, NAME, "list").only(contributors),
    Surface::new(|s| format!("/demandes/{}", s.request), Where::Text, NAME, "page"),
    Surface::new(|_| "/demandes/nouvelle".into(), Where::Text, NAME, "form").only(facilitators),
    Surface::new(|_| "/demandes/permanentes".into(), Where::Text, NAME, "list").only(facilitators),
    Surface::new(|s| format!("/demandes/permanentes/{}", s.standing), Where::Text, NAME, "form"),
    Surface::new(|s| format!("/demandes/confirmer/{}", s.request), Where::Text, NAME, "page"),
    Surface::new(|_| "/stock".into(), Where::Text, NAME, "list").only(contributors),
    Surface::new(|_| "/stock/recevoir".into(), Where::Text, NAME, "form"),
    Surface::new(|s| format!("/attributions/{}", s.validated), Where::Text, NAME, "page").only(facilitators),
    Surface::new(|s| format!("/attributions/{}/ajouter", s.proposed), Where::Text, NAME, "form"),
    Surface::new(|s| format!("/attributions/lignes/{}", s.line), Where::Text, NAME, "form"),
    Surface::new(|s| format!("/attributions/reponse/{}", s.share), Where::Text, NAME, "page"),
    Surface::new(|s| format!("/attributions/pourquoi/{}", s.share), Where::Text, NAME, "page"),
];

const PHONE: &str = "01 48 70 12 34";
const CONTACT: &[Surface] = &[
    Surface::new(|s| format!("/structures/{}", s.lilas), Where::Text, PHONE, "page"),
    Surface::new(|_| "/structures/export/csv".into(), Where::File, PHONE, "export"),
    Surface::new(|_| "/structures/export/xlsx".into(), Where::File, PHONE, "export"),
    Surface::new(|_| "/structures/export/ods".into(), Where::File, PHONE, "export"),
    Surface::new(|s| format!("/structures/{}/modifier", s.lilas), Where::Html, PHONE, "form"),
];

const DOOR: &str = "portail 4512B";
const CAPACITY: &[Surface] = &[
    Surface::new(|s| format!("/structures/{}", s.lilas), Where::Text, DOOR, "page"),
    Surface::new(|_| "/structures/export/csv".into(), Where::File, "613", "export"),
    Surface::new(|_| "/structures/export/ods".into(), Where::File, "613", "export"),
    Surface::new(|s| format!("/lieux/{}/modifier", s.site), Where::Text, DOOR, "form"),
    Surface::new(|s| format!("/demandes/nouvelle?structure={}", s.lilas), Where::Text, "613 kg", "form")
        .only(|kind| matches!(kind, Kind::Facilitator | Kind::Member | Kind::Lead)),
];

const SERVED: &[Surface] = &[
    Surface::new(|s| format!("/structures/{}", s.lilas), Where::Text, "739", "page"),
    Surface::new(|_| "/structures/export/csv".into(), Where::File, "739", "export"),
    Surface::new(|_| "/structures/export/xlsx".into(), Where::File, "739", "export"),
    Surface::new(|s| format!("/structures/{}/modifier", s.lilas), Where::Html, "value=\"739\"", "form"),
    Surface::new(|_| "/demandes".into(), Where::Text, "47 personnes", "list").only(contributors).more(),
    Surface::new(|s| format!("/demandes/{}", s.request), Where::Text, "47 personnes", "page"),
    Surface::new(|s| format!("/demandes/{}/modifier", s.request), Where::Html, "value=\"47\"", "form"),
    Surface::new(
        |s| format!("/attributions/pourquoi/{}", s.share),
        Where::Text,
        "Personnes comptées",
        "page",
    ),
];

const FAMILY: &str = "Truffes du Bas-Pays";
const WISHES: &[Surface] = &[
    Surface::new(|s| format!("/structures/{}", s.lilas), Where::Text, FAMILY, "page"),
    Surface::new(|_| "/structures/export/csv".into(), Where::File, FAMILY, "export"),
    Surface::new(|_| "/structures/export/ods".into(), Where::File, FAMILY, "export"),
    Surface::new(|_| "/demandes".into(), Where::Text, "D-26-001", "list").only(contributors),
    Surface::new(|s| format!("/demandes/{}", s.request), Where::Text, "D-26-001", "page"),
    Surface::new(|s| format!("/demandes/{}/modifier", s.request), Where::Text, "D-26-001", "form"),
    Surface::new(|_| "/demandes/permanentes".into(), Where::Text, "13 kg", "list").only(facilitators),
    Surface::new(|s| format!("/demandes/permanentes/{}", s.standing), Where::Html, "value=\"13\"", "form"),
    Surface::new(|s| format!("/demandes/confirmer/{}", s.request), Where::Text, "30 kg", "page"),
];

const LOT: &str = "Lentilles";
const STOCK: &[Surface] = &[
    Surface::new(|s| format!("/stock?lieu={}", s.lilas), Where::Text, LOT, "list"),
    Surface::new(|s| format!("/stock/fiche?lieu={}", s.lilas), Where::Text, LOT, "page"),
    Surface::new(|s| format!("/stock/export?lieu={}&format=csv", s.lilas), Where::File, LOT, "export"),
    Surface::new(|s| format!("/stock/export?lieu={}&format=xlsx", s.lilas), Where::File, LOT, "export"),
    Surface::new(|s| format!("/stock/export?lieu={}&format=ods", s.lilas), Where::File, LOT, "export"),
    Surface::new(
        |s| format!("/stock/inventaire?lieu={}&zone={}", s.lilas, s.place),
        Where::Text,
        LOT,
        "form",
    ),
    Surface::new(|s| format!("/stock/lots/{}", s.lot), Where::Text, LOT, "page"),
    Surface::new(|s| format!("/stock/lots/{}/jeter", s.lot), Where::Text, LOT, "form"),
    Surface::new(
        |s| format!("/stock/mouvements/{}/corriger?lot={}", s.movement, s.lot),
        Where::Text,
        "40 kg",
        "form",
    ),
];

const FIGURES: &[Surface] = &[
    Surface::new(|s| format!("/collectes/{}", s.over), Where::Text, "17 kg", "page").paper(),
    Surface::new(
        |s| format!("/attributions/pourquoi/{}", s.share),
        Where::Text,
        "Besoins couverts avant",
        "page",
    ),
];

/// Every surface of a group.
pub fn surfaces(group: FieldGroup) -> &'static [Surface] {
    match group {
        FieldGroup::Identity => IDENTITY,
        FieldGroup::Contact => CONTACT,
        FieldGroup::Capacity => CAPACITY,
        FieldGroup::PublicServed => SERVED,
        FieldGroup::Wishes => WISHES,
        FieldGroup::Stock => STOCK,
        FieldGroup::Figures => FIGURES,
    }
}

/// Gives Lilas a value of its own in each group.
pub async fn write_secrets(scene: &Scene) {
    let town = &scene.town;
    let facilitator = town.cx(scene.odile).await;
    let names = Names { fr: FAMILY.into(), en: FAMILY.into() };
    let family = AddFamily { names, norm: Grams::kg(0) };
    let family = add_family::run(&facilitator, &town.db, family).await.unwrap();
    let mut tx = town.db.write().await.unwrap();
    tx.query(
        "INSERT INTO structure_card (structure_id, contact_phone, persons_served, households_served, families_wanted,
             families_excluded)
         VALUES ($1, $2, 739, 211, $3, $4)",
    )
    .bind(scene.lilas)
    .bind(PHONE)
    .bind(store::Json(vec![family]))
    .bind(store::Json(serde_json::json!([])))
    .run()
    .await
    .unwrap();
    tx.query("UPDATE site SET door_notes = $2, dry_grams = 613000 WHERE id = $1")
        .bind(scene.site)
        .bind(DOOR)
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
