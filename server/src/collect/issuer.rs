//! The one request that does not go to an API server: what an issuer that the operator declared says of itself.

use crate::outbound;
use futures::StreamExt;
use model::{
    problem::ProblemWord,
    scan::{Coverage, Read},
};
use sources::{
    error::{LONGEST, Told, clean},
    listed::One,
    objects::oidc::Discovery,
};
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use url::Url;

const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST: usize = 512 * 1024;

/// No redirects, no cookies, no credentials, no proxy.
static CLIENT: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| {
    outbound::use_ring();
    reqwest::Client::builder()
        .connect_timeout(PATIENCE)
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .dns_resolver(Arc::new(outbound::NotLinkLocal))
        .user_agent(concat!("bevis/", env!("CARGO_PKG_VERSION")))
        .build()
        .ok()
});

/// Asks for the discovery document of an issuer.
pub(super) async fn discovery(issuer: &str) -> One<Discovery> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let asked = tokio::time::timeout(PATIENCE, fetch(&address)).await;
    let asked = asked.unwrap_or_else(|_| {
        Err(failure(Coverage::Unreachable, "no full answer within 5 s", ProblemWord::IssuerTimeout))
    });
    match asked {
        Ok(document) => {
            let read = Read {
                resource: address,
                coverage: Coverage::Complete,
                objects: 1,
                malformed: 0,
                confirmed: 0,
                error: None,
                problems: Vec::new(),
            };
            One { read, object: Some(document) }
        }
        Err((coverage, why)) => {
            let (error, problems) = (Some(clean(&why.sentence, LONGEST)), vec![why.problem]);
            One {
                read: Read { resource: address, coverage, objects: 0, malformed: 0, confirmed: 0, error, problems },
                object: None,
            }
        }
    }
}

type Failure = (Coverage, Told);

fn failure(coverage: Coverage, why: &str, word: ProblemWord) -> Failure {
    (coverage, Told::new(why, word, &[]))
}

async fn fetch(address: &str) -> Result<Discovery, Failure> {
    let unreachable = |error: reqwest::Error| {
        let error = error.without_url();
        let cause = super::network::root_cause(&error);
        (Coverage::Unreachable, Told::new(cause.clone(), ProblemWord::IssuerAway, &[("cause", &cause)]))
    };
    if address.parse::<Url>().is_ok_and(|address| outbound::is_link_local(&address)) {
        return Err(failure(
            Coverage::Unreachable,
            "it is a link-local address, which is never asked",
            ProblemWord::IssuerLinkLocal,
        ));
    }
    let no_client = || failure(Coverage::Failed, "no HTTP client could be made", ProblemWord::NoClient);
    let client = CLIENT.as_ref().ok_or_else(no_client)?;
    let answer = client.get(address).send().await.map_err(unreachable)?;
    if answer.status() != reqwest::StatusCode::OK {
        let status = answer.status().as_u16();
        let sentence = format!("answered with status {status}");
        return Err((Coverage::Absent, Told::new(sentence, ProblemWord::IssuerStatus, &[("status", &status)])));
    }
    let mut body = Vec::new();
    let mut chunks = answer.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        body.extend_from_slice(&chunk.map_err(unreachable)?);
        if body.len() > LARGEST {
            return Err(failure(Coverage::Absent, "the answer is larger than 512 KiB", ProblemWord::IssuerTooLarge));
        }
    }
    let no_document = |_| failure(Coverage::Absent, "the answer is no discovery document", ProblemWord::NotDiscovery);
    serde_json::from_slice(&body).map_err(no_document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_issuer_that_is_not_there_is_told() {
        let one = discovery("http://127.0.0.1:9/dex/").await;
        assert_eq!(one.read.resource, "http://127.0.0.1:9/dex/.well-known/openid-configuration");
        assert_eq!((one.read.coverage, one.object.is_none()), (Coverage::Unreachable, true));
    }

    #[tokio::test]
    async fn where_credentials_of_clouds_lie_is_never_asked() {
        let one = discovery("http://169.254.169.254/latest").await;
        assert_eq!(one.read.coverage, Coverage::Unreachable);
        assert!(one.read.error.is_some_and(|error| error.contains("link-local")));
    }

    #[tokio::test]
    async fn the_document_of_an_issuer_is_read() {
        let now = fleet::now::Now::system();
        let settings = fleet::provider::Settings::for_tests(now).expect("keys");
        let provider = fleet::provider::Provider::start(settings).await.expect("a provider");
        let one = discovery(provider.issuer()).await;
        assert_eq!(one.read.coverage, Coverage::Complete, "{:?}", one.read.error);
        assert_eq!(one.object.and_then(|document| document.issuer), Some(provider.issuer().to_owned()));
        let one = discovery(&format!("{}/elsewhere", provider.issuer())).await;
        assert_eq!(one.read.coverage, Coverage::Absent);
    }
}
