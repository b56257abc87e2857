"""What the bank refuses: other people's records, money that is not there, wrong PINs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.end_to_end.programs import PIN
from wallet_api.contract.ids import new_id, short_code

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs

WRONG_PIN = "975310"


def test_a_till_cannot_touch_another_merchants_charge(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    shop.opening_till(profile="rival", name="Rival").finish()
    charge = shop.json("pos", "charge", "12.50")
    shop.run("wallet", "pay", charge["payload"], "--yes")
    rival = ("pos", "--profile", "rival")
    with nothing_moves():
        acts = ("show", "wait", "close", "reverse", "refund")
        shop.all_refused(((*rival, act, charge["id"]) for act in acts), code="not_yours")
        shop.refused(*rival, "refund", short_code(charge["id"]), code="not_found")
    assert shop.json("pos", "show", charge["id"])["state"] == "succeeded"


def test_a_wallet_cannot_touch_another_customers_payment(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    shop.opening_wallet(profile="bob").finish()
    code = shop.json("wallet", "code")["code"]
    payment = shop.json("pos", "charge", "1500", "--code", code, "--wait", "0", exit_code=5)["id"]
    bob = ("wallet", "--profile", "bob")
    with nothing_moves():
        acts = (("confirm", "--pin-file", shop.pin_file), ("decline",), ("show",))
        shop.all_refused(((*bob, *act, payment) for act in acts), code="not_yours")
        shop.refused(*bob, "decline", short_code(payment), code="not_found")
    assert shop.json("wallet", "decline", payment)["state"] == "failed"


def test_an_empty_wallet_pays_nothing_and_spoils_nothing(
    programs: Programs, nothing_moves: NothingMoves
) -> None:
    programs.open_shop(money=None)
    charge = programs.json("pos", "charge", "12.50")
    code = programs.json("wallet", "code")["code"]
    with nothing_moves():
        said = programs.refused(
            "wallet", "pay", charge["payload"], "--yes", code="insufficient_funds"
        )
        assert "wallet top-up" in said
        failed = programs.json("pos", "charge", "5", "--code", code, exit_code=1)
        assert (failed["state"], failed["reason"]) == ("failed", "insufficient_funds")
    programs.run("wallet", "top-up", "12.50")
    assert programs.json("wallet", "pay", charge["payload"], "--yes")["state"] == "succeeded"
    assert programs.balances()[0] == 0


def test_currencies_do_not_mix(shop: Programs, nothing_moves: NothingMoves) -> None:
    shop.opening_till("--currency", "EUR", profile="paris").finish()
    charge = shop.json("pos", "--profile", "paris", "charge", "12.50 EUR")
    assert charge["amount"] == {"minor": 1250, "currency": "EUR"}
    code = shop.json("wallet", "code")["code"]
    with nothing_moves():
        said = shop.refused("wallet", "pay", charge["payload"], "--yes", code="currency_mismatch")
        assert "EUR" in said
        assert "CNY" in said
        failed = shop.json("pos", "--profile", "paris", "charge", "5", "--code", code, exit_code=1)
        assert failed["reason"] == "currency_mismatch"
        shop.refused("pos", "charge", "12.50 EUR", code="currency_mismatch")
        shop.refused("wallet", "top-up", "5 EUR", code="currency_mismatch")
    shop.refused(
        *("wallet", "--profile", "yen", "open", "--name", "Y", "--store", "file"),
        *("--currency", "JPY"),
        code="currency_not_served",
    )


def test_money_goes_back_once(shop: Programs, nothing_moves: NothingMoves) -> None:
    charge = shop.json("pos", "charge", "12.50")
    with nothing_moves():
        shop.refused("pos", "refund", charge["id"], code="not_paid")
    shop.run("wallet", "pay", charge["payload"], "--yes")
    with nothing_moves():
        said = shop.refused(
            "pos", "refund", charge["id"], "--amount", "12.51", code="refund_too_large"
        )
        assert "12.50 CNY" in said
        shop.refused("pos", "close", charge["id"], code="already_paid")
    shop.run("pos", "refund", charge["id"], "--amount", "12.49")
    with nothing_moves():
        shop.refused("pos", "refund", charge["id"], "--amount", "0.02", code="refund_too_large")
        shop.refused("pos", "reverse", charge["id"], code="has_refunds")
    shop.run("pos", "refund", charge["id"])
    assert shop.balances() == (250000, 0)


def test_three_wrong_pins_lock_the_right_one_too(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    wrong = shop.file("wrong", WRONG_PIN)
    first, second = (shop.run("pos", "charge", "1500").out.strip() for _ in range(2))
    with nothing_moves():
        pay = ("wallet", "pay", "--yes", "--pin-file")
        assert "left: 2" in shop.refused(*pay, wrong, first, code="pin_wrong")
        shop.refused("wallet", "pay", "--yes", second, code="pin_required")
        other, waiting = (item["id"] for item in shop.json("wallet", "pending")["items"])
        confirm = ("wallet", "confirm", "--pin-file")
        shop.refused(*confirm, wrong, waiting, code="pin_wrong")
        shop.refused(*confirm, wrong, waiting, code="pin_locked")
        shop.refused(*confirm, shop.pin_file, other, code="pin_locked")
        shop.refused(*pay, shop.pin_file, first, code="pin_locked")
    kept = b"".join(path.read_bytes() for path in shop.home.rglob("*") if path.is_file())
    assert WRONG_PIN.encode() not in kept
    small = shop.run("pos", "charge", "5").out.strip()
    assert shop.json("wallet", "pay", small, "--yes")["state"] == "succeeded"


def test_a_weak_pin_opens_nothing(programs: Programs) -> None:
    pins = ("111111", "123456", "654321", "12345", "24681a", "２４６８１３")
    opening = ("wallet", "open", "--name", "Alice", "--store", "file", "--pin-file")
    said = programs.all_refused(
        ((*opening, programs.file(f"pin {pin}", pin)) for pin in pins), code="pin_weak"
    )
    assert not any(pin in sentence for pin in pins for sentence in said)
    programs.refused("wallet", "balance", code="no_profile", exit_code=4)


def test_nobody_to_ask_means_no_payment(shop: Programs, nothing_moves: NothingMoves) -> None:
    payload = shop.run("pos", "charge", "1500").out.strip()
    with nothing_moves():
        shop.refused("wallet", "pay", payload, code="confirmation_required", exit_code=2)
        assert shop.json("wallet", "pending")["items"] == []
        said = shop.refused("wallet", "pay", payload, "--yes", code="pin_required")
        waiting = shop.json("wallet", "pending")["items"][0]["id"]
        assert f"wallet confirm {short_code(waiting)}" in said
        shop.refused("wallet", "confirm", waiting, code="pin_required")
    confirm = ("wallet", "confirm", short_code(waiting), "--pin-file", "-")
    assert shop.json(*confirm, stdin=PIN)["state"] == "succeeded"


def test_a_wallet_without_a_pin_pays_small_amounts_only(programs: Programs) -> None:
    opened = programs.json("wallet", "open", "--name", "Bob", "--store", "file")
    assert opened["pin_set"] is False
    programs.opening_till().finish()
    programs.run("wallet", "top-up", "2500")
    small = programs.run("pos", "charge", "1000").out.strip()
    assert programs.json("wallet", "pay", small, "--yes")["state"] == "succeeded"
    large = programs.run("pos", "charge", "1000.01").out.strip()
    programs.refused("wallet", "pay", large, "--yes", code="pin_not_set")


def test_a_raw_call_is_held_to_the_same_rules(shop: Programs, nothing_moves: NothingMoves) -> None:
    post = ("wallet", "api", "POST")
    amount = '{"amount": {"minor": 100, "currency": "CNY"}}'
    with nothing_moves():
        tills_calls = (
            ("wallet", "api", "GET", "/v1/merchant"),
            (*post, "/v1/charges", "--data", amount),
            (*post, f"/v1/charges/{new_id()}/refunds"),
        )
        shop.all_refused(tills_calls, code="wrong_role")
        shop.refused("wallet", "api", "GET", "/v1/nothing", code="not_found")
        shop.refused(*post, "/v1/wallet", code="method_not_allowed")
        shop.refused(*post, "/v1/top-ups", "--data", '{"amount": 1}', code="bad_request")
        shop.refused(
            *post,
            "/v1/top-ups",
            "--data",
            amount.replace("100", "-1"),
            code="amount_invalid",
            exit_code=2,
        )
        unsendable = ((*post, "/v1/top-ups", *bad) for bad in (("--data", "{"), ("--key", "42")))
        shop.all_refused(unsendable, code="usage", exit_code=2)
    key = new_id()
    shop.run(*post, "/v1/top-ups", "--data", amount, "--key", key)
    with nothing_moves():
        shop.refused(
            *post,
            "/v1/top-ups",
            "--data",
            amount.replace("100", "200"),
            "--key",
            key,
            code="key_reused",
        )
