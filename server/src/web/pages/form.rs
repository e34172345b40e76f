//! The fields of a form, several of one name included.

use crate::{app::App, auth::return_to, error::Error};
use axum::extract::{FromRequest, RawForm, Request};
use url::form_urlencoded;

/// What a form sent, in its order.
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The first value of a field, as sent.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The page to come back to, if the form names one of ours.
    pub fn back(&self, app: &App, otherwise: &str) -> String {
        self.one("back").map_or_else(|| otherwise.to_owned(), |path| return_to::checked(path, &app.config.public_url))
    }
}

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let RawForm(bytes) = RawForm::from_request(request, app).await.map_err(|_| Error::UnsupportedMedia)?;
        Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}
