"""The vector files: one JSON object a line, with a `name`, a `payload` and its source."""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("vectors")


def load(file_name: str) -> dict[str, dict[str, Any]]:
    """Return the vectors of a file by name."""
    lines = (_FOLDER / file_name).read_text(encoding="utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    return {vector["name"]: vector for vector in vectors}
