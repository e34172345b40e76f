//! The people of the demo and their roles.

use fleet::provider::{Person, people};
use model::role::Role;

/// Which group of the identity provider gives which role.
pub(crate) const GROUPS: [(Role, &str); 6] = [
    (Role::Viewer, "bevis-viewers"),
    (Role::Manager, "bevis-managers"),
    (Role::Engineer, "bevis-engineers"),
    (Role::SecurityOfficer, "bevis-security"),
    (Role::Admin, "bevis-admins"),
    (Role::Auditor, "bevis-auditors"),
];

/// Whoever has a role.
pub(crate) fn with_role(role: Role) -> Option<Person> {
    let group = GROUPS.iter().find(|(other, _)| *other == role)?.1;
    people().into_iter().find(|person| person.groups.iter().any(|other| other == group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_somebody_for_every_role_and_somebody_for_none() {
        for role in Role::ALL {
            assert!(with_role(*role).is_some(), "{role}");
        }
        let nobody = people()
            .into_iter()
            .filter(|person| GROUPS.iter().all(|(_, group)| !person.groups.contains(&(*group).to_owned())));
        assert_eq!(nobody.count(), 1);
    }
}
