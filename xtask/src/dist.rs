//! `cargo xtask dist`: builds the release and says what is in it.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::commands::{Done, root, run};
use crate::tools::{Shrinking, install_for_build, trunk};
use crate::{licences, npm};

/// A file of `dist/` with its size in bytes, as it is and packed.
pub(crate) struct Size {
    /// Its name.
    pub(crate) name: String,
    /// As it is.
    pub(crate) raw_bytes: usize,
    /// With gzip.
    pub(crate) gzip_bytes: usize,
    /// With brotli.
    pub(crate) brotli_bytes: usize,
}

/// Builds `dist/`; gives the sizes of its files.
pub(crate) fn dist() -> Done<Vec<Size>> {
    install_for_build(Shrinking::Wanted)?;
    run(trunk().args([
        "build",
        "--release",
        "--locked",
        "--skip-version-check",
        "--dist",
        "dist",
    ]))?;
    complete()
}

/// Adds to what Trunk built what goes with it: licences, the package for npm, checksums and sizes.
pub(crate) fn complete() -> Done<Vec<Size>> {
    let licences = licences::collected()?;
    fs::write(root().join("dist/THIRD_PARTY_LICENSES.txt"), &licences)?;
    npm::pack(&licences)?;
    let sizes = describe()?;
    println!(
        "\n{:<32}{:>12}{:>12}{:>12}",
        "dist/", "raw", "gzip", "brotli"
    );
    for size in &sizes {
        println!(
            "{:<32}{:>12}{:>12}{:>12}",
            size.name, size.raw_bytes, size.gzip_bytes, size.brotli_bytes
        );
    }
    Ok(sizes)
}

/// Writes `SHA256SUMS` and `sizes.json`.
fn describe() -> Done<Vec<Size>> {
    let dir = root().join("dist");
    let mut names = Vec::new();
    for entry in fs::read_dir(&dir)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut sums = Vec::new();
    let mut sizes = Vec::new();
    for name in names {
        let bytes = fs::read(dir.join(&name))?;
        let sum = hexadecimal(&sha256(&bytes));
        sums.push(format!("{sum}  {name}\n"));
        // An archive is packed already.
        let packed = dir.join(&name).extension().is_some_and(|it| it == "tgz");
        sizes.push(Size {
            name,
            raw_bytes: bytes.len(),
            gzip_bytes: if packed {
                bytes.len()
            } else {
                gzipped(&bytes)?.len()
            },
            brotli_bytes: if packed {
                bytes.len()
            } else {
                brotlied(&bytes)?.len()
            },
        });
    }
    fs::write(dir.join("SHA256SUMS"), sums.concat())?;
    fs::write(dir.join("sizes.json"), json_of(&sizes))?;
    Ok(sizes)
}

fn json_of(sizes: &[Size]) -> String {
    let entries: Vec<String> = sizes
        .iter()
        .map(|size| {
            format!(
                "  \"{}\": {{ \"raw\": {}, \"gzip\": {}, \"brotli\": {} }}",
                size.name, size.raw_bytes, size.gzip_bytes, size.brotli_bytes
            )
        })
        .collect();
    format!("{{\n{}\n}}\n", entries.join(",\n"))
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// In hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16));
    bytes.iter().flat_map(digits).flatten().collect()
}

/// Packed with gzip at its best; the same bytes give the same result.
pub(crate) fn gzipped(bytes: &[u8]) -> Done<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotlied(bytes: &[u8]) -> Done<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 65_536, 11, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}
