//! The walls of the house, kept by reading the sources: who may name what.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A source file of the server: its path below `src`, and its text without comments and tests.
struct Source {
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    walk(&root, &mut files);
    files
        .into_iter()
        .map(|file| Source {
            path: file.strip_prefix(&root).unwrap().to_string_lossy().into_owned(),
            code: code_of(&fs::read_to_string(&file).unwrap()),
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), files);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            files.push(entry.path());
        }
    }
}

/// Without line comments, and without what follows a test module.
fn code_of(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Where a word is used outside the places that may.
fn strays(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let names = |code: &str, word: &str| {
        code.match_indices(word)
            .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"'))
    };
    let found =
        sources().into_iter().filter(|source| !may(&source.path) && words.iter().any(|word| names(&source.code, word)));
    found.map(|source| source.path).collect()
}

fn below(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

#[test]
fn only_web_and_auth_name_axum() {
    assert_eq!(
        strays(&["axum::", "tower_http::"], |path| below(path, &["web/", "auth/", "api/"])),
        Vec::<String>::new()
    );
}

#[test]
fn only_collect_names_kube() {
    assert_eq!(strays(&["kube::", "k8s_openapi::"], |path| below(path, &["collect/"])), Vec::<String>::new());
}

#[test]
fn sql_lives_in_stores() {
    let macros = ["sqlx::query!", "sqlx::query_as!", "sqlx::query_scalar!", "query_unchecked!", "query_file!"];
    // The rollup is history's second store, with its rule beside its SQL.
    let may = |path: &str| {
        path.ends_with("store.rs") || path.contains("/store/") || matches!(path, "db.rs" | "history/rollup.rs")
    };
    assert_eq!(strays(&macros, may), Vec::<String>::new());
}

#[test]
fn only_the_configuration_and_main_read_the_environment() {
    assert_eq!(
        strays(&["env::var", "env::vars"], |path| matches!(path, "config.rs" | "main.rs") || path.contains("/tests/")),
        Vec::<String>::new()
    );
}

#[test]
fn only_the_clock_reads_the_time() {
    assert_eq!(strays(&["Utc::now", "SystemTime::now", "Local::now"], |path| path == "clock.rs"), Vec::<String>::new());
}

#[test]
fn nothing_is_left_for_later() {
    assert_eq!(strays(&["todo!", "unimplemented!", "dbg!", "#[allow"], |_| false), Vec::<String>::new());
}

#[test]
fn the_model_and_the_pages_know_nothing_of_the_server() {
    for member in ["model", "frontend"] {
        let manifest =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(member).join("Cargo.toml"))
                .unwrap();
        // What their own tests use is not part of them.
        let manifest = manifest.split("[dev-dependencies]").next().unwrap();
        for never in ["server", "axum", "sqlx", "kube", "tokio", "reqwest"] {
            let names = |line: &&str| {
                line.trim_start().starts_with(never) && line[never.len()..].trim_start().starts_with(['=', '.'])
            };
            assert_eq!(manifest.lines().find(names), None, "{member} depends on {never}");
        }
    }
}

#[test]
fn sizes_and_colours_have_names_in_the_tokens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/css");
    let mut own = vec![];
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "tokens.css" {
            continue;
        }
        for declaration in fs::read_to_string(entry.path()).unwrap().split(['{', ';', '}']) {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let property = property.trim();
            let is_space = ["padding", "margin", "gap"].iter().any(|space| property.starts_with(space));
            let is_size = (is_space || property == "font-size")
                && value.split([' ', ',', '(', ')']).any(|word| {
                    let number = word.trim_end_matches(char::is_alphabetic);
                    word.ends_with("rem") && number.parse::<f32>().is_ok()
                });
            let is_colour = ["#", "rgb(", "hsl("].iter().any(|colour| value.trim_start().starts_with(colour));
            if is_size || is_colour {
                own.push(format!("{name}: {}", declaration.trim()));
            }
        }
    }
    assert!(own.is_empty(), "{own:#?}");
}
