"""``wallet decode``, and the card of a code that cannot be paid."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

import typer

from terminal_kit.console import write_json
from terminal_kit.decoding import Decoded, as_json, decode
from terminal_kit.diagnostics import say
from terminal_kit.reading import Source, read_code
from wallet_api.contract.error_base import Exit

if TYPE_CHECKING:
    from payment_codes.native import NativeCode


def decode_code(source: Source, *, strict: bool, json: bool) -> None:
    """Read a code and show its card; exit with 6 where it fails the reading that is asked for."""
    decoded = decode(read_code(source), datetime.now(UTC))
    if json:
        write_json(as_json(decoded))
    else:
        _show(decoded, sys.stdout)
    if not (decoded.strict if strict else decoded.lenient):
        raise typer.Exit(Exit.BAD_CODE)


def read_own(text: str) -> NativeCode:
    """Read one of our codes; the card of another one is shown before CodeForeign is raised."""
    from payment_codes.errors import CodeForeign
    from wallet_cli.foreign import read_any, why_not_payable

    found = read_any(text, datetime.now(UTC))
    if not isinstance(found, Decoded):
        return found
    _show(found, sys.stderr)
    say(why_not_payable(found))
    raise CodeForeign.of(found.code.scheme.name)


def _show(decoded: Decoded, stream: IO[str]) -> None:
    from terminal_kit.card_output import write_card
    from terminal_kit.code_card import card_of

    write_card(card_of(decoded), stream)
