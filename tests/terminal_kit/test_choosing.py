"""Several codes in one picture: each is named, one is chosen."""

from __future__ import annotations

import io
import sys

import pytest

from payment_codes.amount import Amount
from payment_codes.errors import NoCodeFound
from payment_codes.native import NativeCode, build, new_token
from terminal_kit.choosing import choose_code, describe
from wallet_api.contract.errors import Cancelled, SeveralCodes, Usage


def merchant(name: str, minor: int | None) -> str:
    amount = None if minor is None else Amount(minor, "CNY")
    return build(NativeCode(new_token(b"0123456789"), amount, name, "Here", "5812"))


TEA, CAKE = merchant("Tea House", 12_50), merchant("Cake", None)
ALIPAY, WECHAT, OURS = "281234567890123456", "131234567890123456", "781234567890123456"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_only_code_is_meant() -> None:
    assert choose_code([TEA], None) == TEA
    assert choose_code([TEA], 1) == TEA
    with pytest.raises(NoCodeFound):
        choose_code([], None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEA, "12.50 CNY to TEA HOUSE"),
        (CAKE, "CAKE"),
        (OURS, "a customer's code"),
        (ALIPAY, "Alipay"),
        (WECHAT, "WeChat Pay"),
        ("https://qr.alipay.com/abc", "Alipay"),
        ("hello \x1b[31m" + "x" * 80, "hello ?[31m" + "x" * 29),
    ],
)
def test_a_code_is_described(text: str, said: str) -> None:
    assert describe(text) == said


def test_live_digits_are_never_repeated() -> None:
    assert not any(character.isdigit() for code in (OURS, ALIPAY) for character in describe(code))


def test_nobody_to_ask_is_told_what_there_is() -> None:
    with pytest.raises(SeveralCodes) as raised:
        choose_code([TEA, ALIPAY], None)
    assert "1) 12.50 CNY to TEA HOUSE; 2) Alipay" in str(raised.value)
    assert choose_code([TEA, ALIPAY], 2) == ALIPAY
    with pytest.raises(Usage):
        choose_code([TEA, ALIPAY], 3)


def test_a_person_chooses_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal("2\n\nx\n"))
    monkeypatch.setattr(sys, "stderr", said)
    assert choose_code([TEA, CAKE], None) == CAKE
    with pytest.raises(Cancelled):
        choose_code([TEA, CAKE], None)
    with pytest.raises(Usage):
        choose_code([TEA, CAKE], None)
    assert said.getvalue().startswith("1) 12.50 CNY to TEA HOUSE\n2) CAKE\nWhich one? [1-2] ")
