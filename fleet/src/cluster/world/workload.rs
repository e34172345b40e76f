//! A workload: what keeps pods running, from which image, with which rights; and when it was last rolled out.

use super::{
    object::letters,
    story::{Profile, Story},
};
use chrono::{DateTime, TimeDelta, Utc};

/// The controller of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Deployment,
    StatefulSet,
    DaemonSet,
    CronJob,
}

/// What the pods of a workload may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guise {
    /// As the restricted profile asks.
    Restricted,
    /// As the baseline profile asks: nothing is forbidden, nothing is demanded.
    Baseline,
    /// As root, and says so.
    Root,
    /// With the node's network.
    Host,
    /// All that the node may.
    Privileged,
}

/// A workload, whatever runs of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workload {
    pub(super) kind: Kind,
    pub(super) namespace: &'static str,
    pub(super) name: &'static str,
    /// The image without its tag.
    pub(super) image: &'static str,
    /// Its tag; where it is empty, the day on which the image was built.
    pub(super) tag: &'static str,
    pub(super) replicas: i64,
    pub(super) ready: bool,
    /// The day of the story on which it came.
    pub(super) came: i64,
    /// Days from one rollout to the next; 0 where there is none.
    pub(super) every: i64,
    pub(super) guise: Guise,
    /// Folders of the node that it sees, by the path that they have there and in the container.
    pub(super) sees: &'static [(&'static str, &'static str)],
    /// Whether it runs on nodes of the control plane too.
    pub(super) everywhere: bool,
    pub(super) args: &'static [&'static str],
    /// Variables; what begins with `secret:` is taken from a Secret of that name.
    pub(super) env: &'static [(&'static str, &'static str)],
    /// When a cron job runs, and at which hour that is.
    pub(super) schedule: (&'static str, i64),
    /// Whether it asks for processor and memory.
    pub(super) requests: bool,
}

impl Workload {
    const fn new(kind: Kind, namespace: &'static str, name: &'static str, image: (&'static str, &'static str)) -> Self {
        Self {
            kind,
            namespace,
            name,
            image: image.0,
            tag: image.1,
            replicas: 1,
            ready: true,
            came: -300,
            every: 0,
            guise: Guise::Restricted,
            sees: &[],
            everywhere: false,
            args: &[],
            env: &[],
            schedule: ("", 0),
            requests: true,
        }
    }

    /// Two pods of an image.
    pub(super) const fn deployment(
        namespace: &'static str,
        name: &'static str,
        image: (&'static str, &'static str),
    ) -> Self {
        Self { replicas: 2, ..Self::new(Kind::Deployment, namespace, name, image) }
    }

    pub(super) const fn stateful(
        namespace: &'static str,
        name: &'static str,
        image: (&'static str, &'static str),
    ) -> Self {
        Self::new(Kind::StatefulSet, namespace, name, image)
    }

    /// A pod on every node that does not turn it away.
    pub(super) const fn agent(
        namespace: &'static str,
        name: &'static str,
        image: (&'static str, &'static str),
    ) -> Self {
        Self { everywhere: true, ..Self::new(Kind::DaemonSet, namespace, name, image) }
    }

    pub(super) const fn cron(
        (namespace, name): (&'static str, &'static str),
        image: (&'static str, &'static str),
        schedule: (&'static str, i64),
    ) -> Self {
        Self { schedule, ..Self::new(Kind::CronJob, namespace, name, image) }
    }

    /// What belongs to it and to nothing else in its cluster.
    pub(super) fn key(&self) -> String {
        format!("{:?}/{}/{}", self.kind, self.namespace, self.name)
    }

    /// What is rolled out at an instant.
    pub(super) fn rollout(&self, story: &Story, at: DateTime<Utc>) -> Rollout {
        let came = story.day(self.came);
        if self.every == 0 {
            return Rollout { number: 0, since: came, built: came };
        }
        let phase = story.pick(&format!("{}/rollout", self.key()), self.every.unsigned_abs());
        let first = story.day(phase - 20 * self.every) + TimeDelta::hours(9);
        let number = ((at - first).num_hours()).div_euclid(self.every * 24);
        let built = |number: i64| first + TimeDelta::days(number * self.every);
        if self.is_rolled_back(story, at) {
            // Kubernetes takes the ReplicaSet that it still has.
            return Rollout { number: number - 1, since: story.day(64), built: built(number - 1) };
        }
        Rollout { number, since: built(number).max(came), built: built(number) }
    }

    /// A release does not do what it should, and for two days the one before runs again.
    fn is_rolled_back(&self, story: &Story, at: DateTime<Utc>) -> bool {
        story.profile == Profile::Healthy
            && (self.namespace, self.name) == ("webshop-search", "web")
            && story.between(at, 120, 64..66)
    }
}

/// A version of a workload.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rollout {
    pub(super) number: i64,
    /// Since when its pods run.
    pub(super) since: DateTime<Utc>,
    /// When its image was built.
    pub(super) built: DateTime<Utc>,
}

impl Rollout {
    /// What its pods are labelled with.
    pub(super) fn hash(&self, story: &Story, workload: &Workload) -> String {
        letters(&format!("{}/{}/{}", story.seed, workload.key(), self.number), 10)
    }

    /// The image, with its tag.
    pub(super) fn image(&self, workload: &Workload) -> String {
        if workload.tag.is_empty() {
            format!("{}:{}", workload.image, self.built.format("%Y.%-m.%-d"))
        } else {
            format!("{}:{}", workload.image, workload.tag)
        }
    }
}
