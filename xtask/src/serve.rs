//! `cargo xtask serve`: builds and serves, with nothing installed beforehand but Rust.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use crate::commands::{Done, command, succeeds};
use crate::tools::{Shrinking, install_for_build, trunk};

/// What the user asked for.
pub(crate) struct Choices {
    port: u16,
    opening: bool,
    profile: Profile,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Profile {
    Release,
    Debug,
}

impl Choices {
    /// Reads `--port N`, `--open`, `--dev`.
    pub(crate) fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            port: 8080,
            opening: false,
            profile: Profile::Release,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--open" => choices.opening = true,
                "--dev" => choices.profile = Profile::Debug,
                "--port" => {
                    let port = words.next().and_then(|port| port.parse().ok());
                    choices.port = port.ok_or("--port needs a number from 1 to 65535")?;
                }
                other => return Err(format!("serve does not know {other}").into()),
            }
        }
        Ok(choices)
    }
}

/// Builds, serves, and builds again whenever a file changes.
pub(crate) fn serve(choices: &Choices) -> Done {
    let address = ("127.0.0.1", choices.port);
    if TcpListener::bind(address).is_err() {
        return Err(format!("port {} is taken; choose another with --port", choices.port).into());
    }
    install_for_build(Shrinking::IfPossible)?;
    println!("Building. The first time takes some minutes.");
    let mut trunk = trunk();
    trunk.args([
        "serve",
        "--locked",
        "--skip-version-check",
        "--no-autoreload",
    ]);
    // Apart from dist/, which holds what was released last.
    trunk.args([
        "--dist",
        "target/serve",
        "--port",
        &choices.port.to_string(),
    ]);
    if choices.profile == Profile::Release {
        trunk.arg("--release");
    }
    let mut server = trunk.spawn()?;
    let url = format!("http://127.0.0.1:{}/", choices.port);
    let mut told = false;
    loop {
        if let Some(status) = server.try_wait()? {
            return Err(format!("trunk ended ({status})").into());
        }
        if !told && TcpStream::connect(address).is_ok() {
            told = true;
            println!("\nKept is at {url}  (stop with Ctrl-C)");
            if choices.opening && !open_in_browser(&url) {
                println!("No browser could be opened from here.");
            }
        }
        std::thread::sleep(Duration::from_millis(300));
    }
}

fn open_in_browser(url: &str) -> bool {
    ["xdg-open", "open", "explorer"]
        .into_iter()
        .any(|opener| succeeds(command(opener).arg(url)))
}
