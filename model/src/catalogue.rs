//! The catalogue: frameworks, checks, and the edges between them. Data files, embedded and validated.

use crate::{
    custom::Custom,
    evaluation::Hasher,
    ids::{CheckId, ControlId},
    severity::Severity,
    source::Source,
    words::words,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};
use uuid::Uuid;

/// The framework whose controls every check is tied to.
pub const ISO_27001: &str = "iso27001-2022";

words! {
    /// A theme of ISO/IEC 27001:2022 Annex A.
    Theme {
        /// A.5
        Organizational = "organizational",
        /// A.6
        People = "people",
        /// A.7
        Physical = "physical",
        /// A.8
        Technological = "technological",
    }
}

words! {
    /// How far cluster state can evidence a control.
    EvidenceKind {
        /// The whole of what a cluster can say is evidence enough for a verdict.
        Automatic = "automatic",
        /// A part must be shown by a person.
        Partial = "partial",
        /// No cluster state speaks to it.
        Manual = "manual",
    }
}

words! {
    /// How strongly a check supports a control.
    Strength {
        /// A failure is a failure of the control; a pass counts towards it being met.
        Direct = "direct",
        /// A failure is a failure of the control; a pass alone does not show that it is met.
        Supporting = "supporting",
    }
}

/// A control of a framework. Its title and what remains manual are translation keys (`control-<id>…`).
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// As `A.8.13`.
    pub id: ControlId,
    /// Its theme.
    pub theme: Theme,
    /// How far clusters can evidence it.
    pub evidence: EvidenceKind,
    /// Its predecessors in ISO/IEC 27001:2013 Annex A (per ISO/IEC 27002:2022 Annex B).
    pub iso2013: Vec<ControlId>,
}

/// A check -> control tie.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// The control supported.
    pub control: ControlId,
    /// How strongly.
    pub strength: Strength,
}

/// A yes/no question. Title, rule, rationale and remedy are translation keys (`check-<id>-…`).
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// As `rbac.no_wildcards`.
    pub id: CheckId,
    /// The source that answers it.
    #[serde(skip_deserializing, default = "unset_source")]
    pub source: Source,
    /// The severity of a failure, unless the rule says otherwise for a subject.
    pub severity: Severity,
    /// The controls that it supports.
    pub controls: Vec<Edge>,
    /// Areas of the Danish data processor instruction that it speaks to.
    pub areas: Vec<String>,
    /// A command or manifest to copy as a remedy; the same in every language.
    #[serde(default)]
    pub remedy_code: Option<String>,
    /// Whether what it asks of is kept in a management cluster for its workload clusters too: where a workload cluster has
    /// nothing of its own, the result in its management cluster counts for it.
    #[serde(default)]
    pub in_management: bool,
}

const fn unset_source() -> Source {
    Source::Rbac
}

/// The checks of one source, and how fresh its data must be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    source: Source,
    /// Seconds after which a reading is stale.
    stale_after_seconds: u32,
    checks: Vec<Check>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameworkFile {
    controls: Vec<Control>,
}

/// An area of the Danish data processor instruction; its name is the key `area-<id>`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// As `AC`.
    pub id: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AreasFile {
    areas: Vec<Area>,
}

/// Why a catalogue file is refused.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not TOML, or not of the catalogue's shape.
    #[error("{file}: {error}")]
    Syntax {
        /// The file.
        file: &'static str,
        /// What is wrong, with line and column.
        error: Box<toml::de::Error>,
    },
    /// Two entries with one id.
    #[error("{0} is defined twice")]
    Duplicate(String),
    /// An edge to something that is not there.
    #[error("{check} names {missing}, which is not in the catalogue")]
    Dangling {
        /// The check.
        check: CheckId,
        /// The control or area that is missing.
        missing: String,
    },
    /// The catalogue of this process is another already.
    #[error("the checks of a running program cannot be changed; restart it")]
    TooLate,
}

/// Frameworks, checks and edges, validated: every edge ends at a control that exists.
#[derive(Clone, Debug)]
pub struct Catalogue {
    controls: Vec<Control>,
    checks: Vec<Check>,
    areas: Vec<Area>,
    stale_after: BTreeMap<Source, chrono::TimeDelta>,
    customs: Vec<Custom>,
}

