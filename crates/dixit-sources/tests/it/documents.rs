//! JSON documents: records found by their shape.
