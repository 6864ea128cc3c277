//! What happens while an index is brought in step, and what came of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::problem::Problem;

/// What happens while an index is brought in step with its sources.
#[derive(Debug)]
pub enum Event<'e> {
    /// How far it is.
    Progress(Progress),
    /// Something could not be taken in, or not wholly.
    Problem(&'e Problem),
    /// What is the case with a source.
    Source(&'e str, Change),
    /// So many statements of this run are in the index for good.
    Committed {
        /// Statements taken in this run.
        statements: u64,
        /// Statements in the index.
        total: u64,
    },
}

/// What is the case with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new in the index.
    Added,
    /// It changed and is replaced.
    Changed,
    /// It did not change.
    Same,
    /// It is gone and is removed.
    Removed,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files done, of how many.
    pub files: (u64, u64),
    /// Bytes read or found unchanged, of how many.
    pub bytes: (u64, u64),
    /// Statements read so far.
    pub statements: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Sources that are new in the index.
    pub added: u64,
    /// Sources that changed and were replaced.
    pub changed: u64,
    /// Sources that did not change.
    pub same: u64,
    /// Of these, those of which something was told when they were read.
    pub same_with_problems: u64,
    /// Sources that are gone and were removed.
    pub removed: u64,
    /// Files and folders that could not be read; what is known of them stays.
    pub failed: u64,
    /// Files that no reader takes.
    pub unread: u64,
    /// Statements taken in this time.
    pub statements: u64,
    /// Bytes read this time.
    pub bytes: u64,
    /// Statements in the index now.
    pub total: u64,
    /// Problems, by whether something was left out for them.
    pub problems: Problems,
    /// What was taken in, by format.
    pub formats: BTreeMap<String, FormatReport>,
    /// Sources of the index that hold the same document in two formats: both are held, and counted.
    pub twins: Twins,
}

/// Pairs of sources that hold the same document in two formats.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Twins {
    /// How many there are.
    pub pairs: u64,
    /// The first of them, by the names of their sources.
    pub examples: Vec<[String; 2]>,
}

/// How many problems there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Problems {
    /// For which something was left out.
    pub left_out: u64,
    /// With a reservation only.
    pub noted: u64,
}

impl Problems {
    pub(super) fn count(&mut self, problem: &Problem) {
        if problem.left_out {
            self.left_out += 1;
        } else {
            self.noted += 1;
        }
    }
}

/// What was taken in of one format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FormatReport {
    /// Files read.
    pub files: u64,
    /// Statements taken.
    pub statements: u64,
    /// Of them, those whose speaker is known.
    pub with_speaker: u64,
    /// Of them, those whose date is known.
    pub with_date: u64,
    /// Problems told of its files.
    pub problems: u64,
}

impl FormatReport {
    pub(super) fn add(&mut self, other: Self) {
        self.files += other.files;
        self.statements += other.statements;
        self.with_speaker += other.with_speaker;
        self.with_date += other.with_date;
        self.problems += other.problems;
    }
}
