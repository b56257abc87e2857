"""Webhooks on the wire, and their signature by Standard Webhooks 1.0.0 (standardwebhooks.com).

A delivery is a POST of one event as JSON with three header fields: ``webhook-id``, the same at each
attempt; ``webhook-timestamp``, the second of the attempt; and ``webhook-signature``, ``v1,`` and
the base64 text of HMAC-SHA-256 over ``id.timestamp.body`` under the webhook's secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING, Literal

from wallet_api.contract.fields import Id, Instant
from wallet_api.contract.wire import Answer, Body

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_PREFIX = "whsec_"  # noqa: S105 - what a secret begins with
VERSION = "v1,"
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
#: How old, or how far ahead, a delivery may be, in seconds.
TOLERANCE = 300

LONGEST_URL = 256
MOST_PATTERNS = 10
MOST_WEBHOOKS = 10

#: Seconds of business time from one attempt of a delivery to the next, the first at once.
SCHEDULE = (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600)


class WebhookRequest(Body, frozen=True, kw_only=True):
    """Have events sent to a URL; ``kinds`` are patterns such as ``charge.*``."""

    url: str
    kinds: list[str]


class Webhook(Answer, frozen=True, kw_only=True):
    """Where a merchant's events are sent. ``secret`` is there only when it is made."""

    id: Id
    url: str
    kinds: list[str]
    state: Literal["active", "disabled", "removed"]
    created_at: Instant
    secret: str | None = None


class Delivery(Answer, frozen=True, kw_only=True):
    """One event on its way to one webhook; ``id`` is its ``webhook-id``.

    ``status`` is the HTTP status of the last attempt, ``error`` why there was none; ``next_at`` is
    when it is tried next.
    """

    id: Id
    webhook: Id
    kind: str
    state: Literal["pending", "succeeded", "failed"]
    attempts: int
    created_at: Instant
    next_at: Instant | None = None
    tried_at: Instant | None = None
    status: int | None = None
    error: str | None = None


def secret_text(secret: bytes) -> str:
    """Write a secret as its owner is shown it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def secret_bytes(text: str) -> bytes:
    """Read a secret. Raises ValueError for what is none."""
    if not text.startswith(SECRET_PREFIX):
        raise ValueError("a secret begins with whsec_")
    try:
        return base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("the secret is not base64") from None


def signed_headers(secret: bytes, delivery: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Give the header fields of an attempt; ``timestamp`` is in seconds."""
    return {
        ID: delivery,
        TIMESTAMP: str(timestamp),
        SIGNATURE: VERSION + _signature(secret, delivery, str(timestamp), body),
    }


def is_authentic(secret: bytes, headers: Mapping[str, str], body: bytes, now: int) -> bool:
    """Check a delivery: one of its signatures is right, and it was sent about now, in seconds.

    ``headers`` are found by their lower-case names.
    """
    timestamp = headers.get(TIMESTAMP, "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    expected = VERSION + _signature(secret, headers.get(ID, ""), timestamp, body)
    given = headers.get(SIGNATURE, "").split()
    right = any(hmac.compare_digest(one.encode(), expected.encode()) for one in given)
    return right and abs(now - int(timestamp)) <= TOLERANCE


def _signature(secret: bytes, delivery: str, timestamp: str, body: bytes) -> str:
    signed = f"{delivery}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
