//! Comments in Markdown, as HTML that holds nothing but a few harmless elements.
//!
//! What a comment may become is a list of what is let through, event by event: HTML in it stays text, an image becomes its
//! description, and a link leads to http or https or is no link. So there is nothing to clean afterwards.

use leptos::prelude::*;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

/// A comment.
#[component]
pub fn Markdown(
    /// What was written.
    text: String,
) -> impl IntoView {
    view! { <div class="markdown" inner_html=rendered(&text)></div> }.into_any()
}

/// The HTML of a text in Markdown.
fn rendered(text: &str) -> String {
    let mut links: Vec<bool> = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        harmless(event, &mut links, &mut events);
    }
    let mut html = String::with_capacity(text.len() * 2);
    push_html(&mut html, events.into_iter());
    html
}

/// Lets an event through as it is, as something harmless, or not at all.
fn harmless<'a>(event: Event<'a>, links: &mut Vec<bool>, events: &mut Vec<Event<'a>>) {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
        Event::SoftBreak => events.push(Event::HardBreak),
        // A page has its own headings.
        Event::Start(Tag::Heading { .. }) => events.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]),
        Event::End(TagEnd::Heading(_)) => events.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]),
        Event::Start(Tag::CodeBlock(_)) => events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
        Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let opened = leads_outside(&dest_url).then(|| anchor(&dest_url));
            links.push(opened.is_some());
            events.extend(opened);
        }
        Event::End(TagEnd::Link) => {
            let opened = links.pop() == Some(true);
            events.extend(opened.then_some(Event::InlineHtml(CowStr::Borrowed("</a>"))));
        }
        Event::Text(_)
        | Event::Code(_)
        | Event::HardBreak
        | Event::Rule
        | Event::Start(
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough,
        )
        | Event::End(
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough,
        ) => events.push(event),
        // Of an image, its description is left; the rest is of extensions that are not switched on.
        _ => {}
    }
}

fn leads_outside(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https")) && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn anchor<'a>(address: &str) -> Event<'a> {
    let mut escaped = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ => escaped.push(character),
        }
    }
    Event::InlineHtml(format!("<a href=\"{escaped}\" rel=\"noopener noreferrer nofollow\">").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_shown_as_they_mean_it() {
        for (text, html) in [
            ("one\ntwo", "<p>one<br />\ntwo</p>\n"),
            ("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("# Big", "<p><strong>Big</strong></p>\n"),
            (
                "see [it](https://a.example/?x=1&y=\"2\")",
                "<p>see <a href=\"https://a.example/?x=1&amp;y=&quot;2&quot;\" rel=\"noopener noreferrer nofollow\">it</a></p>\n",
            ),
            ("![alt](https://a.example/x.png)", "<p>alt</p>\n"),
        ] {
            assert_eq!(rendered(text), html, "{text}");
        }
    }

    #[test]
    fn nothing_that_acts_comes_through() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=\"x()\">b</b> c",
            "<div>\n<iframe src=//evil></iframe>\n</div>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt://a%0aalert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "[x](//evil.example)",
            "[x](/findings/decide)",
            "<javascript:alert(1)>",
            "[x](https://a\" onmouseover=alert(1) x=\")",
            "[x](<https://a' onmouseover='alert(1)>)",
            "[x](https://a.example '\"><script>alert(1)</script>')",
            "![x](x \"onerror=alert(1)\")",
            "![x](\"><script>alert(1)</script>)",
            "```\"><script>alert(1)</script>\nx\n```",
            "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
            "<!-- --><svg onload=alert(1)>",
            "<![CDATA[<script>]]>",
            "<?php x ?>",
            "<a href=\"https://ok\" style=\"x\">",
            "[a]: javascript:alert(1)\n[a]",
            "> ".repeat(2_000).as_str(),
            "*".repeat(4_000).as_str(),
            "[".repeat(4_000).as_str(),
        ] {
            let html = rendered(text);
            for tag in html.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap_or_default().trim_end_matches('/').trim();
                let known =
                    ["p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a"];
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                assert!(known.contains(&name), "{text}: <{tag}>");
                let bare = name == tag.trim_start_matches('/') || tag.starts_with("ol start=\"");
                let link = tag.starts_with("a href=\"http") && tag.ends_with("\" rel=\"noopener noreferrer nofollow\"");
                assert!(bare || (link && tag.matches('"').count() == 4), "{text}: <{tag}>");
            }
        }
    }
}
