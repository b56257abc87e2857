"""Limits: what may be spent and held, what of it is used, when it renews, how to raise it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Static

from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.money import figure
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.countdown import bar
from wallet_api.contract.limits import LimitsCard
from wallet_cli.limits import Limits
from wallet_cli.screens.raising import Raising

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.limits import Cap, Tier

CAPS = {
    "single": N_("At once"),
    "day": N_("A day"),
    "year": N_("A year"),
    "static_code": N_("Static codes a day"),
    "balance": N_("To hold"),
}


class CapRow(HorizontalGroup):
    """One limit: its name, a bar of what is used, what is left, when it renews."""

    BAR_CELLS = 20

    def compose(self) -> ComposeResult:
        """Give the four parts."""
        for part in ("name", "bar", "left", "renews"):
            yield Static(classes=f"cap-{part}", markup=False)

    def show(self, name: str, cap: Cap) -> None:
        """Fill them in."""
        texts = {
            "name": name,
            "bar": bar(_used(cap), self.BAR_CELLS) if cap.limit is not None else "",
            "left": _left(cap),
            "renews": _renews(cap),
        }
        for part, text in texts.items():
            self.query_one(f".cap-{part}", Static).update(text)


def _used(cap: Cap) -> float:
    assert cap.limit is not None, "an endless limit has no bar"
    return cap.used.minor / max(cap.limit.minor, 1)


def _left(cap: Cap) -> str:
    if cap.limit is None:
        return _("no limit")
    if cap.left is None:
        return figure(cap.limit)
    said = _("{left} left of {limit}")
    return said.format(left=figure(cap.left), limit=figure(cap.limit))


def _renews(cap: Cap) -> str:
    if cap.renews_at is None:
        return ""
    return _("until {moment}").format(moment=local_time(cap.renews_at)[5:16])


class LimitsPanel(Panel[LimitsCard]):
    """All limits of the wallet."""

    FOLLOWS = ("payment.*", "transfer.*", "gift.*", "withdrawal.*", "tier.*", "risk.*", "top_up.*")

    card: LimitsCard | None = None

    def content(self) -> ComposeResult:
        """Give the tier, a row for each limit, and what goes without the PIN."""
        yield Static(id="tier", classes="card-title", markup=False)
        for name in CAPS:
            yield CapRow(id=f"cap-{name}")
        yield Static(id="pin-free", markup=False)
        yield Static(id="held", classes="bad", markup=False)

    def load(self) -> LimitsCard:
        """Ask for the limits."""
        return Limits(self.desk.session).card()

    def show(self, value: LimitsCard) -> None:
        """Fill them in."""
        self.card = value
        currency = value.pin_free_limit.currency
        tier = _("Tier {tier}, in {currency}").format(tier=value.tier, currency=currency)
        self.query_one("#tier", Static).update(tier)
        for name, title in CAPS.items():
            self.query_one(f"#cap-{name}", CapRow).show(_(title), getattr(value, name))
        free = _("Without the PIN: {left} more payments until {renews}, each up to {limit}.")
        self.query_one("#pin-free", Static).update(
            free.format(
                left=value.pin_free_left,
                renews=local_time(value.pin_free_renews_at)[:16],
                limit=figure(value.pin_free_limit),
            )
        )
        held = _("✗ The risk rule {rule} holds this wallet. Ask the bank to release it.")
        self.query_one("#held", Static).update(
            held.format(rule=value.held_by) if value.held_by else ""
        )


class LimitsScreen(KitScreen[None]):
    """The limits, and the way to a higher tier."""

    TITLE = N_("Limits")
    CSS_PATH = "limits.tcss"
    BINDINGS: ClassVar = [Binding("t", "raise_tier", N_("Raise the tier"), id="raise-tier")]

    def body(self) -> ComposeResult:
        """Give the limits and the button."""
        with VerticalScroll(classes="card", can_focus=False):
            yield LimitsPanel(id="limits")
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Raise the tier"), id="raise", disabled=True)

    @on(Panel.Loaded)
    def _offer(self) -> None:
        self.refresh_bindings()
        self.query_one("#raise", Button).disabled = self._next() is None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a higher tier only where there is one."""
        if action == "raise_tier":
            return self._next() is not None
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#raise")
    def action_raise_tier(self) -> None:
        """Ask for the evidence of the next tier."""
        tier = self._next()
        if tier is not None:
            self.app.push_screen(Raising(tier), partial(self._raised))

    def _raised(self, done: bool | None) -> None:
        if done:
            self.action_reload()

    def _next(self) -> Tier | None:
        panels = self.query(LimitsPanel)
        card = panels.first().card if panels else None
        return None if card is None else card.next_tier
