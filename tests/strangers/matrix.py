"""Who may do what: for each operation, on whose record it acts, and with what body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.strangers.records import LARGE, Records
from tests.wallet_api.service.caller import PIN, cny

Make = Callable[[Records], Any]

WALLETS = ("owner", "second_device", "stranger")
TILLS = ("till", "second_till", "other_shop")
BANK = ("admin",)
#: Who may do nothing at all, and what each of them is told.
SHUT_OUT = {
    "revoked": {"device_unknown"},
    "revoked_till": {"device_unknown"},
    "pending": {"device_pending"},
    "impostor": {"signature_invalid"},
    "nobody": {"device_unknown"},
}
NOT_OWN = {"not_yours", "not_found"}
WRONG = {"wrong_role"}
#: What says that the caller, and not the record or the moment, was the reason.
DENIALS = NOT_OWN | WRONG | {"device_unknown", "device_pending", "signature_invalid"}


@dataclass(frozen=True)
class Entry:
    """How to try an operation.

    ``passes`` may do it; ``denied`` have the role but not this record. ``record`` makes the id or
    token in the path, ``query`` and ``body`` the rest. ``says`` is what those who pass are told
    where it cannot be a success, because of the record or the moment.
    """

    passes: tuple[str, ...]
    denied: tuple[str, ...] = ()
    record: Make | None = None
    body: Make | None = None
    query: Make | None = None
    says: frozenset[str] = frozenset()

    def expected(self) -> dict[str, set[str]]:
        """Give what each caller is told, those who must be refused first."""
        others = {*WALLETS, *TILLS, *BANK} - {*self.passes, *self.denied}
        refused = SHUT_OUT | dict.fromkeys(sorted(others), WRONG)
        refused |= dict.fromkeys(self.denied, NOT_OWN)
        return refused | {name: {"done", *self.says} for name in self.passes}


def _body(**fields: object) -> Make:
    return lambda _records: fields


def own(record: Make, body: Make | None = None, *says: str) -> Entry:
    """Give an entry for a record of the owner's wallet."""
    return Entry(("owner", "second_device"), ("stranger",), record, body, says=frozenset(says))


def shop(record: Make, body: Make | None = None, *says: str) -> Entry:
    """Give an entry for a record of the merchant's, which all its tills share."""
    return Entry(("till", "second_till"), ("other_shop",), record, body, says=frozenset(says))


def any_wallet(body: Make | None = None, *says: str, record: Make | None = None) -> Entry:
    """Give an entry for what each wallet does with what is its own, or shown to all."""
    return Entry(WALLETS, (), record, body, says=frozenset(says))


def any_till(body: Make | None = None, *says: str) -> Entry:
    """Give an entry for what each till does with what is its own."""
    return Entry(TILLS, (), None, body, says=frozenset(says))


def bank(record: Make | None = None, body: Make | None = None, *says: str) -> Entry:
    """Give an entry for an act of the bank."""
    return Entry(BANK, (), record, body, says=frozenset(says))


#: Signed by the very key that they bring, so there is nobody else to try: see the test of it.
ENROLMENTS = {"POST /v1/customers", "POST /v1/merchants", "POST /v1/devices", "POST /v1/tills"}
#: Unsigned: anyone may, and whoever signs too.
OPEN = {
    "GET /healthz",
    "GET /openapi.json",
    "GET /docs",
    "GET /metrics",
    "GET /v1/service",
    "POST /v1/challenge",
    "POST /v1/lab/bank",
    "POST /v1/lab/clock",
}

_NOTHING = _body()
_POOR = "insufficient_funds"
_account: Make = lambda records: records.friend_wallet  # noqa: E731 - a column of the table
_wallet: Make = lambda records: records.wallet  # noqa: E731

