//! Which bytes of a file hold a row, and the records in them.

use std::collections::VecDeque;

use super::cells::Written;
use super::pick::Picked;
use crate::engine::ingest::reread::{place_of, rows_from};
use crate::engine::table::{Checkpoint, Table};

/// Rows between two checkpoints of a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Block {
    /// Where the first begins.
    pub from: Checkpoint,
    /// Where the last ends.
    pub to: Checkpoint,
}

/// More bytes than this are not read for the sake of a few rows.
const MOST_BYTES: u64 = 64 << 20;

/// The blocks that hold these rows, in order. Rows that cannot be read back are in none.
pub fn blocks(table: &Table, picked: &Picked) -> VecDeque<Block> {
    let mut blocks: VecDeque<Block> = VecDeque::new();
    for (row, _) in &picked.rows {
        if blocks.back().is_some_and(|block| *row < block.to.row) {
            continue;
        }
        blocks.extend(block_of(table, *row));
    }
    blocks
}

/// The block that holds the row; absent where the file cannot be read from the middle.
fn block_of(table: &Table, row: u32) -> Option<Block> {
    let from = place_of(table, row)?;
    let next = table
        .checkpoints
        .partition_point(|checkpoint| checkpoint.row <= row);
    let to = *table.checkpoints.get(next)?;
    (to.byte - from.byte <= MOST_BYTES).then_some(Block { from, to })
}

/// The records of a block, by row.
pub fn records(table: &Table, block: Block, bytes: &[u8]) -> Vec<(u32, Written)> {
    let wanted = block.from.row..block.to.row;
    rows_from(table, block.from, bytes, true, wanted)
        .into_iter()
        .map(|row| {
            let written = Written {
                line: row.line,
                byte: block.from.byte + row.span.start as u64,
                cells: row.cells,
                raw: row.record,
            };
            (row.row, written)
        })
        .collect()
}

/// The line of the file on which a row begins, where that follows without reading: where each row
/// of its block takes one line.
pub fn line_of(table: &Table, row: u32) -> Option<u64> {
    let block = block_of(table, row)?;
    let (rows, lines) = (
        u64::from(block.to.row - block.from.row),
        block.to.line - block.from.line,
    );
    (rows == lines).then(|| block.from.line + u64::from(row - block.from.row))
}
