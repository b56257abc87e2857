"""Decoders that stand in for libraries: absent, blind, and ones that see what they are told."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from payment_codes.scan.decoder import Corners, Found, GreyPicture, Look, Sight

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

PLACE: Corners = ((10, 10), (90, 10), (90, 90), (10, 90))


class Seeing:
    """A decoder that sees one sight after the other and then nothing, and notes the pictures."""

    name = "seeing"

    def __init__(
        self, *sights: Sight, rounds: Iterable[tuple[str, ...]] = (), available: bool = True
    ) -> None:
        self.rounds = tuple(rounds)
        self.looked_at: list[GreyPicture] = []
        self._sights = iter(sights)
        self._available = available

    def available(self) -> bool:
        return self._available

    def opened(self) -> AbstractContextManager[Look]:
        return nullcontext(self._look)

    def _look(self, picture: GreyPicture) -> Sight:
        self.looked_at.append(picture)
        return next(self._sights, Sight())


def sight(*texts: str, place: Corners | None = PLACE) -> Sight:
    """Return QR codes with these texts in one place."""
    return Sight([Found(text, "qr", "seeing", place) for text in texts])
