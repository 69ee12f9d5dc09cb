//! The program for a command line: `kept report FILE…`. Everything it does is in `kept::native`.

use std::process::ExitCode;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> ExitCode {
    kept::native::run(std::env::args().skip(1))
}

#[cfg(target_arch = "wasm32")]
fn main() -> ExitCode {
    ExitCode::FAILURE
}
