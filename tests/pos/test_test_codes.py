"""Test codes: the scheme's example with what is wished for, right or wrong in one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from payment_codes.amount import Amount
from payment_codes.errors import AmountInvalid as NoAmount
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Severity
from payment_codes.schemes.table import by_id
from pos.specimens import Wish, make, makeable, scheme_named, settable
from wallet_api.contract.errors import AmountInvalid, Usage

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)


def test_the_example_of_every_scheme_passes_strictly() -> None:
    for scheme in makeable():
        specimen = make(scheme, Wish(), None, NOW)
        assert specimen.code.scheme.id == scheme.id
        assert specimen.code.valid(Severity.STRICT)


def test_what_is_wished_for_is_in_the_code() -> None:
    wish = Wish(
        amount="99.90",
        account="12345678909",
        payee="LOJA",
        city="RIO",
        reference="NOTA7",
        message="",
    )
    code = make(by_id("pix"), wish, None, NOW).code
    assert (code.amount, code.account, code.payee) == (Amount(9990, "BRL"), "12345678909", "LOJA")
    assert (code.reference, code.message) == ("NOTA7", None)
    assert code.details["merchant_city"] == "RIO"


def test_an_amount_may_be_left_out_or_in_another_currency() -> None:
    free = make(by_id("pix"), Wish(amount=""), None, NOW).code
    assert (free.amount, free.payer_enters_amount) == (None, True)
    assert make(by_id("pix"), Wish(amount="5", reference=""), None, NOW).code.amount == Amount(
        500, "BRL"
    )
    dollars = make(by_id("khqr"), Wish(amount="2 USD"), None, NOW).code
    assert dollars.amount == Amount(200, "USD")
    coins = make(by_id("bip21"), Wish(amount="0.00000001"), None, NOW).code
    assert coins.amount == Amount(1, "BTC")


@pytest.mark.parametrize(("scheme", "amount"), [("pix", "1.999"), ("pix", "x"), ("bip21", "1.5.2")])
def test_what_is_no_amount_is_refused(scheme: str, amount: str) -> None:
    with pytest.raises((AmountInvalid, NoAmount)):
        make(by_id(scheme), Wish(amount=amount), None, NOW)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("15m", NOW + timedelta(minutes=15)),
        ("2d", NOW + timedelta(days=2)),
        ("2026-02-01T12:00:00+08:00", datetime(2026, 2, 1, 4, tzinfo=UTC)),
    ],
)
def test_an_end_is_a_time_from_now_or_a_moment(text: str, end: datetime) -> None:
    code = make(by_id("khqr"), Wish(expires=text), None, NOW).code
    assert code.expires is not None
    assert abs(code.expires - end) < timedelta(seconds=1)
    with pytest.raises(Usage):
        make(by_id("khqr"), Wish(expires="soon"), None, NOW)


def test_what_a_scheme_cannot_say_is_refused() -> None:
    with pytest.raises(CodeInvalid, match="expires"):
        make(by_id("pix"), Wish(expires="15m"), None, NOW)
    with pytest.raises(CodeInvalid):
        make(by_id("epc"), Wish(extra={"no_such_thing": "1"}), None, NOW)


def test_further_values_are_set_and_taken_out() -> None:
    code = make(by_id("epc"), Wish(extra={"purpose": "CHAR", "info": ""}), None, NOW).code
    assert code.details["purpose"] == "CHAR"
    assert "info" not in code.details
    assert "purpose" in settable(by_id("epc"))


def test_a_broken_one_has_the_fault() -> None:
    specimen = make(by_id("pix"), Wish(amount="7"), "crc", NOW)
    assert [issue.code for issue in specimen.code.issues] == ["crc_wrong"]
    assert specimen.code.amount == Amount(700, "BRL")
    for kind in ("no such kind", "trailing"):
        with pytest.raises(Usage):
            make(by_id("upi"), Wish(), kind, NOW)


def test_schemes_are_named_by_their_ids() -> None:
    assert scheme_named("PIX").id == "pix"
    for name in ("pixx", "bolt11"):
        with pytest.raises(Usage):
            scheme_named(name)
    names = [scheme.id for scheme in makeable()]
    assert len(names) == len(set(names))
    assert {"pix", "upi", "epc", "swiss-qr", "wechat-cpm"} <= set(names)
