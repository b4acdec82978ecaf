"""Holds a running server to its contract, as each role: Schemathesis, all checks, a fixed seed.

The server runs the demo. Fails where a check fails and where the server fails; names the operations that succeeded for
nobody, and fails for them too where `--each-succeeds` asks for it.
Usage: python conformance.py [--each-succeeds] [ROLE …]; CHECKS_EXAMPLES says how many examples an operation gets,
CHECKS_OPERATIONS which ones alone are checked, with commas between them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contract import FILE, OPERATIONS
from district import ROLES, District
from service import Service, binary

HERE = Path(__file__).parent
SEED = os.environ.get("CHECKS_SEED", "20260302")
EXAMPLES = os.environ.get("CHECKS_EXAMPLES", "100")
ONLY = [name for name in os.environ.get("CHECKS_OPERATIONS", "").split(",") if name]
AT_ONCE = 2
# What does not depend on who calls is covered as one role, where all are checked; every role meets the examples and the
# made-up data.
THOROUGH = "community_school_director"
LINES = 400
# It asks more in a minute than people do, and half of it without a good token.
UNLIMITED = ("--requests-per-minute=0", "--attempts-per-minute=0")


def main(roles: tuple[str, ...], each_succeeds: bool) -> int:
    with Service(binary(), "--demo", *UNLIMITED) as service, tempfile.TemporaryDirectory() as directory:
        district = District.of(service)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            thorough = THOROUGH if set(roles) == set(ROLES) else None
            results = list(pool.map(lambda role: check(district, role, role == thorough, Path(directory)), roles))
        answers = total(Path(directory), roles)
    failed = [role for role, passed in zip(roles, results, strict=True) if not passed]
    wanted = ONLY or [name for name, operation in OPERATIONS.items() if not operation.picture]
    lonely = [operation for operation in wanted if not any(200 <= status < 300 for status in answers[operation])]
    for operation in lonely:
        print(f"{operation} succeeded for nobody: {dict(answers[operation])}")
    if failed:
        print(f"failed as {', '.join(failed)}")
    requests = sum(sum(each.values()) for each in answers.values())
    print(f"{requests} requests to {len(wanted)} operations as {len(roles)} roles")
    return 1 if failed or (lonely and each_succeeds) else 0


def check(district: District, role: str, is_thorough: bool, directory: Path) -> bool:
    """One run as `role`."""
    started = time.monotonic()
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "CHECKS_URL": district.service.url,
        "CHECKS_ROLE": role,
        "CHECKS_TOKENS": json.dumps(district.tokens),
        "CHECKS_IDS": json.dumps(district.ids),
        "CHECKS_COUNTS": str(directory / f"{role}.json"),
        "CHECKS_SEED": f"{SEED} {role}",
    }
    phases = "examples,coverage,fuzzing" if is_thorough else "examples,fuzzing"
    command = [
        Path(sys.executable).parent / "schemathesis",
        "--config-file",
        HERE / "schemathesis.toml",
        "run",
        FILE,
    ]
    command += ["--url", district.service.url, "--header", f"Authorization: Bearer {district.tokens[role]}"]
    command += ["--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES, "--phases", phases, "--workers", "1"]
    command += ["--generation-database", "none", "--continue-on-failure", "--request-timeout", "30"]
    command += [argument for name in ONLY for argument in ("--include-operation-id", name)]
    run = subprocess.run(
        command,
        check=False,
        env=environment,
        cwd=directory,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    seconds = time.monotonic() - started
    requests = sum(sum(counts.values()) for counts in answered(directory, role).values())
    print(f"-- as {role}: {'passed' if run.returncode == 0 else 'FAILED'}, {requests} requests in {seconds:.0f} s")
    if run.returncode != 0:
        lines = run.stdout.splitlines()
        print("\n".join(lines[:LINES] + ["…"] + lines[-40:] if len(lines) > LINES else lines))
    sys.stdout.flush()
    return run.returncode == 0


def total(directory: Path, roles: tuple[str, ...]) -> dict[str, Counter[int]]:
    """How often each operation answered with each status, over all roles."""
    answers: dict[str, Counter[int]] = {operation: Counter() for operation in OPERATIONS}
    for role in roles:
        for operation, counts in answered(directory, role).items():
            answers[operation].update(counts)
    return answers


def answered(directory: Path, role: str) -> dict[str, dict[int, int]]:
    """How often each operation answered with each status to `role`."""
    said = json.loads((directory / f"{role}.json").read_text())
    return {name: {int(status): count for status, count in counts.items()} for name, counts in said.items()}


if __name__ == "__main__":
    named = tuple(argument for argument in sys.argv[1:] if argument != "--each-succeeds")
    sys.exit(main(named or ROLES, "--each-succeeds" in sys.argv))
