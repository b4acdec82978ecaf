//! Who may depend on whom.
use std::{collections::BTreeSet, fs, path::Path};

fn dependencies(layer: &str) -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(layer).join("Cargo.toml");
    let text = fs::read_to_string(manifest).expect("a manifest");
    let section = text.split("\n[").find(|section| section.starts_with("dependencies]")).expect("dependencies");
    section.lines().skip(1).filter_map(|line| Some(line.split(['.', ' ', '=']).next()?.to_owned())).collect()
}

#[test]
fn inner_layers_know_nothing_of_outer_ones() {
    let outer: [(&str, &[&str]); 3] = [
        ("domain", &["application", "infrastructure", "api", "actix-web", "tokio", "tokio-postgres", "reqwest"]),
        ("application", &["infrastructure", "api", "actix-web", "tokio-postgres", "deadpool-postgres", "reqwest"]),
        ("infrastructure", &["api", "actix-web"]),
    ];
    for (layer, forbidden) in outer {
        let dependencies = dependencies(layer);
        assert!(dependencies.contains("serde"), "{layer}: {dependencies:?}");
        for name in forbidden {
            assert!(!dependencies.contains(*name), "{layer} must not depend on {name}");
        }
    }
}

#[test]
fn the_domain_asks_neither_the_clock_nor_chance_nor_the_machine() {
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src")) {
        let text = fs::read_to_string(&file).expect("a file");
        // What is drawn is drawn from a seed.
        let chance = ["now_v7", "new_v4", "rand::rng", "rand::random", "SysRng", "OsRng", "from_rng", "from_os_rng"];
        let clock = ["Utc::now", "Local::now", "SystemTime", "Instant::now"];
        for word in [&chance[..], &clock, &["std::env", "std::fs"]].concat() {
            assert!(!text.contains(word), "{} must not use {word}", file.display());
        }
    }
}

#[test]
fn only_the_binary_names_infrastructure() {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src");
    let binary = [api.join("main.rs"), api.join("cli.rs"), api.join("cli")];
    for file in sources(&api) {
        let text = fs::read_to_string(&file).expect("a file");
        let named = text.contains("infrastructure::");
        assert!(!named || binary.iter().any(|part| file.starts_with(part)), "{}", file.display());
    }
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let within = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    within.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
