//! The short forms of the long tests: see the crate's page.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

use dixit_testkit::{histories, order, processes, storage_faults};

#[test]
fn the_same_statements_give_the_same_answers_however_they_came_in() {
    let (compared, hit) = order::check(&order::made(300, 1), 100, 1);
    assert_eq!(compared, 500);
    assert!(hit > 70, "{hit} of 100 queries find something");
}

#[test]
fn power_may_go_after_any_operation() {
    assert!(storage_faults::power_loss(2, 1) > 500);
}

#[test]
fn any_operation_may_fail() {
    assert!(storage_faults::io_errors(1) > 100);
}

#[test]
fn the_disk_may_be_full_at_any_size() {
    assert!(storage_faults::disk_full(1, 4 << 10) > 4);
}

#[test]
fn a_changed_byte_is_found_and_never_answered_from() {
    let spoiled = storage_faults::spoil(&storage_faults::small_index(), 300, 1);
    assert_eq!(spoiled.changes, spoiled.found);
    assert!(spoiled.changes > 150, "{spoiled:?}");
    let spoiled = storage_faults::spoil_at_random(&storage_faults::large_index(), 40, 1);
    assert!(spoiled.right > 0, "what is not damaged still answers: {spoiled:?}");
}

#[test]
fn an_index_is_what_a_plain_model_says() {
    for seed in 0..40 {
        histories::check(seed, 60);
    }
}

/// What was found by chance once, and may never come back.
#[test]
fn a_history_that_once_went_wrong() {
    histories::check(20_261_202, 100);
}

#[cfg(unix)]
#[test]
fn readers_see_whole_commits() {
    let this = std::path::Path::new(env!("CARGO_BIN_EXE_dixit-testkit"));
    let read = processes::read_while_writing(20, 2, 1, this);
    assert!(read.answers > 0 && read.answers_of_others > 0, "{read:?}");
}

#[cfg(unix)]
#[test]
fn many_commits_make_few_segments() {
    let many = processes::many_commits(150);
    assert!(many.most_segments <= 12 && many.segments <= 6, "{many:?}");
}
