"""Which language a person reads, and what the catalogue gives in it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import parse_amount
from payment_codes.emv.merchant import parse
from payment_codes.errors import PaymentTextError
from terminal_kit import language
from terminal_kit.diagnostics import as_wallet_error
from terminal_kit.language import _, choose, known, of_environment
from terminal_kit.program import choose_language
from terminal_kit.settings import Settings, save_settings
from terminal_kit.words import told
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WALLET_HOME", str(tmp_path))
    monkeypatch.setattr(language, "_chosen", [])
    monkeypatch.setattr(language, "_before", [])
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    # What `choose` sets must not outlive the test.
    monkeypatch.setenv("LANGUAGE", "")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "ZH_cn"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LC_ALL": "C"}, "en"),
        ({"LC_ALL": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LANGUAGE": "zh_CN:en", "LC_ALL": "en_US"}, "zh"),
        ({"LANGUAGE": "en:zh_CN", "LC_ALL": "zh_CN"}, "en"),
        ({"LANGUAGE": "", "LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], expected: str) -> None:
    assert of_environment(environment) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lang", "zh", "balance"], "zh"),
        (["--lang=zh_CN.UTF-8", "balance"], "zh"),
        (["--profile", "bob", "--lang", "en", "balance"], "en"),
        (["balance"], "zh"),
    ],
)
def test_the_option_wins_over_the_environment(
    arguments: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    choose_language(arguments)
    assert language.language() == expected


@pytest.mark.parametrize(
    ("arguments", "expected"), [(["balance"], "zh"), (["--lang", "en", "balance"], "en")]
)
def test_the_settings_win_over_the_environment_and_the_option_over_them(
    arguments: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    save_settings(Settings(language="zh"))
    choose_language(arguments)
    assert language.language() == expected


def test_settings_without_a_language_leave_it_to_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    save_settings(Settings(theme="day"))
    choose_language(["balance"])
    assert language.language() == "zh"


def test_the_environment_decides_again_once_nothing_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN:en")
    choose("en")
    choose(None)
    assert (language.language(), os.environ["LANGUAGE"]) == ("zh", "zh_CN:en")
    monkeypatch.delenv("LANGUAGE")
    choose("zh")
    choose(None)
    assert (language.language(), "LANGUAGE" in os.environ) == ("en", False)


@pytest.mark.parametrize("text", ["", "fr", "e", "中文", "xzh"])
def test_another_language_is_a_usage_error(text: str) -> None:
    with pytest.raises(Usage):
        known(text)


def test_a_message_comes_in_the_chosen_language() -> None:
    choose("zh")
    assert (_("Pay this?"), _("Nobody wrote this.")) == ("确认付款？", "Nobody wrote this.")
    assert _("") == ""
    assert os.environ["LANGUAGE"] == "zh_CN", "what it starts speaks the same"
    choose("en")
    assert _("Pay this?") == "Pay this?"


def test_english_opens_no_catalogue() -> None:
    code = (
        "import sys; from terminal_kit.language import _; _('A'); assert 'gettext' in sys.modules"
    )
    for name, fails in (("en", True), ("zh_CN", False)):
        environment = {**os.environ, "LANGUAGE": name}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=False
        )
        assert bool(done.returncode) is fails


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "未输入金额"),
        ("1.234", "CNY 金额最多 2 位小数"),
        ("1.5 JPY", "JPY 金额没有小数"),
        ("0", "金额须大于零"),
        ("9" * 13, "金额最多 12 位数字，上限为 9999999999.99 CNY"),
        ("1 XXQ", "该币种不在 ISO 4217 中，请用 CNY、EUR 等代码"),
    ],
)
def test_what_is_wrong_with_an_amount_is_said_in_chinese(text: str, said: str) -> None:
    choose("zh")
    with pytest.raises(PaymentTextError) as caught:
        parse_amount(text, "CNY")
    expected = f"金额无效：{said}。未做更改。格式如 12.50 或 12.50 EUR。"
    assert told(as_wallet_error(caught.value)) == expected


def test_what_is_wrong_with_a_code_is_said_in_chinese() -> None:
    choose("zh")
    with pytest.raises(PaymentTextError) as caught:
        parse("00020101021163040000")
    assert told(as_wallet_error(caught.value)) == (
        "收款码已损坏：校验和（CRC）缺失或错误。 未扣款，请重新扫描。"
    )
