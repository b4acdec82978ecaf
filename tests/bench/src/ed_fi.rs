//! A district's files as Ed-Fi has them: who there is, and who came on a day.
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

/// Students of a school.
const OF_SCHOOL: u64 = 500;

const YEAR: &str = "<SchoolYear>2025-2026</SchoolYear>";

/// Writes the schools, each with its session, and the students with where they are enrolled, into a new `directory`.
pub fn roster(directory: &Path, students: u64) -> anyhow::Result<()> {
    let mut file = begin(directory, "Roster")?;
    for school in 0..students.div_ceil(OF_SCHOOL) {
        let reference = of_school(school);
        writeln!(
            file,
            "<School><SchoolId>{school}</SchoolId><NameOfInstitution>School {school}</NameOfInstitution></School>
             <Session>{reference}{YEAR}<SessionName>Year</SessionName><BeginDate>2025-09-04</BeginDate>\
             <EndDate>2026-06-26</EndDate></Session>"
        )?;
    }
    for student in 0..students {
        let (reference, school) = (of_student(student), of_school(student / OF_SCHOOL));
        writeln!(
            file,
            "<Student><StudentUniqueId>{student}</StudentUniqueId>\
             <Name><FirstName>Given</FirstName><LastSurname>Family</LastSurname></Name></Student>
             <StudentSchoolAssociation>{reference}{school}<EntryDate>2025-09-04</EntryDate></StudentSchoolAssociation>"
        )?;
    }
    end(file, "Roster")
}

/// Writes who came on `day`, and who did not, into a new `directory`: one event for every student.
pub fn attendance(directory: &Path, students: u64, day: &str) -> anyhow::Result<()> {
    let mut file = begin(directory, "StudentAttendance")?;
    for student in 0..students {
        let category = if student % 12 == 0 { "Unexcused Absence" } else { "In Attendance" };
        let (reference, school) = (of_student(student), of_school(student / OF_SCHOOL));
        writeln!(
            file,
            "<StudentSchoolAttendanceEvent><AttendanceEvent><EventDate>{day}</EventDate><AttendanceEventCategory>\
             uri://ed-fi.org/AttendanceEventCategoryDescriptor#{category}</AttendanceEventCategory></AttendanceEvent>\
             {school}<SessionReference><SessionIdentity>{school}{YEAR}<SessionName>Year</SessionName></SessionIdentity>\
             </SessionReference>{reference}</StudentSchoolAttendanceEvent>"
        )?;
    }
    end(file, "StudentAttendance")
}

fn begin(directory: &Path, interchange: &str) -> anyhow::Result<BufWriter<File>> {
    fs::create_dir_all(directory)?;
    let mut file = BufWriter::new(File::create(directory.join("interchange.xml"))?);
    writeln!(file, "<Interchange{interchange} xmlns=\"http://ed-fi.org/5.0.0\">")?;
    Ok(file)
}

fn end(mut file: BufWriter<File>, interchange: &str) -> anyhow::Result<()> {
    writeln!(file, "</Interchange{interchange}>")?;
    Ok(file.flush()?)
}

fn of_school(school: u64) -> String {
    format!("<SchoolReference><SchoolIdentity><SchoolId>{school}</SchoolId></SchoolIdentity></SchoolReference>")
}

fn of_student(student: u64) -> String {
    format!(
        "<StudentReference><StudentIdentity><StudentUniqueId>{student}</StudentUniqueId></StudentIdentity></StudentReference>"
    )
}
