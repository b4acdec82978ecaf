"""What the contract says of its operations."""

import copy
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "openapi.json"
_contract = json.loads(FILE.read_text())


@dataclass(frozen=True)
class Operation:
    """An operation, by the name under which the contract knows it."""

    name: str
    method: str
    path: str
    schema: Any
    # Whether its body is a picture, or another file.
    picture: bool = False

    @property
    def parameters(self) -> list[str]:
        """The names in its path, in their order."""
        return re.findall(r"{(\w+)}", self.path)

    def example(self) -> Any:
        """The example of its body; nothing where it has none."""
        schema = self.schema
        while schema and "$ref" in schema:
            schema = _contract["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return copy.deepcopy(schema["example"]) if schema else None


def _operation(path: str, method: str, item: Any) -> Operation:
    content = item.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return Operation(item["operationId"], method.upper(), path, schema, "image/png" in content)


OPERATIONS = {
    item["operationId"]: _operation(path, method, item)
    for path, items in _contract["paths"].items()
    for method, item in items.items()
    # Streams do not end; they are followed elsewhere.
    if "text/event-stream" not in item["responses"].get("200", {}).get("content", {})
}
# What somebody's roles allow or not: `GET /v1/me` says which.
ALLOWED: list[str] = _contract["components"]["schemas"]["Operation"]["enum"]
