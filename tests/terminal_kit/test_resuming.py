"""What became of earlier requests, as it is asked and as it is said."""

from __future__ import annotations

import pytest

from terminal_kit.outcomes import outcome_line
from terminal_kit.resuming import NEVER, REPEAT, UNKNOWN, Outcome, Place, kind_of

PLACE = Place("/v1/charges/([^/]+)/refunds", "/v1/refunds/{key}")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/payments", "payment"),
        ("/v1/top-ups", "top_up"),
        ("/v1/charges/1/refunds", "refund"),
        ("/v1/payments/1/confirm", "confirm"),
    ],
)
def test_a_request_is_named_by_what_it_makes(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_a_place_is_for_whole_paths() -> None:
    assert PLACE.matches("/v1/charges/1/refunds")
    assert not PLACE.matches("/v1/charges/1/refunds/2")
    assert not PLACE.matches("/v1/charges/1/2/refunds")


@pytest.mark.parametrize(
    ("state", "said", "known"),
    [
        (UNKNOWN, "outcome still unknown; `pos resume` goes on asking.", False),
        (REPEAT, "repeat the command to learn its outcome.", False),
        (NEVER, "it never arrived, so nothing happened.", True),
        ("pin_required", "pin required.", True),
    ],
)
def test_an_outcome_is_said(state: str, said: str, *, known: bool) -> None:
    outcome = Outcome("0" * 28 + "1f3a9c2e", "top_up", state, {"minor": 1250, "currency": "CNY"})
    assert outcome_line(outcome, "pos resume") == f"Earlier top up 12.50 CNY (1f3a9c2e): {said}"
    assert outcome.known == known
