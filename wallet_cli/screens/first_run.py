"""The wallet's first run: whose it is, where secrets are kept, the PIN, money to play with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.widgets import Button, Input, Static

from payment_codes.amount import Amount
from terminal_kit.language import N_, _
from terminal_kit.screens.first_run import (
    Enrolment,
    EnrolStep,
    FirstRunWizard,
    InviteStep,
    PassphraseStep,
    StoreStep,
    aside,
)
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.choices import Choices
from terminal_kit.screens.wizard import Step
from terminal_kit.session import Session
from wallet_api.contract.pins import PIN_DIGITS, require_strong
from wallet_api.contract.rules import DEFAULT_CURRENCY, PIN_FREE_LIMITS
from wallet_api.contract.text import clean_text
from wallet_cli.bank import Bank
from wallet_cli.opening import join_wallet, open_wallet, require_wallet_id, this_machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.session import Chosen
    from wallet_api.contract.administration import JoinCard
    from wallet_api.contract.wire import ServiceCard
    from wallet_cli.screens.app import WalletApp

PLAY_MONEY = Amount(2_000_00, DEFAULT_CURRENCY)
TAKE, LEAVE = "take", "leave"


@dataclass
class WalletAnswers(Enrolment):
    """What the wallet's first run is told. ``wallet`` is one to join, where ``joins`` says so."""

    name: str = ""
    pin: str = ""
    joins: bool = False
    wallet: str = ""
    device: str = ""
    joined: JoinCard | None = None


class NameStep(Step[WalletAnswers]):
    """Welcome, and whom the wallet is for."""

    TITLE = N_("A wallet in your terminal")

    def content(self) -> ComposeResult:
        """Give the welcome, the name, and the way in for who has a wallet already."""
        said = _("Pay, be paid, see what moved. All money here is play money.")
        yield Static(said, markup=False)
        yield Input(self.answers.name, placeholder=_("Your name"), id="name")
        yield Button(_("I have a wallet on another device"), id="join", compact=True)

    @on(Input.Changed, "#name")
    def _typed(self, event: Input.Changed) -> None:
        self.answers.name = event.value

    @on(Button.Pressed, "#join")
    def _join(self, event: Button.Pressed) -> None:
        event.stop()
        self.answers.joins = True
        self.wizard.go_to(JoinStep)

    async def accept(self) -> bool:
        """Take a name that the service takes too. Raises TextInvalid."""
        if not self.answers.name.strip():
            return self.complain(_("Type your name."), "#name")
        self.answers.name = clean_text(self.answers.name, "name")
        self.answers.joins = False
        return True


class JoinStep(Step[WalletAnswers]):
    """Which wallet this device joins."""

    TITLE = N_("Join a wallet")

    def content(self) -> ComposeResult:
        """Give the fields."""
        said = _(
            "On the other device, settings show the wallet's number. That device must let this"
            " one in, unless the bank gave you an invitation."
        )
        yield Static(said, markup=False)
        answers = self.answers
        yield Input(answers.wallet, placeholder=_("The wallet's whole number"), id="wallet")
        device = answers.device or this_machine()
        yield Input(device, placeholder=_("What this device is called"), id="device")
        yield Input(answers.invite, placeholder=_("Invitation, if you have one"), id="invite")

    async def accept(self) -> bool:
        """Take them. Raises Usage, TextInvalid."""
        wallet, device, invite = (
            self.query_one(f"#{name}", Input).value.strip()
            for name in ("wallet", "device", "invite")
        )
        require_wallet_id(wallet)
        self.answers.wallet = wallet
        self.answers.device = clean_text(device, "name")
        self.answers.invite = invite
        return True


