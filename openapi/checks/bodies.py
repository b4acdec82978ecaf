"""Bodies that the rules accept too: with ids that there are, and with days that are past or to come."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

TO_COME = {"due_on", "next_review_on", "expires_on", "ends_on", "until"}

# What no two may have in common.
ONE_EACH = {"entry", "subject"}


def fit(value: Any, known: Callable[[str], str | None], days: Callable[[bool], int], name: str = "") -> Any:
    """The same with `known` ids, asked for by the property's name, and each day so many `days` from today.

    `days` is told whether the day is to come.
    """
    if isinstance(value, dict):
        return {key: fit(inner, known, days, f"due_{key}" if name == "due" else key) for key, inner in value.items()}
    if isinstance(value, list):
        return [fit(inner, known, days, name.removesuffix("s")) for inner in value]
    if not isinstance(value, str):
        return value
    if name in ONE_EACH:
        return str(uuid.uuid4())
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return known(name) or value
    return str(datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days(name in TO_COME)))
