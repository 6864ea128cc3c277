//! How a file sets off and writes its labels, and how much of it speaks for one.

use std::collections::HashMap;

use super::candidates::Ending;
use super::form::{Form, before_bracket, is_capitals};
use super::lines::{Line, What};

/// What a file's candidates with the same words have in common.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) form: Form,
    /// How its name is written.
    pub(super) hand: Hand,
    pub(super) count: i32,
    /// How many of them go on in small letters.
    pub(super) go_on: i32,
    /// How many stand under a blank line.
    pub(super) gaps: i32,
    pub(super) bold: i32,
    /// How many have behind them what ends as sentences do.
    pub(super) sentences: i32,
    pub(super) endings: [i32; Ending::COUNT],
    pub(super) in_head: bool,
    /// Whether it is how one addresses an office: `Mr. President`.
    pub(super) is_address: bool,
    /// Whether it is an office before a name that is a label of its own.
    pub(super) is_tied: bool,
    /// Whether it begins with a given name, and what stands before it ends as sentences do.
    pub(super) is_person: bool,
    pub(super) weight: i32,
}

impl Key {
    /// The ending that most of them have.
    pub(super) fn ending(&self) -> usize {
        let most =
            self.endings.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at));
        most.map_or(0, |(at, _)| at)
    }
}

/// How names are written in labels: a file keeps to one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// `Ada Rask`
    Names,
    /// `RASK`
    Capitals,
    /// `Ms. RASK`
    Titled,
    /// Without capitals, or no name.
    Other,
}

impl Hand {
    pub(super) const COUNT: usize = 4;

    pub(super) fn of(label: &str, form: Form) -> Self {
        match form {
            Form::Phrase | Form::Plain | Form::HanName | Form::HanEnding => Self::Other,
            Form::Asker | Form::Answerer | Form::Group => Self::Other,
            Form::Outlet => Self::Names,
            // A party in brackets is written as it likes.
            _ if !before_bracket(label).split(' ').any(is_capitals) => Self::Names,
            Form::Titled => Self::Titled,
            _ => Self::Capitals,
        }
    }
}

/// So many lines show in what way a file has its labels.
const SEVERAL: i32 = 4;

/// How a file sets off its labels.
pub(super) struct Style {
    /// Lines of clear labels by how they are set off.
    pub(super) support: [i32; Ending::COUNT],
    /// The same by how their names are written.
    pub(super) by_hand: [[i32; Ending::COUNT]; Hand::COUNT],
    pub(super) total: i32,
    /// Whether clear labels stand under blank lines.
    pub(super) has_gaps: bool,
    /// Whether most paragraphs of the file begin with what may be a label.
    pub(super) is_dense: bool,
    /// Whether two names come again alone on their lines: one alone is the head of each page.
    pub(super) has_bare: bool,
}

impl Style {
    /// The style of a file that has clear labels.
    pub(super) fn of(keys: &HashMap<&str, Key>, lines: &[Line]) -> Option<Self> {
        let mut support = [0; Ending::COUNT];
        let mut by_hand = [[0; Ending::COUNT]; Hand::COUNT];
        let (mut total, mut gaps) = (0, 0);
        for key in keys.values().filter(|key| key.is_clear()) {
            let hand = &mut by_hand[key.hand as usize];
            for (at, count) in key.endings.iter().enumerate() {
                support[at] += count;
                hand[at] += count;
            }
            total += key.count;
            gaps += key.gaps;
        }
        let words = lines.iter().filter(|line| line.what == What::Words);
        let (all, mut paragraphs) = (words.clone().count(), words.filter(|line| line.gap).count());
        let mut may_be: i32 = keys.values().map(|key| key.gaps).sum();
        // Without blank lines each line is a paragraph.
        if paragraphs * 5 < all {
            paragraphs = all;
            may_be = keys.values().map(|key| key.count).sum();
        }
        let is_dense = may_be >= 4 && may_be as usize * 10 >= paragraphs * 7;
        let bare = keys.values().filter(|key| {
            key.endings[Ending::Bare.index()] >= 2 && key.is_clear() && !key.is_address
        });
        let has_bare = bare.count() >= 2;
        (total > 0).then_some(Self {
            has_bare,
            is_dense,
            support,
            by_hand,
            total,
            has_gaps: gaps * 10 >= total * 8,
        })
    }

    /// Whether labels are set off in this way here: names alone on their lines and gaps of white space
    /// only where nothing else does it.
    pub(super) fn is_used(&self, ending: Ending, form: Form) -> bool {
        // `Q` and a gap or a stop is a label of its own; `A` only where it comes again.
        if matches!(ending, Ending::Gap | Ending::Stop) && form == Form::Asker {
            return true;
        }
        if ending == Ending::Bare && !self.has_bare {
            return false;
        }
        let support = self.support[ending.index()];
        let is_faint = matches!(ending, Ending::Bare | Ending::Bold | Ending::Dash | Ending::Stop)
            || ending == Ending::Gap && support < 2;
        support > 0 && (!is_faint || support * 3 >= self.total)
    }

