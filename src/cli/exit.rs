use std::io;
use std::process::ExitCode;

/// How the program ends. Other people's scripts depend on these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Nothing at or above the threshold.
    Clean,
    /// Findings.
    Findings,
    /// Bad usage.
    Usage,
    /// Nothing to check, or something could not be read.
    Unread,
    /// A fault of ours.
    Fault,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(match code {
            Code::Clean => 0,
            Code::Findings => 1,
            Code::Usage => 2,
            Code::Unread => 3,
            Code::Fault => 70,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The arguments do not fit.
    #[error("{0}")]
    Usage(String),
    /// Output could not be written.
    #[error("could not write {0}: {1}")]
    Write(String, io::Error),
}

impl Failure {
    /// Says it on standard error. A reader that closed the pipe is no failure.
    pub fn report(self) -> Code {
        match self {
            Self::Write(_, error) if error.kind() == io::ErrorKind::BrokenPipe => Code::Clean,
            failure => {
                super::output::say(&failure.to_string());
                match failure {
                    Self::Usage(_) => Code::Usage,
                    Self::Write(..) => Code::Unread,
                }
            }
        }
    }
}

/// Prints what clap has to say: help and version are no errors.
pub fn usage(error: &clap::Error) -> Code {
    // Nobody is left to tell when standard error is closed.
    let _ = error.print();
    if error.use_stderr() { Code::Usage } else { Code::Clean }
}
