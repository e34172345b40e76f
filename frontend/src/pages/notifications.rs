//! Notifications: one's own rules; for administrators the channels, teams' rules, and the delivery log.

use crate::{
    context::page,
    i18n::Language,
    parts::{
        badge::{RetainedNote, SeverityBadge},
        empty::Empty,
        icon::Icon,
        several::Several,
        time::Time,
    },
};
use leptos::prelude::*;
use model::{
    catalogue::Catalogue,
    notify::{EventKind, MessageState},
    role::Permission,
    severity::Severity,
    source::Source,
    views::{ClusterName, NotificationChannel, NotificationLog, NotificationMessage, NotificationRule},
};

/// What a form for a rule offers.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Channels by name; none in a form for oneself.
    pub channels: Vec<String>,
    /// Every cluster that can be chosen.
    pub clusters: Vec<ClusterName>,
}

/// One's own rules.
#[component]
pub fn NotificationsPage(
    /// The rules in force, oldest first.
    rules: Vec<NotificationRule>,
    /// One's address; none where there is no mail server, or the provider told none.
    address: Option<String>,
    /// What can be chosen.
    choices: Choices,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let changes = context.may(Permission::Subscribe);
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-notifications")}</h1>
            <p class="quiet">{locale.t("notify-what")}</p>
        </div>
        <Places here="/notifications" />
        <section class="panel" aria-labelledby="rules-title">
            <h2 id="rules-title">{locale.t("notify-rules-own")}</h2>
            {if rules.is_empty() {
                view! { <Empty icon="comment" title=locale.t("notify-rules-none-title") text=locale.t("notify-rules-none") next=None /> }.into_any()
            } else {
                view! { <Rules rules=rules base="/notifications/rules" changes=changes /> }.into_any()
            }}
        </section>
        {match address {
            None => view! { <p class="scope-note">{locale.t("notify-no-address")}</p> }.into_any(),
            Some(address) => changes.then(|| view! { <NewRule action="/notifications/rules" address=Some(address) choices=choices /> }).into_any(),
        }}
    }
    .into_any()
}

/// The channels of the configuration, and the rules of teams.
#[component]
pub fn ChannelsPage(
    /// Every channel.
    channels: Vec<NotificationChannel>,
    /// The rules of teams.
    rules: Vec<NotificationRule>,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let changes = context.may(Permission::Administer);
    let shared: Vec<String> =
        channels.iter().map(|channel| channel.name.clone()).filter(|name| name != "mail").collect();
    let choices = Choices { channels: shared.clone(), clusters };
    view! {
        <div class="page-head">
            <h1>{locale.t("notify-channels")}</h1>
            <p class="quiet">{locale.t("notify-channels-what")}</p>
        </div>
        <Places here="/notifications/channels" />
        <section class="panel" aria-labelledby="channels-title">
            <h2 id="channels-title">{locale.t("notify-channels-listed")}</h2>
            {if channels.is_empty() {
                view! { <Empty icon="comment" title=locale.t("notify-channels-none-title") text=locale.t("notify-channels-none") next=None /> }.into_any()
            } else {
                view! { <Channels channels=channels changes=changes /> }.into_any()
            }}
        </section>
        <section class="panel" aria-labelledby="rules-title">
            <h2 id="rules-title">{locale.t("notify-rules-teams")}</h2>
            {if rules.is_empty() {
                view! { <Empty icon="comment" title=locale.t("notify-rules-none-title") text=locale.t("notify-rules-teams-none") next=None /> }.into_any()
            } else {
                view! { <Rules rules=rules base="/notifications/team-rules" changes=changes /> }.into_any()
            }}
        </section>
        {(changes && !shared.is_empty()).then(|| view! { <NewRule action="/notifications/team-rules" address=None choices=choices /> })}
    }
    .into_any()
}

