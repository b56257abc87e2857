"""Exports that are stopped, and what they tell meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from payment_codes.amount import Amount
from wallet_api.contract.ids import new_id
from wallet_api.contract.statement import Movement
from wallet_cli.exports import STEP, Export, history_content
from wallet_cli.statement import ALL, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wallet_cli.statement import Statements


class Endless:
    """A history without an end."""

    def __init__(self) -> None:
        self.given = 0

    def movements(self, wanted: Wanted = ALL) -> Iterator[Movement]:
        """Give the same movement again and again."""
        assert wanted == ALL
        one = Movement(
            id=new_id(),
            kind="payment",
            direction="out",
            amount=Amount(100, "CNY"),
            balance_after=Amount(0, "CNY"),
            party="=cmd()",
            created_at="2026-01-31T00:00:00.000Z",
        )
        while True:
            self.given += 1
            yield one


def test_an_export_tells_how_far_it_is_and_ends_when_stopped() -> None:
    history, told = Endless(), list[int]()
    export = Export(cast("Statements", history))

    def tell(count: int) -> None:
        told.append(count)
        if count == 3 * STEP:
            export.stop()

    assert export.collect(tell) is None
    assert told == [STEP, 2 * STEP, 3 * STEP]
    assert history.given == 3 * STEP + 1


def test_both_forms_hold_the_same() -> None:
    one = next(Endless().movements())
    assert one.id in history_content([one], "csv").decode()
    assert "'=cmd()" in history_content([one], "csv").decode()
    assert f'"id":"{one.id}"' in history_content([one], "json").decode()
