"""What a customer may spend: tiers, counters and the findings of risk rules."""

from __future__ import annotations

SECOND = ""
