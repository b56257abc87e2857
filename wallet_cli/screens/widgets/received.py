"""What came, told so that nobody at the table misses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Digits, Static

from terminal_kit.language import _
from terminal_kit.screens.money import figure, shown
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.people import Transfer

MARK = "        ██\n       ██ \n██    ██  \n ██  ██   \n  ████    "


class Received(VerticalGroup):
    """The latest transfer, large, and how many came while the code was shown."""

    DEFAULT_CSS = """
    Received > * { width: 100%; height: auto; text-align: center; }
    Received > HorizontalGroup { align-horizontal: center; }
    Received .received-mark { color: $success; }
    Received .received-word { color: $success; text-style: bold; margin: 1 0; }
    Received .received-amount { color: $success; text-style: bold; }
    Received .received-from { text-style: bold; }
    Received .received-count { color: $muted; margin: 0 0 1 0; }
    """

    def compose(self) -> ComposeResult:
        """Give the mark, the word, the amount, from whom, and the key that goes on."""
        yield Static(MARK, classes="received-mark", markup=False)
        yield Static(classes="received-word", markup=False)
        yield Digits(classes="received-amount")
        yield Static(classes="received-from", markup=False)
        yield Static(classes="received-note", markup=False)
        yield Static(classes="received-count", markup=False)
        with HorizontalGroup():
            yield Button(_("Go on"), variant="primary", id="go-on")

    def show(self, transfers: Sequence[Transfer]) -> None:
        """Fill it in; the latest comes first."""
        latest = transfers[0]
        texts = {
            "word": _("✓ Paid: {amount}").format(amount=shown(latest.amount)),
            "from": _("from {name}").format(name=printable(latest.sender)),
            "note": printable(latest.note or ""),
            "count": count_text(transfers),
        }
        for part, text in texts.items():
            self.query_one(f".received-{part}", Static).update(text)
        self.query_one(".received-amount", Digits).update(figure(latest.amount))


def count_text(transfers: Sequence[Transfer]) -> str:
    """Say how many came so far."""
    count = len(transfers)
    return _("{count} paid so far").format(count=count) if count != 1 else _("1 paid so far")
