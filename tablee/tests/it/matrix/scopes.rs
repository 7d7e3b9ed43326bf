//! Each group of fields × each scope × each kind of viewer × each surface: a value goes as far as [`access::may_see`] says
//! on every page, form and file alike, and each time it went to another structure the owner can read so.
//!
//! Invariant: facilitators, the town and the operator have no hidden read.

use std::collections::{BTreeMap, BTreeSet};

use access::{FieldGroup, Scope};
use axum::http::Method;
use documents::sheets;
use kernel::{StructureId, Viewer};
use testkit::{Page, both};

use super::scene::Scene;
use super::surfaces::{Surface, Where, surfaces};
use super::visitors::{Kind, Visitors};

/// Lilas lets a group of fields go so far; all others are for everybody, so that only this group is noted.
async fn share(scene: &Scene, group: FieldGroup, scope: Scope) {
    let mut tx = scene.town.db.write().await.unwrap();
    for one in FieldGroup::ALL {
        let scope = if one == group { scope } else { Scope::Public };
        let named = if scope == Scope::Named { vec![scene.soupe] } else { Vec::new() };
        tx.query(
            "INSERT INTO field_scope (structure_id, field_group, scope, named) VALUES ($1, $2, $3, $4)
             ON CONFLICT (structure_id, field_group) DO UPDATE SET scope = $3, named = $4",
        )
        .bind(scene.lilas)
        .bind(one.code())
        .bind(scope.code())
        .bind(store::Json(named))
        .run()
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Who read what of Lilas since the last time, as (reader, group, surface).
async fn readings(scene: &Scene) -> BTreeSet<(StructureId, String, String)> {
    let mut tx = scene.town.db.write().await.unwrap();
    let rows: Vec<(StructureId, String, String)> = tx
        .query("SELECT reader_id, what, surface FROM reading WHERE owner_id = $1")
        .bind(scene.lilas)
        .all()
        .await
        .unwrap();
    tx.query("DELETE FROM reading").run().await.unwrap();
    tx.commit().await.unwrap();
    rows.into_iter().collect()
}

/// All that somebody can read on a page or in a file.
fn read(page: &Page, looked_at: Where) -> String {
    match looked_at {
        Where::Text => page.text(),
        Where::Html => page.html(),
        Where::File => {
            let sheets = sheets::read(&page.bytes, &sheets::Limits::default()).unwrap_or_default();
            let cells = sheets.into_iter().flat_map(|sheet| sheet.rows.into_iter().flat_map(|row| row.cells));
            cells.collect::<Vec<_>>().join(" ")
        }
    }
}

struct Watch {
    scene: Scene,
    visitors: Visitors,
    viewers: BTreeMap<usize, Viewer>,
    /// How often each surface showed a value to another structure: a surface that never does proves nothing.
    shown: BTreeMap<(&'static str, String), usize>,
    wrong: Vec<String>,
}

impl Watch {
    async fn set(scene: Scene) -> Self {
        let visitors = Visitors::come(&scene).await;
        let mut viewers = BTreeMap::new();
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            let viewer = match visitors.person(kind) {
                Some(person) => scene.town.cx(person).await.viewer,
                None => Viewer::default(),
            };
            viewers.insert(at, viewer);
        }
        Self { scene, visitors, viewers, shown: BTreeMap::new(), wrong: Vec::new() }
    }

    async fn look(&mut self, group: FieldGroup, scope: Scope, surface: &Surface) {
        let path = (surface.path)(&self.scene);
        let of = network::queries::scope_of(
            &mut self.scene.town.db.read().await.unwrap(),
            self.scene.lilas,
            group,
        )
        .await
        .unwrap();
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            let viewer = self.viewers[&at].clone();
            let own = viewer.belongs_to(self.scene.lilas);
            // A personal link of Lilas is Lilas's own; what somebody knows of their own structure is in every page's head.
            if kind == Kind::RightLink || (own && group == FieldGroup::Identity) {
                continue;
            }
            let page = self.visitors.send(kind, &Method::GET, &path, &[]).await;
            assert!(!page.status.is_server_error(), "{path} as {kind:?}: {}", page.status);
            let there = page.status == 200 && read(&page, surface.looked_at).contains(surface.secret);
            let may = access::may_see(&viewer, &of) || (own && surface.is_paper);
            let told = format!("{} {} {path} as {kind:?}", group.code(), scope.code());
            if there && !may {
                self.wrong.push(format!("{told}: it is shown"));
            }
            // Lists and files are a coordination's: whoever looks from another one sees that one's.
            let at_home = kind != Kind::FacilitatorElsewhere || path.starts_with("/structures/0");
            if !there && may && page.status == 200 && at_home && (surface.for_whom)(kind) {
                self.wrong.push(format!("{told}: it is not shown"));
            }
            let noted: BTreeSet<String> = readings(&self.scene)
                .await
                .into_iter()
                .filter(|(_, what, _)| what == group.code())
                .map(|(reader, _, on)| {
                    assert_eq!(Some(reader), viewer.structure, "{told}: the structure that reads is noted");
                    on
                })
                .collect();
            let private = scope != Scope::Public && !own;
            if there && private && !noted.contains(surface.noted_as) {
                self.wrong.push(format!("{told}: shown and not noted as {}", surface.noted_as));
            }
            let shows_it = (there && private) || surface.shows_more;
            if !shows_it && !noted.is_empty() {
                self.wrong.push(format!("{told}: noted as {noted:?}, and nothing was shown"));
            }
            if there && !own {
                *self.shown.entry((group.code(), surface.name())).or_default() += 1;
            }
        }
    }
}

async fn every_surface(scene: Scene, groups: &[FieldGroup]) {
    let mut watch = Watch::set(scene).await;
    for group in groups {
        for scope in Scope::ALL {
            share(&watch.scene, *group, scope).await;
            readings(&watch.scene).await;
            for surface in surfaces(*group) {
                watch.look(*group, scope, surface).await;
            }
        }
        for surface in surfaces(*group) {
            let key = (group.code(), surface.name());
            assert!(
                watch.shown.contains_key(&key) || surface.is_own,
                "{key:?} never shows anything to others"
            );
        }
    }
    assert!(watch.wrong.is_empty(), "{} leaks or gaps:\n{}", watch.wrong.len(), watch.wrong.join("\n"));
}

/// Lilas's card, with a value of its own in each group.
async fn with_secrets(town: testkit::Town) -> Scene {
    let scene = Scene::set(town).await;
    super::surfaces::write_secrets(&scene).await;
    scene
}

both!(
    async fn a_name_goes_as_far_as_it_may(town: Town) {
        every_surface(with_secrets(town).await, &[FieldGroup::Identity]).await;
    }
);

both!(
    async fn a_card_goes_as_far_as_it_may(town: Town) {
        let groups =
            [FieldGroup::Contact, FieldGroup::Capacity, FieldGroup::PublicServed, FieldGroup::Wishes];
        every_surface(with_secrets(town).await, &groups).await;
    }
);

both!(
    async fn stock_and_figures_go_as_far_as_they_may(town: Town) {
        every_surface(with_secrets(town).await, &[FieldGroup::Stock, FieldGroup::Figures]).await;
    }
);
