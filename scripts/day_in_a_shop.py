"""A whole day in a shop, played with the installed commands, and what every record says of it.

Five customers buy forty times: by the till's code, by their own codes and by the static code on
the counter, with tips, discounts and notes, some above the PIN-free limit. Two answers are lost on
the way. Sales are declined, closed, refunded and reversed; the shift is closed and the merchant
settled. At the end Z report, settlement file, statements and ledger must agree to the cent: exit 1
if they do not.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from losing_link import BEHIND, LosingLink

PROGRAMS = Path(sys.executable).parent
CUSTOMERS = ("alice", "bob", "chen", "dora", "emil")
SALES = 40
LARGE = {12: 1_200_00, 31: 1_450_00}
WAYS = ("shown", "taken", "static")
LOST_CHARGE, LOST_PAYMENT = 13, 27
#: Sale → minor units given back; None gives back all.
REFUNDS: dict[int, list[int | None]] = {5: [None], 9: [1_25], 17: [1_00, 2_50]}
REVERSED = 21
BANK_ZONE = ZoneInfo("Asia/Shanghai")
PIN = "246813"
LIMIT_SECONDS = 120


@dataclass
class Tally:
    """What the day's own script knows, in minor units: to be compared with every record."""

    sales: int = 0
    sold: int = 0
    tips: int = 0
    discounts: int = 0
    refunded: int = 0
    reversed: int = 0
    charges: dict[int, str] = field(default_factory=dict)
    amounts: dict[int, int] = field(default_factory=dict)


@dataclass
class Check:
    """One figure as two records have it."""

    what: str
    one: object
    other: object

    @property
    def agrees(self) -> bool:
        """Say whether both are the same."""
        return self.one == self.other


