//! See `claims::values`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::values::check(data));
