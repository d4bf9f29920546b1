//! How deep syn may have to recurse for some tokens, told without recursion.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Deeper tokens are not given to syn.
pub const MAX_NESTING: usize = 6000;

/// A bound for the recursion of a parser: each level of it takes at least one token, and none reaches over a `,`, a `;`
/// or the end of a block that nothing follows on.
pub fn depth(tokens: &TokenStream) -> usize {
    let mut deepest = 0;
    let mut waiting = vec![(0, tokens.clone())];
    while let Some((above, tokens)) = waiting.pop() {
        let mut run = 0;
        let mut after_block = false;
        for token in tokens {
            let ends = match &token {
                TokenTree::Punct(punct) => matches!(punct.as_char(), ',' | ';'),
                TokenTree::Ident(ident) => after_block && ident != "else" && ident != "as",
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            };
            run = if ends { 0 } else { run + 1 };
            deepest = deepest.max(above + run);
            if deepest > MAX_NESTING {
                return deepest;
            }
            after_block = false;
            if let TokenTree::Group(group) = token {
                after_block = group.delimiter() == Delimiter::Brace;
                waiting.push((above + run, group.stream()));
            }
        }
    }
    deepest
}
