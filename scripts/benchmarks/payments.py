"""Payments a second: signed, durable before they are answered, over 1, 8 and 64 connections.

A real service process, charges made beforehand, payments signed in advance by the wallets' own
keys, each with a nonce and a key of its own; every answer and the books are checked at the end.
A wallet pays ten times, which is how often a day goes without a PIN.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.bank import Bank, running_bank, verified
from benchmarks.load import Run, send_all
from benchmarks.machine import cpu_seconds, facts, sync_rate
from benchmarks.people import Person, charge_request, open_till, open_wallets, payment_request
from wallet_api.contract.wire import Charge, Payment, PaymentState, WalletCard

#: Connections, and how many payments are made over them.
LEVELS = ((1, 1_000), (8, 3_000), (64, 5_000))
#: A signature is good for 60 seconds: no more payments are signed than are sent well within that.
MOST_PAYMENTS = 20_000
MOST_SECONDS = 8.0
EACH, MINOR = 10, 100
FUNDS = EACH * MINOR
CHARGE_CONNECTIONS, CHARGE_LIFE = 32, 3_600
SYNC_SECONDS = 0.5

HEADER = (
    f"{'connections':>11} {'payments':>9} {'a second':>9} {'p50 ms':>8} {'p99 ms':>8}"
    f" {'service CPU µs':>15} {'load CPU':>9} {'fdatasyncs/s':>13}"
)


@dataclass(frozen=True)
class Level:
    """One row: the run, the CPU seconds of service and load, and the disk just before."""

    connections: int
    run: Run
    service_cpu: float
    load_cpu: float
    syncs: float

    def __str__(self) -> str:
        run, count = self.run, len(self.run.answers)
        return (
            f"{self.connections:>11} {count:>9,} {run.rate:>9,.0f} {run.milliseconds(50):>8.2f}"
            f" {run.milliseconds(99):>8.2f} {self.service_cpu / count * 1e6:>15,.0f}"
            f" {self.load_cpu / run.seconds:>9.0%} {self.syncs:>13,.0f}"
        )


def run(within: Path | None, scale: int) -> int:
    """Measure, print, prove the books; give the exit code."""
    with tempfile.TemporaryDirectory(dir=within) as name:
        folder = Path(name)
        print("\n".join([*facts(), f"database in {folder}", "", HEADER]), flush=True)
        with running_bank(folder) as bank:
            entries = asyncio.run(_measure(bank, folder, scale))
        report = verified(folder)
    whole = report["ok"] and report["journal"] == entries
    print(f"\nverify: {'ok' if whole else report}, {report['journal']:,} journal entries")
    print("A first figure: one machine serves and drives, in short runs, without TLS.")
    return 0 if whole else 1


async def _measure(bank: Bank, folder: Path, scale: int) -> int:
    """Run every level and give the number of entries that the journal must have."""
    till = await open_till(bank.url)
    paid = opened = 0
    for connections, count in LEVELS:
        charges = await _charges(bank, till, min(count * scale, MOST_PAYMENTS))
        wallets = await open_wallets(bank.url, -(-len(charges) // EACH), FUNDS)
        level = await _level(bank, folder, connections, wallets, till, charges)
        print(level, flush=True)
        made = len(level.run.answers)
        cards = [await one.client.get("/v1/wallet", answer=WalletCard) for one in wallets]
        left = sum(card.value.balance.minor for card in cards)
        assert left == len(wallets) * FUNDS - made * MINOR, f"{left} minor units are left"
        for person in wallets:
            await person.client.close()
        paid, opened = paid + made, opened + len(wallets)
    await till.client.close()
    return paid + opened


async def _charges(bank: Bank, till: Person, count: int) -> list[Charge]:
    requests = [charge_request(till, MINOR, CHARGE_LIFE) for _ in range(count)]
    made = await send_all(bank.url, requests, CHARGE_CONNECTIONS, MOST_SECONDS)
    return [msgspec.json.decode(answer.body, type=Charge) for answer in made.answers]


async def _level(
    bank: Bank,
    folder: Path,
    connections: int,
    wallets: list[Person],
    till: Person,
    charges: list[Charge],
) -> Level:
    syncs = sync_rate(folder, SYNC_SECONDS)
    payers = itertools.cycle(wallets)
    requests = [payment_request(next(payers), charge, till) for charge in charges]
    service_before, load_before = cpu_seconds(bank.pid), time.process_time()
    made = await send_all(bank.url, requests, connections, MOST_SECONDS)
    load_cpu = time.process_time() - load_before
    service_cpu = cpu_seconds(bank.pid) - service_before
    for answer in made.answers:
        payment = msgspec.json.decode(answer.body, type=Payment)
        assert payment.state is PaymentState.SUCCEEDED, payment
    return Level(connections, made, service_cpu, load_cpu, syncs)
