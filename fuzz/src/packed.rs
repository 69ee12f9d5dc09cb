//! A ZIP archive without compression, so that a fuzzer reaches what is in it.

/// The parts by name and content.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let at = archive.len() as u32;
        let described = described(name, content);
        archive.extend(b"PK\x03\x04\x14\0");
        archive.extend(&described);
        archive.extend(name.as_bytes());
        archive.extend(*content);
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(&described);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, at) = (parts.len() as u16, archive.len() as u32);
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(at.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

/// Flags, method, time, sum, sizes and lengths, as both headers of a part have them.
fn described(name: &str, content: &[u8]) -> Vec<u8> {
    let size = (content.len() as u32).to_le_bytes();
    let mut fields = vec![0; 8];
    fields.extend(checksum(content).to_le_bytes());
    fields.extend(size);
    fields.extend(size);
    fields.extend((name.len() as u16).to_le_bytes());
    fields.extend([0; 2]);
    fields
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| {
        let low = sum & 1;
        (sum >> 1) ^ (0xEDB8_8320 * low)
    };
    !bytes
        .iter()
        .fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
