//! What is aimed at for each concern, and how it is measured.
use domain::case::NeedCategory;

/// What a goal is about, and how it is measured.
pub(super) struct Aim {
    pub(super) goal: &'static str,
    pub(super) measure: &'static str,
    pub(super) unit: &'static str,
    pub(super) baseline: i64,
    pub(super) spread: i64,
    pub(super) target: i64,
}

/// What is aimed at for a concern.
pub(super) fn aim(concern: NeedCategory) -> Aim {
    let aim = |goal, measure, unit, baseline, spread, target| Aim { goal, measure, unit, baseline, spread, target };
    match concern {
        NeedCategory::Attendance => aim(
            "{name} is at school on all but one or two days a month.",
            "days absent in the last four weeks",
            "days",
            8,
            2,
            2,
        ),
        NeedCategory::Academic => {
            aim("{name} hands in most homework in every class.", "homework handed in over two weeks", "%", 40, 12, 85)
        }
        NeedCategory::Behavior => aim(
            "{name} asks for a break instead of leaving the room.",
            "times sent out of class in two weeks",
            "times",
            7,
            2,
            1,
        ),
        NeedCategory::BasicNeeds => aim(
            "{name} has what is needed to come every day, in the cold too.",
            "days late in the last four weeks",
            "days",
            11,
            3,
            2,
        ),
        NeedCategory::Family => {
            aim("{name} is in class before the first bell.", "days late in the last four weeks", "days", 12, 3, 3)
        }
        NeedCategory::MentalHealth => {
            aim("{name} stays in class through a whole test.", "classes left early in two weeks", "classes", 8, 2, 1)
        }
        _ => aim(
            "{name} takes part in one club and has somebody to eat with.",
            "club meetings attended in four weeks",
            "meetings",
            0,
            0,
            4,
        ),
    }
}
