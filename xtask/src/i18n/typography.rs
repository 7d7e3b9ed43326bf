//! French typography, as the Imprimerie nationale's rules have it, for what an interface needs.

use super::pattern::VALUE;

/// What a text breaks, in words; nothing when it is well set.
pub fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if text.contains('\'') {
        faults.push("straight apostrophe: write ’".to_owned());
    }
    if text.contains("...") {
        faults.push("three dots: write …".to_owned());
    }
    if text.contains('"') && !text.contains("=\"") {
        faults.push("straight quotation mark: write « … » with no-break spaces".to_owned());
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    for (index, char) in chars.iter().enumerate() {
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let spaced = match char {
            ':' | ';' | '?' | '!' if ends_words(*char, before, after) => {
                before.is_none_or(|before| no_break(before) || matches!(before, '?' | '!' | '(' | '«'))
            }
            '«' => after.is_none_or(no_break),
            '»' => before.is_none_or(no_break),
            _ => continue,
        };
        if !spaced {
            let around: String = chars.iter().skip(index.saturating_sub(12)).take(16).collect();
            let side = if *char == '«' { "after" } else { "before" };
            let around = around.replace(VALUE, "{}").replace('\n', " ");
            faults.push(format!(
                "a no-break space (U+00A0 or U+202F) is missing {side} `{char}` in `…{around}…`"
            ));
        }
    }
    faults
}

/// A French catalogue with its plain apostrophes, dots and spaces set as they should be. What needs a decision (a
/// missing space, a straight quotation mark) is left to a person.
pub fn repaired(catalogue: &str) -> String {
    let mut repaired = String::with_capacity(catalogue.len());
    for line in catalogue.split_inclusive('\n') {
        if line.starts_with('#') {
            repaired.push_str(line);
            continue;
        }
        let chars: Vec<char> = line.replace("...", "…").replace('\'', "’").chars().collect();
        for (index, char) in chars.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| chars.get(index)).copied();
            let after = chars.get(index + 1).copied();
            let next = chars.get(index + 2).copied().map(|next| if next == '{' { VALUE } else { next });
            let joins = match after {
                Some('»') => true,
                Some(mark @ (':' | ';' | '?' | '!')) => ends_words(mark, Some(' '), next),
                _ => before == Some('«'),
            };
            repaired.push(if *char == ' ' && joins { '\u{a0}' } else { *char });
        }
    }
    repaired
}

/// Whether this mark is punctuation here, rather than part of an address, an hour or a code.
fn ends_words(mark: char, before: Option<char>, after: Option<char>) -> bool {
    match after {
        None => true,
        // 16:40 made of two values.
        Some(VALUE) => {
            !(mark == ':' && before.is_some_and(|before| before == VALUE || before.is_ascii_digit()))
        }
        Some(after) => after.is_whitespace() || matches!(after, '?' | '!' | '»' | ')' | '…' | '"'),
    }
}

fn no_break(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_set_texts_pass() {
        for text in [
            "Qui vient\u{a0}?",
            "Déjà\u{202f}! Vraiment\u{a0}?!",
            "À 16:40, sur https://exemple.fr/?a=1",
            "\u{fffc}:\u{fffc}",
            "Ouvert de 8:\u{fffc}",
            "«\u{a0}Valider\u{a0}» l’envoi…",
            "Poids (?)",
            "Total\u{a0}: \u{fffc}",
        ] {
            assert_eq!(faults(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_catalogue_is_repaired_and_its_syntax_left_alone() {
        let before = "# l'avis : laissé\na = L'avis : « oui » ?\nb = { $n ->\n    [one] Un lot ! Voir...\n   *[other] { $n } : { $x }\n}\n";
        let after = repaired(before);
        assert!(
            after.starts_with("# l'avis : laissé\na = L’avis\u{a0}: «\u{a0}oui\u{a0}»\u{a0}?\n"),
            "{after}"
        );
        assert!(
            after.contains("    [one] Un lot\u{a0}! Voir…\n   *[other] { $n }\u{a0}: { $x }\n}\n"),
            "{after}"
        );
        assert_eq!(repaired(&after), after);
    }

    #[test]
    fn each_slip_is_named() {
        for (text, part) in [
            ("l'envoi", "apostrophe"),
            ("Attendez...", "three dots"),
            ("Qui vient ?", "before `?`"),
            ("Qui vient?", "before `?`"),
            ("Total : 3", "before `:`"),
            ("\u{fffc}: 3", "before `:`"),
            ("« Valider\u{a0}»", "after `«`"),
            ("«\u{a0}Valider »", "before `»`"),
            ("le bouton \"Valider\"", "quotation"),
        ] {
            let found = faults(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains(part), "{text}: {found:?}");
        }
    }
}
