//! Apps in folders of their own, and the real program run on them.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// A run that takes longer hangs: no input may do that.
const HANGS_AFTER: Duration = Duration::from_secs(20);

pub const COMPOSER: &str = r#"{"require": {"php": "^8.2", "laravel/framework": "^12.0"}}"#;
pub const BOOTSTRAP: &str = "<?php\n\nuse Illuminate\\Foundation\\Application;\n\n\
    return Application::configure(basePath: dirname(__DIR__))->create();\n";
pub const SESSION: &str = "<?php\n\nreturn [\n    'driver' => env('SESSION_DRIVER', 'database'),\n];\n";

/// A temporary folder, gone when it is dropped.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A small Laravel 12 app.
    pub fn laravel() -> Self {
        Self::new()
            .file("composer.json", COMPOSER)
            .file("artisan", "#!/usr/bin/env php\n<?php\n")
            .file("bootstrap/app.php", BOOTSTRAP)
            .file(".env", "APP_ENV=production\nSESSION_DRIVER=file\n")
            .file("config/session.php", SESSION)
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    pub fn file(self, relative: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(relative, content);
        self
    }

    pub fn write(&self, relative: &str, content: impl AsRef<[u8]>) {
        let path = self.0.path().join(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn without(self, relative: &str) -> Self {
        fs::remove_file(self.0.path().join(relative)).unwrap();
        self
    }

    pub fn link(self, target: impl AsRef<Path>, relative: &str) -> Self {
        let path = self.0.path().join(relative);
        let _ = fs::remove_file(&path);
        std::os::unix::fs::symlink(target, path).unwrap();
        self
    }

    /// The program, to be started in this folder with an environment that says nothing.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unstick"));
        command
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        let mut command = self.command();
        command.args(arguments);
        finish(command)
    }

    /// `check --format json`.
    pub fn check(&self) -> Json {
        self.run(&["check", "--format", "json"]).json()
    }
}

/// What a run left.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    /// How it was called, for messages.
    pub call: String,
}

impl Run {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in the output of {self:#?}"))
    }

    /// Both outputs.
    pub fn all(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }

    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "the exit code of {self:#?}");
        self
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.all().contains(words), "`{words}` is not said: {self:#?}");
        self
    }
}

/// Waits for a run; panics when it hangs, panics or dies.
#[track_caller]
pub fn finish(mut command: Command) -> Run {
    let call = command.get_args().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join(" ");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let out = drain(child.stdout.take());
    let err = drain(child.stderr.take());
    let status = wait(&mut child, &call);
    let run = Run { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap(), call };
    assert!(run.code.is_some(), "killed by a signal: {status} {run:#?}");
    assert!(!run.err.contains("a fault of ours"), "{run:#?}");
    assert_ne!(run.code, Some(70), "{run:#?}");
    run
}

#[track_caller]
pub fn wait(child: &mut Child, call: &str) -> std::process::ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > HANGS_AFTER {
            let _ = child.kill();
            let _ = child.wait();
            panic!("hangs: unstick {call}");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).unwrap();
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
