"""Leads Schemathesis to what is there: real students, entries that are ready for the operation, bodies that make sense.

Data made up from the contract alone never hits a student. Here most of the valid requests get the ids of the
district, and part of them a body that the rules accept too; the others stay as they were made up.
"""

import atexit
import json
import os
import random
import uuid
from collections import Counter, defaultdict, deque
from functools import partial
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import Case, GenerationMode, HookContext, Response
from schemathesis.core.parameters import ParameterLocation

from bodies import fit
from cases import Cases
from contract import ALLOWED, OPERATIONS
from ready import DIRECTOR, Ready
from service import call

URL = os.environ["CHECKS_URL"]
ROLE = os.environ["CHECKS_ROLE"]
TOKENS: dict[str, str] = json.loads(os.environ["CHECKS_TOKENS"])
IDS: dict[str, str] = json.loads(os.environ["CHECKS_IDS"])
COUNTS = Path(os.environ["CHECKS_COUNTS"])
# How often somebody new is brought to where the operation is next.
NEW = 0.1
# What takes a case out of reach, or is about what is in no case, is done for somebody new only.
NEW_ONLY = {"open_case", "change_school", "close_case", "end_mentor_assignment", "keep_student", "keep_staff_member"}
NEW_ONLY |= {"show_enrolment", "enrol_student", "exit_student", "show_role", "grant_role", "end_role"}
NEW_ONLY |= {"show_confidentiality_agreement", "record_confidentiality_agreement"}
# Entries that a path names by their kind.
KINDS = {"assignment": "mentor_assignment"}
KINDS |= {kind: kind for kind in ("need", "goal", "intervention", "referral", "consent", "follow_up", "note")}

chance = random.Random(os.environ["CHECKS_SEED"])
counts: dict[str, Counter[int]] = defaultdict(Counter)
# The last that a write was answered with.
tokens = deque(["p1"], maxlen=1)


def make(role: str, method: str, path: str, body: Any) -> str | None:
    """A request on the way to another, which has to succeed; answers with the id of what it made."""
    status, answer, location = call(URL, method, path, TOKENS[role], body)
    if not 200 <= status < 300:
        raise RuntimeError(f"{method} {path} as {role}: {status} {answer}")
    return location.rsplit("/", 1)[1] if location else None


def ask(role: str, path: str) -> Any:
    """What `role` reads at `path`; nothing where it may not."""
    status, answer, _ = call(URL, "GET", path, TOKENS[role])
    return answer if status == 200 else {}


ready = Ready(IDS, make)
cases = Cases(chance, [IDS["school"], IDS["other_school"]], lambda path: [ask(role, path) for role in (ROLE, DIRECTOR)])
forbidden = set(ALLOWED) - set(ask(ROLE, "/v1/me")["operations"])


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
    # Until an operation has succeeded, every valid request is led to where it should.
    sure = operation not in forbidden and not any(200 <= status < 300 for status in counts[operation])

    def is_led(often: float) -> bool:
        return sure or chance.random() < often

    place: dict[str, str] = {}
    if case.path_parameters and is_valid(ParameterLocation.PATH) and is_led(0.8):
        place = somewhere(operation, is_led(NEW) or operation in NEW_ONLY)
        case.path_parameters.update({name: place[name] for name in case.path_parameters if name in place})
    if case.headers and is_valid(ParameterLocation.HEADER):
        if "Idempotency-Key" in case.headers and is_led(0.9):
            # Made-up ones were used before.
            case.headers["Idempotency-Key"] = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        # Whoever is named there by chance is nobody whom the caller may know of.
        if is_led(0.9):
            case.headers.pop("Throughline-View-As", None)
        if "Consistency-Token" in case.headers:
            # One of the future is answered with 503, as it must be where the log has lost what was acknowledged.
            case.headers["Consistency-Token"] = tokens[-1]
        if case.headers.pop("If-Match", None) and "student" in place and not is_led(0.5):
            # With the version of the case: a made-up one is stale. (Coverage also loses its quotes.)
            case.headers["If-Match"] = f'"{cases.versions.get(place["student"], 1)}"'
    if case.query and is_valid(ParameterLocation.QUERY):
        # A cursor is valid only as the list itself gave it.
        case.query.pop("cursor", None)
        if "principal" in case.query and is_led(0.8):
            case.query["principal"] = IDS["mentor"]
    if isinstance(case.body, dict) and is_valid(ParameterLocation.BODY) and is_led(0.7):
        body = OPERATIONS[operation].example() if is_led(0.5) else case.body
        case.body = fit(body, partial(known, operation, place), some_days)
        settle_body(operation, case.body)


def somewhere(operation: str, new: bool) -> dict[str, str]:
    """What the path of `operation` may name: where it is next, or somebody `new` brought there."""
    names = OPERATIONS[operation].parameters
    if operation == "reassign_mentees":
        return {"staff": IDS["luis.ferreira"]}
    if operation == "show_problem":
        return {"code": "stale"}
    if {"agreement", "version", "request"} & set(names):
        return IDS | ready.bring(operation)
    found = None
    if "student" in names:
        found = cases.fresh().place(operation, KINDS.get(names[-1], names[-1]) if len(names) > 1 else None)
        if not found and operation not in ALLOWED and (student := cases.student()):
            found = {"student": student}
    if (new or not found) and operation not in forbidden and {"student", "staff"} & set(names):
        return IDS | ready.bring(operation)
    return IDS | ({"student": found["student"], names[-1]: found.get("entry", found["student"])} if found else {})


def known(operation: str, place: dict[str, str], name: str) -> str | None:
    """An id that a body may have under that name."""
    match name:
        case "to" if operation == "reassign_mentees":
            return IDS["grace.oyelaran"]
        case "student" | "to":
            return cases.student()
        case "school" if operation == "change_school":
            return IDS["other_school"]
        case "partner" if operation == "forward_referral":
            return IDS["other_partner"]
        case "owner" if operation == "reassign_follow_up":
            return IDS["luis.ferreira"]
        case "owner" | "staff":
            return IDS["mentor"]
    if name in KINDS.values() and "student" in place:
        return cases.entry(place["student"], name)
    return IDS.get(name)


def settle_body(operation: str, body: Any) -> None:
    """What belongs together in a body."""
    if operation == "move_entry":
        # A note belongs to nothing.
        body.pop("attach", None)
    if operation == "log_group_session":
        for one in body.get("students", []):
            if isinstance(one, dict) and (place := cases.fresh().place("log_session", "intervention")):
                one |= {"student": place["student"], "intervention": place["entry"]}


def some_days(to_come: bool) -> int:
    """Before long, or a few days ago."""
    return chance.randint(1, 90) if to_come else -chance.randint(1, 5)


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Counts what was answered to each operation."""
    counts[case.operation.definition.raw["operationId"]][response.status_code] += 1
    tokens.extend(response.headers.get("consistency-token", []))


@atexit.register
def write_counts() -> None:
    """Leaves the counts to whoever started this."""
    COUNTS.write_text(json.dumps(counts))
