//! Which grants of a review a person asks for: the URL is the state of the page.

use super::{Grant, Right, SubjectKind, allows};
use crate::query::BadFilter;

/// Text to search for at most, in characters.
const LONGEST_TEXT: usize = 200;
/// How the whole cluster is written where a namespace may stand.
const WHOLE_CLUSTER: &str = "*";
/// Parameters of the page itself.
const OF_THE_PAGE: &[&str] = &["from", "limit", "as_of", "since", "notice"];

/// Where grants hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the whole cluster, and so in each namespace.
    Cluster,
    /// In a namespace: granted there, or in the whole cluster.
    Namespace(String),
}

/// Which grants to show. The default shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessFilter {
    /// Of these kinds of subjects; of any where empty.
    pub kind: Vec<SubjectKind>,
    /// That allow one of these; anything where empty. Who may do everything may do each of them.
    pub right: Vec<Right>,
    /// That hold there.
    pub place: Option<Place>,
    /// Of Kubernetes itself (`true`), of others (`false`), or both.
    pub system: Option<bool>,
    /// Whose subject, role or binding has this in its name.
    pub text: Option<String>,
}

impl AccessFilter {
    /// Reads a query string; what is no filter is refused rather than silently passed over.
    pub fn from_query(query: &str) -> Result<Self, BadFilter> {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.is_empty() || OF_THE_PAGE.contains(&&*name) {
                continue;
            }
            let bad = || BadFilter { name: name.chars().take(100).collect(), value: value.chars().take(100).collect() };
            match (&*name, &*value) {
                ("kind", word) => filter.kind.push(word.parse().map_err(|_| bad())?),
                ("right", word) => filter.right.push(word.parse().map_err(|_| bad())?),
                ("namespace", WHOLE_CLUSTER) => filter.place = Some(Place::Cluster),
                ("namespace", name) => filter.place = Some(Place::Namespace(name.to_owned())),
                ("system", "only") => filter.system = Some(true),
                ("system", "no") => filter.system = Some(false),
                ("text", text) if text.chars().count() <= LONGEST_TEXT => filter.text = Some(text.trim().to_owned()),
                _ => return Err(bad()),
            }
        }
        filter.text = filter.text.filter(|text| !text.is_empty());
        Ok(filter)
    }

    /// Writes the query string that [`AccessFilter::from_query`] reads back; empty for the default.
    pub fn to_query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// The parameters of that query, in order.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let kinds = self.kind.iter().map(|kind| ("kind", kind.as_str()));
        let rights = self.right.iter().map(|right| ("right", right.as_str()));
        let place = self.place.iter().map(|place| ("namespace", place.as_str()));
        let system = self.system.iter().map(|system| ("system", if *system { "only" } else { "no" }));
        let text = self.text.iter().map(|text| ("text", text.as_str()));
        kinds.chain(rights).chain(place).chain(system).chain(text).collect()
    }

    /// Whether a grant is asked for.
    pub fn matches(&self, grant: &Grant) -> bool {
        let holds_there = match &self.place {
            None => true,
            Some(Place::Cluster) => grant.namespace.is_none(),
            Some(Place::Namespace(name)) => grant.namespace.as_deref().is_none_or(|own| own == name),
        };
        (self.kind.is_empty() || self.kind.contains(&grant.kind))
            && (self.right.is_empty() || self.right.iter().any(|right| allows(&grant.rights, *right)))
            && holds_there
            && self.system.is_none_or(|system| system == grant.is_system)
            && self.text.as_deref().is_none_or(|text| has_text(grant, &text.to_lowercase()))
    }
}

fn has_text(grant: &Grant, text: &str) -> bool {
    [&grant.subject, &grant.role, &grant.binding].into_iter().any(|name| name.to_lowercase().contains(text))
}

impl Place {
    /// As in a query: a namespace, or `*`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Cluster => WHOLE_CLUSTER,
            Self::Namespace(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::tests::grant;

    #[test]
    fn a_filter_survives_being_written_and_read() {
        let filter = AccessFilter {
            kind: vec![SubjectKind::User, SubjectKind::Group],
            right: vec![Right::ReadSecrets],
            place: Some(Place::Namespace("shop".into())),
            system: Some(false),
            text: Some("æ & ø".into()),
        };
        assert_eq!(AccessFilter::from_query(&filter.to_query()), Ok(filter));
        let cluster = AccessFilter { place: Some(Place::Cluster), system: Some(true), ..AccessFilter::default() };
        assert_eq!(AccessFilter::from_query(&cluster.to_query()), Ok(cluster));
        assert_eq!(AccessFilter::from_query("text=&since=2026-01-01T00%3A00&from=100"), Ok(AccessFilter::default()));
        assert_eq!(AccessFilter::default().to_query(), "");
    }

    #[test]
    fn what_is_no_filter_is_refused_and_named() {
        for (query, name) in
            [("kind=martian", "kind"), ("right=fly", "right"), ("colour=red", "colour"), ("system=1", "system")]
        {
            assert_eq!(AccessFilter::from_query(query).map_err(|bad| bad.name), Err(name.to_owned()));
        }
    }

    #[test]
    fn who_may_do_everything_may_do_each_thing_and_what_holds_everywhere_holds_there() {
        let asked = |query: &str, grant: &Grant| AccessFilter::from_query(query).expect("a filter").matches(grant);
        let admin = grant("ops", None, &[Right::Everything]);
        let reader = grant("team", Some("shop"), &[Right::ReadSecrets, Right::Read]);
        assert!(asked("right=read_named_secrets", &admin) && asked("right=read_named_secrets", &reader));
        assert!(asked("right=enter_pods", &admin) && !asked("right=enter_pods", &reader));
        assert!(!asked("right=unknown", &admin) && !asked("right=nothing", &admin));
        assert!(asked("namespace=shop", &admin) && asked("namespace=shop", &reader));
        assert!(!asked("namespace=other", &reader) && !asked("namespace=*", &reader) && asked("namespace=*", &admin));
        assert!(asked("text=OPS", &admin) && asked("text=clusterrole", &admin) && !asked("text=nobody", &admin));
        assert!(asked("kind=group", &admin) && !asked("kind=user", &admin));
        assert!(!asked("system=only", &admin) && asked("system=no", &admin));
    }
}
