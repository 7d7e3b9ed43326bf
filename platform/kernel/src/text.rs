//! Text as people type it: folded for comparing, trimmed for keeping, searched for what must not be kept.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, ligatures opened, runs of anything but letters and digits made one space:
/// `"  L’Épicerie  — Cœur "` becomes `"l epicerie coeur"`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// One line: control characters gone, runs of white space made one space, ends trimmed.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a free text seems to hold about a person and should not (rule 1 of the domain: no file on anyone
/// who is helped).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonTrace {
    /// An e-mail address.
    Email,
    /// A telephone number: nine digits or more in a row, French or with a country code.
    Phone,
    /// A French social security number (NIR): 13 digits, or 15 with its key.
    SocialSecurity,
}

/// The first trace of a person in a text that is meant to hold none.
///
/// Numbers are joined over the separators people use in them (space, point, dash, slash), so
/// `06 12.34-56 78` is found; a lot number such as `L2614-118` or a date is too short to be taken for one.
#[must_use]
pub fn person_trace(text: &str) -> Option<PersonTrace> {
    if has_email(text) {
        return Some(PersonTrace::Email);
    }
    digit_runs(text).find_map(|run| {
        // 3 and 4 would be foreign numbers under registration, but French barcodes begin with 3.
        let starts_like_nir = run.starts_with(['1', '2', '7', '8']);
        match run.len() {
            13 | 15 if starts_like_nir => Some(PersonTrace::SocialSecurity),
            10 if run.starts_with('0') => Some(PersonTrace::Phone),
            11 | 12 if run.starts_with("33") => Some(PersonTrace::Phone),
            13 | 14 if run.starts_with("0033") => Some(PersonTrace::Phone),
            _ => None,
        }
    })
}

fn has_email(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':')).any(
        |word| {
            word.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty()
                    && host.split('.').count() > 1
                    && host.trim_end_matches('.').split('.').all(|label| !label.is_empty())
            })
        },
    )
}

/// Runs of digits, joined over single separators.
fn digit_runs(text: &str) -> impl Iterator<Item = String> {
    let mut runs = vec![String::new()];
    let mut gap = 0;
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10) {
            if gap > 1
                && let Some(last) = runs.last()
                && !last.is_empty()
            {
                runs.push(String::new());
            }
            gap = 0;
            if let (Some(last), Some(digit)) = (runs.last_mut(), char::from_digit(digit, 10)) {
                last.push(digit);
            }
        } else if c.is_whitespace() || matches!(c, '.' | '-' | '/' | '\u{202f}') {
            gap += 1;
        } else {
            gap = 2;
        }
    }
    runs.into_iter().filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folding_makes_equal_what_people_hold_equal() {
        assert_eq!(fold("  L’Épicerie  — Cœur "), "l epicerie coeur");
        assert_eq!(fold("SAINT-OUEN"), fold("saint ouen"));
        assert_eq!(fold("…"), "");
    }

    #[test]
    fn traces_of_a_person_are_found() {
        for (text, trace) in [
            ("appeler le 06 12 34 56 78 avant midi", PersonTrace::Phone),
            ("06.12.34.56.78", PersonTrace::Phone),
            ("+33 6 12 34 56 78", PersonTrace::Phone),
            ("mme.x@exemple.fr", PersonTrace::Email),
            ("NIR 2 84 12 93 048 123 45", PersonTrace::SocialSecurity),
        ] {
            assert_eq!(person_trace(text), Some(trace), "{text}");
        }
    }

    #[test]
    fn what_the_work_needs_is_left_alone() {
        for text in [
            "120 kg de yaourts, lot L2614-118, DLC 26/11/2026",
            "quai 3, code 4512B, de 8:00 à 11:30",
            "EAN 3 017620 422003",
            "4 palettes de 600 kg",
            "@ la plateforme",
        ] {
            assert_eq!(person_trace(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_trace_of_a_person_or_none(text in "(?s).{0,80}|[0-9 .+/-]{0,40}|[a-z@.<>(]{0,30}") {
            let _ = person_trace(&text);
        }

        /// However a telephone number is cut up, it is found between any words without figures.
        #[test]
        fn a_number_is_found_between_words(digits in proptest::collection::vec(0_u32..10, 8), gap in "[ ./-]?", word in "[a-zé]{0,8}") {
            let rest: Vec<String> = digits.chunks(2).map(|two| two.iter().map(ToString::to_string).collect()).collect();
            let text = format!("{word} 06{gap}{} {word}", rest.join(&gap));
            prop_assert_eq!(person_trace(&text), Some(PersonTrace::Phone), "{}", text);
        }

        #[test]
        fn folding_twice_changes_nothing(text in ".{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn one_line_is_one_line(text in "(?s).{0,60}") {
            let line = one_line(&text);
            prop_assert!(!line.contains('\n') && line.trim() == line);
        }
    }
}
