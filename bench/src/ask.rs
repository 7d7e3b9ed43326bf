//! What a person asks of the server: a page, or a form sent.

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The address, from `/` on.
    pub path: String,
    /// The form, as it is sent; nothing for a page.
    pub form: Option<String>,
}

impl Ask {
    /// A page.
    pub fn get(path: impl Into<String>) -> Self {
        Self { path: path.into(), form: None }
    }

    /// A form.
    pub fn send(path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        Self { path: path.into(), form: Some(pairs.join("&")) }
    }

    /// `GET` or `POST`.
    pub fn method(&self) -> &'static str {
        if self.form.is_some() { "POST" } else { "GET" }
    }
}

/// As forms are sent: letters and digits as they are, everything else by its bytes.
fn encode(text: &str) -> String {
    let mut sent = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => sent.push(char::from(byte)),
            b' ' => sent.push('+'),
            _ => sent.push_str(&format!("%{byte:02X}")),
        }
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_as_browsers_do() {
        let ask = Ask::send("/collectes/nouvelle", &[("produit", "Pâtes & riz"), ("nombre", "1,5")]);
        assert_eq!(ask.method(), "POST");
        assert_eq!(ask.form.as_deref(), Some("produit=P%C3%A2tes+%26+riz&nombre=1%2C5"));
        assert_eq!(Ask::get("/").method(), "GET");
    }
}
