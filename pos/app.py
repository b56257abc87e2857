"""The program ``pos``: all its commands, in the order that ``--help`` lists them."""

from __future__ import annotations

from pos.menu import charging, opening, selling, tools
from terminal_kit.program import new_app

app = new_app("pos", "A merchant's till: charge, wait, refund, reverse.", "POS_PROFILE")

for menu in (opening, charging, selling, tools):
    app.add_typer(menu.app)
