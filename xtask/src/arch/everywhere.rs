//! Rules that hold in every file: nothing unfinished, few dialect branches (rule 7), files a person can read.

use super::Source;
use crate::files::TextFile;
use crate::source::{line_of, mentions};
use crate::terminal::Finding;

/// Kinds of files whose length is checked. Catalogues are lists, not texts to follow, and stay out.
pub const COUNTED_ENDINGS: &[&str] = &[".rs", ".html", ".css", ".ts", ".mjs", ".sql"];

const LONGEST: usize = 500;
const DIALECTS_BELOW: usize = 10;

/// Marks of unfinished work.
pub fn unfinished(source: &Source) -> Vec<Finding> {
    let marks = [
        ("#[ignore", "a test that never runs proves nothing: repair or remove it"),
        ("todo!(", "nothing unfinished is committed"),
        ("unimplemented!(", "nothing unfinished is committed"),
    ];
    let found = marks.iter().flat_map(|(mark, why)| {
        mentions(&source.code, mark).map(move |at| {
            let line = line_of(&source.code, at);
            Finding::new(&source.path, line, format!("`{mark}`: {why}"))
        })
    });
    found.collect()
}

/// Statements written twice, once per engine: fewer than ten in the product.
pub fn dialects(sources: &[Source]) -> Vec<Finding> {
    let mut places = Vec::new();
    for source in sources.iter().filter(|source| !source.path.starts_with("xtask/")) {
        places
            .extend(mentions(&source.product, ".dialect(").map(|at| (source, line_of(&source.product, at))));
    }
    if places.len() < DIALECTS_BELOW {
        return Vec::new();
    }
    let message = format!(
        "`.dialect(`: {} branches by engine, fewer than {DIALECTS_BELOW} allowed (rule 7)",
        places.len()
    );
    places.iter().map(|(source, line)| Finding::new(&source.path, *line, message.clone())).collect()
}

/// Files too long to read, and exceptions that are no longer needed.
pub fn lengths(files: &[TextFile], known: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let lines = file.text.lines().count();
        if lines > LONGEST && known.iter().all(|(path, _)| *path != file.path) {
            let message = format!(
                "{lines} lines, more than {LONGEST}: split it by noun or verb, or name it with a reason in \
                 xtask/src/arch/known.rs"
            );
            findings.push(Finding::new(&file.path, 0, message));
        }
    }
    for (path, _) in known {
        let still_long = files.iter().any(|file| file.path == *path && file.text.lines().count() > LONGEST);
        if !still_long {
            let message = format!("{path} is not too long any more (or is gone): take it out of the table");
            findings.push(Finding::new("xtask/src/arch/known.rs", 0, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_is_found_in_code_only() {
        let text = "// todo!(later)\nlet a = \"unimplemented!(\";\n#[ignore]\nfn b() { todo!() }";
        let lines: Vec<_> =
            unfinished(&Source::new("a.rs", text)).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn the_tenth_dialect_branch_is_one_too_many() {
        let with =
            |count: usize| vec![Source::new("contexts/x/src/store.rs", &"tx.dialect(a, b);\n".repeat(count))];
        assert_eq!(dialects(&with(9)).len(), 0);
        assert_eq!(dialects(&with(10)).len(), 10);
    }

    #[test]
    fn long_files_are_named_unless_known_and_the_table_stays_honest() {
        let long = TextFile { path: "long.rs".into(), text: "x\n".repeat(501) };
        let short = TextFile { path: "short.rs".into(), text: "x\n".repeat(500) };
        let files = [long, short];
        assert_eq!(lengths(&files, &[]).len(), 1);
        assert_eq!(lengths(&files, &[("long.rs", "one table")]).len(), 0);
        assert_eq!(lengths(&files, &[("long.rs", "one table"), ("short.rs", "was long")]).len(), 1);
    }
}
