"""Python eventsourcing: an Application on its postgres module, a thread for each client.

`prepare STUDENTS EVENTS`, or `run CLIENTS SECONDS STUDENTS`; the database is at DATABASE_URL.
"""

import json
import os
import random
import sys
import threading
import time
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


def prepare(students: int, events: int) -> None:
    cases = application()

    def begin(student: int) -> Case:
        case = Case(student, CONTACT)
        for _ in range(1, events):
            case.log_contact(CONTACT)
        return case

    for first in range(0, students, 100):
        cases.save(*(begin(student) for student in range(first, min(first + 100, students))))


def run(clients: int, seconds: float, students: int) -> None:
    cases = application()
    start = time.monotonic() + seconds / 5
    end = start + seconds
    acknowledged, times = [0] * clients, [[] for _ in range(clients)]

    def ask(client: int) -> None:
        chance, now = random.Random(), time.monotonic()
        while now < end:
            cases.append(chance.randrange(students))
            answered = time.monotonic()
            acknowledged[client] += 1
            if now >= start and answered < end:
                times[client].append(answered - now)
            now = answered

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = sorted(taken for taken_by_one in times for taken in taken_by_one) or [0.0]
    tally = {
        "acknowledged": sum(acknowledged),
        "rate": sum(len(one) for one in times) / seconds,
        "p50": every[int(len(every) * 0.50)] * 1000,
        "p99": every[int(len(every) * 0.99)] * 1000,
    }
    print(json.dumps(tally))


if __name__ == "__main__":
    {"prepare": lambda s, e: prepare(int(s), int(e)), "run": lambda c, t, s: run(int(c), float(t), int(s))}[
        sys.argv[1]
    ](*sys.argv[2:])
