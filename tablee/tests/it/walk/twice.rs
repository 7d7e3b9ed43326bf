//! The same form sent a second time, a minute later: nothing more happens, and the answer is the same.

use chrono::Duration;
use kernel::PersonId;
use testkit::Page;

use super::{Walk, changes};

impl Walk {
    /// Sends the same again. Where the page that answers no longer takes the form (what it was about is over, or no
    /// longer the person's), they are told that it was done already.
    pub(super) async fn send_again(
        &mut self,
        who: PersonId,
        page: &str,
        action: &str,
        sent: &[(&str, &str)],
        first: &Page,
    ) {
        let db = self.scene.town.db.clone();
        let once = self.counts.now(&db).await;
        // What the server takes from its own clock is another now.
        self.scene.town.clock.advance(Duration::seconds(61));
        let again = self.browser(who).await.submit(action, sent).await;
        if again.status != 303 {
            self.findings.push(format!("{action}, sent again: {} {}", again.status, again.text()));
        } else if again.location != first.location {
            // The page before may be gone with what it was about; the notice is then on the page that says so.
            let back = self.browser(who).await.get(page).await.text();
            let led_back = again.location.as_deref() == Some(page);
            if !led_back || !back.contains("C’était déjà enregistré") {
                self.findings.push(format!("{action}, sent again, leads to {:?}: {back}", again.location));
            }
            // The first answer's notice, and its way back, for the step that follows.
            self.browser(who).await.submit(action, sent).await;
        }
        let twice = self.counts.now(&db).await;
        if once != twice {
            self.findings.push(format!("{action}, sent again, did something: {}", changes(&once, &twice)));
        }
    }
}
