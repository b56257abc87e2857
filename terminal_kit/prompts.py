"""Asking a person: yes or no, and the PIN. Questions go to stderr, never to stdout."""

from __future__ import annotations

import sys
from pathlib import Path

from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Cancelled, ConfirmationRequired, Usage
from wallet_api.contract.text import printable

LONGEST_LINE = 4_096
YES, NO = frozenset({"y", "yes", "是"}), frozenset({"", "n", "no", "否"})

_always: list[bool] = []


def always_ask() -> None:
    """Ask from now on even where no terminal is seen: somebody said that they would answer."""
    _always[:] = [True]


def can_ask() -> bool:
    """Say whether a person sits at both ends."""
    return bool(_always) or (sys.stdin.isatty() and sys.stderr.isatty())


def confirm(question: str, *, yes: bool) -> None:
    """Ask for a yes. Raises Cancelled for anything else, and ConfirmationRequired."""
    if yes:
        return
    if not can_ask():
        raise ConfirmationRequired
    sys.stderr.write(f"{printable(question)} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in YES:
        raise Cancelled


def read_pin(pin_file: str | None) -> str | None:
    """Give the PIN in a file (``-`` is stdin), or None when none is named. Raises Usage."""
    if pin_file is None:
        return None
    return read_text(pin_file, _("PIN")).splitlines()[0].strip()


def ask_pin(*, new: bool = False) -> str | None:
    """Ask the person for the PIN; None where nobody can be asked, or nothing was typed.

    A new PIN is asked for twice. Raises Usage when the two differ.
    """
    if not can_ask():
        return None
    pin = ask_hidden(_("New PIN, six digits (Enter for none): ") if new else _("PIN: "))
    if new and pin and ask_hidden(_("The same PIN again: ")) != pin:
        raise Usage(reason=_("The two PINs differ. Nothing changed."))
    return pin or None


def ask_hidden(question: str) -> str:
    """Ask for a secret, which is not shown while it is typed."""
    if not sys.stdin.isatty():
        return ask_line(question)
    from getpass import getpass

    return getpass(question, stream=sys.stderr)


def ask_line(question: str) -> str:
    """Ask for a line of text; none is typed at the end of the input."""
    try:
        return answered(question)
    except EOFError:
        return ""


def answered(question: str) -> str:
    """Ask for a line of text. Raises EOFError at the end of the input."""
    sys.stderr.write(printable(question))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def read_text(name: str, what: str) -> str:
    """Read a small text from a file or, for ``-``, from stdin. Raises Usage."""
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LONGEST_LINE + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(LONGEST_LINE + 1)
        text = content.decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = system_reason(error) if isinstance(error, OSError) else _("not text")
        reason = _("The {what} in {name} cannot be read: {reason}.")
        raise Usage(reason=reason.format(what=what, name=name, reason=why)) from None
    if not text or len(content) > LONGEST_LINE:
        raise Usage(reason=_("There is no {what} in {name}.").format(what=what, name=name))
    return text
