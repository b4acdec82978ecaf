//! A made-up district in which support does what was planted, and chance the rest: by its seed always the same.
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use chrono::{Datelike, NaiveDate, Weekday};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// School days of a window.
const WINDOW: usize = 20;

/// What a kind of support does: so many days absent more, of twenty.
pub const PLANTED: [(&str, f64); 2] = [("check_and_connect", -2.0), ("tutoring", 0.0)];

/// A made-up district.
pub struct Planted {
    /// Its schools, as it calls them.
    pub schools: Vec<String>,
    /// The day on which support begins.
    pub start: NaiveDate,
    /// Who is supported from that day on, by the district's number: with what.
    pub served: BTreeMap<String, &'static str>,
    students: Vec<(String, String, u8)>,
    absences: Vec<(String, String, NaiveDate)>,
    days: Vec<NaiveDate>,
}

impl Planted {
    /// So many students. Each is away with a likelihood of their own, the same all year; of those whom chance had away six
    /// days of the last twenty, half are supported.
    pub fn of(students: usize, seed: u64) -> Self {
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let all = day("2026-01-05").iter_days().take_while(|one| *one <= day("2026-03-27"));
        let days: Vec<_> = all.filter(|day| !weekend(day)).collect();
        let begin = WINDOW + 5;
        let schools: Vec<_> = (1..=6).map(|number| format!("S{number}")).collect();
        let (start, known) = (days[begin], vec![]);
        let mut planted = Self { schools, start, served: BTreeMap::new(), students: known, absences: vec![], days };
        for number in 0..students {
            let (name, school) = (format!("P{number:05}"), planted.schools[number % 6].clone());
            let likely = luck.random_range(0.12..0.35);
            let away: Vec<f64> = planted.days.iter().map(|_| luck.random()).collect();
            let before = away[begin - WINDOW..begin].iter().filter(|&&chance| chance < likely).count();
            let with = (before >= 6 && luck.random_bool(0.5)).then(|| PLANTED[luck.random_range(0..PLANTED.len())]);
            for (at, &chance) in away.iter().enumerate() {
                let more = with.filter(|_| at >= begin).map_or(0.0, |(_, days)| days / WINDOW as f64);
                if chance < likely + more {
                    planted.absences.push((name.clone(), school.clone(), planted.days[at]));
                }
            }
            planted.served.extend(with.map(|(kind, _)| (name.clone(), kind)));
            planted.students.push((name, school, 9 + (number % 2) as u8));
        }
        planted
    }

    /// Writes it down as a district without Ed-Fi would: attendance in a file a month.
    pub fn write(&self, directory: &Path) {
        let file = |name: &str, text: &str| fs::write(directory.join(name), text).expect("a file");
        let (mut schools, mut terms) = ("school_id,name\n".to_owned(), String::new());
        terms += "term_id,school_id,name,school_year,begin_date,end_date\n";
        for school in &self.schools {
            let _ = writeln!(schools, "{school},{school}");
            let _ = writeln!(terms, "T,{school},Spring,2026,2026-01-05,2026-06-26");
        }
        file("schools.csv", &schools);
        file("terms.csv", &terms);
        let mut students = "student_id,given_name,family_name,school_id,entry_date,grade_level\n".to_owned();
        for (name, school, grade) in &self.students {
            let _ = writeln!(students, "{name},Made,{name},{school},2026-01-05,{grade}");
        }
        file("students.csv", &students);
        let mut months = BTreeMap::<u32, String>::new();
        let head = || "student_id,school_id,date,status\n".to_owned();
        for (student, school, day) in &self.absences {
            let month = months.entry(day.month()).or_insert_with(head);
            let _ = writeln!(month, "{student},{school},{day},unexcused");
        }
        for (month, text) in months {
            file(&format!("attendance-{month:02}.csv"), &text);
        }
    }
}
