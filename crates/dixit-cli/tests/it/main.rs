//! The program as people run it: the real binary, in a folder and environment of its own.

mod commands;
mod sandbox;
