"""The guide for writers of clients: its vectors, its script, and what it says of the codes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.strangers.vectors import FILES, FOLDER, written
from wallet_api.contract.error_base import TABLE

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "write-a-client.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_the_vectors_are_what_our_code_makes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == written(FILES[name]())


def script() -> str:
    """Give the lines of the guide that reproduce the vectors."""
    (found,) = re.findall("```python\n(.*?)```", GUIDE, re.DOTALL)
    return str(found)


def run(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-c", text], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_script_reproduces_every_signature() -> None:
    done = run(script(), ROOT)
    assert (done.returncode, done.stdout) == (0, "every vector is reproduced\n"), done.stderr


def test_the_script_uses_no_code_of_ours_and_would_notice_a_difference(tmp_path: Path) -> None:
    assert set(re.findall(r"^(?:import|from) (\w+)", script(), re.MULTILINE)) == {
        "base64",
        "cryptography",
    }
    copy = tmp_path / "docs" / "vectors"
    copy.mkdir(parents=True)
    changed = (FOLDER / "signatures.json").read_text("utf-8").replace("limit=5", "limit=6", 1)
    (copy / "signatures.json").write_text(changed, "utf-8")
    assert "a read with a query" in run(script(), tmp_path).stderr


def test_every_code_that_the_guide_names_exists() -> None:
    named = set(re.findall(r"`([a-z]+_[a-z_]+)`", GUIDE))
    refusals = {name for name in named if name in TABLE}
    assert {"clock_skew", "signature_replayed", "terms_changed", "outcome_unknown"} <= refusals
    rest = named - refusals
    fields = {"code_key", "signing_key", "expires_at", "pin_free_limit", "payee_id", "money_moved"}
    states = {"awaiting_payer", "pin_required"}
    assert rest <= fields | states, rest - fields - states


def test_links_inside_the_guide_lead_somewhere() -> None:
    headings = re.findall("^## (.*)$", GUIDE, re.MULTILINE)
    anchors = {re.sub("[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}
    assert set(re.findall(r"\(#([^)]*)\)", GUIDE)) <= anchors
