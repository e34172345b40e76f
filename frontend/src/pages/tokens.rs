//! Tokens of the API: those that there are, and the form for a new one.

use crate::{
    context::page,
    parts::{code::Code, empty::Empty, icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::{
    role::Permission,
    views::{ClusterName, TokenRow},
};

/// Days that the form offers.
const DAYS: u32 = 90;

/// A token that was just made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The token itself, told this once.
    pub secret: String,
}

/// The page of tokens.
#[component]
pub fn TokensPage(
    /// The reader's, or everybody's for administrators, newest first.
    tokens: Vec<TokenRow>,
    /// Every cluster that one can be limited to.
    clusters: Vec<ClusterName>,
    /// Days that a token may live at most.
    most_days: u32,
    /// The one that was just made.
    made: Option<NewToken>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let manages = context.may(Permission::ManageTokens);
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-tokens")}</h1>
            <p class="quiet">{locale.t("tokens-what")}</p>
        </div>
        {made.map(|made| view! {
            <section class="panel token-made" aria-labelledby="token-made">
                <h2 id="token-made">{locale.t("token-made")}</h2>
                <p>{locale.t("token-made-text")}</p>
                <Code code=made.secret />
            </section>
        })}
        {manages.then(|| view! { <Form clusters=clusters most_days=most_days /> })}
        <section class="panel" aria-labelledby="tokens-list">
            <h2 id="tokens-list">{locale.t("tokens-list")}</h2>
            {if tokens.is_empty() {
                view! { <Empty icon="ledger" title=locale.t("tokens-none-title") text=locale.t("tokens-none") next=None /> }.into_any()
            } else {
                view! { <Rows tokens=tokens /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Form(clusters: Vec<ClusterName>, most_days: u32) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let offered: Vec<Permission> = Permission::OF_TOKENS.iter().copied().filter(|scope| context.may(*scope)).collect();
    view! {
        <form class="panel builder" method="post" action="/tokens" aria-labelledby="token-new">
            <h2 id="token-new">{locale.t("token-new")}</h2>
            <div class="builder-parts">
                <fieldset>
                    <legend>{locale.t("token-scopes")}</legend>
                    <p class="quiet">{locale.t("token-scopes-hint")}</p>
                    <div class="boxes">
                        {offered.into_iter().map(|scope| view! {
                            <label class="box">
                                <input type="checkbox" name="scope" value=scope.to_string() checked=scope == Permission::View />
                                {locale.t(&format!("token-scope-{scope}"))}
                            </label>
                        }).collect_view()}
                    </div>
                </fieldset>
                <fieldset>
                    <legend>{locale.t("token-clusters")}</legend>
                    <p class="quiet">{locale.t("token-clusters-hint")}</p>
                    <div class="boxes">
                        {clusters.into_iter().map(|cluster| view! {
                            <label class="box"><input type="checkbox" name="cluster" value=cluster.name />{cluster.title}</label>
                        }).collect_view()}
                    </div>
                </fieldset>
                <div class="builder-when">
                    <label class="field">
                        <span>{locale.t("token-name")}</span>
                        <input type="text" name="name" required=true maxlength="100" autocomplete="off" />
                    </label>
                    <label class="field">
                        <span>{locale.t("token-days")}</span>
                        <input type="number" name="days" required=true min="1" max=most_days.to_string() value=DAYS.min(most_days).to_string() />
                        <span class="quiet">{locale.tx("token-days-hint", &[("count", i64::from(most_days).into())])}</span>
                    </label>
                    <button type="submit" class="button primary"><Icon name="done" />{locale.t("token-create")}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Rows(tokens: Vec<TokenRow>) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="tokens-list">
            <table class="rows token-rows">
                <thead>
                    <tr>
                        {heading("token-name")}
                        {heading("token-owner")}
                        {heading("token-reach")}
                        {heading("token-life")}
                        {heading("token-used")}
                        {heading("token-state")}
                    </tr>
                </thead>
                <tbody>{tokens.into_iter().map(|token| view! { <Row token=token /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(token: TokenRow) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let scopes: Vec<String> = token.scopes.iter().map(|scope| locale.t(&format!("token-scope-{scope}"))).collect();
    let clusters = if token.clusters.is_empty() { locale.t("token-all-clusters") } else { token.clusters.join(", ") };
    let state = match token.revoked_at {
        Some(_) => "revoked",
        None if token.expires_at <= context.as_of => "expired",
        None => "in-force",
    };
    let revokes = state == "in-force" && context.may(Permission::ManageTokens);
    let button = locale.tx("token-revoke-named", &[("name", (&token.name).into())]);
    view! {
        <tr>
            <th scope="row">{token.name}<span class="sub"><code>{token.prefix}</code></span></th>
            <td>{token.owner_name}</td>
            <td>{scopes.join(", ")}<span class="sub">{clusters}</span></td>
            <td class="when">
                <Time locale=locale at=token.created_at />
                <span class="sub">{locale.t("token-until")}" "<Time locale=locale at=token.expires_at /></span>
            </td>
            <td class="when">{match token.last_used_at {
                Some(at) => view! { <Time locale=locale at=at /> }.into_any(),
                None => locale.t("token-never-used").into_any(),
            }}</td>
            <td>
                {locale.t(&format!("token-{state}"))}
                {token.revoked_at.map(|at| view! { <span class="sub"><Time locale=locale at=at /></span> })}
                {revokes.then(|| view! {
                    <form method="post" action=format!("/tokens/{}/revoke", token.id)>
                        <button type="submit" class="button" aria-label=button>{locale.t("token-revoke")}</button>
                    </form>
                })}
            </td>
        </tr>
    }
    .into_any()
}
