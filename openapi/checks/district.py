"""The district of the demo: its schools and partners, and somebody in every role."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Self

from service import Service

SCHOOLS = ("Alder Street Community School", "Heron Point Middle School")
PARTNERS = ("Bright Harbor Counseling Center", "Third Avenue Tutoring Collective")
# Somebody of the demo in every role that it has; who works at a school works at both, to see who changes school.
AT_SCHOOLS = {
    "success_mentor": "imani.brathwaite",
    "community_school_director": "marisol.quinones",
    "principal": "anthony.whitfield",
    "school_staff": "priya.raman",
    "mental_health_manager": "naomi.feldman",
}
WITH_PARTNER = {"partner_staff": "renee.baptiste"}
FOR_DISTRICT = {"program_manager": "jordan.blackwell", "privacy_officer": "mei-ling.cho", "service": "checks"}
# Mentors whose mentees may change hands.
OTHER_MENTORS = ("luis.ferreira", "grace.oyelaran")
ROLES = (*AT_SCHOOLS, *WITH_PARTNER, *FOR_DISTRICT)


@dataclass
class District:
    """Where everybody works, and the token of each."""

    service: Service
    tokens: dict[str, str] = field(default_factory=dict)
    # What requests may name, by the name under which they do.
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, service: Service) -> Self:
        """The district of a server that runs the demo."""
        district = cls(service)
        for role, subject in AT_SCHOOLS.items():
            for school in SCHOOLS:
                district.tokens[role] = district.token(role, subject, school=school)
        for role, subject in WITH_PARTNER.items():
            district.tokens[role] = district.token(role, subject, partner=PARTNERS[0])
        for role, subject in FOR_DISTRICT.items():
            district.tokens[role] = district.token(role, subject)
        school, other_school = district.named("schools", SCHOOLS)
        partner, other_partner = district.named("partners", PARTNERS)
        district.ids = {"school": school, "other_school": other_school}
        district.ids |= {"partner": partner, "other_partner": other_partner}
        district.ids["mentor"] = district.me(district.tokens["success_mentor"])
        for subject in OTHER_MENTORS:
            token = district.token("success_mentor", subject, school=SCHOOLS[0])
            district.ids[subject] = district.me(token)
        return district

    def token(self, role: str, subject: str, **at: str) -> str:
        return self.service.token(role, subject=f"demo:{subject}", **at)

    def named(self, what: str, names: tuple[str, ...]) -> list[str]:
        """The ids of the schools or partners of those names."""
        found = self.read(f"/v1/{what}", self.tokens["service"])["items"]
        return [next(each["id"] for each in found if each["name"] == name) for name in names]

    def me(self, token: str) -> str:
        """Whose token this is."""
        return str(self.read("/v1/me", token)["id"])

    def read(self, path: str, token: str) -> Any:
        status, answer, _ = self.service.call("GET", path, token)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status} {answer}")
        return answer

    def day(self) -> dict[str, str]:
        """What a program that carries out a mentor's day with a new student finds in its environment."""
        student = str(uuid.uuid4())
        body = {"given_name": "Ada", "family_name": "Example", "birth_date": "2012-02-03"}
        status, answer, _ = self.service.call("PUT", f"/v1/students/{student}", self.tokens["service"], body)
        if status != 201:
            raise RuntimeError(f"a new student: {status} {answer}")
        return {
            "THROUGHLINE_URL": self.service.url,
            "MENTOR_TOKEN": self.tokens["success_mentor"],
            "DIRECTOR_TOKEN": self.tokens["community_school_director"],
            "PARTNER": self.ids["partner"],
            "STUDENT": student,
        }
