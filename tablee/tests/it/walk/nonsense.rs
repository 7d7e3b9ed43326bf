//! What makes no sense, typed into every field of every form: it is refused in words beside the field, what was typed
//! is still there, nothing is written, and the server says nothing of its insides.

use kernel::PersonId;
use testkit::Page;

use super::{Walk, changes};

const NUMBERS: [&str; 14] = [
    "-1",
    "-0,5",
    "1e400",
    "NaN",
    "inf",
    "0x1F",
    "１２",
    "1,2,3",
    "99999999999999999999999999999999999999",
    "1 000 000 000 000 000 000",
    "--5",
    "½",
    "\u{202e}12",
    "' OR 1=1 --",
];
const DAYS: [&str; 11] = [
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "1800-01-01",
    "+262143-01-01",
    "-2026-01-01",
    "31/02/2026",
    "99/99/9999",
    "１/２/2026",
    "hier",
    "2026-13-01T00:00:00Z",
];
const TIMES: [&str; 6] = ["24:00", "99:99", "-1:00", "midi", "12:60", "25h"];
/// Texts that are fine as such, typed beside a figure that is not.
const TEXTS: [&str; 4] = [
    "<script>alert(1)</script>",
    "\u{0}\u{1}\u{7f}\u{202e}fin",
    "\u{1F600}\u{FFFE}'\"\\%s{{x}}",
    "ligne\r\nligne",
];

/// What a hand-made request puts where a page offers a choice or keeps a number of its own.
const HIDDEN: [&str; 6] = [
    "",
    "nimporte",
    "-9223372036854775808",
    "99999999999999999999",
    "00000000-0000-0000-0000-000000000000",
    "\u{0}é'",
];

impl Walk {
    pub(super) async fn type_nonsense(
        &mut self,
        who: PersonId,
        shown: &Page,
        form: &str,
        action: &str,
        typed: &[(&str, &str)],
    ) {
        let db = self.scene.town.db.clone();
        let before = self.counts.now(&db).await;
        let named = |what: &str| shown.attributes(&what.replace("FORM", form), "name");
        let numbers =
            named("FORM input[inputmode=decimal], FORM input[inputmode=numeric], FORM input[type=number]");
        let days = named("FORM input[type=date]");
        let times = named("FORM input[type=time]");
        let texts = named("FORM input[type=text]:not([inputmode]), FORM input:not([type]), FORM textarea");
        let figures = numbers
            .iter()
            .enumerate()
            .map(|(at, name)| (at, name, NUMBERS.as_slice()))
            .chain(days.iter().map(|name| (0, name, DAYS.as_slice())))
            .chain(times.iter().map(|name| (0, name, TIMES.as_slice())));
        for (at, name, values) in figures {
            // A thermometer may well be below zero.
            let below_zero = |value: &str| name.starts_with("temp") && matches!(value, "-1" | "-0,5");
            // A form with a field per family reads them all alike: from the third on, each gets a quarter.
            let is_its_turn = |n: usize| at < 2 || n % 4 == at % 4;
            let values = values.iter().enumerate().filter(|(n, _)| is_its_turn(*n)).map(|(_, value)| value);
            for value in values.filter(|value| !below_zero(value)) {
                self.refused(who, shown, form, action, typed, &[(name, value)]).await;
            }
            // As long as a request may be.
            let long = "9".repeat(100_000);
            self.refused(who, shown, form, action, typed, &[(name, &long)]).await;
        }
        // With a figure that is refused, no text is written, whatever it is.
        let anchor = numbers
            .iter()
            .map(|name| (name, "beaucoup"))
            .chain(days.iter().map(|name| (name, "jamais")))
            .next();
        if let Some((anchor, nonsense)) = anchor {
            for name in texts.iter().filter(|name| *name != anchor) {
                for text in TEXTS {
                    self.refused(who, shown, form, action, typed, &[(anchor, nonsense), (name, text)]).await;
                }
                let long = "é".repeat(40_000);
                self.refused(who, shown, form, action, typed, &[(anchor, nonsense), (name, &long)]).await;
            }
        }
        // What no page offers, sent beside a figure that is refused.
        let hidden =
            named("FORM input[type=hidden], FORM select, FORM input[type=radio], FORM input[type=checkbox]");
        if let Some((anchor, nonsense)) = anchor {
            for name in hidden.iter().filter(|name| *name != "cle" && *name != anchor) {
                for text in HIDDEN {
                    self.survived(who, shown, form, action, typed, &[(anchor, nonsense), (name, text)]).await;
                }
            }
        }
        let after = self.counts.now(&db).await;
        if before != after {
            self.findings.push(format!("nonsense at {action} wrote: {}", changes(&before, &after)));
        }
    }

    /// What people cannot type has no place to be kept; it must not break anything.
    async fn survived(
        &mut self,
        who: PersonId,
        shown: &Page,
        form: &str,
        action: &str,
        typed: &[(&str, &str)],
        nonsense: &[(&str, &str)],
    ) -> Page {
        let mut all = typed.to_vec();
        all.retain(|(name, _)| nonsense.iter().all(|(other, _)| other != name));
        all.extend_from_slice(nonsense);
        let filled = shown.filled(form, &all);
        let sent: Vec<(&str, &str)> = filled.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = self.browser(who).await.submit(action, &sent).await;
        let what: Vec<_> =
            nonsense.iter().map(|(n, v)| (*n, v.chars().take(40).collect::<String>())).collect();
        if answer.status.is_server_error() || answer.status == 200 {
            self.findings.push(format!("{action} with {what:?}: {} {}", answer.status, answer.text()));
        }
        crate::faults::says_nothing_of_its_insides(&answer);
        assert!(!answer.html().contains("<script>alert"), "{action} with {what:?}");
        answer
    }

    async fn refused(
        &mut self,
        who: PersonId,
        shown: &Page,
        form: &str,
        action: &str,
        typed: &[(&str, &str)],
        nonsense: &[(&str, &str)],
    ) {
        let answer = self.survived(who, shown, form, action, typed, nonsense).await;
        let what: Vec<_> =
            nonsense.iter().map(|(n, v)| (*n, v.chars().take(40).collect::<String>())).collect();
        let status = answer.status.as_u16();
        // 303: some small forms are answered by a word on the page they are on.
        if status == 422 {
            let kept = answer.filled(form, &[]);
            for (name, value) in nonsense {
                let value: String = value.chars().filter(|c| *c != '\0').collect();
                if !kept.iter().any(|(n, v)| n == name && same(v, &value)) {
                    self.findings.push(format!("{action} forgot what was typed as {name}: {value:.60}"));
                }
            }
            if answer.texts(".error").is_empty() {
                self.findings.push(format!("{action} with {what:?} says nothing beside the field"));
            }
        } else if status != 303 {
            self.findings.push(format!("{action} with {what:?}: {status} {}", answer.text()));
        }
    }
}

/// Whether a page holds a text as it was typed; the white space of a page and the ends of lines are a page's own.
fn same(held: &str, typed: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    plain(held) == plain(typed)
}
