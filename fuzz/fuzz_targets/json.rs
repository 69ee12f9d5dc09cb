//! See `claims::json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::json::check(data));
