"""What a risk rule may decide about money that wants to leave."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    """From mildest to gravest: pass; ask for the PIN; wait for the bank; never."""

    ALLOW = "allow"
    STEP_UP = "step_up"
    HOLD = "hold"
    REFUSE = "refuse"

    @property
    def gravity(self) -> int:
        """How grave the outcome is, from 0: the gravest of several rules decides."""
        return list(Outcome).index(self)
