//! Whether passwords are written into templates, where everybody who may see the workload reads them.

use super::{ENVIRONMENT, Unit};
use crate::{
    objects::workloads::{Literal, Variable},
    rules::verdict::{Judge, Sentence, fault, names},
};

const LITERAL: Sentence = fault(ENVIRONMENT, "literal", &["variables"]);

pub(super) const SENTENCES: &[Sentence] = &[LITERAL];

/// How names of variables end that hold a secret. What ends otherwise, as `_FILE` or `_NAME`, tells where one is.
const ENDINGS: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "_PASS",
    "_PWD",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "ACCESS_KEY",
    "SECRET_KEY",
    "PRIVATE_KEY",
    "ENCRYPTION_KEY",
    "SIGNING_KEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "CONNECTION_STRING",
];

/// `sec.env`: no variable whose name says that it is a secret has its value written into the template.
pub(super) fn environment(mut judge: Judge, units: &[Unit<'_>]) -> Judge {
    for unit in units {
        judge.examine();
        let variables = unit.container.env.iter().flatten().filter(|variable| is_written_secret(variable));
        let found: Vec<&str> = variables.filter_map(|variable| variable.name.as_deref()).collect();
        if !found.is_empty() {
            judge.fail(&LITERAL, unit.subject.clone(), [("variables", names(found))]);
        }
    }
    judge
}

fn is_written_secret(variable: &Variable) -> bool {
    let name = variable.name.as_deref().unwrap_or_default().to_ascii_uppercase().replace(['-', '.'], "_");
    variable.value == Literal::Text && ENDINGS.iter().any(|ending| name.ends_with(ending))
}
