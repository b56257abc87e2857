"""Plain mode: everything a program does as questions and answers, one line each.

For screen readers and for terminals that can neither draw nor move the cursor. A program gives its
flows as data: menus of acts, each a command of its own with the questions that make its arguments.
The very commands run, in this process.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal_kit.diagnostics import as_wallet_error, report, say
from terminal_kit.language import N_, _
from terminal_kit.language import choose as choose_language
from terminal_kit.profiles import load_profile, require_new
from terminal_kit.prompts import always_ask, answered
from terminal_kit.questions import Asked, Back, asked, choose
from terminal_kit.settings import load_settings, save_settings
from terminal_kit.words import system_reason
from wallet_api.contract.error_base import Exit, WalletError
from wallet_api.contract.errors import ProfileExists
from wallet_api.contract.rules import DEFAULT_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.language import Language
    from terminal_kit.session import Chosen

    #: Runs a command and gives its exit code; what went wrong has been said then.
    Run = Callable[[list[str]], int]

#: What follows an act that leads on to other acts.
GO_ON = N_("Press Enter to go on. ")
GO_BACK = N_("Press Enter for the menu. ")


@dataclass(frozen=True, slots=True)
class Act:
    """A command, what is asked for it, and the commands before whose output helps to answer.

    ``then`` are commands that follow, each after Enter.
    """

    title: str
    command: str
    questions: tuple[Asked, ...] = ()
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """What takes more than a command: a talk of its own, which may run commands.

    ``hold`` raises Back, EOFError, and what is said as an error: WalletError, ValueError.
    """

    title: str
    hold: Callable[[Chosen, Run], None]


@dataclass(frozen=True, slots=True)
class Menu:
    """Acts, talks and further menus, chosen by number."""

    title: str
    rows: tuple[Act | Talk | Menu, ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """All that a program does: where there is no profile, and where there is one."""

    first_run: Menu
    menu: Menu


class Passphrase:
    """Asks for a passphrase once, as the full screens do, until a command finds it wrong."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, str] = {}

    def __call__(self, prompt: str) -> str:
        """Give what was typed at this prompt before, or ask."""
        if prompt not in self._known:
            self._known[prompt] = self._ask(prompt)
        return self._known[prompt]

    def forget(self) -> None:
        """Ask anew from here on."""
        self._known.clear()


def start_plain() -> None:
    """Have this process ask in words, without colours and drawings, wherever it runs."""
    always_ask()
    os.environ["TERM"] = "dumb"


def converse(chosen: Chosen, flows: Flows, run: Run) -> int:
    """Lead through the menus until somebody leaves, and give the exit code."""
    say(_("Answer with Enter. q goes back, and leaves from the first menu."))
    while True:
        menu = flows.menu if is_open(chosen) else flows.first_run
        try:
            _follow(menu, chosen, run)
        except Back:
            return int(Exit.DONE)
        except EOFError:
            say("")
            return int(Exit.DONE)


def is_open(chosen: Chosen) -> bool:
    """Say whether there is such a profile."""
    try:
        require_new(chosen.program, chosen.profile)
    except ProfileExists:
        return True
    return False


def speak(_chosen: Chosen, _run: Run) -> None:
    """Choose the language, from now on and at every start. Raises Back, EOFError."""
    from msgspec.structs import replace

    ways: tuple[tuple[str, Language | None], ...] = (
        (N_("As this system has it"), None),
        ("English", "en"),
        ("中文", "zh"),
    )
    kept = ways[choose(_("Which language?"), [title for title, _kept in ways])][1]
    choose_language(kept)
    try:
        save_settings(replace(load_settings(), language=kept))
    except OSError as error:
        say(system_reason(error))


def _follow(menu: Menu, chosen: Chosen, run: Run) -> None:
    """Show a menu and do what is chosen. Raises Back when nothing is."""
    row = menu.rows[choose(_(menu.title), [row.title for row in menu.rows])]
    try:
        if isinstance(row, Menu):
            _follow(row, chosen, run)
            return
        if isinstance(row, Talk):
            row.hold(chosen, run)
        else:
            _do(row, chosen, run)
    except Back:
        return
    except WalletError as error:
        report(error, json=False)
    except ValueError as error:
        report(as_wallet_error(error), json=False)
    answered(_(GO_BACK))


def _do(act: Act, chosen: Chosen, run: Run) -> None:
    """Ask what a command needs and run it. Raises Back."""
    for command in act.first:
        if run(command.split()) != Exit.DONE:
            return
    words = asked(act.questions, currency_of(chosen))
    arguments = ("--", *words.arguments) if words.arguments else ()
    done = run([*act.command.split(), *words.options, *arguments]) == Exit.DONE
    for command in act.then if done else ():
        answered(_(GO_ON))
        run(command.split())


def currency_of(chosen: Chosen) -> str:
    """Give a profile's currency, or the usual one where there is no profile."""
    try:
        return load_profile(chosen.program, chosen.profile).currency
    except WalletError:
        return DEFAULT_CURRENCY
