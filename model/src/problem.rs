//! What went wrong with a reading: a word with named values, that everybody reads in their own language.
//!
//! The sentence beside it, in English, is for logs and programs. Readings from before words were kept have that alone.

use crate::{evaluation::Detail, words::words};
use serde::{Deserialize, Serialize};

words! {
    /// What went wrong; its text is the key `problem-<word>`. A word that was ever recorded stays.
    ProblemWord {
        /// No connection.
        Connect = "connect",
        /// The server's certificate is not trusted.
        Certificate = "certificate",
        /// No answer in time.
        Timeout = "timeout",
        /// The connection broke within an answer.
        Interrupted = "interrupted",
        /// The answer ended too soon.
        CutShort = "cut_short",
        /// The answer is larger than it may be.
        TooLarge = "too_large",
        /// The round's bytes are used up.
        OverBudget = "over_budget",
        /// The credential was refused.
        Unauthorized = "unauthorized",
        /// A permission is missing.
        Forbidden = "forbidden",
        /// It is not served.
        Absent = "absent",
        /// The list changed too quickly.
        Expired = "expired",
        /// It was asked to slow down.
        Busy = "busy",
        /// Any other refusal, without a word of the server's own.
        Server = "server",
        /// Any other refusal, with the server's own words.
        ServerSaid = "server_said",
        /// Something else than an API server answered.
        NotKubernetes = "not_kubernetes",
        /// What answered speaks no HTTP.
        NotHttp = "not_http",
        /// The answer is JSON, and no list.
        NotList = "not_list",
        /// The list never ends.
        Endless = "endless",
        /// The scan's own time is over.
        Deadline = "deadline",
        /// What was sent could not be read from the database.
        Inbox = "inbox",
        /// A fault of our own.
        Internal = "internal",
        /// A list has more objects than are read.
        CutObjects = "cut_objects",
        /// The round's bytes were used up within a list.
        CutBytes = "cut_bytes",
        /// It is served in versions alone that are not read.
        ServedOtherwise = "served_otherwise",
        /// Objects of a list were not understood.
        Misread = "misread",
        /// The one object asked for was not understood.
        MisreadObject = "misread_object",
        /// It holds something else than results of kube-bench.
        NotKubeBench = "not_kube_bench",
        /// Nothing was sent yet, and nobody may.
        NoSender = "no_sender",
        /// Nothing came lately.
        Silent = "silent",
        /// Parts of what was sent are not judged.
        NotJudged = "not_judged",
        /// An issuer gave no full answer in time.
        IssuerTimeout = "issuer_timeout",
        /// An issuer cannot be reached.
        IssuerAway = "issuer_away",
        /// An issuer's address is link-local.
        IssuerLinkLocal = "issuer_link_local",
        /// No HTTP client could be made.
        NoClient = "no_client",
        /// An issuer answered with another status than 200.
        IssuerStatus = "issuer_status",
        /// An issuer's answer is too large.
        IssuerTooLarge = "issuer_too_large",
        /// An issuer's answer is no discovery document.
        NotDiscovery = "not_discovery",
        /// The pod's service account cannot be used.
        PodAccount = "pod_account",
        /// The kubeconfig cannot be read.
        KubeconfigUnreadable = "kubeconfig_unreadable",
        /// The kubeconfig is not of its form.
        KubeconfigForm = "kubeconfig_form",
        /// The kubeconfig has no current context.
        NoCurrentContext = "no_current_context",
        /// The kubeconfig lacks the context.
        NoContext = "no_context",
        /// The kubeconfig lacks the cluster of the context.
        NoCluster = "no_cluster",
        /// The certificate authority cannot be read.
        AuthorityUnreadable = "authority_unreadable",
        /// The certificate authority is empty.
        AuthorityEmpty = "authority_empty",
        /// The client certificate cannot be read.
        CertificateUnreadable = "certificate_unreadable",
        /// The client key cannot be read.
        KeyUnreadable = "key_unreadable",
        /// The context names no server.
        NoServer = "no_server",
        /// The server is not an address.
        ServerAddress = "server_address",
        /// The kubeconfig cannot be used, for a reason without a word of its own.
        KubeconfigUnusable = "kubeconfig_unusable",
        /// The kubeconfig names a proxy.
        Proxy = "proxy",
        /// The kubeconfig names an auth provider.
        AuthProvider = "auth_provider",
        /// The token file cannot be read.
        TokenFile = "token_file",
        /// The token is none.
        TokenForm = "token_form",
        /// The credential cannot be read.
        Credential = "credential",
        /// Client certificate or key cannot be read.
        ClientCertificate = "client_certificate",
        /// Certificate, key or authority cannot be used.
        Tls = "tls",
        /// No client could be made of the kubeconfig.
        Client = "client",
        /// The server refused the client certificate.
        ClientRefused = "client_refused",
        /// The credentials cannot be used.
        CredentialsUnusable = "credentials_unusable",
        /// Server and path make no address.
        RequestAddress = "request_address",
        /// The exec plugin has no command.
        PluginNoCommand = "plugin_no_command",
        /// The exec plugin did not end in time.
        PluginSlow = "plugin_slow",
        /// The exec plugin printed no `ExecCredential`.
        PluginForm = "plugin_form",
        /// The exec plugin printed no credential.
        PluginEmpty = "plugin_empty",
        /// The exec plugin printed neither a token nor a certificate with its key.
        PluginHalf = "plugin_half",
        /// The exec plugin cannot be started.
        PluginStart = "plugin_start",
        /// The same, and the kubeconfig says how to install it.
        PluginInstall = "plugin_install",
        /// What the exec plugin prints cannot be read.
        PluginRead = "plugin_read",
        /// The exec plugin was lost.
        PluginLost = "plugin_lost",
        /// The exec plugin failed.
        PluginFailed = "plugin_failed",
        /// Not all was read, and how much was is all that is known.
        Gap = "gap",
        /// A scan that began later was recorded before this one.
        Superseded = "superseded",
        /// There is more than is told here.
        More = "more",
    }
}

