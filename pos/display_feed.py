"""What the customer is shown on a second terminal, from the till that shows it to the display.

Both are programs of one profile on one machine: the till replaces a sealed file in the profile's
folder, and holds a lock as long as it runs; the display looks at both. No network lies between.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

import msgspec

from payment_codes.amount import Amount
from terminal_kit.diagnostics import say
from terminal_kit.folders import exclusive_lock, is_held
from terminal_kit.language import _
from terminal_kit.profiles import profile_folder
from terminal_kit.sealed import SealedFile
from terminal_kit.words import system_reason
from wallet_api.contract.errors import StateDamaged
from wallet_api.contract.instants import instant_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from terminal_kit.receipts.purchase import Item
    from terminal_kit.session import Session
    from wallet_api.contract.wire import Charge

FILE_NAME = "display.sealed"
LOCK_NAME = "display.lock"
#: Seconds to wait for a display that looks at the lock just now.
LOCK_SECONDS = 0.5
END_SECONDS = 2.0

Scene = Literal["idle", "sale", "code", "confirming", "paid"]


class ShownItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the sale: what, how often, and the price of one."""

    name: str
    quantity: int
    price: Amount


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer sees.

    ``number`` tells one thing shown from the next. ``until`` is when the code, or the time for the
    PIN, ends, in milliseconds of this machine's wall time; ``life`` is that whole time.
    """

    scene: Scene = "idle"
    number: int = 0
    shop: str = ""
    items: list[ShownItem] = []
    amount: Amount | None = None
    payload: str = ""
    until: int = 0
    life: int = 0


class DisplayFeed:
    """The till's side. Every call may come from any thread and returns at once.

    A thread of its own writes what was shown last; what nobody could have seen meanwhile is left
    out. A second till on the same profile shows nothing as long as the first one runs.
    """

    def __init__(self, session: Session) -> None:
        folder = profile_folder(session.chosen.program, session.chosen.profile)
        self._session = session
        self._file = SealedFile(folder / FILE_NAME, session.keys.state)
        self._lock = folder / LOCK_NAME
        self._changed = threading.Condition()
        self._latest: Callable[[], Shown] = Shown
        self._next: Callable[[], Shown] | None = None
        self._closed = False
        self._writer: threading.Thread | None = None
        self._shop = ""

    def named(self, shop: str) -> None:
        """Take the shop's name, which stands over everything that is shown."""
        self._shop = shop
        self._show(self._latest)

    def idle(self) -> None:
        """Show the shop's name and a welcome."""
        self._show(Shown)

    def sale(self, items: Sequence[Item], total: Amount) -> None:
        """Show the sale that is being rung up: its lines and what they come to.

        Without a line nothing is being sold.
        """
        if not items:
            self.idle()
            return
        lines = [
            ShownItem(name=item.name, quantity=item.quantity, price=item.price) for item in items
        ]
        self._show(lambda: Shown(scene="sale", items=lines, amount=total))

    def code(self, charge: Charge) -> None:
        """Show a charge's code in large, with its amount."""
        self._show(lambda: self._waiting("code", charge))

    def confirming(self, charge: Charge) -> None:
        """Ask the customer for the PIN on the phone."""
        self._show(lambda: self._waiting("confirming", charge))

    def paid(self, charge: Charge) -> None:
        """Show that a charge is paid, and thank."""
        self._show(lambda: Shown(scene="paid", shop=charge.merchant, amount=charge.amount))

    def close(self) -> None:
        """Write what was shown last and let go of the display; blocks for a moment."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._writer is not None:
            self._writer.join(END_SECONDS)

    def _waiting(self, scene: Scene, charge: Charge) -> Shown:
        assert charge.expires_at is not None, "what waits for a payer expires"
        until = instant_ms(charge.expires_at)
        return Shown(
            scene=scene,
            shop=charge.merchant,
            amount=charge.amount,
            payload=charge.payload or "",
            until=until - self._session.client.business_offset_ms,
            life=until - instant_ms(charge.created_at),
        )

    def _show(self, make: Callable[[], Shown]) -> None:
        with self._changed:
            self._latest = self._next = make
            self._changed.notify()
            if self._closed or (self._writer is not None and self._writer.is_alive()):
                return
            self._writer = threading.Thread(target=self._write, name="display", daemon=True)
            self._writer.start()

    def _write(self) -> None:
        """Write whatever comes, as long as the till runs."""
        try:
            with exclusive_lock(self._lock, LOCK_SECONDS):
                before = self._before()
                while (make := self._wait()) is not None:
                    shown = make()
                    self._shop = shown.shop or self._shop or before.shop
                    before = msgspec.structs.replace(
                        shown, number=before.number + 1, shop=self._shop
                    )
                    self._file.save(before)
        except TimeoutError:
            return  # Another till has the display; the next thing to show asks again.
        except OSError as error:
            said = _("The customer display shows nothing new: {reason}.")
            say(said.format(reason=system_reason(error)))

    def _before(self) -> Shown:
        try:
            return self._file.load(Shown) or Shown()
        except StateDamaged:
            return Shown()

    def _wait(self) -> Callable[[], Shown] | None:
        """Give what is to be shown next, or nothing once the till ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._next is not None or self._closed)
            make, self._next = self._next, None
            return make


class DisplayWatch:
    """The display's side: looks at what the till last wrote, and whether it still runs."""

    def __init__(self, session: Session) -> None:
        folder = profile_folder(session.chosen.program, session.chosen.profile)
        self._path = folder / FILE_NAME
        self._file = SealedFile(self._path, session.keys.state)
        self._lock = folder / LOCK_NAME
        self._seen: tuple[int, int] | None = None
        self._shown = Shown()

    def look(self) -> Shown | None:
        """Give what is to be shown now, or None while no till runs; cheap when nothing changed.

        Raises StateDamaged, OSError.
        """
        if not is_held(self._lock):
            return None
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return Shown()
        seen = status.st_ino, status.st_mtime_ns
        if seen != self._seen:
            self._shown = self._file.load(Shown) or Shown()
            self._seen = seen
        return self._shown
