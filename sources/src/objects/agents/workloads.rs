//! `apps/v1` and `batch/v1`: what makes pods.

use super::core::PodSpec;
use crate::objects::meta::{Condition, Meta};
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use std::fmt;

/// What pods are made from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Template {
    /// The pods' specification.
    pub spec: Option<PodSpec>,
}

/// A DaemonSet: a pod on every node that admits it.
#[derive(Clone, Debug, Deserialize)]
pub struct DaemonSet {
    /// Its metadata.
    pub metadata: Meta,
    /// What it runs.
    #[serde(default)]
    pub spec: Option<WorkloadSpec>,
    /// How it is.
    #[serde(default)]
    pub status: Option<DaemonSetStatus>,
}

/// What a DaemonSet, StatefulSet or Deployment runs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WorkloadSpec {
    /// How many pods are wanted; one where it is not said. A DaemonSet has none.
    pub replicas: Option<i64>,
    /// What they are made from.
    pub template: Option<Template>,
}

/// How a DaemonSet is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DaemonSetStatus {
    /// The generation of the specification that these numbers speak of.
    pub observed_generation: Option<i64>,
    /// Nodes that should run a pod.
    pub desired_number_scheduled: Option<i64>,
    /// ... that do.
    pub current_number_scheduled: Option<i64>,
    /// ... whose pod is ready.
    pub number_ready: Option<i64>,
}

/// A StatefulSet or Deployment.
#[derive(Clone, Debug, Deserialize)]
pub struct Replicated {
    /// Its metadata.
    pub metadata: Meta,
    /// What it runs.
    #[serde(default)]
    pub spec: Option<WorkloadSpec>,
    /// How it is.
    #[serde(default)]
    pub status: Option<ReplicatedStatus>,
}

/// How a StatefulSet or Deployment is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReplicatedStatus {
    /// The generation of the specification that these numbers speak of.
    pub observed_generation: Option<i64>,
    /// Pods that are ready.
    pub ready_replicas: Option<i64>,
    /// `Available` among them; a StatefulSet has none.
    pub conditions: Option<Vec<Condition>>,
}

/// A CronJob.
#[derive(Clone, Debug, Deserialize)]
pub struct CronJob {
    /// Its metadata.
    pub metadata: Meta,
    /// When it runs, and what.
    #[serde(default)]
    pub spec: Option<CronJobSpec>,
    /// How it went.
    #[serde(default)]
    pub status: Option<CronJobStatus>,
}

/// When a CronJob runs, and what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CronJobSpec {
    /// A cron expression.
    pub schedule: Option<String>,
    /// The time zone of the expression; that of the controller where it is not said.
    pub time_zone: Option<String>,
    /// Stopped by a person.
    pub suspend: Option<bool>,
    /// What its jobs are made from.
    pub job_template: Option<JobTemplate>,
}

/// What the jobs of a CronJob are made from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobTemplate {
    /// The jobs' specification.
    pub spec: Option<JobSpec>,
}

/// What a job runs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobSpec {
    /// What its pods are made from.
    pub template: Option<JobPodTemplate>,
}

/// What the pods of a job are made from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobPodTemplate {
    /// The pods' specification.
    pub spec: Option<JobPodSpec>,
}

/// What runs in a pod of a job.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobPodSpec {
    /// Its containers.
    pub containers: Option<Vec<JobContainer>>,
}

/// A container of a job.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobContainer {
    /// The image, with its tag or digest.
    pub image: Option<String>,
    /// What is started.
    pub command: Option<Vec<String>>,
    /// Its variables, of which one is read.
    pub env: Option<Vec<Variable>>,
}

/// A variable of a container. Its value may be a secret, so it is kept only where it is a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// `RETAIN_DAYS`: how long logs are kept; `None` where the value is no number, or is not written here.
    RetainDays(Option<u32>),
    /// Any other, with its value unseen.
    Other,
}

/// How long logs are kept, by the variable of that name.
const RETAIN_DAYS: &str = "RETAIN_DAYS";

impl<'de> Deserialize<'de> for Variable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(VariableVisitor)
    }
}

struct VariableVisitor;

impl<'de> Visitor<'de> for VariableVisitor {
    type Value = Variable;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a variable")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Variable, A::Error> {
        /// A number of days as text, or nothing: no other text outlives the reading.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Days {
            Text(String),
            Other(IgnoredAny),
        }
        let (mut is_days, mut days) = (false, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "name" => is_days = map.next_value::<String>()? == RETAIN_DAYS,
                "value" => {
                    days = match map.next_value()? {
                        Days::Text(text) => text.trim().parse().ok(),
                        Days::Other(IgnoredAny) => None,
                    }
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(if is_days { Variable::RetainDays(days) } else { Variable::Other })
    }
}

/// How a CronJob went.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CronJobStatus {
    /// When a job last ended well.
    pub last_successful_time: Option<DateTime<Utc>>,
}

impl Named for DaemonSet {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Replicated {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for CronJob {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
