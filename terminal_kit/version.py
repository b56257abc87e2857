"""The version, as a literal: reading package metadata costs 80 ms at every start."""

from __future__ import annotations

import sys

__version__ = "0.1.0"


def answered(program: str) -> bool:
    """Answer a lone ``--version`` before anything else is imported; say whether that was it."""
    if sys.argv[1:] != ["--version"]:
        return False
    sys.stdout.write(f"{program} {__version__}\n")
    return True
