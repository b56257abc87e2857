"""The program ``wallet``: all its commands, in the order that ``--help`` lists them."""

from __future__ import annotations

from terminal_kit.program import new_app
from wallet_cli.menu import account, bank, paying, tools

app = new_app("wallet", "A shopper's wallet: pay, be charged, see what moved.", "WALLET_PROFILE")

for menu in (account, paying, bank, tools):
    app.add_typer(menu.app)
