//! Rust sources as text: enough of a lexer to know code from comments, literals and test modules.
//!
//! Invariant: what is taken out is replaced by as many blanks, so offsets and lines stay those of the file.

/// A source with its comments and the insides of its literals blanked; the quotes stay.
pub fn code_only(text: &str) -> String {
    let mut lexer = Lexer { text, at: 0, code: String::with_capacity(text.len()) };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.code
}

struct Lexer<'text> {
    text: &'text str,
    at: usize,
    code: String,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn keep(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.text.len());
        self.code.push_str(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    fn blank(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.text.len());
        for char in self.text.get(self.at..end).unwrap_or_default().chars() {
            match char {
                '\n' => self.code.push('\n'),
                _ => (0..char.len_utf8()).for_each(|_| self.code.push(' ')),
            }
        }
        self.at = end;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(char) = rest.chars().next() else { return };
        if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            self.blank(length);
        } else if rest.starts_with("/*") {
            let length = block_comment(rest);
            self.blank(length);
        } else if char == '"' {
            let inside = string_inside(rest);
            self.literal(1, inside, 1);
        } else if let Some((opening, closing)) = self.raw_string() {
            let body = self.rest().get(opening..).unwrap_or_default();
            let inside = body.find(&closing).unwrap_or(body.len());
            self.literal(opening, inside, closing.len());
        } else if char == '\'' {
            match char_inside(rest) {
                Some(inside) => self.literal(1, inside, 1),
                None => self.keep(1),
            }
        } else {
            self.keep(char.len_utf8());
        }
    }

    fn literal(&mut self, opening: usize, inside: usize, closing: usize) {
        self.keep(opening);
        self.blank(inside);
        self.keep(closing);
    }

    /// The length of `r##"` and the closing `"##`, when one begins here (the `b` or `c` before is ordinary code).
    fn raw_string(&self) -> Option<(usize, String)> {
        let before = self.text.get(..self.at)?.trim_end_matches(['b', 'c']).chars().next_back();
        if before.is_some_and(is_identifier) {
            return None;
        }
        let after = self.rest().strip_prefix('r')?;
        let hashes = after.len() - after.trim_start_matches('#').len();
        after.get(hashes..)?.starts_with('"').then(|| (hashes + 2, format!("\"{}", "#".repeat(hashes))))
    }
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Bytes between the opening quote and its closing one.
fn string_inside(text: &str) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            '"' if !escaped => return at - 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len() - 1
}

/// Bytes inside a character literal; `None` when the quote begins a lifetime.
fn char_inside(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        chars.next()?;
        return chars.find(|(_, char)| *char == '\'').map(|(at, _)| at - 1);
    }
    chars.next().filter(|(_, char)| *char == '\'').map(|(at, _)| at - 1)
}

/// Code with everything under `#[cfg(test)]` blanked too; takes the result of [`code_only`].
pub fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        let (before, item) = rest.split_at(start);
        kept.push_str(before);
        let (item, after) = item.split_at(item_length(item));
        kept.extend(item.chars().map(|char| if char == '\n' { '\n' } else { ' ' }));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Up to the item's `;` or the brace that closes it.
fn item_length(item: &str) -> usize {
    let mut depth = 0_u32;
    let mut brackets = 0_u32;
    for (at, char) in item.char_indices() {
        match char {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 && brackets == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// Where `word` stands in code as a whole word (or as a piece of code whose ends are not letters), by offset.
pub fn mentions<'code>(code: &'code str, word: &'code str) -> impl Iterator<Item = usize> + 'code {
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = code.get(..*at).and_then(|text| text.chars().next_back());
        let after = code.get(at + word.len()..).and_then(|text| text.chars().next());
        let glued_before = word.starts_with(is_identifier) && before.is_some_and(is_identifier);
        let glued_after = word.ends_with(is_identifier) && after.is_some_and(is_identifier);
        !glued_before && !glued_after
    })
}

/// The line (from 1) of an offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Whether this file is only tests: its own module file, or under `tests/`.
pub fn is_test_file(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

fn is_identifier(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_in_place() {
        let source = "a /* x /* y */ é */ b // sqlx\n\"sq\\\"lx\" c r#\"sqlx \"q\" \"# 'x' '\\'' '\\u{e9}' &'a str br\"z\"";
        let code = code_only(source);
        assert_eq!(code.len(), source.len());
        assert!(!code.contains("sqlx") && !code.contains('é') && !code.contains("u{e9}"));
        assert!(code.contains("&'a str br\" \""));
        assert_eq!(code.lines().count(), source.lines().count());
        assert_eq!(code.find(" b "), source.find(" b "));
        assert_eq!(code.find(" c "), source.find(" c "));
    }

    #[test]
    fn an_identifier_that_ends_in_r_is_not_a_raw_string() {
        assert_eq!(code_only("for\"a\" + var#\"b\""), "for\" \" + var#\" \"");
    }

    #[test]
    fn test_modules_are_blanked_and_what_follows_is_kept() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { axum }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}";
        let kept = without_tests(code);
        assert!(!kept.contains("axum") && !kept.contains("more"));
        assert!(kept.contains("fn a()") && kept.contains("fn c()") && kept.contains("fn d()"));
        assert_eq!(kept.lines().count(), code.lines().count());
    }

    #[test]
    fn words_are_whole_words() {
        let found: Vec<_> = mentions("axum axum_extra my_axum x::axum::y", "axum").collect();
        assert_eq!(found, [0, 27]);
        assert_eq!(mentions("tx.query(sql)", ".query(").count(), 1);
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("a\nb\nc", 0), 1);
        assert_eq!(line_of("a\nb\nc", 4), 3);
    }
}
