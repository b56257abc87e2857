"""Where one can go in the wallet. The order is that of the palette, the help and the home keys."""

from __future__ import annotations

from terminal_kit.language import N_
from terminal_kit.screens.places import Place

_HERE = "wallet_cli.screens"

PLACES = (
    Place("first-run", N_("Welcome"), "", f"{_HERE}.first_run:FirstRun"),
    Place("unlock", N_("Locked"), "", "terminal_kit.screens.unlock:Unlock"),
    Place("home", N_("Home"), "", f"{_HERE}.home:Home"),
    Place("pay", N_("Pay"), N_("Paste, type or read a code, and pay"), f"{_HERE}.pay:Pay", "p"),
    Place(
        "decode",
        N_("What a code says"),
        N_("Any payment code of the world, unpaid"),
        f"{_HERE}.decode:Decode",
    ),
    Place(
        "code",
        N_("My code"),
        N_("The payer code that a till scans"),
        f"{_HERE}.payer_code:PayerCodeScreen",
        "c",
    ),
    Place(
        "receive", N_("Receive"), N_("Show a code to be paid with"), f"{_HERE}.receive:Receive", "r"
    ),
    Place("send", N_("Send"), N_("Send money to a person"), f"{_HERE}.send:Send", "s"),
    Place(
        "history",
        N_("History"),
        N_("All that moved: search, receipts, export"),
        f"{_HERE}.history:History",
        "h",
    ),
    Place(
        "waiting",
        N_("Waiting"),
        N_("What waits for my PIN or my answer"),
        f"{_HERE}.waiting:Waiting",
        "w",
    ),
    Place(
        "requests",
        N_("Requests"),
        N_("Ask people for money, answer them"),
        f"{_HERE}.requests:Requests",
        "q",
    ),
    Place(
        "split",
        N_("Split a bill"),
        N_("Share a bill with people, to the cent"),
        f"{_HERE}.split:SplitScreen",
        "x",
    ),
    Place("gifts", N_("Gifts"), N_("Give away money, take a gift"), f"{_HERE}.gifts:Gifts", "g"),
    Place(
        "bank",
        N_("Bank"),
        N_("Top up from the bank, withdraw to it"),
        f"{_HERE}.bank:BankScreen",
        "b",
    ),
    Place(
        "statement",
        N_("Statement"),
        N_("A month whose sums agree, as PDF too"),
        f"{_HERE}.statement:StatementScreen",
        "m",
    ),
    Place(
        "limits",
        N_("Limits"),
        N_("What I may spend, and how to raise it"),
        f"{_HERE}.limits:LimitsScreen",
        "l",
    ),
    Place(
        "devices",
        N_("Devices"),
        N_("Approve or shut out devices, freeze, PIN"),
        f"{_HERE}.devices:Devices",
        "d",
    ),
    Place(
        "activity",
        N_("Activity"),
        N_("Everything the bank tells, as it happens"),
        "terminal_kit.screens.activity:Activity",
        "a",
    ),
    Place(
        "settings",
        N_("Settings"),
        N_("Profile, language, theme, store"),
        f"{_HERE}.settings:WalletSettings",
        "o",
    ),
    Place(
        "help",
        N_("Help"),
        N_("What each screen and key does"),
        "terminal_kit.screens.help:Help",
        "f1",
    ),
)
