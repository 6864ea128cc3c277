//! The language of a text, or none when it is not clear.
//!
//! Scripts decide where they can. Else function words vote, and where no list has them, trigrams
//! (the `whatlang` crate) decide above a length at which they are reliable. At most 4 KB are looked
//! at, spread over the text.

use std::ops::Range;
use std::sync::LazyLock;

use dixit::BasisKind;
use whatlang::Lang;

use super::Found;
use super::stopwords;
use super::tokens::{Token, find_byte, floor, is_cjk, is_letter, tokens};
use super::vocabulary::NumberedText;

/// Bytes that are looked at.
const SAMPLE: usize = 4096;
/// A longer text is looked at in so many places.
const PLACES: usize = 4;
/// Letters from which on trigrams are asked.
const TRIGRAM_LETTERS: usize = 80;
/// Words from which on function words may vote.
const VOTING_WORDS: u32 = 7;
/// A text with less than this share of one script is mixed.
const SCRIPT_SHARE: f64 = 0.75;
/// Script alone, for a script that one language uses.
const BY_SCRIPT: f64 = 0.99;
/// A clear vote of function words. Of sentences of known language, 98 in 100 are right so.
const BY_WORDS: f64 = 0.98;
/// Trigrams that `whatlang` itself calls reliable.
const BY_TRIGRAMS: f64 = 0.9;

/// Characters that only one of the two ways of writing Chinese has.
const SIMPLIFIED: &str = "们这国说时会来对为发个过还没后开关长问间见学经动现实话让认应该几点样总务业东车马书买卖读写议论证识记设访评词语请谈谢调变击机权术条构标树档桥样检楼欢岁归当录战执扩扫扬护报担拥择挂换损摄摆据";
const TRADITIONAL: &str = "們這國說時會來對為發個過還沒後開關長問間見學經動現實話讓認應該幾點樣總務業東車馬書買賣讀寫議論證識記設訪評詞語請談謝調變擊機權術條構標樹檔橋樣檢樓歡歲歸當錄戰執擴掃揚護報擔擁擇掛換損攝擺據";

/// The BCP 47 tag of the language of a text. `None` for a text that is too short or mixed.
///
/// ```
/// use dixit_sources::extract::language::identify;
///
/// let text = "We will publish the figures in May, and then we will talk about them.";
/// assert_eq!(identify(text).unwrap().value, "en");
/// assert_eq!(identify("外交部发言人表示，这是两国人民的共同愿望。").unwrap().value, "zh-Hans");
/// assert!(identify("OK 2025").is_none());
/// ```
#[must_use]
pub fn identify(text: &str) -> Option<Found<String>> {
    identify_in(text, None)
}

/// The same of a text that may have been taken apart, at least its beginning.
pub(super) fn identify_in(
    text: &str,
    mut apart: Option<&mut NumberedText<'_>>,
) -> Option<Found<String>> {
    let sample = sample(text);
    let counts =
        sample.iter().fold(Scripts::default(), |counts, range| counts.and(&text[range.clone()]));
    let found = |value: &str, rule, confidence| {
        Some(Found {
            value: value.to_owned(),
            evidence: sample.clone(),
            kind: BasisKind::Extracted,
            rule,
            confidence,
            note: None,
        })
    };
    if let Some(tag) = counts.language() {
        return found(tag, "script", BY_SCRIPT);
    }
    if counts.alphabetic_share() < SCRIPT_SHARE {
        return None;
    }
    let mut votes = |range: &Range<usize>| {
        let apart = apart.as_deref_mut().and_then(|apart| Votes::of_part(apart, range));
        apart.unwrap_or_else(|| Votes::of(&text[range.clone()]))
    };
    let votes: Vec<_> = sample.iter().map(&mut votes).collect();
    let mut winners: Vec<_> = votes.iter().filter_map(Votes::winner).collect();
    winners.sort_unstable();
    winners.dedup();
    match winners[..] {
        [winner] => {
            let all = votes.iter().fold(Votes::default(), Votes::and);
            if all.winner() == Some(winner) {
                return found(winner, "function-words", BY_WORDS);
            }
        }
        [] => {}
        // Parts of it are in different languages.
        _ => return None,
    }
    if counts.letters() < TRIGRAM_LETTERS {
        return None;
    }
    let joined: String = sample.iter().map(|range| &text[range.clone()]).collect();
    let info = whatlang::detect(&joined)?;
    let tag = tag(info.lang())?;
    // A language with a list would have won the vote.
    let listed = stopwords::languages().any(|language| language == tag);
    (info.is_reliable() && !(listed && winners.is_empty() && counts.letters() > 400))
        .then(|| found(tag, "trigrams", BY_TRIGRAMS))
        .flatten()
}

