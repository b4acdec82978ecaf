"""A small district to check against: a school, a partner, and somebody in every role."""

import subprocess
import uuid
from dataclasses import dataclass
from typing import Self

from service import Service

AT_SCHOOL = (
    "success_mentor",
    "community_school_director",
    "principal",
    "school_staff",
    "mental_health_manager",
)
WITH_PARTNER = ("partner_staff",)
FOR_DISTRICT = ("program_manager", "privacy_officer", "service")
ROLES = AT_SCHOOL + WITH_PARTNER + FOR_DISTRICT


@dataclass
class District:
    """Where everybody works, and the token of each."""

    service: Service
    school: str
    partner: str
    tokens: dict[str, str]

    @classmethod
    def of(cls, service: Service) -> Self:
        """Enters a school and a partner, and staff in every role."""
        school, partner = str(uuid.uuid4()), str(uuid.uuid4())
        _enter(service, f"insert into schools (id, name, source) values ('{school}', 'P.S. 1', 'checks')")
        _enter(service, f"insert into partners (id, name, source) values ('{partner}', 'Helping Hands', 'checks')")
        tokens = {role: service.token(role, school=school) for role in AT_SCHOOL}
        tokens |= {role: service.token(role, partner=partner) for role in WITH_PARTNER}
        tokens |= {role: service.token(role) for role in FOR_DISTRICT}
        return cls(service, school, partner, tokens)

    def day(self) -> dict[str, str]:
        """What a program that carries out a mentor's day finds in its environment."""
        return {
            "THROUGHLINE_URL": self.service.url,
            "MENTOR_TOKEN": self.tokens["success_mentor"],
            "DIRECTOR_TOKEN": self.tokens["community_school_director"],
            "PARTNER": self.partner,
            "STUDENT": str(uuid.uuid4()),
        }


def _enter(service: Service, statement: str) -> None:
    where = ["-h", service.data / "run", "-U", "throughline", "-d", "throughline"]
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", *where, "-c", statement], check=True)
