"""A Throughline of one's own: on a free port, with a data directory that goes away with it."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any, Self

# The demo is told first: half a minute by an unoptimised server that has a core to itself.
START_SECONDS = 400
STOP_SECONDS = 60


class Service:
    """Starts `throughline serve`, waits until it is ready, and stops it at the end."""

    def __init__(self, binary: Path, *options: str) -> None:
        self.binary = binary
        self.options = options
        self._directory = tempfile.TemporaryDirectory(prefix="throughline-")
        self.data = Path(self._directory.name) / "data"
        self.log = Path(self._directory.name) / "log"
        self.url = f"http://127.0.0.1:{_free_port()}"

    def __enter__(self) -> Self:
        Path(self._directory.name).chmod(0o755)
        command = [self.binary, "serve", *self.options, "--listen", self.url.removeprefix("http://")]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen([*command, "--data-dir", self.data], stdout=log, stderr=log)
        until = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > until:
                self._process.kill()
                raise RuntimeError(f"the server does not start:\n{self.log.read_text()}")
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        died = self._process.poll() is not None
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(STOP_SECONDS)
        log = self.log.read_text()
        self._directory.cleanup()
        if kind is None and (died or code != 0):
            raise RuntimeError(f"the server ended with {code}:\n{log[-4000:]}")

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def token(self, role: str, **at: str) -> str:
        """A token for somebody in `role`, at the school or with the partner given."""
        place = [part for name, value in at.items() for part in (f"--{name}", value)]
        command = [self.binary, "token", "--as", role, *place, "--data-dir", self.data]
        return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.strip().splitlines()[-1]

    def call(self, method: str, path: str, token: str, body: object = None) -> tuple[int, Any, str | None]:
        """One request to this server."""
        return call(self.url, method, path, token, body)


def call(url: str, method: str, path: str, token: str, body: object = None) -> tuple[int, Any, str | None]:
    """One request; answers with the status, what came back, and the location of what was made."""
    is_picture = isinstance(body, bytes)
    kind = "image/png" if is_picture else "application/json"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    if method != "GET":
        headers["Idempotency-Key"] = str(uuid.uuid4())
    data = body if is_picture or body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data=data, method=method, headers=headers)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        text = answer.read()
        said = json.loads(text) if text.startswith((b"{", b"[")) else None
        return answer.status, said, answer.headers.get("Location")


def binary() -> Path:
    """The server to check: `THROUGHLINE`, or what `cargo build` made."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).parents[2] / "target"))
    return Path(os.environ.get("THROUGHLINE", target / "debug" / "throughline"))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
