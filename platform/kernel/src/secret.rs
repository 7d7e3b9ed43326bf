//! Tokens that open something, and their fingerprints: a token is sent once and only its SHA-256 is kept,
//! so a stolen copy of the database opens nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::Cx;

/// A secret of 192 random bits, written in 32 characters that fit in an address.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new secret.
    #[must_use]
    pub fn new(cx: &Cx) -> Self {
        let mut bytes = [0_u8; 24];
        cx.fill_random(&mut bytes);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The text to put in an address or a cookie.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The SHA-256 of a text, in 43 characters.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    fingerprint_of(text.as_bytes())
}

/// The SHA-256 of any bytes, in 43 characters.
#[must_use]
pub fn fingerprint_of(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

/// Whether two fingerprints are equal, in a time that does not tell where they differ.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A code of six digits, each as likely as any other.
#[must_use]
pub fn six_digits(cx: &Cx) -> String {
    // 4 294 000 000 is the largest multiple of 1 000 000 below 2^32; what lies above is drawn again.
    loop {
        let mut bytes = [0_u8; 4];
        cx.fill_random(&mut bytes);
        let drawn = u32::from_le_bytes(bytes);
        if drawn < 4_294_000_000 {
            return format!("{:06}", drawn % 1_000_000);
        }
    }
}
