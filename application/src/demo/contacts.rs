//! Mentors are in touch: about three times a week, less in recesses, and not with everybody.
use chrono::{Datelike, Days, NaiveDate};
use domain::case::{Contact, ContactOutcome, ContactWith, LogContact, Medium};

use super::{
    chance::Chance,
    part::Care,
    story::Writer,
    value::{minutes, text},
    words,
    year::Year,
};
use crate::access::Operation;

impl Writer<'_> {
    /// Every contact of the year.
    pub(super) fn keep_in_touch(&mut self) {
        let mut chance = self.chance("contacts");
        for week in -Year::WEEKS..=0 {
            let days = chance.weekdays();
            let fourth = chance.percent(12);
            for (place, &weekday) in days.iter().enumerate().take(if fourth { 4 } else { 3 }) {
                self.touch(&mut chance, self.year.day(week, weekday), &format!("contact/{week}/{place}"));
            }
        }
    }

    fn touch(&mut self, chance: &mut Chance, day: NaiveDate, topic: &str) {
        let (year, part) = (self.year, self.part);
        // All is drawn before anything is left out, so that a holiday changes nothing but itself.
        let (skips, luck, hour, minute) =
            (chance.between(0..=99), chance.between(0..=99), chance.between(8..=14), chance.between(0..=59));
        let (length, told_later, silent) = (chance.between(2..=8) * 5, chance.percent(8), chance.percent(30));
        let (seen, away, family, free) = (
            chance.pick(words::seen(part.trend)),
            chance.pick(words::ABSENT),
            chance.pick(words::FAMILY_CALL),
            chance.pick(words::RECESS),
        );
        let Some(mentor) = self.mentored(day) else { return };
        let often = match part.care {
            Care::Patchy => 68,
            Care::Steady | Care::Neglected(_) => 96,
        };
        let taught = year.calendar.is_school_day(day);
        let summer = matches!(day.month(), 7 | 8);
        if day > part.in_touch_until(year.today)
            || skips
                >= if taught {
                    often
                } else if summer {
                    10
                } else {
                    5
                }
        {
            return;
        }
        use ContactOutcome::{LeftMessage, Made, NoAnswer, Refused, Unreachable};
        let (medium, with, outcome, words) = match luck {
            _ if !taught && luck < 60 => (Medium::Text, ContactWith::Student, Made, free),
            _ if !taught => (Medium::Phone, ContactWith::Family, if luck < 85 { Made } else { NoAnswer }, free),
            0..=62 => (Medium::InPerson, ContactWith::Student, Made, seen),
            63..=66 => (Medium::InPerson, ContactWith::Student, Refused, "{name} did not want to talk today."),
            67..=74 => (Medium::Phone, ContactWith::Family, Made, away),
            75..=79 => (Medium::Phone, ContactWith::Family, LeftMessage, "{name} is absent; left a message at home."),
            80..=82 => (Medium::Phone, ContactWith::Family, NoAnswer, "{name} is absent; nobody answers at home."),
            83..=91 => (Medium::Phone, ContactWith::Family, Made, family),
            92..=93 => (Medium::Phone, ContactWith::Family, Unreachable, "The number is out of service."),
            94..=96 => (Medium::Text, ContactWith::Family, Made, family),
            97 => {
                (Medium::HomeVisit, ContactWith::Family, Made, "Home visit with {kin}; the bus route is the problem.")
            }
            98 => (Medium::Video, ContactWith::Family, Made, family),
            _ => (Medium::InPerson, ContactWith::Teacher, Made, "Asked the homeroom teacher how {name} is doing."),
        };
        let note = (!silent || outcome != Made).then(|| text(part.say(words)));
        let minutes = (outcome == Made && medium != Medium::Text).then(|| minutes(length));
        let contact = Contact { on: day, outcome, medium, with, minutes, note, visibility: Default::default() };
        let next = year.school_day(day + Days::new(1));
        // Who hands over or says goodbye before then tells it on the same day.
        let told_later = told_later && (next - day).num_days() < 4 && self.mentored(next) == Some(mentor);
        let at = if told_later { year.at(next, 7, 55) } else { year.at(day, hour, minute) };
        self.act(at, mentor, Operation::LogContact, topic, contact, LogContact);
    }
}
