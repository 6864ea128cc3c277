//! What came to share its name after it was taken in.

use dixit::SourceRecord;

use super::Run;
use crate::sync::SyncError;
use crate::sync::likeness::{Likeness, likeness_of_known};

impl Run<'_> {
    /// Looks at what was taken in before something else had its name: once, for it is kept.
    pub(super) fn look_back(&mut self) -> Result<(), SyncError> {
        let is_unknown = |record: &&SourceRecord| {
            self.names.is_shared(&record.name) && record.likeness.parse::<Likeness>().is_err()
        };
        let unknown: Vec<SourceRecord> = self.known.all().filter(is_unknown).cloned().collect();
        for record in unknown {
            self.stop_here()?;
            if let Some(likeness) = likeness_of_known(&record, &self.options.read) {
                let record = SourceRecord { likeness: likeness.to_string(), ..record };
                self.writer().put_source(&record)?;
                self.known.put(record);
                self.is_changed = true;
            }
        }
        self.commit(None)
    }
}
