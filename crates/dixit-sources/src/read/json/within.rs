//! Records that lie within records: replies, each a statement of its own by whom it says.

use std::rc::Rc;

use serde_json::value::RawValue;

use super::fields::Outer;
use super::scan::At;
use super::walk::Walk;
use crate::read::record::{Members, Place};
use crate::read::{Flow, Sink};

/// A value of a record that is longer, and values beyond so many, do not hold for records within it.
const INHERITED_BYTES: usize = 1000;
const MOST_INHERITED: usize = 64;

impl Walk<'_, '_> {
    /// Takes the records that lie within a record: each is a statement of its own, by whom it says.
    pub(super) fn within(&mut self, way: usize, raw: &str, at: At, sink: &mut Sink<'_>) -> Flow {
        let begins = |inner: &str| inner.as_ptr() as usize - raw.as_ptr() as usize;
        let mut line = at;
        let mut open: Vec<(usize, &str, Rc<[Outer]>)> = vec![(way, raw, Rc::from([]))];
        let mut is_first = true;
        while let Some((way, value, mut outers)) = open.pop() {
            let is_own = std::mem::take(&mut is_first);
            let mut next = Vec::new();
            if value.starts_with('{')
                && let Ok(members) = serde_json::from_str::<Members<'_>>(value)
            {
                let place = at.byte + begins(value) as u64;
                if self.ways[way].record.is_some() {
                    // In the order of the file, so that each line end is counted once.
                    let passed = &raw.as_bytes()[(line.byte - at.byte) as usize..begins(value)];
                    line.line += memchr::memchr_iter(b'\n', passed).count() as u64;
                    line.byte = place;
                    if !is_own && self.reply(way, value, line, &members, &outers, sink) {
                        return Flow::Enough;
                    }
                    outers = inherited(&members, &outers, |inner| at.byte + begins(inner) as u64);
                }
                for (key, inner) in &members {
                    if let Some(way) = self.ways[way].by_key.get(key) {
                        next.push((*way, inner.get(), Rc::clone(&outers)));
                    }
                }
            } else if let Some(each) = self.ways[way].each
                && let Ok(values) = serde_json::from_str::<Vec<&RawValue>>(value)
            {
                next.extend(values.into_iter().map(|one| (each, one.get(), Rc::clone(&outers))));
            }
            next.sort_by_key(|(_, inner, _)| std::cmp::Reverse(begins(inner)));
            open.append(&mut next);
        }
        Flow::More
    }

    /// Takes one record within another; whether that was enough.
    fn reply(
        &mut self,
        way: usize,
        raw: &str,
        at: At,
        members: &Members<'_>,
        outers: &[Outer],
        sink: &mut Sink<'_>,
    ) -> bool {
        self.ordinal += 1;
        let place = Place {
            name: self.name,
            line: at.line,
            at: at.byte,
            len: raw.len() as u64,
            ordinal: self.ordinal,
            elsewhere: self.elsewhere,
        };
        self.found(way, raw, at, members, Some(outers), &place, sink) == Flow::Enough
    }
}

/// What a record says that may hold for those within it as well, and what those around it say: no
/// objects, which may be persons, and no texts.
fn inherited(members: &Members<'_>, around: &[Outer], begins: impl Fn(&str) -> u64) -> Rc<[Outer]> {
    let values = members.iter().map(|(key, value)| (key, value.get()));
    let short = values
        .filter(|(_, raw)| raw.len() <= INHERITED_BYTES && !raw.starts_with(['{', '[', 'n']))
        .map(|(key, raw)| Outer { key: key.clone(), raw: raw.to_owned(), at: begins(raw) });
    let further = around.iter().filter(|outer| !members.contains_key(&outer.key)).cloned();
    short.chain(further).take(MOST_INHERITED).collect()
}
