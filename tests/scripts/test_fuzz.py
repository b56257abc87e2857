"""``scripts/fuzz`` without its engine, which is no part of the setup."""

import os
import subprocess
import sys
from pathlib import Path

FUZZ = Path(__file__).parents[2] / "scripts" / "fuzz"


def test_it_says_how_to_install_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "atheris.py").write_text("raise ImportError")
    ended = subprocess.run(
        [sys.executable, FUZZ, "--seconds", "1"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "pip install atheris" in ended.stderr
    assert ended.stdout == ""
