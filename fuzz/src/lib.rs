//! What the fuzz targets share. The checks themselves belong to the tests of the crates.

#[path = "../../crates/dixit-sources/tests/it/any_input.rs"]
mod any_input;
#[path = "../../crates/dixit/tests/it/any_query.rs"]
mod any_query;

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// Runs a target's check on one input.
pub fn check(target: &str, data: &[u8]) {
    match target {
        "query" => {
            let modes = [dixit::MatchMode::All, dixit::MatchMode::Any];
            // Inputs differ in length all the time; one way of matching each is twice the inputs.
            any_query::check(&String::from_utf8_lossy(data), modes[data.len() % 2]);
        }
        "extract" => any_input::check_extraction(&String::from_utf8_lossy(data)),
        "decode" => any_input::check_decoded(data),
        "docx" => any_input::check_docx(data),
        "transcripts" => any_input::check_transcript(data),
        "recognise" => any_input::check_recognised(data),
        format => any_input::check_reader(format, data),
    }
}

/// Runs a target's check and fails when the time is out of proportion to the input.
pub fn in_time(target: &str, data: &[u8]) {
    // Instrumented and with debug assertions everything takes about ten times as long: a query at
    // this limit is near the millisecond that the longest may take. Files of this length need far
    // less than theirs, and what is quadratic takes far more.
    let micros = match target {
        "query" => 12_000,
        // A page may draw a thousand times, however short the file.
        "pdf" => 400_000,
        _ => 40_000,
    };
    let limit = Duration::from_micros(micros);
    // Of the processor, so that a machine that is busy otherwise is no finding.
    let now =
        || clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from);
    let took = |data| {
        let start = now();
        check(target, data);
        now().saturating_sub(start)
    };
    // A slow run may still be the machine's: only the fastest of some tells of the input.
    if took(data) > limit {
        let fastest = (0..4).map(|_| took(data)).min().unwrap_or_default();
        assert!(fastest <= limit, "{} bytes took {fastest:?}", data.len());
    }
}
