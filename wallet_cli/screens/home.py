"""Home: the balance, what waits for me, what moved last, and where to go from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Digits, OptionList, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.money import figure, symbol
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.rows import Rows
from wallet_api.contract.wire import WalletCard
from wallet_cli.screens import movement_rows, waiting_rows
from wallet_cli.screens.check import Check
from wallet_cli.screens.places import PLACES
from wallet_cli.screens.widgets.standing import StandingRow
from wallet_cli.screens.widgets.tile import Tile
from wallet_cli.statement import Statements
from wallet_cli.waiting import Waiting, WaitingRoom
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.statement import Movement
    from wallet_cli.screens.app import WalletApp

#: So many of what waits, and of what moved, are seen at once.
FEW, LAST = 3, 5


class Balance(Panel[WalletCard]):
    """Whose wallet it is and what is in it."""

    FOLLOWS = (
        "payment.*",
        "refund.*",
        "transfer.*",
        "gift.*",
        "top_up.*",
        "withdrawal.*",
        "stray.*",
        "wallet.*",
    )

    def content(self) -> ComposeResult:
        """Give the name and the figure."""
        yield Static(id="owner", markup=False)
        with Horizontal(id="figure"):
            yield Static(id="currency", markup=False)
            yield Digits("", id="balance")
        yield Static(id="frozen", classes="bad", markup=False)

    def load(self) -> WalletCard:
        """Ask for the card."""
        return Wallet(self.desk.session).card()

    def show(self, value: WalletCard) -> None:
        """Fill in the name, the balance and whether anything stops payments."""
        self.query_one("#owner", Static).update(value.name)
        self.query_one("#balance", Digits).update(figure(value.balance))
        self.query_one("#currency", Static).update(symbol(value.balance.currency))
        frozen = _("✗ Frozen: nothing is paid from this wallet. d says more.")
        self.query_one("#frozen", Static).update(frozen if value.frozen_by else "")


class WaitingPanel(Panel["list[Waiting]"]):
    """How much waits for me, and the most urgent of it."""

    FOLLOWS = waiting_rows.FOLLOWS

    items: Sequence[Waiting] = ()

    def content(self) -> ComposeResult:
        """Give the count and the rows."""
        yield Static(id="count", classes="card-title", markup=False)
        yield Rows(waiting_rows.COLUMNS, id="waiting-rows")

    def load(self) -> list[Waiting]:
        """Ask for all that waits."""
        return WaitingRoom(self.desk.session).items()

    def show(self, value: list[Waiting]) -> None:
        """Fill it in; of more than a few the last row leads to all."""
        self.items = value
        self.set_class(not value, "empty")
        count = self.query_one("#count", Static)
        count.set_class(bool(value), "warn")
        if not value:
            count.update(_("✓ Nothing waits for you"))
            self.query_one(Rows).fill([])
            return
        count.update(_("◌ Waiting for you: {count}").format(count=len(value)))
        shown = value if len(value) <= FEW else value[: FEW - 1]
        rows = [waiting_rows.cells(item) for item in shown]
        if len(value) > FEW:
            rows.append(((_("w shows all of them"), ""), *((("", ""),) * 4)))
        self.query_one(Rows).fill(rows)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        place, shown = event.option_index, min(len(self.items), FEW)
        app = cast("WalletApp", self.app)
        item = self.items[place]
        act = None
        if len(self.items) <= FEW or place < shown - 1:
            act = waiting_rows.act_of(item.record) if item.kind != "present" else None
        if act is None:
            app.go("waiting")
        else:
            app.push_screen(Check(act), self._look_again)

    def _look_again(self, _done: bool | None) -> None:
        self.reload()


class MovementsPanel(Panel["list[Movement]"]):
    """What moved last."""

    FOLLOWS = Balance.FOLLOWS

    movements: Sequence[Movement] = ()

    def content(self) -> ComposeResult:
        """Give the rows."""
        yield Static(_("Last movements"), classes="card-title", markup=False)
        yield Rows(movement_rows.COLUMNS, id="movement-rows")
        yield Static(id="none", classes="muted", markup=False)

    def load(self) -> list[Movement]:
        """Ask for the last few."""
        return Statements(self.desk.session).page(limit=LAST).items

    def show(self, value: list[Movement]) -> None:
        """Fill them in, or say how to begin."""
        self.movements = value
        self.query_one(Rows).fill([movement_rows.cells(movement) for movement in value])
        none = _("No money yet: b tops up, r shows a code to be paid with.")
        line = self.query_one("#none", Static)
        line.update(none)
        line.display = not value

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        from wallet_cli.screens.movement import MovementScreen

        event.stop()
        self.app.push_screen(MovementScreen(self.movements[event.option_index]))


class Home(KitScreen[None]):
    """The first screen of an open wallet."""

    TITLE = N_("Home")
    CSS_PATH = "home.tcss"
    RESPEAKS = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        *(
            Binding(place.key, f"go('{place.id}')", place.title, id=f"go-{place.id}", show=False)
            for place in PLACES
            if len(place.key) == 1
        ),
        Binding("f1", "app.go('help')", N_("Help"), id="home-help"),
        Binding("ctrl+r,f5", "reload", N_("Refresh"), id="home-reload"),
        Binding("ctrl+q", "app.quit", N_("Quit"), id="home-quit", priority=True),
    ]

    def body(self) -> ComposeResult:
        """Give the parts of home."""
        with Container(id="panes"):
            with Vertical(id="main"):
                yield Balance(id="balance-panel")
                yield Static(id="asking", classes="warn", markup=False)
                yield WaitingPanel(id="waiting-panel")
                yield MovementsPanel(id="movements-panel")
            with Container(id="tiles"):
                for place in PLACES:
                    if place.key:
                        yield Tile(place)
        yield StandingRow(id="standing")

    def on_mount(self) -> None:
        """Say what is asked for already."""
        self.say_asking(self._wallet.earlier.asking)

    def on_screen_resume(self) -> None:
        """Show what became known meanwhile of earlier acts."""
        self._wallet.earlier.show()

    @property
    def _wallet(self) -> WalletApp:
        return cast("WalletApp", self.app)

    def say_asking(self, text: str) -> None:
        """Say that something has no known outcome, or no longer."""
        for line in self.query("#asking").results(Static):
            line.update(text)
            line.display = bool(text)

    def action_go(self, place: str) -> None:
        """Go to a place."""
        self.kit.action_go(place)
