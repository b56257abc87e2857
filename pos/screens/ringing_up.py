"""Ringing up: the counter and its keys, whether a cashier or a hand scanner types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding

from pos.keypad import BACK, KEYS, POINT
from pos.ringing import Ringing
from pos.sale import Sale
from pos.screens.widgets.counter import Counter, Door
from pos.screens.widgets.earlier import Earlier
from pos.screens.widgets.keypad_grid import PLUS
from pos.screens.widgets.product_keys import LETTERS, ProductKey, ProductKeys
from pos.screens.widgets.tap import Tile
from terminal_kit.language import N_
from terminal_kit.screens.scanned import Scanned
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.timer import Timer

    from pos.products import Product
    from pos.screens.app import TillApp
    from terminal_kit.resuming import Outcome
    from terminal_kit.screens.scanned import PutBack

MINUS, COMMA = "-", ","


class RingingUp(KitScreen[None], Scanned):
    """Shows a sale and changes it by keys; a subclass gives what the letters of ``ACTS`` do.

    A letter waits until no scanner can be typing it, since it may do more than change the sale;
    everything else happens at once and is put back when it was part of a code.
    """

    CSS_PATH = "sale.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (40, "-tall")]  # noqa: RUF012 - Textual's
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (60, "-slim"), (78, "-narrow"), (110, "-wide")]  # noqa: RUF012
    RESPEAKS = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("up", "mark(-1)", N_("Line above"), id="line-up", show=False),
        Binding("down", "mark(1)", N_("Line below"), id="line-down", show=False),
        Binding("delete", "remove", N_("Take the line away"), id="line-remove", show=False),
        Binding("escape", "back", N_("Clear what is typed"), id="back", show=False),
    ]
    #: Actions by their letters.
    ACTS: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        super().__init__()
        Scanned.__init__(self)
        self._ringing: Ringing | None = None
        self._earlier: dict[str, Outcome] = {}
        self._waiting: list[str] = []
        self._pause: Timer | None = None
        self._letters: Mapping[str, Product] = {}
        #: Whether there is a counter: not before the first picture, nor while one is made anew.
        self._stands = False

    @property
    def ringing(self) -> Ringing:
        """What is rung up and typed."""
        if self._ringing is None:
            self._ringing = Ringing.of(Sale(currency=self.desk.session.profile.currency))
        return self._ringing

    @ringing.setter
    def ringing(self, ringing: Ringing) -> None:
        self._ringing = ringing
        self._show()

    def body(self) -> ComposeResult:
        """Give the counter."""
        yield Counter(self._earlier, id="counter")

    def on_mount(self) -> None:
        """Show the sale."""
        self._stands = True
        self._show()

    async def load(self) -> None:
        """Show what the counter shows besides the sale."""

    def on_screen_resume(self) -> None:
        """Show what may have changed meanwhile, to the customer too."""
        self._show()
        self.run_worker(self.load(), group="load", exclusive=True)

    def respeak(self) -> None:
        """Speak another language; the sale stays."""
        self.run_worker(self._respeak(), group="respeak")

    async def _respeak(self) -> None:
        self._stands = False
        await self.recompose()
        self._stands = True
        self._show()
        await self.load()

    def _show(self) -> None:
        ringing = self.ringing
        if self._stands:
            self.query_one(Counter).show(ringing)
        feed = cast("TillApp", self.app).feed
        if ringing.sale.is_empty:
            feed.idle()
        else:
            feed.sale(ringing.sale.rung, ringing.sale.total)

    def change(self, act: Callable[[Ringing], Ringing]) -> bool:
        """Do something to the sale; say what is against it and give False where it cannot be."""
        self.say("")
        try:
            self.ringing = act(self.ringing)
        except WalletError as error:
            self.refuse(told(error))
            return False
        return True

    def begin(self, sale: Sale | None = None) -> None:
        """Begin a new sale, or go on with one."""
        self.ringing = Ringing.of(sale or Sale(currency=self.ringing.sale.currency))

    def say(self, text: str, tone: str = "") -> None:
        """Say something under the lines, or nothing any more."""
        if self._stands:
            self.query_one(Counter).say(text, tone)

    def refuse(self, text: str) -> None:
        """Say what is wrong."""
        self.say(f"✗ {text}" if text else "", "bad")

    def before(self) -> PutBack:
        """Note the sale as it is: the digits of a code are no price."""
        ringing = self.ringing

        def put_back(then: Callable[[], None]) -> None:
            self._waiting.clear()
            self.ringing = ringing
            then()

        return put_back

    def takes(self, event: Key) -> bool:
        """Take the keys of the counter."""
        key = BACK if event.key == "backspace" else event.character or ""
        if not (event.is_printable or key == BACK):
            self._release()
            return False
        if key in self.ACTS or self._waiting:
            self._waiting.append(key)
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(self.scanning.gap, self._release)
        else:
            self._press(key)
        return True

    def _release(self) -> None:
        """Do what waited: a person pressed it."""
        waiting, self._waiting = self._waiting, []
        for key in waiting:
            if key in self.ACTS:
                self.call_later(self.run_action, self.ACTS[key])
            else:
                self._press(key)

    def _press(self, key: str) -> None:
        """Press a key that changes nothing but the sale."""
        product = self._letters.get(key)
        if product is not None:
            self._sell(product)
        elif key == PLUS:
            self.change(Ringing.more)
        elif key == MINUS:
            self.change(Ringing.fewer)
        elif key == COMMA or key in KEYS:
            # Enter is to charge then, whatever Tab went to before.
            self.set_focus(None)
            self.change(lambda ringing: ringing.press(POINT if key == COMMA else key))

    async def offer(self, products: Sequence[Product]) -> None:
        """Offer products by their quick keys."""
        self._letters = dict(zip(LETTERS, products, strict=False))
        if self._stands:
            await self.query_one(ProductKeys).show(products)

    def _sell(self, product: Product) -> None:
        self.change(lambda ringing: ringing.sell(product.name, product.price))

    @on(Tile.Tapped)
    def _tapped(self, event: Tile.Tapped) -> None:
        if isinstance(event.tile, ProductKey):
            self._sell(event.tile.product)
        elif isinstance(event.tile, Door):
            self.kit.go(event.tile.value)
        else:
            self._press(event.tile.value)

    def action_mark(self, step: int) -> None:
        """Mark a line above or below."""
        self.change(lambda ringing: ringing.mark(step))

    def action_remove(self) -> None:
        """Take the marked line away."""
        self.change(Ringing.remove)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc clears the keypad here: there is nothing to go back to."""
        return action == "back" or super().check_action(action, parameters)

    def action_back(self) -> None:
        """Clear the keypad, and what was said before."""
        if self._stands:
            self.query_one(Earlier).put_away()
        self.change(Ringing.clear_keypad)
