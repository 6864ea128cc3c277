//! Conditions given as data, beside a query text.

use super::{Field, Leaf, ParseOptions, Value, dates, language_tag};

impl Leaf {
    /// The condition that `field:"value"` is in a query.
    ///
    /// # Errors
    /// Why the value is none for that field, in words.
    pub fn filter(field: Field, value: &str, options: &ParseOptions) -> Result<Self, String> {
        let value = match field {
            Field::Date => match dates::read(value, options.today) {
                // Of two days, the one is as good as the other, and none is what was asked for.
                Ok(dates) if dates.other.is_none() && dates.remark.is_none() => {
                    Value::Dates(dates.range)
                }
                Ok(_) => {
                    return Err(format!("`{value}` may be read in two ways; write YYYY-MM-DD"));
                }
                Err(_) => return Err(format!("`{value}` is not a date or a range of dates")),
            },
            // A tag that is not known may be somebody's own.
            Field::Language => {
                Value::Exact(language_tag(value).unwrap_or_else(|| value.to_owned()))
            }
            Field::Kind => Value::Kind(value.parse()?),
            _ => Value::Exact(value.to_owned()),
        };
        Ok(Self { field: Some(field), value, span: 0..0 })
    }
}
