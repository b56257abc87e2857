"""The outcome of a movement of money: a screen of its own, in words and a mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.marks import mark_of, tone_of
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.error_base import WalletError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to say: a state of the table of marks, its headline, an amount, facts by name.

    ``id`` is the full id that ``c`` copies.
    """

    state: str
    headline: str
    amount: str = ""
    facts: Sequence[tuple[str, str]] = field(default=())
    id: str = ""


def refused(error: WalletError, headline: str = "") -> Outcome:
    """Give the outcome of a refusal: what happened, whether money moved, what to do next."""
    state = "failed" if error.decides else "unknown"
    said = headline or (_("Not done") if error.decides else _("Outcome unknown"))
    return Outcome(state, said, facts=(("", told(error)),))


class OutcomeScreen(KitScreen[None]):
    """Shows an outcome until the person goes on."""

    TITLE = N_("Outcome")
    BINDINGS: ClassVar = [
        Binding("enter", "back", N_("Done"), id="done"),
        Binding("c", "copy", N_("Copy the number"), id="copy"),
    ]

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome

    def body(self) -> ComposeResult:
        """Give the mark, the words, the amount and the facts."""
        outcome, tone = self.outcome, tone_of(self.outcome.state)
        with VerticalGroup(classes="card outcome"):
            yield Static(
                f"{mark_of(outcome.state)} {outcome.headline}",
                id="headline",
                classes=tone,
                markup=False,
            )
            if outcome.amount:
                yield Static(outcome.amount, id="amount", markup=False)
            for name, value in outcome.facts:
                yield Fact(name, value)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Done"), variant="primary", id="done")

    def on_mount(self) -> None:
        """Let Enter go on."""
        self.query_one("#done", Button).focus()

    @on(Button.Pressed, "#done")
    def _go_on(self) -> None:
        self.action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to copy only where there is a number."""
        del parameters
        return bool(self.outcome.id) if action == "copy" else True

    def action_copy(self) -> None:
        """Copy the full number to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.outcome.id)
        self.notify(_("Copied."))


class Fact(HorizontalGroup):
    """A name and its value on one row, or more where the value is long."""

    def __init__(self, name: str, value: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(classes="fact", id=id)
        self._texts = name, value

    def compose(self) -> ComposeResult:
        """Give both."""
        name, value = self._texts
        yield Static(name, classes="fact-name", markup=False)
        yield Static(value, classes="fact-value", markup=False)

    def show(self, value: str) -> None:
        """Change the value."""
        self.query_one(".fact-value", Static).update(value)
