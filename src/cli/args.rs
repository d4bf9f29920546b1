use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Finds what pins an app to one server: sessions, caches, files and logs that break behind a load balancer.
#[derive(Debug, Parser)]
#[command(name = "unstick", version, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// The command; without one, `check`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Arguments of `check`.
    #[command(flatten)]
    pub check: Check,
}

const AFTER_HELP: &str = "\
Exit codes: 0 nothing found, 1 findings, 2 bad usage, 3 nothing to check or something could not be read, 70 a fault of ours.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report state that is kept on one server (the default)
    Check(Check),
    /// Edit the env file so that state is shared
    Fix(Fix),
    /// Show where each app keeps its state
    State(State),
    /// Show effective settings, with --key also how they came about
    Config(Config),
    /// Show the variables of each environment and where they come from
    Env(Env),
    /// Explain a rule, or find one by its symptom
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What to look at.
#[derive(Debug, Args)]
pub struct Paths {
    /// Folders of apps, or of repositories that hold apps
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
}

/// Which environment is judged.
#[derive(Debug, Args)]
pub struct Environment {
    /// Judge the environment of this name (repeatable)
    #[arg(long = "env", value_name = "NAME", help_heading = "Environment")]
    pub names: Vec<String>,
    /// Judge the config with just this env file (repeatable)
    #[arg(long = "env-file", value_name = "FILE", conflicts_with_all = ["names", "no_env_file"], help_heading = "Environment")]
    pub files: Vec<PathBuf>,
    /// Judge the config without any env file
    #[arg(long, conflicts_with = "names", help_heading = "Environment")]
    pub no_env_file: bool,
    /// Set a variable over every env file (repeatable)
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Environment")]
    pub set: Vec<String>,
    /// Take the variables of this process too, as where the app runs
    #[arg(long, help_heading = "Environment")]
    pub process_env: bool,
}

/// Whether a terminal's colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// What to look at.
    #[command(flatten)]
    pub paths: Paths,
    /// Which environment is judged.
    #[command(flatten)]
    pub environment: Environment,
    /// Format of the report
    #[arg(long, value_enum, default_value = "text", help_heading = "Report")]
    pub format: Format,
    /// Write a report to a file too (repeatable)
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = format_file, help_heading = "Report")]
    pub outputs: Vec<(Format, PathBuf)>,
    /// Colours in the report
    #[arg(long = "color", value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Report")]
    pub colour: Colour,
    /// What counts.
    #[command(flatten)]
    pub judgement: Judgement,
}

/// Which findings count, and which make a run fail.
#[derive(Debug, Args)]
pub struct Judgement {
    /// Fail on findings of at least this severity
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY", help_heading = "Judgement")]
    pub fail_on: FailOn,
    /// Leave out findings below this confidence
    #[arg(long, value_enum, default_value = "low", value_name = "CONFIDENCE", help_heading = "Judgement")]
    pub min_confidence: Sureness,
    /// Only these rules (repeatable)
    #[arg(long = "rule", value_name = "RULE", help_heading = "Judgement")]
    pub only: Vec<String>,
    /// Not these rules (repeatable)
    #[arg(long = "skip", value_name = "RULE", help_heading = "Judgement")]
    pub skip: Vec<String>,
}

/// `fix`
#[derive(Debug, Args)]
pub struct Fix {
    /// What to look at.
    #[command(flatten)]
    pub paths: Paths,
    /// Which environment is judged, and with it which env file is edited.
    #[command(flatten)]
    pub environment: Environment,
    /// Apply fixes too whose prerequisites are not proven
    #[arg(long = "unsafe", help_heading = "Fix")]
    pub unsafe_too: bool,
    /// Write nothing and print the differences; values that no fix is about are masked
    #[arg(long, help_heading = "Fix")]
    pub diff: bool,
    /// Do not ask, also on a terminal
    #[arg(long, short = 'y', help_heading = "Fix")]
    pub yes: bool,
    /// Keep the old text in a file beside it that only its owner may read
    #[arg(long, help_heading = "Fix")]
    pub backup: bool,
    /// Prefer a driver, everywhere or for one kind of state: `redis`, `session=database` (repeatable)
    #[arg(long = "to", value_name = "[STATE=]DRIVER", help_heading = "Fix")]
    pub to: Vec<String>,
    /// Format of the report
    #[arg(long, value_enum, default_value = "text", help_heading = "Report")]
    pub format: Simple,
    /// What counts.
    #[command(flatten)]
    pub judgement: Judgement,
}

/// `state`
#[derive(Debug, Args)]
pub struct State {
    /// What to look at.
    #[command(flatten)]
    pub paths: Paths,
    /// Which environment is judged.
    #[command(flatten)]
    pub environment: Environment,
    /// Format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Simple,
    /// Colours in the table
    #[arg(long = "color", value_enum, default_value = "auto", value_name = "WHEN")]
    pub colour: Colour,
}

/// `config`
#[derive(Debug, Args)]
pub struct Config {
    /// What to look at.
    #[command(flatten)]
    pub paths: Paths,
    /// Which environment is judged.
    #[command(flatten)]
    pub environment: Environment,
    /// Only this setting and those below it, with how each came about (repeatable)
    #[arg(long = "key", value_name = "KEY")]
    pub keys: Vec<String>,
    /// Show secrets in the clear
    #[arg(long)]
    pub show_secrets: bool,
    /// Format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Simple,
}

/// `env`
#[derive(Debug, Args)]
pub struct Env {
    /// What to look at.
    #[command(flatten)]
    pub paths: Paths,
    /// Which environment is judged.
    #[command(flatten)]
    pub environment: Environment,
    /// Show values in the clear
    #[arg(long)]
    pub show_secrets: bool,
    /// Format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Simple,
}

/// `explain`
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct Explain {
    /// The id of a rule
    #[arg(conflicts_with = "symptom", required_unless_present = "symptom")]
    pub rule: Option<String>,
    /// Find rules by what users see: "logged out on every second request"
    #[arg(long, value_name = "WORDS")]
    pub symptom: Option<String>,
    /// Format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Simple,
}

/// `rules`
#[derive(Debug, Args)]
pub struct Rules {
    /// Format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Simple,
}

/// Formats of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One line a finding.
    Concise,
    /// For programs.
    Json,
}

/// Formats of the other commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Simple {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// Nothing.
    Never,
}

/// How sure a finding must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sureness {
    /// Any.
    Low,
    /// Likely.
    Medium,
    /// Certain.
    High,
}

fn format_file(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("expected FORMAT=FILE")?;
    let format = Format::from_str(format, false)?;
    if file.is_empty() {
        return Err("expected FORMAT=FILE: the file is empty".to_owned());
    }
    Ok((format, file.into()))
}
