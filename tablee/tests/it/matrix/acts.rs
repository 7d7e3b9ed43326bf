//! Every act that a person may try, on Lilas's things and in their coordination.

use access::{FieldGroup, Scope};
use allocation::usecases as sharing;
use allocation::{Rule, Weights};
use chrono::{Duration, NaiveTime};
use collections::hold::Taking;
use collections::usecases as giving;
use collections::usecases::sign_handover::Signing;
use directory::usecases as cards;
use directory::usecases::edit_card::CardFacts;
use directory::usecases::register_site::SiteFacts;
use directory::{Contact, Served, Wishes};
use goods::usecases as families;
use kernel::{Cx, Grams, Level, Role};
use network::usecases as net;
use network::{Sector, Settings, StructureKind, TerritoryLevel};
use requests::usecases as asking;
use stock::usecases as ledger;

use super::scene::Scene;
use super::usecases::{Closed, Ended, ended};

type Tried = Vec<(&'static str, Closed, Ended)>;

macro_rules! tried {
    ($($name:literal $closed:ident $act:expr;)*) => {
        vec![$(($name, Closed::$closed, ended($act.await))),*]
    };
}

/// Tries everything once.
pub async fn all(scene: &Scene, cx: &Cx) -> Tried {
    let mut tried = network(scene, cx).await;
    tried.extend(directory(scene, cx).await);
    tried.extend(goods(scene, cx).await);
    tried.extend(stock(scene, cx).await);
    tried.extend(collections(scene, cx).await);
    tried.extend(requests(scene, cx).await);
    tried.extend(allocation(scene, cx).await);
    tried
}

async fn network(scene: &Scene, cx: &Cx) -> Tried {
    let (db, structure, person) = (&scene.town.db, scene.lilas, scene.extra);
    let coordination = scene.town.coordination;
    let identity = || {
        net::register_structure::RegisterStructure::new(
            "Une de plus",
            StructureKind::Association,
            Sector::FoodAid,
        )
    };
    tried! {
        "network/accept_invitation" Theirs net::accept_invitation::run(cx, db, person, false);
        "network/act_for" Theirs net::act_for::run(cx, db, structure, None);
        "network/bin_structure" Theirs
            net::bin_structure::run(cx, db, net::bin_structure::BinStructure { structure });
        "network/change_level" Theirs
            net::change_level::run(cx, db, net::change_level::ChangeLevel { coordination, structure, level: Level::Listed });
        "network/change_role" Theirs
            net::change_role::run(cx, db, net::change_role::ChangeRole { structure, person, role: Role::Lead });
        "network/create_coordination" Facilitated
            net::create_coordination::run(cx, db, net::create_coordination::CreateCoordination {
                territory: scene.town.territory,
                parent: Some(coordination),
                name: "Une autre".into(),
                full_name: String::new(),
                help_phone: None,
                settings: Settings::default(),
            });
        "network/create_territory" Facilitated
            net::create_territory::run(cx, db, net::create_territory::CreateTerritory {
                parent: None,
                level: TerritoryLevel::Commune,
                name: "Bagnolet".into(),
                code_insee: None,
            });
        "network/invite_person" Theirs
            net::invite_person::run(cx, db, net::invite_person::InvitePerson {
                structure,
                name: "Quelqu’un".into(),
                email: "quelquun@exemple.fr".into(),
                role: Role::Lead,
            });
        "network/join" Facilitated
            net::join::run(cx, db, net::join::Join { coordination, structure: scene.lilas, level: Level::Signatory });
        "network/leave" Theirs net::leave::run(cx, db, net::leave::Leave { coordination, structure });
        "network/name_facilitator" Facilitated
            net::name_facilitator::run(cx, db, net::name_facilitator::NameFacilitator { coordination, person, structure });
        "network/register_structure" Inside net::register_structure::run(cx, db, identity());
        "network/remove_person" Theirs
            net::remove_person::run(cx, db, net::remove_person::RemovePerson { structure, person });
        "network/set_scope" Theirs
            net::set_scope::run(cx, db, net::set_scope::SetScope {
                structure,
                group: FieldGroup::Contact,
                scope: Scope::Public,
                named: Vec::new(),
                version: 0,
            });
        "network/step_down" Facilitated
            net::step_down::run(cx, db, net::step_down::StepDown {
                coordination,
                person: scene.odile,
                reason: Some("Assez".into()),
            });
    }
}

fn facts() -> CardFacts {
    CardFacts {
        identity: net::register_structure::RegisterStructure::new(
            "Épicerie des Lilas",
            StructureKind::Association,
            Sector::FoodAid,
        ),
        description: String::new(),
        website: String::new(),
        contact: Contact::default(),
        served: Served::default(),
        wishes: Wishes::default(),
    }
}

fn place() -> SiteFacts {
    SiteFacts {
        name: "Autre local".into(),
        address: "2 rue Verte".into(),
        postcode: "93100".into(),
        city: "Montreuil".into(),
        ..SiteFacts::default()
    }
}

async fn directory(scene: &Scene, cx: &Cx) -> Tried {
    let (db, structure, import) = (&scene.town.db, scene.lilas, scene.import);
    tried! {
        "directory/add_structure" Inside
            cards::add_structure::run(cx, db, cards::add_structure::AddStructure { facts: facts(), site: None, level: Level::Listed });
        "directory/edit_card" Theirs
            cards::edit_card::run(cx, db, cards::edit_card::EditCard { structure, version: 0, facts: facts() });
        "directory/edit_site" Theirs
            cards::edit_site::run(cx, db, cards::edit_site::EditSite { site: scene.site, version: 1, facts: place(), is_open: false });
        "directory/import_read" Facilitated
            cards::import_read::run(cx, db, cards::import_read::ImportRead {
                file_name: "a.csv".into(),
                header: vec!["Nom".into()],
                rows: Vec::new(),
            });
        "directory/import_read" Theirs cards::import_read::map_columns(cx, db, import, 1, Vec::new());
        "directory/import_undo" Theirs
            cards::import_undo::run(cx, db, cards::import_undo::ImportUndo { import });
        "directory/import_write" Theirs
            cards::import_write::run(cx, db, cards::import_write::ImportWrite { import, version: 1, let_through: Vec::new(), complete: false });
        "directory/register_site" Theirs
            cards::register_site::run(cx, db, cards::register_site::RegisterSite { structure, facts: place() });
    }
}

async fn goods(scene: &Scene, cx: &Cx) -> Tried {
    let db = &scene.town.db;
    let names = || families::Names { fr: "Nouveau".into(), en: "New".into() };
    tried! {
        "goods/add_family" Facilitated
            families::add_family::run(cx, db, families::add_family::AddFamily { names: names(), norm: Grams::kg(1) });
        "goods/add_packaging" Facilitated
            families::add_packaging::run(cx, db, families::add_packaging::AddPackaging { names: names(), grams: Grams::kg(1) });
        "goods/edit_family" Facilitated
            families::edit_family::run(cx, db, families::edit_family::EditFamily {
                code: "starches".into(),
                seen: String::new(),
                names: names(),
                norm: Grams::kg(1),
                active: false,
            });
        "goods/edit_packaging" Facilitated
            families::edit_packaging::run(cx, db, families::edit_packaging::EditPackaging {
                code: "crate".into(),
                seen: String::new(),
                names: names(),
                grams: Grams::kg(1),
            });
        "goods/remove_packaging" Facilitated
            families::remove_packaging::run(cx, db, families::remove_packaging::RemovePackaging { code: "crate".into() });
    }
}

async fn stock(scene: &Scene, cx: &Cx) -> Tried {
    let (db, lot, place) = (&scene.town.db, scene.lot, scene.place);
    let (grams, occurred_at) = (Grams::kg(1), None);
    let reason = || "Pour voir".to_owned();
    let new = || super::scene::lentils("Pois cassés");
    let coordination = scene.town.coordination;
    tried! {
        "stock/block" Theirs ledger::block::run(cx, db, ledger::block::Block { lot, reason: reason() });
        "stock/correct" Theirs
            ledger::correct::run(cx, db, ledger::correct::Correct { movement: scene.movement, reason: reason() });
        "stock/count" Theirs
            ledger::count::run(cx, db, ledger::count::Count {
                place,
                lots: vec![ledger::count::Counted { lot, found: grams, seen: None }],
                occurred_at,
            });
        "stock/hand_out" Theirs
            ledger::hand_out::run(cx, db, ledger::hand_out::HandOut { lot, from: place, grams, occurred_at });
        "stock/lift" Theirs ledger::lift::run(cx, db, ledger::lift::Lift { lot, reason: reason() });
        "stock/move_lot" Theirs
            ledger::move_lot::run(cx, db, ledger::move_lot::MoveLot { lot, from: place, to: place, grams, occurred_at });
        "stock/note_temperature" Theirs
            ledger::note_temperature::run(cx, db, ledger::note_temperature::NoteTemperature {
                lot,
                subject: lot.uuid(),
                moment: ledger::note_temperature::Moment::Storage,
                tenths: 30,
                reason: Some(reason()),
            });
        "stock/quarantine" Theirs
            ledger::quarantine::run(cx, db, ledger::quarantine::Quarantine { lot, reason: reason() });
        "stock/receive" Theirs
            ledger::receive::run(cx, db, ledger::receive::Receive {
                coordination,
                structure: scene.lilas,
                place,
                lot: new(),
                grams,
                occurred_at,
            });
        "stock/receive_delivery" Theirs
            ledger::receive_delivery::run(cx, db, ledger::receive_delivery::ReceiveDelivery {
                coordination,
                structure: scene.lilas,
                site: None,
                lots: vec![ledger::receive_delivery::Arriving {
                    lot: new(),
                    grams,
                    tenths: None,
                    reason: None,
                    quarantine: None,
                }],
                occurred_at,
            });
        "stock/return_surplus" Theirs
            ledger::return_surplus::run(cx, db, ledger::return_surplus::ReturnSurplus {
                lot,
                from: place,
                to: None,
                grams,
                reason: reason(),
                occurred_at,
            });
        "stock/split" Theirs
            ledger::split::run(cx, db, ledger::split::Split {
                lot,
                place,
                parts: vec![ledger::split::Part { grams, lot_number: None, date: None }],
                occurred_at,
            });
        "stock/waste" Theirs
            ledger::waste::run(cx, db, ledger::waste::Waste { lot, from: place, grams, reason: reason(), occurred_at });
        "stock/withdraw" Theirs
            ledger::withdraw::run(cx, db, ledger::withdraw::Withdraw { lot, place, reason: reason(), occurred_at });
    }
}

async fn collections(scene: &Scene, cx: &Cx) -> Tried {
    let (db, collection, hold, donor) = (&scene.town.db, scene.offer, scene.hold, scene.lilas);
    let (agreement, pickup) = (scene.agreement, scene.pickup);
    let reason = || "Pour voir".to_owned();
    let offer = || super::scene::offer(&scene.town.job(), "Autre riz");
    let today = scene.town.job().today();
    let signing = || Signing { on_paper: true, ..Signing::default() };
    let exception = giving::except_pickup::ExceptPickup {
        pickup,
        day: today + Duration::days(4),
        change: giving::except_pickup::Change::Cancelled,
        reason: reason(),
    };
    tried! {
        "collections/accept_agreement" Theirs
            giving::accept_agreement::run(cx, db, giving::accept_agreement::AcceptAgreement { agreement });
        "collections/cancel" Theirs
            giving::cancel::run(cx, db, giving::cancel::Cancel { collection, reason: reason() });
        "collections/edit" Theirs
            giving::edit::run(cx, db, giving::edit::Edit { collection, version: 1, offer: offer(), photo: None });
        "collections/end_agreement" Theirs
            giving::end_agreement::run(cx, db, giving::end_agreement::EndAgreement { agreement, reason: reason() });
        "collections/end_pickup" Theirs
            giving::end_pickup::run(cx, db, giving::end_pickup::EndPickup { pickup, last_day: None });
        "collections/except_pickup" Theirs giving::except_pickup::run(cx, db, exception);
        "collections/issue_donor_link" Theirs
            giving::issue_donor_link::run(cx, db, giving::issue_donor_link::IssueDonorLink { donor });
        "collections/nothing_to_collect" Theirs
            giving::nothing_to_collect::run(cx, db, giving::nothing_to_collect::NothingToCollect { collection, reason: reason() });
        "collections/post" Theirs
            giving::post::run(cx, db, giving::post::Post { donor, offer: offer(), photo: None });
        "collections/propose_agreement" Theirs
            giving::propose_agreement::run(cx, db, giving::propose_agreement::ProposeAgreement {
                donor: scene.shop,
                partner: scene.lilas,
                starts_on: today,
                ends_on: None,
                first_ask_minutes: 10,
                notes: String::new(),
            });
        "collections/release" Theirs
            giving::release::run(cx, db, giving::release::Release { hold, reason: None });
        "collections/reserve" Theirs
            giving::reserve::run(cx, db, giving::reserve::Reserve {
                collection: scene.fetched,
                structure: scene.lilas,
                grams: Grams::kg(1),
                comes_at: None,
                beyond_storage: None,
            });
        "collections/restore" Theirs
            giving::restore::run(cx, db, giving::restore::Restore { collection });
        "collections/revoke_donor_link" Theirs
            giving::revoke_donor_link::run(cx, db, giving::revoke_donor_link::RevokeDonorLink { donor });
        "collections/schedule_pickup" Theirs
            giving::schedule_pickup::run(cx, db, giving::schedule_pickup::SchedulePickup {
                donor,
                partner: Some(scene.shop),
                site: None,
                weekday: 2,
                from: NaiveTime::MIN,
                until: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
                product: "Pain".into(),
                family: "starches".into(),
                temperature: goods::TemperatureClass::Dry,
                usual: Grams::kg(3),
                starts_on: today,
                ends_on: None,
            });
        "collections/sign_handover" Theirs
            giving::sign_handover::run(cx, db, giving::sign_handover::Sign {
                handover: scene.note,
                version: 1,
                accepted: Vec::new(),
                signing: signing(),
                readings: Vec::new(),
                handed_at: None,
            });
        "collections/take_over" Theirs
            giving::take_over::run(cx, db, giving::take_over::TakeOver {
                hold,
                taking: Taking { accepted: Grams::kg(20), difference: None },
                difference_words: None,
                weighed: true,
                temperature: None,
                temperature_reason: None,
                date_reason: None,
                lot_number: None,
                date: None,
                site: None,
                signing: signing(),
                handed_at: None,
            });
    }
}

async fn requests(scene: &Scene, cx: &Cx) -> Tried {
    let (db, request, standing, structure) = (&scene.town.db, scene.request, scene.standing, scene.lilas);
    let today = scene.town.job().today();
    let lines = super::scene::wanted;
    let content = || asking::post_standing::PostStanding {
        structure,
        site: None,
        weekday: 1,
        every_weeks: 1,
        starts_on: today,
        ends_on: None,
        households: None,
        persons: None,
        note: String::new(),
        lines: lines(5),
    };
    tried! {
        "requests/close" Theirs asking::close::run(cx, db, asking::close::Close { request });
        "requests/confirm" Theirs asking::confirm::run(cx, db, asking::confirm::Confirm { subject: request.uuid() });
        "requests/edit" Theirs
            asking::edit::run(cx, db, asking::edit::Edit {
                request,
                version: 1,
                site: None,
                needed_on: today,
                households: None,
                persons: None,
                note: String::new(),
                lines: lines(5),
            });
        "requests/edit_standing" Theirs
            asking::edit_standing::run(cx, db, asking::edit_standing::EditStanding { standing, version: 1, content: content() });
        "requests/edit_standing" Theirs
            asking::edit_standing::turn(cx, db, asking::edit_standing::Turn { standing, to: "closed" });
        "requests/post" Theirs
            asking::post::run(cx, db, asking::post::Post {
                structure,
                site: None,
                needed_on: today,
                households: None,
                persons: None,
                note: String::new(),
                lines: lines(5),
            });
        "requests/post_standing" Theirs asking::post_standing::run(cx, db, content());
        "requests/restore" Theirs asking::restore::run(cx, db, asking::restore::Restore { request });
    }
}

async fn allocation(scene: &Scene, cx: &Cx) -> Tried {
    let (db, run) = (&scene.town.db, scene.proposed);
    let today = scene.town.job().today();
    let reason = || "Pour voir".to_owned();
    let rule = Rule {
        starts_on: today,
        half_life_days: 20,
        tolerance_permille: 10,
        weights: Weights::default(),
        decision: reason(),
    };
    tried! {
        "allocation/add_line" Theirs
            sharing::add_line::run(cx, db, sharing::add_line::AddLine {
                run,
                lot: scene.lot,
                structure: scene.lilas,
                grams: Grams::kg(1),
                reason: reason(),
            });
        "allocation/adjust" Theirs
            sharing::adjust::run(cx, db, sharing::adjust::Adjust { line: scene.line, version: 1, grams: Grams::kg(1), reason: reason() });
        "allocation/answer" Theirs
            sharing::answer::run(cx, db, sharing::answer::Answer { share: scene.share, accepted: Vec::new(), refused: Vec::new() });
        "allocation/cancel" Theirs
            sharing::cancel::run(cx, db, sharing::cancel::Cancel { run, version: 1, reason: reason() });
        "allocation/hand_over" Theirs
            sharing::hand_over::run(cx, db, sharing::hand_over::HandOver {
                run: scene.validated,
                note: scene.note,
                version: 1,
                accepted: Vec::new(),
                signing: Signing { on_paper: true, ..Signing::default() },
                readings: Vec::new(),
                unread: Vec::new(),
            });
        "allocation/prepare" Theirs
            sharing::prepare::run(cx, db, sharing::prepare::Prepare { coordination: scene.town.coordination });
        "allocation/prepare_note" Theirs
            sharing::prepare_note::run(cx, db, sharing::prepare_note::PrepareNote { run: scene.validated, structure: scene.lilas });
        "allocation/set_rule" Facilitated sharing::set_rule::run(cx, db, sharing::set_rule::SetRule { rule });
        "allocation/validate" Theirs
            sharing::validate::run(cx, db, sharing::validate::Validate { run, version: 1 });
    }
}
