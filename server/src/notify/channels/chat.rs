//! Slack (Block Kit) and Microsoft Teams (Adaptive Cards of workflows), both by incoming webhooks.

use super::{
    Delivery, Letter,
    http::{Http, Target},
};
use crate::{
    config,
    notify::content::{Line, Text},
};
use model::notify::ChannelKind;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// Characters of a section that Slack takes at most.
const SECTION: usize = 2_900;

pub(super) struct Chat {
    target: Target,
    kind: ChannelKind,
}

impl Chat {
    pub(super) fn new(one: &config::notify::Incoming, kind: ChannelKind, http: &Http) -> anyhow::Result<Self> {
        Ok(Self { target: http.secret_target(one.name.get_ref(), &one.url)?, kind })
    }

    pub(super) fn host(&self) -> String {
        self.target.host()
    }

    pub(super) async fn send(&self, letter: &Letter<'_>) -> Delivery {
        let severity = |line: &Line| line.severity.map(|severity| letter.locale.t(&format!("severity-{severity}")));
        let body =
            if self.kind == ChannelKind::Slack { slack(letter.text, severity) } else { card(letter.text, severity) };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // Neither drops repeats by it, but what stands in between may.
        if let Ok(id) = HeaderValue::try_from(letter.id.to_string()) {
            headers.insert(HeaderName::from_static("idempotency-key"), id);
        }
        self.target.post(headers, serde_json::to_vec(&body).unwrap_or_default()).await
    }
}

/// Text that Slack shows as it is: no mentions, links or formatting come of it.
fn mrkdwn(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // A zero-width space keeps these from marking anything.
            '*' | '_' | '~' | '`' | '@' | '#' => {
                safe.push(c);
                safe.push('\u{200b}');
            }
            c => safe.push(c),
        }
    }
    safe
}

fn slack(text: &Text, severity: impl Fn(&Line) -> Option<String>) -> Value {
    let line = |line: &Line| {
        let worse = severity(line).map(|word| format!("*{}* ", mrkdwn(&word))).unwrap_or_default();
        match &line.link {
            // The label of a link ends at ">" and must not begin another.
            Some(link) => {
                format!("• {worse}<{}|{}>", link.replace(['|', '>', '<'], ""), mrkdwn(&line.text).replace('|', "¦"))
            }
            None => format!("• {worse}{}", mrkdwn(&line.text)),
        }
    };
    let mut blocks =
        vec![json!({ "type": "header", "text": { "type": "plain_text", "text": text.title, "emoji": false } })];
    let mut section = String::new();
    let more = text.more.iter().map(|more| mrkdwn(more));
    for next in text.lines.iter().map(line).chain(more) {
        if !section.is_empty() && section.chars().count() + next.chars().count() > SECTION {
            blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": section, "verbatim": true } }));
            section = String::new();
        }
        if !section.is_empty() {
            section.push('\n');
        }
        section.push_str(&next);
    }
    if !section.is_empty() {
        blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": section, "verbatim": true } }));
    }
    let open = format!("<{}|{}>", text.link.0, mrkdwn(&text.link.1));
    blocks.push(json!({ "type": "context", "elements": [{ "type": "mrkdwn", "text": open }] }));
    json!({ "text": mrkdwn(&text.title), "blocks": blocks, "unfurl_links": false, "unfurl_media": false })
}

/// Text that an Adaptive Card shows as it is: a backslash before what its Markdown knows.
fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '('
                | ')'
                | '#'
                | '+'
                | '-'
                | '.'
                | '!'
                | '|'
                | '<'
                | '>'
                | '~'
        ) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

fn card(text: &Text, severity: impl Fn(&Line) -> Option<String>) -> Value {
    let block = |text: String| json!({ "type": "TextBlock", "text": text, "wrap": true });
    let line = |line: &Line| {
        let worse = severity(line).map(|word| format!("**{}** ", markdown(&word))).unwrap_or_default();
        let shown = markdown(&line.text);
        block(match &line.link {
            Some(link) => format!("{worse}[{shown}]({})", link.replace(['(', ')', ' '], "")),
            None => format!("{worse}{shown}"),
        })
    };
    let mut body = vec![
        json!({ "type": "TextBlock", "text": markdown(&text.title), "wrap": true, "weight": "Bolder", "size": "Medium" }),
    ];
    body.extend(text.lines.iter().map(line));
    body.extend(text.more.iter().map(|more| block(markdown(more))));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "lang": text.language,
                "body": body,
                "actions": [{ "type": "Action.OpenUrl", "title": text.link.1, "url": text.link.0 }],
            },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::severity::Severity;

    fn text(line: &str) -> Text {
        Text {
            title: "<!channel> a & b".into(),
            lines: vec![Line {
                text: line.into(),
                link: Some("https://b.example/f/1".into()),
                severity: Some(Severity::High),
            }],
            more: None,
            link: ("https://b.example/findings".into(), "Open".into()),
            foot: "why".into(),
            language: "en",
        }
    }

    #[test]
    fn slack_shows_foreign_text_and_does_what_none_of_it_says() {
        let said = slack(&text("<!here> <https://evil.example|click> *x* | >"), |_| Some("High".into())).to_string();
        assert!(
            !said.contains("<!here>") && !said.contains("<!channel>\"") && !said.contains("<https://evil"),
            "{said}"
        );
        assert!(said.contains("<https://b.example/f/1|&lt;!here&gt;"), "{said}");
        let long = Text { lines: vec![text("x").lines[0].clone(); 200], ..text("x") };
        let said = slack(&long, |_| None);
        for block in said["blocks"].as_array().expect("blocks") {
            assert!(block["text"]["text"].as_str().unwrap_or_default().chars().count() <= 3_000);
        }
    }

    #[test]
    fn a_card_shows_foreign_text_and_makes_no_links_of_it() {
        let said = card(&text("[click](https://evil.example) **x**"), |_| None);
        let shown = said["attachments"][0]["content"]["body"][1]["text"].as_str().expect("a text").to_owned();
        assert_eq!(shown, r"[\[click\]\(https://evil\.example\) \*\*x\*\*](https://b.example/f/1)");
    }
}
