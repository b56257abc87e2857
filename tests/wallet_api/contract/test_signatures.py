"""The exact profile agrees with the well-kept library, and no change goes unnoticed."""

from __future__ import annotations

import re
import string
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, algorithms
from http_message_signatures.resolvers import MappingKeyResolver
from hypothesis import assume, given
from hypothesis import strategies as st

from wallet_api.contract.errors import SignatureInvalid
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import (
    READ_COMPONENTS,
    TAG,
    WRITE_COMPONENTS,
    Message,
    approval_text,
    challenge_text,
    check,
    check_signature,
    claim,
    content_digest,
    decode_bytes,
    encode_bytes,
    sign,
)

if TYPE_CHECKING:
    from http_message_signatures.structures import PreparedSignature

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key()
PUBLIC_BYTES = PUBLIC.public_bytes_raw()
DEVICE = new_id()

PIECE = r"([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})"
PATHS = st.from_regex(rf"(/{PIECE}{{0,12}}){{1,4}}", fullmatch=True)
QUERIES = st.from_regex(rf"{PIECE}{{0,30}}", fullmatch=True)
AUTHORITIES = st.sampled_from(["127.0.0.1:8417", "localhost:8417", "bank.example", "[::1]:99"])

READS = st.builds(Message, st.just("GET"), AUTHORITIES, PATHS, QUERIES)
WRITES = st.builds(
    Message,
    st.sampled_from(["POST", "PUT", "DELETE"]),
    AUTHORITIES,
    PATHS,
    QUERIES,
    st.binary(max_size=200),
    st.uuids(version=4).map(str),
)
MESSAGES = st.one_of(READS, WRITES)


@dataclass(frozen=True)
class Signed:
    """A request with its signature, as it arrives."""

    message: Message
    headers: dict[str, str]


def now() -> int:
    return int(time.time())


def signed(message: Message) -> Signed:
    made = sign(message, DEVICE, KEY, now())
    return Signed(message, {name.lower(): value for name, value in made.items()})


def accepts(request: Signed) -> bool:
    try:
        check(claim(request.message, request.headers), PUBLIC_BYTES)
    except SignatureInvalid:
        return False
    return True


def as_library_request(message: Message, headers: dict[str, str]) -> SimpleNamespace:
    query = f"?{message.query}" if message.query else ""
    url = f"http://{message.authority}{message.path}{query}"
    return SimpleNamespace(method=message.method, url=url, headers=headers)


def keys() -> MappingKeyResolver:
    return MappingKeyResolver(public_keys={DEVICE: PUBLIC}, private_keys={DEVICE: KEY})


@given(MESSAGES)
def test_the_library_verifies_what_we_sign(message: Message) -> None:
    headers = sign(message, DEVICE, KEY, now())
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=keys())
    (result,) = verifier.verify(
        as_library_request(message, headers),
        expect_tag=TAG,
        expect_label="sig",
        require_components=READ_COMPONENTS if message.is_read else WRITE_COMPONENTS,
        body=None if message.is_read else message.body,
    )
    assert result.parameters["keyid"] == DEVICE


@given(MESSAGES, st.binary(min_size=16, max_size=16))
def test_we_verify_what_the_library_signs(message: Message, nonce: bytes) -> None:
    headers: dict[str, str] = {}
    if not message.is_read:
        headers["Content-Digest"] = content_digest(message.body)
        headers["Idempotency-Key"] = message.idempotency_key or ""
    request = as_library_request(message, headers)
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys())
    prepared = signer.prepare(
        request,
        key_id=DEVICE,
        created=datetime.fromtimestamp(now(), UTC),
        nonce=encode_bytes(nonce),
        tag=TAG,
        label="sig",
        covered_component_ids=READ_COMPONENTS if message.is_read else WRITE_COMPONENTS,
        use_existing_digest=not message.is_read,
    )
    ordered = in_our_order(prepared)
    # The library refuses to apply a signature base that it would not have built itself.
    signer.apply(request, ordered, KEY.sign(ordered.signature_base))
    assert accepts(Signed(message, {name.lower(): value for name, value in headers.items()}))


def in_our_order(prepared: PreparedSignature) -> PreparedSignature:
    """Put the library's parameters into the order of the profile."""
    components, _, parameters = prepared.signature_params.partition(")")
    found = dict(re.findall(r";(\w+)=([^;]+)", parameters))
    names = ("created", "keyid", "alg", "nonce", "tag")
    ordered = components + ")" + "".join(f";{name}={found[name]}" for name in names)
    base = prepared.signature_base.replace(
        prepared.signature_params.encode("ascii"), ordered.encode("ascii")
    )
    return replace(prepared, signature_params=ordered, signature_base=base)


PARTS = {
    "method": lambda message, text: replace(message, method=text),
    "authority": lambda message, text: replace(message, authority=text),
    "path": lambda message, text: replace(message, path=text),
    "query": lambda message, text: replace(message, query=text),
    "idempotency_key": lambda message, text: replace(message, idempotency_key=text),
}


@given(MESSAGES, st.sampled_from(sorted(PARTS)), st.data())
def test_one_changed_character_of_any_covered_part_is_refused(
    message: Message, part: str, data: st.DataObject
) -> None:
    request = signed(message)
    assert accepts(request)
    text = getattr(message, part)
    assume(text)
    changed = data.draw(one_character_changed(text))
    # An authority is the same in upper and in lower case (RFC 9421 section 2.2.3).
    assume(part != "authority" or changed.lower() != text)
    assert not accepts(replace(request, message=PARTS[part](message, changed)))


