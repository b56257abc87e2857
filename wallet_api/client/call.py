"""One call as its caller means it, encoded once so that every attempt sends the same bytes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from wallet_api.contract.signatures import NONCE_BYTES, READ_METHODS, encode_bytes
from wallet_api.contract.wire import ChallengeAnswer, ChallengeRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

#: Seconds in which a call must bring its next part, unless told otherwise.
READ_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request and the type of its answer; ``path`` and ``query`` are percent-encoded.

    ``insists`` says to send it again after an attempt whose answer was lost.
    """

    method: str
    path: str
    query: str
    body: bytes
    key: str | None
    answer: type[T]
    read_timeout: float
    signed: bool = True
    insists: bool = True

    @property
    def changes(self) -> bool:
        """Say whether the request may change anything."""
        return self.method not in READ_METHODS

    @property
    def target(self) -> str:
        """Give the request target (RFC 9112 section 3.2.1)."""
        return f"{self.path}?{self.query}" if self.query else self.path


def make_call(
    method: str,
    path: str,
    *,
    answer: type[T],
    body: object = None,
    key: str | None = None,
    query: Mapping[str, str | int | None] | None = None,
    read_timeout: float = READ_TIMEOUT,
    insist: bool = True,
) -> Call[T]:
    """Encode a call: ``path`` and ``query`` as plain text, ``body`` as anything msgspec encodes.

    Query fields that are None are left out.
    """
    fields = [(name, value) for name, value in (query or {}).items() if value is not None]
    return Call(
        method=method,
        path=quote(path),
        query=urlencode(fields, quote_via=quote),
        body=b"" if body is None else msgspec.json.encode(body),
        key=key,
        answer=answer,
        read_timeout=read_timeout,
        insists=insist,
    )


def make_challenge() -> tuple[str, Call[ChallengeAnswer]]:
    """Give a fresh nonce, and the unsigned call that has the service sign it."""
    nonce = encode_bytes(secrets.token_bytes(NONCE_BYTES))
    body = msgspec.json.encode(ChallengeRequest(nonce=nonce))
    call = Call(
        "POST", "/v1/challenge", "", body, None, ChallengeAnswer, READ_TIMEOUT, signed=False
    )
    return nonce, call
