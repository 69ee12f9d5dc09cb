//! See `claims::workbook`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::workbook::check(data));
