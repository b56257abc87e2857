"""The shop day: shifts, and what a sale adds to its charge."""

from __future__ import annotations

SECOND = ""
