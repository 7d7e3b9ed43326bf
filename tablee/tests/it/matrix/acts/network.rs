//! Structures, their people, their seats; coordinations, those who facilitate them, their meetings.

use access::{FieldGroup, Scope};
use chrono::Duration;
use kernel::{Cx, Level, Role};
use network::usecases as net;
use network::{Sector, Settings, StructureKind, TerritoryLevel};

use super::{Closed, Scene, Tried, ended};

pub(super) async fn network(scene: &Scene, cx: &Cx) -> Tried {
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
        "network/answer_seat" Facilitated
            net::answer_seat::run(cx, db, net::answer_seat::AnswerSeat {
                coordination,
                structure,
                level: None,
                reason: "Pas encore".into(),
            });
        "network/ask_seat" Theirs
            net::ask_seat::run(cx, db, net::ask_seat::AskSeat { coordination: scene.elsewhere, structure });
        "network/bin_structure" Theirs
            net::bin_structure::run(cx, db, net::bin_structure::BinStructure { structure });
        "network/call_meeting" Facilitated
            net::call_meeting::run(cx, db, net::call_meeting::CallMeeting {
                coordination,
                starts_at: cx.now() + Duration::days(2),
                ends_at: cx.now() + Duration::days(3),
                place: "Ici".into(),
                agenda: "Tout".into(),
            });
        "network/cancel_meeting" Facilitated
            net::cancel_meeting::run(cx, db, net::cancel_meeting::CancelMeeting {
                meeting: scene.meeting,
                reason: "Neige".into(),
            });
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
