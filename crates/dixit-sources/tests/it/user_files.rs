//! What the user knows better: the list of persons and the corrections, which win and survive.

use std::sync::Arc;

use dixit::{BasisKind, Index, Person, SearchRequest, Statement};
use dixit_sources::{
    Corrections, Event, Extraction, People, Report, Root, SyncOptions, UserFileError, sync,
};

const PEOPLE: &str = r#"
[[person]]
name = "Ada Rask"
aliases = ["A. Rask", "阿达·拉斯克"]
country = "Norland"
role = [
    { role = "Minister of Fisheries", party = "Reform", since = "2019-05", until = "2023-09-30" },
    { role = "Prime Minister", party = "Centre", since = "2023-10-01" },
]

[[person]]
name = "Bo Lind"
aliases = ["Prime Minister"]
role = [{ role = "Prime Minister", since = "2015", until = "2023-09-30" }]

[[person]]
name = "Cy Holm"
aliases = ["Prime Minister"]
role = [{ role = "Prime Minister", since = "2023-10-01" }]
"#;

fn known(person: Person, date: &str) -> Statement {
    let people: People = PEOPLE.parse().unwrap();
    let mut statement = Statement::new("a.txt", "We stay.");
    statement.speaker = Some(person);
    statement.date = date.parse().ok();
    statement.set_basis("speaker", dixit::Basis::given("field", []));
    people.complete(&mut statement);
    statement
}

#[test]
fn an_alias_is_the_person_with_the_role_of_the_day() {
    let before = known(Person::named("A. RASK"), "2020-01-15").speaker.unwrap();
    assert_eq!(before.name.as_deref(), Some("Ada Rask"));
    assert_eq!(before.as_written.as_deref(), Some("A. RASK"));
    assert_eq!(before.role.as_deref(), Some("Minister of Fisheries"));
    assert_eq!(before.party.as_deref(), Some("Reform"));
    assert_eq!(before.country.as_deref(), Some("Norland"));
    let after = known(Person::named("阿达·拉斯克"), "2024").speaker.unwrap();
    assert_eq!((after.name.as_deref(), after.party.as_deref()), (Some("Ada Rask"), Some("Centre")));
    // A year in which both were true says neither.
    let between = known(Person::named("Ada Rask"), "2023").speaker;
    assert_eq!(between.unwrap().role, None);
}

#[test]
fn an_office_is_whoever_held_it_that_day() {
    let label = || Person {
        as_written: Some("THE PRIME MINISTER".into()),
        role: Some("Prime Minister".into()),
        ..Person::default()
    };
    let held = |date| known(label(), date).speaker.unwrap().name;
    assert_eq!(held("2018-03-01").as_deref(), Some("Bo Lind"));
    assert_eq!(held("2024-03-01").as_deref(), Some("Cy Holm"));
    let undecided = known(label(), "");
    assert_eq!(undecided.speaker.unwrap().name, None);
    let note = undecided.basis["speaker"].note.clone().unwrap();
    assert!(note.contains("Bo Lind") && note.contains("Cy Holm"), "{note}");
}

#[test]
fn a_namesake_of_another_country_is_nobody_in_the_list() {
    let other = Person { country: Some("Sudland".into()), ..Person::named("Ada Rask") };
    let statement = known(other.clone(), "2020-01-15");
    assert_eq!(statement.speaker, Some(other));
}

#[test]
fn a_wrong_file_names_the_line() {
    let line = |error: UserFileError| match error {
        UserFileError::Wrong { line, why, .. } => (line, why),
        other => panic!("{other}"),
    };
    let people = |text: &str| line(text.parse::<People>().unwrap_err());
    assert_eq!(people("[[person]]\nname = \"Ada Rask\"\nalias = []\n").0, 3);
    let twice = people("[[person]]\nname = \"Ada\"\n\n[[person]]\nname = \"Ada\"\n");
    assert_eq!(twice.0, 4);
    assert!(twice.1.contains("key"), "{}", twice.1);
    let ends =
        people("[[person]]\nname = \"Ada\"\nrole = [{ since = \"2020\", until = \"2019\" }]\n");
    assert!(ends.1.contains("before it begins"), "{}", ends.1);
    let corrections = |text: &str| line(text.parse::<Corrections>().unwrap_err());
    let neither = corrections("[[correction]]\nspeaker = \"Ada Rask\"\n");
    assert!(neither.1.contains("`source`"), "{}", neither.1);
    assert!(corrections("[[correction]]\nsource = \"a\"\n").1.contains("`date`"));
    assert!(corrections("[[correction]]\nsource = \"a\"\ndate = \"May\"\n").1.contains("date"));
    assert!(
        corrections("[[correction]]\nsource = \"a\"\nordinal = 0\ndate = false\n")
            .1
            .contains("from 1")
    );
}

/// A folder with a transcript, and the index made of it with the user's files.
struct Archive {
    folder: tempfile::TempDir,
    index: Index,
}

