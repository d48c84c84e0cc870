//! How long each stage took, and how much memory there was at most. Told in `report.json`, and decides nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::record::{Memory, Timing};

/// A stage whose time is taken.
#[derive(Clone, Copy, Debug)]
pub(super) enum Timed {
    Statistics,
    Read,
    Layout,
    Dedup,
    Extract,
    Write,
}

const STAGES: [&str; 6] = ["statistics", "read", "layout", "dedup", "extract", "write"];

/// The clock of a run. Threads add to it at once.
#[derive(Debug)]
pub(super) struct Clock {
    started: Instant,
    nanoseconds: [AtomicU64; STAGES.len()],
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), nanoseconds: Default::default() }
    }

    /// Does `work` and counts its time for `stage`.
    pub(super) fn time<R>(&self, stage: Timed, work: impl FnOnce() -> R) -> R {
        let started = Instant::now();
        let result = work();
        self.nanoseconds[stage as usize].fetch_add(started.elapsed().as_nanos() as u64, Ordering::Relaxed);
        result
    }

    /// The times of a run that went through `bytes` of text, and what bounded its memory.
    pub(super) fn timing(&self, threads: usize, bytes: u64, memory: Memory) -> Timing {
        let seconds = self.started.elapsed().as_secs_f64();
        let stage = |n: usize| self.nanoseconds[n].load(Ordering::Relaxed) as f64 / 1e9;
        Timing {
            threads,
            seconds,
            stages: STAGES.iter().enumerate().map(|(n, name)| ((*name).into(), stage(n))).collect::<BTreeMap<_, _>>(),
            megabytes_per_second: bytes as f64 / 1e6 / seconds.max(1e-9),
            peak_memory: peak_memory(),
            memory,
            begun_with: None,
        }
    }
}

/// The most memory that the process ever held, in bytes, where the system tells it.
pub(super) fn peak_memory() -> Option<u64> {
    let status = std::fs::read("/proc/self/status").ok()?;
    let status = String::from_utf8_lossy(&status);
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
