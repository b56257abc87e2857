"""What a client knows besides its connections: who it is, whom it calls, and what time it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.client.address import service_url
from wallet_api.contract.errors import ServiceChanged, SignatureInvalid
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.signatures import (
    Message,
    challenge_text,
    check_signature,
    decode_bytes,
    sign,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from wallet_api.contract.wire import ChallengeAnswer

DEFAULT_PATIENCE = 8.0


class Session:
    """A device's standing with one service.

    ``clock`` gives this machine's wall time in milliseconds. ``wall_offset_ms`` and
    ``business_offset_ms`` are what the service's two clocks showed more than it when they were
    last heard; a program may keep them and set them again at its next start.
    """

    def __init__(
        self,
        url: str,
        device: str | None,
        key: Ed25519PrivateKey | None,
        *,
        clock: Callable[[], int],
        patience: float,
    ) -> None:
        if (device is None) != (key is None):
            raise ValueError("a device signs with its key: give both or neither")
        self.url = service_url(url)
        self.authority = self.url.partition("//")[2]
        self.device = device
        self.clock = clock
        self.patience_ms = round(patience * 1000)
        self.wall_offset_ms = 0
        self.business_offset_ms = 0
        self._key = key

    @property
    def signs(self) -> bool:
        """Say whether there is a device key to sign with."""
        return self._key is not None

    def wall_ms(self) -> int:
        """Give the service's wall time now in milliseconds, as far as it is known."""
        return self.clock() + self.wall_offset_ms

    def business_ms(self) -> int:
        """Give the service's business time now in milliseconds, as far as it is known."""
        return self.clock() + self.business_offset_ms

    def learn_wall_time(self, seconds: object) -> bool:
        """Take the service's wall time from ``clock_skew``; say whether it is one.

        The bounds are those of the signature's ``created``, which has at most ten digits.
        """
        if not isinstance(seconds, int) or not 0 <= seconds < 10**10:
            return False
        self.wall_offset_ms = seconds * 1000 - self.clock()
        return True

    def learn_business_time(self, headers: Mapping[str, str]) -> int | None:
        """Take the business time in milliseconds from an answer's ``Wallet-Time``, if it is one."""
        try:
            business_ms = instant_ms(headers.get("wallet-time", ""))
        except ValueError:
            return None
        self.business_offset_ms = business_ms - self.clock()
        return business_ms

    def signature(self, message: Message) -> dict[str, str]:
        """Give the header fields that authenticate a request, new ones at each call."""
        assert self.device is not None
        assert self._key is not None
        return sign(message, self.device, self._key, self.wall_ms() // 1000)

    def check_proof(self, nonce: str, answer: ChallengeAnswer, public_key: bytes) -> None:
        """Check the service's answer to a challenge against its pinned key (32 bytes).

        Raises ServiceChanged when it was signed by another key.
        """
        statement = challenge_text(nonce, self.authority)
        try:
            check_signature(statement, decode_bytes(answer.signature), public_key)
        except SignatureInvalid:
            raise ServiceChanged(url=self.url) from None