/// Up to [`SAMPLE`] bytes: all of a short text, else as much in each of [`PLACES`] places.
fn sample(text: &str) -> Vec<Range<usize>> {
    if text.len() <= SAMPLE {
        return std::iter::once(0..text.len()).collect();
    }
    let (part, step) = (SAMPLE / PLACES, text.len() / PLACES);
    let cut = |at: usize| {
        let at = floor(text, at);
        // Words are not cut; runs without spaces are.
        let near = floor(text, at.saturating_sub(64));
        text[near..at].rfind(char::is_whitespace).map_or(at, |space| near + space)
    };
    (0..PLACES).map(|place| cut(place * step)..cut(place * step + part)).collect()
}

/// Letters by script.
#[derive(Debug, Default, Clone, Copy)]
struct Scripts {
    alphabetic: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    simplified: usize,
    traditional: usize,
    greek: usize,
    hebrew: usize,
    thai: usize,
    georgian: usize,
    armenian: usize,
}

impl Scripts {
    fn and(mut self, text: &str) -> Self {
        // So few that a byte counts them: sixteen at once are then counted in a few instructions.
        for few in text.as_bytes().chunks(u8::MAX.into()) {
            let letters: u8 = few.iter().map(|byte| u8::from(byte.is_ascii_alphabetic())).sum();
            self.alphabetic += usize::from(letters);
        }
        let mut rest = text;
        while let Some(at) = find_byte(rest.as_bytes(), |byte| !byte.is_ascii()) {
            rest = &rest[at..];
            let mut end = rest.len();
            for (at, c) in rest.char_indices() {
                if c.is_ascii() {
                    end = at;
                    break;
                }
                self.count(c);
            }
            rest = &rest[end..];
        }
        self
    }

    /// Counts a character that is not of ASCII.
    fn count(&mut self, c: char) {
        match c {
            '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' if c != '・' && c != 'ー' => {
                self.kana += 1;
            }
            '\u{ac00}'..='\u{d7a3}' => self.hangul += 1,
            '\u{370}'..='\u{3ff}' => self.greek += 1,
            '\u{5d0}'..='\u{5ea}' => self.hebrew += 1,
            '\u{e01}'..='\u{e3a}' => self.thai += 1,
            '\u{10a0}'..='\u{10ff}' => self.georgian += 1,
            '\u{531}'..='\u{587}' => self.armenian += 1,
            _ if is_cjk(c) => {
                self.han += 1;
                match Writing::of(c) {
                    Writing::Simplified => self.simplified += 1,
                    Writing::Traditional => self.traditional += 1,
                    Writing::Either => {}
                }
            }
            _ if is_letter(c) => self.alphabetic += 1,
            _ => {}
        }
    }

    /// Letters; one Han character says as much as about two letters.
    fn letters(self) -> usize {
        let own = self.greek + self.hebrew + self.thai + self.georgian + self.armenian;
        self.alphabetic + own + 2 * (self.han + self.kana + self.hangul)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of a sample of 4 KB")]
    fn share(self, part: usize) -> f64 {
        part as f64 / (self.letters().max(1)) as f64
    }

    fn alphabetic_share(self) -> f64 {
        self.share(self.alphabetic)
    }

    /// The language, where its script tells.
    fn language(self) -> Option<&'static str> {
        let east = self.han + self.kana;
        if 2 * east >= 8 && self.share(2 * east) >= SCRIPT_SHARE {
            // Japanese is written with kana throughout.
            if self.kana * 5 >= east {
                return Some("ja");
            }
            // A few quoted kana do not make Chinese Japanese; more leave it open.
            if self.kana * 20 > east {
                return None;
            }
            return Some(match (self.simplified, self.traditional) {
                (s, t) if s >= 2 && s >= 4 * t => "zh-Hans",
                (s, t) if t >= 2 && t >= 4 * s => "zh-Hant",
                _ => "zh",
            });
        }
        let own = [
            (2 * self.hangul, "ko"),
            (self.greek, "el"),
            (self.hebrew, "he"),
            (self.thai, "th"),
            (self.georgian, "ka"),
            (self.armenian, "hy"),
        ];
        let hit = own
            .into_iter()
            .find(|&(letters, _)| letters >= 8 && self.share(letters) >= SCRIPT_SHARE);
        hit.map(|(_, tag)| tag)
    }
}