const FRAMEWORK: (&str, &str) =
    ("frameworks/iso27001-2022.toml", include_str!("../../catalogue/frameworks/iso27001-2022.toml"));
const AREAS: (&str, &str) =
    ("frameworks/danish-instruction.toml", include_str!("../../catalogue/frameworks/danish-instruction.toml"));
const CHECKS: &[(&str, &str)] = &[
    ("checks/rbac.toml", include_str!("../../catalogue/checks/rbac.toml")),
    ("checks/pod_security.toml", include_str!("../../catalogue/checks/pod_security.toml")),
    ("checks/pods.toml", include_str!("../../catalogue/checks/pods.toml")),
    ("checks/gatekeeper.toml", include_str!("../../catalogue/checks/gatekeeper.toml")),
    ("checks/kyverno.toml", include_str!("../../catalogue/checks/kyverno.toml")),
    ("checks/policy_report.toml", include_str!("../../catalogue/checks/policy_report.toml")),
    ("checks/cert_manager.toml", include_str!("../../catalogue/checks/cert_manager.toml")),
    ("checks/velero.toml", include_str!("../../catalogue/checks/velero.toml")),
    ("checks/api_server.toml", include_str!("../../catalogue/checks/api_server.toml")),
    ("checks/dex.toml", include_str!("../../catalogue/checks/dex.toml")),
    ("checks/nodes.toml", include_str!("../../catalogue/checks/nodes.toml")),
    ("checks/audit_log.toml", include_str!("../../catalogue/checks/audit_log.toml")),
    ("checks/falco.toml", include_str!("../../catalogue/checks/falco.toml")),
    ("checks/network.toml", include_str!("../../catalogue/checks/network.toml")),
    ("checks/workloads.toml", include_str!("../../catalogue/checks/workloads.toml")),
    ("checks/storage.toml", include_str!("../../catalogue/checks/storage.toml")),
    ("checks/inventory.toml", include_str!("../../catalogue/checks/inventory.toml")),
    ("checks/falco_events.toml", include_str!("../../catalogue/checks/falco_events.toml")),
    ("checks/audit_events.toml", include_str!("../../catalogue/checks/audit_events.toml")),
    ("checks/external.toml", include_str!("../../catalogue/checks/external.toml")),
    ("checks/trivy.toml", include_str!("../../catalogue/checks/trivy.toml")),
    ("checks/kube_bench.toml", include_str!("../../catalogue/checks/kube_bench.toml")),
    ("checks/custom.toml", include_str!("../../catalogue/checks/custom.toml")),
];

static EMBEDDED: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::parse(FRAMEWORK, AREAS, CHECKS).expect("a test parses the embedded catalogue"));
static CURRENT: OnceLock<Catalogue> = OnceLock::new();

