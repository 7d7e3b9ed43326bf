//! A telephone without a screen: makes keys and signs with them as the standard says (WebAuthn level 3, sections 6.1 and
//! 6.5.4), or wrongly in one way at a time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The device and the key on it. Cloning it is what a thief would do.
#[derive(Clone)]
pub struct Device {
    key: SigningKey,
    credential: Vec<u8>,
    /// How often it signed; a device that keeps its keys in a cloud says 0 for ever.
    pub counter: u32,
    /// The page it believes to be on.
    pub origin: String,
    /// Whether it checks who holds it.
    pub checks_its_holder: bool,
    /// Whether its keys name their owner by themselves.
    pub keeps_keys: bool,
    owner: String,
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const NEW_KEY: u8 = 0x40;

impl Device {
    /// A device of somebody's own, on the page of the test's house.
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed.max(1); 32]).unwrap(),
            credential: vec![seed; 32],
            counter: 0,
            origin: "http://localhost".to_owned(),
            checks_its_holder: true,
            keeps_keys: true,
            owner: String::new(),
        }
    }

    /// Whose key it believes to hold.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// `navigator.credentials.create`: what its answer looks like in JSON.
    pub fn create(&mut self, options: &Value) -> String {
        let asked = &options["publicKey"];
        self.owner = asked["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(asked["rp"]["id"].as_str().unwrap(), NEW_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential.len()).unwrap().to_be_bytes());
        data.extend(&self.credential);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client("webauthn.create", asked);
        json!({
            "id": text(&self.credential), "rawId": text(&self.credential), "type": "public-key",
            "response": { "clientDataJSON": text(&client), "attestationObject": text(&object) },
            "extensions": { "credProps": { "rk": self.keeps_keys } },
        })
        .to_string()
    }

    /// `navigator.credentials.get`: what its answer looks like in JSON.
    pub fn get(&mut self, options: &Value) -> String {
        let asked = &options["publicKey"];
        let client = self.client("webauthn.get", asked);
        let data = self.data(asked["rpId"].as_str().unwrap(), 0);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": text(&self.credential), "rawId": text(&self.credential), "type": "public-key",
            "response": {
                "clientDataJSON": text(&client), "authenticatorData": text(&data),
                "signature": text(signature.to_der().as_bytes()), "userHandle": self.owner,
            },
            "extensions": {},
        })
        .to_string()
    }

    /// The house's fingerprint, what the device did, how often it signed.
    fn data(&self, house: &str, flags: u8) -> Vec<u8> {
        let checked = if self.checks_its_holder { VERIFIED } else { 0 };
        let mut data = Sha256::digest(house).to_vec();
        data.push(PRESENT | checked | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, what: &str, asked: &Value) -> Vec<u8> {
        json!({ "type": what, "challenge": asked["challenge"], "origin": self.origin })
            .to_string()
            .into_bytes()
    }

    /// {1: 2 (elliptic curve), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} in CBOR.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut cbor = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        cbor.extend(point.x().unwrap());
        cbor.extend([0x22, 0x58, 0x20]);
        cbor.extend(point.y().unwrap());
        cbor
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
