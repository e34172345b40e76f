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

mod access;
mod checks;
mod clusters;
mod controls;
mod findings;
mod ledger;
mod overview;
mod packs;

pub use access::{AccessPage, AccessReading, AccessSince, Holders};
pub use checks::{CheckDetail, CheckStatus, Elsewhere, ObjectPage, ObjectsRead};
pub use clusters::{ClusterName, ClusterStatus, PairedCluster, ScanEntry, SourceStatus};
pub use controls::{ControlDetail, ControlStatus};
pub use findings::{
    Count, FindingDetail, FindingFilter, FindingPage, FindingRow, FindingSort, TimelineEntry, TimelineEvent,
};
pub use ledger::LedgerEntry;
pub use overview::{Overview, ThemeCell, ThemeRow, TrendPoint};
pub use packs::{PackRow, PackScope, PackStatus};