@given(MESSAGES, st.data())
def test_one_changed_character_of_any_signature_field_is_refused(
    message: Message, data: st.DataObject
) -> None:
    request = signed(message)
    # The service reads the idempotency key into the message: the test above covers it.
    field = data.draw(st.sampled_from(sorted(request.headers.keys() - {"idempotency-key"})))
    changed = data.draw(one_character_changed(request.headers[field]))
    assert not accepts(replace(request, headers=request.headers | {field: changed}))


@st.composite
def one_character_changed(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text) - 1))
    put = draw(st.sampled_from(string.printable).filter(lambda character: character != text[at]))
    return text[:at] + put + text[at + 1 :]


def test_a_signature_has_one_spelling() -> None:
    request = signed(Message("GET", "localhost", "/v1/wallet"))
    text = request.headers["signature"]
    digits = string.ascii_letters + string.digits + "+/"
    spellings = {text[:-4] + digit + text[-3:] for digit in digits}
    accepted = [
        spelling
        for spelling in spellings
        if accepts(replace(request, headers=request.headers | {"signature": spelling}))
    ]
    assert accepted == [text]


@given(WRITES, st.binary(min_size=1, max_size=200), st.data())
def test_one_changed_byte_of_the_body_is_refused(
    message: Message, body: bytes, data: st.DataObject
) -> None:
    message = replace(message, body=body)
    changed = bytearray(body)
    changed[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    request = signed(message)
    other = replace(message, body=bytes(changed))
    assert not accepts(replace(request, message=other))
    forged = request.headers | {"content-digest": content_digest(other.body)}
    assert not accepts(Signed(other, forged))


@given(MESSAGES, st.sampled_from(["signature", "signature-input", "content-digest"]))
def test_a_missing_field_is_refused(message: Message, field: str) -> None:
    request = signed(message)
    assume(field in request.headers)
    del request.headers[field]
    assert not accepts(request)


@given(MESSAGES)
def test_a_claim_says_who_signed_when_and_with_which_nonce(message: Message) -> None:
    headers = {name.lower(): value for name, value in sign(message, DEVICE, KEY, 42).items()}
    claimed = claim(message, headers)
    assert (claimed.device, claimed.created) == (DEVICE, 42)
    assert f'nonce="{claimed.nonce}"' in headers["signature-input"]


def test_the_same_request_is_never_signed_the_same_way_twice() -> None:
    message = Message("GET", "localhost", "/v1/wallet")
    made = [sign(message, DEVICE, KEY, 1_800_000_000) for _ in range(50)]
    assert len({headers["Signature"] for headers in made}) == 50


def test_another_devices_key_is_refused() -> None:
    request = signed(Message("GET", "localhost", "/v1/wallet"))
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(SignatureInvalid):
        check(claim(request.message, request.headers), other)
    with pytest.raises(SignatureInvalid):
        check(claim(request.message, request.headers), other[:31])


def test_parameters_beyond_the_profile_are_refused() -> None:
    request = signed(Message("GET", "localhost", "/v1/wallet"))
    given_input = request.headers["signature-input"]
    for changed in (
        given_input + ';expires="1"',
        given_input.replace('"@query"', '"@query" "date"'),
        given_input.replace("ed25519", "hmac-sha256"),
        given_input + ", " + given_input.replace("sig=", "two="),
    ):
        assert not accepts(replace(request, headers=request.headers | {"signature-input": changed}))


@given(st.text(max_size=60), st.text(max_size=120), st.text(max_size=120))
def test_hostile_fields_are_refused_and_nothing_else(path: str, given: str, signature: str) -> None:
    message = Message("GET", "localhost", path)
    assert not accepts(Signed(message, {"signature-input": given, "signature": signature}))


@pytest.mark.parametrize("part", ["path", "query", "authority", "idempotency_key"])
def test_text_beyond_ascii_is_refused(part: str) -> None:
    request = signed(Message("POST", "localhost", "/v1/payments", "a=1", b"{}", new_id()))
    assert not accepts(replace(request, message=PARTS[part](request.message, "付款")))


@given(st.binary(max_size=80))
def test_bytes_have_one_spelling(value: bytes) -> None:
    assert decode_bytes(encode_bytes(value)) == value


@pytest.mark.parametrize("text", ["A", "AB", "AA==", "A A", "AA\n", "+/+/", "é", "-_-_="])
def test_other_spellings_of_bytes_are_refused(text: str) -> None:
    with pytest.raises(SignatureInvalid):
        decode_bytes(text)


TERMS = ("payment", "payee", 1250, "CNY", "2026-01-31T09:00:00.000Z", "service")
OTHER_TERMS = ("payment2", "payee2", 1251, "EUR", "2026-01-31T09:00:00.001Z", "service2")


@pytest.mark.parametrize("at", range(len(TERMS)))
def test_an_approval_is_void_once_any_of_its_terms_changes(at: int) -> None:
    signature = KEY.sign(approval_text(*TERMS))
    check_signature(approval_text(*TERMS), signature, PUBLIC_BYTES)
    terms = list(TERMS)
    terms[at] = OTHER_TERMS[at]
    with pytest.raises(SignatureInvalid):
        check_signature(approval_text(*terms), signature, PUBLIC_BYTES)  # type: ignore[arg-type]


def test_a_challenge_is_bound_to_nonce_and_authority_and_is_no_approval() -> None:
    texts = {
        challenge_text("nonce", "localhost:1"),
        challenge_text("nonce2", "localhost:1"),
        challenge_text("nonce", "localhost:2"),
        approval_text(*TERMS),
    }
    assert len(texts) == 4
    assert challenge_text("nonce", "LOCALHOST:1") in texts
