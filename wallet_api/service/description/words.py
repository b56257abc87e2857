"""What the API's description says beyond its operations: subjects, parameters, headers, keys."""

from __future__ import annotations

from typing import Any

from payment_codes.amount import LARGEST_MINOR
from wallet_api.contract.fields import ID_PATTERN
from wallet_api.contract.rules import LARGEST_PAGE, LONGEST_WAIT
from wallet_api.contract.statement import KINDS
from wallet_api.service.routes.table import DEFAULT_PAGE
from wallet_api.statement.filters import LONGEST_TEXT

Json = dict[str, Any]

ABOUT = """\
The bank's side of Terminal Wallet: customers' wallets, merchants' tills, and the books.

Every request but those of the subject `service` is signed by its device with Ed25519 (RFC 9421
HTTP Message Signatures). A read covers `@method`, `@authority`, `@path` and `@query`; a write also
`content-digest` (RFC 9530, SHA-256) and `idempotency-key`. The parameters are, in this order,
`created`, `keyid`, `alg`, `nonce` and `tag`, which is `terminal-wallet`. A signature is good for
60 s and once; a retry is signed anew with the same `Idempotency-Key`.

Amounts are whole minor units with an ISO 4217 currency; ids are UUIDv7 made by the client: the
`Idempotency-Key` of a creating request is the id of what it creates. A refusal is a problem
document (RFC 9457) whose `code` is listed with each operation and whose `money_moved` says whether
money moved: `null` means nobody knows yet, so ask by the id before doing anything else.
"""

SUBJECTS = {
    "service": "What anyone may ask: is the service there, who is it, and can it prove that.",
    "identity": "Enrolment, one's own card, payer codes.",
    "devices": "The devices of a wallet and the tills of a merchant.",
    "checkout": "Charges, payments, refunds and reversals.",
    "static_codes": "Codes to put on the counter: the payer types the amount.",
    "transfers": "Money from person to person.",
    "requests": "Asking for money, and sharing a bill.",
    "gifts": "Gifts: held until they are claimed, returned when they are not.",
    "limits": "Tiers and limits.",
    "banking": "Top-ups, withdrawals, settlements.",
    "statement": "What moved, and the papers about it.",
    "shop": "The shop's day: shifts and reports.",
    "events": "What happens, as it happens: streams and webhooks.",
    "administration": "Acts of the bank, signed by the admin key.",
    "lab": "Clock and faults, under --lab only.",
}

_CREATED = "created=1767225600"
_KEY = 'keyid="01890a5d-ac96-774b-bcce-b302099a8057"'

SIGNED_HEADERS: Json = {
    "Signature-Input": {
        "name": "Signature-Input",
        "in": "header",
        "required": True,
        "description": "What the signature covers, and its parameters (RFC 9421 section 4.1).",
        "schema": {"type": "string"},
        "example": f'sig=("@method" "@authority" "@path" "@query");{_CREATED};{_KEY};alg="ed25519"'
        ';nonce="AAAAAAAAAAAAAAAAAAAAAA";tag="terminal-wallet"',
    },
    "Signature": {
        "name": "Signature",
        "in": "header",
        "required": True,
        "description": "The Ed25519 signature of the signature base (RFC 9421 section 4.2).",
        "schema": {"type": "string", "pattern": "^sig=:[A-Za-z0-9+/]{85}[AQgw]==:$"},
    },
    "Content-Digest": {
        "name": "Content-Digest",
        "in": "header",
        "required": True,
        "description": "The SHA-256 of the body (RFC 9530 section 2).",
        "schema": {"type": "string", "pattern": "^sha-256=:[A-Za-z0-9+/]{43}=:$"},
    },
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A UUIDv7 made by the client, kept over all retries of one request. It is"
        " the id of what the request creates.",
        "schema": {"type": "string", "pattern": ID_PATTERN},
    },
}

HEADERS: Json = {
    "Wallet-Time": {
        "description": "The service's business time: what expiry and payer codes go by.",
        "required": True,
        "schema": {"type": "string", "format": "date-time"},
    },
    "Idempotent-Replay": {
        "description": "Present when this is the stored answer of an earlier request.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Retry-After": {
        "description": "When to come again, in seconds. Nothing happened.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
}

PATH = {"id": "The id of a record.", "token": "The 16 characters that a scanned code holds."}


def _moment(description: str) -> Json:
    return {
        "description": f"{description} A day of the bank's time zone, or RFC 3339.",
        "schema": {
            "type": "string",
            "anyOf": [{"format": "date"}, {"format": "date-time"}],
            "examples": ["2026-01-31", "2026-01-31T09:00:00.000Z"],
        },
    }


def _minor(description: str) -> Json:
    return {
        "description": description,
        "schema": {"type": "integer", "minimum": 0, "maximum": LARGEST_MINOR},
    }


PARAMETERS: dict[str, Json] = {
    "limit": {
        "description": "How many items a page may hold.",
        "schema": {
            "type": "integer",
            "minimum": 1,
            "maximum": LARGEST_PAGE,
            "default": DEFAULT_PAGE,
        },
    },
    "cursor": {
        "description": "Where the page begins: the `next` of the page before.",
        "schema": {"type": "string"},
    },
    "from": _moment("The first day, or the first moment."),
    "to": _moment("The last day, or the moment before which to end."),
    "kind": {
        "description": "One kind of movement.",
        "schema": {"type": "string", "enum": list(KINDS)},
    },
    "direction": {
        "description": "Into the wallet, or out of it.",
        "schema": {"type": "string", "enum": ["in", "out"]},
    },
    "min": _minor("The least amount, in minor units."),
    "max": _minor("The largest amount, in minor units."),
    "q": {
        "description": "Part of the other side's name, of a note, a reference or an id.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
    },
    "month": {
        "description": "A month of the bank's time zone.",
        "schema": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"},
        "required": True,
    },
    "minor": _minor("An amount, in minor units.") | {"required": True},
    "name": {
        "description": "A part of a name, or an id.",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    },
    "follow": {
        "description": "0 ends the stream at the last event there is, 1 goes on.",
        "schema": {"type": "integer", "enum": [0, 1], "default": 1},
    },
    "wait": {
        "description": f"Wait for a change for so many seconds, {LONGEST_WAIT} at most.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 999},
    },
}


def _signature(description: str) -> Json:
    return {"type": "apiKey", "in": "header", "name": "Signature", "description": description}


SECURITY: Json = {
    "wallet": _signature("Signed by a device of a customer."),
    "till": _signature("Signed by a till of a merchant."),
    "admin": _signature("Signed by the bank's admin key."),
    "enrolling": _signature("Signed by the very key that the body brings."),
}
