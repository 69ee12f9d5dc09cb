//! The directory of a zip archive, read from its raw bytes and not trusted.

/// One file of an archive.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// Its path, with forward slashes.
    pub name: String,
    /// Its bytes in the archive.
    pub packed: std::ops::Range<usize>,
    /// Its size as declared.
    pub size: u64,
    /// Its check sum as declared.
    pub crc: u32,
    /// How it is packed.
    pub packing: Packing,
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Packing {
    /// As it is.
    Stored,
    /// Deflated.
    Deflated,
    /// With a password.
    Encrypted,
    /// Another way, which office programs do not use.
    Other,
}

/// More files than this is no workbook.
pub const MOST_ENTRIES: usize = 10_000;

/// The files of an archive; `None` where the directory is missing, damaged or too long.
pub fn read(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = end_record(bytes)?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let mut at = u32_at(bytes, end + 16)? as usize;
    let many = count == 0xFFFF || at == 0xFFFF_FFFF;
    if many {
        at = far_directory(bytes, end)?;
    }
    let mut entries = Vec::new();
    while u32_at(bytes, at) == Some(0x0201_4B50) {
        if entries.len() >= MOST_ENTRIES {
            return None;
        }
        let (entry, next) = entry(bytes, at)?;
        entries.push(entry);
        at = next;
    }
    let whole = many || entries.len() == count;
    whole.then_some(entries)
}

/// The record at the archive's end, which a comment of at most 64 KiB may follow.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(0xFFFF);
    (first..=last)
        .rev()
        .find(|at| u32_at(bytes, *at) == Some(0x0605_4B50))
}

/// Where the directory of an archive of the large form begins.
fn far_directory(bytes: &[u8], end: usize) -> Option<usize> {
    let locator = end.checked_sub(20)?;
    if u32_at(bytes, locator)? != 0x0706_4B50 {
        return None;
    }
    let record = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
    if u32_at(bytes, record)? != 0x0606_4B50 {
        return None;
    }
    usize::try_from(u64_at(bytes, record.checked_add(48)?)?).ok()
}

fn entry(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    let flags = u16_at(bytes, at + 8)?;
    let method = u16_at(bytes, at + 10)?;
    let lengths = [28, 30, 32].map(|place| u16_at(bytes, at + place).map(usize::from));
    let [Some(name), Some(extra), Some(comment)] = lengths else {
        return None;
    };
    let name_bytes = bytes.get(at + 46..at + 46 + name)?;
    let extra_bytes = bytes.get(at + 46 + name..at + 46 + name + extra)?;
    let mut large = Large::of(extra_bytes);
    let size = large.or_small(u32_at(bytes, at + 24)?)?;
    let packed = usize::try_from(large.or_small(u32_at(bytes, at + 20)?)?).ok()?;
    let header = usize::try_from(large.or_small(u32_at(bytes, at + 42)?)?).ok()?;
    let local_lengths = (
        u16_at(bytes, header.checked_add(26)?)?,
        u16_at(bytes, header.checked_add(28)?)?,
    );
    if u32_at(bytes, header)? != 0x0403_4B50 {
        return None;
    }
    let start = header + 30 + usize::from(local_lengths.0) + usize::from(local_lengths.1);
    let end = start.checked_add(packed)?;
    bytes.get(start..end)?;
    let packing = match (flags & 1, method) {
        (1, _) => Packing::Encrypted,
        (_, 0) => Packing::Stored,
        (_, 8) => Packing::Deflated,
        _ => Packing::Other,
    };
    let entry = Entry {
        name: String::from_utf8_lossy(name_bytes).replace('\\', "/"),
        packed: start..end,
        size,
        crc: u32_at(bytes, at + 16)?,
        packing,
    };
    Some((entry, at + 46 + name + extra + comment))
}

/// Numbers of 64 bits that stand for those too large for 32, in order.
struct Large<'a>(&'a [u8]);

impl<'a> Large<'a> {
    fn of(mut extra: &'a [u8]) -> Self {
        while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let end = 4 + usize::from(length);
            let Some(field) = extra.get(4..end) else {
                break;
            };
            if id == 1 {
                return Self(field);
            }
            extra = extra.get(end..).unwrap_or(&[]);
        }
        Self(&[])
    }

    fn or_small(&mut self, small: u32) -> Option<u64> {
        if small != 0xFFFF_FFFF {
            return Some(u64::from(small));
        }
        let large = u64_at(self.0, 0)?;
        self.0 = self.0.get(8..).unwrap_or(&[]);
        Some(large)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
