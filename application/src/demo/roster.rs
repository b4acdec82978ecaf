//! The students: names that nobody bears, grades, enrolments.
use chrono::{Days, NaiveDate};
use domain::{SchoolId, StudentId};
use uuid::Uuid;

use super::{
    calendar::{first_day, last_day, school_year},
    cast::{ALDER, HERON, school},
    chance::{Chance, id},
    part::Part,
    value::personal,
    year::Year,
};
use crate::reference::{EnrolmentToKeep, StudentToKeep};

/// The first 60 go to Alder Street, the rest to Heron Point.
#[rustfmt::skip]
pub(super) const NAMES: &[(&str, &str)] = &[
    ("Amara", "Nwosu"), ("Mateo", "Villanueva"), ("Jaylen", "Brooks"), ("Fatoumata", "Diallo"), ("Xiomara", "Polanco"),
    ("Ethan", "Rosario"), ("Nadia", "Rahman"), ("Malik", "Coleman"), ("Sofia", "Castellanos"), ("Wei", "Zhang"),
    ("Destiny", "Marshall"), ("Yusuf", "Abdi"), ("Camila", "Tejada"), ("Isaiah", "Grant"), ("Priyanka", "Das"),
    ("Kevin", "Morales"), ("Aaliyah", "Simmons"), ("Diego", "Huertas"), ("Mariam", "Touré"), ("Liam", "Donnelly"),
    ("Genesis", "Almonte"), ("Omar", "Saleh"), ("Zoe", "Campbell"), ("Rafael", "Ortega"), ("Tenzin", "Sherpa"),
    ("Brianna", "Walters"), ("Andre", "Baptiste"), ("Lucía", "Guzmán"), ("Samuel", "Owusu"), ("Anjali", "Mehta"),
    ("Jeremiah", "Fields"), ("Valentina", "Quispe"), ("Hamza", "Iqbal"), ("Nyla", "Robinson"), ("Cristian", "Paulino"),
    ("Mei", "Lin"), ("Elijah", "Bennett"), ("Aminata", "Sow"), ("Gabriel", "Santos"), ("Kiara", "Espinal"),
    ("Noah", "Friedman"), ("Shanice", "Edwards"), ("Arman", "Petrosyan"), ("Daniela", "Cevallos"), ("Tyrese", "Hughes"),
    ("Leila", "Haddad"), ("Joel", "Matos"), ("Ngozi", "Eze"), ("Ruben", "Acosta"), ("Chloe", "Nguyen"),
    ("Marcus", "Whitaker"), ("Esmeralda", "Rojas"), ("Ibrahim", "Koné"), ("Hannah", "Kim"), ("Xavier", "Delgado"),
    ("Rania", "Mansour"), ("Devon", "Clarke"), ("Paola", "Zambrano"), ("Kofi", "Asante"), ("Julia", "Wójcik"),
    ("Adrian", "Cordero"), ("Maya", "Thompson"), ("Bilal", "Chowdhury"), ("Nicole", "Serrano"), ("Jordan", "Price"),
    ("Salma", "Farouk"), ("Emilio", "Vargas"), ("Tiana", "Lewis"), ("Henry", "Park"), ("Ariana", "Batista"),
];

/// How many go to Alder Street.
pub(super) const AT_ALDER: usize = 60;

/// A student with the enrolments of two school years, as kept by the school.
pub struct Pupil {
    /// The student.
    pub id: StudentId,
    /// The record.
    pub record: StudentToKeep,
    /// The enrolments, and when they ended.
    pub enrolments: Vec<(Uuid, EnrolmentToKeep, Option<NaiveDate>)>,
}

pub(super) fn student(number: usize) -> StudentId {
    id(&format!("student/{number}"))
}

pub(super) fn home(number: usize) -> SchoolId {
    school(if number < AT_ALDER { ALDER } else { HERON })
}

/// Everybody who is enrolled today or was until some weeks ago.
pub(super) fn pupils(year: &Year, parts: &[Part]) -> Vec<Pupil> {
    let moved = |number| parts.iter().find(|part| part.number == number).and_then(|part| part.moves_on);
    NAMES.iter().enumerate().map(|(number, _)| pupil(number, year.today, moved(number))).collect()
}

fn pupil(number: usize, today: NaiveDate, moves_on: Option<NaiveDate>) -> Pupil {
    let mut chance = Chance::in_matter(&format!("pupil/{number}"));
    let (given, family) = NAMES[number];
    let now = school_year(today);
    let grade = if number < AT_ALDER { 7 + number as i64 % 6 } else { 7 + number as i64 % 2 };
    let birth_year = now - 5 - grade as i32;
    let born = NaiveDate::from_yo_opt(birth_year, chance.between(1..=365).unsigned_abs() as u32);
    let record = StudentToKeep {
        given_name: personal(given),
        middle_name: None,
        family_name: personal(family),
        preferred_given_name: None,
        birth_date: born,
    };
    let enrolment = |name: &str, school, entered_on, grade: i64, left| {
        let kept = EnrolmentToKeep { school, entered_on, grade_level: Some(grade.to_string()) };
        (id(&format!("enrolment/{number}/{name}")), kept, left)
    };
    let mut enrolments = vec![
        enrolment("before", home(number), first_day(now - 1), grade - 1, Some(last_day(now - 1))),
        enrolment("now", home(number), first_day(now), grade, None),
    ];
    if let Some(day) = moves_on.filter(|&day| day > first_day(now)) {
        enrolments[1].2 = Some(day - Days::new(1));
        enrolments.push(enrolment("after", school(HERON), day, grade, None));
    }
    Pupil { id: student(number), record, enrolments }
}
