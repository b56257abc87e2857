"""The steps of a first run that the wallet and the till share: where secrets are kept, and opening.

What a step does blocks, so it runs on a thread; there is no desk yet.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

import msgspec
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from terminal_kit.credentials.choose import open_store
from terminal_kit.credentials.passphrase import FILE_VARIABLE
from terminal_kit.diagnostics import as_wallet_error
from terminal_kit.enrol import look_up_service
from terminal_kit.language import N_, _, language
from terminal_kit.profiles import profile_folder
from terminal_kit.screens.followed import stands
from terminal_kit.screens.wizard import Step, Wizard
from terminal_kit.words import system_reason, told
from wallet_api.contract.errors import (
    EnrolmentClosed,
    InviteExpired,
    InviteMismatch,
    InviteUnknown,
    InviteUsed,
    Usage,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from terminal_kit.credentials.choose import StoreKind
    from terminal_kit.credentials.store import StoreDescription
    from terminal_kit.language import Language
    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import ServiceCard

T = TypeVar("T")

STORES: dict[StoreKind, tuple[str, str]] = {
    "os": (
        N_("This system's password store"),
        N_("Opens with your login, and so to whoever uses your session."),
    ),
    "file": (
        N_("An encrypted file"),
        N_("Asks for a passphrase at each start. Nobody can recover that."),
    ),
}
#: Backends by what people call them.
BACKENDS = {
    "SecretService": "Secret Service",
    "libsecret": "libsecret",
    "kwallet": "KWallet",
    "macOS": "macOS Keychain",
    "Windows": "Windows Credential Manager",
}
#: Refusals that an invitation cures.
INVITE_REFUSALS = (EnrolmentClosed, InviteUnknown, InviteUsed, InviteExpired, InviteMismatch)


@dataclass
class Enrolment:
    """What every first run is told; a program's own answers come on top.

    ``refused`` is why the bank wants an invitation, or another one.
    """

    store: StoreKind | None = None
    passphrase: str = ""
    invite: str = ""
    refused: str = ""

    @property
    def wants_passphrase(self) -> bool:
        """Whether a person types the passphrase, and no file of the environment holds it."""
        return self.store == "file" and not os.environ.get(FILE_VARIABLE)

    def ask(self, _prompt: str) -> str:
        """Answer when the store asks for its passphrase."""
        return self.passphrase


Asked = TypeVar("Asked", bound=Enrolment)


async def aside(act: Callable[[], T]) -> T:
    """Run on a thread what blocks. Raises WalletError."""
    try:
        return await asyncio.to_thread(act)
    except ValueError as error:
        raise as_wallet_error(error) from error
    except OSError as error:
        reason = _("This machine cannot keep the profile: {reason}.")
        raise Usage(reason=reason.format(reason=system_reason(error))) from error


class StoreStep(Step[Asked]):
    """Where secrets will be kept: what was found here, named, and what does not work, with why."""

    TITLE = N_("Where shall the secrets be kept?")

    def __init__(self, answers: Asked) -> None:
        super().__init__(answers)
        #: Whether the stores are listed.
        self._found = asyncio.Event()

    def content(self) -> ComposeResult:
        """Give the sentence and the two stores, which take no key before they are known."""
        said = _("This device gets a key of its own. Whoever has the key can act as this device.")
        yield Static(said, markup=False)
        yield OptionList(id="stores", markup=False, disabled=True)
        yield Static("", id="looking", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Look what there is."""
        self.run_worker(self._look(), group="stores", exclusive=True)

    async def _look(self) -> None:
        looking = self.query_one("#looking", Static)
        looking.update(_("◌ Looking for this system's password store…"))
        found = await asyncio.to_thread(self._describe)
        if not stands(self):
            return
        looking.update("")
        usable = found.state == "ready"
        stores = self.query_one("#stores", OptionList)
        stores.clear_options()
        stores.add_option(Option(_store_text("os", found), id="os", disabled=not usable))
        stores.add_option(Option(_store_text("file", None), id="file"))
        chosen = self.answers.store or ("os" if usable else "file")
        stores.highlighted = stores.get_option_index(chosen if usable else "file")
        stores.disabled = False
        self.screen.set_focus(stores)
        self._found.set()

    def _describe(self) -> StoreDescription:
        chosen = self.wizard.kit.chosen
        folder = profile_folder(chosen.program, chosen.profile)
        store = open_store("os", program=chosen.program, profile=chosen.profile, folder=folder)
        return store.describe()

    def reload(self) -> None:
        """Look again."""
        self.on_mount()

    async def accept(self) -> bool:
        """Take the store that the cursor stands on, as soon as there is one."""
        await self._found.wait()
        option = self.query_one("#stores", OptionList).highlighted_option
        if option is None:
            return False
        self.answers.store = cast("StoreKind", option.id)
        return True


