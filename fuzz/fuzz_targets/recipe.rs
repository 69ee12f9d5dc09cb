//! See `claims::recipe`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::recipe::check(data));
