//! What waits for the reader: what they are to approve and to judge, what is theirs, and what names them.

use crate::{
    context::page,
    parts::{
        acceptance::AcceptanceTable, deciding::UndoOffer, empty::Empty, findings_table::FindingsTable, icon::Icon,
        markdown::Markdown, time::Time,
    },
};
use leptos::prelude::*;
use model::views::{AcceptanceRow, Count, FindingPage, Mention, MentionPage, MyWork, Undoable};

/// The page.
#[component]
pub fn MyWorkPage(
    /// What waits.
    work: MyWork,
    /// How much of what is the reader's changed since their last visit, with the query that lists it.
    #[prop(optional_no_strip)]
    news: Option<(Count, String)>,
    /// What the reader may take back.
    #[prop(optional_no_strip)]
    undoable: Option<Undoable>,
) -> impl IntoView {
    let locale = page().locale;
    let MyWork { assigned, assigned_query, mentioned, claims, approvals } = work;
    let nothing = assigned.rows.is_empty()
        && mentioned.rows.is_empty()
        && claims.as_ref().is_none_or(|claims| claims.rows.is_empty())
        && approvals.as_ref().is_none_or(Vec::is_empty);
    let all = format!("/findings?{assigned_query}");
    view! {
        <div class="page-head"><h1>{locale.t("nav-my-work")}</h1></div>
        <UndoOffer undoable=undoable />
        {news.map(|(count, query)| {
            let key = if count.at_least { "my-work-news-at-least" } else { "my-work-news" };
            view! { <p class="scope-note"><a href=format!("/findings?{query}")>{locale.tx(key, &[("count", count.rows.into())])}</a></p> }
        })}
        {if nothing {
            let next = Some(("/findings".to_owned(), locale.t("nav-findings")));
            view! { <Empty icon="done" title=locale.t("my-work-none-title") text=locale.t("my-work-none-text") next=next /> }.into_any()
        } else {
            view! {
                {approvals.map(|rows| view! { <Approvals rows=rows /> })}
                {claims.map(|claims| view! { <Findings name="claims" title="my-work-claims" none="my-work-claims-none" page=claims /> })}
                <Findings name="assigned" title="my-work-assigned" none="my-work-assigned-none" page=assigned all=all />
                <Mentions page=mentioned />
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Findings(
    name: &'static str,
    title: &'static str,
    none: &'static str,
    page: FindingPage,
    #[prop(optional)] all: Option<String>,
) -> impl IntoView {
    let locale = crate::context::page().locale;
    let key = if page.count.at_least { "my-work-count-at-least" } else { "my-work-count" };
    let count = locale.tx(key, &[("count", page.count.rows.into())]);
    let heading = format!("{name}-title");
    view! {
        <section class="panel" aria-labelledby=heading>
            <h2 id=format!("{name}-title")>{locale.t(title)}" "<span class="quiet">{count}</span></h2>
            {if page.rows.is_empty() {
                view! { <p class="quiet">{locale.t(none)}</p> }.into_any()
            } else {
                view! {
                    <FindingsTable rows=page.rows caption=locale.t(title) />
                    <nav class="pages" aria-label=locale.t(title)>
                        {page.previous.map(|cursor| view! {
                            <a class="button" rel="prev" href=format!("/my-work?{name}_cursor={cursor}")><Icon name="previous" />{locale.t("pages-previous")}</a>
                        })}
                        {all.map(|all| view! { <a class="button" href=all>{locale.t("my-work-as-list")}</a> })}
                        {page.next.map(|cursor| view! {
                            <a class="button" rel="next" href=format!("/my-work?{name}_cursor={cursor}")>{locale.t("pages-next")}<Icon name="next" /></a>
                        })}
                    </nav>
                }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Approvals(mut rows: Vec<AcceptanceRow>) -> impl IntoView {
    const SHOWN: usize = 20;
    let locale = page().locale;
    let count = locale.tx("my-work-approvals-count", &[("count", rows.len().into())]);
    let more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    view! {
        <section class="panel" aria-labelledby="approvals-title">
            <h2 id="approvals-title">{locale.t("my-work-approvals")}" "<span class="quiet">{count}</span></h2>
            {if rows.is_empty() {
                view! { <p class="quiet">{locale.t("my-work-approvals-none")}</p> }.into_any()
            } else {
                view! { <AcceptanceTable rows=rows caption=locale.t("my-work-approvals") /> }.into_any()
            }}
            {more.then(|| view! { <p><a href="/acceptances">{locale.t("my-work-approvals-all")}</a></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Mentions(page: MentionPage) -> impl IntoView {
    let locale = crate::context::page().locale;
    let count = locale.tx("my-work-count", &[("count", page.count.into())]);
    view! {
        <section class="panel" aria-labelledby="mentioned-title">
            <h2 id="mentioned-title">{locale.t("my-work-mentioned")}" "<span class="quiet">{count}</span></h2>
            {if page.rows.is_empty() {
                view! { <p class="quiet">{locale.t("my-work-mentioned-none")}</p> }.into_any()
            } else {
                view! {
                    <ol class="timeline">
                        {page.rows.into_iter().map(|mention| view! { <Named mention=mention /> }).collect_view()}
                    </ol>
                }.into_any()
            }}
            {page.next.map(|cursor| view! {
                <nav class="pages" aria-label=locale.t("my-work-mentioned")>
                    <a class="button" rel="next" href=format!("/my-work?mentioned_cursor={cursor}")>{locale.t("pages-next")}<Icon name="next" /></a>
                </nav>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Named(mention: Mention) -> impl IntoView {
    let locale = page().locale;
    view! {
        <li class="event event-decided">
            <Icon name="comment" />
            <p class="event-what">
                <a href=format!("/findings/{}", mention.finding)>{locale.t(&format!("decision-{}", mention.kind))}</a>
                " "
                <span class="quiet">{locale.tx("timeline-by", &[("name", (&mention.by).into())])}</span>
            </p>
            <div class="said"><Markdown text=mention.comment /></div>
            {(mention.findings > 1).then(|| view! { <p class="quiet">{locale.tx("timeline-together", &[("count", mention.findings.into())])}</p> })}
            <p class="quiet"><Time locale=locale at=mention.at exact=true /></p>
        </li>
    }
    .into_any()
}