/// The delivery log, or what was given up.
#[component]
pub fn DeliveryLogPage(
    /// A page of it.
    log: NotificationLog,
    /// Whether it is of what was given up alone.
    dead: bool,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let (here, stem) = if dead { ("/notifications/dead", "notify-dead") } else { ("/notifications/log", "notify-log") };
    let next = log.next.clone();
    let changes = context.may(Permission::Administer);
    view! {
        <div class="page-head">
            <h1>{locale.t(stem)}</h1>
            <p class="quiet">{locale.t(&format!("{stem}-what"))}</p>
        </div>
        <Places here=here />
        <section class="panel" aria-labelledby="messages-title">
            <h2 id="messages-title">{locale.t("notify-messages")}</h2>
            <RetainedNote key="messages-not-retained" from=log.retained_from />
            {if log.rows.is_empty() {
                view! { <Empty icon="done" title=locale.t(&format!("{stem}-none-title")) text=locale.t(&format!("{stem}-none")) next=None /> }.into_any()
            } else {
                view! { <Messages rows=log.rows changes=changes /> }.into_any()
            }}
            {next.map(|cursor| view! {
                <p class="buttons"><a class="button" href=format!("{here}?cursor={cursor}") rel="next">{locale.t("notify-older")}<Icon name="next" /></a></p>
            })}
        </section>
    }
    .into_any()
}

/// The pages of notifications, for those who have more than one.
#[component]
fn Places(here: &'static str) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let places = [
        ("/notifications", "nav-notifications", Permission::Subscribe),
        ("/notifications/channels", "notify-channels", Permission::Administer),
        ("/notifications/log", "notify-log", Permission::Administer),
        ("/notifications/dead", "notify-dead", Permission::Administer),
    ];
    let roles = context.visitor.map(|reader| reader.roles).unwrap_or_default();
    let may: Vec<_> = places.into_iter().filter(|(.., asked)| model::role::allows(&roles, *asked)).collect();
    (may.len() > 1).then(|| {
        view! {
            <nav class="notify-places" aria-label=locale.t("notify-places")>
                <ul class="plain">
                    {may.into_iter().map(|(path, key, _)| view! {
                        <li><a href=path aria-current=(path == here).then_some("page")>{locale.t(key)}</a></li>
                    }).collect_view()}
                </ul>
            </nav>
        }
    })
}

