//! From a key and its values to a field of a statement: what front matter and metadata beside a text share.

use dixit::{Basis, Kind, Person, Statement};

use super::dates::Dates;

/// A key and what is stated under it.
pub(super) struct Stated<'s> {
    /// In lower case, with underscores.
    pub(super) key: &'s str,
    pub(super) values: &'s [&'s str],
    /// Where it stands.
    pub(super) basis: &'s dyn Fn() -> Basis,
}

/// Takes what is stated into a statement. Unknown keys are nobody's business.
///
/// # Errors
/// Why the value of a known key is none.
pub(super) fn apply(statement: &mut Statement, stated: &Stated<'_>) -> Result<(), String> {
    let Stated { key, values, basis } = *stated;
    let Some(value) = values.first().copied() else { return Ok(()) };
    let person = |statement: &mut Statement, set: &dyn Fn(&mut Person)| {
        set(statement.speaker.get_or_insert_default());
        let new = basis();
        match statement.basis.get_mut("speaker") {
            Some(known) => known.evidence.extend(new.evidence),
            None => statement.set_basis("speaker", new),
        }
    };
    let all = || values.iter().map(|value| (*value).to_owned());
    match key {
        "title" | "headline" => {
            statement.title = Some(value.to_owned());
            statement.set_basis("title", basis());
        }
        "date" | "published" | "published_time" | "date_published" => {
            // `date` states the day of the statement; the others stand in only where it is missing.
            if key != "date" && statement.date.is_some() {
                return Ok(());
            }
            match Dates::default().read(value) {
                Ok(date) => {
                    statement.date = Some(date);
                    statement.set_basis("date", basis());
                }
                Err(undated) => {
                    let why = match undated.rule {
                        "bad-date" => format!("`{value}` is not a date"),
                        _ => undated.why,
                    };
                    let unknown = Basis::unknown(undated.rule).with_note(why.clone());
                    let (evidence, candidates) = (basis().evidence, undated.candidates);
                    statement.set_basis("date", Basis { evidence, candidates, ..unknown });
                    return Err(why);
                }
            }
        }
        "speaker" | "author" | "by" => person(statement, &|person| {
            person.name = Some(value.to_owned());
            person.as_written = Some(value.to_owned());
        }),
        "role" | "position" | "office" => {
            person(statement, &|person| person.role = Some(value.to_owned()));
        }
        "affiliation" | "organization" | "organisation" | "ministry" => {
            person(statement, &|person| person.affiliation = Some(value.to_owned()));
        }
        "party" => person(statement, &|person| person.party = Some(value.to_owned())),
        "country" => person(statement, &|person| person.country = Some(value.to_owned())),
        "language" | "lang" => {
            statement.language = Some(value.to_owned());
            statement.set_basis("language", basis());
        }
        "kind" | "type" => match value.parse::<Kind>() {
            Ok(kind) => {
                statement.kind = kind;
                statement.set_basis("kind", basis());
            }
            Err(why) if key == "kind" => return Err(why),
            Err(_) => {}
        },
        "topics" | "topic" | "tags" | "categories" => {
            statement.topics.extend(all());
            statement.set_basis("topics", basis());
        }
        "keywords" => {
            statement.keywords.extend(all());
            statement.set_basis("keywords", basis());
        }
        "event" | "occasion" => {
            statement.event = Some(value.to_owned());
            statement.set_basis("event", basis());
        }
        "references" | "reference" => {
            statement.references.extend(all());
            statement.set_basis("references", basis());
        }
        "url" | "source_url" | "link" | "permalink" => {
            statement.source.url = Some(value.to_owned());
        }
        "id" => statement.source.record = Some(value.to_owned()),
        _ => {}
    }
    Ok(())
}
