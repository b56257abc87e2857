"""Payer codes that are made ahead, so that there are some when there is no connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal_kit.session import Session
from tests.end_to_end.programs import WALLET
from tests.stage.fixtures import nothing_moves, programs, service, shop, town
from tests.stage.others import charge
from wallet_api.contract.errors import CodesUsedUp
from wallet_api.contract.payer_code import WINDOW
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]

NOWHERE = "http://127.0.0.1:9"


def test_the_codes_left_are_counted_down_and_filled_up_before_they_run_out(shop: Programs) -> None:
    with Session(WALLET) as session:
        wallet = Wallet(session)
        assert [wallet.payer_code().left for _ in range(10)] == list(range(15, 5, -1))
        filled = wallet.payer_code(spare=8)
        assert filled.left == WINDOW - 1
        assert wallet.payer_code(spare=8).left == WINDOW - 2
        session.state.forget_answered()
    assert charge(1_00, code=filled.code).state == "succeeded"


def test_without_a_connection_they_last_to_the_end(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(WALLET) as session:
        Wallet(session).payer_code()
    monkeypatch.setenv("WALLET_API_URL", NOWHERE)
    with Session(WALLET) as session:
        wallet = Wallet(session)
        for left in range(WINDOW - 2, -1, -1):
            assert wallet.payer_code(spare=8).left == left
        with pytest.raises(CodesUsedUp):
            wallet.payer_code(spare=8)
