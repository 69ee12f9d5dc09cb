//! present.
