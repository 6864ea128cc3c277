//! Lines with their numbers at the head, as courts print them: `  7        Q.  Where do you work?`

use super::lines::{Line, What, page_number};

/// The most lines of a page whose lines are counted.
const MOST_LINES: u32 = 60;
/// Fewer lines are a list.
const FEWEST: usize = 8;

/// Takes the numbers of lines off their lines, where most lines of a text have one and they go up page by
/// page. A line that is a number alone has no words, and a number that stands elsewhere is that of a page;
/// where a line is set further in than those that go on, a paragraph begins.
pub(super) fn without_numbers_of_lines(text: &str, lines: &mut Vec<Line>) {
    let number = |line: &Line| number_at_head(&text[line.range()]);
    let numbers: Vec<Option<(u32, usize)>> = lines.iter().map(number).collect();
    let counted = numbers.iter().flatten().count();
    if counted < FEWEST || counted * 10 < lines.len() * 7 {
        return;
    }
    let mut last = 0;
    let mut steps = 0;
    let mut wide = 0;
    for (number, skipped) in numbers.iter().flatten() {
        steps += usize::from(*number == last + 1 || *number == 1 || *number == last + 2);
        wide += usize::from(*skipped > 3 || *number > 9 && *skipped > 4);
        last = *number;
    }
    // The points of a list stand close to their numbers.
    if steps * 10 < counted * 9 || wide * 2 < counted {
        return;
    }
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut is_blank = false;
    for (line, number) in lines.iter().zip(&numbers) {
        let mut line = *line;
        match number {
            Some((_, skipped)) => {
                let content = &text[line.range()];
                let digits = content.bytes().take_while(u8::is_ascii_digit).count();
                line.indent =
                    content[digits..*skipped].chars().count().min(usize::from(u16::MAX)) as u16;
                line.start += *skipped as u32;
                line.is_cut = true;
                if line.start >= line.end {
                    is_blank = true;
                    continue;
                }
            }
            None if page_number(&text[line.range()]).is_some() => line.what = What::Furniture,
            None => {}
        }
        line.gap |= std::mem::take(&mut is_blank);
        kept.push(line);
    }
    let least = kept.iter().filter(|line| line.is_cut).map(|line| line.indent).min().unwrap_or(0);
    for line in kept.iter_mut().filter(|line| line.is_cut) {
        line.gap |= line.indent > least + 1;
    }
    *lines = kept;
}

/// The number at the head of a line, and where its words begin.
fn number_at_head(content: &str) -> Option<(u32, usize)> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let number: u32 = content[..digits].parse().ok().filter(|n| (1..=MOST_LINES).contains(n))?;
    let rest = &content[digits..];
    let words = rest.trim_start();
    if !words.is_empty() && words.len() == rest.len() {
        return None;
    }
    Some((number, content.len() - words.len()))
}
