//! The page's browser code.
