"""Enrolment, one's own card, and the index of payer codes."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING

from wallet_api.contract import errors, wire
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.ids import new_id
from wallet_api.contract.rules import LARGEST_COUNTER
from wallet_api.identity import cards, enrolment
from wallet_api.identity.payer_codes import sync
from wallet_api.identity.pin import SALT_BYTES
from wallet_api.service.routes.table import Command, Enrolment, Query, Read, Write, bind

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.answers import Key


def _sync_codes(service: Service, call: Call, body: wire.CodeSync) -> Command:
    if not 0 <= body.counter <= LARGEST_COUNTER:
        raise BadRequest(reason="no such counter")
    _ = call.customer
    return partial(sync, key=call.key(body), keys=service.keys, device=call.device, body=body)


def _enrol_customer(service: Service, key: Key, body: wire.OpenWallet) -> Command:
    salt = secrets.token_bytes(SALT_BYTES)
    command = enrolment.EnrolCustomer(
        key, body, salt, service.keys, needs_invite=not service.open_enrolment
    )
    return bind(enrolment.enrol_customer, command)


def _enrol_merchant(service: Service, key: Key, body: wire.OpenMerchant) -> Command:
    command = enrolment.EnrolMerchant(key, body, new_id(), needs_invite=not service.open_enrolment)
    return bind(enrolment.enrol_merchant, command)


def _wallet(call: Call) -> Query:
    return lambda tx, _now: cards.wallet_card(tx, call.customer, call.device.id)


def _merchant(call: Call) -> Query:
    return lambda tx, _now: cards.merchant_card(tx, call.till)


_NEW = (errors.AlreadyEnrolled, errors.CurrencyNotServed, errors.TextInvalid)

ENROLMENTS = (
    Enrolment(
        "/v1/customers",
        "Open a customer, a wallet and its first device",
        wire.OpenWallet,
        wire.WalletCard,
        _enrol_customer,
        (*_NEW, errors.PinWeak),
    ),
    Enrolment(
        "/v1/merchants",
        "Open a merchant, a store and its first till",
        wire.OpenMerchant,
        wire.MerchantCard,
        _enrol_merchant,
        _NEW,
    ),
)

WRITES = (
    Write(
        "/v1/payer-codes",
        "Tell the next presentation of a device's payer code",
        "wallet",
        wire.CodeSync,
        wire.CodeWindow,
        _sync_codes,
    ),
)

READS = (
    Read("/v1/wallet", "A customer's own card", "wallet", wire.WalletCard, _wallet),
    Read("/v1/merchant", "A till's own card", "till", wire.MerchantCard, _merchant),
)