#[component]
fn Rules(rules: Vec<NotificationRule>, base: &'static str, changes: bool) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="rules-title">
            <table class="rows">
                <thead><tr>
                    {heading("notify-to")}
                    {heading("notify-kinds")}
                    {heading("notify-only")}
                    {heading("notify-quiet")}
                    {heading("notify-since")}
                    {changes.then(|| heading("notify-act"))}
                </tr></thead>
                <tbody>{rules.into_iter().map(|rule| view! { <Rule rule=rule base=base changes=changes /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Rule(rule: NotificationRule, base: &'static str, changes: bool) -> impl IntoView {
    let locale = page().locale;
    let kinds: Vec<String> = rule.kinds.iter().map(|kind| locale.t(&format!("notify-kind-{kind}"))).collect();
    let all = |list: Vec<String>| (!list.is_empty()).then(|| list.join(", "));
    let only = [
        all(rule.clusters),
        all(rule.sources.iter().map(|source| locale.t(&format!("source-{source}"))).collect()),
        all(rule.controls.iter().map(ToString::to_string).collect()),
        rule.own_namespaces.then(|| locale.t("notify-own-namespaces")),
    ];
    let only: Vec<String> = only.into_iter().flatten().collect();
    let quiet = rule.quiet_from.zip(rule.quiet_until).map(|(from, until)| format!("{from}–{until}"));
    let to = rule.team.clone().unwrap_or_else(|| locale.t("notify-to-me"));
    view! {
        <tr>
            <th scope="row">{to}<span class="sub">{rule.channel}</span></th>
            <td>{kinds.join(", ")}</td>
            <td>
                <SeverityBadge severity=rule.min_severity />" "{locale.t("notify-or-worse")}
                <span class="sub">{if only.is_empty() { locale.t("notify-everything") } else { only.join(" · ") }}</span>
            </td>
            <td>{quiet.unwrap_or_else(|| locale.t("notify-quiet-none"))}<span class="sub">{rule.time_zone}</span></td>
            <td class="when"><Time locale=locale at=rule.created_at /><span class="sub">{rule.created_by}</span></td>
            {changes.then(|| view! {
                <td>
                    <form method="post" action=format!("{base}/{}/end", rule.id)>
                        <button type="submit" class="button">{locale.t("notify-end")}</button>
                    </form>
                </td>
            })}
        </tr>
    }
    .into_any()
}

#[component]
fn Channels(channels: Vec<NotificationChannel>, changes: bool) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="channels-title">
            <table class="rows">
                <thead><tr>
                    {heading("notify-channel")}
                    {heading("notify-host")}
                    <th scope="col" class="number">{locale.t("notify-used-by")}</th>
                    {heading("notify-delivered")}
                    <th scope="col" class="number">{locale.t("notify-given-up")}</th>
                    {changes.then(|| heading("notify-act"))}
                </tr></thead>
                <tbody>{channels.into_iter().map(|channel| view! {
                    <tr>
                        <th scope="row">{channel.name.clone()}<span class="sub">{locale.t(&format!("notify-channel-{}", channel.kind))}</span></th>
                        <td><code>{channel.host}</code></td>
                        <td class="number">{locale.number(channel.rules)}</td>
                        <td class="when">{match channel.delivered_at {
                            Some(at) => view! { <Time locale=locale at=at /> }.into_any(),
                            None => locale.t("notify-never").into_any(),
                        }}</td>
                        <td class="number">{if channel.dead == 0 {
                            locale.number(0).into_any()
                        } else {
                            view! { <a href="/notifications/dead">{locale.number(channel.dead)}</a> }.into_any()
                        }}</td>
                        {changes.then(|| view! {
                            <td>
                                <form method="post" action=format!("/notifications/channels/{}/test", channel.name)>
                                    <button type="submit" class="button">{locale.t("notify-test")}</button>
                                </form>
                            </td>
                        })}
                    </tr>
                }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Messages(rows: Vec<NotificationMessage>, changes: bool) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    let again = changes && rows.iter().any(|row| row.state == MessageState::Dead);
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="messages-title">
            <table class="rows">
                <thead><tr>
                    {heading("notify-begun")}
                    {heading("notify-to")}
                    {heading("notify-about")}
                    {heading("notify-state")}
                    <th scope="col" class="number">{locale.t("notify-attempts")}</th>
                    {heading("notify-answer")}
                    {again.then(|| heading("notify-act"))}
                </tr></thead>
                <tbody>{rows.into_iter().map(|row| view! { <Message row=row again=again /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Message(row: NotificationMessage, again: bool) -> impl IntoView {
    let locale = page().locale;
    let about = match row.topic.split_once('/') {
        Some(("finding", finding)) => {
            view! { <a href=format!("/findings/{finding}")>{locale.t("notify-topic-finding")}</a> }.into_any()
        }
        Some((kind, _)) => locale.t(&topic_key(kind)).into_any(),
        None => locale.t(&topic_key(&row.topic)).into_any(),
    };
    let waits = matches!(row.state, MessageState::Gathering | MessageState::Waiting);
    view! {
        <tr>
            <th scope="row" class="when"><Time locale=locale at=row.created_at /><span class="sub"><code>{row.id.to_string()}</code></span></th>
            <td>{row.channel}{row.person.map(|person| view! { <span class="sub">{person}</span> })}</td>
            <td>{about}<span class="sub">{locale.tx("notify-events", &[("count", row.events.into())])}</span></td>
            <td>
                <span class=format!("badge notify-{}", row.state)>{locale.t(&format!("notify-state-{}", row.state))}</span>
                {waits.then(|| view! { <span class="sub">{locale.t("notify-due")}" "<Time locale=locale at=row.due_at /></span> })}
            </td>
            <td class="number">{locale.number(row.attempts)}</td>
            <td>{row.reason.map(|reason| view! { <span lang="en">{reason}</span> })}{row.ended_at.map(|at| view! { <span class="sub"><Time locale=locale at=at /></span> })}</td>
            {again.then(|| view! {
                <td>{(row.state == MessageState::Dead).then(|| view! {
                    <form method="post" action=format!("/notifications/messages/{}/again", row.id)>
                        <button type="submit" class="button">{locale.t("notify-again")}</button>
                    </form>
                })}</td>
            })}
        </tr>
    }
    .into_any()
}

/// The key of what a message gathers.
fn topic_key(topic: &str) -> String {
    match topic.parse::<EventKind>() {
        Ok(kind) => format!("notify-kind-{kind}"),
        Err(_) => format!("notify-topic-{}", if topic == "test" || topic == "source" { topic } else { "several" }),
    }
}

/// A new rule: one's own where it has an address, else a team's.
#[component]
fn NewRule(action: &'static str, address: Option<String>, choices: Choices) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let usual = [
        EventKind::FindingOpened,
        EventKind::FindingReopened,
        EventKind::SeverityIncreased,
        EventKind::FirstReading,
        EventKind::SourceSilent,
        EventKind::SourceBack,
    ];
    let clusters = choices.clusters.into_iter().map(|cluster| (cluster.name, cluster.title, false)).collect::<Vec<_>>();
    let sources: Vec<_> =
        Source::ALL.iter().map(|source| (source.to_string(), locale.t(&format!("source-{source}")), false)).collect();
    let controls: Vec<_> = Catalogue::current()
        .controls()
        .iter()
        .map(|control| (control.id.to_string(), format!("{} {}", control.id, locale.control_title(&control.id)), false))
        .collect();
    view! {
        <form class="panel notify-form" method="post" action=action aria-labelledby="new-rule-title">
            <h2 id="new-rule-title">{locale.t("notify-new")}</h2>
            {match address {
                Some(address) => view! { <p class="quiet">{locale.tx("notify-new-own", &[("address", address.into())])}</p> }.into_any(),
                None => view! {
                    <div class="notify-row">
                        <label class="field"><span>{locale.t("notify-team")}</span><input type="text" name="team" required=true maxlength="63" /></label>
                        <label class="field"><span>{locale.t("notify-channel")}</span>
                            <select name="channel">{choices.channels.into_iter().map(|name| view! { <option value=name.clone()>{name.clone()}</option> }).collect_view()}</select>
                        </label>
                    </div>
                    <label class="box"><input type="checkbox" name="own_namespaces" value="yes" />{locale.t("notify-own-namespaces-long")}</label>
                }.into_any(),
            }}
            <fieldset>
                <legend>{locale.t("notify-kinds")}</legend>
                <div class="boxes">
                    {EventKind::ALL.iter().map(|kind| view! {
                        <label class="box"><input type="checkbox" name="kind" value=kind.as_str() checked=usual.contains(kind) />{locale.t(&format!("notify-kind-{kind}"))}</label>
                    }).collect_view()}
                </div>
            </fieldset>
            <div class="notify-row">
                <label class="field"><span>{locale.t("notify-min-severity")}</span>
                    <select name="min_severity">
                        {Severity::ALL.iter().rev().map(|severity| view! {
                            <option value=severity.as_str() selected=*severity == Severity::High>{locale.t(&format!("severity-{severity}"))}</option>
                        }).collect_view()}
                    </select>
                </label>
                <Several name="cluster" label=locale.t("notify-clusters") choices=clusters />
                <Several name="source" label=locale.t("notify-sources") choices=sources />
                <Several name="control" label=locale.t("notify-controls") choices=controls />
            </div>
            <fieldset>
                <legend>{locale.t("notify-quiet")}</legend>
                <p class="quiet">{locale.t("notify-quiet-hint")}</p>
                <div class="notify-row">
                    <label class="field"><span>{locale.t("notify-quiet-from")}</span><input type="time" name="quiet_from" /></label>
                    <label class="field"><span>{locale.t("notify-quiet-until")}</span><input type="time" name="quiet_until" /></label>
                    <label class="field"><span>{locale.t("notify-time-zone")}</span>
                        <select name="time_zone">
                            {chrono_tz::TZ_VARIANTS.iter().map(|zone| view! {
                                <option value=zone.name() selected=*zone == locale.time_zone>{zone.name()}</option>
                            }).collect_view()}
                        </select>
                    </label>
                    <label class="field"><span>{locale.t("notify-language")}</span>
                        <select name="language">
                            {Language::ALL.iter().map(|language| view! {
                                <option value=language.tag() lang=language.tag() selected=*language == locale.language>{language.name()}</option>
                            }).collect_view()}
                        </select>
                    </label>
                </div>
            </fieldset>
            <p class="buttons"><button type="submit" class="button primary">{locale.t("notify-add")}</button></p>
        </form>
    }
    .into_any()
}
