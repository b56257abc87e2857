"""Every kind of event has words and a mark; what one tells is shown without anything left out."""

from __future__ import annotations

from terminal_kit.screens.event_words import (
    KIND_WORDS,
    event_amount,
    event_details,
    kind_mark,
    kind_text,
)
from terminal_kit.screens.marks import OTHER
from wallet_api.contract.events import KINDS, Event
from wallet_api.contract.ids import new_id, short_code


def test_every_kind_has_words_and_a_mark() -> None:
    assert set(KIND_WORDS) == set(KINDS)
    assert all(kind_mark(kind) != OTHER for kind in KINDS)
    assert len({kind_text(kind) for kind in KINDS}) == len(KINDS), "no two read alike"


def test_what_a_newer_service_tells_is_shown_as_it_is() -> None:
    assert (kind_text("moon.landed"), kind_mark("moon.landed")) == ("moon.landed", OTHER)


def test_an_event_shows_its_amount_and_what_it_is_about() -> None:
    charge = new_id()
    data = {
        "charge": charge,
        "state": "refunded",
        "reason": None,
        "amount": {"minor": 1_250, "currency": "EUR"},
        "refunded": {"minor": 250, "currency": "EUR"},
        "by": ["bank", "owner"],
    }
    event = Event(id=7, kind="charge.refunded", at="2026-11-21T09:00:00.000Z", data=data)
    assert event_amount(event) == "€12.50"
    rest = [("refunded", "€2.50"), ("by", "bank, owner")]
    assert event_details(event) == [("charge", short_code(charge)), *rest]
    assert event_details(event, whole=True) == [("charge", charge), *rest]
