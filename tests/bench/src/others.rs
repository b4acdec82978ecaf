//! Who else uses the processors: figures of a disturbed run say nothing.
use std::{
    collections::{HashMap, HashSet},
    fs,
};

use anyhow::Context;

/// The processors as they were at one moment, in ticks.
pub struct Others {
    all: u64,
    busy: u64,
    ours: u64,
}

impl Others {
    /// Looks now.
    pub fn look() -> anyhow::Result<Self> {
        let stat = fs::read_to_string("/proc/stat")?;
        let line = stat.lines().next().context("the processors")?;
        // user nice system idle iowait irq softirq steal
        let ticks: Vec<u64> = line.split_whitespace().skip(1).filter_map(|tick| tick.parse().ok()).take(8).collect();
        let all = ticks.iter().sum();
        let idle: u64 = ticks.iter().skip(3).take(2).sum();
        Ok(Self { all, busy: all - idle, ours: ours()? })
    }

    /// What was used since then.
    pub fn since(&self) -> anyhow::Result<Used> {
        let now = Self::look()?;
        let ours = now.ours.saturating_sub(self.ours);
        let others = (now.busy - self.busy).saturating_sub(ours) as f64 / (now.all - self.all).max(1) as f64;
        Ok(Used { others, ours: ours as f64 / TICKS })
    }
}

/// Ticks of the kernel in a second, as it shows them to programs.
const TICKS: f64 = 100.0;

/// What was used of the processors in a while.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// By others: the part of all that there was.
    pub others: f64,
    /// By us, the load and the database included: seconds.
    pub ours: f64,
}

struct Process {
    parent: u32,
    ticks: u64,
}

/// What this process and all that it started have used; an ended one counts with the parent that waited for it. The
/// kernel's own threads work for us: they write what we wrote.
fn ours() -> anyhow::Result<u64> {
    let mut processes = HashMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // It may have ended meanwhile.
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        processes.extend(read(&stat).map(|process| (pid, process)));
    }
    let (me, kernel) = (std::process::id(), 2);
    let is_ours = |pid: u32| {
        let mut seen = HashSet::new();
        let mut at = pid;
        while at != me && at != kernel && seen.insert(at) {
            at = processes.get(&at).map_or(0, |process| process.parent);
        }
        at == me || at == kernel
    };
    Ok(processes.iter().filter(|&(&pid, _)| is_ours(pid)).map(|(_, process)| process.ticks).sum())
}

/// `pid (name) state ppid …`, in which the name may hold anything.
fn read(stat: &str) -> Option<Process> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some(Process { parent: fields.get(1)?.parse().ok()?, ticks })
}
