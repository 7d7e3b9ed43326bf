//! The house as browsers know it: keys are bound to the host of its public address.

use std::net::IpAddr;

use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// The house, ready to put questions to devices.
pub(super) struct Party {
    /// The protocol's side of it.
    pub(super) webauthn: Webauthn,
    /// Where pages must have been opened for browsers to offer keys: `https://tablee.exemple.fr`.
    pub(super) origin: String,
}

impl Party {
    /// The house at this address; none where no browser would offer keys: without HTTPS, or at a bare network address.
    /// The machine itself is the exception: browsers trust `localhost`, so `127.0.0.1` is taken to mean it.
    pub(super) fn at(public_url: &str) -> Option<Self> {
        let mut url = Url::parse(public_url).ok()?;
        let host = url.host_str()?.trim_matches(['[', ']']);
        if host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback()) {
            url.set_host(Some("localhost")).ok()?;
        } else if url.scheme() != "https" {
            return None;
        }
        let host = url.domain()?.to_owned();
        let webauthn = WebauthnBuilder::new(&host, &url).ok()?.rp_name("Tablée").build().ok()?;
        Some(Self { webauthn, origin: url.origin().ascii_serialization() })
    }
}

#[cfg(test)]
mod tests {
    use super::Party;

    #[test]
    fn browsers_offer_keys_over_https_and_on_the_machine_itself() {
        let origin = |address| Party::at(address).map(|party| party.origin);
        assert_eq!(origin("https://tablee.exemple.fr").as_deref(), Some("https://tablee.exemple.fr"));
        assert_eq!(
            origin("https://tablee.exemple.fr:8443").as_deref(),
            Some("https://tablee.exemple.fr:8443")
        );
        assert_eq!(origin("http://localhost:8080").as_deref(), Some("http://localhost:8080"));
        assert_eq!(origin("http://127.0.0.1:8080").as_deref(), Some("http://localhost:8080"));
        assert_eq!(origin("http://[::1]:8080").as_deref(), Some("http://localhost:8080"));
        for nowhere in
            ["http://tablee.exemple.fr", "https://192.0.2.7", "https://[2001:db8::7]", "tablee", ""]
        {
            assert_eq!(origin(nowhere), None, "{nowhere}");
        }
    }
}
