//! Whether people may log in with passwords that Dex keeps itself, beside the organisation's own directory.

use super::Input;
use crate::{
    policy::Policy,
    request::dex_config,
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::{evaluation::Outcome, scan::Coverage};
use serde::{Deserialize, de::IgnoredAny};

const LOGIN: &str = "auth.dex_no_static_login";

const PASSWORDS: Sentence = fault(LOGIN, "passwords", &[]);
const MOCK: Sentence = fault(LOGIN, "mock", &["connectors"]);
const DECLARED_ON: Sentence = fault(LOGIN, "declared", &[]);
const DECLARED_OFF: Sentence = reason(LOGIN, "declared_off", &[]);
const UNDECLARED: Sentence = reason(LOGIN, "undeclared", &[]);
const NO_CONFIG: Sentence = reason(LOGIN, "no_config", &["config"]);
const ELSEWHERE: Sentence = reason(LOGIN, "elsewhere", &[]);
const NOT_INSTALLED: Sentence = reason(LOGIN, "not_installed", &[]);

pub(super) const SENTENCES: &[Sentence] =
    &[PASSWORDS, MOCK, DECLARED_ON, DECLARED_OFF, UNDECLARED, NO_CONFIG, ELSEWHERE, NOT_INSTALLED];

/// What a verdict needs of Dex's configuration. No credential is among it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    /// Its address; a configuration without is none of Dex.
    issuer: String,
    #[serde(default, rename = "enablePasswordDB")]
    enable_password_db: bool,
    #[serde(default)]
    static_passwords: Option<Vec<IgnoredAny>>,
    #[serde(default)]
    connectors: Option<Vec<Connector>>,
}

#[derive(Clone, Debug, Deserialize)]
struct Connector {
    /// As `oidc`, `ldap`; those for trials begin with `mock`.
    #[serde(rename = "type")]
    kind: String,
}

impl Config {
    /// Reads a configuration; `None` where it is none of Dex.
    pub fn of(text: &str) -> Option<Self> {
        serde_saphyr::from_str::<Self>(text).ok().filter(|config| !config.issuer.is_empty())
    }
}

/// `auth.dex_no_static_login`: by the configuration, where policy names it; otherwise as the organisation declares,
/// which is not measured, and so never a pass.
pub(super) fn static_login(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(LOGIN);
    if let (Some(key), Some(config)) = (&policy.dex_config, &input.config) {
        let object = dex_config(key);
        judge = judge.needs_one(&object, config);
        match &config.object {
            Some(config) => judge_config(&mut judge, config, policy),
            None if judge.saw_all() => {
                let values = [("config", format!("{}/{} ({})", key.namespace, key.name, key.key))];
                judge.otherwise(Outcome::NotVisible, &NO_CONFIG, values);
            }
            None => {}
        }
        return judge;
    }
    let is_absent = input.installed.coverage == Coverage::Absent;
    match policy.dex_static_login {
        Some(true) => {
            judge.examine();
            judge.fail(&DECLARED_ON, subject("Dex", None, "*"), []);
        }
        Some(false) => judge.otherwise(Outcome::NeedsReview, &DECLARED_OFF, []),
        None if !is_absent => judge.otherwise(Outcome::NotVisible, &UNDECLARED, []),
        None if input.is_elsewhere() => judge.otherwise(Outcome::NotApplicable, &ELSEWHERE, []),
        None => judge.otherwise(Outcome::NotEvaluated, &NOT_INSTALLED, []),
    }
    judge
}

fn judge_config(judge: &mut Judge, config: &Config, policy: &Policy) {
    judge.examine();
    let subject = || subject("Dex", None, "*");
    let mock: Vec<&str> = config.connectors.iter().flatten().map(|connector| connector.kind.as_str()).collect();
    let mock = crate::rules::verdict::names(mock.into_iter().filter(|kind| kind.starts_with("mock")));
    if config.enable_password_db || config.static_passwords.as_ref().is_some_and(|passwords| !passwords.is_empty()) {
        judge.fail(&PASSWORDS, subject(), []);
    } else if !mock.is_empty() {
        judge.fail(&MOCK, subject(), [("connectors", mock)]);
    } else if policy.dex_static_login == Some(true) {
        judge.fail(&DECLARED_ON, subject(), []);
    }
}
