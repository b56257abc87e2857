"""The programs in Chinese: every sentence, columns by terminal cells, codes and JSON unchanged."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import CITY, CUSTOMER, MERCHANT, Programs, at_once
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.services import Service

COLUMNS = 80
#: Words in Latin letters that a Chinese text may hold besides commands and options.
LATIN = {
    *("CNY", "EUR", "X", "Z", "I", "II", "III", "IV"),
    # What `doctor` tells of this machine, and the names of profiles and of the service.
    *("default", "file", "ms", "xterm", "color", "zbar", "zxing", "cpp"),
    *("Terminal", "Wallet", "bank"),
}
NAMES = f"{CUSTOMER} {MERCHANT} {CITY} Main store"


@pytest.fixture
def shop(service: Service, tmp_path: Path) -> Iterator[Programs]:
    """Give a wallet with money and a till, whose people read Chinese by their locale."""
    made = Programs(tmp_path, service.url)
    made.open_shop()
    made.environment["LC_ALL"] = "zh_CN.UTF-8"
    yield made
    made.close()


def latin_words(text: str) -> set[str]:
    """Give the words in Latin letters that are no names, paths, commands, options or ids."""
    for name in sorted(NAMES.split(), key=len, reverse=True):
        text = text.replace(name, "")
    for removed in (
        r"https?://\S+|[\w.-]*/[\w./:-]+",
        r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{8}\b",
        r"(?:wallet-api|wallet|pos)(?: +[a-z][a-z0-9-]*)*",
        r"--[a-z][a-z-]*|\.[a-z]+\b",
    ):
        text = re.sub(removed, " ", text)
    return set(re.findall(r"[A-Za-z]+", text)) - LATIN


def test_a_payment_is_told_in_chinese(shop: Programs) -> None:
    charge = shop.run("pos", "charge", "9.99", "--note", "咖啡")
    assert re.fullmatch(
        r"收款 [0-9a-f]{8}，9\.99 CNY。\n保存码的图片：--save 文件\.png\n", charge.err
    )
    paid = shop.run("wallet", "pay", charge.out.strip(), "--yes")
    assert paid.err == f"向 {MERCHANT}（{CITY}）付款 9.99 CNY\n咖啡\n"
    lines = paid.out.splitlines()
    assert lines[0] == "✓ 已付款"
    labels = ("金额", "收款方", "备注", "时间", "付款")
    for line, label in zip(lines[1:], labels, strict=True):
        # The longest label takes six cells, whatever number of characters that is.
        head, value = line[: len(label)], line[len(label) :]
        assert head == label
        assert value.startswith(" " * (8 - cells(label)))
        assert value[8 - cells(label)] != " "
    history = shop.run("wallet", "history").out
    assert "付款" in history
    assert "充值" in history
    assert len({cells(line) for line in history.splitlines()}) == 1
    receipt = shop.run("wallet", "receipt", lines[-1].split()[-1]).out
    assert all(cells(line) <= 42 for line in receipt.splitlines())
    total = next(line for line in receipt.splitlines() if line.startswith("合计"))
    assert (cells(total), total.endswith(" 9.99 CNY")) == (42, True)
    assert "已支付" in receipt
    sales = shop.run("pos", "sales").out
    assert re.search(r"9\.99 CNY  ✓ 已付款$", sales, re.MULTILINE)


def test_nothing_is_left_in_english(shop: Programs, service: Service) -> None:
    shop.run("pos", "shift", "open", "--float", "200")
    code = shop.run("pos", "charge", "12.50").out.strip()
    payment = shop.json("wallet", "pay", code, "--yes")
    month = payment["created_at"][:7]
    charge, database = payment["charge"], ("--database", service.database)
    lists = ("history", "pending", "transfers", "requests", "gifts", "devices", "limits")
    looks: list[tuple[str, ...]] = [
        *(("wallet", name) for name in (*lists, "whoami", "resume", "doctor")),
        ("wallet", "statement", "--month", month),
        ("wallet", "show", payment["id"]),
        *(("pos", name) for name in ("whoami", "sales", "shift", "tills", "settlements")),
        ("pos", "webhook", "list"),
        ("pos", "show", charge),
        ("wallet-api", "status"),
        ("wallet-api", "find", CUSTOMER, *database),
        ("wallet-api", "audit", *database),
    ]
    acts: list[tuple[str, ...]] = [
        ("pos", "refund", charge, "--amount", "2.50"),
        ("pos", "receipt", charge),
        ("pos", "shift", "close"),
        ("pos", "report", "z"),
        ("wallet", "top-up", "5"),
        ("wallet", "withdraw", "5", "--yes"),
        ("wallet", "gift", "8.88", "--yes"),
        ("wallet", "freeze"),
    ]
    seen = [*at_once(partial(shop.run, *words) for words in looks)]
    seen += [shop.run(*words) for words in acts]
    english = {}
    for words, finished in zip((*looks, *acts), seen, strict=True):
        text = finished.out + finished.err
        assert text
        if not text.startswith("000201") and (left := latin_words(text)):
            english[" ".join(words)] = left
    assert english == {}


def test_errors_are_chinese_and_their_codes_are_not(shop: Programs) -> None:
    cases: list[tuple[tuple[str, ...], int, str, str]] = [
        (("wallet", "pay", "nonsense", "--yes"), 6, "code_unreadable", "这不是付款码，未扣款。"),
        (("wallet", "show", "abcd"), 1, "not_found", "未找到付款，未做更改。"),
        (("pos", "show", "abcd"), 1, "not_found", "未找到收款，未做更改。"),
        (("wallet", "top-up", "1.234"), 2, "amount_invalid", "CNY 金额最多 2 位小数"),
        (("wallet", "top-up", "99999"), 1, "limit_exceeded", "未扣款"),
        (("wallet", "pay", "--image", "nowhere.png"), 2, "usage", "没有文件 nowhere.png。"),
        (("wallet", "history", "--limit", "x"), 2, "usage", "'x' 不是数字"),
        (("wallet", "top-up"), 2, "usage", "缺少"),
        (("wallet", "pays"), 2, "usage", "没有命令 pays。您是否要输入 'pay'"),
        (("wallet", "pay", "--jsn"), 2, "usage", "没有选项 --jsn。您是否要输入"),
        (("wallet", "--profile", "nobody", "balance"), 4, "no_profile", "没有名为 nobody"),
        (("pos", "shift", "close"), 1, "shift_none", "此收银台没有未结班次"),
    ]
    finished = at_once(
        partial(shop.run, *words, "--json", exit_code=status) for words, status, _c, _s in cases
    )
    for (words, _status, code, said), one in zip(cases, finished, strict=True):
        error = one.json["error"]
        assert (error["code"], said in error["message"]) == (code, True), (words, error)
        assert one.err.endswith(f"✗ {error['message']}\n")
        assert latin_words(error["message"].replace("nobody", "").replace("nowhere", "")) <= {
            *("x", "pay", "pays", "amount", "AMOUNT"),
        }, error


def test_json_is_the_same_in_both_languages(shop: Programs) -> None:
    for words in (("wallet", "whoami"), ("pos", "sales"), ("wallet", "limits")):
        chinese = shop.json(*words)
        english = shop.run(words[0], "--lang", "en", *words[1:], "--json").json
        assert chinese == english


def test_the_option_wins_and_another_language_is_a_usage_error(shop: Programs) -> None:
    assert "Profile" in shop.run("wallet", "--lang", "en", "whoami").out
    assert "档案" in shop.run("wallet", "--lang=zh", "whoami", environment={"LC_ALL": "C"}).out
    english = {"LANGUAGE": "en"}
    assert "Profile" in shop.run("wallet", "whoami", environment=english).out
    refused = shop.run("wallet", "--lang", "fr", "whoami", exit_code=2)
    assert refused.err == "✗ --lang 须为 en 或 zh。\n"


def test_each_program_helps_in_chinese(shop: Programs) -> None:
    pages = at_once(
        partial(shop.run, *words)
        for words in (
            *(("wallet", "--help"), ("pos", "--help"), ("wallet-api", "--lang", "zh", "--help")),
            ("wallet", "pay", "--help"),
        )
    )
    for page in pages:
        assert page.out.startswith("用法：")
        assert all(cells(line) <= COLUMNS for line in page.out.splitlines())
        assert "显示帮助并退出。" in page.out
        assert re.search("[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+", page.out) is None
