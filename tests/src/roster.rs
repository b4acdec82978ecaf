//! A roster as a district's system exports it (OneRoster 1.1 CSV).

/// The files of an export in which a school has one student, by number and family name.
#[must_use]
pub fn one_roster(number: &str, family_name: &str) -> Vec<(&'static str, String)> {
    let present = ["orgs", "users"];
    let all = ["orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics", "results"];
    let listed = |file| if present.contains(&file) { "bulk" } else { "absent" };
    let manifest: String = all.iter().map(|file| format!("file.{file},{}\n", listed(*file))).collect();
    let orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
                s1,,,Elm,school,,d1\nd1,,,District,district,,\n";
    let users = format!(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,phone,\
         agentSourcedIds,grades,password\n\
         {number},,,true,s1,student,ada,Ada,{family_name},,,,\"09\",\n"
    );
    vec![
        ("manifest.csv", format!("propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n{manifest}")),
        ("orgs.csv", orgs.to_owned()),
        ("users.csv", users),
    ]
}