ENTRIES: dict[str, Entry] = {
    # Charges and payments.
    "POST /v1/charges": any_till(_body(amount=cny(1))),
    "GET /v1/charges": any_till(),
    "GET /v1/charges/{id}": shop(Records.charge),
    "GET /v1/charges/{id}/receipt": shop(Records.paid_charge),
    "POST /v1/charges/{id}/close": shop(Records.charge, _NOTHING),
    "POST /v1/charges/{id}/reverse": shop(Records.paid_charge, _NOTHING),
    "POST /v1/charges/{id}/refunds": shop(Records.paid_charge, _body(amount=cny(1))),
    "GET /v1/refunds/{id}": shop(Records.refund),
    "GET /v1/codes/{token}": any_wallet(record=Records.token),
    "POST /v1/payments": any_wallet(Records.offer, "already_paid", _POOR),
    "GET /v1/payments/{id}": own(lambda records: records.payment()["id"]),
    "GET /v1/payments/{id}/receipt": own(lambda records: records.payment()["id"]),
    "POST /v1/payments/{id}/confirm": own(
        Records.waiting_payment, Records.confirmation, "signature_invalid"
    ),
    "POST /v1/payments/{id}/decline": own(Records.waiting_payment, _NOTHING),
    "GET /v1/pending": any_wallet(),
    # Static codes.
    "POST /v1/static-codes": any_till(_NOTHING),
    "GET /v1/static-codes/{token}": any_wallet(record=Records.static_code),
    "POST /v1/static-payments": any_wallet(
        lambda records: {
            "code": records.static_code(),
            "payee": records.merchant,
            "amount": cny(1),
        },
        _POOR,
    ),
    # The bank.
    "POST /v1/top-ups": any_wallet(_body(amount=cny(1))),
    "GET /v1/top-ups": any_wallet(),
    "GET /v1/top-ups/{id}": own(Records.top_up),
    "POST /v1/withdrawals": any_wallet(_body(amount=cny(1), fee=cny(0)), _POOR),
    "GET /v1/withdrawals": any_wallet(),
    "GET /v1/withdrawals/{id}": own(lambda records: records.withdrawal()["id"]),
    "POST /v1/withdrawals/{id}/confirm": own(
        lambda records: records.waits(records.withdrawal(LARGE)),
        Records.confirmation,
        "signature_invalid",
    ),
    "GET /v1/withdrawal-offer": Entry(WALLETS, query=_body(minor=100), says=frozenset({_POOR})),
    "GET /v1/settlements": any_till(),
    "GET /v1/settlements/{id}": shop(Records.settlement),
    "GET /v1/settlements/{id}/file": shop(Records.settlement),
    "POST /v1/admin/settlements": bank(
        None, lambda records: {"merchant": records.merchant}, "nothing_to_settle"
    ),
    "POST /v1/admin/sweeps": bank(None, _body(currency="CNY"), "nothing_to_sweep"),
    "GET /v1/admin/merchants-owed": bank(),
    "GET /v1/admin/unmatched": bank(),
    "POST /v1/admin/unmatched/{id}/match": bank(
        Records.stray, lambda records: {"wallet": records.wallet}
    ),
    # People.
    "GET /v1/people/{id}": any_wallet(record=_account),
    "POST /v1/personal-codes": any_wallet(_NOTHING),
    "GET /v1/personal-codes/{token}": any_wallet(record=Records.personal_code),
    "POST /v1/transfers": any_wallet(
        lambda records: {"to": records.friend_wallet, "amount": cny(1)}, _POOR
    ),
    "GET /v1/transfers": any_wallet(),
    "GET /v1/transfers/{id}": own(lambda records: records.transfer()["id"]),
    "POST /v1/transfers/{id}/confirm": own(
        lambda records: records.waits(records.transfer(LARGE)),
        Records.confirmation,
        "signature_invalid",
    ),
    "POST /v1/transfers/{id}/cancel": own(
        lambda records: records.waits(records.transfer(LARGE)), _NOTHING
    ),
    "GET /v1/admin/transfers": bank(),
    "POST /v1/admin/transfers/{id}/deliver": bank(
        lambda records: records.transfer()["id"], _NOTHING, "transfer_over"
    ),
    "POST /v1/requests": any_wallet(
        lambda records: {"payer": records.friend_wallet, "amount": cny(1)}
    ),
    "GET /v1/requests": any_wallet(),
    "GET /v1/requests/{id}": own(Records.request),
    "POST /v1/requests/{id}/pay": own(
        Records.request,
        lambda records: {"payee": records.friend_wallet, "amount": cny(1_00)},
        "request_over",
    ),
    "POST /v1/requests/{id}/decline": own(Records.request, _NOTHING),
    "POST /v1/requests/{id}/cancel": own(Records.own_request, _NOTHING),
    "POST /v1/splits": any_wallet(
        lambda records: {"amount": cny(3_00), "people": [records.friend_wallet]}
    ),
    "GET /v1/splits": any_wallet(),
    "GET /v1/splits/{id}": own(Records.split),
    "POST /v1/gifts": any_wallet(_body(amount=cny(1)), _POOR),
    "GET /v1/gifts": any_wallet(),
    "GET /v1/gifts/{id}": own(lambda records: records.gift()["id"]),
    "GET /v1/gifts/{id}/claims": own(lambda records: records.gift()["id"]),
    "POST /v1/gifts/{id}/confirm": own(
        lambda records: records.waits(records.gift(LARGE)),
        Records.confirmation,
        "signature_invalid",
    ),
    "POST /v1/gifts/{id}/cancel": own(lambda records: records.waits(records.gift(LARGE)), _NOTHING),
    "POST /v1/claims": any_wallet(lambda records: {"gift": records.open_gift()}, "gift_claimed"),
    "GET /v1/claims/{id}": own(Records.claim),
    # Papers and limits.
    "GET /v1/history": any_wallet(),
    "GET /v1/statement": Entry(WALLETS, query=lambda records: {"month": records.month()}),
    "GET /v1/limits": any_wallet(),
    "POST /v1/tier": any_wallet(_body(tier="IV"), "tier_not_above"),
    # The shop's day.
    "POST /v1/shifts": any_till(_NOTHING, "shift_open"),
    "GET /v1/shifts": any_till(),
    "GET /v1/shifts/{id}": shop(Records.shift),
    "GET /v1/shifts/{id}/report": shop(Records.shift),
    "POST /v1/shifts/{id}/close": Entry(
        ("till",), ("second_till", "other_shop"), Records.shift, _NOTHING
    ),
    # Events.
    "GET /v1/events": Entry((*WALLETS, *TILLS), query=_body(follow=0)),
    "POST /v1/webhooks": any_till(Records.hook),
    "GET /v1/webhooks": any_till(),
    "POST /v1/webhooks/{id}/remove": shop(Records.webhook, _NOTHING),
    "POST /v1/webhooks/{id}/test": shop(Records.webhook, _NOTHING),
    "GET /v1/webhooks/{id}/deliveries": shop(Records.webhook),
    "GET /v1/deliveries/{id}": shop(Records.delivery),
    "POST /v1/deliveries/{id}/resend": shop(Records.delivery, _NOTHING),
    # One's own account.
    "GET /v1/wallet": any_wallet(),
    "GET /v1/merchant": any_till(),
    "POST /v1/payer-codes": any_wallet(_body(counter=0)),
    "GET /v1/devices": any_wallet(),
    "GET /v1/tills": any_till(),
    "POST /v1/devices/{id}/approve": own(Records.waiting_device, _body(pin=PIN)),
    "POST /v1/devices/{id}/revoke": own(Records.waiting_device, _body(pin=PIN)),
    "POST /v1/tills/{id}/revoke": shop(Records.other_till, _NOTHING),
    "POST /v1/till-invites": any_till(Records.digest, "bad_request"),
    "POST /v1/wallet/freeze": any_wallet(_NOTHING),
    "POST /v1/wallet/unfreeze": any_wallet(_body(pin=PIN)),
    "POST /v1/merchant/freeze": any_till(_NOTHING),
    "POST /v1/merchant/unfreeze": any_till(_NOTHING),
    "POST /v1/pin": any_wallet(_body(pin=PIN, new_pin=PIN)),
    # The bank's administration.
    "GET /v1/admin/accounts": Entry(BANK, query=_body(name="a")),
    "GET /v1/admin/audit": bank(),
    "POST /v1/admin/invites": bank(None, lambda records: records.digest() | {"role": "customer"}),
    "POST /v1/admin/accounts/{id}/freeze": bank(_account, _body(reason="a test")),
    "POST /v1/admin/accounts/{id}/unfreeze": bank(_account, _NOTHING),
    "POST /v1/admin/accounts/{id}/unlock": bank(_account, _NOTHING),
    "POST /v1/admin/accounts/{id}/tier": bank(_account, _body(tier="III")),
    "POST /v1/admin/accounts/{id}/release": bank(_account, _NOTHING, "not_held"),
}
