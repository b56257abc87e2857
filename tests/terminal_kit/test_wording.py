"""Every sentence that a person reads goes through the catalogue, and so do the codes in it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from payment_codes.schemes.table import SCHEMES, name_of
from terminal_kit.asking import Known
from terminal_kit.language import _
from terminal_kit.progress import words as progress_words
from terminal_kit.receipts.movements import kind_name
from terminal_kit.words import WORDS, told, word, words
from tests.terminal_kit.wording import in_source, unwrapped
from wallet_api.contract.error_base import TABLE
from wallet_api.contract.errors import (
    ChargeClosed,
    CodeForeign,
    NotFound,
    PaymentOver,
    SecretMissing,
    SharesInvalid,
    TextInvalid,
    WrongRole,
)
from wallet_api.contract.people import GiftState, RequestState, TransferState
from wallet_api.contract.statement import KINDS
from wallet_api.contract.wire import ChargeState, PaymentState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wallet_api.contract.error_base import WalletError

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("wallet_api", "wallet_cli", "pos", "terminal_kit")
DETAILS = {"NotFound": "what", "WrongRole": "role", "TextInvalid": "field"}


def test_every_sentence_is_translated() -> None:
    assert list(unwrapped()) == []


@pytest.mark.parametrize(
    "source",
    [
        'say("Nothing waits for you.")',
        'say(f"The code is in {file}.")',
        'say(f"until {time}")',
        'write_lines(lines or ["Nothing."])',
        'style("✓ Paid", "green")',
        'table([("Amount", text)])',
        'table([(_("Amount"), "never shown yet")])',
        'confirm("Pay this?", yes=yes)',
        "write(f\"{when} {_('back')}\")",
        'raise Usage(reason="--shares is even.")',
        'reason = "not text at all"',
        'def act():\n    """Do."""\n    return "it was cut short"',
    ],
)
def test_one_that_is_not_is_found(source: str) -> None:
    assert list(in_source(source))


@pytest.mark.parametrize(
    "source",
    [
        'say(_("Nothing waits for you."))',
        'style(_("✓ Paid"), "bold", "green")',
        'table([(_("Amount"), text)])',
        'write_json({"event": "ready", "url": url})',
        'raise NotFound(what="closed shift")',
        'def act():\n    """Do all that is to do."""\n    assert x, "it is there"',
        'WORDS = ("awaiting payer",)',
    ],
)
def test_what_is_no_sentence_is_left_alone(source: str) -> None:
    assert list(in_source(source)) == []


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("terminal_kit.language._chosen", ["zh"])


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("terminal_kit.language._chosen", ["en"])


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.usefixtures("chinese")
def test_every_word_has_a_chinese_one() -> None:
    latin = {one for one in WORDS if not is_chinese(word(one))}
    assert latin == set()
    states = [*ChargeState, *PaymentState, *TransferState, *RequestState, *GiftState]
    assert all(map(is_chinese, map(word, states)))
    assert all(map(is_chinese, map(kind_name, KINDS)))


def details() -> Iterator[str]:
    """Give every phrase that errors are raised with to fill a sentence."""
    for package in PACKAGES:
        for path in (REPOSITORY / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    wanted = DETAILS.get(node.func.id)
                    last = node.args[-1:] if node.func.id == "find_short" else []
                    named = [one.value for one in node.keywords if wanted and one.arg == wanted]
                    for value in (*named, *last):
                        if isinstance(value, ast.Constant):
                            yield str(value.value)


@pytest.mark.usefixtures("chinese")
def test_every_phrase_that_fills_a_sentence_has_a_chinese_one() -> None:
    phrases = set(details())
    assert {"charge", "till", "closed shift", "waiting payment"} <= phrases
    assert {phrase for phrase in phrases if not is_chinese(word(phrase))} == set()


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NotFound(what="charge"), "未找到收款，未做更改。"),
        (WrongRole(role="till"), "只有收银台可以执行此操作，未做更改。"),
        (TextInvalid(field="name"), "名称 须为 1 至 64 列的普通文字，未做更改。"),
        (
            ChargeClosed(reason="payer_timeout"),
            "该笔收款已关闭（付款方超时），未扣款。请重新出码。",
        ),
        (PaymentOver(state="succeeded"), "该笔付款状态已为 成功，本次未发生资金变动。"),
        # What nobody knows is shown as it is, and a name is never taken for a word.
        (ChargeClosed(reason="moon_phase"), "该笔收款已关闭（moon phase），未扣款。请重新出码。"),
        (SecretMissing(name="failed"), "凭据库中没有此档案的 failed。"),
        (
            SharesInvalid(reason={"en": "a share is 0 to 9", "zh": "份额为 0 至 9"}),
            "份额无效：份额为 0 至 9。未做更改。",
        ),
    ],
)
def test_an_error_is_told_with_chinese_words(error: WalletError, sentence: str) -> None:
    assert told(error) == sentence


@pytest.mark.usefixtures("english")
def test_in_english_a_code_reads_as_its_words() -> None:
    assert word("pin_required") == "pin required"
    assert word("expires_in is 1 to 9 s") == "expires_in is 1 to 9 s"
    assert word("") == ""
    assert words(["owner", "bank"]) == "owner, bank"
    assert "closed (payer timeout)" in told(ChargeClosed(reason="payer_timeout"))
    assert progress_words(Known("partially_refunded"), 0) == (
        "The outcome is known: partially refunded."
    )


@pytest.mark.usefixtures("chinese")
def test_the_owner_of_a_foreign_code_is_named_in_chinese() -> None:
    for text, name in (
        ("wxp://f2f0abc", "微信支付"),
        ("https://qr.alipay.com/fkx1", "支付宝"),
        ("https://shop.example/", "网址"),
        ("upi://pay?pa=x", "UPI"),
    ):
        assert f"：{name}。" in told(CodeForeign(scheme=name_of(text)))


def test_no_error_is_lost_on_the_way_to_its_sentence() -> None:
    for row in TABLE.values():
        filled = row(reason="it is closed", remedy="Wait.")
        assert told(filled)


@pytest.mark.usefixtures("chinese")
def test_every_rule_of_every_scheme_is_told_in_chinese() -> None:
    rules = {rule.template for scheme in SCHEMES for rule in scheme.works.rules(scheme)}
    assert len(rules) > 250
    assert [one for one in rules if _(one) == one] == []
