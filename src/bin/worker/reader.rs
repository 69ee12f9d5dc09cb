//! A file's bytes, piece by piece: as a stream where the browser has them, else in slices, and
//! unpacked where its first bytes say gzip.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use kept::engine::base::Error;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DomException, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair,
};

#[wasm_bindgen]
extern "C" {
    /// web-sys has it only behind a compiler flag that would hold for every package.
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    /// Likewise.
    type TransformStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(transformer: &Object) -> Result<TransformStream, JsValue>;

    /// A stream that may be one of bytes: only that gives a reader which fills our own memory.
    type ByteStream;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn filling_reader(this: &ByteStream, options: &Object) -> Result<FillingReader, JsValue>;

    /// Web-sys has it, but its `read` borrows our program's memory, which no stream may take over.
    type FillingReader;

    #[wasm_bindgen(method)]
    fn read(this: &FillingReader, room: &Uint8Array) -> Promise;

    #[wasm_bindgen(method)]
    fn cancel(this: &FillingReader) -> Promise;
}

/// Room for one piece of a stream of bytes. A stream gives what it has at hand, mostly less.
const ROOM_BYTES: u32 = 1_048_576;
const SLICE_BYTES: f64 = 8_388_608.0;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Reads one file from its beginning to its end.
pub struct Reader {
    way: Way,
    packed: Option<Count>,
}

/// Counts the bytes of a packed file on their way to being unpacked.
struct Count {
    bytes: Rc<Cell<f64>>,
    _heard: Closure<dyn FnMut(Uint8Array, JsValue)>,
}

enum Way {
    /// The stream fills our room, which goes back and forth: in Chromium a quarter of the work
    /// that a stream takes which makes room of its own for every piece.
    Filled {
        reader: FillingReader,
        room: Option<ArrayBuffer>,
    },
    Stream(ReadableStreamDefaultReader),
    Slices {
        blob: Blob,
        at: f64,
    },
}

impl Reader {
    /// Opens the file.
    ///
    /// # Errors
    /// `file_unreadable`, `gzip_unsupported`.
    pub async fn open(blob: &Blob) -> Result<Self, Error> {
        let is_packed = is_packed(blob)
            .await
            .map_err(|thrown| unreadable(&thrown))?;
        let streams = Reflect::get(blob, &JsValue::from_str("stream"))
            .is_ok_and(|member| member.is_instance_of::<Function>());
        let mut packed = None;
        let way = match (is_packed, streams) {
            (true, false) => return Err(no_gzip()),
            (true, true) => {
                let (stream, count) = unpacked(&blob.stream())?;
                packed = Some(count);
                Way::Stream(reader_of(&stream))
            }
            (false, true) => way_of(&blob.stream()),
            (false, false) => Way::Slices {
                blob: blob.clone(),
                at: 0.0,
            },
        };
        Ok(Self { way, packed })
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// `file_unreadable`, `gzip_broken`.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>, Error> {
        let read = match &mut self.way {
            Way::Filled { reader, room } => next_filled(reader, room).await,
            Way::Stream(reader) => piece_of(reader.read()).await,
            Way::Slices { blob, at } => next_slice(blob, at).await,
        };
        read.map_err(|thrown| {
            if self.packed.is_some() && !thrown.is_instance_of::<DomException>() {
                gzip_broken()
            } else {
                unreadable(&thrown)
            }
        })
    }

    /// Bytes taken from a packed file so far; absent for others, whose bytes come as they are.
    pub fn taken(&self) -> Option<f64> {
        self.packed.as_ref().map(|count| count.bytes.get())
    }

    /// Lets go of the file.
    pub fn close(self) {
        // Whether the rest could be discarded in order is of no interest to anyone.
        match self.way {
            Way::Filled { reader, .. } => drop(reader.cancel()),
            Way::Stream(reader) => drop(reader.cancel()),
            Way::Slices { .. } => {}
        }
    }
}

/// A stream of plain bytes, read into our own room where the browser can.
fn way_of(stream: &ReadableStream) -> Way {
    let options = Object::new();
    let set = Reflect::set(&options, &"mode".into(), &"byob".into());
    debug_assert!(set.is_ok(), "an object of our own takes properties");
    match stream
        .unchecked_ref::<ByteStream>()
        .filling_reader(&options)
    {
        Ok(reader) => Way::Filled { reader, room: None },
        Err(_not_of_bytes) => Way::Stream(reader_of(stream)),
    }
}

