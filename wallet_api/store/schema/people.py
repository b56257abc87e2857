"""Money between people: transfers, requests, splits and gifts; static codes."""

from __future__ import annotations

SECOND = ""
