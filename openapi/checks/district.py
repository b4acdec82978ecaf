"""A small district to check against: two schools, a partner, some cases, and somebody in every role."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Self

from service import Service

AT_SCHOOL = ("success_mentor", "community_school_director", "principal", "school_staff", "mental_health_manager")
WITH_PARTNER = ("partner_staff",)
FOR_DISTRICT = ("program_manager", "privacy_officer", "service")
ROLES = AT_SCHOOL + WITH_PARTNER + FOR_DISTRICT
CASES = 8


@dataclass
class District:
    """Where everybody works, and the token of each."""

    service: Service
    school: str = field(default_factory=lambda: str(uuid.uuid4()))
    other_school: str = field(default_factory=lambda: str(uuid.uuid4()))
    partner: str = field(default_factory=lambda: str(uuid.uuid4()))
    # Somebody whose record may change without anybody losing access.
    staff: str = field(default_factory=lambda: str(uuid.uuid4()))
    tokens: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, service: Service) -> Self:
        """Enters schools and a partner, and staff in every role; who works at a school works at both."""
        district = cls(service)
        district.tokens = {role: service.token(role) for role in FOR_DISTRICT}
        for school, name in ((district.school, "P.S. 1"), (district.other_school, "P.S. 2")):
            district.enter(f"schools/{school}", {"name": name, "time_zone": "America/New_York"})
        district.enter(f"partners/{district.partner}", {"name": "Helping Hands"})
        district.enter(f"staff/{district.staff}", {"given_name": "Mia", "family_name": "Example"})
        for role in AT_SCHOOL:
            for school in (district.school, district.other_school):
                district.tokens[role] = service.token(role, school=school, subject=f"checks:{role}")
        for role in WITH_PARTNER:
            district.tokens[role] = service.token(role, partner=district.partner)
        return district

    def enter(self, path: str, body: object) -> None:
        """Keeps a record, as the district's own systems do."""
        self.done("PUT", f"/v1/{path}", "service", body)

    def done(self, method: str, path: str, role: str, body: object) -> None:
        """One request that has to succeed."""
        status, answer = self.service.call(method, path, self.tokens[role], body)
        if not 200 <= status < 300:
            raise RuntimeError(f"{method} {path} as {role}: {status} {answer}")

    def new_student(self) -> str:
        """A student without a case."""
        student = str(uuid.uuid4())
        self.enter(f"students/{student}", {"given_name": "Ada", "family_name": "Example", "birth_date": "2012-02-03"})
        return student

    def populate(self) -> None:
        """Opens cases and gives each a mentor and a family's consent."""
        me = self.service.call("GET", "/v1/me", self.tokens["success_mentor"])[1]["id"]
        since = str(datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(2))
        consent = {"partner": self.partner, "purpose": "mentoring", "scope": ["directory", "attendance"]}
        consent |= {"signatory": "Her mother", "relation": "parent", "signed_on": since}
        for _ in range(CASES):
            case = f"/v1/students/{self.new_student()}"
            director = "community_school_director"
            self.done("PUT", f"{case}/case", director, {"school": self.school, "reason": "Absent 14 of 60 days."})
            self.done("POST", f"{case}/mentor-assignments", director, {"mentor": me, "since": since})
            self.done("POST", f"{case}/consents", director, consent)

    def ids(self) -> dict[str, str]:
        """What requests may name."""
        me = self.service.call("GET", "/v1/me", self.tokens["success_mentor"])[1]["id"]
        places = {"school": self.school, "other_school": self.other_school, "partner": self.partner}
        return places | {"staff": self.staff, "mentor": me}

    def day(self) -> dict[str, str]:
        """What a program that carries out a mentor's day finds in its environment."""
        return {
            "THROUGHLINE_URL": self.service.url,
            "MENTOR_TOKEN": self.tokens["success_mentor"],
            "DIRECTOR_TOKEN": self.tokens["community_school_director"],
            "PARTNER": self.partner,
            "STUDENT": self.new_student(),
        }
