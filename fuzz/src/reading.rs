//! Reading bytes as the worker does, and what must hold of what comes of it.

use kept::engine::base::Error;
use kept::engine::ingest::{Finished, Reader, ReadingChoices};
use kept::engine::table::Table;

/// The tables in the bytes, which come in pieces of this size; read again where that is asked.
pub fn read(
    name: &str,
    bytes: &[u8],
    piece_bytes: usize,
    choices: &ReadingChoices,
) -> Result<Vec<Table>, Error> {
    let given = match read_once(name, bytes, piece_bytes, choices.clone())? {
        Finished::Tables(tables) => tables,
        Finished::ReadAgain(choices) => {
            let settled = ReadingChoices {
                settled: true,
                ..*choices
            };
            match read_once(name, bytes, piece_bytes, settled)? {
                Finished::Tables(tables) => tables,
                Finished::ReadAgain(_) => panic!("settled choices were not followed"),
            }
        }
    };
    Ok(given)
}

fn read_once(
    name: &str,
    bytes: &[u8],
    piece_bytes: usize,
    choices: ReadingChoices,
) -> Result<Finished, Error> {
    let mut reader = Reader::new(name, choices);
    for piece in bytes.chunks(piece_bytes.max(1)) {
        reader.feed(piece)?;
    }
    reader.finish()
}

/// An error says what and what to do; a table has rows, and every column a cell for each of them.
pub fn assert_honest(given: &Result<Vec<Table>, Error>) {
    match given {
        Ok(tables) => {
            assert!(!tables.is_empty(), "neither a table nor an error");
            for table in tables {
                for column in &table.columns {
                    assert_eq!(column.len(), table.rows as usize, "{}", column.name);
                }
                assert!(table.spoilt.iter().all(|(row, _)| *row < table.rows));
                let width = table.columns.len();
                assert!(table.preview.iter().all(|row| row.len() == width));
            }
        }
        Err(error) => {
            assert!(!error.code.is_empty() && !error.hint.is_empty());
            assert!(error.message.len() > 10, "{error:?}");
        }
    }
}

/// The same tables or the same error, in full.
pub fn assert_same(one: &Result<Vec<Table>, Error>, other: &Result<Vec<Table>, Error>) {
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}
