"""Paying: dynamic linking, PIN-free limits, who may pay what, and what is kept as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from payment_codes.amount import Amount
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, decline, pay
from wallet_api.checkout.returns import reverse
from wallet_api.contract.errors import (
    AlreadyPaid,
    CurrencyMismatch,
    NotFound,
    NotYours,
    PaymentOver,
    SignatureInvalid,
    TermsChanged,
)
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.signatures import check_signature, encode_bytes
from wallet_api.identity.keys import Keys

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop, Town, Wallet

BIG = 250_000


def waiting(town: Town, wallet: Wallet, shop: Shop) -> str:
    """Give a payment that waits for the PIN."""
    charge = town.run(create_charge, town.charge(shop, BIG)).value
    payment = town.run(pay, town.pay(wallet, charge.id)).value
    assert payment.state == "pin_required"
    return payment.id


def other_terms(town: Town) -> list[dict[str, Any]]:
    """Give every way in which terms can differ from those of a charge of BIG."""
    return [
        {"payee": town.shop().id},
        {"payee": ""},
        {"amount": Amount(BIG - 1, "CNY")},
        {"amount": Amount(BIG, "EUR")},
        {"amount": Amount(-BIG, "CNY")},
        {"expires_at": "2027-01-15T08:05:00.001Z"},
        {"expires_at": "2027-01-15T08:05:00Z"},
    ]


def test_a_payment_on_other_terms_is_refused(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    charge = town.run(create_charge, town.charge(shop, BIG)).value
    assert charge.expires_at == "2027-01-15T08:05:00.000Z"
    for changed in other_terms(town):
        terms = msgspec.structs.replace(town.terms(charge.id), **changed)
        refused = town.refusal(pay, town.pay(wallet, charge.id, terms))
        assert isinstance(refused, TermsChanged), changed
    assert town.rows("SELECT COUNT(*) FROM payments") == [(0,)]
    assert town.run(pay, town.pay(wallet, charge.id)).value.state == "pin_required"


def test_an_approval_of_other_terms_is_refused_and_costs_no_try(town: Town) -> None:
    wallet = town.wallet(BIG)
    payment = waiting(town, wallet, town.shop())
    terms = town.terms(town.payment_row(payment).charge)
    approvals = [
        town.approval(wallet, payment, msgspec.structs.replace(terms, **changed))
        for changed in other_terms(town)
    ]
    approvals.append(town.approval(wallet, town.payment_row(payment).charge, terms))
    approvals.append(b"")
    approvals.append(bytes(64))
    for approval in approvals:
        refused = town.refusal(confirm, town.confirm(wallet, payment, approval=approval))
        assert isinstance(refused, SignatureInvalid)
    assert town.customer_row(wallet).pin_failures == 0
    assert town.run(confirm, town.confirm(wallet, payment)).value.state == "succeeded"


def test_an_approval_by_another_device_or_for_another_service_is_refused(town: Town) -> None:
    wallet = town.wallet(BIG)
    payment = waiting(town, wallet, town.shop())
    terms = town.terms(town.payment_row(payment).charge)
    foreign = town.approval(town.wallet(), payment, terms)
    town.keys, ours = Keys(bytes(32)), town.keys
    elsewhere = town.approval(wallet, payment, terms)
    town.keys = ours
    for approval in (foreign, elsewhere):
        refused = town.refusal(confirm, town.confirm(wallet, payment, approval=approval))
        assert isinstance(refused, SignatureInvalid)
    assert town.balance(wallet) == BIG


def test_the_evidence_proves_payee_amount_and_expiry(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    payment = waiting(town, wallet, shop)
    town.run(confirm, town.confirm(wallet, payment))
    rows = town.rows("SELECT act, device, signed, signature FROM evidence ORDER BY act")
    assert [(act, device) for act, device, *_ in rows] == [
        ("confirm", wallet.device.id),
        ("pay", wallet.device.id),
    ]
    signed, signature = rows[0][2:]
    check_signature(signed, signature, wallet.device.signing_key)
    for part in (payment, shop.id, f"{BIG} CNY", "2027-01-15T08:05:00.000Z"):
        assert part.encode() in signed
    assert encode_bytes(town.keys.signing_public).encode() in signed


@pytest.mark.parametrize("currency", sorted(PIN_FREE_LIMITS))
@pytest.mark.parametrize("on_code", [False, True])
def test_the_pin_is_due_above_the_limit(town: Town, currency: str, *, on_code: bool) -> None:
    limit = PIN_FREE_LIMITS[currency]
    wallet, shop = town.wallet(3 * limit, currency=currency), town.shop(currency=currency)
    states = []
    for amount in (limit, limit + 1):
        code = town.show(wallet) if on_code else None
        charge = town.run(create_charge, town.charge(shop, amount, code=code)).value
        if on_code:
            states.append(town.payment_view(wallet, charge.id).state)
        else:
            states.append(town.run(pay, town.pay(wallet, charge.id)).value.state)
    assert states == ["succeeded", "pin_required"]
    assert town.balance(wallet) == 2 * limit


@pytest.mark.parametrize("on_code", [False, True])
def test_a_wallet_pays_in_its_own_currency_only(town: Town, *, on_code: bool) -> None:
    wallet, shop = town.wallet(5_000, currency="EUR"), town.shop(currency="CNY")
    code = town.show(wallet) if on_code else None
    charge = town.run(create_charge, town.charge(shop, 100, code=code)).value
    if on_code:
        assert (charge.state, charge.reason) == ("failed", "currency_mismatch")
    else:
        command = town.pay(wallet, charge.id)
        assert isinstance(town.refusal(pay, command), CurrencyMismatch)
        assert town.payment_view(wallet, command.key.id).state == "failed"
    assert town.balance(wallet) == 5_000


def test_only_its_payer_sees_confirms_or_declines_a_payment(town: Town) -> None:
    wallet, other = town.wallet(BIG), town.wallet(BIG)
    payment = waiting(town, wallet, town.shop())
    mine = town.approval(other, payment, town.terms(town.payment_row(payment).charge))
    assert isinstance(town.refusal(confirm, town.confirm(other, payment, approval=mine)), NotYours)
    assert isinstance(town.refusal(decline, town.decline(other, payment)), NotYours)
    with pytest.raises(NotYours):
        town.payment_view(other, payment)
    with pytest.raises(NotFound):
        town.payment_view(wallet, town.payment_row(payment).charge)


def test_only_its_merchant_sees_or_closes_a_charge(town: Town) -> None:
    shop, other = town.shop(), town.shop()
    charge = town.run(create_charge, town.charge(shop, 100)).value.id
    assert isinstance(town.refusal(close_charge, town.close_charge(other, charge)), NotYours)
    with pytest.raises(NotYours):
        town.charge_view(other, charge)
    assert isinstance(
        town.refusal(create_charge, town.charge(other, 5, charge_id=charge)), NotYours
    )


def test_a_tombstone_keeps_its_id_from_every_merchant(town: Town) -> None:
    shop, rival = town.shop(), town.shop()
    late = town.charge(shop, 100)
    town.run(reverse, town.reverse(rival, late.key.id))
    assert isinstance(town.refusal(create_charge, late), NotYours)
    assert isinstance(town.refusal(reverse, town.reverse(shop, late.key.id)), NotYours)


def test_a_declined_payment_cannot_be_confirmed_and_the_charge_stays_payable(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    payment = waiting(town, wallet, shop)
    town.run(decline, town.decline(wallet, payment))
    refused = town.refusal(confirm, town.confirm(wallet, payment))
    assert isinstance(refused, PaymentOver)
    assert refused.details == {"state": "failed"}
    assert town.run(decline, town.decline(wallet, payment)).value.reason == "declined"
    charge = town.payment_row(payment).charge
    again = town.run(pay, town.pay(wallet, charge)).value
    assert town.run(confirm, town.confirm(wallet, again.id)).value.state == "succeeded"


def test_a_payment_that_waits_while_another_pays_is_over(town: Town) -> None:
    wallet, other, shop = town.wallet(BIG), town.wallet(BIG), town.shop()
    payment = waiting(town, wallet, shop)
    charge = town.payment_row(payment).charge
    faster = town.run(pay, town.pay(other, charge)).value
    town.run(confirm, town.confirm(other, faster.id))
    assert town.payment_view(wallet, payment).state == "expired"
    assert isinstance(town.refusal(confirm, town.confirm(wallet, payment)), AlreadyPaid)
    assert isinstance(town.refusal(pay, town.pay(wallet, charge)), AlreadyPaid)
    assert town.balance(wallet) == BIG


def test_a_charge_on_a_code_is_its_payers_alone(town: Town) -> None:
    wallet, other, shop = town.wallet(BIG), town.wallet(BIG), town.shop()
    code = town.show(wallet)
    charge = town.run(create_charge, town.charge(shop, BIG, code=code)).value
    assert charge.payload is None
    assert isinstance(town.refusal(pay, town.pay(other, charge.id)), NotYours)
    assert isinstance(town.refusal(confirm, town.confirm(other, charge.id)), NotYours)
    assert town.run(confirm, town.confirm(wallet, charge.id)).value.state == "succeeded"
    assert town.charge_row(charge.id).customer == wallet.id


def test_a_stranger_without_a_key_of_the_device_signs_nothing(town: Town) -> None:
    wallet = town.wallet(BIG)
    payment = waiting(town, wallet, town.shop())
    wallet.signing = Ed25519PrivateKey.generate()
    assert isinstance(town.refusal(confirm, town.confirm(wallet, payment)), SignatureInvalid)
