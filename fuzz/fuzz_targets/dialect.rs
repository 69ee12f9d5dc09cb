//! See `claims::dialect`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::dialect::check(data));
