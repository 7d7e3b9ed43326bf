//! What the people do: each scenario alone, so that a page that is not there yet stops nothing.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Cx, Viewer, World};

use crate::ask::Ask;
use crate::territory::Territory;

/// Shops that post at the same time.
const GIVERS: usize = 10;

/// The asks of a scenario, by their turn.
pub type Asks = Arc<dyn Fn(usize) -> Ask + Send + Sync>;

/// One page, asked for by several people at the same time.
#[derive(Clone)]
pub struct Scenario {
    /// What it is called in the table.
    pub name: &'static str,
    /// Who asks, by their session.
    pub people: Vec<String>,
    /// How often in all.
    pub requests: usize,
    /// How often each person asks; nothing: again as soon as they are answered.
    pub every: Option<Duration>,
    /// The status that is right.
    pub status: u16,
    /// Where a right answer leads, as the beginning of an address.
    pub leads_to: Option<&'static str>,
    /// The asks, one after the other.
    pub ask: Asks,
}

/// The pages of the table: without a pause, then at the pace of people who read.
pub fn all(territory: &Territory, quick: bool) -> Vec<Scenario> {
    let scale = if quick { 10 } else { 1 };
    let slowly = Some(Duration::from_secs(1));
    let mut scenarios = Vec::new();
    for (requests, every) in [(4_000, None), (1_000, slowly)] {
        for (name, people, ask) in pages(territory) {
            let people = people.clone();
            let requests = requests / scale;
            scenarios.push(Scenario { name, people, requests, every, status: 200, leads_to: None, ask });
        }
    }
    scenarios.push(posting("post a collection", territory, 1_000 / scale, false, None));
    scenarios.push(posting("post an urgent collection", territory, 500 / scale, true, None));
    let every = Some(Duration::from_secs(2));
    scenarios.push(posting("post a collection", territory, 200 / scale, false, every));
    scenarios.push(posting("post an urgent collection", territory, 200 / scale, true, every));
    scenarios
}

/// Each page, who looks at it, and its addresses.
fn pages(territory: &Territory) -> Vec<(&'static str, &Vec<String>, Asks)> {
    let (readers, shops) = (&territory.readers, &territory.shops);
    let same = |path: &str| -> Asks {
        let ask = Ask::get(path);
        Arc::new(move |_| ask.clone())
    };
    let lots = territory.lots.clone();
    let trace: Asks = Arc::new(move |turn| {
        // A step that shares no factor with the count walks over all of them, years apart.
        let at = turn.wrapping_mul(617) % lots.len().max(1);
        Ask::get(format!("/stock/lots/{}", lots.get(at).copied().unwrap_or_default()))
    });
    vec![
        ("home", readers, same("/")),
        ("board list", readers, same("/collectes")),
        ("request list", readers, same("/demandes")),
        ("stock, own", readers, same("/stock")),
        ("stock, a hub", readers, same(&format!("/stock?lieu={}", territory.hub))),
        ("trace of a lot", readers, trace),
        ("past collections", shops, same("/collectes?onglet=passees")),
    ]
}

/// A shop's form: what waits for the allocation is told in digests; what is urgent is told at once.
fn posting(
    name: &'static str,
    territory: &Territory,
    requests: usize,
    urgent: bool,
    every: Option<Duration>,
) -> Scenario {
    let cx = Cx::new(World::real(), Viewer::default());
    let ask = Arc::new(move |turn: usize| {
        let key = cx.new_uuid().to_string();
        let kg = (10 + turn % 90).to_string();
        let tomorrow = (cx.today() + chrono::Duration::days(1)).to_string();
        let mut fields = vec![
            ("cle", key.as_str()),
            ("famille", "fruit_vegetables"),
            ("produit", "Pommes et poires"),
            ("nombre", kg.as_str()),
            ("unite", "kg"),
            ("pesee", "pese"),
            ("froid", "auto"),
            ("fenetre", "demain"),
        ];
        if urgent {
            // A DLC of tomorrow cannot wait, and asks for a sentence.
            fields.extend([
                ("date_type", "use_by"),
                ("date", tomorrow.as_str()),
                ("motif", "Distribution demain midi"),
            ]);
        } else {
            fields.push(("date_type", "none"));
        }
        Ask::send("/collectes/nouvelle", &fields)
    });
    Scenario {
        name,
        people: territory.shops.iter().take(GIVERS).cloned().collect(),
        requests,
        every,
        status: 303,
        leads_to: Some("/collectes/"),
        ask,
    }
}
