//! See `claims::tokenizer`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::tokenizer::check(data));
