"""A field for an amount of money, checked as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from textual import on
from textual.containers import HorizontalGroup, VerticalGroup
from textual.message import Message
from textual.widgets import Input, Static

from payment_codes.amount import MOST_DIGITS, parse_amount
from payment_codes.errors import AmountInvalid
from terminal_kit.diagnostics import as_wallet_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from payment_codes.amount import Amount

#: What one types on the way to an amount is no mistake yet.
UNFINISHED = "0."


class AmountField(VerticalGroup):
    """Takes digits and one dot, and says beneath what is wrong with them.

    ``amount`` is what is typed, or None where that is no amount. ``check`` gives a sentence against
    an amount, or an empty text; with a sentence there is no amount either. An ``optional`` field
    may stay empty.
    """

    DEFAULT_CSS = """
    AmountField .amount-row { height: 3; }
    AmountField .amount-row Input { width: 1fr; max-width: 26; }
    AmountField .amount-currency { width: auto; padding: 1 1; color: $muted; }
    AmountField .amount-note { height: 1; padding: 0 1; color: $muted; text-overflow: ellipsis; }
    AmountField .amount-note.bad { color: $error; height: auto; }
    """

    @dataclass
    class Changed(Message):
        """Something was typed."""

        field: AmountField
        amount: Amount | None

        @property
        def control(self) -> AmountField:
            """The field."""
            return self.field

    @dataclass
    class Submitted(Message):
        """Enter was pressed over an amount, or over nothing where that is allowed."""

        field: AmountField
        amount: Amount | None

        @property
        def control(self) -> AmountField:
            """The field."""
            return self.field

    def __init__(
        self,
        currency: str,
        *,
        value: str = "",
        placeholder: str = "0.00",
        optional: bool = False,
        check: Callable[[Amount], str] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._currency = currency
        self._value = value
        self._placeholder = placeholder
        self._optional = optional
        self._check = check
        self._hint = ""

    def compose(self) -> ComposeResult:
        """Give the field, its currency, and the row beneath."""
        with HorizontalGroup(classes="amount-row"):
            yield Input(
                self._value,
                placeholder=self._placeholder,
                restrict=r"[0-9]*\.?[0-9]*",
                max_length=MOST_DIGITS + 1,
                select_on_focus=False,
            )
            yield Static(self._currency, classes="amount-currency", markup=False)
        yield Static(classes="amount-note", markup=False)

    @property
    def value(self) -> str:
        """The text as it is typed."""
        return self.query_one(Input).value

    @value.setter
    def value(self, text: str) -> None:
        self.query_one(Input).value = text

    @property
    def amount(self) -> Amount | None:
        """The amount, or None where what is typed is none."""
        amount, wrong = self._read()
        return None if wrong else amount

    @property
    def is_ready(self) -> bool:
        """Say whether there is an amount, or nothing where that is allowed."""
        return self.amount is not None or (self._optional and not self.value)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the focus into the field."""
        self.query_one(Input).focus(scroll_visible)
        return self

    def hint(self, text: str) -> None:
        """Say something beneath an amount that nothing is wrong with."""
        self._hint = text
        self._say(finished=False)

    def complain(self) -> None:
        """Say what keeps it from being an amount, though nothing more is typed."""
        self._say(finished=True)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._say(finished=False)
        self.post_message(self.Changed(self, self.amount))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.complain()
        if self.is_ready:
            self.post_message(self.Submitted(self, self.amount))

    def _read(self) -> tuple[Amount | None, str]:
        """Give the amount and what is wrong with it."""
        try:
            amount = parse_amount(self.value, self._currency)
        except AmountInvalid as error:
            reason = str(as_wallet_error(error).details["reason"])
            return None, reason if reason.endswith((".", "。")) else f"{reason}."
        return amount, "" if self._check is None else self._check(amount)

    def _say(self, *, finished: bool) -> None:
        """Say what is wrong, but of an amount that is being typed only what more cannot mend."""
        wrong = self._read()[1]
        if not finished and self._is_unfinished():
            wrong = ""
        if finished and self.is_ready:
            wrong = ""
        note = self.query_one(".amount-note", Static)
        note.update(f"✗ {wrong}" if wrong else self._hint)
        note.set_class(bool(wrong), "bad")

    def _is_unfinished(self) -> bool:
        return self.value.endswith(".") or not self.value.strip(UNFINISHED)
