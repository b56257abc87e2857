"""The tables of plain mode against the commands that they name, and answers against their words."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

import pos.app
import pos.plain
import wallet_cli.app
import wallet_cli.plain
from terminal_kit.plain import Act, Menu, Passphrase
from terminal_kit.questions import BACK, Back, Choice, Question, Switch, Words, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal_kit.plain import Flows, Talk
    from terminal_kit.questions import Asked

PROGRAMS = [
    pytest.param(wallet_cli.app.app, wallet_cli.plain.FLOWS, id="wallet"),
    pytest.param(pos.app.app, pos.plain.FLOWS, id="pos"),
]
#: Commands that plain mode has other ways for, or that are for scripts.
ELSEWHERE = {"api", "webhook resend", "webhook listen", "charge", "display", "report", "shift"}


def rows(menu: Menu) -> Iterator[Act | Talk]:
    for row in menu.rows:
        if isinstance(row, Menu):
            yield from rows(row)
        else:
            yield row


def acts(flows: Flows) -> list[Act]:
    both = (*rows(flows.first_run), *rows(flows.menu))
    return [row for row in both if isinstance(row, Act)]


def options(asked: tuple[Asked, ...]) -> Iterator[str]:
    """Give every option that answers can make."""
    for one in asked:
        match one:
            case Question(option=option):
                yield option
            case Switch(words=words, more=more):
                yield from (*words, *options(more))
            case Choice(ways=ways):
                for _title, words, more in ways:
                    yield from (*words, *options(more))


@pytest.mark.parametrize(("app", "flows"), PROGRAMS)
def test_every_act_is_a_command_with_these_options(app: typer.Typer, flows: Flows) -> None:
    program = typer.main.get_command(app)
    for act in acts(flows):
        for words in (act.command, *act.first, *act.then):
            command, given = program, words.split()
            while given and not given[0].startswith("-") and hasattr(command, "commands"):
                command = command.commands[given.pop(0)]
            known = {name for one in command.params for name in one.opts + one.secondary_opts}
            made = [*given, *(options(act.questions) if words == act.command else ())]
            used = {word.partition("=")[0] for word in made if word.startswith("--")}
            assert used <= known | {"--help"}, words


@pytest.mark.parametrize(("app", "flows"), PROGRAMS)
def test_every_command_is_in_a_menu(app: typer.Typer, flows: Flows) -> None:
    def below(command: object, words: str) -> Iterator[str]:
        for name, one in getattr(command, "commands", {}).items():
            yield f"{words}{name}"
            yield from below(one, f"{words}{name} ")

    program = typer.main.get_command(app)
    named = [words for act in acts(flows) for words in (act.command, *act.first, *act.then)]
    missing = [
        words
        for words in below(program, "")
        if not any(f"{one} ".startswith(f"{words} ") for one in named)
    ]
    assert set(missing) <= ELSEWHERE


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in answers)))


@given(
    text=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(
        lambda text: text not in {BACK, "-"}
    )
)
def test_an_answer_reaches_the_command_as_it_is(text: str) -> None:
    send = typer.main.get_command(wallet_cli.app.app).commands["send"]  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        answering(patch, text, text)
        words = Question("", "--note").ask("CNY") + Question("").ask("CNY")
    context = send.make_context("send", [*words.options, "--to=x", "--", *words.arguments])
    assert (context.params["note"], context.params["amount"]) == (text, text)


def test_a_repeated_question_ends_with_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "a", "b", "c", "")
    made = Question("", "--with", repeated=True).ask("CNY")
    assert made.options == ("--with=a", "--with=b", "--with=c")


def test_a_switch_takes_yes_and_no_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    switch = Switch("", ("--draw",))
    answering(monkeypatch, "maybe", "Y", "是", "否", "")
    assert [switch.ask("CNY").options for _ in range(4)] == [("--draw",), ("--draw",), (), ()]
    answering(monkeypatch, BACK)
    with pytest.raises(Back):
        switch.ask("CNY")
    with pytest.raises(EOFError):
        switch.ask("CNY")


@given(text=st.text(max_size=12))
def test_only_numbers_in_range_are_numbers(text: str) -> None:
    fits = text in {"3", "4", "5"} or (text.isascii() and text.isdigit() and 3 <= int(text) <= 5)
    try:
        number(3, 5)(text, "CNY")
    except Exception:  # noqa: BLE001 - whatever says that it does not fit
        assert not fits
    else:
        assert fits


def test_a_passphrase_is_asked_for_once_until_it_was_wrong() -> None:
    asked = iter(("wrong", "right"))
    passphrase = Passphrase(lambda _prompt: next(asked))
    assert [passphrase("p"), passphrase("p")] == ["wrong", "wrong"]
    passphrase.forget()
    assert [passphrase("p"), passphrase("p")] == ["right", "right"]


def test_words_of_several_answers_are_joined() -> None:
    assert Words(("--a",), ("1",)) + Words((), ("2",)) == Words(("--a",), ("1", "2"))
