//! Where a log-in may lead back to: a page of ours, and nowhere else.

use url::Url;

/// Longest path that is remembered. A findings filter with everything chosen is shorter.
const LONGEST: usize = 2048;

/// The path to go to after log-in: what was asked for where that is one of our pages, else the first page.
pub(crate) fn checked(asked: &str, public_url: &Url) -> String {
    if is_ours(asked, public_url) { asked.to_owned() } else { "/".to_owned() }
}

fn is_ours(asked: &str, public_url: &Url) -> bool {
    let mut characters = asked.chars();
    let begins_well = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    // Browsers drop tabs and line breaks, and read a backslash as a slash; proxies may decode once more.
    let plain = asked.len() <= LONGEST
        && asked.is_ascii()
        && !asked.contains('\\')
        && !asked.bytes().any(|b| b.is_ascii_control() || b == b' ');
    let path = asked.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let hidden = ["%2f", "%5c", "%00", "%0a", "%0d", "%09"].iter().any(|code| path.contains(code));
    if !begins_well || !plain || hidden {
        return false;
    }
    let Ok(target) = public_url.join(asked) else { return false };
    let stays = target.origin() == public_url.origin() && target.username().is_empty() && target.password().is_none();
    // `/..//evil` resolves to `//evil`; and a log-in that leads to a log-in or log-out is a loop or worse.
    stays && !target.path().starts_with("//") && target.path() != "/auth" && !target.path().starts_with("/auth/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &str) -> String {
        checked(asked, &"https://bevis.example".parse().unwrap())
    }

    #[test]
    fn pages_of_ours_are_kept() {
        for path in [
            "/",
            "/controls/A.8.13",
            "/findings?cluster=a&text=a%2Fb%20c&sort=-severity",
            "/findings?text=//x",
            "/a//b",
            "/@evil",
        ] {
            assert_eq!(check(path), path);
        }
    }

    #[test]
    fn everything_else_leads_to_the_first_page() {
        let long = format!("/{}", "a".repeat(10_000));
        for evil in [
            "",
            "https://evil.example",
            "//evil.example",
            r"/\evil.example",
            r"\\evil.example",
            "/%2f%2fevil.example",
            "/%5cevil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "/ok\r\nX: 1",
            "/\t/evil.example",
            "/\n/evil.example",
            "http:evil.example",
            "/..//evil.example",
            "/a/../..//evil.example",
            "/.//evil.example",
            "@evil.example",
            "https:bevis.example",
            "https://bevis.example@evil.example",
            "https://bevis.example/",
            "/\u{2044}\u{2044}evil.example",
            "/\u{ff0f}evil",
            "controls",
            "/auth/logout",
            "/auth/login?return_to=/",
            "/auth",
            "/x/../auth/login",
            "/%0d%0aX:1",
            r"/a\..\..\evil",
            " /controls",
            &long,
        ] {
            assert_eq!(check(evil), "/", "{evil:?}");
        }
    }
}
