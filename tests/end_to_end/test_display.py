"""`pos display` as it is installed: on a terminal of its own, and where there is none."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from pos.display_feed import DisplayFeed
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.end_to_end.terminal import PROMPT, open_terminal
from tests.pos.screens.stand import SALE

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_it_follows_a_till_in_another_process(shop: Programs) -> None:
    # Nothing of it needs the bank.
    environment = {**shop.environment, "WALLET_API_URL": "http://127.0.0.1:1"}
    with open_terminal(environment) as terminal:
        terminal.type("pos", "display")
        terminal.wait_for("This till is closed.")
        with patch.dict(os.environ, shop.environment, clear=True), Session(TILL) as session:
            with closing(DisplayFeed(session)) as feed:
                feed.named("Tea House")
                terminal.wait_for("Welcome")
                feed.sale(SALE.rung, SALE.total)
                terminal.wait_for("Flat white")
            terminal.wait_for("This till is closed.")
        terminal.press("q")
        terminal.wait_for(PROMPT)


def test_it_needs_a_till_and_a_terminal(programs: Programs) -> None:
    programs.run("pos", "display", exit_code=4)
    programs.opening_till().finish()
    said = programs.run("pos", "display", exit_code=2).err
    assert "needs a terminal of its own" in said
