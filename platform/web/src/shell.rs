//! What surrounds every page.

use i18n::Words;

use crate::notice::Tone;
use crate::{Visit, assets};

/// An entry of the navigation, as shown.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub url: String,
    /// Its text.
    pub label: String,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Whether it is where we are.
    pub current: bool,
}

/// A notice, as shown.
#[derive(Clone, Debug)]
pub struct ShownNotice {
    /// `done`, `info` or `warning`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
    /// The way back: where the form is sent, and its key.
    pub undo: Option<ShownUndo>,
}

/// A way back, as shown.
#[derive(Clone, Debug)]
pub struct ShownUndo {
    /// Where the form is sent.
    pub action: String,
    /// What the button says.
    pub label: String,
    /// The form's key.
    pub key: String,
}

/// The demo's banner.
#[derive(Clone, Debug)]
pub struct DemoBanner {
    /// What it says.
    pub text: String,
    /// The way to be somebody else.
    pub change: String,
    /// The way to everybody's letters.
    pub letters: String,
}

/// Everything `shell.html` needs.
#[derive(Clone, Debug)]
pub struct Shell {
    /// `fr`.
    pub lang: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// What follows each page's title.
    pub title_suffix: String,
    /// The stylesheet; empty when the front end is not built.
    pub css_url: String,
    /// The script; empty when the front end is not built.
    pub js_url: String,
    /// The icons.
    pub icons_url: String,
    /// The room's colour.
    pub accent: &'static str,
    /// The navigation.
    pub nav: Vec<NavItem>,
    /// Who is signed in.
    pub person_name: Option<String>,
    /// For which structure.
    pub structure_name: Option<String>,
    /// In which coordination.
    pub coordination_name: Option<String>,
    /// What happened just before.
    pub notice: Option<ShownNotice>,
    /// The demo's banner.
    pub demo: Option<DemoBanner>,
    /// Whether it is a page for everybody, in larger type.
    pub public: bool,
    /// Whom to call when lost.
    pub help_phone: Option<String>,
    /// The path and query of this page, to come back to.
    pub path: String,
    /// Whether there is a choice of whom to act for: several structures, or one in several coordinations.
    pub acts_for_several: bool,
    /// Whether there is somebody to sign out.
    pub sign_out: bool,
    /// The program's version.
    pub version: &'static str,
    words: Words,
}

impl Shell {
    pub(crate) fn of(visit: &Visit, accent: &'static str) -> Self {
        let words = visit.words.clone();
        let viewer = &visit.cx.viewer;
        let here = visit.path.split('?').next().unwrap_or("/");
        let nav = visit
            .app
            .nav
            .iter()
            .filter(|entry| (entry.shown)(viewer))
            .map(|entry| NavItem {
                url: entry.url.to_owned(),
                label: words.t(entry.label),
                icon: entry.icon,
                current: here == entry.url
                    || entry.also.iter().copied().chain([entry.url]).any(|url| {
                        url != "/"
                            && here
                                .strip_prefix(url)
                                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    }),
            })
            .collect();
        let notice = visit.notice.as_ref().map(|notice| {
            let args: Vec<(&str, i18n::Arg)> =
                notice.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            ShownNotice {
                kind: match notice.tone {
                    Tone::Done => "done",
                    Tone::Info => "info",
                    Tone::Warning => "warning",
                },
                text: words.tn(&notice.key, &args),
                undo: notice.undo.as_ref().map(|undo| ShownUndo {
                    action: undo.action.clone(),
                    label: words.t("web-undo"),
                    key: visit.new_key(),
                }),
            }
        });
        let demo = visit.app.settings.demo.then(|| DemoBanner {
            text: words.t("web-demo-banner"),
            change: words.t("web-demo-change"),
            letters: words.t("web-demo-letters"),
        });
        Self {
            lang: words.locale().tag(),
            dir: "ltr",
            title_suffix: words.t("web-title-suffix"),
            css_url: assets::url("app.css"),
            js_url: assets::url("app.js"),
            icons_url: assets::url("icons.svg"),
            accent,
            nav,
            person_name: visit.arrival.person_name.clone(),
            structure_name: visit.arrival.structure_name.clone(),
            coordination_name: visit.arrival.coordination_name.clone(),
            notice,
            demo,
            public: false,
            help_phone: visit.arrival.help_phone.clone(),
            path: visit.path.clone(),
            acts_for_several: viewer.affiliations.len() > 1 || viewer.memberships.len() > 1,
            sign_out: matches!(visit.cx.viewer.via, kernel::Via::SignedIn),
            version: env!("CARGO_PKG_VERSION"),
            words,
        }
    }

    /// The same for a page for everybody: larger type.
    #[must_use]
    pub fn for_everybody(mut self) -> Self {
        self.public = true;
        self
    }

    /// A text of the shell itself.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }
}
