//! The flags of a program of the control plane, from the command line of its pod.
//!
//! As the programs themselves read them (spf13/pflag with the word separators of Kubernetes): `--name=value`,
//! `--name value`, `--name` alone for true; of a single value the last counts, lists append; `_` is `-`.

use crate::objects::control_plane::Container;
use std::collections::BTreeMap;

/// Flags by name, each with its values in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(BTreeMap<String, Vec<String>>);

impl Flags {
    /// Flags that are already told apart.
    pub(super) const fn from_values(values: BTreeMap<String, Vec<String>>) -> Self {
        Self(values)
    }

    /// The flags that a container gives to a program; `None` where it does not start the program directly, as through a shell.
    pub(super) fn of(container: &Container, program: &str) -> Option<Self> {
        let line: Vec<&String> = container.command.iter().chain(&container.args).flatten().collect();
        let start = line.iter().position(|word| word.rsplit('/').next() == Some(program))?;
        let mut words = line.into_iter().skip(start + 1).peekable();
        let mut flags = Self::default();
        while let Some(word) = words.next() {
            let Some(word) = word.strip_prefix("--") else { continue };
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, value),
                None => (word, words.next_if(|next| !next.starts_with("--")).map_or("true", String::as_str)),
            };
            flags.0.entry(name.replace('_', "-")).or_default().push(value.to_owned());
        }
        Some(flags)
    }

    /// The value of a flag that has one; an empty one is none.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.last().map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The values of a flag that is a list.
    pub(super) fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.0.get(name).into_iter().flatten().flat_map(|value| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty())
    }

    /// Whether a flag is set to true, as Go reads it; `Err` where it is neither true nor false.
    pub(super) fn is_on(&self, name: &str, default: bool) -> Result<bool, Opaque> {
        match self.0.get(name).and_then(|values| values.last()).map(String::as_str) {
            None => Ok(default),
            Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(true),
            Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(false),
            Some(_) => Err(Opaque),
        }
    }

    /// A number; `None` where it is not set, `Err` where it is none.
    pub(super) fn number(&self, name: &str) -> Result<Option<u32>, Opaque> {
        self.value(name).map(str::parse).transpose().map_err(|_| Opaque)
    }

    /// Whether a value of one of these flags is put in by the environment, and cannot be read here.
    pub(super) fn any_from_environment(&self, names: &[&str]) -> bool {
        names.iter().filter_map(|name| self.0.get(*name)).flatten().any(|value| value.contains("$("))
    }
}

/// A value that the program itself would not understand, or that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opaque;

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(command: &[&str], args: &[&str]) -> Option<Flags> {
        let owned = |words: &[&str]| Some(words.iter().map(ToString::to_string).collect());
        let container = Container { command: owned(command), args: owned(args), ..Container::default() };
        Flags::of(&container, "kube-apiserver")
    }

    #[test]
    fn flags_are_read_in_every_way_that_they_are_written() {
        let flags = flags(
            &["/usr/local/bin/kube-apiserver", "--a=1", "--b", "two", "--c", "--d=x,y", "-v", "2"],
            &["--d", "z", "--a=3", "--e=", "--under_scored=1", "--f=$(HOST)", "--n", "-1"],
        )
        .expect("it starts the program");
        assert_eq!((flags.value("a"), flags.value("b"), flags.value("e")), (Some("3"), Some("two"), None));
        assert_eq!(
            (flags.is_on("c", false), flags.is_on("z", true), flags.is_on("b", true)),
            (Ok(true), Ok(true), Err(Opaque))
        );
        assert_eq!(flags.list("d").collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(
            (flags.number("under-scored"), flags.number("b"), flags.number("n")),
            (Ok(Some(1)), Err(Opaque), Err(Opaque))
        );
        assert_eq!((flags.any_from_environment(&["a", "f"]), flags.any_from_environment(&["a"])), (true, false));
    }

    #[test]
    fn a_program_that_is_not_started_directly_is_not_understood() {
        assert_eq!(flags(&["/bin/sh", "-c", "exec kube-apiserver --anonymous-auth=false"], &[]), None);
        assert_eq!(flags(&[], &["--anonymous-auth=false"]), None);
        let started =
            flags(&["/go-runner", "--log-file=x", "/usr/local/bin/kube-apiserver"], &["--anonymous-auth=false"]);
        assert_eq!(started.expect("through a wrapper").is_on("anonymous-auth", true), Ok(false));
    }
}
