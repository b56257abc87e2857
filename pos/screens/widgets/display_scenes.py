"""The scenes of the customer's display, each made anew for what the till shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Center, Horizontal, HorizontalGroup, Vertical
from textual.widgets import Static

from payment_codes.amount import Amount
from pos.screens.widgets.big_amount import BigAmount
from pos.screens.widgets.block_figure import BlockFigure
from terminal_kit.language import _
from terminal_kit.screens.followed import once_drawn
from terminal_kit.screens.money import shown as written
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.screens.widgets.countdown import Countdown
from wallet_api.contract.instants import system_ms

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pos.display_feed import Shown, ShownItem

#: What a code in large, and the words beside it, need.
LARGE_COLUMNS, LARGE_ROWS = 132, 47
CHECK = """\
              ██
            ████
██        ████  
████    ████    
  ████████      
    ████        """  # noqa: W291 - its rows are of one width
PHONE = """\
╭─────────────╮
│     ╶─╴     │
│             │
│ ● ● ● ● ● ● │
│             │
╰─────────────╯"""


class Scene(Vertical):
    """One scene, for what is shown."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown

    def on_mount(self) -> None:
        """Count down to where there is an end."""
        for left in self.query(Countdown):
            left.count(self._shown.until, self._shown.life)


class Words(Scene):
    """A few words in the middle, under the shop's name, perhaps with a picture and an amount."""

    picture = ""
    tone = ""

    def headline(self) -> str:
        """Give what is said in large."""
        raise NotImplementedError

    def words(self) -> str:
        """Give what is said under it."""
        return ""

    def compose(self) -> ComposeResult:
        """Give the parts, from top to bottom."""
        yield Static(self._shown.shop, classes="shop", markup=False)
        yield Static(self.picture, classes=f"picture {self.tone}", markup=False)
        if self._shown.amount is not None:
            yield BlockFigure(self._shown.amount)
        with Center():
            yield Static(self.headline(), classes=f"headline {self.tone}", markup=False)
        yield Static(self.words(), classes="words muted", markup=False)
        if self._shown.until:
            with Center():
                yield Countdown(system_ms)


class Welcome(Words):
    """Nothing is being sold yet."""

    def headline(self) -> str:
        """Greet."""
        return _("Welcome")


class Closed(Words):
    """No till runs."""

    def headline(self) -> str:
        """Say so."""
        return _("This till is closed.")


class EnterPin(Words):
    """The customer's PIN is wanted."""

    picture = PHONE
    tone = "warn"

    def headline(self) -> str:
        """Ask for it."""
        return _("Enter your PIN on your phone")


class Thanks(Words):
    """The customer has paid."""

    picture = CHECK
    tone = "good"

    def headline(self) -> str:
        """Say so."""
        return _("✓ Paid")

    def words(self) -> str:
        """Thank."""
        return _("Thank you!")


class Ringing(Scene):
    """What is being rung up: the newest lines, and what they come to."""

    def compose(self) -> ComposeResult:
        """Give the lines over the total."""
        assert self._shown.amount is not None, "a sale comes to something"
        with Vertical(id="bill"):
            yield Static(self._shown.shop, classes="shop", markup=False)
            yield Static(id="more", classes="muted", markup=False)
            with Vertical(id="items"):
                for item in self._shown.items:
                    yield ItemRow(item)
            yield Static(_("Total"), id="total-name", markup=False)
            yield BlockFigure(self._shown.amount, id="total")

    def on_mount(self) -> None:
        """See how many lines there is room for."""
        once_drawn(self, self._fit)

    def on_resize(self) -> None:
        """Show more lines, or fewer."""
        once_drawn(self, self._fit)

    def _fit(self) -> None:
        room = self.query_one("#items").size.height
        rows = list(self.query(ItemRow))
        hidden = max(len(rows) - room, 0)
        for place, row in enumerate(rows):
            row.display = place >= hidden
        more = _("{count} more above").format(count=hidden) if hidden else ""
        self.query_one("#more", Static).update(more)


class ItemRow(HorizontalGroup):
    """One line: how many, what, and what they come to."""

    def __init__(self, item: ShownItem) -> None:
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """Give the three."""
        item = self._item
        total = Amount(item.quantity * item.price.minor, item.price.currency)
        many = "" if item.quantity == 1 else f"{item.quantity} ×"
        yield Static(many, classes="item-many", markup=False)
        yield Static(item.name, classes="item-name", markup=False)
        yield Static(written(total), classes="item-total", markup=False)


class Code(Scene):
    """The code to scan, as large as there is room, and the amount beside it."""

    def compose(self) -> ComposeResult:
        """Give the code and the words."""
        with Horizontal(id="scan"):
            with Vertical(id="code-side"):
                yield QrCode(id="code")
            with Vertical(id="beside"):
                yield Static(self._shown.shop, classes="shop", markup=False)
                yield BigAmount(self._shown.amount)
                yield Static(_("Scan to pay"), classes="headline", markup=False)
                yield Countdown(system_ms)

    def on_resize(self) -> None:
        """Draw the code as large as there is room."""
        size = self.app.size
        large = size.width >= LARGE_COLUMNS and size.height >= LARGE_ROWS
        self.query_one(QrCode).show(self._shown.payload, large=large)


SCENES: dict[str, type[Scene]] = {
    "closed": Closed,
    "idle": Welcome,
    "sale": Ringing,
    "code": Code,
    "confirming": EnterPin,
    "paid": Thanks,
}