impl ProblemWord {
    /// The names of the values in its text.
    pub const fn values(self) -> &'static [&'static str] {
        match self {
            Self::Connect | Self::Certificate | Self::ClientRefused => &["cause", "server"],
            Self::Timeout => &["seconds", "what"],
            Self::Interrupted => &["cause", "what"],
            Self::TooLarge => &["limit", "what"],
            Self::OverBudget => &["limit"],
            Self::Forbidden => &["permission"],
            Self::Busy => &["tries"],
            Self::Server => &["status", "what"],
            Self::ServerSaid => &["message", "status", "what"],
            Self::NotKubernetes => &["found", "status", "what"],
            Self::Endless | Self::CutShort | Self::NotHttp | Self::NotList => &["what"],
            Self::Deadline => &["seconds"],
            Self::CutObjects => &["most", "unread"],
            Self::CutBytes => &["limit", "unread"],
            Self::Misread => &["column", "count", "object", "why"],
            Self::MisreadObject => &["column", "object", "why"],
            Self::ServedOtherwise => &["versions"],
            Self::NoSender => &["source"],
            Self::Silent => &["since"],
            Self::NotJudged | Self::More => &["count"],
            Self::IssuerAway | Self::PodAccount => &["cause"],
            Self::IssuerStatus => &["status"],
            Self::KubeconfigUnreadable | Self::TokenFile => &["cause", "file"],
            Self::NoContext | Self::NoCluster => &["file", "name"],
            Self::KubeconfigForm
            | Self::NoCurrentContext
            | Self::AuthorityUnreadable
            | Self::AuthorityEmpty
            | Self::CertificateUnreadable
            | Self::KeyUnreadable
            | Self::NoServer
            | Self::ServerAddress
            | Self::KubeconfigUnusable
            | Self::Proxy
            | Self::AuthProvider
            | Self::PluginNoCommand => &["file"],
            Self::RequestAddress => &["server", "what"],
            Self::PluginSlow => &["file", "plugin", "seconds"],
            Self::PluginForm | Self::PluginEmpty | Self::PluginHalf => &["file", "plugin"],
            Self::PluginStart | Self::PluginInstall | Self::PluginRead | Self::PluginLost | Self::PluginFailed => {
                &["cause", "file", "plugin"]
            }
            Self::Gap => &["coverage"],
            Self::Unauthorized
            | Self::Absent
            | Self::Expired
            | Self::Inbox
            | Self::Internal
            | Self::NotKubeBench
            | Self::IssuerTimeout
            | Self::IssuerLinkLocal
            | Self::NoClient
            | Self::IssuerTooLarge
            | Self::NotDiscovery
            | Self::TokenForm
            | Self::Credential
            | Self::ClientCertificate
            | Self::Tls
            | Self::Client
            | Self::CredentialsUnusable
            | Self::Superseded => &[],
        }
    }
}

/// What went wrong with a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What it is.
    pub key: ProblemWord,
    /// The values in its text; what others said is among them as they said it.
    #[serde(default, skip_serializing_if = "Detail::is_empty")]
    pub values: Detail,
    /// The resource that it was met at, where it is told of a whole source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}