/// In which of the two ways of writing Chinese a character stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Either,
    Simplified,
    Traditional,
}

impl Writing {
    fn of(c: char) -> Self {
        const FIRST: usize = 0x4e00;
        const LAST: usize = 0x9fff;
        static WRITINGS: LazyLock<Vec<Writing>> = LazyLock::new(|| {
            let mut writings = vec![Writing::Either; LAST - FIRST + 1];
            let lists = [
                (SIMPLIFIED, TRADITIONAL, Writing::Simplified),
                (TRADITIONAL, SIMPLIFIED, Writing::Traditional),
            ];
            for (one, other, writing) in lists {
                for c in one.chars().filter(|c| !other.contains(*c)) {
                    writings[c as usize - FIRST] = writing;
                }
            }
            writings
        });
        let place = (c as usize).checked_sub(FIRST);
        place.and_then(|at| WRITINGS.get(at)).copied().unwrap_or(Writing::Either)
    }
}

/// The bits of a byte as bytes, the lowest first.
const SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            spread[byte] |= (byte as u64 >> bit & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    spread
};

/// How many words of a text are function words of each language.
#[derive(Debug, Default, Clone)]
struct Votes {
    words: u32,
    by_language: [u32; 16],
}

impl Votes {
    fn of(text: &str) -> Self {
        let words = tokens(text).filter(Token::is_word);
        Self::of_masks(words.map(|token| stopwords::mask(token.text)))
    }

    /// The same of a part of a text that was taken apart; none where a word is cut.
    fn of_part(text: &mut NumberedText<'_>, part: &Range<usize>) -> Option<Self> {
        let tokens = text.part(part)?;
        let NumberedText { tokens: all, words, .. } = text;
        let masks = all[tokens].iter().filter(|token| token.is_word());
        Some(Self::of_masks(masks.map(|token| words.facts(token).0.languages())))
    }

    /// Of the languages of each word, a bit for each: added up sixteen at once, in bytes, before they overflow.
    fn of_masks(mut masks: impl Iterator<Item = u16>) -> Self {
        let mut votes = Self::default();
        loop {
            let (mut low, mut high, mut words) = (0_u64, 0_u64, 0);
            for mask in masks.by_ref().take(u8::MAX.into()) {
                let [first, second] = mask.to_le_bytes();
                low += SPREAD[usize::from(first)];
                high += SPREAD[usize::from(second)];
                words += 1;
            }
            if words == 0 {
                return votes;
            }
            votes.words += words;
            let bytes = low.to_le_bytes().into_iter().chain(high.to_le_bytes());
            for (all, some) in votes.by_language.iter_mut().zip(bytes) {
                *all += u32::from(some);
            }
        }
    }

    fn and(mut self, other: &Self) -> Self {
        self.words += other.words;
        for (mine, theirs) in self.by_language.iter_mut().zip(other.by_language) {
            *mine += theirs;
        }
        self
    }

    /// The language of a quarter of the words, well ahead of the next.
    fn winner(&self) -> Option<&'static str> {
        let (at, &most) = self.by_language.iter().enumerate().max_by_key(|&(_, votes)| *votes)?;
        let second =
            self.by_language.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, v)| *v).max()?;
        let clear = self.words >= VOTING_WORDS && most * 4 >= self.words && most * 4 >= second * 5;
        clear.then(|| stopwords::languages().nth(at)).flatten()
    }
}

