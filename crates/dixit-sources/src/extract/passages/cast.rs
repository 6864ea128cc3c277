//! Who is on stage: persons introduced so far, and to whom a later mention points back.

mod names;
mod office;
mod pronoun;

use std::ops::Range;

use dixit::{BasisKind, Person};

use super::super::Found;
use super::super::lexicon::flag;
use super::super::mentions::{Gender, Mention, Who, squeeze};
use super::super::prose::{Kind, Prose, lower_into};
use super::phrase::apposed_to_subject;
use super::{Reader, confidence};
use names::Names;

/// No more than so many mentions are looked back on, so that the work stays linear.
const LOOK_BACK: usize = 48;

/// A person of the text.
#[derive(Debug)]
pub(crate) struct Entity {
    /// The mention that introduced the person, with its offices.
    pub(crate) mention: Mention,
    gender: Option<Gender>,
    /// Known to be a person: has a full name or a title, or has spoken.
    sure: bool,
}

impl Entity {
    /// The person, as far as the introduction tells.
    pub(crate) fn person(&self, prose: &Prose<'_>) -> Person {
        self.mention.person(prose)
    }
}

#[derive(Debug)]
struct Sighting {
    sentence: u32,
    /// `None` for somebody whom the text does not name.
    entity: Option<usize>,
    /// The office, where that is all the text gives.
    role: Option<Range<usize>>,
    gender: Option<Gender>,
    /// A lone name that nothing introduced: perhaps no person.
    weak: bool,
    /// Begins its sentence, or stands right behind a quotation.
    leads: bool,
}

/// The persons of a text in the order of their introduction.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) entities: Vec<Entity>,
    names: Names,
    sightings: Vec<Sighting>,
    /// Who spoke last: in which sentence, and how many sightings there were by then.
    spoken: Option<(u32, usize, usize)>,
    /// Who spoke last to `him` or to `her`.
    addressed: Option<(usize, Gender)>,
    /// The last pronoun of a man and of a woman: its sentence and token.
    pronouns: [Option<(u32, usize)>; 2],
    /// The words of a name, and one of them in lower case, written anew for each.
    called: Vec<u32>,
    word: String,
}

/// To whom a source points.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) entity: Option<usize>,
    pub(crate) speaker: Option<Found<Person>>,
}

impl Cast {
    /// Takes note of a mention in the narrative. Answers the person, where it names one.
    pub(crate) fn see(&mut self, prose: &Prose<'_>, mention: &Mention) -> Option<usize> {
        let sentence = prose.tokens[mention.tokens.start].sentence;
        let entity = match mention.who {
            Who::Named => self.named(prose, mention),
            Who::Unnamed => None,
            Who::Office if !mention.possessive => {
                self.office(prose, mention).ok().flatten().map(|(index, _)| index)
            }
            _ => return None,
        };
        let gender = match entity {
            Some(index) => self.entities[index].gender,
            None => mention.gender,
        };
        let weak = entity.is_some_and(|index| !self.entities[index].sure);
        let start = mention.tokens.start;
        let leads = start == 0 || {
            let before = &prose.tokens[start - 1];
            before.sentence != sentence
                || before.kind == Kind::Close
                || apposed_to_subject(prose, start)
        };
        let is_office = mention.who == Who::Office && mention.definite && entity.is_none();
        let role = mention.role.clone().filter(|_| is_office);
        self.sightings.push(Sighting { sentence, entity, role, gender, weak, leads });
        entity
    }

