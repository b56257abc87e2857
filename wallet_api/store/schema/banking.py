"""The bank connection: withdrawals, settlements and what is to be sent to the bank."""

from __future__ import annotations

SECOND = ""
