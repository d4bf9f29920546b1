//! The bodies of macros: parsed as what they most likely are, else walked as tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Attribute, Block, Expr, Token};

use super::attributes;
use super::outline::Use;
use super::reader::Reader;
use super::types::name;

/// Macros whose body is text or markup.
const TEXT: &[&str] =
    &["html", "view", "rsx", "json", "quote", "quote_spanned", "css", "stringify", "concat"];

impl Reader {
    pub(super) fn macro_call(&mut self, mac: &syn::Macro) {
        let Some(last) = mac.path.segments.last() else { return };
        self.mention(&mac.path, Use::Macro);
        match name(&last.ident).as_str() {
            "lazy_static" => self.lazy_static(mac),
            "thread_local" => self.thread_local(mac),
            "cfg_if" => self.cfg_if(mac.tokens.clone()),
            "cfg_select" => self.cfg_select(mac.tokens.clone()),
            "macro_rules" => {}
            named if TEXT.contains(&named) => self.tokens(mac.tokens.clone()),
            _ => self.any_macro(&mac.tokens),
        }
    }

    fn any_macro(&mut self, tokens: &TokenStream) {
        if tokens.is_empty() {
            return;
        }
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(list) = list.parse2(tokens.clone()) {
            list.iter().for_each(|expr| self.visit_expr(expr));
        } else if let Ok((first, second)) = repeated.parse2(tokens.clone()) {
            self.visit_expr(&first);
            self.visit_expr(&second);
        } else if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
            self.in_block(|reader| statements.iter().for_each(|stmt| reader.visit_stmt(stmt)));
        } else if let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
            self.items(&file.items);
        } else {
            self.tokens(tokens.clone());
        }
    }

    fn lazy_static(&mut self, mac: &syn::Macro) {
        match mac.parse_body::<Statics<true>>() {
            Ok(statics) => self.statics(&statics.0, false),
            Err(_) => self.tokens(mac.tokens.clone()),
        }
    }

    fn thread_local(&mut self, mac: &syn::Macro) {
        match mac.parse_body::<Statics<false>>() {
            Ok(statics) => self.statics(&statics.0, true),
            Err(_) => self.tokens(mac.tokens.clone()),
        }
    }

    fn statics(&mut self, statics: &[OneStatic], of_thread: bool) {
        for one in statics {
            self.gated(&one.attrs, |reader| reader.a_static(&one.ident, &one.kind, &one.value, of_thread));
        }
    }

    /// `unix => { .. } feature = ".." => { .. } _ => { .. }`
    fn cfg_select(&mut self, tokens: TokenStream) {
        let mut before: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let TokenTree::Group(group) = &token else {
                before.push(token);
                continue;
            };
            if group.delimiter() != Delimiter::Brace {
                before.push(token);
                continue;
            }
            let arrow = before
                .iter()
                .position(|token| matches!(token, TokenTree::Punct(one) if one.as_char() == '>'));
            let condition =
                before.get(..arrow.unwrap_or(0).saturating_sub(1)).unwrap_or_default().iter().cloned();
            let meta = syn::parse2::<syn::Meta>(condition.collect());
            let conditions = meta.map_or(Some(Vec::new()), |meta| attributes::of(&meta, false));
            if let Some(conditions) = conditions {
                self.within(
                    |at| at.conditions.extend(conditions),
                    |reader| reader.items_or_any(&group.stream()),
                );
            }
            before.clear();
        }
    }

    fn items_or_any(&mut self, tokens: &TokenStream) {
        match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(file) => self.items(&file.items),
            Err(_) => self.any_macro(tokens),
        }
    }

    /// `if #[cfg(..)] { .. } else if #[cfg(..)] { .. } else { .. }`
    fn cfg_if(&mut self, tokens: TokenStream) {
        let mut conditions = Some(Vec::new());
        for token in tokens {
            let TokenTree::Group(group) = token else { continue };
            if group.delimiter() == Delimiter::Bracket {
                let attribute = quoted(&group);
                conditions = attribute.map_or(Some(Vec::new()), |list| attributes::conditions(&list));
            } else if group.delimiter() == Delimiter::Brace {
                if let Some(conditions) = conditions {
                    self.within(
                        |at| at.conditions.extend(conditions),
                        |reader| reader.items_or_any(&group.stream()),
                    );
                }
                conditions = Some(Vec::new());
            }
        }
    }
}

/// `#` and the brackets as an attribute.
fn quoted(group: &proc_macro2::Group) -> Option<Vec<Attribute>> {
    let hash = TokenTree::Punct(proc_macro2::Punct::new('#', proc_macro2::Spacing::Alone));
    let tokens: TokenStream = [hash, TokenTree::Group(group.clone())].into_iter().collect();
    Attribute::parse_outer.parse2(tokens).ok()
}

/// `value; length`
fn repeated(input: ParseStream<'_>) -> syn::Result<(Expr, Expr)> {
    let first = input.parse()?;
    input.parse::<Token![;]>()?;
    Ok((first, input.parse()?))
}

struct OneStatic {
    attrs: Vec<Attribute>,
    ident: syn::Ident,
    kind: syn::Type,
    value: Expr,
}

/// `static ref A: B = c;` with `REF`, else `static A: B = c;`
struct Statics<const REF: bool>(Vec<OneStatic>);

impl<const REF: bool> Parse for Statics<REF> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            let attrs = input.call(Attribute::parse_outer)?;
            input.parse::<syn::Visibility>()?;
            input.parse::<Token![static]>()?;
            if REF {
                input.parse::<Token![ref]>()?;
            }
            let ident = input.parse()?;
            input.parse::<Token![:]>()?;
            let kind = input.parse()?;
            input.parse::<Token![=]>()?;
            let value = input.parse()?;
            all.push(OneStatic { attrs, ident, kind, value });
            if input.is_empty() {
                break;
            }
            input.parse::<Token![;]>()?;
        }
        Ok(Self(all))
    }
}
