//! The languages, and how one is chosen.

use std::str::FromStr;

/// A language that every text exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Danish.
    Danish,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: &[Self] = &[Self::English, Self::Danish];

    /// The tag for `lang` attributes, configuration and cookies.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Danish => "da",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Danish => "Dansk",
        }
    }

    /// The tag whose conventions for dates and numbers apply; English readers are taken to be in Europe.
    pub(super) const fn formats(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::Danish => "da",
        }
    }

    /// The language that an `Accept-Language` header prefers among ours, if it names any.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',').take(20) {
            let (tag, quality) =
                range.split_once(";q=").map_or((range, 1.0), |(tag, q)| (tag, q.trim().parse().unwrap_or(0.0)));
            let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            if let Ok(language) = primary.parse()
                && quality > best.map_or(0.0, |(known, _)| known)
            {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// The tag is not one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|language| language.tag() == tag).ok_or(UnknownLanguage)
    }
}
