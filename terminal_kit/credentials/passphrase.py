"""Where the passphrase of the encrypted file comes from.

``WALLET_PASSPHRASE_FILE`` names a file whose first line is the passphrase; without it, a person
is asked on the terminal. Passphrases are NFC, as RFC 8265 section 4.2 has it, so that the same
word typed on two systems gives the same key.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import StoreLocked

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[str], str]

FILE_VARIABLE = "WALLET_PASSPHRASE_FILE"

_BYTES_MAX = 1024


def given_passphrase() -> bytes | None:
    """Read the passphrase from the file that ``WALLET_PASSPHRASE_FILE`` names.

    Gives ``None`` when the variable is unset. Raises `StoreLocked` when the file is of no use.
    """
    value = os.environ.get(FILE_VARIABLE)
    if not value:
        return None
    try:
        with Path(value).open("rb") as file:
            line = file.readline(_BYTES_MAX + 2)
        text = line.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        reason = _("the file {file} named by {variable} cannot be read ({reason}).")
        raise _useless(value, reason, reason=system_reason(error)) from error
    except UnicodeDecodeError as error:
        reason = _("the file {file} named by {variable} is no UTF-8 text.")
        raise _useless(value, reason) from error
    if not text:
        raise _useless(value, _("the file {file} named by {variable} is empty."))
    if len(line) > _BYTES_MAX:
        reason = _("the first line of the file {file} named by {variable} has over {most} bytes.")
        raise _useless(value, reason, most=_BYTES_MAX)
    return _normal(text)


def asked_passphrase(path: Path, ask: Ask) -> bytes:
    """Ask for the passphrase of an existing file. Raises `StoreLocked` when none is given."""
    return _answer(ask, _("Passphrase for {path}: ").format(path=path))


def asked_new_passphrase(path: Path, ask: Ask) -> bytes:
    """Ask twice for the passphrase of a file to be made.

    Raises `StoreLocked` when none is given or the two differ.
    """
    first = _answer(ask, _("New passphrase for {path}: ").format(path=path))
    if _answer(ask, _("The same passphrase again: ")) != first:
        raise StoreLocked(reason=_("the two passphrases differ. Nothing was stored."))
    return first


def ask_on_terminal(prompt: str) -> str:
    """Ask on the controlling terminal, without echo. Raises `StoreLocked` when there is none."""
    import getpass

    try:
        # getpass would fall back to an echoing read of stdin.
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError as error:
        reason = _("there is no terminal to ask for the passphrase on. Set {variable}.")
        raise StoreLocked(reason=reason.format(variable=FILE_VARIABLE)) from error
    return getpass.getpass(prompt)


def _answer(ask: Ask, prompt: str) -> bytes:
    try:
        text = ask(prompt)
    except EOFError:
        text = ""
    if not text:
        raise StoreLocked(reason=_("no passphrase was given."))
    return _normal(text)


def _normal(text: str) -> bytes:
    return unicodedata.normalize("NFC", text).encode()


def _useless(value: str, sentence: str, **words: object) -> Exception:
    return StoreLocked(reason=sentence.format(file=value, variable=FILE_VARIABLE, **words))
