"""Leads Schemathesis to what is there: real students, entries that are ready for the operation, bodies that make sense.

Data made up from the contract alone never hits a student. Here most of the valid requests get the ids of the
district, and part of them a body that the rules accept too; the others stay as they were made up.
"""

import atexit
import copy
import datetime
import json
import os
import random
import time
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import Case, GenerationMode, HookContext, Response
from schemathesis.core.parameters import ParameterLocation

URL = os.environ["CHECKS_URL"]
TOKEN = os.environ["CHECKS_TOKEN"]
# Somebody who sees every case, to find what the role under test may not list.
GUIDE = os.environ["CHECKS_GUIDE"]
NEW: list[str] = json.loads(os.environ["CHECKS_NEW"])
DISTRICT: dict[str, str] = json.loads(os.environ["CHECKS_DISTRICT"])
COUNTS = Path(os.environ["CHECKS_COUNTS"])
FRESH_SECONDS = 3.0
MOST = 6
# Entries that a path names by their kind.
ENTRIES = {"need", "goal", "intervention", "assignment", "referral", "consent", "follow_up", "note", "entry"}
# What takes a case out of reach is done now and then only.
RARE = {"close_case": 0.1, "change_school": 0.3, "end_mentor_assignment": 0.3}
FUTURE = {"due_on", "next_review_on", "expires_on", "until"}

contract = json.loads((Path(__file__).parents[1] / "openapi.json").read_text())
chance = random.Random(os.environ["CHECKS_SEED"])
counts: dict[str, Counter[int]] = defaultdict(Counter)


class Cases:
    """What can be done where: students and entries by the operations that they say are next."""

    def __init__(self) -> None:
        self._read_at = 0.0
        self.next: dict[str, list[dict[str, str]]] = {}
        self.places: list[dict[str, str]] = []
        self.versions: dict[str, int] = {}

    def fresh(self) -> "Cases":
        """These, read again if they have grown old."""
        if time.monotonic() - self._read_at > FRESH_SECONDS:
            self._read()
            self._read_at = time.monotonic()
        return self

    def _read(self) -> None:
        self.next, self.places = defaultdict(list), []
        places = [(school, status) for school in ("school", "other_school") for status in ("open", "closed")]
        pages = [ask(f"/v1/caseload?school={DISTRICT[school]}&status={status}") for school, status in places]
        for line in (line for page in pages for line in page.get("items", [])[:MOST]):
            student = line["student"]
            path = f"/v1/students/{student}"
            case = ask(f"{path}/case")
            self.versions[student] = line["version"]
            for operation in case.get("next_actions", []):
                self.next[operation].append({"student": student})
            for entry in ask(f"{path}/entries?limit=100").get("items", []):
                kind = entry.get("content", {}).get("kind", "")
                place = {"student": student, "entry": entry["entry"], "kind": kind, "status": entry["status"]}
                self.places.append(place)
                for operation in entry["next_actions"]:
                    self.next[operation].append(place)

    def place(self, operation: str, names: set[str]) -> dict[str, str] | None:
        """A student, with an entry, for which `operation` is next; any of the kind where it is for none."""
        kinds = {"mentor_assignment" if name == "assignment" else name for name in names & ENTRIES}
        fitting = self.next.get(operation, [])
        if operation == "correct_entry":
            # The example puts a note right.
            fitting = [place for place in fitting if place.get("kind") == "note"]
        if kinds:
            named = [place for place in self.places if "entry" in kinds or place["kind"] in kinds]
            fitting = [place for place in fitting if "entry" in place] or named
        return chance.choice(fitting) if fitting else None


def ask(path: str) -> dict[str, Any]:
    """What the guide reads at `path`."""
    request = urllib.request.Request(URL + path, headers={"Authorization": f"Bearer {GUIDE}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError:
        return {}


cases = Cases()


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Puts real ids into what is valid; what is invalid on purpose stays so."""
    meta = case.meta
    if meta is None:
        return

    def is_valid(location: ParameterLocation) -> bool:
        component = meta.components.get(location)
        return component is None or component.mode is GenerationMode.POSITIVE

    operation = case.operation.definition.raw["operationId"]
    place = None
    often = RARE.get(operation, 0.8)
    if case.path_parameters and is_valid(ParameterLocation.PATH) and chance.random() < often:
        place = fill_path(case, operation)
    if case.headers and is_valid(ParameterLocation.HEADER):
        settle_condition(case, place)
    if case.query and is_valid(ParameterLocation.QUERY):
        # A cursor is valid only as the list itself gave it.
        case.query.pop("cursor", None)
    if isinstance(case.body, dict) and is_valid(ParameterLocation.BODY) and chance.random() < 0.7:
        if chance.random() < 0.5:
            case.body = example(case)
        case.body = sensible(case.body, place)


def fill_path(case: Case, operation: str) -> dict[str, str] | None:
    """Real ids in the path; answers with the place to which they lead."""
    names = set(case.path_parameters)
    place = cases.fresh().place(operation, names)
    for name in names:
        if name == "student" or name in ENTRIES:
            if operation == "open_case":
                case.path_parameters[name] = chance.choice(NEW)
            elif place:
                case.path_parameters[name] = place["student" if name == "student" else "entry"]
            elif name == "student":
                case.path_parameters[name] = chance.choice(list(cases.versions) or NEW)
        elif name == "role":
            roles = [held["id"] for held in ask(f"/v1/staff/{DISTRICT['staff']}").get("roles", []) if "id" in held]
            case.path_parameters[name] = chance.choice(roles) if roles else case.path_parameters[name]
        elif name in DISTRICT:
            case.path_parameters[name] = DISTRICT[name]
    return place


def settle_condition(case: Case, place: dict[str, str] | None) -> None:
    """`If-Match` with the version of the case, or none: a made-up one is stale. (Coverage also loses its quotes.)"""
    if case.headers.pop("If-Match", None) and place and chance.random() < 0.5:
        case.headers["If-Match"] = f'"{cases.versions.get(place["student"], 1)}"'


def example(case: Case) -> Any:
    """The example that the contract gives of the body."""
    schema = case.operation.definition.raw["requestBody"]["content"]["application/json"]["schema"]
    while "$ref" in schema:
        schema = contract["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return copy.deepcopy(schema.get("example", case.body))


def sensible(value: Any, place: dict[str, str] | None, name: str = "") -> Any:
    """The same with ids of the district and days around today."""
    if isinstance(value, dict):
        return {key: sensible(inner, place, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [sensible(inner, place, name.removesuffix("s")) for inner in value]
    if not isinstance(value, str):
        return value
    if name in {"mentor", "owner", "staff"}:
        return DISTRICT["mentor"]
    if name == "school":
        return DISTRICT[chance.choice(["school", "other_school"])]
    if name in {"partner"}:
        return DISTRICT[name]
    if name == "student" or name == "to":
        return chance.choice(list(cases.versions) or NEW)
    if name in ENTRIES and name != "entry" and place:
        same = [p for p in cases.places if p["student"] == place["student"] and p["kind"] == name]
        return chance.choice(same)["entry"] if same else value
    return a_day(value, name)


def a_day(value: str, name: str) -> str:
    """A day that is due before long, or was a few days ago."""
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return value
    days = chance.randint(1, 90) if name in FUTURE else -chance.randint(1, 5)
    return str(datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days))


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Counts what was answered to each operation."""
    counts[case.operation.definition.raw["operationId"]][response.status_code] += 1


@atexit.register
def write_counts() -> None:
    """Leaves the counts to whoever started this."""
    COUNTS.write_text(json.dumps(counts))
