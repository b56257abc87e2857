"""A mark, a word and a tone for every state, so that nothing is told by colour alone."""

from __future__ import annotations

from terminal_kit.words import word

GOOD, WAITING, BAD, BACK = "good", "warn", "bad", "muted"

_MARKS = {
    GOOD: ("✓", ("succeeded", "paid", "claimed", "active", "done", "in")),
    WAITING: (
        "◌",
        ("created", "awaiting_payer", "pin_required", "held", "pending", "open", "unknown"),
    ),
    BAD: ("✗", ("failed", "declined", "expired", "revoked", "refused")),
    BACK: (
        "↩",
        ("reversed", "refunded", "partially_refunded", "returned", "closed", "cancelled"),
    ),
}
_BY_STATE = {state: (mark, tone) for tone, (mark, states) in _MARKS.items() for state in states}
OTHER = ("·", BACK)


def mark_of(state: str) -> str:
    """Give the mark of a state."""
    return _BY_STATE.get(state, OTHER)[0]


def tone_of(state: str) -> str:
    """Give the style class of a state: good, warn, bad or muted."""
    return _BY_STATE.get(state, OTHER)[1]


def marked(state: str) -> str:
    """Give a state's mark and word."""
    return f"{mark_of(state)} {word(state)}"
