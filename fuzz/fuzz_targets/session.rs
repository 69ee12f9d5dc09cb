//! See `claims::session`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::session::check(data));
