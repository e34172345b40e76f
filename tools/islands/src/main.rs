//! Builds what the browser runs: the islands of `frontend/` as wasm, with its glue, compressed, in `static/pkg/`.
//!
//! Run it from the workspace's root: `cargo run -p islands`. Without the target `wasm32-unknown-unknown` it says so and
//! ends well: pages then work without their islands.

#![expect(clippy::print_stdout, reason = "a build tool talks to the person at the terminal")]

use anyhow::{Context, bail};
use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const OUT: &str = "static/pkg";

fn main() -> anyhow::Result<()> {
    if !target_is_installed()? {
        println!("islands: the Rust target {TARGET} is not installed; pages work without their islands.");
        println!("islands: `rustup target add {TARGET}` gets it.");
        return Ok(());
    }
    let wasm = compile()?;
    bind(&wasm)?;
    for name in ["bevis_bg.wasm", "bevis.js"] {
        let (raw, gzip, brotli) = compress(&Path::new(OUT).join(name))?;
        println!("islands: {name} {raw} bytes, gzip {gzip}, brotli {brotli}");
    }
    Ok(())
}

fn target_is_installed() -> anyhow::Result<bool> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .context("running rustc")?;
    let folder = String::from_utf8(output.stdout).context("reading rustc's answer")?;
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}

fn compile() -> anyhow::Result<PathBuf> {
    let status = Command::new(option_env!("CARGO").unwrap_or("cargo"))
        .args([
            "build",
            "--package",
            "frontend",
            "--lib",
            "--features",
            "hydrate",
            "--target",
            TARGET,
            "--profile",
            "islands",
        ])
        .status()
        .context("running cargo")?;
    if !status.success() {
        bail!("the islands do not compile");
    }
    Ok(target_folder().join(TARGET).join("islands/frontend.wasm"))
}

#[expect(clippy::disallowed_methods, reason = "cargo tells by the environment where it builds")]
fn target_folder() -> PathBuf {
    std::env::var("CARGO_TARGET_DIR").map_or_else(|_| PathBuf::from("target"), PathBuf::from)
}

fn bind(wasm: &Path) -> anyhow::Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("bevis")
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(OUT)).context("writing the glue between wasm and JavaScript")
}

/// Writes `file.gz` and `file.br` beside a file; answers the three sizes in bytes.
fn compress(file: &Path) -> anyhow::Result<(usize, usize, usize)> {
    let raw = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&raw)?;
    let gzip = gzip.finish()?;
    let mut brotli = Vec::new();
    brotli::BrotliCompress(
        &mut raw.as_slice(),
        &mut brotli,
        &brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() },
    )?;
    fs::write(extended(file, "gz"), &gzip)?;
    fs::write(extended(file, "br"), &brotli)?;
    Ok((raw.len(), gzip.len(), brotli.len()))
}

fn extended(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
