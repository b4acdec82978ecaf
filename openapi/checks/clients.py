"""Generates a TypeScript and a Python client from the contract, type-checks both, and lets each carry out a day.

Usage: python clients.py NODE_MODULES
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from district import District
from service import Service, binary

OPENAPI = Path(__file__).parents[1]
CONTRACT = OPENAPI / "openapi.json"
TOOLS = Path(sys.executable).parent


def main(node_modules: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="throughline-clients-") as directory:
        typescript, python = Path(directory, "typescript"), Path(directory, "python")
        make_typescript(typescript, node_modules)
        make_python(python)
        with Service(binary(), "--demo") as service:
            district = District.of(service)
            for command, where in ((["node", "day.js"], typescript), ([sys.executable, "day.py"], python)):
                run(*command, where=where, env=os.environ | district.day())


def make_typescript(where: Path, node_modules: Path) -> None:
    """Types from the contract, and the day compiled against them as strictly as the compiler can."""
    where.mkdir()
    (where / "node_modules").symlink_to(node_modules.resolve())
    (where / "package.json").write_text('{"type": "module"}')
    copy(OPENAPI / "clients" / "typescript", where)
    run(
        "node_modules/.bin/openapi-typescript",
        CONTRACT,
        "--default-non-nullable=false",
        "--output",
        "contract.ts",
        where=where,
    )
    run("node_modules/.bin/tsc", where=where)


def make_python(where: Path) -> None:
    """A package from the contract, without a warning, and the day checked against its types."""
    where.mkdir()
    copy(OPENAPI / "clients" / "python", where)
    path = {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    command = [TOOLS / "openapi-python-client", "generate", "--path", CONTRACT, "--fail-on-warning", "--overwrite"]
    command += ["--config", where / "generator.yaml"]
    run(*command, "--meta", "none", "--output-path", where / "throughline_client", where=where, env=os.environ | path)
    run(TOOLS / "mypy", "--strict", "--follow-imports", "silent", "day.py", where=where)


def copy(source: Path, where: Path) -> None:
    for file in source.iterdir():
        (where / file.name).write_bytes(file.read_bytes())


def run(*command: Any, where: Path, env: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, cwd=where, env=env)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
