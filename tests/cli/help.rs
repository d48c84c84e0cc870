//! Help, examples, completions and the manual page.

use std::process::Command;

use super::case::{Case, program};

/// Every verb, as the program lists them.
fn verbs() -> Vec<String> {
    let help = Case::new().run(&["-h"]).code(0).out;
    let list = help.split("Verbs:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let verbs: Vec<String> = list.lines().filter_map(|l| l.split_whitespace().next()).map(str::to_owned).collect();
    assert!(verbs.len() >= 6, "{help}");
    verbs
}

#[test]
fn short_help_fits_a_screen() {
    for verb in verbs() {
        let help = Case::new().run(&[&verb, "-h"]).code(0).out;
        assert!(help.lines().count() <= 45, "{verb} -h has {} lines", help.lines().count());
        assert!(help.lines().all(|l| l.chars().count() <= 100), "{help}");
    }
}

#[cfg(unix)]
#[test]
fn every_example_of_the_help_works() {
    for verb in verbs() {
        let help = Case::new().run(&[&verb, "--help"]).code(0).out;
        let examples: Vec<&str> = help.lines().filter_map(|l| l.trim().strip_prefix("$ ")).collect();
        assert!(!examples.is_empty(), "{verb} --help shows no example");
        let case = Case::with_archive();
        // The examples of a verb build on each other and on an output that was made before.
        case.run(&["run", "archive", "-o", "out"]).code(0);
        if verb == "run" {
            std::fs::remove_dir_all(case.path("out")).unwrap();
        }
        let bin = program().parent().unwrap().to_owned();
        for example in examples {
            let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
            let out = Command::new("bash")
                .args(["-o", "pipefail", "-c", example])
                .current_dir(case.path(""))
                .env("PATH", path)
                .output()
                .unwrap();
            assert!(out.status.success(), "{example}\n{}", String::from_utf8_lossy(&out.stderr));
        }
    }
}

#[test]
fn completions_and_manual_know_every_verb() {
    let case = Case::new();
    let bash = case.run(&["completions", "bash"]).code(0).out;
    let manual = case.run(&["man"]).code(0).out;
    for verb in verbs() {
        assert!(bash.contains(&verb), "{verb} is not completed");
        assert!(manual.contains(&verb), "{verb} is not in the manual");
        assert!(case.run(&["man", &verb]).code(0).out.contains("Examples"), "{verb}");
    }
}

#[test]
fn a_wrong_argument_is_an_error_with_a_remedy() {
    let case = Case::new();
    let said = case.run(&["rum"]).code(2);
    assert!(said.err.contains("run"), "{}", said.err);
    assert_eq!(case.run(&[]).code(2).out, "");
    assert!(case.run(&["--version"]).code(0).out.starts_with("jianbao "));
}

#[test]
fn settings_are_listed_with_reason_and_default() {
    let case = Case::new();
    let said = case.run(&["config", "write.format"]).code(0);
    insta::assert_snapshot!(said.out, @r#"
    write.format = "jsonl"    ("jsonl" | "parquet")
        What articles and repeats are written as.
    "#);
    let json: serde_json::Value = serde_json::from_str(&case.run(&["config", "--json"]).code(0).out).unwrap();
    assert_eq!(json["write.keep_repeats"]["default"], false);
}