/// The BCP 47 tag of a language of `whatlang`.
fn tag(lang: Lang) -> Option<&'static str> {
    let tag = match lang.code() {
        "epo" => "eo",
        "eng" => "en",
        "rus" => "ru",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "nob" => "nb",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "afr" => "af",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "cym" => "cy",
        // Others have no two-letter tag, or are told by their script.
        _ => return None,
    };
    Some(tag)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tag_of(text: &str) -> Option<String> {
        identify(text).map(|found| found.value)
    }

    #[test]
    fn languages_are_told_apart() {
        for (text, tag) in [
            ("The council has worked well since it was reformed, and it still does.", "en"),
            (
                "Die Ministerin hat gesagt, dass die Gespräche noch in dieser Woche weitergehen.",
                "de",
            ),
            (
                "La ministre a dit que les négociations vont se poursuivre dans les jours qui viennent.",
                "fr",
            ),
            ("La ministra dijo que las conversaciones van a seguir en los próximos días.", "es"),
            ("A ministra disse que as conversas vão continuar nos próximos dias, e não só.", "pt"),
            ("La ministra ha detto che i colloqui di pace sono ancora in corso e non solo.", "it"),
            ("De minister heeft gezegd dat de gesprekken deze week worden voortgezet.", "nl"),
            (
                "Министр заявила, что переговоры продолжатся на этой неделе, и поблагодарила всех участников встречи за работу. Она подчеркнула, что соглашение должно быть подписано до конца этого года, и объяснила, почему это важно для всех.",
                "ru",
            ),
            (
                "Ministern sade att samtalen kommer att fortsätta den här veckan och tackade alla som hade deltagit i mötet.",
                "sv",
            ),
            ("外交部发言人表示，这是两国人民的共同愿望。", "zh-Hans"),
            ("外交部發言人表示，這是兩國人民的共同願望。", "zh-Hant"),
            ("大臣は、協議は今週も続くと述べました。", "ja"),
            ("장관은 이번 주에도 협의가 계속될 것이라고 말했다.", "ko"),
            ("Η υπουργός είπε ότι οι συνομιλίες συνεχίζονται.", "el"),
        ] {
            assert_eq!(tag_of(text).as_deref(), Some(tag), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_has_none() {
        for text in [
            "",
            "OK",
            "2025-12-10, 3:48",
            "Norland Norville",
            "Applause.",
            "外交部发言人表示，这是两国人民的共同愿望。 The spokesperson said that this is what both want.",
        ] {
            assert_eq!(tag_of(text), None, "{text}");
        }
        let english =
            "The council has worked well since it was reformed, and it still does. ".repeat(40);
        let german = "Die Ministerin hat gesagt, dass die Gespräche in dieser Woche weitergehen. "
            .repeat(40);
        assert_eq!(tag_of(&format!("{english}{german}")), None);
        assert_eq!(tag_of(&english).as_deref(), Some("en"));
    }

    #[test]
    fn characters_are_counted_as_the_lists_and_unicode_have_them() {
        for c in '\u{80}'..=char::MAX {
            let mut counts = Scripts::default();
            counts.count(c);
            let is_alphabetic = c.is_alphabetic() && counts.letters() == counts.alphabetic;
            assert_eq!(counts.alphabetic == 1, is_alphabetic, "{c:?}");
            let is_of = |one: &str, other: &str| one.contains(c) && !other.contains(c);
            assert_eq!(counts.simplified == 1, is_of(SIMPLIFIED, TRADITIONAL), "{c:?}");
            assert_eq!(counts.traditional == 1, is_of(TRADITIONAL, SIMPLIFIED), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_taken_apart_votes_the_same(text in "(\\PC|[ \n]|the |die |é){0,200}", cut in 0_usize..300) {
            let mut apart = NumberedText::of(None, &text);
            let found = identify_in(&text, Some(&mut apart));
            prop_assert_eq!(found, identify(&text));
            let cut = floor(&text, cut);
            for part in [0..cut, cut..text.len()] {
                if let Some(votes) = Votes::of_part(&mut apart, &part) {
                    let plain = Votes::of(&text[part]);
                    prop_assert_eq!((votes.words, votes.by_language), (plain.words, plain.by_language));
                }
            }
        }

        #[test]
        fn any_text_is_read_and_ranges_lie_in_it(text in "\\PC{0,300}", times in 1_usize..40) {
            let text = text.repeat(times);
            if let Some(found) = identify(&text) {
                for range in found.evidence {
                    prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
                }
            }
        }
    }
}