class Shop:
    """The programs, run in a home of their own against a service of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.pin = home / "pin"
        self.pin.write_text(PIN + "\n")
        passphrase = home / "passphrase"
        passphrase.write_text(os.urandom(16).hex() + "\n")
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "WALLET_HOME": str(home),
            "WALLET_PASSPHRASE_FILE": str(passphrase),
        }
        self.database = f"sqlite:///{home / 'books.db'}"
        serve = ("serve", "--host", BEHIND, "--port", "0", "--database", self.database, "--json")
        self._service = self._start("wallet-api", *serve)
        assert self._service.stdout is not None
        self.link = LosingLink(json.loads(self._service.stdout.readline())["url"])
        self._environment["WALLET_API_URL"] = self.link.url

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(PROGRAMS / program), *arguments],
            env=self._environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if program != "wallet-api" else subprocess.DEVNULL,
            text=True,
        )

    def ask(self, program: str, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run a command under --json and give its answer; it must exit with ``code``."""
        process = self._start(program, *arguments, "--json")
        output, talk = process.communicate(timeout=LIMIT_SECONDS)
        if process.returncode != code:
            line = " ".join((program, *arguments))
            raise SystemExit(f"{line}: exit {process.returncode}, not {code}\n{output}{talk or ''}")
        answer = json.loads(output)
        assert isinstance(answer, dict)
        return answer

    def till(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run a command of the till."""
        return self.ask("pos", *arguments, code=code)

    def wallet(self, name: str, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run a command of a customer's wallet."""
        return self.ask("wallet", "--profile", name, *arguments, code=code)

    def bank(self, *arguments: str) -> dict[str, Any]:
        """Run a command of the bank on its books."""
        return self.ask("wallet-api", *arguments, "--database", self.database)

    def close(self) -> None:
        """End the service."""
        self._service.terminate()
        self._service.wait(LIMIT_SECONDS)


def money(minor: int) -> str:
    """Write minor units of a currency with two decimals as a person types them."""
    return f"{minor // 100}.{minor % 100:02}"


def open_shop(shop: Shop) -> str:
    """Open the merchant, the customers and the shift; give the static code."""
    shop.till("open", "--name", "Corner Cafe 街角咖啡", "--store", "file")
    for name in CUSTOMERS:
        pin = ("--pin-file", str(shop.pin))
        shop.wallet(name, "open", "--name", name.title(), "--store", "file", *pin)
        shop.wallet(name, "top-up", "4900")
    shop.till("shift", "open", "--float", "200")
    return str(shop.till("code")["payload"])


def sell(shop: Shop, tally: Tally, number: int, static: str, chance: random.Random) -> None:
    """Make one sale that is paid."""
    customer, way = CUSTOMERS[number % len(CUSTOMERS)], WAYS[number % len(WAYS)]
    amount = LARGE.get(number) or chance.randrange(3_00, 60_00)
    tip = amount // 10 if way != "static" and number % 4 == 0 else 0
    discount = 2_00 if way != "static" and number % 6 == 1 else 0
    extras: tuple[str, ...] = ("--note", f"sale {number}")
    extras += ("--tip", money(tip)) if tip else ()
    extras += ("--discount", money(discount)) if discount else ()
    approve = ("--yes", "--pin-file", str(shop.pin))
    if way == "static":
        paid = shop.wallet(customer, "pay", static, "--amount", money(amount), *approve)
        charge = paid["charge"]
    elif way == "shown":
        asked = shop.till("charge", money(amount), *extras)
        if number == LOST_PAYMENT:
            shop.link.lose("/v1/payments")
        paid = shop.wallet(customer, "pay", asked["payload"], *approve)
        charge = asked["id"]
    else:
        charge = _take(shop, number, customer, amount, extras)
    tally.sales += 1
    tally.sold += amount
    tally.tips += tip
    tally.discounts += discount
    tally.charges[number] = str(charge)
    tally.amounts[number] = amount


def _take(shop: Shop, number: int, customer: str, amount: int, extras: tuple[str, ...]) -> str:
    """Charge the customer's own code; above the limit the customer confirms with the PIN."""
    code = shop.wallet(customer, "code")["code"]
    if number == LOST_CHARGE:
        shop.link.lose("/v1/charges")
    if number not in LARGE:
        return str(shop.till("charge", money(amount), "--code", code, *extras)["id"])
    waiting = ("--wait", "0")
    asked = shop.till("charge", money(amount), "--code", code, *extras, *waiting, code=5)
    shop.wallet(customer, "confirm", asked["id"], "--pin-file", str(shop.pin))
    return str(shop.till("wait", asked["id"])["id"])


def lose_some(shop: Shop) -> None:
    """One sale that the customer declines, and one that nobody pays."""
    code = shop.wallet("alice", "code")["code"]
    asked = shop.till("charge", "1100", "--code", code, "--wait", "0", code=5)
    shop.wallet("alice", "decline", asked["id"])
    assert shop.till("show", asked["id"])["state"] == "failed"
    unpaid = shop.till("charge", "8.80")
    assert shop.till("close", unpaid["id"])["state"] == "closed"


def give_back(shop: Shop, tally: Tally) -> None:
    """Refund some sales and reverse one."""
    for number, parts in REFUNDS.items():
        for part in parts:
            amount = () if part is None else ("--amount", money(part))
            refund = shop.till("refund", tally.charges[number], "--reason", "cold", *amount)
            tally.refunded += refund["amount"]["minor"]
    shop.till("reverse", tally.charges[REVERSED])
    tally.reversed += tally.amounts[REVERSED]


def compare(shop: Shop, tally: Tally, months: set[str]) -> list[Check]:
    """Close the shift, settle, and lay every record beside the day's own tally."""
    z = _minor(shop.till("shift", "close") and shop.till("report", "z"))
    fees = z["fees"]
    net = tally.sold - tally.refunded - tally.reversed - fees
    owed = shop.till("whoami")["balance"]["minor"]
    shop.bank("settle")
    settlement = shop.till("settlements")["items"][0]
    file = shop.home / "settlement.csv"
    shop.till("settlement", settlement["id"], "--save", str(file))
    lines = _sums(file)
    moved = _statements(shop, months)
    return [
        Check("sales, Z report", z["sales"], [tally.sales, tally.sold]),
        Check("tips, Z report", z["tips"][1], tally.tips),
        Check("discounts, Z report", z["discounts"][1], tally.discounts),
        Check("refunds, Z report", z["refunds"], [4, tally.refunded]),
        Check("reversals, Z report", z["reversals"], [1, tally.reversed]),
        Check("net, Z report and the merchant's account", [z["net"], owed], [net, net]),
        Check("payout, settlement", settlement["amount"]["minor"], net),
        Check("charges, settlement file", lines["charge"], tally.sold),
        Check("refunds, settlement file", -lines["refund"], tally.refunded),
        Check("reversals, settlement file", -lines["reversal"], tally.reversed),
        Check("fees, settlement file", -lines["fee"], fees),
        Check(
            "settlement file, proved", shop.bank("check-settlement", str(file))["ok"], other=True
        ),
        Check("paid, statements", moved["payment"], tally.sold),
        Check("given back, statements", moved["back"], tally.refunded + tally.reversed),
        Check("balances, statements and wallets", moved["closing"], _balances(shop)),
        Check("lost answers", shop.link.lost, 2),
        Check("ledger, verified", shop.bank("verify")["ok"], other=True),
        Check("safeguarding, reported", shop.bank("report", "safeguarding")["holds"], other=True),
    ]


def _minor(report: dict[str, Any]) -> dict[str, Any]:
    """Give the totals of a Z report as [count, minor units], its amounts as minor units."""
    plain: dict[str, Any] = {}
    for name, value in report.items():
        if isinstance(value, dict) and "count" in value:
            plain[name] = [value["count"], value["amount"]["minor"]]
        elif isinstance(value, dict) and "minor" in value:
            plain[name] = value["minor"]
    return plain


def _sums(file: Path) -> dict[str, int]:
    """Sum the lines of a settlement file by record, above its totals."""
    sums: dict[str, int] = {"charge": 0, "refund": 0, "reversal": 0, "fee": 0}
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            if row["record"] in sums and row["entry"]:
                sums[row["record"]] += int(row["amount"])
    return sums


def _statements(shop: Shop, months: set[str]) -> dict[str, int]:
    """Sum what left the wallets by payments, what came back, and the closing balances."""
    sums = {"payment": 0, "back": 0, "closing": 0}
    for name in CUSTOMERS:
        for month in sorted(months):
            statement = shop.wallet(name, "statement", "--month", month)
            for line in statement["lines"]:
                if line["kind"] in {"payment", "refund", "reversal"}:
                    kind = "payment" if line["kind"] == "payment" else "back"
                    sums[kind] += line["amount"]["minor"]
        sums["closing"] += statement["closing"]["minor"]
    return sums


def _balances(shop: Shop) -> int:
    return sum(shop.wallet(name, "balance")["balance"]["minor"] for name in CUSTOMERS)


def month_now() -> str:
    """Give the bank's month."""
    return datetime.now(BANK_ZONE).strftime("%Y-%m")


def play(home: Path, seed: int) -> list[Check]:
    """Play the day and give what was compared."""
    shop, tally, months = Shop(home), Tally(), {month_now()}
    chance = random.Random(seed)
    try:
        static = open_shop(shop)
        for number in range(SALES):
            sell(shop, tally, number, static, chance)
        lose_some(shop)
        give_back(shop, tally)
        return compare(shop, tally, months | {month_now()})
    finally:
        shop.close()


def main() -> int:
    """Play the day and show whether all records agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    parser.add_argument("--seed", type=int, default=1, help="other amounts (default 1)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shop-day-") as home:
        checks = play(Path(home), chosen.seed)
    agrees = all(check.agrees for check in checks)
    if chosen.json:
        figures = {check.what: [check.one, check.other, check.agrees] for check in checks}
        print(json.dumps({"agrees": agrees, "checks": figures}))
    else:
        for check in checks:
            sign = "=" if check.agrees else "≠"
            print(
                f"{'✓' if check.agrees else '✗'} {check.what:<44} {check.one} {sign} {check.other}"
            )
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
