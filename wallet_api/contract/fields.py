"""The types of fields, with what the API's description says of their form.

They describe and do not check: a use case refuses a wrong value with a sentence of its own.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from payment_codes.amount import LARGEST_MINOR, Amount
from wallet_api.contract.rules import (
    LARGEST_COUNTER,
    LONGEST_CHARGE_LIFE,
    LONGEST_GIFT_LIFE,
    LONGEST_LAB_STEP,
    MOST_GIFT_SHARES,
    SHORTEST_GIFT_LIFE,
)

ID_PATTERN = "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
TOKEN_PATTERN = "^[0-9A-HJKMNP-TV-Z]{16}$"  # noqa: S105 - a form, no secret


def _form(example: object, **keywords: Any) -> Meta:  # noqa: ANN401 - JSON Schema keywords
    return Meta(extra_json_schema={**keywords, "examples": [example]})


Id = Annotated[str, _form("01890a5d-ac96-774b-bcce-b302099a8057", pattern=ID_PATTERN)]
"""A UUIDv7 in its canonical form (RFC 9562)."""

Instant = Annotated[str, _form("2026-01-31T09:00:00.000Z", format="date-time")]
"""A moment of RFC 3339, in UTC with milliseconds."""

Currency = Annotated[str, _form("CNY", pattern="^[A-Z]{3}$")]
"""An alphabetic code of ISO 4217."""

Key = Annotated[
    str, _form("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", pattern="^[A-Za-z0-9_-]{43}$")
]
"""32 bytes of a public key as base64url text without padding."""

Signature = Annotated[str, _form("A" * 86, pattern="^[A-Za-z0-9_-]{86}$")]
"""64 bytes of an Ed25519 signature as base64url text without padding."""

Token = Annotated[str, _form("0123456789ABCDEF", pattern=TOKEN_PATTERN)]
"""16 characters of Crockford's base 32."""

Pin = Annotated[str, _form("314159", pattern="^[0-9]{6}$")]
"""Six digits."""

Name = Annotated[str, _form("Tea House", minLength=1, maxLength=64)]
"""Plain text of 1 to 64 columns."""

InviteCode = Annotated[str, _form("7Q2M-0XAB-KD91-ZV5T", minLength=16, maxLength=64)]
"""An invitation as a person types it: 16 characters of Crockford's base 32, dashes as you like."""

Digest = Annotated[
    str, _form("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", pattern="^[A-Za-z0-9_-]{43}$")
]
"""32 bytes of SHA-256 as base64url text without padding."""

Category = Annotated[str, _form("5812", pattern="^[0-9]{4}$")]
"""A merchant category code (ISO 18245)."""

Reference = Annotated[str, _form("TABLE7", pattern="^[0-9A-Z]{1,12}$")]
"""A merchant's own reference, which goes into the code: 1 to 12 capital letters or digits."""

PayerCode = Annotated[str, _form("781234567890123456", pattern="^78[0-9]{16}$")]
"""The 18 digits that a wallet shows."""

Nonce = Annotated[str, _form("0123456789abcdef", pattern="^[ -~]{16,64}$")]
"""16 to 64 printable ASCII characters."""

Counter = Annotated[int, _form(16, minimum=0, maximum=LARGEST_COUNTER)]
"""The number of a presentation of a payer's code."""

Life = Annotated[int, _form(300, minimum=1, maximum=LONGEST_CHARGE_LIFE)]
"""How long a charge stays payable, in seconds of business time."""

GiftLife = Annotated[int, _form(86_400, minimum=SHORTEST_GIFT_LIFE, maximum=LONGEST_GIFT_LIFE)]
"""How long a gift waits to be claimed, in seconds of business time."""

Shares = Annotated[int, _form(1, minimum=1, maximum=MOST_GIFT_SHARES)]
"""How many may claim from a gift."""

Step = Annotated[int, _form(60, minimum=0, maximum=LONGEST_LAB_STEP)]
"""How far the business clock moves, in seconds."""

PositiveAmount = Annotated[
    Amount,
    Meta(extra_json_schema={"properties": {"minor": {"minimum": 1, "maximum": LARGEST_MINOR}}}),
]
"""More than nothing, and at most 12 digits of minor units."""
