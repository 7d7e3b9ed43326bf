//! The same form sent a second time, a minute later: nothing more happens, and the answer is the same.

use chrono::Duration;
use kernel::PersonId;
use testkit::Page;

use super::Walk;

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
        let browser = self.browser(who).await;
        let again = browser.submit(action, sent).await;
        assert_eq!(again.status, 303, "{action}, sent again: {}", again.text());
        if again.location != first.location {
            assert_eq!(again.location.as_deref(), Some(page), "{action}, sent again, leads elsewhere");
            let back = browser.get(page).await.text();
            assert!(back.contains("C’était déjà enregistré"), "{action}, sent again: {back}");
            // The page before may be gone with what it was about; the notice is then on the page that says so.
            let resent = browser.submit(action, sent).await;
            assert_eq!(resent.status, 303);
        }
        let twice = self.counts.now(&db).await;
        assert_eq!(once, twice, "{action}, sent again, did something");
    }
}
