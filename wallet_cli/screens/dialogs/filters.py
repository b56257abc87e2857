"""Choosing what the history lists: kind, direction, days, amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static

from terminal_kit.diagnostics import as_wallet_error
from terminal_kit.language import N_, _
from terminal_kit.receipts.movements import kind_name
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.statement import KINDS
from wallet_cli.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult


def kind_names() -> Mapping[str, str]:
    """Name each kind so that no two are called the same."""
    names = {kind: kind_name(kind) for kind in KINDS}
    return names | {"release": _("Transfer, released"), "gift_claim": _("Gift taken")}


def direction_names() -> Mapping[str, str]:
    """Name the directions."""
    return {"in": _("Came in"), "out": _("Went out")}


class FiltersDialog(ModalScreen[Asked | None]):
    """Gives what is wanted now, the text of the search as it was, or None where all stays.

    ``currency`` is that of the amounts.
    """

    CSS_PATH = "filters.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", N_("Back"), id="back"),
        Binding("ctrl+l", "clear", N_("Show all"), id="clear"),
    ]

    def __init__(self, asked: Asked, currency: str) -> None:
        super().__init__()
        self._asked = asked
        self._currency = currency

    def compose(self) -> ComposeResult:
        """Give a row for each way to choose."""
        asked = self._asked
        with VerticalGroup(classes="dialog"):
            yield Static(_("Show only"), classes="card-title", markup=False)
            yield from self._row(_("Kind"), _select("kind", kind_names(), asked.kind))
            yield from self._row(
                _("Direction"), _select("direction", direction_names(), asked.direction)
            )
            yield from self._row(
                _("From, to"),
                _field("since", asked.since, "2026-01-01"),
                _field("until", asked.until, "2026-12-31"),
            )
            yield from self._row(
                _("Amount"),
                _field("least", asked.least, _("at least")),
                _field("most", asked.most, _("at most")),
            )
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Show"), variant="primary", id="apply")
                yield Button(_("Show all"), id="all")
                yield Button(_("Back"), id="cancel")

    def _row(self, name: str, *fields: Input | Select[str]) -> ComposeResult:
        with HorizontalGroup(classes="row"):
            yield Static(name, classes="name", markup=False)
            yield from fields

    @on(Button.Pressed, "#apply")
    @on(Input.Submitted)
    def _apply(self) -> None:
        asked = replace(
            self._asked,
            kind=self._chosen("kind"),
            direction=self._chosen("direction"),
            since=self._typed("since"),
            until=self._typed("until"),
            least=self._typed("least"),
            most=self._typed("most"),
        )
        try:
            asked.wanted(self._currency)
        except WalletError as error:
            self._say(told(error))
        except ValueError as error:
            self._say(told(as_wallet_error(error)))
        else:
            self.dismiss(asked)

    @on(Button.Pressed, "#all")
    def action_clear(self) -> None:
        """Choose among nothing any more."""
        self.dismiss(Asked(search=self._asked.search))

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)

    def _typed(self, name: str) -> str | None:
        return self.query_one(f"#{name}", Input).value.strip() or None

    def _chosen(self, name: str) -> str | None:
        value = self.query_one(f"#{name}", Select).value
        return value if isinstance(value, str) else None

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(f"✗ {text}")


def _select(name: str, names: Mapping[str, str], chosen: str | None) -> Select[str]:
    options = [(text, value) for value, text in names.items()]
    value = Select.NULL if chosen is None else chosen
    return Select(options, prompt=_("Any"), value=value, id=name, compact=True)


def _field(name: str, value: str | None, placeholder: str) -> Input:
    return Input(value or "", placeholder=placeholder, id=name, compact=True)
