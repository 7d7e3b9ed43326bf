//! What stands for the parameters of a path, and the few words a form cannot do without.

use super::scene::Scene;

/// The path of a pattern, about the scene's one thing of that kind.
pub fn filled(scene: &Scene, pattern: &str, token: &str) -> String {
    let id: String = match pattern {
        path if path.starts_with("/attributions/lignes") => scene.line.to_string(),
        path if path.starts_with("/attributions/reponse") || path.starts_with("/attributions/pourquoi") => {
            scene.share.to_string()
        }
        "/attributions/{id}/valider" | "/attributions/{id}/annuler" | "/attributions/{id}/ajouter" => {
            scene.proposed.to_string()
        }
        path if path.starts_with("/attributions") => scene.validated.to_string(),
        path if path.contains("{hold}") || path.ends_with("/venir") => scene.fetched.to_string(),
        path if path.starts_with("/collectes/publiques") => scene.drive.to_string(),
        path if path.starts_with("/coordination/reunions") => scene.meeting.to_string(),
        path if path.starts_with("/collectes") => scene.offer.to_string(),
        path if path.starts_with("/bordereaux") => scene.slip.to_string(),
        path if path.starts_with("/ramasses") => scene.pickup.to_string(),
        path if path.starts_with("/conventions") => scene.agreement.to_string(),
        path if path.starts_with("/structures") => scene.lilas.to_string(),
        path if path.starts_with("/lieux") => scene.site.to_string(),
        path if path.starts_with("/import") => scene.import.to_string(),
        path if path.starts_with("/demandes/permanentes") => scene.standing.to_string(),
        path if path.starts_with("/demandes") => scene.request.to_string(),
        path if path.starts_with("/stock/lots") => scene.lot.to_string(),
        path if path.starts_with("/stock/mouvements") => scene.movement.to_string(),
        // A letter or a key of nobody.
        _ => uuid::Uuid::nil().to_string(),
    };
    let person = if pattern.starts_with("/coordination") { scene.odile } else { scene.extra };
    let code = if pattern.contains("familles") { "starches" } else { "crate" };
    let path = pattern
        .replace("{id}", &id)
        .replace("{hold}", &scene.hold.to_string())
        .replace("{note}", &scene.note.to_string())
        .replace("{person}", &person.to_string())
        .replace("{structure}", &scene.lilas.to_string())
        .replace("{group}", "contact")
        .replace("{code}", code)
        .replace("{acte}", "jeter")
        .replace("{format}", "csv")
        .replace("{day}", "2026-11-27")
        .replace("{token}", token)
        .replace("{file}", "nothing.css");
    assert!(!path.contains('{'), "{pattern} has a parameter that nothing stands for");
    path + &query(scene, pattern)
}

/// What some pages want in their address.
fn query(scene: &Scene, pattern: &str) -> String {
    match pattern {
        "/stock/mouvements/{id}/corriger" => format!("?lot={}", scene.lot),
        "/stock" | "/stock/export" | "/stock/fiche" | "/stock/inventaire" => format!("?lieu={}", scene.lilas),
        "/structure/membres/{person}/remettre" | "/structures/{id}/membres/{person}/remettre" => {
            "?role=member".to_owned()
        }
        "/structure/partage/revenir" => format!("?coordination={}&niveau=contributor", scene.annex),
        _ => String::new(),
    }
}

/// The few words without which a form is about nothing; all others are sent empty.
pub fn form(scene: &Scene, pattern: &str) -> Vec<(String, String)> {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    match pattern {
        "/structure/partage/quitter" => vec![pair("coordination", scene.annex.to_string())],
        "/structure/choisir" => vec![
            pair("structure", scene.lilas.to_string()),
            pair("coordination", scene.town.coordination.to_string()),
        ],
        "/stock/mouvements/{id}/corriger" => vec![pair("lot", scene.lot.to_string())],
        "/collectes/{id}/annuler" | "/collectes/{id}/rien" => vec![pair("raison", "Pour voir".to_owned())],
        "/ramasses/{id}/date" => {
            let day = scene.town.job().today() + chrono::Duration::days(7);
            vec![pair("date", day.to_string()), pair("raison", "Pour voir".to_owned())]
        }
        "/demandes/permanentes/{id}/suite" => vec![pair("vers", "pause".to_owned())],
        "/stock/inventaire" => vec![pair("lieu", scene.lilas.to_string())],
        _ => Vec::new(),
    }
}
