"""Devices and tills, freezing one's own account, and the PIN."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from wallet_api.contract import administration as contract
from wallet_api.contract import errors, wire
from wallet_api.identity import devices, freeze, invites, pin, tills
from wallet_api.identity.records import Frozen
from wallet_api.service.routes.table import Command, Enrolment, Query, Read, Write, bind, path_id
from wallet_api.service.telling import News, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.answers import Key

COMPARISON_DIGITS = 6


def _join(service: Service, key: Key, body: contract.JoinWallet) -> Command:
    digits = f"{secrets.randbelow(10**COMPARISON_DIGITS):0{COMPARISON_DIGITS}}"
    command = devices.Join(key, body, f"{digits[:3]} {digits[3:]}", service.keys)

    def news(card: contract.JoinCard) -> News:
        return card.wallet, f"device.{card.state}", {"device": card.device}

    return told(bind(devices.join, command), news)


def _open_till(_service: Service, key: Key, body: contract.OpenTill) -> Command:
    def news(card: wire.MerchantCard) -> News:
        return card.merchant, "till.active", {"till": card.till}

    return told(bind(tills.enrol_till, tills.EnrolTill(key, body)), news)


def _approve(service: Service, call: Call, body: contract.PinGiven) -> Command:
    command = devices.Approve(
        call.key(body), call.customer, call.device.id, path_id(call), body.pin, service.keys
    )
    return told(bind(devices.approve, command), _device_news(call))


def _revoke(service: Service, call: Call, body: contract.RevokeDevice) -> Command:
    command = devices.Revoke(
        call.key(body),
        call.customer,
        call.device.id,
        path_id(call),
        body.pin,
        body.itself,
        service.keys,
    )
    return told(bind(devices.revoke, command), _device_news(call))


def _device_news(call: Call) -> Callable[[contract.DeviceCard], News]:
    return lambda card: (call.customer, f"device.{card.state}", {"device": card.id})


def _revoke_till(_service: Service, call: Call, body: contract.RevokeTill) -> Command:
    command = tills.RevokeTill(call.key(body), call.till, path_id(call), body.itself)

    def news(card: contract.TillCard) -> News:
        return call.till.merchant, "till.revoked", {"till": card.id}

    return told(bind(tills.revoke_till, command), news)


def _invite_till(_service: Service, call: Call, body: contract.TillInviteRequest) -> Command:
    request = contract.InviteRequest(digest=body.digest, role="till", subject=call.till.merchant)
    return bind(invites.make_invite, invites.MakeInvite(call.key(body), call.device.id, request))


def _freeze(_service: Service, call: Call, body: wire.Nothing) -> Command:
    subject = call.device.customer or call.till.merchant
    command = freeze.Freeze(subject, frozen=True, by=Frozen.OWNER)
    return told(bind(freeze.freeze_once, freeze.FreezeOnce(call.key(body), command)), freeze_news)


def _unfreeze_wallet(service: Service, call: Call, body: contract.PinGiven) -> Command:
    command = freeze.UnfreezeOwn(call.key(body), call.customer, body.pin, service.keys)
    return told(bind(freeze.unfreeze_own, command), freeze_news)


def _unfreeze_merchant(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = freeze.Freeze(call.till.merchant, frozen=False, by=Frozen.OWNER)
    return told(bind(freeze.freeze_once, freeze.FreezeOnce(call.key(body), command)), freeze_news)


def freeze_news(state: contract.FreezeState) -> News:
    """Tell a customer or a merchant who has frozen it now."""
    kind = f"{state.kind}.{'frozen' if state.frozen_by else 'unfrozen'}"
    return state.id, kind, {"by": " ".join(state.frozen_by)}


def _set_pin(service: Service, call: Call, body: contract.SetPin) -> Command:
    salt = secrets.token_bytes(pin.SALT_BYTES)
    command = pin.ChangePin(call.key(body), call.customer, body, salt, service.keys)

    def news(state: contract.PinState) -> News:
        return state.wallet, "pin.changed", {"device": call.device.id}

    return told(bind(pin.change_pin, command), news)


def _devices(call: Call) -> Query:
    return lambda tx, now: devices.devices(tx, call.customer, call.device.id, now)


def _tills(call: Call) -> Query:
    return lambda tx, _now: tills.tills(tx, call.till)


_PIN = (errors.PinNeeded, errors.PinWrong, errors.PinLocked)

ENROLMENTS = (
    Enrolment(
        "/v1/devices",
        "Add a device to a wallet; another of its devices approves it",
        contract.JoinWallet,
        contract.JoinCard,
        _join,
        (errors.NotFound, errors.DevicesFull, errors.TextInvalid),
    ),
    Enrolment(
        "/v1/tills",
        "Add a till to the merchant that an invitation is for",
        contract.OpenTill,
        wire.MerchantCard,
        _open_till,
    ),
)

WRITES = (
    Write(
        "/v1/devices/{id}/approve",
        "Let a waiting device in",
        "wallet",
        contract.PinGiven,
        contract.DeviceCard,
        _approve,
        refusals=(*_PIN, errors.DeviceOver, errors.DevicesFull),
    ),
    Write(
        "/v1/devices/{id}/revoke",
        "Shut a device out at once",
        "wallet",
        contract.RevokeDevice,
        contract.DeviceCard,
        _revoke,
        refusals=(*_PIN, errors.DeviceIsThis),
    ),
    Write(
        "/v1/tills/{id}/revoke",
        "Shut a till out at once",
        "till",
        contract.RevokeTill,
        contract.TillCard,
        _revoke_till,
        refusals=(errors.DeviceIsThis,),
    ),
    Write(
        "/v1/till-invites",
        "Invite a till of the same merchant into the same store",
        "till",
        contract.TillInviteRequest,
        contract.InviteCard,
        _invite_till,
        201,
    ),
    Write(
        "/v1/wallet/freeze",
        "Freeze one's own wallet",
        "wallet",
        wire.Nothing,
        contract.FreezeState,
        _freeze,
    ),
    Write(
        "/v1/merchant/freeze",
        "Take no more payments",
        "till",
        wire.Nothing,
        contract.FreezeState,
        _freeze,
    ),
    Write(
        "/v1/wallet/unfreeze",
        "Lift one's own freeze; the bank's stays",
        "wallet",
        contract.PinGiven,
        contract.FreezeState,
        _unfreeze_wallet,
        refusals=_PIN,
    ),
    Write(
        "/v1/merchant/unfreeze",
        "Take payments again, unless the bank has frozen the merchant",
        "till",
        wire.Nothing,
        contract.FreezeState,
        _unfreeze_merchant,
    ),
    Write(
        "/v1/pin",
        "Set the PIN, or change it with the one before",
        "wallet",
        contract.SetPin,
        contract.PinState,
        _set_pin,
        refusals=(*_PIN, errors.PinWeak),
    ),
)

READS = (
    Read(
        "/v1/devices",
        "A wallet's devices",
        "wallet",
        wire.Page[contract.DeviceCard],
        _devices,
    ),
    Read("/v1/tills", "A merchant's tills", "till", wire.Page[contract.TillCard], _tills),
)