/// The next bytes of a stream that fills our room. They stand there until the next are asked for.
async fn next_filled(
    reader: &FillingReader,
    room: &mut Option<ArrayBuffer>,
) -> Result<Option<Uint8Array>, JsValue> {
    let own = room.take().unwrap_or_else(|| ArrayBuffer::new(ROOM_BYTES));
    let piece = piece_of(reader.read(&Uint8Array::new(&own))).await?;
    *room = piece.as_ref().map(Uint8Array::buffer);
    Ok(piece)
}

/// What a reader read; `None` at the end.
async fn piece_of(read: Promise) -> Result<Option<Uint8Array>, JsValue> {
    let result = JsFuture::from(read).await?;
    if Reflect::get(&result, &JsValue::from_str("done"))?.is_truthy() {
        return Ok(None);
    }
    Reflect::get(&result, &JsValue::from_str("value"))?
        .dyn_into()
        .map(Some)
}

async fn next_slice(blob: &Blob, at: &mut f64) -> Result<Option<Uint8Array>, JsValue> {
    if *at >= blob.size() {
        return Ok(None);
    }
    let end = (*at + SLICE_BYTES).min(blob.size());
    let bytes = bytes_of(blob, *at, end).await?;
    *at = end;
    Ok(Some(bytes))
}

/// Bytes from the middle of a file; nothing where it is packed or can no longer be read.
pub async fn range_of(blob: &Blob, start: u64, end: u64) -> Option<Vec<u8>> {
    if is_packed(blob).await.unwrap_or(true) {
        return None;
    }
    let bytes = bytes_of(blob, start as f64, end as f64).await.ok()?;
    Some(bytes.to_vec())
}

async fn is_packed(blob: &Blob) -> Result<bool, JsValue> {
    let head = bytes_of(blob, 0.0, 2.0).await?;
    Ok(head.to_vec() == GZIP_MAGIC)
}

async fn bytes_of(blob: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let slice = blob.slice_with_f64_and_f64(start, end)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

fn reader_of(stream: &ReadableStream) -> ReadableStreamDefaultReader {
    stream.get_reader().unchecked_into()
}

/// The unpacked stream, and a count of what was taken from the packed one.
fn unpacked(stream: &ReadableStream) -> Result<(ReadableStream, Count), Error> {
    let unpacker = DecompressionStream::new("gzip").map_err(|_missing| no_gzip())?;
    let bytes = Rc::new(Cell::new(0.0));
    let counted = Rc::clone(&bytes);
    let heard = Closure::<dyn FnMut(Uint8Array, JsValue)>::new(move |chunk: Uint8Array, to| {
        counted.set(counted.get() + f64::from(chunk.byte_length()));
        let enqueue = Reflect::get(&to, &JsValue::from_str("enqueue"));
        if let Ok(enqueue) = enqueue.and_then(wasm_bindgen::JsCast::dyn_into::<Function>) {
            // A stream that takes no more has been cancelled.
            drop(enqueue.call1(&to, &chunk));
        }
    });
    let transformer = Object::new();
    let set = Reflect::set(&transformer, &"transform".into(), heard.as_ref());
    debug_assert!(set.is_ok(), "an object of our own takes properties");
    let counter = TransformStream::new(&transformer).map_err(|_missing| no_gzip())?;
    let unpacked = stream
        .pipe_through(counter.unchecked_ref::<ReadableWritablePair>())
        .pipe_through(unpacker.unchecked_ref::<ReadableWritablePair>());
    let count = Count {
        bytes,
        _heard: heard,
    };
    Ok((unpacked, count))
}

fn no_gzip() -> Error {
    Error::new(
        "gzip_unsupported",
        "The file is packed with gzip, and this browser cannot unpack it.",
        "Unpack the file first, or use a newer browser.",
    )
}

fn gzip_broken() -> Error {
    Error::new(
        "gzip_broken",
        "The file begins like a gzip file but could not be unpacked to its end.",
        "Pack it again, or unpack it first and load the table itself.",
    )
}

fn unreadable(thrown: &JsValue) -> Error {
    let name = thrown.dyn_ref::<DomException>().map(DomException::name);
    let message = match name.as_deref() {
        Some("NotFoundError") => {
            "The file is no longer where it was, so it could not be read to its end."
        }
        Some("NotReadableError") => {
            "The file was changed, moved or deleted while it was being read, or may not be read."
        }
        _ => "The file could not be read to its end.",
    };
    Error::new(
        "file_unreadable",
        message,
        "Check that the file is still there and not open in another program, then choose it again.",
    )
}
