//! What the HTTP library's errors mean: the way there, the certificate, or a connection that broke.

use kube::config::KubeconfigError;
use model::problem::ProblemWord;
use sources::{
    ReadError,
    error::{Told, clean},
    page::Found,
};
use std::error::Error;

/// Characters of a cause at most.
const QUOTED: usize = 160;

/// Why no client could be built; the library's words are not shown, since they may hold what was in the kubeconfig.
pub(super) fn unusable(error: &kube::Error) -> ReadError {
    let (word, sentence) = match error {
        kube::Error::Auth(_) => (
            ProblemWord::Credential,
            "the credential in the kubeconfig cannot be read: check token, token file or password",
        ),
        kube::Error::InferKubeconfig(KubeconfigError::LoadClientCertificate(_) | KubeconfigError::LoadClientKey(_)) => {
            (ProblemWord::ClientCertificate, "the client-certificate or client-key of the kubeconfig cannot be read")
        }
        kube::Error::RustlsTls(_) => {
            (ProblemWord::Tls, "the client certificate, its key or the certificate authority cannot be used")
        }
        _ => (ProblemWord::Client, "the kubeconfig cannot be used: check server, certificates and credential"),
    };
    ReadError::Access(Told::new(sentence, word, &[]))
}

/// Why a request got no answer.
pub(super) fn failed(error: &kube::Error, server: &str, what: String) -> ReadError {
    if let kube::Error::Auth(_) = error {
        return unusable(error);
    }
    let server = server.to_owned();
    let cause = root_cause(error);
    if let Some(tls) = chain(error).find_map(tls_error) {
        return match tls {
            rustls::Error::InvalidCertificate(why) => {
                ReadError::Certificate { server, cause: clean(&format!("{why:?}"), QUOTED) }
            }
            // A server that asks for a client certificate refuses ours by an alert.
            rustls::Error::AlertReceived(_) => ReadError::Access(Told::new(
                format!("{server} refused the client certificate: {cause}; renew it in the kubeconfig"),
                ProblemWord::ClientRefused,
                &[("server", &server), ("cause", &cause)],
            )),
            _ => ReadError::Connect { server, cause },
        };
    }
    let answered_in_part = chain(error)
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(|error| error.is_incomplete_message() || error.is_body_write_aborted());
    let not_http = chain(error).filter_map(|error| error.downcast_ref::<hyper::Error>()).any(hyper::Error::is_parse);
    if answered_in_part {
        ReadError::Interrupted { what, cause }
    } else if not_http {
        ReadError::NotKubernetes { what, found: Found::NoHttp }
    } else {
        ReadError::Connect { server, cause }
    }
}

/// The innermost of an error's causes.
pub(super) fn root_cause(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(|error| clean(&error.to_string(), QUOTED)).unwrap_or_default()
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    // The TLS library's error is inside I/O errors, which do not name what they hold as their source.
    let held = || error.downcast_ref::<std::io::Error>()?.get_ref().map(|held| held as &(dyn Error + 'static));
    error.downcast_ref::<rustls::Error>().or_else(|| tls_error(held()?))
}
