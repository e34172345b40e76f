//! Every link of a page of the past leads to the past: its instant is put into each, in one place, so that no page can
//! forget it.
//!
//! Works on the HTML that our own components rendered: values are in double quotes, and escaped.

/// The mark of a link or a form that says itself which instant it leads to.
const OWN: &str = "data-instant=\"own\"";

/// Addresses that have no instant: files, logging in and out, the live events.
const TIMELESS: &[&str] = &["//", "/static/", "/auth/", "/events/"];

/// The page with `as_of`, an instant as it stands in an address, in every link and every form that asks.
pub fn keep_instant(html: &str, as_of: &str) -> String {
    let as_of = as_of.replace('+', "%2B");
    let mut kept = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(begins) = rest.find('<') {
        let (text, from) = rest.split_at(begins);
        let (tag, after) = from.split_at(tag_length(from));
        kept.push_str(text);
        push_tag(&mut kept, tag, &as_of);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The length of the tag or comment that a text begins with. A `>` within a value does not end it.
fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn push_tag(kept: &mut String, tag: &str, as_of: &str) {
    let is = |name: &str| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>']));
    if tag.contains(OWN) {
        kept.push_str(tag);
    } else if is("<a") {
        push_link(kept, tag, as_of);
    } else if is("<form") && tag.contains(" method=\"get\"") {
        kept.push_str(tag);
        kept.push_str("<input type=\"hidden\" name=\"as_of\" value=\"");
        kept.push_str(as_of);
        kept.push_str("\">");
    } else {
        kept.push_str(tag);
    }
}

fn push_link(kept: &mut String, tag: &str, as_of: &str) {
    const HREF: &str = " href=\"";
    let parts = tag.split_once(HREF).and_then(|(before, rest)| Some((before, rest.split_once('"')?)));
    let Some((before, (address, after))) = parts.filter(|(_, (address, _))| has_instant(address)) else {
        kept.push_str(tag);
        return;
    };
    let (address, fragment) = address.find('#').map_or((address, ""), |at| address.split_at(at));
    let joint = if address.contains('?') { "&amp;" } else { "?" };
    for part in [before, HREF, address, joint, "as_of=", as_of, fragment, "\"", after] {
        kept.push_str(part);
    }
}

/// Whether an address is of ours, speaks of an instant, and does not say of which.
fn has_instant(address: &str) -> bool {
    let ours = address.starts_with(['/', '?']) && !TIMELESS.iter().any(|begins| address.starts_with(begins));
    ours && !["?as_of=", "&as_of=", "&amp;as_of=", ";as_of="].iter().any(|own| address.contains(own))
}

#[cfg(test)]
mod tests {
    use super::keep_instant;

    const AT: &str = "2026-06-30T00:00:00Z";

    fn kept(html: &str) -> String {
        keep_instant(html, AT)
    }

    #[test]
    fn links_and_filters_keep_the_instant() {
        for (before, after) in [
            (r#"<a href="/">x</a>"#, r#"<a href="/?as_of=2026-06-30T00:00:00Z">x</a>"#),
            (
                r#"<a class="b" href="/f?a=1&amp;b=2">"#,
                r#"<a class="b" href="/f?a=1&amp;b=2&amp;as_of=2026-06-30T00:00:00Z">"#,
            ),
            (r#"<a href="?page=2">"#, r#"<a href="?page=2&amp;as_of=2026-06-30T00:00:00Z">"#),
            (r#"<a href="/c#part">"#, r#"<a href="/c?as_of=2026-06-30T00:00:00Z#part">"#),
            (
                r#"<form class="f" method="get" action="/x"><p>"#,
                r#"<form class="f" method="get" action="/x"><input type="hidden" name="as_of" value="2026-06-30T00:00:00Z"><p>"#,
            ),
        ] {
            assert_eq!(kept(before), after);
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for html in [
            r##"<a href="#content">skip</a>"##,
            r#"<a href="https://example.org/">x</a><a href="//example.org">x</a>"#,
            r#"<a href="/x?as_of=2026-01-01T00:00:00Z&amp;b=1">x</a><a href="/x?b=1&amp;as_of=now">x</a>"#,
            r#"<a data-instant="own" href="/x">now</a>"#,
            r#"<link href="/static/x.css"><a href="/static/x.pdf">x</a>"#,
            r#"<form method="post" action="/packs">"#,
            r#"<abbr href="/x"><article href="/x">"#,
            r#"text with &lt;a href="/x"&gt; in it, 1 < 2"#,
            r#"<input value="<a href=" name="/x"><!-- <a href="/x"> -->"#,
            r#"<a name="x">"#,
            "<a href=\"/cut",
            "",
        ] {
            assert_eq!(kept(html), html);
        }
    }
}
