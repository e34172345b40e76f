//! What a person may do. Roles come from the provider's groups; nobody has one by default.

use crate::words::words;

words! {
    /// A role. A person may have several; what they may do is the union.
    Role {
        /// Browse everything.
        Viewer = "viewer",
        /// Viewer, and create and download packs.
        Manager = "manager",
        /// Viewer, and acknowledge findings.
        Engineer = "engineer",
        /// Manager and engineer in one, and approve what others ask for.
        SecurityOfficer = "security_officer",
        /// Clusters and settings, and end people's sessions.
        Admin = "admin",
        /// Read-only, and download packs; every download is in the ledger.
        Auditor = "auditor",
    }
}

words! {
    /// What a route asks for. One layer checks it; see the server's route table.
    Permission {
        /// Anybody, logged in or not.
        Public = "public",
        /// Anybody who is logged in with at least one role.
        View = "view",
        /// Choose what one is told of.
        Subscribe = "subscribe",
        /// Acknowledge and comment.
        Decide = "decide",
        /// Approve, reject and revoke what others ask for.
        Approve = "approve",
        /// Confirm or reject what somebody else claims of a finding.
        Review = "review",
        /// Create a pack.
        CreatePack = "create_pack",
        /// Download a pack.
        DownloadPack = "download_pack",
        /// Clusters and settings, and the sessions of everybody.
        Administer = "administer",
        /// Read the ledger.
        ReadLedger = "read_ledger",
        /// Make and revoke tokens of one's own.
        ManageTokens = "manage_tokens",
        /// Save lists under a name, and change and remove them.
        KeepViews = "keep_views",
        /// Send what a token of one cluster and source allows. No person may.
        Intake = "intake",
    }
}

impl Permission {
    /// What a token of the API may be given; no token makes tokens or administers.
    pub const OF_TOKENS: &[Self] = &[Self::View, Self::Decide, Self::CreatePack, Self::DownloadPack, Self::ReadLedger];

    /// Whether it changes what is recorded of the present. That is refused on a page of the past; what is read, and a
    /// pack, which speaks of an instant anyway, are not.
    pub const fn changes_the_present(self) -> bool {
        match self {
            Self::Public | Self::View | Self::CreatePack | Self::DownloadPack | Self::ReadLedger | Self::Intake => {
                false
            }
            Self::Subscribe
            | Self::Decide
            | Self::Approve
            | Self::Review
            | Self::ManageTokens
            | Self::KeepViews
            | Self::Administer => true,
        }
    }
}

impl Role {
    /// Whether this role alone grants a permission.
    pub const fn grants(self, permission: Permission) -> bool {
        match permission {
            Permission::Subscribe => !matches!(self, Self::Auditor),
            Permission::Public | Permission::View | Permission::ManageTokens | Permission::KeepViews => true,
            Permission::Decide => matches!(self, Self::Engineer | Self::SecurityOfficer),
            Permission::Approve | Permission::Review => matches!(self, Self::SecurityOfficer),
            Permission::CreatePack => matches!(self, Self::Manager | Self::SecurityOfficer),
            Permission::DownloadPack => matches!(self, Self::Manager | Self::SecurityOfficer | Self::Auditor),
            Permission::Administer => matches!(self, Self::Admin),
            Permission::ReadLedger => matches!(self, Self::SecurityOfficer | Self::Admin | Self::Auditor),
            Permission::Intake => false,
        }
    }
}

/// Whether a set of roles grants a permission. No roles grant nothing but what is public.
pub fn allows(roles: &[Role], permission: Permission) -> bool {
    permission == Permission::Public || roles.iter().any(|role| role.grants(permission))
}
