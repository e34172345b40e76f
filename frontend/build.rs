//! Lists the translation files, so that a new file in `locales/<language>/` needs no line of code.
#![expect(clippy::disallowed_methods, reason = "cargo tells a build script by the environment where it works")]

use std::{env, fmt::Write, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    println!("cargo::rerun-if-changed=locales");
    let mut code = String::new();
    for language in ["en", "da"] {
        let folder = Path::new(&root).join("locales").join(language);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)
            .expect("every language has its folder")
            .map(|entry| entry.expect("a readable folder").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
            .collect();
        files.sort();
        let name = language.to_uppercase();
        writeln!(code, "const {name}: &[(&str, &str)] = &[").expect("a string takes all");
        for file in files {
            let stem = file.file_name().and_then(|name| name.to_str()).expect("a file name in UTF-8");
            writeln!(code, "    ({stem:?}, include_str!({:?})),", file.display().to_string())
                .expect("a string takes all");
        }
        code.push_str("];\n");
    }
    fs::write(Path::new(&out).join("locales.rs"), code).expect("cargo's own folder is writable");
}
