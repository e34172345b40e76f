//! The ledger: what happened, by whom; whether the chain holds; and where its head was sent.

use crate::{
    context::page,
    i18n::Locale,
    parts::{empty::Empty, icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    Instant,
    views::{LedgerAnchor, LedgerCheck, LedgerEntry, LedgerFilter, LedgerPage},
};
use std::collections::BTreeMap;

/// The page of the ledger.
#[component]
pub fn LedgerPageView(
    /// The entries and what is known of the chain.
    page: LedgerPage,
    /// What was looked for.
    filter: LedgerFilter,
    /// The query of this page.
    query: String,
) -> impl IntoView {
    let locale = crate::context::locale();
    let filtered = filter != LedgerFilter::default();
    let older = page.next.map(|before| address(&query, Some(before)));
    let newest = query.split('&').any(|pair| pair.starts_with("before=")).then(|| address(&query, None));
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-ledger")}</h1>
            <p class="quiet">{locale.tx("ledger-what", &[("count", page.size.into())])}</p>
        </div>
        <Chain check=page.check.clone() size=page.size />
        <Anchors anchors=page.anchors.clone() />
        <Filters filter=filter actions=page.actions.clone() />
        <section class="panel" aria-labelledby="ledger-entries">
            <h2 id="ledger-entries">{locale.t("ledger-entries")}</h2>
            {if page.entries.is_empty() {
                let key = if filtered { "ledger-none-matches" } else { "ledger-none" };
                view! { <Empty icon="ledger" title=locale.t("ledger-none-title") text=locale.t(key) next=None /> }.into_any()
            } else {
                view! { <Entries entries=page.entries names=page.names /> }.into_any()
            }}
            <nav class="pages" aria-label=locale.t("pages-label")>
                {newest.map(|address| view! {
                    <a class="button" href=address><Icon name="previous" />{locale.t("ledger-newest")}</a>
                })}
                {older.map(|address| view! {
                    <a class="button" rel="next" href=address>{locale.t("ledger-older")}<Icon name="next" /></a>
                })}
            </nav>
        </section>
    }
    .into_any()
}

/// The same list from another entry on.
fn address(query: &str, before: Option<i64>) -> String {
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("before=") && !pair.ends_with('='))
        .map(ToOwned::to_owned)
        .collect();
    pairs.extend(before.map(|before| format!("before={before}")));
    if pairs.is_empty() { "/ledger".into() } else { format!("/ledger?{}", pairs.join("&")) }
}

/// Whether the chain holds, as the last recomputation found.
#[component]
fn Chain(check: Option<LedgerCheck>, size: i64) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel ledger-chain" aria-labelledby="ledger-chain">
            <h2 id="ledger-chain">{locale.t("ledger-chain")}</h2>
            {match check {
                None => view! { <p>{locale.t("ledger-never-verified")}</p> }.into_any(),
                Some(check) => view! { <Verdict check=check size=size /> }.into_any(),
            }}
            <p class="quiet">{locale.t("ledger-verify-yourself")}" "<code>"bevis ledger verify"</code></p>
        </section>
    }
    .into_any()
}

#[component]
fn Verdict(check: LedgerCheck, size: i64) -> impl IntoView {
    let locale = page().locale;
    let since = size - check.entries;
    let (icon, word) = if check.broken.is_some() { ("warning", "broken") } else { ("done", "holds") };
    view! {
        <p class=format!("ledger-verdict ledger-{word}")>
            <Icon name=icon />
            <strong>{locale.t(&format!("ledger-{word}"))}</strong>
        </p>
        {check.broken.clone().map(|broken| view! {
            <dl class="facts">
                <dt>{locale.t("ledger-broken-entry")}</dt>
                <dd><a href=format!("/ledger?before={}", broken.seq + 1)>{locale.number(broken.seq)}</a></dd>
                <dt>{locale.t("ledger-broken-what")}</dt>
                <dd>{locale.t(&format!("ledger-link-{}", broken.link))}</dd>
                <dt>{locale.t("ledger-expected")}</dt>
                <dd><code class="hash-text">{broken.expected}</code></dd>
                <dt>{locale.t("ledger-found")}</dt>
                <dd><code class="hash-text">{if broken.found.is_empty() { locale.t("ledger-found-nothing") } else { broken.found }}</code></dd>
            </dl>
        })}
        <p>
            {locale.tx("ledger-verified", &[("count", check.entries.into())])}
            " "
            <Time locale=locale at=check.finished_at exact=true />
            "."
            {(check.broken.is_none() && since > 0).then(|| {
                view! { " "{locale.tx("ledger-since", &[("count", since.into())])} }
            })}
        </p>
        <p class="quiet">{locale.t("ledger-head")}" "<code class="hash-text">{check.head}</code></p>
    }
    .into_any()
}

