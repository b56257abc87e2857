"""`wallet limits` and `wallet raise-tier`, and the bank's own policy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.services import Service
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs

SERVE = ("--lab",)
NUMBER, DECLINED_NUMBER, CARD = "11010519491231002X", "110105194912310003", "4111111111111111"
CAPS = ("single", "day", "year", "static_code", "balance")


def test_limits_are_shown_used_up_and_renewed(shop: Programs, service: Service) -> None:
    shop.run("wallet", "pay", shop.run("pos", "charge", "900").out.strip(), "--yes")
    card = shop.json("wallet", "limits")
    assert card["tier"] == "IV"
    assert {name: card[name]["limit"]["minor"] for name in CAPS} == {
        "single": 200_000,
        "day": 500_000,
        "year": 5_000_000,
        "static_code": 50_000,
        "balance": 1_000_000,
    }
    assert card["day"]["used"] == {"minor": 90_000, "currency": "CNY"}
    assert (card["pin_free_left"], card["held_by"], card["findings"]) == (9, None, [])

    for language in ("en", "zh"):
        shown = shop.run("wallet", "--lang", language, "limits").out
        assert all(cells(line) <= 80 for line in shown.splitlines()), shown
        assert "4100.00" in shown
        assert "wallet raise-tier III" in shown
        assert "\x1b" not in shown

    shop.run("wallet", "top-up", "1000")
    too_much = shop.run("pos", "charge", "2000.01").out.strip()
    said = shop.refused("wallet", "pay", too_much, "--yes", code="limit_exceeded")
    assert "2000.00 CNY at once" in said
    service.advance(86_400)
    assert shop.json("wallet", "limits")["day"]["used"]["minor"] == 0


def test_a_tier_is_raised_by_files_and_stdin(shop: Programs) -> None:
    number, card = shop.file("number", f"{NUMBER[:6]} {NUMBER[6:].lower()}\n"), f"{CARD}\n"
    raise_tier = ("wallet", "raise-tier")
    evidence = ("--name", "王小明", "--identity-number-file", number)
    raised = shop.json(*raise_tier, "III", *evidence)
    assert (raised["tier"], raised["next_tier"]) == ("III", "II")
    assert raised["needs"] == ["name", "identity_number", "bank_card"]
    done = shop.run(*raise_tier, "II", *evidence, "--bank-card-file", "-", stdin=card)
    assert "tier II" in done.out
    assert NUMBER not in done.out + done.err
    assert shop.json("wallet", "limits")["single"]["limit"]["minor"] == 5_000_000
    shop.refused(*raise_tier, "III", *evidence, code="tier_not_above")
    document = shop.file("document", "BJ20270115A7")
    shop.run(*raise_tier, "I", "--branch-document-file", document)
    assert shop.json("wallet", "limits")["day"]["limit"] is None


def test_what_is_missing_wrong_or_declined_is_said(shop: Programs) -> None:
    raise_tier = ("wallet", "raise-tier")
    named = ("--name", "王小明", "--identity-number-file")
    number = shop.file("number", NUMBER)
    usages = [
        (*raise_tier, "IV"),
        (*raise_tier, "3"),
        (*raise_tier, "III", "--name", "王小明"),
        (*raise_tier, "II", *named, number),
        (*raise_tier, "II", *named, "-", "--bank-card-file", "-"),
        (*raise_tier, "III", *named, shop.folder / "nowhere"),
    ]
    shop.all_refused(usages, code="usage", exit_code=2)
    wrong = shop.file("wrong", NUMBER[:-1] + "1")
    said = shop.refused(*raise_tier, "III", *named, wrong, code="evidence_invalid")
    assert NUMBER[:-1] not in said
    declined = shop.file("declined", DECLINED_NUMBER)
    shop.refused(*raise_tier, "III", *named, declined, code="evidence_declined")
    assert shop.json("wallet", "limits")["tier"] == "IV"


def test_a_service_has_its_own_rules_and_days(programs: Programs, tmp_path: Path) -> None:
    rules = programs.file(
        "rules.json",
        json.dumps(
            [
                {
                    "type": "velocity",
                    "name": "two_a_minute",
                    "outcome": "hold",
                    "movements": 2,
                    "seconds": 60,
                }
            ]
        ),
    )
    folder = tmp_path / "own"
    folder.mkdir()
    with Service(folder, "--rules", str(rules), "--business-zone", "Europe/Berlin") as own:
        programs.environment["WALLET_API_URL"] = own.url
        programs.open_shop()
        for _ in range(2):
            programs.run("wallet", "pay", programs.run("pos", "charge", "1").out.strip(), "--yes")
        third = programs.run("pos", "charge", "1").out.strip()
        said = programs.refused("wallet", "pay", third, "--yes", code="risk_held")
        assert "Rule two_a_minute: 3 movements within 1 min" in said
        card = programs.json("wallet", "limits")
        assert card["held_by"] == "two_a_minute"
        assert [finding["seen"] for finding in card["findings"]] == [3]
        assert card["day"]["renews_at"][11:] in {"22:00:00.000Z", "23:00:00.000Z"}
        assert "two_a_minute" in programs.run("wallet", "limits").out

    database = ("--port", "0", "--database", f"sqlite:///{folder / 'books.db'}")
    serve = ("wallet-api", "serve", *database)
    kept = programs.refused(*serve, "--business-zone", "UTC", code="usage", exit_code=2)
    assert "Europe/Berlin" in kept


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--business-zone", "Mars/Olympus", "--business-zone is a name"),
        ("--rules", "nowhere.json", "cannot be read"),
        ("--rules", "rules.json", "outcome"),
    ],
)
def test_a_policy_that_cannot_be_does_not_start(
    programs: Programs, option: str, value: str, said: str
) -> None:
    rule = {"type": "velocity", "name": "a", "outcome": "shout", "movements": 1, "seconds": 1}
    programs.file("rules.json", json.dumps([rule]))
    serve = ("wallet-api", "serve", "--port", "0", option, value)
    assert said in programs.refused(*serve, code="usage", exit_code=2)
