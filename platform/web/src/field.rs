//! One field of a form: what it asks, what it takes, what was typed, what is wrong with it.

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line.
    Text,
    /// Several lines.
    Area,
    /// One of its options, in a list.
    Select,
    /// One of its options, as large buttons.
    Cards,
    /// Any of its options.
    Checks,
    /// Yes or nothing.
    Check,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A number typed with the number keys.
    Number,
    /// A day.
    Date,
    /// A civil time.
    Time,
    /// A file.
    File,
    /// Not shown.
    Hidden,
}

impl Kind {
    /// The `type` attribute of the input.
    #[must_use]
    pub fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Date => "date",
            Self::Time => "time",
            Self::File => "file",
            Self::Hidden => "hidden",
            Self::Check | Self::Checks => "checkbox",
            Self::Cards => "radio",
            // `type=number` loses what was typed with a comma; a text field with number keys does not.
            Self::Text | Self::Area | Self::Select | Self::Number => "text",
        }
    }
}

/// One option of a choice.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A few words more.
    pub hint: String,
    /// Its icon in the sprite, or nothing.
    pub icon: String,
    /// Whether it is chosen.
    pub selected: bool,
}

impl Choice {
    /// An option.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// With a few words more.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With an icon.
    #[must_use]
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = icon.into();
        self
    }
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in what is sent.
    pub name: String,
    /// What it asks.
    pub label: String,
    /// How to answer, with an example; may be empty.
    pub hint: String,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it must be answered.
    pub required: bool,
    /// What it takes.
    pub kind: Kind,
    /// The `inputmode` attribute, or nothing.
    pub inputmode: String,
    /// The `autocomplete` attribute, or nothing.
    pub autocomplete: String,
    /// What may be chosen.
    pub options: Vec<Choice>,
    /// The unit after the field, or nothing.
    pub suffix: String,
}

impl Field {
    /// A field of any kind.
    #[must_use]
    pub fn new(kind: Kind, name: &str, label: impl Into<String>) -> Self {
        let inputmode = match kind {
            Kind::Number => "decimal",
            Kind::Tel => "tel",
            Kind::Email => "email",
            _ => "",
        };
        Self {
            name: name.to_owned(),
            label: label.into(),
            hint: String::new(),
            value: String::new(),
            error: None,
            required: false,
            kind,
            inputmode: inputmode.to_owned(),
            autocomplete: String::new(),
            options: Vec::new(),
            suffix: String::new(),
        }
    }

    /// A line of text.
    #[must_use]
    pub fn text(name: &str, label: impl Into<String>) -> Self {
        Self::new(Kind::Text, name, label)
    }

    /// It must be answered.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// How to answer.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What it holds before anybody types.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.set(value.into());
        self
    }

    /// What may be chosen. Call before [`Field::value`].
    #[must_use]
    pub fn options(mut self, options: Vec<Choice>) -> Self {
        self.options = options;
        self
    }

    /// The unit after it.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = suffix.into();
        self
    }

    /// The `autocomplete` attribute.
    #[must_use]
    pub fn autocomplete(mut self, token: &str) -> Self {
        token.clone_into(&mut self.autocomplete);
        self
    }

    /// The id of its hint, for `aria-describedby`.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-aide", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("{}-erreur", self.name));
        }
        ids.join(" ")
    }

    pub(crate) fn set(&mut self, value: String) {
        for option in &mut self.options {
            option.selected = option.value == value;
        }
        self.value = value;
    }
}
