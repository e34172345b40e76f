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

mod acceptances;
mod access;
mod checks;
mod clusters;
mod compare;
mod controls;
mod coverage;
mod findings;
mod ledger;
mod lists;
mod notify;
mod objects;
mod overview;
mod packs;
mod people;
mod tokens;
mod trends;
mod work;

pub use acceptances::{
    AcceptanceAttachment, AcceptanceCondition, AcceptanceCover, AcceptanceDetail, AcceptanceEvent, AcceptanceLists,
    AcceptancePreview, AcceptanceRow, CoveredFinding, FindingAcceptance,
};
pub use access::{AccessPage, AccessReading, AccessSince, Holders};
pub use checks::{CheckDetail, CheckStatus, Elsewhere, ObjectPage, ObjectsRead};
pub use clusters::{ClusterName, ClusterStatus, PairedCluster, RoundEntry, ScanEntry, SourceStatus};
pub use compare::{
    AcceptanceChange, AcceptanceChangesPage, ChangeCount, ChangeKind, ChangesFilter, CheckChange, ClusterChange,
    Comparison, ControlChange, DecisionRow, DecisionsPage, FindingChange, FindingChangesPage, Presence, SourceChange,
    SourceState, SourceTurn,
};
pub use controls::{ControlDetail, ControlStatus};
pub use coverage::{CoverageReport, CoverageRow, GapRow, Strip, StripCell};
pub use findings::{
    Assigned, AssigneeFilter, ChangedFilter, Count, Due, DueFilter, FindingDetail, FindingFilter, FindingPage,
    FindingRow, FindingSort, NO_NAMESPACE, NewsOfFinding, PersonName, ServiceFilter, TimelineEntry, TimelineEvent,
    WorkloadFilter,
};
pub use ledger::{BrokenLink, LedgerAnchor, LedgerCheck, LedgerEntry, LedgerFilter, LedgerPage};
pub use lists::{FindingColumn, FindingGroup, FindingGroupBy, FindingGroups, ListView, SavedView, SeverityCount};
pub use notify::{NotificationChannel, NotificationLog, NotificationMessage, NotificationRule, NotificationTicket};
pub use objects::{FindingObjects, ObjectContent, ObjectLink, ObjectSighting, ObjectView, object_address};
pub use overview::{Overview, ThemeCell, ThemeRow, TrendPoint};
pub use packs::{PackRow, PackScope, PackStatus};
pub use people::{PeoplePage, PersonRow, SessionRow};
pub use tokens::TokenRow;
pub use trends::{Trend, TrendChart, TrendColumn, TrendFamily, TrendPanel, TrendPeriod, TrendUnit};
pub use work::{Assignees, Mention, MentionPage, MyWork, Undoable};
