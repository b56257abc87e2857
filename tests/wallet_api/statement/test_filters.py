"""Whatever is asked for, the history gives what a plain list gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wallet_api.checkout.books import DAY
from tests.wallet_api.checkout.town import Town, Wallet
from tests.wallet_api.statement.walk import whole
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.instants import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOPS = ("Café Noir", "茶馆 Tea", "Bäckerei")
NOTES = (None, "Straße", "two TEAS", "红包")
HOUR = 3_600_000


@dataclass(frozen=True)
class Line:
    """A movement as the test made it; ``words`` are what a search looks at."""

    kind: str
    direction: str
    minor: int
    at: int
    words: tuple[str, ...]


@dataclass
class Street:
    """A wallet with a past: its lines, oldest first."""

    town: Town
    wallet: Wallet
    lines: list[Line]

    def add(self, kind: str, direction: str, minor: int, *words: str | None) -> None:
        at = self.town.clock.business
        self.lines.append(Line(kind, direction, minor, at, tuple(word for word in words if word)))


def a_past(town: Town) -> Street:
    street = Street(town, town.wallet(), [])
    wallet, shops = street.wallet, [town.shop(name=name) for name in SHOPS]
    for step in range(24):
        shop, name = shops[step % 3], SHOPS[step % 3]
        note, reference = NOTES[step % 4], f"REF{step}"
        if step % 6 == 0:
            street.add("top_up", "in", 5_000, "bank", town.fund(wallet, 5_000))
        command = town.charge(shop, 100 + step, note=note, reference=reference)
        charge = town.run(create_charge, command).value.id
        payment = town.run(pay, town.pay(wallet, charge)).value.id
        street.add("payment", "out", 100 + step, name, note, reference, payment, charge)
        town.advance(HOUR if step % 5 else DAY)
        if step % 4 == 1:
            given_back = town.refund(shop, charge, step)
            town.run(refund, given_back)
            street.add("refund", "in", step, name, note, reference, given_back.key.id, charge)
        elif step % 7 == 3:
            town.run(reverse, town.reverse(shop, charge))
            street.add("reversal", "in", 100 + step, name, note, reference, payment, charge)
    return street


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    town = Town(tmp_path_factory.mktemp("street"))
    yield a_past(town)
    assert town.findings() == []
    town.close()


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | values


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_filters_choose_what_a_plain_list_chooses(street: Street, data: st.DataObject) -> None:
    moments = st.sampled_from([line.at for line in street.lines])
    edges = moments.flatmap(lambda at: st.integers(at - 1, at + 1)).map(instant_text)
    words = st.sampled_from([*SHOPS, *NOTES[1:], "tea", "CAFE\u0301", "ref1", "strasse", "zzz"])
    query = {
        "from": data.draw(some(edges), "from"),
        "to": data.draw(some(edges), "to"),
        "kind": data.draw(
            some(st.sampled_from(["payment", "refund", "reversal", "top_up"])), "kind"
        ),
        "direction": data.draw(some(st.sampled_from(["in", "out"])), "direction"),
        "min": data.draw(some(st.integers(0, 150).map(str)), "min"),
        "max": data.draw(some(st.integers(0, 150).map(str)), "max"),
        "q": data.draw(
            some(words | st.sampled_from([line.words[-1][-8:] for line in street.lines])), "q"
        ),
    }
    asked = {name: value for name, value in query.items() if value is not None}
    found = whole(street.town, street.wallet, data.draw(st.integers(1, 9), "limit"), **asked)
    wanted = [line for line in street.lines if chosen(line, asked)][::-1]
    assert [(one.kind, one.direction, one.amount.minor, one.created_at) for one in found] == [
        (line.kind, line.direction, line.minor, instant_text(line.at)) for line in wanted
    ]
    assert [one.balance_after.minor for one in found] == [
        balance(street.lines, line) for line in wanted
    ]


def chosen(line: Line, asked: dict[str, str]) -> bool:
    text = asked.get("q", "").replace("E\u0301", "É").casefold()
    return (
        asked.get("from", "") <= instant_text(line.at)
        and ("to" not in asked or instant_text(line.at) < asked["to"])
        and asked.get("kind", line.kind) == line.kind
        and asked.get("direction", line.direction) == line.direction
        and int(asked.get("min", "0")) <= line.minor <= int(asked.get("max", "9999999"))
        and any(text in word.casefold() for word in line.words)
    )


def balance(lines: list[Line], until: Line) -> int:
    """Give the balance after a line; the same object stands in the list once."""
    total = 0
    for line in lines:
        total += line.minor if line.direction == "in" else -line.minor
        if line is until:
            return total
    raise AssertionError("no such line")
