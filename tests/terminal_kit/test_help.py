"""The help of every command in Chinese: laid out by cells, with the commands as they are."""

from __future__ import annotations

import gettext
import re
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

import pos.app
import wallet_api.commands.app
import wallet_cli.app
from terminal_kit.help import translate
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click.core import Command, Context

COLUMNS = 80
APPS = {
    "wallet": wallet_cli.app.app,
    "pos": pos.app.app,
    "wallet-api": wallet_api.commands.app.app,
}


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("terminal_kit.language._chosen", ["zh"])
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    domain = gettext.textdomain()
    yield
    gettext.textdomain(domain)


def pages(command: Command, name: str, parent: Context | None = None) -> Iterator[tuple[str, str]]:
    """Give the page of a command and of each below it, with the words that it is called by."""
    context = command.context_class(command, info_name=name, parent=parent, terminal_width=COLUMNS)
    yield context.command_path, context.get_help()
    for below, one in getattr(command, "commands", {}).items():
        yield from pages(one, below, context)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("program", APPS)
def test_every_page_is_chinese_and_fits(program: str) -> None:
    english = dict(pages(get_command(APPS[program]), program))
    command = get_command(APPS[program])
    translate(command)
    chinese = dict(pages(command, program))
    assert chinese.keys() == english.keys()
    assert len(chinese) > 10
    for words, text in chinese.items():
        assert text.startswith(f"用法：{words}"), text
        assert all(cells(line) <= COLUMNS for line in text.splitlines()), text
        left = re.search(r"Usage|Options|Commands|Arguments|Example|default:|required|<str>", text)
        assert left is None, text
        joined = " ".join(text.split())
        for example in re.findall(r"Example: (\S+ [\w-]+)", english[words]):
            assert f"示例：{example}" in joined, text
