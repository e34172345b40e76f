//! What a token that is limited to clusters may ask: those clusters, and nothing that speaks of others too.

use super::route::Narrow;
use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Result},
    tokens,
};
use axum::extract::Request;
use http::Uri;
use model::ids::FindingId;
use url::form_urlencoded;

/// Narrows a request to the clusters of its token, or refuses it. Nothing is narrowed where the token has no limit.
///
/// # Errors
/// [`Error::NotFound`] for another cluster, as if it were not there; [`Error::TokenLimited`] where the route cannot be narrowed.
pub(super) async fn to_clusters(app: &App, how: Narrow, visitor: &Visitor, request: &mut Request) -> Result<()> {
    let Some(token) = visitor.token().filter(|token| !token.clusters.is_empty()) else { return Ok(()) };
    match how {
        Narrow::NotNeeded | Narrow::ByHandler => Ok(()),
        Narrow::Never => Err(Error::TokenLimited { key: "error-token-all-clusters", value: token.clusters.join(", ") }),
        Narrow::ByName => {
            let name = after(request.uri(), "clusters").unwrap_or_default();
            if token.clusters.contains(&name) { Ok(()) } else { Err(Error::NotFound) }
        }
        Narrow::ByFinding => {
            let id: FindingId =
                after(request.uri(), "findings").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
            tokens::reach_findings(app, visitor, &[id]).await
        }
        Narrow::ByParameter => {
            *request.uri_mut() = narrowed(request.uri(), &token.clusters)?;
            Ok(())
        }
    }
}

/// The segment of a path after another.
fn after(uri: &Uri, segment: &str) -> Option<String> {
    let next = uri.path().split('/').skip_while(|part| *part != segment).nth(1)?;
    // A name of ours needs no escapes; one that has some is none.
    Some(next.to_owned())
}

/// An address that names these clusters where it named none.
fn narrowed(uri: &Uri, clusters: &[String]) -> Result<Uri> {
    let query = uri.query().unwrap_or_default();
    let named: Vec<_> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| name == "cluster" && !value.is_empty())
        .map(|(_, value)| value)
        .collect();
    if let Some(other) = named.iter().find(|name| !clusters.iter().any(|known| known == *name)) {
        return Err(Error::TokenLimited { key: "error-token-other-cluster", value: other.clone().into_owned() });
    }
    if !named.is_empty() {
        return Ok(uri.clone());
    }
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cluster");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .extend_pairs(clusters.iter().map(|name| ("cluster", name)))
        .finish();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{}?{query}", uri.path()).parse().map_err(|_| Error::NotFound)?);
    Uri::from_parts(parts).map_err(|_| Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Option<String> {
        let uri = format!("/api/v1/findings{query}").parse().expect("an address");
        narrowed(&uri, &["alpha".to_owned(), "beta".to_owned()]).ok().map(|uri| uri.to_string())
    }

    #[test]
    fn an_address_is_narrowed_and_never_widened() {
        let all = "/api/v1/findings?cluster=alpha&cluster=beta";
        assert_eq!(of("").as_deref(), Some(all));
        assert_eq!(of("?cluster=").as_deref(), Some(all), "an empty one names all clusters");
        assert_eq!(of("?text=a%26b").as_deref(), Some("/api/v1/findings?text=a%26b&cluster=alpha&cluster=beta"));
        assert_eq!(of("?cluster=beta").as_deref(), Some("/api/v1/findings?cluster=beta"));
        assert_eq!(of("?cluster=beta&cluster=gamma"), None);
        assert_eq!(of("?cluster=gamma"), None);
        assert_eq!(of("?cluster=alph%61").as_deref(), Some("/api/v1/findings?cluster=alph%61"));
    }
}