/// Where heads were sent.
#[component]
fn Anchors(anchors: Vec<LedgerAnchor>) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <section class="panel" aria-labelledby="ledger-anchors">
            <h2 id="ledger-anchors">{locale.t("ledger-anchors")}</h2>
            <p class="quiet">{locale.t("ledger-anchors-what")}</p>
            {if anchors.is_empty() {
                view! { <p>{locale.t("ledger-anchors-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0" role="region" aria-labelledby="ledger-anchors">
                        <table class="rows">
                            <thead>
                                <tr>
                                    {heading("ledger-anchor-target")}
                                    {heading("ledger-anchor-at")}
                                    {heading("ledger-anchor-seq")}
                                    {heading("ledger-anchor-outcome")}
                                </tr>
                            </thead>
                            <tbody>{anchors.into_iter().map(|anchor| view! { <Anchor anchor=anchor /> }).collect_view()}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Anchor(anchor: LedgerAnchor) -> impl IntoView {
    let locale = page().locale;
    view! {
        <tr>
            <th scope="row">{locale.t(&format!("ledger-target-{}", anchor.target))}</th>
            <td class="when"><Time locale=locale at=anchor.at /></td>
            <td>{locale.number(anchor.seq)}<span class="sub"><code class="hash-text">{anchor.hash}</code></span></td>
            <td>
                {match anchor.fault {
                    Some(fault) => view! { {locale.t("ledger-anchor-failed")}<span class="sub" lang="en">{fault}</span> }.into_any(),
                    None => locale.t("ledger-anchor-taken").into_any(),
                }}
                {anchor.has_receipt.then(|| view! {
                    <span class="sub"><a href=format!("/ledger/anchors/{}/receipt", anchor.id)>{locale.t("ledger-anchor-receipt")}</a></span>
                })}
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Filters(filter: LedgerFilter, actions: Vec<String>) -> impl IntoView {
    let locale = page().locale;
    let filtered = filter != LedgerFilter::default();
    let value = |at: Option<Instant>| at.map(|at| locale.input_value(at));
    view! {
        <form class="filters ledger-filters" method="get" action="/ledger" role="search">
            <label class="field">
                <span>{locale.t("ledger-actor")}</span>
                <input type="search" name="actor" value=filter.actor.clone() maxlength="200" />
            </label>
            <label class="field">
                <span>{locale.t("ledger-action")}</span>
                <select name="action">
                    <option value="">{locale.t("filter-any")}</option>
                    {actions.into_iter().map(|action| {
                        let chosen = filter.action.as_deref() == Some(action.as_str());
                        view! { <option value=action.clone() selected=chosen>{action.clone()}</option> }
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span>{locale.t("ledger-from")}</span>
                <input type="datetime-local" name="from" value=value(filter.from) />
            </label>
            <label class="field">
                <span>{locale.t("ledger-until")}</span>
                <input type="datetime-local" name="until" value=value(filter.until) />
            </label>
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {filtered.then(|| view! { <a class="button" href="/ledger">{locale.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Entries(entries: Vec<LedgerEntry>, names: BTreeMap<String, String>) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="ledger-entries">
            <table class="rows ledger-rows">
                <thead>
                    <tr>
                        {heading("ledger-number")}
                        {heading("ledger-at")}
                        {heading("ledger-actor")}
                        {heading("ledger-action")}
                        {heading("ledger-payload")}
                    </tr>
                </thead>
                <tbody>
                    {entries.into_iter().map(|entry| {
                        let name = names.get(&entry.actor).cloned();
                        view! { <Entry entry=entry name=name locale=locale /> }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Entry(entry: LedgerEntry, name: Option<String>, locale: Locale) -> impl IntoView {
    let sought = name.clone().unwrap_or_else(|| entry.actor.clone());
    let sought: String = sought.bytes().map(escaped).collect();
    let LedgerEntry { seq, at, actor, action, payload, prev_hash, hash } = entry;
    view! {
        <tr id=format!("entry-{seq}")>
            <th scope="row">{locale.number(seq)}</th>
            <td class="when"><Time locale=locale at=at exact=true /></td>
            <td>
                <a href=format!("/ledger?actor={sought}")>{name.clone().unwrap_or_else(|| actor.clone())}</a>
                {name.map(|_| view! { <span class="sub"><code>{actor}</code></span> })}
            </td>
            <td><a href=format!("/ledger?action={action}")><code>{action.clone()}</code></a></td>
            <td>
                <pre class="ledger-payload"><code>{payload}</code></pre>
                <details class="hash">
                    <summary>{locale.t("ledger-hashes")}</summary>
                    <p>{locale.t("ledger-hash")}" "<code class="hash-text">{hash}</code></p>
                    <p>{locale.t("ledger-prev-hash")}" "<code class="hash-text">{prev_hash}</code></p>
                </details>
            </td>
        </tr>
    }
    .into_any()
}

/// A byte as it stands in a query.
fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_stretch_keeps_the_filter() {
        assert_eq!(address("", None), "/ledger");
        assert_eq!(address("actor=Anna&from=&before=12", Some(3)), "/ledger?actor=Anna&before=3");
        assert_eq!(address("actor=Anna&before=12", None), "/ledger?actor=Anna");
        assert_eq!("Åse & Co".bytes().map(escaped).collect::<String>(), "%C3%85se%20%26%20Co");
    }
}
