//! Where and when a structure fetches what it took: the hub once for all its lots, each offer at its donor's.

use ::store::{Conn, Error};
use directory::Site;
use i18n::Words;
use kernel::{Grams, SiteId};

use super::shown::Speaking;
use crate::inputs::FrozenLot;
use crate::line::{Line, LineState};

/// One place to go to.
pub(super) struct Fetch {
    pub what: String,
    pub place: String,
    pub when: Vec<String>,
    /// The offer's page; empty for the hub.
    pub link: String,
}

/// Whether a line is waiting to be fetched.
fn is_expected(line: &Line) -> bool {
    matches!(line.state, LineState::Accepted | LineState::Prepared) && line.grams.is_positive()
}

/// The places to go to for what is accepted, hubs first.
pub(super) async fn places(
    conn: &mut Conn,
    speaking: &Speaking,
    lines: &[Line],
) -> Result<Vec<Fetch>, Error> {
    let words = &speaking.words;
    let expected: Vec<(&Line, &FrozenLot)> = lines
        .iter()
        .filter(|line| is_expected(line))
        .filter_map(|line| Some((line, speaking.inputs.lots.iter().find(|lot| lot.lot == line.lot)?)))
        .collect();
    let mut places = Vec::new();
    let mut hubs: Vec<SiteId> =
        expected.iter().filter(|(_, lot)| lot.offer.is_none()).filter_map(|(_, lot)| lot.site).collect();
    hubs.sort_unstable();
    hubs.dedup();
    for hub in hubs {
        let own: Vec<_> =
            expected.iter().filter(|(_, lot)| lot.offer.is_none() && lot.site == Some(hub)).collect();
        let Some(site) = directory::queries::site(conn, hub).await? else { continue };
        let mut when = Vec::new();
        let hours = hours(words, &site);
        if !hours.is_empty() {
            when.push(words.t1("allocation-fetch-hours", "hours", hours));
        }
        let use_by = own.iter().filter(|(_, lot)| lot.date_kind == goods::DateKind::UseBy);
        if let Some(date) = use_by.filter_map(|(_, lot)| lot.date).min() {
            when.push(words.t1("allocation-fetch-before", "day", words.date(date)));
        }
        if !site.door_notes.is_empty() {
            when.push(words.t1("allocation-fetch-door", "note", site.door_notes.clone()));
        }
        let mut products: Vec<&str> = own.iter().map(|(_, lot)| lot.product.as_str()).collect();
        products.sort_unstable();
        products.dedup();
        let mass: Grams = own.iter().map(|(line, _)| line.grams).sum();
        places.push(Fetch {
            what: what(words, mass, &products.join(", ")),
            place: words.t2(
                "allocation-fetch-hub",
                "name",
                site.name.clone(),
                "address",
                crate::address_of(&site),
            ),
            when,
            link: String::new(),
        });
    }
    for (line, lot) in expected {
        let Some(offer) = &lot.offer else { continue };
        places.push(Fetch {
            what: what(words, line.grams, &lot.product),
            place: offer.address.clone(),
            when: vec![words.t1("allocation-fetch-window", "window", words.window(offer.from, offer.until))],
            link: format!("/collectes/{}", offer.collection),
        });
    }
    Ok(places)
}

fn what(words: &Words, mass: Grams, products: &str) -> String {
    words.t2("allocation-fetch-what", "mass", words.mass(mass), "products", products)
}

/// `lundi de 9 h à 12 h · jeudi de 14 h à 17 h`; three days or more that are alike are said once, `du lundi au samedi de
/// 7 h à 18 h`; empty where nobody said.
fn hours(words: &Words, site: &Site) -> String {
    let mut alike: Vec<(u8, u8, String)> = Vec::new();
    for day in 1..=7_u8 {
        let windows: Vec<String> = site
            .receiving
            .of_weekday(day)
            .map(|window| {
                words.t2("i18n-from-to", "from", words.hour(window.from), "to", words.hour(window.to))
            })
            .collect();
        if windows.is_empty() {
            continue;
        }
        let hours = windows.join(", ");
        match alike.last_mut() {
            Some((_, last, same)) if *last + 1 == day && *same == hours => *last = day,
            _ => alike.push((day, day, hours)),
        }
    }
    let name = |day: u8| words.weekday(i64::from(day)).to_owned();
    let mut said = Vec::new();
    for (first, last, hours) in alike {
        if last >= first + 2 {
            let days = words.t2("allocation-fetch-days", "from", name(first), "to", name(last));
            said.push(words.t2("allocation-fetch-day", "day", days, "hours", hours));
        } else {
            said.extend(
                (first..=last)
                    .map(|day| words.t2("allocation-fetch-day", "day", name(day), "hours", hours.clone())),
            );
        }
    }
    said.join(" · ")
}
