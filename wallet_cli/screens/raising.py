"""Raising the tier: the evidence that the next tier needs, given once and written down nowhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.outcome import Outcome, OutcomeScreen
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.limits import EVIDENCE, RaiseTier
from wallet_cli.limits import Limits

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.limits import Tier

FIELDS = {
    "name": N_("Your name"),
    "identity_number": N_("Identity number (18 characters)"),
    "bank_card": N_("Bank card number (12 to 19 digits)"),
    "branch_document": N_("Document of a branch (8 to 20 letters or digits)"),
}


class Raising(KitScreen[bool]):
    """A form of the evidence for one tier; gives whether the tier was raised."""

    TITLE = N_("Raise the tier")
    CSS_PATH = "raising.tcss"

    def __init__(self, tier: Tier) -> None:
        super().__init__()
        self._tier = tier

    def body(self) -> ComposeResult:
        """Give a field for each piece of evidence."""
        with VerticalScroll(classes="card", can_focus=False):
            title = _("For tier {tier} the bank needs:").format(tier=self._tier)
            yield Static(title, classes="card-title", markup=False)
            for field in EVIDENCE[self._tier]:
                yield Static(_(FIELDS[field]), classes="label", markup=False)
                yield Input(id=f"field-{field}", max_length=64, password=field != "name")
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Send"), variant="primary", id="send")
                yield Button(_("Back"), id="cancel")

    @on(Input.Submitted)
    def _next_field(self) -> None:
        empty = [one for one in self.query(Input) if not one.value.strip()]
        if empty:
            empty[0].focus()
        else:
            self._send()

    @on(Button.Pressed, "#send")
    def _send(self) -> None:
        self.run_worker(self._raise(), group="raise", exclusive=True)

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(result=False)

    async def _raise(self) -> None:
        given = {
            field: _cleaned(field, self.query_one(f"#field-{field}", Input).value)
            for field in EVIDENCE[self._tier]
        }
        wrong = self.query_one("#wrong", Static)
        if not all(given.values()):
            wrong.update(_("✗ Fill in every field. Nothing was sent."))
            return
        limits, wish = Limits(self.desk.session), RaiseTier(tier=self._tier, **given)
        try:
            async with self.busy("send"):
                card = await self.ask(partial(limits.raise_tier, wish))
        except WalletError as error:
            wrong.update(f"✗ {told(error)}")
            return
        said = _("The wallet is in tier {tier} now.").format(tier=card.tier)
        facts = [(_("Simulated"), card.simulated)] if card.simulated else []
        await self.app.push_screen(
            OutcomeScreen(Outcome("done", said, facts=facts)),
            lambda _seen: self.dismiss(result=True),
        )


def _cleaned(field: str, text: str) -> str:
    """Leave out the spaces that people write numbers with."""
    return text.strip() if field == "name" else "".join(text.split()).upper()
