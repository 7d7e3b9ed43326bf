//! `cargo xtask i18n`: the catalogues are complete, equal, used, and French is set as French.
//!
//! Invariant (rule 8): a text a person can be shown exists in both languages, with the same values.

mod ftl;
mod pattern;
mod typography;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::files::{TextFile, texts};
use crate::project::Project;
use crate::source::{code_only, is_test_file, without_tests};
use crate::terminal::{Finding, Report};
use ftl::{Catalogue, Entry};

/// Files that may ask for a text.
const ASKING: &[&str] = &[".rs", ".html", ".txt", ".typ", ".ts", ".ftl"];

/// Every rule over the whole workspace.
pub fn check(project: &Project) -> Result<Report> {
    let mut files = texts(project, ASKING)?;
    // Our own tests are full of texts that are wrong on purpose.
    files.retain(|file| !file.path.starts_with("xtask/"));
    Ok(examine(&files))
}

/// `cargo xtask i18n --fix`: French typography that needs no decision, set in place.
pub fn repair(project: &Project) -> Result<()> {
    for file in texts(project, &["fr.ftl"])? {
        let repaired = typography::repaired(&file.text);
        if repaired != file.text {
            std::fs::write(project.path(&file.path), repaired)?;
            println!("repaired {}", file.path);
        }
    }
    Ok(())
}

/// The two languages of one crate.
#[derive(Default)]
struct Pair {
    french: Option<(String, Catalogue)>,
    english: Option<(String, Catalogue)>,
}

fn examine(files: &[TextFile]) -> Report {
    let (catalogues, asking): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.path.ends_with(".ftl"));
    let mut pairs: BTreeMap<&str, Pair> = BTreeMap::new();
    for file in catalogues {
        let pair = pairs.entry(room(&file.path)).or_default();
        let read = Some((file.path.clone(), Catalogue::read(&file.text)));
        if file.path.ends_with("/locales/fr.ftl") {
            pair.french = read;
        } else if file.path.ends_with("/locales/en.ftl") {
            pair.english = read;
        }
    }
    let mut findings = Vec::new();
    for (room, pair) in &pairs {
        findings.extend(languages(room, pair));
    }
    findings.extend(duplicates(&pairs));
    findings.extend(asked_for(&pairs, &asking));
    findings.extend(unused(&pairs, &asking));
    let count: usize =
        pairs.values().filter_map(|pair| pair.french.as_ref()).map(|(_, read)| read.entries.len()).sum();
    Report { findings, examined: format!("{count} texts in {} catalogues", pairs.len()) }
}

/// The crate a file belongs to: `contexts/stock`, `platform/i18n`, `tablee`.
fn room(path: &str) -> &str {
    let parts =
        if matches!(crate::packages::shelf(path), "contexts" | "platform" | "engines") { 2 } else { 1 };
    let end = path.match_indices('/').nth(parts - 1).map_or(path.len(), |(at, _)| at);
    path.get(..end).unwrap_or(path)
}

/// Both languages have the same keys with the same values, and French is well set.
fn languages(room: &str, pair: &Pair) -> Vec<Finding> {
    let (Some((french_path, french)), Some((english_path, english))) = (&pair.french, &pair.english) else {
        return vec![Finding::new(&format!("{room}/locales"), 0, "fr.ftl and en.ftl are both needed")];
    };
    let mut findings = Vec::new();
    for (path, catalogue) in [(french_path, french), (english_path, english)] {
        let lines = catalogue.not_understood.iter();
        findings.extend(
            lines.map(|line| Finding::new(path, *line, "this is not Fluent (or a brace is not closed)")),
        );
        findings.extend(twice(path, catalogue));
    }
    findings.extend(missing(french, english, english_path));
    findings.extend(missing(english, french, french_path));
    for entry in &french.entries {
        if let Some(other) = english.get(&entry.key) {
            let (ours, theirs) = (&entry.pattern.variables, &other.pattern.variables);
            if ours != theirs {
                let message =
                    format!("`{}` has the values {ours:?} in French and {theirs:?} in English", entry.key);
                findings.push(Finding::new(french_path, entry.line, message));
            }
        }
        for fault in entry.pattern.texts.iter().flat_map(|text| typography::faults(text)) {
            findings.push(Finding::new(french_path, entry.line, format!("`{}`: {fault}", entry.key)));
        }
    }
    findings
}

fn twice(path: &str, catalogue: &Catalogue) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let again = catalogue.entries.iter().filter(|entry| !seen.insert(&entry.key));
    again.map(|entry| Finding::new(path, entry.line, format!("`{}` is here twice", entry.key))).collect()
}

fn missing(from: &Catalogue, to: &Catalogue, path: &str) -> Vec<Finding> {
    let absent = from.entries.iter().filter(|entry| to.get(&entry.key).is_none());
    absent
        .map(|entry| Finding::new(path, 0, format!("`{}` is missing, the other language has it", entry.key)))
        .collect()
}

