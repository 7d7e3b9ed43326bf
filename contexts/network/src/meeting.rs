//! A coordination's meetings: day, hours, place, what will be spoken of.
//!
//! ```text
//! called ──► held (its hour has passed)
//!    └─────► cancelled, with a reason that everybody reads
//! ```
//!
//! Invariant: a meeting ends after it begins; in a calendar it keeps one name, and its cancelling comes after its call.

use chrono::{DateTime, Utc};
use kernel::CoordinationId;

kernel::id!(
    /// A meeting.
    MeetingId
);

/// The most its agenda may hold.
pub const AGENDA_MOST: usize = 4_000;
/// The most its place may hold.
pub const PLACE_MOST: usize = 200;

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The meeting.
    pub id: MeetingId,
    /// Whose it is.
    pub coordination: CoordinationId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// What will be spoken of, as its facilitators wrote it.
    pub agenda: String,
    /// When it was called.
    pub called_at: DateTime<Utc>,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why.
    pub cancel_reason: Option<String>,
}

impl Meeting {
    /// Whether it will still take place.
    #[must_use]
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        self.cancelled_at.is_none() && self.ends_at > now
    }

    /// The meeting as a calendar reads it (RFC 5545); `title` is what it is called, `url` its page.
    #[must_use]
    pub fn calendar(&self, title: &str, url: &str) -> String {
        let stamp = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
        let cancelled = self.cancelled_at.is_some();
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Tablee//Reunions//FR".to_owned(),
            format!("METHOD:{}", if cancelled { "CANCEL" } else { "PUBLISH" }),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@tablee", self.id),
            format!("SEQUENCE:{}", u8::from(cancelled)),
            format!("STATUS:{}", if cancelled { "CANCELLED" } else { "CONFIRMED" }),
            format!("DTSTAMP:{}", stamp(self.cancelled_at.unwrap_or(self.called_at))),
            format!("DTSTART:{}", stamp(self.starts_at)),
            format!("DTEND:{}", stamp(self.ends_at)),
            format!("SUMMARY:{}", escaped(title)),
            format!("LOCATION:{}", escaped(&self.place)),
            format!("DESCRIPTION:{}", escaped(&self.agenda)),
            format!("URL:{url}"),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ];
        lines.iter().map(|line| folded(line)).collect()
    }
}

fn escaped(text: &str) -> String {
    let plain = text.replace('\r', "");
    plain.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of at most 75 bytes, the rest on lines that begin with a space; letters are never cut in two.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting() -> Meeting {
        Meeting {
            id: MeetingId(uuid::Uuid::from_u128(7)),
            coordination: CoordinationId(uuid::Uuid::from_u128(1)),
            starts_at: "2026-11-28T13:00:00Z".parse().unwrap(),
            ends_at: "2026-11-28T15:00:00Z".parse().unwrap(),
            place: "Salle des fêtes, place Jean-Jaurès".into(),
            agenda: "1. L’été ; qui ferme ?\n2. Le froid : une chambre partagée, à quel prix, avec qui, et jusqu’à quand".into(),
            called_at: "2026-11-20T08:00:00Z".parse().unwrap(),
            cancelled_at: None,
            cancel_reason: None,
        }
    }

    #[test]
    fn a_calendar_keeps_its_name_and_hears_of_the_cancelling() {
        let called = meeting();
        let text = called.calendar("Réunion", "https://exemple.fr/r");
        assert!(text.contains("DTSTART:20261128T130000Z\r\n") && text.contains("METHOD:PUBLISH"));
        assert!(text.contains("LOCATION:Salle des fêtes\\, place"), "{text}");
        assert!(text.contains("ferme ?\\n2. Le"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let cancelled =
            Meeting { cancelled_at: Some("2026-11-27T08:00:00Z".parse().unwrap()), ..called.clone() };
        let after = cancelled.calendar("Réunion", "https://exemple.fr/r");
        assert!(
            after.contains("METHOD:CANCEL") && after.contains("SEQUENCE:1") && text.contains("SEQUENCE:0")
        );
        let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).map(ToOwned::to_owned);
        assert_eq!(uid(&text), uid(&after));
        assert!(called.is_ahead(called.starts_at) && !cancelled.is_ahead(called.starts_at));
    }
}
