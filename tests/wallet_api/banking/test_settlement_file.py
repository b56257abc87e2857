"""The settlement file: the ledger's to the cent, the same every time, and safe against changes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wallet_api.banking.harbour import Harbour
from wallet_api.banking.settlement_check import FileBrokenError, agrees, check_file
from wallet_api.banking.settlement_file import COLUMNS, hash_row
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop, Wallet


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def trade(harbour: Harbour, wallet: Wallet, shop: Shop) -> dict[str, str]:
    """Have a sale, a sale refunded in part and one reversed."""
    made = {name: harbour.buy(wallet, shop, 10_000) for name in ("sold", "refunded", "reversed")}
    harbour.run(refund, harbour.refund(shop, made["refunded"], 2_500))
    harbour.run(reverse, harbour.reverse(shop, made["reversed"]))
    return made


def agree(harbour: Harbour, content: bytes) -> bool:
    checked = check_file(content)
    return harbour.engine.read(lambda tx, _now: agrees(tx, content, checked.settlement))


def test_every_movement_is_a_line_with_its_fee(harbour: Harbour) -> None:
    wallet, shop, rival = harbour.wallet(90_000), harbour.shop(), harbour.shop()
    made = trade(harbour, wallet, shop)
    harbour.buy(wallet, rival, 777)
    row = harbour.settled(shop)
    rows = rows_of(harbour.file_of(row.id))
    assert tuple(rows[0]) == COLUMNS
    lines = [(record, charge, int(amount)) for record, _, _, _, charge, amount in rows[7:-8]]
    assert lines == [
        ("charge", made["sold"], 10_000),
        ("fee", made["sold"], -60),
        ("charge", made["refunded"], 10_000),
        ("fee", made["refunded"], -60),
        ("charge", made["reversed"], 10_000),
        ("fee", made["reversed"], -60),
        ("refund", made["refunded"], -2_500),
        ("fee", made["refunded"], 15),
        ("reversal", made["reversed"], -10_000),
        ("fee", made["reversed"], 60),
        ("payout", "", -17_395),
    ]
    ends = {row[0]: (row[1], row[5]) for row in rows[-8:]}
    assert ends["closing"] == ("", "0")
    assert ends["total_charge"] == ("3", "30000")
    assert ends["total_fee"] == ("5", "-105")
    assert ends["total_reversal"] == ("1", "-10000")
    assert ends["count"] == ("11", "")
    checked = check_file(harbour.file_of(row.id))
    assert (checked.opening, checked.payout, checked.closing) == (0, 17_395, 0)


def test_the_next_file_goes_on_where_the_last_one_ended(harbour: Harbour) -> None:
    """Each entry of the merchant's account stands in exactly one file."""
    wallet, shop = harbour.wallet(90_000), harbour.shop()
    files = []
    for paid in (True, False, True):
        harbour.clock.wall += 1
        trade(harbour, wallet, shop)
        row = harbour.settled(shop)
        harbour.answer(row.id, paid=paid)
        files.append(harbour.file_of(row.id))
    assert all(agree(harbour, content) for content in files)
    found: dict[str, int] = {}
    for content in files:
        for record, entry, _, _, _, amount in rows_of(content):
            if entry.isdigit() and amount and not record.startswith("total"):
                found[entry] = found.get(entry, 0) + int(amount)
    in_the_ledger = {
        str(number): -amount
        for number, amount in harbour.rows(
            "SELECT postings.number, postings.amount FROM postings"
            " JOIN accounts ON accounts.id = postings.account WHERE accounts.name = ?",
            f"merchant:{shop.id}",
        )
    }
    assert found == in_the_ledger
    assert [row[0] for row in rows_of(files[2]) if row[0] == "settlement_returned"] == [
        "settlement_returned"
    ]


def test_it_is_the_same_whenever_it_is_written(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(90_000), harbour.shop()
    charge = harbour.buy(wallet, shop, 10_000)
    harbour.buy(wallet, shop, 10_000)
    row = harbour.settled(shop)
    before = harbour.file_of(row.id)
    harbour.answer(row.id, paid=True)
    harbour.buy(wallet, shop, 10_000)
    harbour.run(refund, harbour.refund(shop, charge, 1_000))
    assert harbour.file_of(row.id) == before


def sealed(content: bytes) -> bytes:
    """Give a changed file a hash that fits, as a forger would."""
    body = content[: content.rfind(b"sha256,")]
    return body + hash_row(body)


def test_whatever_is_changed_is_found(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(90_000), harbour.shop()
    made = trade(harbour, wallet, shop)
    content = harbour.file_of(harbour.settled(shop).id)
    assert agree(harbour, content)
    for place in range(0, len(content), 5):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(FileBrokenError):
            check_file(bytes(changed))
    for end in (0, 1, len(content) // 2, len(content) - 3):
        with pytest.raises(FileBrokenError):
            check_file(content[:end])
    first = content.index(b"\r\ncharge,") + 2
    rest = content[content.index(b"\r\n", first) + 2 :]
    forgeries = {
        "a line fewer": content[:first] + rest,
        "another amount": content.replace(b",10000\r\n", b",10001\r\n", 1),
        "another total": content.replace(b"total_charge,3", b"total_charge,4", 1),
        "no number": content.replace(b",10000\r\n", b",1e4\r\n", 1),
    }
    for name, forged in forgeries.items():
        assert forged != content, name
        with pytest.raises(FileBrokenError):
            check_file(sealed(forged))
    quiet = sealed(content.replace(made["sold"].encode(), made["refunded"].encode()))
    assert check_file(quiet) == check_file(content)
    assert not agree(harbour, quiet)


@settings(max_examples=15, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["buy", "refund", "reverse", "settle", "return"]),
            st.integers(1, 20_000),
        ),
        max_size=25,
    )
)
def test_files_and_ledger_always_agree(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """Whatever a shop does: each file checks, and together they are the merchant's account."""
    harbour = Harbour(tmp_path_factory.mktemp("harbour"))
    wallet, shop = harbour.wallet(2_000_000), harbour.shop()
    charges: list[str] = []
    settled: list[str] = []
    for act, amount in steps:
        harbour.clock.wall += 1
        try:
            if act == "buy":
                charges.append(harbour.buy(wallet, shop, amount))
            elif act == "refund" and charges:
                harbour.run(refund, harbour.refund(shop, charges[amount % len(charges)], amount))
            elif act == "reverse" and charges:
                harbour.run(reverse, harbour.reverse(shop, charges[amount % len(charges)]))
            elif act == "settle" and (row := harbour.settle(shop)) is not None:
                settled.append(row.id)
            elif act == "return" and settled:
                harbour.answer(settled[-1], paid=amount % 2 == 0)
        except WalletError:
            continue
    files = [harbour.file_of(one) for one in settled]
    assert all(agree(harbour, content) for content in files)
    lines = [row for content in files for row in rows_of(content)]
    paid_out = -sum(int(row[5]) for row in lines if row[0] == "payout")
    assert paid_out == sum(check_file(content).payout for content in files)
    assert harbour.findings() == []
    harbour.close()
