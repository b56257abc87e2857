"""Sales put aside: kept sealed beside the till's profile, so that they outlast the program."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from pos.sale import Sale
from terminal_kit.folders import exclusive_lock
from terminal_kit.language import _
from terminal_kit.profiles import profile_folder
from terminal_kit.sealed import SealedFile
from wallet_api.contract.errors import NotFound, StoreUnavailable, Usage
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from terminal_kit.session import Session

FILE_NAME = "held.sealed"
LOCK_NAME = "held.lock"
LOCK_SECONDS = 5.0
MOST_HELD = 50


class HeldSale(msgspec.Struct, frozen=True, kw_only=True):
    """A sale, and when it was put aside in milliseconds of this machine's clock."""

    id: str
    held_at: int
    sale: Sale


class HeldSales:
    """The sales put aside at one till, oldest first. Every method raises StateDamaged, OSError."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._lock = folder / LOCK_NAME
        self._file = SealedFile(folder / FILE_NAME, key)

    @classmethod
    def of(cls, session: Session) -> HeldSales:
        """Give those of an open profile."""
        chosen = session.chosen
        return cls(profile_folder(chosen.program, chosen.profile), session.keys.state)

    def items(self) -> list[HeldSale]:
        """Give all of them."""
        return self._file.load(list[HeldSale]) or []

    def hold(self, sale: Sale, now: int) -> HeldSale:
        """Put a sale aside; durable on return. Raises Usage for an empty one or one too many."""
        held = _aside(sale, now)
        with self._changing() as items:
            if len(items) >= MOST_HELD:
                said = _("{most} sales are put aside already: take one up first.")
                raise Usage(reason=said.format(most=MOST_HELD))
            items.append(held)
        return held

    def resume(self, held_id: str, instead: Sale | None = None, now: int = 0) -> Sale:
        """Take a sale up again, and put the one ``instead`` aside in its place.

        Raises NotFound when another program of this till took it up.
        """
        with self._changing() as items:
            found = next((one for one in items if one.id == held_id), None)
            if found is None:
                raise NotFound(what="held sale")
            items.remove(found)
            if instead is not None:
                items.append(_aside(instead, now))
        return found.sale

    def drop(self, held_id: str) -> None:
        """Forget a sale for good; one that is gone already is no matter."""
        with self._changing() as items:
            items[:] = [one for one in items if one.id != held_id]

    @contextmanager
    def _changing(self) -> Iterator[list[HeldSale]]:
        try:
            with exclusive_lock(self._lock, LOCK_SECONDS):
                items = self.items()
                yield items
                self._file.save(items)
        except TimeoutError:
            raise StoreUnavailable(reason=_("Another program holds this till's sales.")) from None


def _aside(sale: Sale, now: int) -> HeldSale:
    if sale.is_empty:
        raise Usage(reason=_("There is nothing to put aside."))
    return HeldSale(id=new_id(now), held_at=now, sale=sale.rung_up())
