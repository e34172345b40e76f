//! What the loaders give: the same values for pages, API and packs, so that they cannot disagree.
//!
//! Every value is "as of" the instant that was asked for. Sentences are translation keys with values
//! (`fault`, `reason`, `detail`); the reader's language is applied where they are shown.

macro_rules! view {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)+ }
    };
}

mod checks;
mod clusters;
mod compare;
mod controls;
mod findings;
mod ledger;
mod overview;
mod packs;

pub use checks::{CheckDetail, CheckStatus, ObjectPage, ObjectsRead};
pub use clusters::{ClusterName, ClusterStatus, ScanEntry, SourceStatus};
pub use compare::{
    ChangeCount, ChangeKind, ChangesFilter, CheckChange, ClusterChange, Comparison, ControlChange, DecisionRow,
    DecisionsPage, FindingChange, FindingChangesPage, Presence, SourceChange, SourceState, SourceTurn,
};
pub use controls::{ControlDetail, ControlStatus};
pub use findings::{
    Count, FindingDetail, FindingFilter, FindingPage, FindingRow, FindingSort, TimelineEntry, TimelineEvent,
};
pub use ledger::LedgerEntry;
pub use overview::{Overview, ThemeCell, ThemeRow, TrendPoint};
pub use packs::{PackRow, PackScope, PackStatus};
