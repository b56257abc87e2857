"""The risk rules, as data: what each looks at, from where on it speaks, and what then happens.

A service can be started with another table, a JSON file of the same rows. Thresholds are such that
an ordinary day meets none of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from wallet_api.contract.risk import Outcome
from wallet_api.limits.spending import MOST_RECENT, RECENT_MS

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction

Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,31}$")]
Positive = Annotated[int, Meta(ge=1, le=999_999_999_999)]
#: Minor units for each currency; a rule says nothing about a currency without a row.
Amounts = dict[Annotated[str, Meta(pattern="^[A-Z]{3}$")], Positive]

_META = "risk rules"


class Velocity(Struct, frozen=True, tag="velocity", forbid_unknown_fields=True):
    """More than ``movements`` within ``seconds``, this one included."""

    name: Name
    outcome: Outcome
    movements: Annotated[int, Meta(ge=1, le=MOST_RECENT)]
    seconds: Annotated[int, Meta(ge=1, le=RECENT_MS // 1_000)]


class Habit(Struct, frozen=True, tag="habit", forbid_unknown_fields=True):
    """More than ``times`` the average, of a customer with ``movements`` so far, and ``above``."""

    name: Name
    outcome: Outcome
    times: Positive
    movements: Positive
    above: Amounts


class NewDevice(Struct, frozen=True, tag="new_device", forbid_unknown_fields=True):
    """An amount ``above`` on a device enrolled less than ``hours`` ago."""

    name: Name
    outcome: Outcome
    hours: Positive
    above: Amounts


Rule = Velocity | Habit | NewDevice

RULES: tuple[Rule, ...] = (
    Velocity("velocity", Outcome.HOLD, movements=40, seconds=3_600),
    Habit(
        "habit",
        Outcome.STEP_UP,
        times=20,
        movements=10,
        above={"CNY": 500_00, "EUR": 25_00},
    ),
    NewDevice("new_device", Outcome.HOLD, hours=24, above={"CNY": 20_000_00, "EUR": 2_000_00}),
)


def read_rules(content: bytes) -> tuple[Rule, ...]:
    """Read a table of rules from JSON. Raises ValueError, which says what is wrong and where."""
    rules = msgspec.json.decode(content, type=tuple[Rule, ...])
    names = [rule.name for rule in rules]
    if len(set(names)) < len(names):
        raise ValueError("two rules have the same name")
    if any(rule.outcome is Outcome.ALLOW for rule in rules):
        raise ValueError("a rule that allows says nothing: leave it out")
    return rules


def write_rules(rules: tuple[Rule, ...]) -> bytes:
    """Write a table of rules as the JSON that `read_rules` reads."""
    return msgspec.json.encode(rules)


def adopt_rules(transaction: Transaction, rules: tuple[Rule, ...]) -> None:
    """Put a table of rules in force; done at each start of the service."""
    transaction.run(
        "INSERT INTO meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        _META,
        write_rules(rules),
    )


def rules_in_force(transaction: Transaction) -> tuple[Rule, ...]:
    """Give the rules that the service was started with, or the table above."""
    row = transaction.one("SELECT value FROM meta WHERE name = ?", _META)
    return RULES if row is None else _read_again(bytes(row[0]))


_read_again = lru_cache(maxsize=4)(read_rules)
