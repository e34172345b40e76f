//! From the provider's groups to roles, by configuration. No match is no role, and no role is no access.

use model::role::Role;
use std::collections::BTreeMap;

/// The roles of somebody in these groups, each once. Names are compared exactly.
pub fn of(groups: &[String], configured: &BTreeMap<Role, Vec<String>>) -> Vec<Role> {
    configured
        .iter()
        .filter(|(_, wanted)| wanted.iter().any(|group| groups.contains(group)))
        .map(|(role, _)| *role)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(groups: &[&str]) -> Vec<Role> {
        let configured = BTreeMap::from([
            (Role::Viewer, vec!["staff".to_owned()]),
            (Role::Engineer, vec!["ops".to_owned(), "dev".to_owned()]),
        ]);
        of(&groups.iter().map(|&group| group.to_owned()).collect::<Vec<_>>(), &configured)
    }

    #[test]
    fn each_role_once_and_nothing_by_likeness() {
        assert_eq!(check(&["ops", "dev", "staff"]), [Role::Viewer, Role::Engineer]);
        assert_eq!(check(&["Ops", "ops ", "op", "ops,staff", ""]), []);
        assert_eq!(check(&[]), []);
    }
}
