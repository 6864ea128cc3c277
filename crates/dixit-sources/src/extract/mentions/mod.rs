//! Mentions of persons, offices and bodies: `Norland's Foreign Ministry spokesperson Jane Roe`.
//!
//! A mention is read from left to right: country, body, office, title, name, and what follows the
//! name in apposition. Every part keeps the tokens on which it stands.

mod office;
mod reader;

use std::ops::Range;

use dixit::Person;

use super::lexicon::{Phrase, flag, lexicon};
use super::prose::{Case, Kind, Prose, Token};

/// What a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A person with a name.
    Named,
    /// An office without a name: `the minister`.
    Office,
    /// A body: `the Foreign Ministry`.
    Body,
    /// A country as an actor.
    Country,
    He,
    She,
    They,
    /// `I`, `we`, `you`.
    Own,
    /// One person without name or office: `a resident`.
    Unnamed,
    /// Several.
    Group,
}

/// Which pronoun fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// The country of a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Country {
    /// Index in the table; `None` for a name that stands where a country's would.
    pub(super) known: Option<usize>,
    /// Told by an adjective: `Norwegian`.
    pub(super) adjective: bool,
    pub(super) tokens: Range<usize>,
}

/// A mention and its parts, as token ranges.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    pub(super) who: Who,
    pub(super) name: Option<Range<usize>>,
    pub(super) role: Option<Range<usize>>,
    pub(super) body: Option<Range<usize>>,
    pub(super) country: Option<Country>,
    pub(super) gender: Option<Gender>,
    /// `the`, which points back.
    pub(super) definite: bool,
    /// Ends in a possessive: somebody's something follows.
    pub(super) possessive: bool,
    /// Has a title or an office before or behind the name.
    pub(super) titled: bool,
    /// Speaks for somebody else: `a spokesman for Ms. Roe`.
    pub(super) dependent: bool,
    /// Ends in an apposition, which a comma closes.
    pub(super) apposed: bool,
}

impl Mention {
    /// The person, as far as the mention tells.
    pub(super) fn person(&self, prose: &Prose<'_>) -> Person {
        let words = |tokens: &Range<usize>| squeeze(&prose.text[prose.bytes(tokens.clone())]);
        let named = self.name.as_ref().map(words);
        let as_written = match &self.name {
            Some(name) => words(name),
            None => words(&self.tokens),
        };
        let country = self.country.as_ref().map(|country| match country.known {
            Some(index) => lexicon().country(index).to_owned(),
            None => words(&country.tokens),
        });
        Person {
            name: named,
            as_written: Some(as_written),
            role: self.role.as_ref().map(words),
            affiliation: self.body.as_ref().map(words),
            country,
            ..Person::default()
        }
    }

    /// How many words the name has, without initials and small words.
    pub(super) fn name_words(&self, prose: &Prose<'_>) -> usize {
        let tokens = self.name.clone().map_or(&[][..], |name| &prose.tokens[name]);
        let full = |kind| matches!(kind, Kind::Word(Case::Title | Case::Upper | Case::Initial));
        tokens.iter().filter(|token| full(token.kind)).count()
    }
}

/// White space folded to single spaces, without what has no width and no meaning.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if word.is_ascii() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
            continue;
        }
        let mut is_first = true;
        for (at, c) in word.char_indices() {
            if is_unseen(c, &word[..at]) {
                continue;
            }
            if std::mem::take(&mut is_first) && !out.is_empty() {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
}

/// Whether nobody sees a character behind these: marks for line breaks, and joiners outside of the scripts
/// that write with them.
fn is_unseen(c: char, before: &str) -> bool {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        // Arabic, Indic and other scripts behind it are written with joiners, pictures too.
        '\u{200c}' | '\u{200d}' => before.chars().next_back().is_none_or(|c| c < '\u{590}'),
        _ => false,
    }
}

/// The longest phrase of the table at a token: what it is and where it ends.
fn phrase_at(prose: &Prose<'_>, at: usize, end: usize) -> Option<(Phrase, usize)> {
    let first = prose.tokens.get(at).filter(|first| at < end && first.has(flag::PHRASE))?;
    let word = first.word?;
    word.phrases.iter().find_map(|index| {
        let entry = &lexicon().phrases[*index];
        let stop = at + entry.words.len();
        let fits = stop <= end
            && entry.words.iter().zip(at..).all(|(word, token)| {
                let written = prose.text_of(token);
                let inner = token + 1 < stop && prose.tokens[token].possessive();
                // `People's Republic`: the possessive is part of the name.
                let written = if inner {
                    &prose.text[prose.tokens[token].start..prose.tokens[token].tail]
                } else {
                    written
                };
                same_word(word, written)
            });
        // A name is written with a capital; small words of a phrase need none.
        (fits && prose.tokens[at].is_capital()).then(|| (entry.what.clone(), stop))
    })
}

fn same_word(listed: &str, written: &str) -> bool {
    if listed.chars().any(char::is_lowercase) {
        if listed.is_ascii() && written.is_ascii() {
            listed.eq_ignore_ascii_case(written)
        } else {
            written.to_lowercase().replace('’', "'") == listed.replace('’', "'")
        }
    } else {
        listed == written
    }
}

struct Reader<'p, 'a> {
    prose: &'p Prose<'a>,
    end: usize,
    quote: u32,
}

/// Words that a mention may begin with in lower case.
const INTERESTING: u64 = flag::DETERMINER
    | flag::ROLE
    | flag::ROLE_MODIFIER
    | flag::ROLE_STATUS
    | flag::PERSON
    | flag::GROUP
    | flag::HE
    | flag::SHE
    | flag::THEY
    | flag::SELF
    | flag::BODY;

/// Whether a mention may begin with a token: with most none does.
#[inline]
pub(super) fn may_begin(first: &Token) -> bool {
    // `that` begins a clause here, not a noun phrase.
    first.is_word() && !first.has(flag::THAT) && (first.has(INTERESTING) || first.is_capital())
}

/// Reads the mention that begins at a token and ends before `end`, if there is one.
///
/// The words stand in one paragraph, and on one side of any quotation mark.
pub(super) fn read(prose: &Prose<'_>, at: usize, end: usize) -> Option<Mention> {
    let first = prose.tokens.get(at)?;
    if !may_begin(first) {
        return None;
    }
    // `the plan of`: most noun phrases are nobody, which two words tell.
    if first.has(flag::DETERMINER)
        && !first.has(flag::HE | flag::SHE | flag::SELF)
        && let Some(noun) = prose.tokens.get(at + 1)
        && noun.is_word()
        && !noun.is_capital()
        && noun.flags == 0
        && !first.has(INTERESTING & !flag::DETERMINER)
        && prose.tokens.get(at + 2).is_none_or(|next| {
            !next.has(flag::PERSON | flag::GROUP | flag::ROLE | flag::ROLE_MODIFIER)
        })
    {
        return None;
    }
    let reader = Reader { prose, end: end.min(prose.tokens.len()), quote: first.quote };
    reader.mention(at)
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn what_has_no_width_is_no_part_of_words() {
        assert_eq!(
            squeeze(" Jo \u{200b}Mu\u{ad}s\u{200d}ter\n \u{feff} Ro\u{200c}e\u{2060} "),
            "Jo Muster Roe"
        );
        // Persian, Hindi and pictures are written with joiners.
        for word in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🚀"] {
            assert_eq!(squeeze(word), word);
        }
        assert_eq!(squeeze("\u{200b}"), "");
    }
}