def _store_text(kind: StoreKind, found: StoreDescription | None) -> str:
    """Say what a store is and what it means, or why it does not work here."""
    name, meaning = STORES[kind]
    title, about = _(name), _(meaning)
    if found is not None and found.state == "ready":
        part = next((one for one in BACKENDS if one in found.detail), "")
        title = _("{store} ({name})").format(store=title, name=BACKENDS.get(part, found.detail))
    elif found is not None and found.state == "locked":
        about = _("It is locked. Unlock it; Ctrl+R looks again.")
    elif found is not None:
        about = _("Not here: {reason}").format(reason=found.detail)
    mark = "✓" if found is None or found.state == "ready" else "✗"
    return f"{mark} {title}\n  {about}"


class PassphraseStep(Step[Asked]):
    """The passphrase of the encrypted file, twice, never shown."""

    TITLE = N_("A passphrase for the encrypted file")

    def content(self) -> ComposeResult:
        """Give the sentence and the fields."""
        said = _(
            "Four words that do not belong together are good. Without it this device is lost;"
            " the money is at the bank and stays yours."
        )
        yield Static(said, markup=False)
        given = self.answers.passphrase
        yield Input(given, password=True, placeholder=_("Passphrase"), id="passphrase")
        yield Input(given, password=True, placeholder=_("The same again"), id="again")

    async def accept(self) -> bool:
        """Take it where both are the same."""
        first, second = (self.query_one(f"#{name}", Input) for name in ("passphrase", "again"))
        if not first.value:
            return self.complain(_("Type a passphrase."), "#passphrase")
        if first.value != second.value:
            second.value = ""
            return self.complain(_("The two passphrases differ."), "#again")
        self.answers.passphrase = first.value
        return True


class InviteStep(Step[Asked]):
    """The invitation that the bank wants."""

    TITLE = N_("Your invitation")

    def content(self) -> ComposeResult:
        """Give what the bank said, and the field."""
        yield Static(self.answers.refused, classes="warn", markup=False)
        yield Input(self.answers.invite, placeholder="XXXX-XXXX-XXXX-XXXX", id="invite")

    async def accept(self) -> bool:
        """Take the code; whether it is good, the bank says."""
        code = self.query_one("#invite", Input).value.strip()
        if not code:
            return self.complain(_("Type the invitation."), "#invite")
        self.answers.invite = code
        return True


class EnrolStep(Step[Asked]):
    """Finds the bank, makes this device's key and opens the profile, saying each.

    A subclass gives ``open``. After a failure nothing is left half-made, and Enter tries again.
    """

    TITLE = N_("Opening")
    GO_ON = N_("Try again")
    IS_WORK = True

    def content(self) -> ComposeResult:
        """Give a row for each thing that is done."""
        yield Static(id="bank", markup=False)
        yield Static(id="key", markup=False)

    def open(self, chosen: Chosen) -> None:
        """Open the profile, on a thread. Raises WalletError."""
        raise NotImplementedError

    def needs_invite(self, bank: ServiceCard) -> bool:
        """Say whether the bank lets nobody in as is asked for here, but with an invitation."""
        return bank.enrolment == "invite"

    async def accept(self) -> bool:
        """Do it. Raises WalletError."""
        bank, key = self.query_one("#bank", Static), self.query_one("#key", Static)
        bank.update(_("◌ Finding the bank…"))
        key.update("")
        found = False
        try:
            url, card = await aside(look_up_service)
            found = True
            bank.update(_("✓ The bank is {name}, at {url}.").format(name=card.name, url=url))
            if self.needs_invite(card) and not self.answers.invite:
                return self._ask_invite(_("This bank lets in whom it has invited."))
            key.update(_("◌ Making this device's key, and opening…"))
            await aside(partial(self.open, self.wizard.kit.chosen))
        except INVITE_REFUSALS as error:
            return self._ask_invite(told(error))
        finally:
            key.update("")
            if not found:
                bank.update("")
        return True

    def _ask_invite(self, why: str) -> bool:
        self.answers.refused = why
        self.wizard.go_to(InviteStep)
        return False


class FirstRunWizard(Wizard[Asked]):
    """A program's first run, which ends in its home."""

    TITLE = N_("Welcome")
    BINDINGS: ClassVar = [Binding("f2", "language", "English / 中文", id="language")]

    def action_language(self) -> None:
        """Speak the other language."""
        other: Language = "en" if language() == "zh" else "zh"
        self.kit.change(msgspec.structs.replace(self.kit.settings, language=other))

    async def finish(self) -> None:
        """Go home."""
        await self.kit.enter(self.answers.ask)
