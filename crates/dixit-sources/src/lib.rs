//! Published files to statements.
pub mod extract;
