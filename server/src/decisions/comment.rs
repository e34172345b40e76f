//! The text that a person gives with a decision.

use crate::{error::Result, text};
use model::finding::DecisionKind;

/// A comment as it is kept. What others rest on needs one that says why; the rest may go without.
pub(super) fn accepted(kind: DecisionKind, comment: &str) -> Result<String> {
    text::accepted(comment, is_required(kind).then_some("error-comment-missing"))
}

/// Whether a decision of this kind must say why.
pub const fn is_required(kind: DecisionKind) -> bool {
    match kind {
        DecisionKind::Acknowledge
        | DecisionKind::Comment
        | DecisionKind::FalsePositive
        | DecisionKind::RejectFalsePositive
        | DecisionKind::Reopen => true,
        DecisionKind::Withdraw
        | DecisionKind::Assign
        | DecisionKind::Unassign
        | DecisionKind::LinkTicket
        | DecisionKind::UnlinkTicket
        | DecisionKind::SetDue
        | DecisionKind::ClearDue
        | DecisionKind::ConfirmFalsePositive
        | DecisionKind::Undo => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_something_and_is_text() {
        let of = |text: &str| accepted(DecisionKind::Acknowledge, text).ok();
        assert_eq!(of(" will be\r\nfixed "), Some("will be\nfixed".into()));
        assert_eq!(of(" \r\n\u{a0}"), None);
        assert_eq!(of("a\u{0}b"), None);
        assert_eq!(of("a\u{1b}[31m"), None);
        assert_eq!(of("a\u{85}b"), None);
        assert!(of(&"é".repeat(4_000)).is_some());
        assert_eq!(of(&"é".repeat(4_001)), None);
        assert_eq!(accepted(DecisionKind::Withdraw, "").ok(), Some(String::new()));
    }
}
