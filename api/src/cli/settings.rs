//! Where settings come from: flags, then the environment, then a file, then what is usual.
//!
//! Options are declared once, as flags. The file takes the place of their defaults before the line is read.
use std::{collections::BTreeSet, ffi::OsString, fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::{ArgMatches, Command, CommandFactory};
use toml::{Table, Value};

use super::Throughline;

const FILE: &str = "throughline.toml";
const DEFAULT: &str = "serve";

/// The line with the default command put in where none is named.
pub fn with_default_command(mut line: Vec<OsString>) -> Vec<OsString> {
    let command = Throughline::command();
    let known: Vec<_> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let others = ["help", "-h", "--help", "-V", "--version"];
    let names = |word: &OsString| word.to_str().is_some_and(|w| others.contains(&w) || known.iter().any(|k| k == w));
    if !line.iter().skip(1).any(names) {
        line.insert(line.len().min(1), DEFAULT.into());
    }
    line
}

/// Reads the line, the environment and the file.
pub fn read(line: Vec<OsString>) -> anyhow::Result<ArgMatches> {
    let command = match file(&line)? {
        Some((path, settings)) => {
            with_file(Throughline::command(), settings).with_context(|| format!("cannot use {}", path.display()))?
        }
        None => Throughline::command(),
    };
    Ok(command.get_matches_from(line))
}

fn file(line: &[OsString]) -> anyhow::Result<Option<(PathBuf, Table)>> {
    let first_look = Throughline::command().ignore_errors(true).try_get_matches_from(line);
    let named = first_look.ok().and_then(|matches| matches.get_one::<PathBuf>("config").cloned());
    let path = match named {
        Some(path) => path,
        None if PathBuf::from(FILE).is_file() => FILE.into(),
        None => return Ok(None),
    };
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let settings = parse(&text).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some((path, settings)))
}

/// What the file says. Where it cannot be read, its lines are not repeated: one may hold a password.
fn parse(text: &str) -> anyhow::Result<Table> {
    text.parse::<Table>().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        anyhow::anyhow!("line {} is not in the form of TOML", before.matches('\n').count() + 1)
    })
}

/// The command with what the file says for defaults.
fn with_file(mut command: Command, settings: Table) -> anyhow::Result<Command> {
    let mut known = BTreeSet::new();
    names(&command, &mut known);
    for (name, value) in settings {
        if !known.contains(&name) || name == "config" {
            bail!("there is no setting {name}");
        }
        let text = match value {
            Value::String(text) => text,
            Value::Integer(_) | Value::Boolean(_) | Value::Float(_) => value.to_string(),
            _ => bail!("{name} is a text, a number, true or false"),
        };
        command = with_default(command, &name, &text);
    }
    Ok(command)
}

fn names(command: &Command, known: &mut BTreeSet<String>) {
    known.extend(command.get_arguments().filter_map(|argument| argument.get_long()).map(str::to_owned));
    command.get_subcommands().for_each(|command| names(command, known));
}

fn with_default(command: Command, name: &str, text: &str) -> Command {
    command
        .mut_args(|argument| {
            let is_meant = argument.get_long() == Some(name);
            if is_meant { argument.default_value(text.to_owned()) } else { argument }
        })
        .mut_subcommands(|command| with_default(command, name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str]) -> Vec<OsString> {
        words.iter().map(Into::into).collect()
    }

    fn listens(file: &str, words: &[&str]) -> anyhow::Result<String> {
        let command = with_file(Throughline::command(), file.parse()?)?;
        let matches = command.try_get_matches_from(with_default_command(line(words)))?;
        let (_, serve) = matches.subcommand().context("a command")?;
        Ok(serve.get_one::<String>("listen").cloned().unwrap_or_default())
    }

    #[test]
    fn the_line_is_sound() {
        Throughline::command().debug_assert();
    }

    #[test]
    fn serving_is_the_default() {
        assert_eq!(with_default_command(line(&["throughline"])), line(&["throughline", "serve"]));
        assert_eq!(with_default_command(line(&["throughline", "--demo"])), line(&["throughline", "serve", "--demo"]));
        assert_eq!(with_default_command(line(&["throughline", "token"])), line(&["throughline", "token"]));
        assert_eq!(with_default_command(line(&["throughline", "--help"])), line(&["throughline", "--help"]));
    }

    #[test]
    fn a_flag_counts_more_than_the_file_and_the_file_more_than_what_is_usual() -> anyhow::Result<()> {
        let file = "listen = '127.0.0.1:1'\ndatabase-connections = 8\ndev-issuer = false";
        assert_eq!(listens("", &["throughline"])?, "127.0.0.1:8080");
        assert_eq!(listens(file, &["throughline"])?, "127.0.0.1:1");
        assert_eq!(listens(file, &["throughline", "--listen", "127.0.0.1:2"])?, "127.0.0.1:2");
        Ok(())
    }

    #[test]
    fn what_the_file_keeps_secret_is_neither_in_the_help_nor_in_a_complaint() -> anyhow::Result<()> {
        let file = "database-url = 'postgres://a:Quetzalcoatl@b/c'";
        let mut command = with_file(Throughline::command(), file.parse()?)?;
        assert!(!command.render_long_help().to_string().contains("Quetzalcoatl"));
        let complaint = parse("listen = 'a'\ndatabase-url = postgres://a:Quetzalcoatl@b/c").expect_err("a complaint");
        assert_eq!(format!("{complaint:#}"), "line 2 is not in the form of TOML");
        Ok(())
    }

    #[test]
    fn a_setting_that_nobody_knows_is_named() {
        let refused = listens("lisen = '127.0.0.1:1'", &["throughline"]).expect_err("a refusal");
        assert_eq!(refused.to_string(), "there is no setting lisen");
    }
}
