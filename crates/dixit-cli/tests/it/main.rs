//! The program as people run it: the real binary, in a folder and environment of its own.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

mod commands;
mod durability;
mod guide;
mod inspecting;
mod people;
mod sandbox;
mod vocabulary;
