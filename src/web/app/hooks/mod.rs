//! Hooks: the only doors of the screens to the world outside the reactive graph.
//!
//! Takes: nodes of the element and closures. Gives: effects that end with their owner.
//! Never: leaves a listener or observer behind.
//! Start at [`canvas::use_chart`].

pub mod canvas;
pub mod clock;
pub mod cursor;
pub mod download;
pub mod drop_files;
pub mod file_list;
pub mod focus;
pub mod listener;
pub mod page_start;
pub mod paint_queue;
pub mod requests;
pub mod resize;
pub mod stored;
pub mod theme;
