"""Money from one's own bank and to it: the amount, what it costs, and what became of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, HorizontalGroup, VerticalScroll
from textual.widgets import Button

from terminal_kit.language import N_, _
from terminal_kit.screens.marks import marked, tone_of
from terminal_kit.screens.money import shown, signed
from terminal_kit.screens.outcome import OutcomeScreen
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.screens.widgets.columns import Column
from terminal_kit.screens.widgets.form_row import FormRow
from terminal_kit.screens.widgets.paged_list import Cell, PagedList
from wallet_api.contract.banking import Withdrawal
from wallet_api.contract.wire import TopUp
from wallet_cli.bank import LONGEST_PAGE, PIN_REQUIRED, TOP_UPS, Bank, Transfer
from wallet_cli.certainty import Certainty
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.acts import BANK_SECONDS, ConfirmingWithdrawal, Withdrawing
from wallet_cli.screens.check import Check
from wallet_cli.screens.outcomes import bank_outcome, moment
from wallet_cli.screens.record import RecordScreen
from wallet_cli.screens.widgets.spend_field import Balance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from payment_codes.amount import Amount
    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.wire import Page

FOLLOWS = ("top_up.*", "withdrawal.*")
#: In whole units of the wallet's currency.
QUICK = ("100", "200", "500", "1000")


class BankList(PagedList[Transfer]):
    """Top-ups and withdrawals, newest first."""

    COLUMNS = (
        Column(N_("When"), 11),
        Column(N_("What")),
        Column(N_("Amount"), 16, "right"),
        Column(N_("Fee"), 10, "right"),
        Column(N_("State"), 16),
    )
    FOLLOWS = FOLLOWS
    EMPTY = N_("Nothing came from the bank or went there yet. Type an amount: F2 tops up.")

    def fetch(self, cursor: str | None) -> Page[Transfer]:
        """Ask for a page."""
        return Bank(self.desk.session).page(LONGEST_PAGE, cursor)

    def cells(self, row: Transfer) -> Sequence[Cell]:
        """Give when, which way, how much, the fee and how it stands."""
        incoming = isinstance(row, TopUp)
        fee = row.fee if isinstance(row, Withdrawal) else None
        return (
            (moment(row.created_at)[5:], "muted"),
            (_("from the bank") if incoming else _("to the bank"), "bold"),
            (signed(row.amount) if incoming else f"-{shown(row.amount)}", "good" * incoming),
            (shown(fee) if fee is not None and fee.minor else "", "muted"),
            (marked(row.state), tone_of(row.state)),
        )

    def key(self, row: Transfer) -> str:
        """Give the id."""
        return row.id


class BankTransferScreen(RecordScreen[Transfer]):
    """One top-up or withdrawal."""

    TITLE = N_("Bank")
    FOLLOWS = FOLLOWS
    ACTS = (("confirm", N_("Confirm with the PIN")),)
    BINDINGS: ClassVar = [Binding("p", "confirm", N_("Confirm"), id="confirm")]

    def find(self) -> Transfer:
        """Look it up."""
        return Bank(self.desk.session).find(self.record_id)

    def told(self, record: Transfer) -> Outcome:
        """Say how it stands."""
        return bank_outcome(record)

    def possible(self, record: Transfer) -> set[str]:
        """Give what may be done with a withdrawal that waits for the PIN."""
        return {"confirm"} if record.state == PIN_REQUIRED else set()

    def action_confirm(self) -> None:
        """Check it and confirm it with the PIN."""
        if isinstance(self.record, Withdrawal):
            self.app.push_screen(Check(ConfirmingWithdrawal(self.record)))


class BankScreen(Acting[None]):
    """An amount with two ways to go, and what went them before."""

    TITLE = N_("Bank")
    CSS_PATH = "bank.tcss"
    BINDINGS: ClassVar = [
        Binding("f2", "top_up", N_("Top up"), id="top-up"),
        Binding("f3", "withdraw", N_("Withdraw"), id="withdraw"),
    ]

    def body(self) -> ComposeResult:
        """Give the form and the list."""
        with Horizontal(classes="panes"):
            with VerticalScroll(classes="card form", can_focus=False):
                currency = self.desk.session.profile.currency
                yield FormRow(_("Amount"), AmountField(currency, id="sum"))
                yield FormRow(
                    _("or"),
                    HorizontalGroup(
                        *(Button(text, compact=True, id=f"quick-{text}") for text in QUICK),
                        classes="quick",
                    ),
                )
                yield FormRow(_("Balance"), Balance(id="balance"))
                yield from self.said()
                with HorizontalGroup(classes="buttons"):
                    yield Button(_("Top up F2"), variant="primary", id="top-up", classes="does")
                    yield Button(_("Withdraw F3"), id="withdraw", classes="does")
                    yield Button(_("Back"), id="leave")
            yield BankList(id="transfers")

    def on_mount(self) -> None:
        """Begin with the amount."""
        self.query_one("#sum", AmountField).focus()

    @on(Button.Pressed, ".quick Button")
    def _take_quick(self, event: Button.Pressed) -> None:
        field = self.query_one("#sum", AmountField)
        field.value = str(event.button.id).removeprefix("quick-")
        field.focus()

    @on(AmountField.Submitted)
    def _ask_which_way(self) -> None:
        self.say(_("F2 brings it from the bank, F3 sends it there."), "muted")
        self.query_one("#top-up", Button).focus()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    def _amount(self) -> Amount | None:
        field = self.query_one("#sum", AmountField)
        if field.amount is None:
            field.complain()
            field.focus()
        return field.amount

    @on(Button.Pressed, "#top-up")
    def action_top_up(self) -> None:
        """Bring the amount from the bank."""
        amount = self._amount()
        if amount is not None:
            self.begin(partial(self._top_up, amount))

    async def _top_up(self, amount: Amount) -> None:
        bank = Bank(self.desk.session)
        certainty = Certainty(self.desk.session, self.teller())

        def act() -> Transfer:
            made = certainty.made(partial(bank.top_up, amount), TOP_UPS, TopUp)
            return bank.wait(made, BANK_SECONDS)

        transfer = await self.attempt(act)
        if transfer is not None:
            self.query_one("#sum", AmountField).value = ""
            await self.app.push_screen(OutcomeScreen(bank_outcome(transfer)))

    @on(Button.Pressed, "#withdraw")
    def action_withdraw(self) -> None:
        """Ask what it costs, and check it."""
        amount = self._amount()
        if amount is not None:
            self.begin(partial(self._withdraw, amount))

    async def _withdraw(self, amount: Amount) -> None:
        offer = await self.attempt(partial(Bank(self.desk.session).offer, amount))
        if offer is None:
            return
        if await self.app.push_screen_wait(Check(Withdrawing(offer))):
            self.query_one("#sum", AmountField).value = ""

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(BankTransferScreen(event.row.id))
