"""The signature of a webhook: as the standard's own example, and for nobody else's secret."""

from __future__ import annotations

import base64
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_api.contract.events import KINDS, is_pattern, matches
from wallet_api.contract.webhooks import (
    ID,
    SIGNATURE,
    TIMESTAMP,
    TOLERANCE,
    is_authentic,
    secret_bytes,
    secret_text,
    signed_headers,
)

#: The example of the reference libraries of Standard Webhooks.
SECRET = secret_bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
DELIVERY, SECOND, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_example_of_the_standard() -> None:
    headers = signed_headers(SECRET, DELIVERY, SECOND, BODY)
    assert headers == {ID: DELIVERY, TIMESTAMP: str(SECOND), SIGNATURE: EXPECTED}
    assert is_authentic(SECRET, headers, BODY, SECOND)


def test_another_program_computes_the_same() -> None:
    """openssl, given the key and the text, and nothing of ours."""
    signed = f"{DELIVERY}.{SECOND}.".encode() + BODY
    key = f"hexkey:{SECRET.hex()}"
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", key, "-binary"]
    digest = subprocess.run(command, input=signed, capture_output=True, check=True).stdout
    assert f"v1,{base64.b64encode(digest).decode()}" == EXPECTED


@pytest.mark.parametrize(
    "changed",
    [
        {SIGNATURE: ""},
        {SIGNATURE: EXPECTED.removeprefix("v1,")},
        {SIGNATURE: EXPECTED.replace("v1,", "v2,")},
        {SIGNATURE: EXPECTED[:-2] + "A="},
        {SIGNATURE: "v1,é"},
        {ID: "msg_other"},
        {TIMESTAMP: str(SECOND + 1)},
        {TIMESTAMP: f"{SECOND}.0"},
        {TIMESTAMP: "９"},
        {TIMESTAMP: ""},
    ],
)
def test_anything_changed_is_refused(changed: dict[str, str]) -> None:
    headers = signed_headers(SECRET, DELIVERY, SECOND, BODY) | changed
    assert not is_authentic(SECRET, headers, BODY, SECOND)


def test_one_right_signature_among_several_is_enough() -> None:
    headers = signed_headers(SECRET, DELIVERY, SECOND, BODY)
    headers[SIGNATURE] = f"v1,AAAA v1a,BBBB {EXPECTED}"
    assert is_authentic(SECRET, headers, BODY, SECOND)


@pytest.mark.parametrize(("off", "right"), [(0, True), (TOLERANCE, True), (TOLERANCE + 1, False)])
def test_the_time_of_a_delivery(off: int, *, right: bool) -> None:
    headers = signed_headers(SECRET, DELIVERY, SECOND, BODY)
    assert is_authentic(SECRET, headers, BODY, SECOND + off) == right
    assert is_authentic(SECRET, headers, BODY, SECOND - off) == right


@given(secret=st.binary(min_size=24, max_size=64), other=st.binary(min_size=24, max_size=64))
def test_only_the_secret_that_signed_verifies(secret: bytes, other: bytes) -> None:
    assert secret_bytes(secret_text(secret)) == secret
    headers = signed_headers(secret, DELIVERY, SECOND, BODY)
    assert is_authentic(other, headers, BODY, SECOND) == (secret == other)


@pytest.mark.parametrize("text", ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_?", "whsec_MfK"])
def test_what_is_no_secret(text: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        secret_bytes(text)


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("*", {"charge.created", "charge.refunded", "payment.failed"}),
        ("charge.*", {"charge.created", "charge.refunded"}),
        ("charge.created", {"charge.created"}),
        ("char.*", set()),
        ("charge", set()),
    ],
)
def test_patterns(pattern: str, meant: set[str]) -> None:
    kinds = ("charge.created", "charge.refunded", "payment.failed")
    assert {kind for kind in kinds if matches(pattern, kind)} == meant


@pytest.mark.parametrize("text", ["*", "charge.*", "charge.succeeded", "webhook.disabled"])
def test_what_a_webhook_can_ask_for(text: str) -> None:
    assert is_pattern(text)


@pytest.mark.parametrize("text", ["", "charge", "charge.", "pay*", "payment.*", "charge.x", "**"])
def test_what_a_webhook_cannot_ask_for(text: str) -> None:
    assert not is_pattern(text)


def test_every_kind_is_named_alike() -> None:
    for kind in KINDS:
        assert kind.count(".") == 1
        assert kind.replace(".", "").replace("_", "").isalpha()
        assert kind == kind.lower()
