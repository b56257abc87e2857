"""Questions whose answers make the words of a command; one line each, asked until it fits.

The texts of a question are marked for the catalogue by `N_` and translated when it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from terminal_kit.diagnostics import as_wallet_error, say
from terminal_kit.language import N_, _
from terminal_kit.prompts import NO, YES, answered
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable

#: The answer that goes back instead.
BACK = "q"
MOST_DIGITS = 9
MORE = N_("Another one (Enter when there is none): ")


class Back(Exception):  # noqa: N818 - no error, but a person's wish
    """Somebody wants to go back."""


@dataclass(frozen=True, slots=True)
class Words:
    """What answers made: options, and the arguments that come after them."""

    options: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()

    def __add__(self, other: Words) -> Words:
        return Words(self.options + other.options, self.arguments + other.arguments)


class Asked(Protocol):
    """Anything that is asked before a command runs."""

    def ask(self, currency: str) -> Words:
        """Ask until an answer fits. Raises Back, and EOFError at the end of the input."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of text: the value of an ``option``, or an argument of the command without one.

    An ``optional`` one is left out by Enter alone. A ``repeated`` one is asked again until then.
    ``check`` gets the answer and the profile's currency, and raises a WalletError or what the
    code library raises.
    """

    text: str
    option: str = ""
    check: Callable[[str, str], object] | None = None
    optional: bool = False
    repeated: bool = False

    def ask(self, currency: str) -> Words:
        """Ask until an answer fits. Raises Back, and EOFError at the end of the input."""
        made = self._once(self.text, currency, optional=self.optional)
        while self.repeated:
            more = self._once(MORE, currency, optional=True)
            if more == Words():
                break
            made += more
        return made

    def _once(self, text: str, currency: str, *, optional: bool) -> Words:
        while True:
            answer = line(text)
            if not answer and optional:
                return Words()
            if self._fits(answer, currency):
                break
        if self.option:
            return Words(options=(f"{self.option}={answer}",))
        return Words(arguments=(answer,))

    def _fits(self, answer: str, currency: str) -> bool:
        # A dash alone would have the command read the very answers that come next.
        if answer in {"", "-"}:
            say(_("Something must be typed here; q goes back."))
            return False
        try:
            if self.check is not None:
                self.check(answer, currency)
        except WalletError as error:
            say(told(error))
        except ValueError as error:
            say(told(as_wallet_error(error)))
        else:
            return True
        return False


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no; yes adds ``words``, such as an option without a value, and then asks ``more``."""

    text: str
    words: tuple[str, ...] = ()
    more: tuple[Asked, ...] = ()

    def ask(self, currency: str) -> Words:
        """Ask until an answer fits. Raises Back, and EOFError at the end of the input."""
        while True:
            answer = line(self.text).lower()
            if answer in NO:
                return Words()
            if answer in YES:
                return Words(options=self.words) + asked(self.more, currency)
            say(_("Type y for yes or n for no; q goes back."))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several in words, by number; each is a title, what it adds, and what it asks then."""

    text: str
    ways: tuple[tuple[str, tuple[str, ...], tuple[Asked, ...]], ...]

    def ask(self, currency: str) -> Words:
        """Ask until an answer fits. Raises Back, and EOFError at the end of the input."""
        number = choose(_(self.text), [title for title, _words, _more in self.ways])
        _title, words, more = self.ways[number]
        return Words(options=words) + asked(more, currency)


def asked(questions: tuple[Asked, ...], currency: str) -> Words:
    """Ask one after the other. Raises Back, and EOFError at the end of the input."""
    return sum((question.ask(currency) for question in questions), Words())


def line(text: str) -> str:
    """Ask for a line. Raises Back, and EOFError at the end of the input."""
    answer = answered(_(text))
    if answer == BACK:
        raise Back
    return answer


def choose(title: str, rows: list[str]) -> int:
    """Show numbered rows and give which one is chosen, from 0.

    Raises Back, and EOFError at the end of the input.
    """
    say("")
    say(title)
    for number, row in enumerate(rows, start=1):
        say(f"{number}. {_(row)}")
    while True:
        answer = line(N_("Number: "))
        if _is_number(answer) and 1 <= int(answer) <= len(rows):
            return int(answer) - 1
        said = _("Type a number from 1 to {most}; q goes back.")
        say(said.format(most=len(rows)))


def amount(text: str, currency: str) -> None:
    """Check an amount. Raises AmountInvalid."""
    from payment_codes.amount import parse_amount

    parse_amount(text, currency)


def number(least: int, most: int) -> Callable[[str, str], object]:
    """Give a check of whole numbers, which raises Usage."""

    def check(text: str, _currency: str) -> None:
        if not (_is_number(text) and least <= int(text) <= most):
            said = _("Type a number from {least} to {most}; q goes back.")
            raise Usage(reason=said.format(least=least, most=most))

    return check


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
