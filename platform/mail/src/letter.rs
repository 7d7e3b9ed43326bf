//! How a letter is put on paper.

/// The one button of a letter.
#[derive(Clone, Debug)]
pub struct Button {
    /// What it says: a verb.
    pub label: String,
    /// A whole address.
    pub link: String,
}

/// A letter in the reader's language, before it is posted.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The reader's address.
    pub to_email: String,
    /// The reader's name.
    pub to_name: String,
    /// The language tag.
    pub lang: &'static str,
    /// The coordination's name.
    pub from_name: String,
    /// The subject line.
    pub subject: String,
    /// What it says, one idea per paragraph.
    pub paragraphs: Vec<String>,
    /// The one button.
    pub button: Option<Button>,
    /// A large code to type, for signing in.
    pub code: Option<String>,
    /// Who writes and why, and how to stop.
    pub foot: Vec<String>,
    /// Where to stop such letters without signing in.
    pub stop_link: Option<String>,
}

impl Letter {
    /// The plain text.
    #[must_use]
    pub fn as_text(&self) -> String {
        let mut text = String::new();
        for paragraph in &self.paragraphs {
            text.push_str(paragraph);
            text.push_str("\n\n");
        }
        if let Some(code) = &self.code {
            text.push_str(&format!("    {code}\n\n"));
        }
        if let Some(button) = &self.button {
            text.push_str(&format!("{}\n{}\n\n", button.label, button.link));
        }
        text.push_str("-- \n");
        text.push_str(&self.foot.join("\n"));
        if let Some(stop) = &self.stop_link {
            text.push_str(&format!("\n{stop}"));
        }
        text.push('\n');
        text
    }

    /// The HTML: one column, system fonts, readable when images and styles are stripped.
    #[must_use]
    pub fn as_html(&self) -> String {
        let mut body = String::new();
        for paragraph in &self.paragraphs {
            body.push_str(&format!("<p style=\"margin:0 0 16px\">{}</p>", linked(paragraph)));
        }
        if let Some(code) = &self.code {
            body.push_str(&format!(
                "<p style=\"margin:0 0 16px;font-size:32px;letter-spacing:6px;font-weight:bold\">{}</p>",
                escape(code)
            ));
        }
        if let Some(button) = &self.button {
            body.push_str(&format!(
                "<p style=\"margin:24px 0\"><a href=\"{}\" style=\"background:#8a3b12;color:#ffffff;padding:14px 22px;\
                 border-radius:8px;text-decoration:none;font-weight:bold;display:inline-block\">{}</a></p>",
                escape(&button.link),
                escape(&button.label)
            ));
        }
        let mut foot = self.foot.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>");
        if let Some(stop) = &self.stop_link {
            foot.push_str(&format!("<br><a href=\"{0}\" style=\"color:#5a524a\">{0}</a>", escape(stop)));
        }
        format!(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>{}</title></head><body style=\"margin:0;background:#faf6f0\">\
             <div style=\"max-width:560px;margin:0 auto;padding:24px;font:18px/1.5 system-ui,sans-serif;color:#2b2521;\
             background:#ffffff\">{body}<p style=\"margin:32px 0 0;padding-top:16px;border-top:1px solid #d8cfc4;\
             font-size:15px;color:#5a524a\">{foot}</p></div></body></html>",
            self.lang,
            escape(&self.subject),
        )
    }
}

/// A paragraph; one whose second line is an address leads there, as its first line says.
fn linked(paragraph: &str) -> String {
    match paragraph.split_once('\n') {
        Some((said, url)) if url.starts_with("https://") || url.starts_with("http://") => {
            format!("<a href=\"{}\" style=\"color:#8a3b12\">{}</a>", escape(url), escape(said))
        }
        _ => escape(paragraph),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_small_and_cannot_be_injected() {
        let letter = Letter {
            to_email: "a@exemple.fr".into(),
            to_name: "A".into(),
            lang: "fr",
            from_name: "CASAAM".into(),
            subject: "<Bonjour>".into(),
            paragraphs: vec!["120 kg & « demain » <script>alert(1)</script>".into()],
            button: Some(Button { label: "Voir".into(), link: "https://exemple.fr/?a=1&b=2\"".into() }),
            code: Some("123456".into()),
            foot: vec!["CASAAM".into()],
            stop_link: None,
        };
        let html = letter.as_html();
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;") && html.contains("b=2&quot;"));
        assert!(html.len() < 60_000);
        let line =
            Letter { paragraphs: vec!["Du pain <b>\nhttps://exemple.fr/c/1".into()], ..letter.clone() };
        assert!(
            line.as_html()
                .contains("<a href=\"https://exemple.fr/c/1\" style=\"color:#8a3b12\">Du pain &lt;b&gt;</a>")
        );
        let text = letter.as_text();
        assert!(text.contains("https://exemple.fr/?a=1&b=2") && text.contains("123456"));
    }
}
