//! The service account `default`, which every pod has that asks for no other.

use super::{DEFAULT_ACCOUNT, Input, grants::Grants, subjects::Who};
use crate::{
    request::SERVICE_ACCOUNTS,
    rules::verdict::{Judge, Sentence, fault, subject},
};
use model::severity::Severity;

const BOUND: Sentence = fault(DEFAULT_ACCOUNT, "bound", &["role", "subject"]);
const MOUNTED: Sentence = fault(DEFAULT_ACCOUNT, "mounted", &[]);

pub(super) const SENTENCES: &[Sentence] = &[BOUND, MOUNTED];

/// `rbac.default_sa`: it has no rights of its own, and no token is put into pods that did not ask for one.
pub(super) fn default_account(judge: Judge, input: &Input, grants: &Grants<'_>) -> Judge {
    let mut judge = judge.needs(&SERVICE_ACCOUNTS, &input.service_accounts);
    for grant in grants.iter().filter(|grant| includes_default(grant.who)) {
        if grant.is_unknown() {
            judge.doubt();
        }
        judge.examine();
        if grant.powers().is_some() {
            judge.fail(&BOUND, grant.subject(), super::administrators::role_and_subject(&grant));
        }
    }
    let accounts = &input.service_accounts.items;
    for account in accounts.iter().filter(|account| account.metadata.name() == "default") {
        judge.examine();
        if account.automount_service_account_token != Some(false) {
            // Without rights the token opens little more than what everybody logged in may see.
            let subject = subject("ServiceAccount", account.metadata.namespace.as_deref(), "default");
            judge.fail_as(Severity::Low, &MOUNTED, subject, []);
        }
    }
    if accounts.is_empty() && !input.is_inactive() {
        // Every namespace has one: not to see any is to have seen nothing.
        judge.doubt();
    }
    judge
}

/// Whether a subject is a default account, or all accounts of a namespace, which holds the default one.
fn includes_default(who: Who<'_>) -> bool {
    match who {
        Who::ServiceAccount { name, .. } => name == "default",
        Who::Group(name) => name.starts_with("system:serviceaccounts:"),
        Who::User(_) => false,
    }
}
