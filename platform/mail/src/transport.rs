//! How letters leave the house.

use std::error::Error;

use lettre::message::{Mailbox, MultiPart, header};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::Posted;

/// Where the SMTP relay is and in whose name letters leave.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// `smtps://user:password@host:port` or `smtp://host:port?tls=required`.
    pub url: String,
    /// The sender's address.
    pub from: String,
}

/// A way out.
#[derive(Clone)]
pub enum Transport {
    /// An SMTP relay.
    Smtp {
        /// The connection.
        relay: Box<AsyncSmtpTransport<Tokio1Executor>>,
        /// The sender's address.
        from: String,
    },
    /// Nowhere: letters stay in the database, where the demo shows them.
    Kept,
}

impl Transport {
    /// An SMTP relay.
    ///
    /// # Errors
    /// When the address is not understood.
    pub fn smtp(settings: &SmtpSettings) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.url)?.build();
        Ok(Self::Smtp { relay: Box::new(relay), from: settings.from.clone() })
    }

    pub(crate) async fn carry(&self, letter: &Posted) -> Result<(), Box<dyn Error + Send + Sync>> {
        let Self::Smtp { relay, from } = self else { return Ok(()) };
        relay.send(message(from, letter)?).await?;
        Ok(())
    }
}

/// A name or a subject as a header can carry it: in one line, without control characters.
fn printable(text: &str) -> String {
    text.split(|char: char| char.is_control()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The letter as the relay takes it.
fn message(from: &str, letter: &Posted) -> Result<Message, Box<dyn Error + Send + Sync>> {
    let (from_name, to_name) = (printable(&letter.from_name), printable(&letter.to_name));
    let mut message = Message::builder()
        .from(Mailbox::new(Some(from_name.clone()), from.parse()?))
        .to(Mailbox::new(Some(to_name), letter.to_email.parse()?))
        .subject(printable(&letter.subject))
        .date(letter.created_at.into())
        .message_id(Some(format!("<{}@tablee>", letter.id)));
    // An address that cannot be read must not keep the letter: the answer then goes to the sender.
    if let Some(answer) = letter.reply_to.as_ref().and_then(|address| address.parse().ok()) {
        message = message.reply_to(Mailbox::new(Some(from_name), answer));
    }
    if let Some(stop) = &letter.stop_link {
        message = message.raw_header(header::HeaderValue::new(
            header::HeaderName::new_from_ascii_str("List-Unsubscribe"),
            format!("<{stop}>"),
        ));
        message = message.raw_header(header::HeaderValue::new(
            header::HeaderName::new_from_ascii_str("List-Unsubscribe-Post"),
            "List-Unsubscribe=One-Click".to_owned(),
        ));
    }
    Ok(message
        .multipart(MultiPart::alternative_plain_html(letter.body_text.clone(), letter.body_html.clone()))?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letter(text: &str) -> Posted {
        Posted {
            id: uuid::Uuid::nil(),
            to_email: "awa@exemple.fr".to_owned(),
            to_name: text.to_owned(),
            from_name: text.to_owned(),
            subject: text.to_owned(),
            body_text: text.to_owned(),
            body_html: text.to_owned(),
            stop_link: Some("https://tablee.exemple.fr/resume?jeton=a".to_owned()),
            reply_to: Some(text.to_owned()),
            created_at: chrono::DateTime::UNIX_EPOCH,
            sent_at: None,
        }
    }

    proptest! {
        /// Names and subjects come from people. Whatever they typed, a letter has the headers we gave it and no other.
        #[test]
        fn no_name_and_no_subject_adds_a_header(
            text in "(?s)(.{0,40}\r?\n(Bcc|X-Essai): tous@exemple\\.fr.{0,20})|(?s).{0,200}",
        ) {
            let sent = message("tablee@exemple.fr", &letter(&text));
            let Ok(sent) = sent else { return Ok(()) };
            let bytes = sent.formatted();
            let whole = String::from_utf8_lossy(&bytes);
            let head = whole.split("\r\n\r\n").next().unwrap_or_default();
            for line in head.split("\r\n") {
                let known = [
                    "From:", "To:", "Subject:", "Date:", "Message-ID:", "List-Unsubscribe", "MIME-Version:",
                    "Content-Type:", " ", "\t",
                ];
                prop_assert!(known.iter().any(|start| line.starts_with(start)), "{line:?} in {head:?}");
            }
            prop_assert_eq!(head.matches("\r\nTo:").count(), 1);
        }

        #[test]
        fn any_address_is_written_to_or_refused(to in "(?s).{0,60}", from in "(?s).{0,60}") {
            let mut to_somebody = letter("Awa");
            to_somebody.to_email = to;
            let _ = message("tablee@exemple.fr", &to_somebody);
            let _ = message(&from, &letter("Awa"));
        }
    }
}
