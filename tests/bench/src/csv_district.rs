//! A district's files as a system without Ed-Fi exports them: who there is, and a school year of who was away.
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use rand::{RngExt, SeedableRng, rngs::StdRng};

/// Students of a school.
const OF_SCHOOL: u64 = 500;
/// Of a thousand days of a student, on how many there is something to tell.
const TOLD: u32 = 90;
/// The months of a school year, each with so many days of teaching: 180 in all.
const MONTHS: [(&str, u32); 10] = [
    ("2025-09", 18),
    ("2025-10", 18),
    ("2025-11", 18),
    ("2025-12", 18),
    ("2026-01", 18),
    ("2026-02", 18),
    ("2026-03", 18),
    ("2026-04", 18),
    ("2026-05", 18),
    ("2026-06", 18),
];

/// Writes schools, terms, days of teaching, students and enrolments into a new `directory`.
pub fn roster(directory: &Path, students: u64) -> anyhow::Result<()> {
    let mut schools = begin(directory, "schools", "school_id,name")?;
    let mut terms = begin(directory, "terms", "term_id,school_id,name,school_year,begin_date,end_date")?;
    let mut calendar = begin(directory, "calendar", "school_id,date,instructional")?;
    for school in 0..students.div_ceil(OF_SCHOOL) {
        writeln!(schools, "{school},School {school}")?;
        writeln!(terms, "Y,{school},Year,2026,2025-09-01,2026-06-30")?;
        for (month, taught) in MONTHS {
            for day in 1..=28 {
                writeln!(calendar, "{school},{month}-{day:02},{}", if day <= taught { "yes" } else { "no" })?;
            }
        }
    }
    let header = "student_id,given_name,family_name,school_id,entry_date,grade_level";
    let mut file = begin(directory, "students", header)?;
    for student in 0..students {
        writeln!(file, "{student},Given,Family,{},2025-09-01,09", student / OF_SCHOOL)?;
    }
    for mut file in [schools, terms, calendar, file] {
        file.flush()?;
    }
    Ok(())
}

/// Writes who was away, or late, in the school year into a new `directory`, a file a month; with how many rows that is. The
/// same `seed` tells the same.
pub fn year(directory: &Path, students: u64, seed: u64) -> anyhow::Result<u64> {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut rows = 0;
    for (month, taught) in MONTHS {
        let mut file = attendance(directory, month)?;
        for day in 1..=taught {
            for student in 0..students {
                if chance.random_range(0..1_000) < TOLD {
                    row(&mut file, student, &format!("{month}-{day:02}"), chance.random_range(0..10))?;
                    rows += 1;
                }
            }
        }
        file.flush()?;
    }
    Ok(rows)
}

/// Writes who was away on a day after that year into a new `directory`: the students of one school.
pub fn day(directory: &Path) -> anyhow::Result<u64> {
    let mut file = attendance(directory, "2026-06-29")?;
    let away = (0..OF_SCHOOL).step_by(10);
    for student in away.clone() {
        row(&mut file, student, "2026-06-29", 0)?;
    }
    file.flush()?;
    Ok(away.count() as u64)
}

fn attendance(directory: &Path, what: &str) -> anyhow::Result<BufWriter<File>> {
    begin(directory, &format!("attendance-{what}"), "student_id,school_id,date,status")
}

fn row(file: &mut impl Write, student: u64, day: &str, chance: u32) -> anyhow::Result<()> {
    let status = [
        "unexcused",
        "unexcused",
        "unexcused",
        "unexcused",
        "excused",
        "excused",
        "excused",
        "tardy",
        "tardy",
        "tardy",
    ];
    Ok(writeln!(file, "{student},{},{day},{}", student / OF_SCHOOL, status[chance as usize % status.len()])?)
}

fn begin(directory: &Path, name: &str, header: &str) -> anyhow::Result<BufWriter<File>> {
    fs::create_dir_all(directory)?;
    let mut file = BufWriter::new(File::create(directory.join(format!("{name}.csv")))?);
    writeln!(file, "{header}")?;
    Ok(file)
}
