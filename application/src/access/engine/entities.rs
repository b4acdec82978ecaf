//! The facts of a decision as the policies know them: everything is told by what it is to whoever asks.
use cedar_policy::{Entity, EntityUid, RestrictedExpression as Value};

use super::{
    About, Same, Tie,
    thing::{Colleague, Thing},
};

type Attribute = (String, Value);

/// Whoever holds the role.
pub fn holder(tie: Tie) -> Entity {
    let place = |kind: &'static str, same: Same| match same {
        Same::Missing => None,
        Same::Yes | Same::No => Some((kind.to_lowercase(), Value::new_entity_uid(uid(kind, HOLDERS)))),
    };
    let own = [
        ("role".to_owned(), Value::new_string(tie.role.to_string())),
        staff("staff", true),
        truth("overrides", tie.overrides),
    ];
    entity("Holder", "holder", own.into_iter().chain(place("School", tie.school)).chain(place("Partner", tie.partner)))
}

/// The student's case to which the role is tied.
pub fn case(tie: Tie) -> Entity {
    let attributes = [
        one("School", "school", tie.school == Same::Yes),
        all("Staff", "mentors", tie.mentors, true),
        all("Partner", "partners", tie.partner == Same::Yes, true),
    ];
    entity("Case", "case", attributes)
}

/// One thing written down on that case.
pub fn written(about: About) -> Entity {
    let attributes = [
        ("case".to_owned(), Value::new_entity_uid(uid("Case", "case"))),
        ("visibility".to_owned(), Value::new_string(<&str>::from(about.visibility).to_owned())),
        staff("author", about.own),
        ("author_role".to_owned(), Value::new_string(about.author_role.to_string())),
        truth("shared", about.shared),
        truth("handed_over", about.handed_over),
    ];
    let partner = match about.partner {
        Same::Missing => None,
        same => Some(one("Partner", "partner", same == Same::Yes)),
    };
    entity("Entry", "entry", attributes.into_iter().chain(partner))
}

/// What is no case.
pub fn thing(thing: Thing) -> Entity {
    match thing {
        Thing::School { here } => entity("School", named(here), []),
        Thing::Partner { own } => entity("Partner", named(own), []),
        Thing::HistoriesRequest { own } => entity("HistoriesRequest", "request", [staff("requested_by", own)]),
        Thing::District => entity("District", "district", []),
        Thing::Student { here, placed, mentors, named } => {
            let schools = all("School", "schools", here, placed);
            let attributes = [schools, all("Staff", "mentors", mentors, true), all("Partner", "named_to", named, true)];
            entity("Student", "student", attributes)
        }
        Thing::Post { own, role, school } => {
            let attributes = [staff("staff", own), ("role".to_owned(), Value::new_string(role.to_string()))];
            let school = match school {
                Same::Missing => None,
                same => Some(one("School", "school", same == Same::Yes)),
            };
            entity("Post", "post", attributes.into_iter().chain(school))
        }
        Thing::Colleague(colleague) => {
            let Colleague { own, worked_here, works_here, same_partner, of_partners, has_roles, given } = colleague;
            let attributes = [
                staff("staff", own),
                all("School", "schools", worked_here, has_roles),
                all("School", "present_schools", works_here, has_roles),
                all("Partner", "partners", same_partner, of_partners),
                truth("has_roles", has_roles),
                truth("given_by_holder", given),
            ];
            entity("Colleague", "colleague", attributes)
        }
    }
}

/// The name of what is the holder's own, of its kind.
const HOLDERS: &str = "of the holder";

fn named(own: bool) -> &'static str {
    if own { HOLDERS } else { "another" }
}

fn truth(name: &str, is_so: bool) -> Attribute {
    (name.to_owned(), Value::new_bool(is_so))
}

fn one(kind: &str, name: &str, own: bool) -> Attribute {
    (name.to_owned(), Value::new_entity_uid(uid(kind, named(own))))
}

fn staff(name: &str, own: bool) -> Attribute {
    one("Staff", name, own)
}

/// Some of a kind: the holder's own among them or not, and others where there are any.
fn all(kind: &str, name: &str, own: bool, others: bool) -> Attribute {
    let own = own.then(|| uid(kind, HOLDERS));
    let others = others.then(|| uid(kind, "another"));
    (name.to_owned(), Value::new_set(own.into_iter().chain(others).map(Value::new_entity_uid)))
}

fn entity(kind: &str, id: &str, attributes: impl IntoIterator<Item = Attribute>) -> Entity {
    Entity::new(uid(kind, id), attributes.into_iter().collect(), Default::default())
        .expect("attributes are plain values")
}

/// What is called `id`, of a kind.
pub fn uid(kind: &str, id: &str) -> EntityUid {
    let kind = kind.parse().expect("kinds are plain names");
    EntityUid::from_type_name_and_id(kind, cedar_policy::EntityId::new(id))
}