/// All French entries with their room; the set of keys is compared elsewhere.
fn entries<'pairs>(pairs: &'pairs BTreeMap<&str, Pair>) -> Vec<(&'pairs str, &'pairs str, &'pairs Entry)> {
    let mut all = Vec::new();
    for (room, pair) in pairs {
        if let Some((path, catalogue)) = &pair.french {
            all.extend(catalogue.entries.iter().map(|entry| (*room, path.as_str(), entry)));
        }
    }
    all
}

/// One catalogue is made of all of them, so a key belongs to one crate.
fn duplicates(pairs: &BTreeMap<&str, Pair>) -> Vec<Finding> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (room, path, entry) in entries(pairs) {
        let owner = *owners.entry(&entry.key).or_insert(room);
        if owner != room {
            findings.push(Finding::new(
                path,
                entry.line,
                format!("`{}` is already a key of {owner}", entry.key),
            ));
        }
    }
    findings
}

/// Every key asked for exists where the asker may look, and gets the values it needs.
fn asked_for(pairs: &BTreeMap<&str, Pair>, asking: &[&TextFile]) -> Vec<Finding> {
    let mut known: BTreeMap<&str, (&str, &Entry)> = BTreeMap::new();
    for (room, _, entry) in entries(pairs) {
        known.entry(&entry.key).or_insert((room, entry));
    }
    let mut findings = Vec::new();
    for file in asking {
        let here = room(&file.path);
        for found in uses::asked(&file.path, &file.text) {
            let wrong = match known.get(found.key.as_str()) {
                None => Some(format!("`{}` is in no catalogue", found.key)),
                Some((owner, _))
                    if here.starts_with("contexts/")
                        && *owner != here
                        && !owner.starts_with("platform/")
                        && !is_left_of(owner, here) =>
                {
                    Some(format!(
                        "`{}` belongs to {owner}: a context uses its own texts, those of contexts to its left and the \
                         platform's",
                        found.key
                    ))
                }
                Some((_, entry)) => lacking(&found, entry),
            };
            findings.extend(wrong.map(|wrong| Finding::new(&file.path, found.line, wrong)));
        }
        findings.extend(spelled_like_ours(file, &known));
    }
    for (_, path, entry) in entries(pairs) {
        for mentioned in &entry.pattern.references {
            if !known.contains_key(mentioned.as_str()) {
                let message = format!("`{}` mentions `{mentioned}`, which is in no catalogue", entry.key);
                findings.push(Finding::new(path, entry.line, message));
            }
        }
    }
    findings
}

/// Whatever is spelled like a key of a room that has texts is one: a notice, a label in a table, a told letter.
fn spelled_like_ours(file: &TextFile, known: &BTreeMap<&str, (&str, &Entry)>) -> Vec<Finding> {
    // Engines have no words.
    if is_test_file(&file.path) || file.path.starts_with("engines/") {
        return Vec::new();
    }
    let prefix = |key: &str| key.split_once('-').map(|(prefix, _)| prefix.to_owned());
    let prefixes: BTreeSet<String> = known.keys().filter_map(|key| prefix(key)).collect();
    let code = match file.path.ends_with(".rs") {
        true => without_tests(&code_only(&file.text)),
        false => file.text.clone(),
    };
    let mut findings = Vec::new();
    for (at, (line, _)) in
        file.text.lines().zip(code.lines()).enumerate().filter(|(_, (_, code))| !code.trim().is_empty())
    {
        let mut quoted = BTreeSet::new();
        uses::quoted(line, &mut quoted);
        for key in quoted {
            let ours = prefix(key).is_some_and(|prefix| prefixes.contains(&prefix));
            if ours && !known.contains_key(key) && !key.ends_with('-') && !key.contains('.') {
                let message = format!("`{key}` is spelled like a text, and is in no catalogue");
                findings.push(Finding::new(&file.path, at + 1, message));
            }
        }
    }
    findings
}

/// Whether a context may use what `owner` has.
fn is_left_of(owner: &str, here: &str) -> bool {
    let name = |room: &str| room.strip_prefix("contexts/").map(ToOwned::to_owned);
    name(owner).zip(name(here)).is_some_and(|(owner, here)| crate::arch::may_use(&here, &owner))
}

/// What a call does not give to the text it asks for.
fn lacking(found: &uses::Use, entry: &Entry) -> Option<String> {
    let needed = &entry.pattern.variables;
    if let Some(given) = &found.given {
        let absent: Vec<_> = needed.iter().filter(|name| !given.contains(name)).collect();
        return (!absent.is_empty()).then(|| format!("`{}` also needs {absent:?}", found.key));
    }
    let too_many = found.at_most.is_some_and(|most| needed.len() > most);
    too_many.then(|| format!("`{}` needs {needed:?}", found.key))
}