impl Catalogue {
    /// The catalogue that this build carries.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The catalogue of this process: the embedded one, with the checks that the operator wrote.
    pub fn current() -> &'static Self {
        CURRENT.get_or_init(|| EMBEDDED.clone())
    }

    /// Adds the operator's checks to the catalogue of this process. Once, before anything reads it: a page and a pack of
    /// one process must not speak of different catalogues, so a later call may only say the same again.
    ///
    /// # Errors
    /// A check twice, an edge to nothing, or [`CatalogueError::TooLate`].
    pub fn install(customs: &[Custom]) -> Result<(), CatalogueError> {
        let current = if let Some(current) = CURRENT.get() {
            current
        } else {
            let extended = EMBEDDED.with(customs.to_vec())?;
            CURRENT.get_or_init(|| extended)
        };
        if current.customs == customs { Ok(()) } else { Err(CatalogueError::TooLate) }
    }

    /// This catalogue with checks that an operator wrote.
    ///
    /// # Errors
    /// A check twice, or an edge to nothing.
    pub fn with(&self, customs: Vec<Custom>) -> Result<Self, CatalogueError> {
        let mut extended = self.clone();
        extended.checks.extend(customs.iter().map(|custom| custom.check.clone()));
        extended.customs.extend(customs);
        extended.validate()?;
        Ok(extended)
    }

    /// The checks that the operator wrote.
    pub fn customs(&self) -> &[Custom] {
        &self.customs
    }

    /// One of them.
    pub fn custom(&self, id: &CheckId) -> Option<&Custom> {
        self.customs.iter().find(|custom| custom.check.id == *id)
    }

    /// The sources that have checks: nothing is read for the others, and no page speaks of them.
    pub fn sources(&self) -> impl Iterator<Item = Source> {
        Source::ALL.iter().copied().filter(|source| self.checks_of(*source).next().is_some())
    }

    /// Reads and validates catalogue files, each a name (for errors) and a text.
    pub fn parse(
        framework: (&'static str, &str),
        areas: (&'static str, &str),
        checks: &[(&'static str, &str)],
    ) -> Result<Self, CatalogueError> {
        let controls = read::<FrameworkFile>(framework)?.controls;
        let areas = read::<AreasFile>(areas)?.areas;
        let mut all = Vec::new();
        let mut stale_after = BTreeMap::new();
        for file in checks {
            let file = read::<SourceFile>(*file)?;
            stale_after.insert(file.source, chrono::TimeDelta::seconds(i64::from(file.stale_after_seconds)));
            all.extend(file.checks.into_iter().map(|check| Check { source: file.source, ..check }));
        }
        let catalogue = Self { controls, checks: all, areas, stale_after, customs: Vec::new() };
        catalogue.validate()?;
        Ok(catalogue)
    }

    fn validate(&self) -> Result<(), CatalogueError> {
        let ids = self.controls.iter().map(|c| c.id.as_str()).chain(self.checks.iter().map(|c| c.id.as_str()));
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = ids.into_iter().find(|id| !seen.insert(*id)) {
            return Err(CatalogueError::Duplicate(twice.to_owned()));
        }
        for check in &self.checks {
            let dangling =
                |missing: &str| CatalogueError::Dangling { check: check.id.clone(), missing: missing.to_owned() };
            if let Some(edge) = check.controls.iter().find(|edge| self.control(&edge.control).is_none()) {
                return Err(dangling(edge.control.as_str()));
            }
            if let Some(area) = check.areas.iter().find(|area| self.areas.iter().all(|a| a.id != **area)) {
                return Err(dangling(area));
            }
        }
        Ok(())
    }

    /// Every control, in the framework's order.
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// One control.
    pub fn control(&self, id: &ControlId) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == *id)
    }

    /// Every check.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// One check.
    pub fn check(&self, id: &CheckId) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == *id)
    }

    /// The checks of one source.
    pub fn checks_of(&self, source: Source) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(move |check| check.source == source)
    }

    /// The checks that support a control, each with the strength of its edge.
    pub fn checks_for<'a>(&'a self, control: &'a ControlId) -> impl Iterator<Item = (&'a Check, Strength)> {
        self.checks.iter().filter_map(move |check| {
            check.controls.iter().find(|edge| edge.control == *control).map(|edge| (check, edge.strength))
        })
    }

    /// Areas of the Danish data processor instruction.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// A digest of everything that decides states: controls, checks with their edges, freshness budgets, and the rules that
    /// the operator wrote. Texts do not belong to it. How a built-in rule judges belongs to the version of Bevis.
    pub fn digest(&self) -> Uuid {
        let mut hasher = Hasher::new();
        for control in &self.controls {
            hasher.part(control.id.as_str());
            hasher.part(control.theme.as_str());
            hasher.part(control.evidence.as_str());
        }
        for check in &self.checks {
            hasher.part(check.id.as_str());
            hasher.part(check.source.as_str());
            hasher.part(check.severity.as_str());
            hasher.part(&check.controls.len().to_string());
            for edge in &check.controls {
                hasher.part(edge.control.as_str());
                hasher.part(edge.strength.as_str());
            }
        }
        for (source, budget) in &self.stale_after {
            hasher.part(source.as_str());
            hasher.part(&budget.num_seconds().to_string());
        }
        for custom in &self.customs {
            hasher.part(&custom.digest().to_string());
        }
        hasher.finish()
    }

    /// How old a reading of a source may be before it is stale.
    pub fn stale_after(&self, source: Source) -> chrono::TimeDelta {
        self.stale_after.get(&source).copied().unwrap_or_else(|| chrono::TimeDelta::minutes(30))
    }
}

fn read<T: serde::de::DeserializeOwned>((file, text): (&'static str, &str)) -> Result<T, CatalogueError> {
    toml::from_str(text).map_err(|error| CatalogueError::Syntax { file, error: Box::new(error) })
}
