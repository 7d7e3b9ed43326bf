//! Every text in both languages, and each filled with what its readers fill it with.

use std::collections::BTreeSet;

use kernel::Locale;

fn keys(locale: Locale) -> BTreeSet<&'static str> {
    let source = collections::sources().into_iter().find(|source| source.locale == locale).unwrap();
    source
        .text
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
        .filter(|key| key.starts_with("collections-"))
        .collect()
}

fn places(locale: Locale, key: &str) -> BTreeSet<String> {
    let source = collections::sources().into_iter().find(|source| source.locale == locale).unwrap();
    let start = source.text.find(&format!("{key} = ")).unwrap();
    let text = &source.text[start..];
    let end = text.find("\ncollections-").unwrap_or(text.len());
    text[..end]
        .split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect())
        .collect()
}

#[test]
fn both_languages_say_the_same_things() {
    assert_eq!(keys(Locale::Fr), keys(Locale::En));
    for key in keys(Locale::Fr) {
        assert_eq!(places(Locale::Fr, key), places(Locale::En, key), "{key}");
    }
}

#[test]
fn french_is_set_as_french_is() {
    let source = collections::sources().into_iter().find(|source| source.locale == Locale::Fr).unwrap();
    for line in source.text.lines() {
        assert!(!line.contains('\'') && !line.contains("« ") && !line.contains(" »"), "{line}");
        for mark in [" :", " ;", " ?", " !"] {
            assert!(!line.contains(mark), "{line}");
        }
    }
}