/// Texts nobody can see.
fn unused(pairs: &BTreeMap<&str, Pair>, asking: &[&TextFile]) -> Vec<Finding> {
    let (mut quoted, mut composed) = (BTreeSet::new(), BTreeSet::new());
    for file in asking.iter().filter(|file| !is_test_file(&file.path)) {
        // Line by line, so that one odd quote does not turn a whole file inside out.
        for line in file.text.lines() {
            uses::quoted(line, &mut quoted);
            uses::composed(line, &mut composed);
        }
    }
    let mut mentioned = BTreeSet::new();
    for (_, catalogue) in pairs.values().filter_map(|pair| pair.french.as_ref()) {
        mentioned.extend(catalogue.mentioned());
    }
    let seen = |key: &str| {
        quoted.contains(key)
            || mentioned.contains(key)
            || composed.iter().any(|parts| uses::may_be(key, parts))
    };
    entries(pairs)
        .into_iter()
        .filter(|(_, _, entry)| {
            !seen(&entry.key) && !entry.key.split_once('.').is_some_and(|(message, _)| seen(message))
        })
        .map(|(_, path, entry)| Finding::new(path, entry.line, format!("`{}` is used nowhere", entry.key)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned() }
    }

    fn found(files: &[TextFile]) -> Vec<String> {
        let mut findings = examine(files).findings;
        findings.sort();
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_complete_pair_that_is_used_is_fine() {
        let files = [
            file("contexts/a/locales/fr.ftl", "a-title = Le { $day }\na-kind-dry = Sec\n"),
            file("contexts/a/locales/en.ftl", "a-title = On { $day }\na-kind-dry = Dry\n"),
            file("contexts/a/templates/x.html", "<p title=\"{{ p.t1(\"a-title\", \"day\", day) }}\">"),
            file("contexts/a/src/kind.rs", "Self::Dry => \"a-kind-dry\","),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn every_kind_of_fault_is_named_at_its_place() {
        let files = [
            file("contexts/a/locales/fr.ftl", "a-one = Un { $x }\na-two = L'autre\n"),
            file("contexts/a/locales/en.ftl", "a-one = One { $y }\na-three = Three\n"),
            file("contexts/b/locales/fr.ftl", "a-one = Encore\nb-own = À nous { gone }\n"),
            file("contexts/b/locales/en.ftl", "a-one = Again\nb-own = Ours { gone }\n"),
            file(
                "contexts/b/src/pages.rs",
                "w.t(\"a-two\");\nw.t(\"nowhere\");\nw.t(\"b-own\");\nw.t(\"a-one\")",
            ),
            file("contexts/c/locales/fr.ftl", "c = C\n"),
            file("contexts/c/src/lib.rs", "w.t(\"c\")"),
        ];
        let expected = [
            "contexts/a/locales/en.ftl: `a-two` is missing, the other language has it",
            "contexts/a/locales/fr.ftl: `a-three` is missing, the other language has it",
            "contexts/a/locales/fr.ftl:1: `a-one` has the values {\"x\"} in French and {\"y\"} in English",
            "contexts/a/locales/fr.ftl:2: `a-two`: straight apostrophe: write ’",
            "contexts/b/locales/fr.ftl:1: `a-one` is already a key of contexts/a",
            "contexts/b/locales/fr.ftl:2: `b-own` mentions `gone`, which is in no catalogue",
            "contexts/b/src/pages.rs:1: `a-two` belongs to contexts/a: a context uses its own texts, those of contexts to its left and the platform's",
            "contexts/b/src/pages.rs:2: `nowhere` is in no catalogue",
            "contexts/b/src/pages.rs:4: `a-one` belongs to contexts/a: a context uses its own texts, those of contexts to its left and the platform's",
            "contexts/c/locales: fr.ftl and en.ftl are both needed",
        ];
        assert_eq!(found(&files), expected);
    }

    #[test]
    fn a_key_that_no_function_asks_for_by_name_is_looked_for_too() {
        let files = [
            file("tablee/locales/fr.ftl", "tablee-a = Un\n"),
            file("tablee/locales/en.ftl", "tablee-a = One\n"),
            file(
                "tablee/src/demo.rs",
                "w.t(\"tablee-a\");\nNotice::info(\"tablee-gone\");\nlet other = \"sql-word\";",
            ),
        ];
        assert_eq!(
            found(&files),
            ["tablee/src/demo.rs:2: `tablee-gone` is spelled like a text, and is in no catalogue"]
        );
    }

    #[test]
    fn a_call_that_gives_too_little_and_a_text_nobody_asks_for_are_faults() {
        let files = [
            file("tablee/locales/fr.ftl", "t-a = { $x } et { $y }\nt-b = Rien\n"),
            file("tablee/locales/en.ftl", "t-a = { $x } and { $y }\nt-b = Nothing\n"),
            file("tablee/src/home.rs", "w.t1(\"t-a\", \"x\", 1)"),
        ];
        assert_eq!(
            found(&files),
            [
                "tablee/locales/fr.ftl:2: `t-b` is used nowhere",
                "tablee/src/home.rs:1: `t-a` also needs [\"y\"]"
            ]
        );
    }
}
