//! What the shell's own words do to the commands around them.

/// What a word in the place of a program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// Another command follows at once: `!`, `time`.
    Skip,
    /// The condition of a block ends, and its commands follow: `then`, `do`.
    Then,
    /// Another condition of the same block: `elif`.
    ElseIf,
    /// What is run when no condition holds: `else`.
    Else,
    /// A block starts, and a command of it follows: `if`, `while`.
    Open,
    /// A block ends: `fi`, `done`, `esac`, `}`.
    Close,
    /// A block starts, and the rest of the line is no command: `for x in ..`.
    Loop,
    /// `case`
    Case,
    /// `function`
    Function,
    /// `{`
    Brace,
}

pub(super) fn keyword(word: &str) -> Option<Keyword> {
    Some(match word {
        "!" | "time" => Keyword::Skip,
        "then" | "do" => Keyword::Then,
        "elif" => Keyword::ElseIf,
        "else" => Keyword::Else,
        "if" | "while" | "until" => Keyword::Open,
        "fi" | "done" | "esac" | "}" => Keyword::Close,
        "for" | "select" => Keyword::Loop,
        "case" => Keyword::Case,
        "function" => Keyword::Function,
        "{" => Keyword::Brace,
        _ => return None,
    })
}
