"""Holds a running server to its contract, as each role: Schemathesis, all checks, a fixed seed.

Fails where a check fails and where the server fails; names the operations that succeeded for nobody, and fails for
them too where `--each-succeeds` asks for it.
Usage: python conformance.py [--each-succeeds] [ROLE …]; CHECKS_EXAMPLES says how many examples an operation gets.
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

from district import ROLES, District
from service import Service, binary

HERE = Path(__file__).parent
CONTRACT = HERE.parent / "openapi.json"
SEED = os.environ.get("CHECKS_SEED", "20260302")
EXAMPLES = os.environ.get("CHECKS_EXAMPLES", "100")
AT_ONCE = 2
# What does not depend on who calls is covered as one role; every role meets the examples and the made-up data.
THOROUGH = {"community_school_director"}
# Students without a case.
NEW = 10
LINES = 400


def main(roles: tuple[str, ...], each_succeeds: bool) -> int:
    with Service(binary(), "--dev-issuer") as service, tempfile.TemporaryDirectory() as directory:
        district = District.of(service)
        district.populate()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(lambda role: check(district, role, Path(directory)), roles))
        answers = total(Path(directory), roles)
    failed = [role for role, passed in zip(roles, results, strict=True) if not passed]
    lonely = [operation for operation in operations() if not any(200 <= s < 300 for s in answers[operation])]
    for operation in lonely:
        print(f"{operation} succeeded for nobody: {dict(answers[operation])}")
    if failed:
        print(f"failed as {', '.join(failed)}")
    print(f"{sum(sum(each.values()) for each in answers.values())} requests to {len(answers)} operations")
    return 1 if failed or (lonely and each_succeeds) else 0


def check(district: District, role: str, directory: Path) -> bool:
    """One run as `role`."""
    started = time.monotonic()
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "CHECKS_URL": district.service.url,
        "CHECKS_TOKEN": district.tokens[role],
        "CHECKS_GUIDE": district.tokens["community_school_director"],
        "CHECKS_DISTRICT": json.dumps(district.ids()),
        "CHECKS_NEW": json.dumps([district.new_student() for _ in range(NEW)]),
        "CHECKS_COUNTS": str(directory / f"{role}.json"),
        "CHECKS_SEED": f"{SEED} {role}",
    }
    phases = "examples,coverage,fuzzing" if role in THOROUGH else "examples,fuzzing"
    command = [
        Path(sys.executable).parent / "schemathesis",
        "--config-file",
        HERE / "schemathesis.toml",
        "run",
        CONTRACT,
    ]
    command += ["--url", district.service.url, "--header", f"Authorization: Bearer {district.tokens[role]}"]
    command += ["--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES, "--phases", phases, "--workers", "1"]
    command += ["--generation-database", "none", "--continue-on-failure", "--request-timeout", "30"]
    run = subprocess.run(
        command, env=environment, cwd=directory, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    seconds = time.monotonic() - started
    print(f"-- as {role}: {'passed' if run.returncode == 0 else 'FAILED'} after {seconds:.0f} s")
    if run.returncode != 0:
        lines = run.stdout.splitlines()
        print("\n".join(lines[:LINES] + ["…"] + lines[-40:] if len(lines) > LINES else lines))
    sys.stdout.flush()
    return run.returncode == 0


def total(directory: Path, roles: tuple[str, ...]) -> dict[str, Counter[int]]:
    """How often each operation answered with each status, over all roles."""
    answers: dict[str, Counter[int]] = {operation: Counter() for operation in operations()}
    for role in roles:
        for operation, counts in json.loads((directory / f"{role}.json").read_text()).items():
            answers[operation].update({int(status): count for status, count in counts.items()})
    return answers


def operations() -> list[str]:
    """The names of all operations."""
    paths = json.loads(CONTRACT.read_text())["paths"]
    return [operation["operationId"] for item in paths.values() for operation in item.values()]


if __name__ == "__main__":
    named = tuple(argument for argument in sys.argv[1:] if argument != "--each-succeeds")
    sys.exit(main(named or ROLES, "--each-succeeds" in sys.argv))
