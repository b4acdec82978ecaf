"""What can be done where: students and entries by the operations that they say are next."""

import random
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

FRESH_SECONDS = 20.0
# So many cases of each school and status are looked at, others each time.
MOST = 4

Place = dict[str, str]


class Cases:
    """Some cases of the district as they stand."""

    def __init__(self, chance: random.Random, schools: list[str], ask: Callable[[str], list[Any]]) -> None:
        """`ask` reads a path as everybody whose view counts."""
        self._chance, self._schools, self._ask = chance, schools, ask
        self._read_at = float("-inf")
        self._next: dict[str, list[Place]] = {}
        self._entries: list[Place] = []
        self.versions: dict[str, int] = {}

    def fresh(self) -> "Cases":
        """These, read again if they have grown old."""
        if time.monotonic() - self._read_at > FRESH_SECONDS:
            self._read()
            self._read_at = time.monotonic()
        return self

    def _read(self) -> None:
        self._next, self._entries, self.versions = defaultdict(list), [], {}
        for school in self._schools:
            for status in ("open", "closed"):
                for view in self._ask(f"/v1/caseload?limit=200&school={school}&status={status}"):
                    lines = view.get("items", [])
                    for line in self._chance.sample(lines, min(MOST, len(lines))):
                        self.versions[line["student"]] = line["version"]
        for student in self.versions:
            for case in self._ask(f"/v1/students/{student}/case"):
                for operation in case.get("next_actions", []):
                    self._next[operation].append({"student": student})
            for view in self._ask(f"/v1/students/{student}/entries?limit=60"):
                for entry in view.get("items", []):
                    kind = entry.get("content", {}).get("kind", "")
                    place = {"student": student, "entry": entry["entry"], "kind": kind}
                    self._entries.append(place)
                    for operation in entry["next_actions"]:
                        self._next[operation].append(place)

    def place(self, operation: str, kind: str | None) -> Place | None:
        """Where `operation` is next: a case, or an entry of that kind of it."""
        fitting = self._next.get(operation) or [] if kind is None else self._of(kind, self._next.get(operation, []))
        return self._one(fitting or ([] if kind is None else self._of(kind, self._entries)))

    def entry(self, student: str, kind: str) -> str | None:
        """An entry of a student's."""
        place = self._one([place for place in self._of(kind, self._entries) if place["student"] == student])
        return place["entry"] if place else None

    def student(self) -> str | None:
        """Whose case it is."""
        return self._chance.choice(list(self.versions)) if self.versions else None

    def _of(self, kind: str, places: list[Place]) -> list[Place]:
        return [place for place in places if kind in ("entry", place.get("kind"))]

    def _one(self, places: list[Place]) -> Place | None:
        return self._chance.choice(places) if places else None
