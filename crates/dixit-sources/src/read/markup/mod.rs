//! What the readers of marked-up formats share: a stream of tags and text with their places
//! ([`tokens`]), the words between tags ([`text`]), who has the floor ([`floor`]), statements with
//! their evidence ([`turn`]), and the way through a file ([`dialect`]).

mod dialect;
mod entities;
mod floor;
mod inline;
mod literal;
mod text;
mod tokens;
mod turn;

pub(in crate::read) use dialect::{Dialect, read};
pub(in crate::read) use floor::Floor;
pub(in crate::read) use literal::marks as literal_marks;
pub(in crate::read) use text::TextBuilder;
pub(in crate::read) use tokens::{Tag, Text, Token, Tokens};
pub(in crate::read) use turn::{Given, Out, Sitting, Speaker, Turn};
