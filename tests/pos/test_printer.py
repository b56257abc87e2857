"""The till's printer: a device, a roll of its own where none is set, and what cannot be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos.printer import Printer
from pos.shop import ShopDay
from pos.till_settings import TillSettings, save_till_settings
from pos.waiting import Waiting
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.stand import SALE
from tests.terminal_kit.receipts.roll import Printer as Device
from wallet_api.contract.errors import PrinterUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.programs import Programs


@pytest.fixture
def session(shop: Programs) -> Iterator[Session]:
    del shop
    with Session(TILL) as opened:
        yield opened


def receipt_of_sale(session: Session) -> str:
    return Waiting(session).ask(SALE.request(), SALE.rung).id


def test_a_device_gets_the_bytes_in_its_width(session: Session, tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    save_till_settings("default", TillSettings(printer=str(device), width=32))
    receipt = ShopDay(session).receipt(receipt_of_sale(session))
    printer = Printer(session)
    assert not printer.is_simulated
    assert printer.receipt(receipt, SALE.rung) is False
    assert printer.receipt(receipt, SALE.rung) is True
    roll = Device().feed(device.read_bytes())
    lines = [line.text for line in roll.lines]
    assert any("2 × Flat white" in line and line.endswith("64.00 CNY") for line in lines)
    assert max(line.columns for line in roll.lines) == 32
    assert (roll.cuts, lines.count("REPRINT")) == (2, 1)
    assert printer.roll() == []


def test_without_a_device_the_roll_is_shown(session: Session) -> None:
    receipt = ShopDay(session).receipt(receipt_of_sale(session))
    printer = Printer(session)
    assert printer.is_simulated
    for copy in range(2):
        printer.receipt(receipt, SALE.rung)
        rows = [row.left for row in printer.roll()]
        assert rows[0] == receipt.merchant
        assert receipt.charge in rows
        assert rows.count("REPRINT") == copy
    assert printer.path.stat().st_mode & 0o777 == 0o600


def test_a_device_that_is_not_there_is_said(session: Session, tmp_path: Path) -> None:
    save_till_settings("default", TillSettings(printer=str(tmp_path / "no" / "lp0")))
    receipt = ShopDay(session).receipt(receipt_of_sale(session))
    with pytest.raises(PrinterUnavailable):
        Printer(session).receipt(receipt)
