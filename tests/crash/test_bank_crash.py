"""The service is killed between its request to the bank and the bank's answer."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

from payment_codes.amount import Amount
from tests.crash.town import CURRENCY, Person, Request
from wallet_api.commands.books import books
from wallet_api.contract.banking import Withdrawal, WithdrawalRequest
from wallet_api.contract.wire import OpenWallet, TopUp, TopUpRequest, WalletCard
from wallet_api.service.simulated_bank import statement_of

if TYPE_CHECKING:
    from tests.crash.bank import Bank

EVER = 2**62


def tell(bank: Bank, part: str, **wish: object) -> dict[str, Any]:
    """Tell the lab what the simulated bank, or the clock, does."""
    body, headers = json.dumps(wish).encode(), {"Content-Type": "application/json"}
    with urlopen(HttpRequest(f"{bank.url}/v1/lab/{part}", body, headers), timeout=30) as answer:
        said: dict[str, Any] = json.load(answer)
    return said


def money(minor: int) -> Amount:
    return Amount(minor, CURRENCY)


def top_up(person: Person, minor: int) -> Request:
    return Request(person, "/v1/top-ups", TopUpRequest(amount=money(minor)), TopUp)


def withdrawal(person: Person, minor: int) -> Request:
    body = WithdrawalRequest(amount=money(minor), fee=money(0))
    return Request(person, "/v1/withdrawals", body, Withdrawal)


def states(bank: Bank) -> dict[str, str]:
    """Give the state of every order in the outbox, read from the rows alone."""
    with books(f"sqlite:///{bank.database}", None) as (transaction, _keys):
        return dict(transaction.all("SELECT id, state FROM bank_orders"))


async def _send(bank: Bank, *requests: Request) -> list[Any]:
    for request in requests:
        request.person.call(bank.url)
    answers = [(await request.send()).value for request in requests]
    for request in requests:
        await request.person.client.close()
    return answers


def test_a_kill_between_request_and_answer_moves_nothing_twice(bank: Bank) -> None:
    """The bank has moved the money and says so to nobody: the rows know what to ask again."""
    bank.start("--lab")
    ann = Person()
    opened = OpenWallet(name="Ann", currency=CURRENCY, device=ann.public)
    enrolment = Request(ann, "/v1/customers", opened, WalletCard, ann.id)
    asyncio.run(_send(bank, enrolment, top_up(ann, 500_00)))
    lost = [top_up(ann, 70_00), withdrawal(ann, 30_00)]
    for kind in ("debit", "credit"):
        tell(bank, "bank", fault="late", kind=kind, seconds=1)
    assert [one.state for one in asyncio.run(_send(bank, *lost))] == ["pending", "pending"]
    bank.kill()
    assert bank.stop() == -9
    assert [states(bank)[one.key] for one in lost] == ["waiting", "waiting"]

    bank.start("--lab")
    tell(bank, "clock", seconds=3_600)
    while "waiting" in states(bank).values():
        continue
    again = asyncio.run(_send(bank, *lost))
    assert [one.state for one in again] == ["succeeded", "succeeded"]
    assert bank.stop() == 0
    report = bank.verify()
    assert report["ok"], report["findings"]
    assert report["currencies"][CURRENCY]["bank.safeguarded"] == 540_00
    moved = statement_of(bank.database.with_name("books.db.bank"), EVER)
    assert sorted(one.minor for one in moved) == [-30_00, 70_00, 500_00]
