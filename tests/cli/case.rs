//! A test of the program: a folder of its own, and what was said with paths, times and versions taken out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// Two short pages of a union newspaper that never was.
pub(crate) const FIRST_PAGE: &str = "\
## 兰溪市总工会为职工送清凉

本报讯 记者方小宁 通讯员蒋立报道 7月16日，兰溪市总工会走进建筑工地，为326名一线职工送去价值4.8万元的防暑用品。

工地负责人说，送来的绿豆汤解渴又解乏，大家干活更有劲头了，连日赶工的疲惫也消了大半，往后每周还会有流动的医务站开到宿舍门口。
";

/// Shares its last paragraph with [`FIRST_PAGE`].
pub(crate) const SECOND_PAGE: &str = "\
## 武义县举办职工技能竞赛

本报讯 记者吕明哲报道 近日，武义县总工会举办电工技能竞赛，来自24家企业的58名选手参加。

工地负责人说，送来的绿豆汤解渴又解乏，大家干活更有劲头了，连日赶工的疲惫也消了大半，往后每周还会有流动的医务站开到宿舍门口。
";

/// One test: a temporary folder in which the program runs.
pub(crate) struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with `archive/` of two pages and `page.md`.
    pub(crate) fn with_archive() -> Self {
        let case = Self::new();
        case.write("archive/2024-07-18-01.md", FIRST_PAGE);
        case.write("archive/2024-07-19-02.md", SECOND_PAGE);
        case.write("page.md", FIRST_PAGE);
        case.write("pages.jsonl", &(json_line("d1", FIRST_PAGE) + &json_line("d2", SECOND_PAGE)));
        case
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// What a file holds.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The JSON records of a file.
    #[track_caller]
    pub(crate) fn records(&self, name: &str) -> Vec<serde_json::Value> {
        self.read(name).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    /// The names in a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .map(|entries| entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        names.sort();
        names
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, to be run in the folder.
    pub(crate) fn jianbao(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("jianbao").unwrap();
        command.current_dir(self.folder.path()).args(arguments).env_remove("NO_COLOR");
        command
    }

    /// Runs the program and takes what it said.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.said(&self.jianbao(arguments).output().unwrap())
    }

    /// The same with something on standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &str) -> Said {
        self.said(&self.jianbao(arguments).write_stdin(input).output().unwrap())
    }

    fn said(&self, output: &Output) -> Said {
        let clean = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            text.replace(&format!("{}/", self.folder.path().display()), "")
        };
        Said { code: output.status.code(), out: clean(&output.stdout), err: clean(&output.stderr) }
    }
}

/// How the program ended and what it said.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its exit code; None where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Said {
    /// Stops the test where the exit code is another.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// The messages with speed and seconds as `[…]`, for snapshots.
    pub(crate) fn steady_err(&self) -> String {
        let speed = regex::Regex::new(r"in \d+\.\d s \((?:\d+\.\d MB|\d+ kB)/s on \d+ threads?\)").unwrap();
        speed.replace_all(&self.err, "in [time]").into_owned()
    }
}

/// A line of JSONL that holds a page.
pub(crate) fn json_line(id: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "text": text, "date": "2024-07-18" }).to_string() + "\n"
}

/// The program's path, for shells.
pub(crate) fn program() -> PathBuf {
    Path::new(assert_cmd::cargo::cargo_bin!("jianbao")).to_path_buf()
}
