//! Tokens that could not be parsed: the paths in them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::parse::Parser;

use super::nesting::{MAX_NESTING, depth};
use super::outline::{Literal, Path, Use};
use super::reader::Reader;
use super::types::{between, span_of};

impl Reader {
    /// A whole file: its imports as well.
    pub(super) fn file_of_tokens(&mut self, tokens: TokenStream) {
        let list: Vec<TokenTree> = tokens.into_iter().collect();
        let mut index = 0;
        let mut kept = Vec::new();
        while let Some(token) = list.get(index) {
            let rest = list.get(index..).unwrap_or_default();
            let skipped = test_item(rest).or_else(|| self.import_of_tokens(rest));
            match skipped {
                Some(length) => index += length.max(1),
                None => {
                    kept.push(token.clone());
                    index += 1;
                }
            }
        }
        self.tokens(kept.into_iter().collect());
    }

    fn import_of_tokens(&mut self, tokens: &[TokenTree]) -> Option<usize> {
        match tokens.first()? {
            TokenTree::Ident(ident) if ident == "use" => {}
            _ => return None,
        }
        let end = tokens.iter().position(|token| is_punct(token, ';'))?;
        let statement: TokenStream = tokens.get(..=end)?.iter().cloned().collect();
        if depth(&statement) > MAX_NESTING.min(200) {
            return Some(end + 1);
        }
        let parser = |input: syn::parse::ParseStream<'_>| input.parse::<syn::ItemUse>();
        self.import(&parser.parse2(statement).ok()?);
        Some(end + 1)
    }

    /// The paths and texts of some tokens, whatever they are nested in.
    pub(super) fn tokens(&mut self, tokens: TokenStream) {
        let mut waiting = vec![tokens];
        while let Some(tokens) = waiting.pop() {
            let list: Vec<TokenTree> = tokens.into_iter().collect();
            let mut index = 0;
            while let Some(token) = list.get(index) {
                index += 1;
                match token {
                    TokenTree::Group(group) => waiting.push(group.stream()),
                    TokenTree::Ident(first) => {
                        let mut segments = vec![first.to_string()];
                        let mut last = first.span();
                        while let Some(TokenTree::Ident(next)) = after_colons(&list, index) {
                            segments.push(next.to_string());
                            last = next.span();
                            index += 3;
                        }
                        let is_macro = list.get(index).is_some_and(|token| is_punct(token, '!'));
                        let known = segments.len() > 1 || first.to_string().starts_with(char::is_uppercase);
                        if known && !is_macro {
                            let path = Path { absolute: false, segments };
                            self.note(path, Vec::new(), Use::Token, between(first.span(), last));
                        }
                    }
                    TokenTree::Literal(literal) => {
                        if let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) {
                            let (at, span) = (self.at(), span_of(literal.span()));
                            self.outline.literals.push(Literal { text: text.value(), at, span });
                        }
                    }
                    TokenTree::Punct(_) => {}
                }
            }
        }
    }
}

/// The token after `::`.
fn after_colons(list: &[TokenTree], index: usize) -> Option<&TokenTree> {
    match (list.get(index)?, list.get(index + 1)?) {
        (TokenTree::Punct(first), TokenTree::Punct(second))
            if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':' =>
        {
            list.get(index + 2)
        }
        _ => None,
    }
}

/// How many tokens an item for tests takes: `#[cfg(test)] mod tests { .. }`, `#[test] fn a() { .. }`.
fn test_item(tokens: &[TokenTree]) -> Option<usize> {
    let [hash, TokenTree::Group(group), ..] = tokens else { return None };
    if !is_punct(hash, '#') || group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let text = group.stream().to_string().replace(' ', "");
    let tests = ["cfg(test", "cfg(all(test", "cfg(any(test", "cfg(debug_assertions)"];
    if !tests.iter().any(|start| text.starts_with(start)) && text != "test" && !text.ends_with("::test") {
        return None;
    }
    let end = tokens.iter().skip(2).position(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is_punct(token, ';'),
    })?;
    Some(end + 3)
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}