    /// How much speaks for a label in this file.
    pub(super) fn weight(&self, key: &Key) -> i32 {
        let recurs = match key.count {
            1 => 0,
            2 => 1,
            3..=5 => 2,
            _ => 3,
        };
        let support = match key.hand {
            Hand::Other => self.support[key.ending()],
            // `ROE:` beside `MS. LIND:` is one; `UNESCO.` beside `Ms. LIND.` is a sentence.
            hand @ (Hand::Capitals | Hand::Titled) => {
                let other = match key.ending() == Ending::Stop.index() && hand == Hand::Capitals {
                    true => 0,
                    false => self.by_hand[Hand::Titled as usize][key.ending()],
                };
                let own = self.by_hand[Hand::Capitals as usize][key.ending()];
                own + other
            }
            hand => self.by_hand[hand as usize][key.ending()],
        };
        let own = if key.is_clear() { key.count } else { 0 };
        let fits = match support - own {
            i32::MIN..=1 => 0,
            2..=9 => 1,
            _ => 2,
        };
        // Of one word, or of a script without capitals, only what comes again is one.
        let fits = match key.form {
            Form::Word | Form::Plain | Form::Initials => fits.min(1),
            _ => fits,
        };
        let go_on = match key.go_on * 2 > key.count {
            true if key.form < Form::Group => 3,
            _ => 0,
        };
        let no_gap = i32::from(self.has_gaps && key.gaps * 2 < key.count);
        let no_gap = if key.form < Form::Group { no_gap * 2 } else { no_gap };
        let in_head = match (key.in_head, key.form) {
            (false, _) => 0,
            (true, Form::Word) => 1,
            (true, _) => 2,
        };
        // `Senator Ada Rask:` where the labels are like `MS. RASK:` is read out from something.
        let capitals = self.by_hand[Hand::Capitals as usize][key.ending()]
            + self.by_hand[Hand::Titled as usize][key.ending()];
        let names = self.by_hand[Hand::Names as usize][key.ending()] - own;
        let is_other =
            key.form == Form::Titled && key.hand == Hand::Names && capitals > 9 && names < 2;
        let go_on = go_on + i32::from(is_other);
        // Bold sets it off, and so does a file in which nearly all paragraphs begin so.
        let is_bold = key.bold * 2 > key.count;
        // A file keeps to one hand; where labels are letters alone, any may be the second.
        let in_hands: i32 = [Hand::Names, Hand::Capitals, Hand::Titled]
            .into_iter()
            .map(|hand| self.by_hand[hand as usize].iter().sum::<i32>())
            .sum();
        let is_of_hand =
            key.hand == Hand::Other || support > own || in_hands <= own || key.count > 1;
        let is_faint = key.form < Form::Group && (is_of_hand || key.is_clear());
        let is_set = i32::from(is_bold)
            + 2 * i32::from(is_faint && self.is_dense)
            + 2 * i32::from(key.ending() == Ending::Mark.index())
            + 2 * i32::from(key.ending() == Ending::Asked.index())
            + i32::from(key.is_tied)
            // Without blank lines whoever speaks once is seen by a given name, where others come again so.
            + i32::from(key.is_person && !self.has_gaps && support - own >= SEVERAL);
        key.form.weight() + recurs + fits + in_head + is_set - go_on - no_gap
    }
}

impl Key {
    /// Whether it is clear by itself that this is a label.
    pub(super) fn is_clear(&self) -> bool {
        let is_faint = self.endings[Ending::Bare.index()]
            + self.endings[Ending::Bold.index()]
            + self.endings[Ending::Dash.index()]
            > self.count / 2;
        // Programs that write down what they hear write small letters.
        let goes_on = self.go_on * 2 > self.count && self.form < Form::Group;
        match self.form {
            Form::Phrase => false,
            _ if self.endings[Ending::Asked.index()] > 0 => true,
            _ if goes_on => false,
            // On a line of its own it opens what is said to somebody.
            _ if self.is_address
                && (self.endings[Ending::OwnLine.index()] + self.endings[Ending::Bare.index()])
                    * 2
                    > self.count =>
            {
                false
            }
            Form::Asker
            | Form::Answerer
            | Form::Titled
            | Form::HanEnding
            | Form::Outlet
            | Form::Chair => !is_faint || self.count >= 2,
            Form::Capitals | Form::Office | Form::Name | Form::HanName | Form::Group => {
                self.count >= 2 || (self.in_head && !is_faint)
            }
            // `Name: Ada Rask` is a form, however often it comes.
            Form::Word | Form::Initials | Form::Plain => {
                self.count >= 3 && self.sentences * 2 > self.count
            }
        }
    }
}
