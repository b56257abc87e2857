"""The card of a code: what it says, what is wrong with it, its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Static

from terminal_kit.code_card import card_of
from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from terminal_kit.code_card import CodeCard, Fault, FieldLine, Row
    from terminal_kit.decoding import Decoded


class CodeCardScreen(KitScreen[None]):
    """Shows the card; ``why`` says why the code cannot be paid, where that was meant."""

    TITLE = N_("What a code says")
    CSS_PATH = "code_card.tcss"
    RESPEAKS = True

    def __init__(self, decoded: Decoded, why: str = "") -> None:
        super().__init__()
        self.decoded = decoded
        self.why = why

    def body(self) -> ComposeResult:
        """Give the card, which scrolls where it is too long."""
        card = card_of(self.decoded)
        with VerticalScroll(classes="card", id="scroll"):
            yield Static(card.title, classes="card-title", markup=False)
            if self.why:
                yield Static(f"✗ {self.why}", id="why", classes="bad", markup=False)
            yield from _parts(card)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one("#scroll").focus()


def _parts(card: CodeCard) -> Iterator[Widget]:
    yield from map(_fact, card.rows)
    yield Static(_("Verdict"), classes="card-title part", markup=False)
    yield from map(_fact, card.verdict)
    if card.faults:
        yield Static(_("Issues"), classes="card-title part", markup=False)
        for fault in card.faults:
            yield from _fault(fault)
    if card.fields:
        yield Static(_("Fields"), classes="card-title part", markup=False)
        yield from map(_field, card.fields)


def _fact(row: Row) -> Widget:
    return _pair(row.label, row.value, row.tone)


def _fault(fault: Fault) -> Iterator[Widget]:
    yield Static(fault.headline, classes=fault.tone, markup=False)
    yield Static(fault.sentence, classes="under", markup=False)
    yield Static(fault.rule, classes="under muted", markup=False)


def _field(field: FieldLine) -> Widget:
    return _pair(field.label, field.value, wide=True)


def _pair(name: str, value: str, tone: str = "", *, wide: bool = False) -> Widget:
    return HorizontalGroup(
        Static(name, classes="fact-name", markup=False),
        Static(value, classes=f"fact-value {tone}", markup=False),
        classes="fact wide" if wide else "fact",
    )
