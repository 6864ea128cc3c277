//! From pieces of text on a page to lines, in the order in which the page shows them.

use super::page::Run;

/// In parts of the size of letters: how far the next piece may stand above or below and be on the line;
/// how far it may be behind the end of the last one and be of the same word; how much room there is
/// between paragraphs at least.
const ON_LINE: f32 = 0.45;
const IN_WORD: f32 = 0.18;
const PARAGRAPH: f32 = 1.75;

/// Writes the lines of a page.
pub(super) fn push(runs: &[Run], text: &mut String) {
    let begins = text.len();
    let mut before: Option<&Run> = None;
    for run in runs {
        if let Some(before) = before {
            let size = before.size.max(run.size).max(0.1);
            let step = before.base - run.base;
            let is_turned = (before.angle - run.angle).abs() > 0.1;
            let gap = run.from - before.to;
            let is_on_line = !is_turned && step.abs() <= ON_LINE * size && gap > -2.0 * size;
            if !is_on_line {
                let is_apart = is_turned || step.abs() > PARAGRAPH * size;
                end_line(text, begins);
                if is_apart && text.len() > begins {
                    end_line_again(text);
                }
            } else if gap > IN_WORD * size
                && !text.ends_with([' ', '\n'])
                && !run.text.starts_with(' ')
            {
                text.push(' ');
            }
        }
        // A line is one: what would end it, or the page, is a space.
        text.extend(
            run.text
                .chars()
                .map(|c| if matches!(c, '\n' | '\r' | '\u{C}' | '\t') { ' ' } else { c }),
        );
        before = Some(run);
    }
    end_line(text, begins);
}

/// Ends the line that is open, if anything stands on it.
fn end_line(text: &mut String, begins: usize) {
    let end = text.trim_end_matches(' ').len().max(begins);
    text.truncate(end);
    if text.len() > begins && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// One empty line, and no more.
fn end_line_again(text: &mut String) {
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}
