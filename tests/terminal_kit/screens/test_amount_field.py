"""The field for an amount: what it takes, what it says, and when."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

import pytest
from textual.app import App
from textual.widgets import Static

from payment_codes.amount import Amount
from terminal_kit.screens.themes import NIGHT
from terminal_kit.screens.widgets.amount_field import AmountField

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Field(App[None]):
    """An amount in CNY, at most 100.00."""

    optional: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(NIGHT)
        self.theme = NIGHT.name
        self.entered: list[Amount | None] = []

    def compose(self) -> ComposeResult:
        yield AmountField("CNY", check=self.check, optional=self.optional)

    def check(self, amount: Amount) -> str:
        return "More than you have." if amount.minor > 100_00 else ""

    def on_amount_field_submitted(self, event: AmountField.Submitted) -> None:
        self.entered.append(event.amount)


class OptionalField(Field):
    """An amount that may be left out."""

    optional = True


def typed(
    keys: list[str], make: type[Field] = Field
) -> tuple[str, Amount | None, str, list[Amount | None]]:
    """Type into the field; give its text, its amount, what it says, and what was entered."""

    async def run() -> tuple[str, Amount | None, str, list[Amount | None]]:
        async with make().run_test() as pilot:
            app = pilot.app
            assert isinstance(app, Field)
            field = app.query_one(AmountField)
            field.focus()
            await pilot.press(*keys)
            await pilot.pause()
            note = str(field.query_one(".amount-note", Static).content)
            return field.value, field.amount, note, app.entered

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "amount"), [("12.50", 12_50), ("0.01", 1), ("007", 7_00), ("100", 100_00)]
)
def test_amounts_are_read_as_the_commands_read_them(text: str, amount: int) -> None:
    assert typed([*text]) == (text, Amount(amount, "CNY"), "", [])


@pytest.mark.parametrize("text", ["", "0", "0.", "0.0", "12."])
def test_what_may_become_an_amount_is_no_mistake_yet(text: str) -> None:
    assert typed([*text]) == (text, None, "", [])


@pytest.mark.parametrize(
    ("text", "said"),
    [("1.234", "at most 2 decimals"), ("1234567890123", "at most 12 digits"), ("101", "More than")],
)
def test_what_no_more_typing_mends_is_said_at_once(text: str, said: str) -> None:
    _text, amount, note, _entered = typed([*text])
    assert amount is None
    assert said in note
    assert ".." not in note


def test_signs_letters_and_a_second_dot_are_not_taken() -> None:
    assert typed([*"-1a2..5e0"])[0] == "12.50"


@pytest.mark.parametrize("text", ["", "0.", "7.", "101"])
def test_enter_over_no_amount_says_why_and_enters_nothing(text: str) -> None:
    _text, _amount, note, entered = typed([*text, "enter"])
    assert note
    assert entered == []


def test_enter_gives_the_amount() -> None:
    assert typed([*"8.8", "enter"])[3] == [Amount(8_80, "CNY")]


def test_an_optional_amount_may_be_left_out_but_not_wrong() -> None:
    assert typed(["enter"], OptionalField)[2:] == ("", [None])
    assert typed([*"0", "enter"], OptionalField)[3] == []
