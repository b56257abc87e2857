"""kill -9 of a wallet or a till at each step of a command: asked again, it has acted once."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from pos.till import Till
from terminal_kit.session import Chosen, Session
from tests.crash.programs import die, run, told
from wallet_api.contract.wire import ChargeRequest
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.crash.bank import Bank

#: A command takes more steps than this: profile, secret, state, connection, request, answer.
FEWEST_STEPS = 15


@pytest.fixture
def wallet(bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wallet]:
    """A wallet with 900.00 CNY in an encrypted file, at a bank that runs."""
    bank.start()
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery staple")
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(passphrase))
    monkeypatch.setenv("WALLET_API_URL", bank.url)
    told("wallet", "open", "--name", "Ann", "--store", "file")
    told("wallet", "top-up", "900")
    with Session(Chosen("wallet", "default")) as session:
        yield Wallet(session)


@pytest.fixture
def till(wallet: Wallet) -> Iterator[Till]:
    """A till at the same bank."""
    told("pos", "open", "--name", "Tea House", "--store", "file")
    with Session(Chosen("pos", "default")) as session:
        yield Till(session)


def deaths(program: str, arguments: Callable[[int], list[str]]) -> Iterator[int]:
    """Kill a command at each of its steps and, if it had said nothing, run the same one again."""
    for step in count(1):
        words = arguments(step)
        dead = die(step, program, *words)
        if not dead.stdout:
            again = run(program, *words)
            assert again.returncode == 0, f"killed at step {step}: {again.stderr}"
        yield step
        if dead.returncode == 0:
            assert step > FEWEST_STEPS
            return


def new_charge(till: Till, minor: int) -> str:
    payload = till.charge(ChargeRequest(amount=Amount(minor, "CNY"))).payload
    assert payload is not None
    return payload


def test_a_payment_is_made_once(wallet: Wallet, till: Till) -> None:
    left = 900_00
    for step in deaths("wallet", lambda step: ["pay", new_charge(till, step), "--yes"]):
        left -= step
        assert wallet.card().balance.minor == left, f"killed at step {step}"


def test_a_refund_is_made_once(wallet: Wallet, till: Till) -> None:
    payload = new_charge(till, 800_00)
    charge = wallet.pay(wallet.resolve(payload)).charge
    refunded = 0
    for step in deaths("pos", lambda step: ["refund", charge, "--amount", f"{step}.00"]):
        refunded += step * 100
        now = till.show(charge).refunded
        assert now is not None
        assert now.minor == refunded, f"killed at step {step}"