    /// The one person with a full name that ends in the lone name of another.
    fn full_name_of(&self, index: usize) -> Option<usize> {
        let [word] = *self.names.words_of(index) else { return None };
        let mut fitting = self.names.bearers(word).filter(|other| {
            let known = self.names.words_of(*other);
            known.len() > 1
                && known.last() == Some(&word)
                && !clash(self.entities[*other].gender, self.entities[index].gender)
        });
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found)
    }

    fn named(&mut self, prose: &Prose<'_>, mention: &Mention) -> Option<usize> {
        let name = mention.name.clone()?;
        let mut called = std::mem::take(&mut self.called);
        called.clear();
        for token in prose.tokens[name.clone()].iter().filter(|token| token.is_capital()) {
            self.word.clear();
            lower_into(&prose.text[token.start..token.end], &mut self.word);
            called.push(self.names.number_or_add(&self.word));
        }
        let entity = self.entity_of(prose, mention, &called);
        self.called = called;
        entity
    }

    /// The person of a name, given by its words.
    fn entity_of(&mut self, prose: &Prose<'_>, mention: &Mention, called: &[u32]) -> Option<usize> {
        let (first, last) = (*called.first()?, *called.last()?);
        let full = called.len() > 1;
        if let Some(index) = self.names.person_called(called) {
            let clash = clash(self.entities[index].gender, mention.gender);
            if !clash && (full || self.names.bearers(last).nth(1).is_none()) {
                self.learn(prose, index, mention);
                return Some(index);
            }
        }
        if full {
            let same = self.names.bearers(last).find(|index| {
                matches!(self.names.words_of(*index), [one, .., other] if (*one, *other) == (first, last))
            });
            if let Some(index) = same {
                self.names.call(called, index);
                self.learn(prose, index, mention);
                return Some(index);
            }
        } else {
            let fitting: Vec<usize> = self
                .names
                .bearers(last)
                .filter(|index| !clash(self.entities[*index].gender, mention.gender))
                .take(3)
                .collect();
            // As a family name sooner than as a given one.
            if let [one, other, ..] = fitting[..]
                && self.swapped(one, other)
            {
                return None;
            }
            let family = |index: &&usize| self.names.words_of(**index).last() == Some(&last);
            let mut families = fitting.iter().filter(family).copied();
            let only = match (fitting.len(), families.next(), families.next()) {
                (1, ..) => fitting.first().copied(),
                (_, only, None) => only,
                _ => None,
            };
            match (only, fitting.len()) {
                (Some(index), _) => {
                    self.learn(prose, index, mention);
                    return Some(index);
                }
                (None, 1..) => return None,
                (None, 0) => {}
            }
        }
        let sure = full || mention.titled;
        let index = self.names.add(called);
        debug_assert_eq!(index, self.entities.len());
        self.entities.push(Entity { mention: mention.clone(), gender: mention.gender, sure });
        Some(index)
    }

    /// Whether two persons bear the same words in another order: which is the family name is not told.
    fn swapped(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.names.words_of(one), self.names.words_of(other));
        one.len() == other.len() && one != other && one.iter().all(|word| other.contains(word))
    }

    /// What a later mention adds: an office that the first did not give.
    fn learn(&mut self, prose: &Prose<'_>, index: usize, mention: &Mention) {
        let entity = &mut self.entities[index];
        entity.gender = entity.gender.or(mention.gender);
        let full = mention.name_words(prose) > 1 && mention.role.is_some();
        if full && entity.mention.role.is_none() {
            entity.mention = mention.clone();
        }
    }

    /// Takes note of who is said to have spoken; `None` for somebody of whom that is not known.
    pub(crate) fn spoke(&mut self, sentence: u32, entity: Option<usize>, to: Option<Gender>) {
        self.addressed = entity.zip(to);
        self.spoken = entity.map(|entity| (sentence, entity, self.sightings.len()));
    }

    /// To whom the source of an attribution points. The mention has been seen already.
    pub(crate) fn resolve(
        &mut self,
        prose: &Prose<'_>,
        mention: &Mention,
        entity: Option<usize>,
    ) -> Resolved {
        let here = prose.bytes(mention.name.clone().unwrap_or_else(|| mention.tokens.clone()));
        let sentence = prose.tokens[mention.tokens.start].sentence;
        let nobody = Resolved { entity: None, speaker: None };
        if mention.possessive {
            return nobody;
        }
        match mention.who {
            Who::Named => {
                let Some(index) = entity else { return nobody };
                self.entities[index].sure = true;
                let known = &self.entities[index];
                let introduced = known.mention.tokens == mention.tokens;
                let words = mention.name_words(prose);
                let rule = match (introduced || words > 1, words > 1) {
                    (true, _) if words > 1 && known.mention.titled => "named-source",
                    (true, true) => "full-name",
                    (true, false) if mention.titled => "named-source",
                    (true, false) => "single-name",
                    (false, _) if known.mention.name_words(prose) > 1 => "short-name",
                    (false, _) if known.mention.titled => "short-name",
                    (false, _) => "single-name",
                };
                self.found(prose, index, &here, rule)
            }
            Who::He | Who::She => {
                let gender = if mention.who == Who::He { Gender::Male } else { Gender::Female };
                if pronoun::foreshadows(prose, mention.tokens.start) {
                    return nobody;
                }
                let spoke = || Some((self.who_spoke(sentence, gender)?, "pronoun-of-speaker"));
                let Some((index, rule)) = self.pronoun(sentence, gender).or_else(spoke) else {
                    return nobody;
                };
                let contradicted =
                    self.contradicted(index, sentence, gender) || self.spoke_to_one(index, gender);
                self.sightings.push(Sighting {
                    sentence,
                    entity: Some(index),
                    role: None,
                    gender: Some(gender),
                    weak: false,
                    leads: false,
                });
                let single = self.entities[index].mention.name_words(prose) < 2
                    && !self.entities[index].mention.titled;
                let rule = match () {
                    () if contradicted => "pronoun-contradicted",
                    () if single => "pronoun-of-single",
                    () => rule,
                };
                if matches!(rule, "pronoun" | "pronoun-near") {
                    self.entities[index].gender.get_or_insert(gender);
                }
                self.found(prose, index, &here, rule)
            }
            Who::Office => match self.office(prose, mention) {
                Ok(Some((index, rule))) => self.found(prose, index, &here, rule),
                Ok(None) => unnamed(prose, mention, "office-without-name"),
                Err(()) => nobody,
            },
            Who::Body => {
                let mut bearers = self.surname(prose, mention);
                match (bearers.next(), bearers.next()) {
                    (None, _) => unnamed(prose, mention, "body"),
                    (Some(index), None) => self.found(prose, index, &here, "short-name"),
                    _ => nobody,
                }
            }
            // `Jordan said`, behind `Jordan Hall`
            Who::Country if self.bears(prose, mention).next().is_some() => nobody,
            Who::Country => unnamed(prose, mention, "country"),
            Who::They | Who::Own | Who::Unnamed | Who::Group => nobody,
        }
    }

    /// Who bears a lone word that could be a body's, too: `Park said`, behind `Helen Park`.
    fn surname(&self, prose: &Prose<'_>, mention: &Mention) -> impl Iterator<Item = usize> {
        let is_name = prose.tokens[mention.tokens.start].has(flag::ALSO_NAME);
        self.bears(prose, mention).filter(move |_| is_name)
    }

    /// Who has a lone word in the name.
    fn bears(&self, prose: &Prose<'_>, mention: &Mention) -> impl Iterator<Item = usize> {
        let word = match &prose.tokens[mention.tokens.clone()] {
            [token] => {
                let mut word = String::new();
                lower_into(&prose.text[token.start..token.end], &mut word);
                self.names.number(&word)
            }
            _ => None,
        };
        word.into_iter().flat_map(|word| self.names.bearers(word))
    }

    fn found(
        &self,
        prose: &Prose<'_>,
        index: usize,
        here: &Range<usize>,
        rule: &'static str,
    ) -> Resolved {
        let entity = &self.entities[index];
        let mut person = entity.person(prose);
        person.as_written = Some(squeeze(&prose.text[here.clone()]));
        let mut evidence = vec![here.clone()];
        let introduction = prose.bytes(entity.mention.tokens.clone());
        let name = person.name.clone().unwrap_or_default();
        let away = introduction.end <= here.start || introduction.start >= here.end;
        let note = away.then(|| format!("`{}` is {name}", squeeze(&prose.text[here.clone()])));
        if away {
            evidence.push(introduction);
        } else {
            evidence = vec![introduction];
        }
        let kind = if away { BasisKind::Inferred } else { BasisKind::Extracted };
        let confidence = confidence::who(rule);
        let speaker = Found { value: person, evidence, kind, rule, confidence, note };
        Resolved { entity: Some(index), speaker: Some(speaker) }
    }
}

