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
        let mut message = Message::builder()
            .from(Mailbox::new(Some(letter.from_name.clone()), from.parse()?))
            .to(Mailbox::new(Some(letter.to_name.clone()), letter.to_email.parse()?))
            .subject(letter.subject.clone())
            .date(letter.created_at.into())
            .message_id(Some(format!("<{}@tablee>", letter.id)));
        // An address that cannot be read must not keep the letter: the answer then goes to the sender.
        if let Some(answer) = letter.reply_to.as_ref().and_then(|address| address.parse().ok()) {
            message = message.reply_to(Mailbox::new(Some(letter.from_name.clone()), answer));
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
        let message = message.multipart(MultiPart::alternative_plain_html(
            letter.body_text.clone(),
            letter.body_html.clone(),
        ))?;
        relay.send(message).await?;
        Ok(())
    }
}
