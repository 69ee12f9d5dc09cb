//! Presents a checked workbook as an archive whose files are unpacked already, file by file, as
//! they are read.
//!
//! The reader of sheets therefore sees an archive that we wrote: no file can be larger than it is
//! declared to be, and every byte has passed [`Guard`].

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::{Decompress, FlushDecompress, Status};

use super::guard::{Guard, Seen};
use super::preflight;
use super::zip_directory::{Entry, Packing};

/// Bytes that are unpacked at once.
const PIECE: usize = 64 * 1024;

/// Blanks before the directory, so that looking for it unpacks no file.
const GAP: usize = 70 * 1024;

/// The archive as it is presented.
pub struct Parts {
    bytes: Rc<Vec<u8>>,
    segments: Vec<Segment>,
    length: u64,
    at: u64,
    open: Option<Open>,
    /// What was seen in the part that was read last.
    pub seen: Rc<Cell<Seen>>,
}

struct Segment {
    start: u64,
    length: u64,
    content: Content,
}

enum Content {
    Written(Vec<u8>),
    Unpacked(Entry),
}

/// A file that is being unpacked.
struct Open {
    segment: usize,
    inflate: Decompress,
    packed_at: usize,
    /// Bytes of the file; those before `safe` may be passed on.
    piece: Vec<u8>,
    safe: usize,
    /// Where in the file `piece` begins.
    piece_at: u64,
    ended: bool,
    guard: Guard,
}

impl Parts {
    /// The archive with these files.
    pub fn new(bytes: Rc<Vec<u8>>, entries: &[Entry]) -> Self {
        let mut parts = Self {
            bytes,
            segments: Vec::new(),
            length: 0,
            at: 0,
            open: None,
            seen: Rc::default(),
        };
        let mut directory = Vec::new();
        let mut count = 0_u16;
        for entry in entries.iter().filter(|entry| preflight::is_read(entry)) {
            let header_at = parts.length as u32;
            let fixed = fixed_part(entry);
            let mut header = b"PK\x03\x04".to_vec();
            header.extend_from_slice(&fixed);
            header.extend_from_slice(entry.name.as_bytes());
            parts.push(header.len() as u64, Content::Written(header));
            parts.push(entry.size, Content::Unpacked(entry.clone()));
            directory.extend_from_slice(b"PK\x01\x02\x14\x00");
            directory.extend_from_slice(&fixed);
            directory.extend_from_slice(&[0; 10]);
            directory.extend_from_slice(&header_at.to_le_bytes());
            directory.extend_from_slice(entry.name.as_bytes());
            count += 1;
        }
        parts.push(GAP as u64, Content::Written(vec![0; GAP]));
        let directory_at = parts.length as u32;
        let directory_length = directory.len() as u32;
        directory.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
        directory.extend_from_slice(&count.to_le_bytes());
        directory.extend_from_slice(&count.to_le_bytes());
        directory.extend_from_slice(&directory_length.to_le_bytes());
        directory.extend_from_slice(&directory_at.to_le_bytes());
        directory.extend_from_slice(&[0, 0]);
        parts.push(directory.len() as u64, Content::Written(directory));
        parts
    }

    fn push(&mut self, length: u64, content: Content) {
        self.segments.push(Segment {
            start: self.length,
            length,
            content,
        });
        self.length += length;
    }

    /// Bytes of an unpacked file from `offset` on.
    fn unpack(&mut self, segment: usize, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let fits = self
            .open
            .as_ref()
            .is_some_and(|open| open.segment == segment && open.piece_at <= offset);
        if !fits {
            self.open = Some(Open::new(segment));
        }
        let (Some(open), Some(Content::Unpacked(entry))) = (
            self.open.as_mut(),
            self.segments.get(segment).map(|one| &one.content),
        ) else {
            return Ok(0);
        };
        let packed = self.bytes.get(entry.packed.clone()).unwrap_or(&[]);
        loop {
            let within = (offset - open.piece_at) as usize;
            if within < open.safe {
                let ready = open.piece.get(within..open.safe).unwrap_or(&[]);
                let count = ready.len().min(into.len());
                if let (Some(from), Some(to)) = (ready.get(..count), into.get_mut(..count)) {
                    to.copy_from_slice(from);
                }
                return Ok(count);
            }
            if open.ended {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            open.more(entry, packed)?;
            self.seen.set(open.guard.seen);
        }
    }
}

impl Open {
    fn new(segment: usize) -> Self {
        Self {
            segment,
            inflate: Decompress::new(false),
            packed_at: 0,
            piece: Vec::new(),
            safe: 0,
            piece_at: 0,
            ended: false,
            guard: Guard::default(),
        }
    }

    /// Lets go of what was passed on and unpacks the next piece.
    fn more(&mut self, entry: &Entry, packed: &[u8]) -> io::Result<()> {
        self.piece.drain(..self.safe);
        self.piece_at += self.safe as u64;
        self.safe = 0;
        let rest = packed.get(self.packed_at..).unwrap_or(&[]);
        if entry.packing == Packing::Stored {
            let next = rest.get(..PIECE.min(rest.len())).unwrap_or(&[]);
            self.piece.extend_from_slice(next);
            self.packed_at += next.len();
            self.ended = next.is_empty();
        } else {
            let before = self.inflate.total_in();
            let held = self.piece.len();
            self.piece.reserve(PIECE);
            let status = self
                .inflate
                .decompress_vec(rest, &mut self.piece, FlushDecompress::None)
                .map_err(io::Error::other)?;
            let taken = (self.inflate.total_in() - before) as usize;
            self.packed_at += taken;
            let stuck = taken == 0 && self.piece.len() == held;
            self.ended = status == Status::StreamEnd || stuck;
        }
        if self.piece_at + self.piece.len() as u64 > entry.size {
            return Err(io::Error::other("a part is larger than it says"));
        }
        self.safe = self
            .guard
            .look(&mut self.piece, 0)
            .map_err(io::Error::other)?;
        if self.ended {
            self.safe = self.piece.len();
        }
        Ok(())
    }
}

impl Read for Parts {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let place = self
            .segments
            .partition_point(|segment| segment.start + segment.length <= self.at);
        let Some(segment) = self.segments.get(place) else {
            return Ok(0);
        };
        let offset = self.at - segment.start;
        let left = (segment.length - offset).min(into.len() as u64) as usize;
        let into = into.get_mut(..left).unwrap_or(&mut []);
        let count = match &segment.content {
            Content::Written(bytes) => {
                let from = bytes.get(offset as usize..).unwrap_or(&[]);
                let count = from.len().min(into.len());
                if let (Some(from), Some(to)) = (from.get(..count), into.get_mut(..count)) {
                    to.copy_from_slice(from);
                }
                count
            }
            Content::Unpacked(_) => self.unpack(place, offset, into)?,
        };
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Parts {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// What the header of a file and its entry in the directory have in common: an unpacked file
/// whose name says it is in UTF-8.
fn fixed_part(entry: &Entry) -> Vec<u8> {
    let mut fixed = vec![20, 0, 0, 8, 0, 0, 0, 0, 0, 0];
    fixed.extend_from_slice(&entry.crc.to_le_bytes());
    fixed.extend_from_slice(&(entry.size as u32).to_le_bytes());
    fixed.extend_from_slice(&(entry.size as u32).to_le_bytes());
    fixed.extend_from_slice(&(entry.name.len() as u16).to_le_bytes());
    fixed.extend_from_slice(&[0, 0]);
    fixed
}
