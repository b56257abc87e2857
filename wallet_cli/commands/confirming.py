"""Asking for the PIN until it is right, and for an amount that a code leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from payment_codes.amount import Amount, amount_text, parse_amount
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.prompts import ask_line, ask_pin, can_ask
from terminal_kit.words import told
from wallet_api.contract.errors import PinRequired, PinWrong, Usage
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def with_pin(subject: str, confirm: Callable[[str], T], given: str | None) -> T:
    """Confirm with the PIN; a person who mistypes it is asked again while tries are left.

    ``subject`` is the id of what waits. Raises PinRequired where nobody can be asked.
    """
    while True:
        pin = given or ask_pin()
        if pin is None:
            raise PinRequired(id=short_code(subject))
        try:
            return confirm(pin)
        except PinWrong as error:
            if given is not None:
                raise
            say(told(error))


def require_amount_or_terminal(stated: Amount | None, typed: str | None) -> None:
    """Raise Usage where an amount is missing and nobody can be asked: before anything is sent."""
    if stated is None and typed is None and not can_ask():
        raise Usage(reason=_("The code states no amount. Give one with --amount."))


def chosen_amount(stated: Amount | None, typed: str | None, currency: str) -> Amount:
    """Give the amount that a code states, or that the payer typed or types now.

    Raises AmountInvalid, and Usage where the payer typed another one than the code states.
    """
    if typed is None and stated is None:
        typed = ask_line(_("Amount: "))
    if typed is None:
        assert stated is not None
        return stated
    amount = parse_amount(typed, currency)
    if stated not in (None, amount):
        assert stated is not None
        asked = _("The code asks for {stated}, not {typed}.")
        raise Usage(reason=asked.format(stated=amount_text(stated), typed=amount_text(amount)))
    return amount