impl Archive {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let turns = "MS. RASK: Good morning.\n\nMR. LIND: Good morning to you.\n\nMS. RASK: The quota stays.\n";
        std::fs::write(folder.path().join("day.txt"), turns).unwrap();
        std::fs::write(folder.path().join("other.txt"), turns.replace("quota", "tax")).unwrap();
        let index = Index::in_memory().unwrap();
        Self { folder, index }
    }

    fn sync(&self, people: &str, corrections: &str) -> (Report, Vec<String>) {
        let mut extraction = Extraction::default();
        extraction.people = Arc::new(people.parse().unwrap());
        extraction.corrections = Arc::new(corrections.parse().unwrap());
        self.sync_by(extraction)
    }

    fn sync_by(&self, extraction: Extraction) -> (Report, Vec<String>) {
        let options = SyncOptions { extraction, ..SyncOptions::default() };
        let mut told = Vec::new();
        let roots = [Root::Path(self.folder.path().to_owned())];
        let report = sync(&self.index, &roots, &options, &mut |event| {
            if let Event::Problem(problem) = event {
                told.push(problem.to_string());
            }
        });
        (report.unwrap(), told)
    }

    fn count(&self, query: &str) -> u64 {
        self.index.search(&SearchRequest::new(query)).unwrap().total
    }
}

#[test]
fn corrections_win_and_only_their_source_is_read_again() {
    let archive = Archive::new();
    let (report, _) = archive.sync("", "");
    assert_eq!(report.added, 2);
    assert_eq!(archive.count("speaker:holm"), 0);
    let corrections = "[[correction]]\nsource = \"day.txt\"\nordinal = 3\nspeaker = \"Cy Holm\"\ndate = \"2024-05-03\"\nwhy = \"the video\"\n";
    let (report, told) = archive.sync("", corrections);
    assert_eq!((report.changed, report.same), (1, 1));
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(archive.count("speaker:holm date:2024-05 quota"), 1);
    let hit = &archive.index.search(&SearchRequest::new("speaker:holm")).unwrap().hits[0];
    let basis = &hit.statement.basis["speaker"];
    assert_eq!((basis.kind, basis.rule.as_deref()), (BasisKind::Given, Some("correction")));
    assert!(basis.note.as_deref().unwrap().contains("the video"));
    // Nothing changes when nothing changed, and what is taken back is as it was.
    let (report, _) = archive.sync("", corrections);
    assert_eq!((report.changed, report.same), (0, 2));
    let (report, _) = archive.sync("", "");
    assert_eq!((report.changed, report.same), (1, 1));
    assert_eq!(archive.count("speaker:holm"), 0);
}

#[test]
fn a_correction_that_meets_nothing_is_told() {
    let archive = Archive::new();
    let corrections = "[[correction]]\nsource = \"day.txt\"\nordinal = 9\nspeaker = false\n\n[[correction]]\nsource = \"dya.txt\"\ndate = false\n";
    let (_, told) = archive.sync("", corrections);
    assert_eq!(
        told,
        [
            "corrections.toml:1: `day.txt` has no statement 9",
            "corrections.toml:6: the index has no source `dya.txt`"
        ]
    );
}

#[test]
fn a_changed_list_of_persons_has_all_read_again() {
    let archive = Archive::new();
    archive.sync("", "");
    let people = "[[person]]\nname = \"Ada Rask\"\naliases = [\"MS. RASK\"]\n";
    let (report, _) = archive.sync(people, "");
    assert_eq!(report.changed, 2);
    assert_eq!(archive.count("speaker:\"Ada Rask\""), 4);
    let speakers = archive.index.searcher().unwrap().speakers().unwrap();
    let ada = speakers.speakers.iter().find(|speaker| speaker.name == "Ada Rask").unwrap();
    assert_eq!(ada.keys, ["Ada Rask"]);
    assert!(ada.joined.iter().any(|joined| joined.forms[0] == "MS. RASK"), "{:?}", ada.joined);
}

#[test]
fn the_users_taxonomy_takes_the_place_of_the_shipped_one_and_all_is_read_again() {
    let archive = Archive::new();
    archive.sync("", "");
    assert_eq!(archive.count("topic:\"fish\""), 0);
    let mut extraction = Extraction::default();
    let own =
        "[[topic]]\nname = \"fish\"\n[[topic.sub]]\nname = \"limits\"\nterms = [\"quota*\"]\n";
    extraction.taxonomy = Arc::new(own.parse().unwrap());
    let (report, _) = archive.sync_by(extraction.clone());
    assert_eq!((report.changed, report.same), (2, 0));
    assert_eq!(archive.count("topic:\"fish/limits\""), 1);
    let hit = &archive.index.search(&SearchRequest::new("topic:limits")).unwrap().hits[0];
    let basis = &hit.statement.basis["topics[fish/limits]"];
    assert_eq!((basis.rule.as_deref(), basis.evidence.len()), (Some("taxonomy-words"), 1));
    // The same again changes nothing; another word in it does; without it, all is as it was.
    assert_eq!(archive.sync_by(extraction.clone()).0.same, 2);
    extraction.taxonomy = Arc::new(own.replace("quota", "tax").parse().unwrap());
    assert_eq!(archive.sync_by(extraction).0.changed, 2);
    assert_eq!(archive.count("topic:limits tax"), 1);
    assert_eq!(archive.sync("", "").0.changed, 2);
    assert_eq!(archive.count("topic:limits"), 0);
}
