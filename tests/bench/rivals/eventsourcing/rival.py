"""Python eventsourcing: an Application on its postgres module, a thread for each client.

`prepare STUDENTS EVENTS`, or `run CLIENTS SECONDS STUDENTS`; the database is at DATABASE_URL.
"""

import json
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlparse
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import IntegrityError

CONTACT = {
    "on": "2026-03-02", "outcome": "made", "medium": "phone", "with": "family", "minutes": 10,
    "note": "Her mother works nights and mornings are hard; the older brother can walk her to the bus stop from next "
    "Monday on. She asked about the after-school club on Tuesdays and whether a late bus still runs. I "
    "said that I would find out and call back before Friday.",
}  # fmt: skip


class Case(Aggregate):
    @event("Opened")
    def __init__(self, student: int, contact: dict):
        self.student = student
        self.contacts = 1

    @staticmethod
    def create_id(student: int, contact: dict) -> UUID:
        return uuid5(NAMESPACE_URL, f"/students/{student}")

    @event("ContactLogged")
    def log_contact(self, contact: dict):
        self.contacts += 1


class Cases(Application):
    def append(self, student: int) -> None:
        while True:
            case = self.repository.get(Case.create_id(student, CONTACT))
            case.log_contact(CONTACT)
            try:
                self.save(case)
                return
            except IntegrityError:
                continue


def application() -> Cases:
    url = urlparse(os.environ["DATABASE_URL"])
    asked = parse_qs(url.query)
    return Cases(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": url.path.lstrip("/"),
            "POSTGRES_HOST": asked["host"][0],
            "POSTGRES_PORT": "5432",
            "POSTGRES_USER": asked["user"][0],
            "POSTGRES_PASSWORD": "",
        }
    )


def prepare(cases: Cases, students: int, events: int) -> None:
    for student in range(students):
        case = Case(student, CONTACT)
        for _ in range(1, events):
            case.log_contact(CONTACT)
        cases.save(case)


def run(cases: Cases, clients: int, seconds: float, students: int) -> None:
    start = time.monotonic() + seconds / 5
    end = start + seconds

    def ask(_: int) -> tuple[int, list[float]]:
        acknowledged, times, now = 0, [], time.monotonic()
        while now < end:
            cases.append(random.randrange(students))
            answered = time.monotonic()
            acknowledged += 1
            if now >= start and answered < end:
                times.append(answered - now)
            now = answered
        return acknowledged, times

    with ThreadPoolExecutor(clients) as threads:
        asked = list(threads.map(ask, range(clients)))
    times = sorted(taken for _, of_one in asked for taken in of_one)
    tally = {
        "acknowledged": sum(acknowledged for acknowledged, _ in asked),
        "rate": len(times) / seconds,
        "p50": times[int(len(times) * 0.50)] * 1000,
        "p99": times[int(len(times) * 0.99)] * 1000,
    }
    print(json.dumps(tally))


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    with application() as cases:
        {"prepare": prepare, "run": run}[what](cases, *(json.loads(number) for number in numbers))