impl Reader<'_, '_> {
    /// `Roe said` in a headline, and `Jane Roe` further on: one person, when only one bears the name.
    pub(super) fn named_later(&mut self) {
        for (passage, entity) in &mut self.passages {
            let (Some(index), Some(speaker)) = (*entity, &mut passage.speaker) else { continue };
            let Some(full) = self.cast.full_name_of(index) else { continue };
            let known = &self.cast.entities[full];
            let introduction = self.prose.bytes(known.mention.tokens.clone());
            let as_written = speaker.value.as_written.take();
            let person = known.person(self.prose);
            let name = person.name.clone().unwrap_or_default();
            let written = as_written.as_deref().unwrap_or_default();
            speaker.note = Some(format!("`{written}` is {name}, named further on"));
            speaker.value = Person { as_written, ..person };
            speaker.evidence.truncate(1);
            speaker.evidence.push(introduction);
            speaker.kind = BasisKind::Inferred;
            let known = match speaker.rule {
                "single-name" => "later-name",
                "pronoun-of-single" => "pronoun-doubtful",
                rule => rule,
            };
            let was = confidence::who(speaker.rule).max(f64::EPSILON);
            speaker.confidence *= confidence::who(known) / was;
            speaker.rule = known;
            *entity = Some(full);
        }
    }
}

fn unnamed(prose: &Prose<'_>, mention: &Mention, rule: &'static str) -> Resolved {
    let speaker = Found {
        value: mention.person(prose),
        evidence: vec![prose.bytes(mention.tokens.clone())],
        kind: BasisKind::Extracted,
        rule,
        confidence: confidence::who(rule),
        note: None,
    };
    Resolved { entity: None, speaker: Some(speaker) }
}

fn clash(one: Option<Gender>, other: Option<Gender>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
