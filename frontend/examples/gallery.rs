//! Writes every page with sample views as HTML files, to look at them: `cargo run -p frontend --features ssr --example gallery FOLDER`.
//!
//! They name `/static/…`; serve FOLDER with `static` linked into it.
#![allow(clippy::default_trait_access, clippy::items_after_statements, reason = "samples are written to be read")]

#[path = "../tests/samples/notify.rs"]
mod notify;
#[path = "../tests/samples/render.rs"]
mod render;
#[path = "../tests/samples/mod.rs"]
mod samples;

use frontend::{context::Theme, i18n::Language};
use model::role::Role;
use std::path::Path;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    any_spawner::Executor::init_tokio().map_err(std::io::Error::other)?;
    for (language, theme, role) in [
        (Language::English, Theme::Light, Role::SecurityOfficer),
        (Language::Danish, Theme::Dark, Role::SecurityOfficer),
        (Language::English, Theme::System, Role::Viewer),
    ] {
        let sub = Path::new(&folder).join(format!("{}-{}-{role}", language.tag(), theme.as_str()));
        std::fs::create_dir_all(&sub)?;
        for (name, html) in render::pages(language, theme, role) {
            std::fs::write(sub.join(format!("{name}.html")), html)?;
        }
    }
    Ok(())
}