class PinStep(Step[WalletAnswers]):
    """The PIN, twice, or none."""

    TITLE = N_("Choose a PIN")

    def content(self) -> ComposeResult:
        """Give what it is for and what it means to have none."""
        limit = shown(Amount(PIN_FREE_LIMITS[DEFAULT_CURRENCY], DEFAULT_CURRENCY))
        said = _(
            "Six digits, asked for when more than {limit} is paid. Leave both empty to go without:"
            " then more than that cannot be paid until you set one."
        )
        yield Static(said.format(limit=limit), markup=False)
        for name, text in (("pin", _("PIN, six digits")), ("again", _("The same PIN again"))):
            yield Input(
                self.answers.pin,
                password=True,
                placeholder=text,
                restrict=r"[0-9]*",
                max_length=PIN_DIGITS,
                id=name,
            )

    async def accept(self) -> bool:
        """Take a PIN that is not weak, twice the same. Raises PinWeak."""
        first, second = (self.query_one(f"#{name}", Input) for name in ("pin", "again"))
        if first.value != second.value:
            second.value = ""
            return self.complain(_("The two PINs differ."), "#again")
        if first.value:
            require_strong(first.value)
        self.answers.pin = first.value
        return True


class OpenStep(EnrolStep[WalletAnswers]):
    """Opens the wallet, or asks to join one."""

    TITLE = N_("Opening your wallet")

    def needs_invite(self, bank: ServiceCard) -> bool:
        """Say so only for a new wallet: one that exists lets its devices in itself."""
        return not self.answers.joins and super().needs_invite(bank)

    def open(self, chosen: Chosen) -> None:
        """Open it, on a thread."""
        answers = self.answers
        assert answers.store is not None, "a store was chosen"
        if answers.joins:
            answers.joined = join_wallet(
                chosen,
                answers.store,
                wallet=answers.wallet,
                name=answers.device,
                invite=answers.invite or None,
                ask=answers.ask,
            )
            return
        open_wallet(
            chosen,
            answers.store,
            name=answers.name,
            currency=DEFAULT_CURRENCY,
            pin=answers.pin or None,
            invite=answers.invite or None,
            ask=answers.ask,
        )


class PlayMoneyStep(Step[WalletAnswers]):
    """Done; money to play with, or none."""

    TITLE = N_("✓ Your wallet is open")
    GO_ON = N_("Go to the wallet")
    IS_LAST = True

    def content(self) -> ComposeResult:
        """Give the offer."""
        said = _("Shall the bank put play money in? Enter goes to your wallet.")
        yield Static(said, markup=False)
        names = {
            TAKE: _("{amount} to play with").format(amount=shown(PLAY_MONEY)),
            LEAVE: _("Nothing for now; b on the first screen tops up"),
        }
        yield Choices(names, TAKE, id="offer")

    async def accept(self) -> bool:
        """Bring the money where it is wanted. Raises WalletError."""
        option = self.query_one("#offer", Choices).highlighted_option
        if option is not None and option.id == TAKE:
            await aside(partial(_top_up, self.wizard.kit.chosen, self.answers))
        return True


def _top_up(chosen: Chosen, answers: WalletAnswers) -> None:
    with Session(chosen, answers.ask) as session:
        Bank(session).top_up(PLAY_MONEY)
        session.state.forget_answered()


class FirstRun(FirstRunWizard[WalletAnswers]):
    """Opens a wallet, or joins one."""

    def __init__(self) -> None:
        super().__init__(WalletAnswers())

    def plan(self) -> Sequence[type[Step[WalletAnswers]]]:
        """Give the steps of a new wallet, or of one that is joined."""
        answers = self.answers
        begin = (NameStep, JoinStep) if answers.joins else (NameStep,)
        secrets = (StoreStep, PassphraseStep) if answers.wants_passphrase else (StoreStep,)
        invite = (InviteStep,) if answers.refused else ()
        if answers.joins:
            return (*begin, *secrets, *invite, OpenStep)
        return (*begin, *secrets, PinStep, *invite, OpenStep, PlayMoneyStep)

    async def finish(self) -> None:
        """Go home; where this device waits to be let in, the digits are shown over it."""
        cast("WalletApp", self.app).joined = self.answers.joined
        await super().finish()
