"""The wallet in plain words: what `wallet --plain` offers, as menus of commands and questions."""

from __future__ import annotations

from terminal_kit.common_questions import (
    AMOUNT,
    DRAW,
    ID,
    INVITE,
    NOTE,
    PICTURE,
    PLACES,
    PRINTER,
    SAVE_CODE,
    SAVE_PAPER,
    STORE,
)
from terminal_kit.language import N_
from terminal_kit.plain import Act, Flows, Menu, Talk, speak
from terminal_kit.questions import Choice, Question, Switch, amount, number
from wallet_api.contract.rules import MOST_GIFT_SHARES

PERSON = N_("A wallet's id, or the text of a personal code: ")
FROM = Question(N_("From which day, such as 2026-01-31 (Enter for all): "), "--from", optional=True)
UNTIL = Question(N_("To which day (Enter for today): "), "--to", optional=True)
DEVICE = Question(N_("The device's id, or its last characters: "))

FIRST_RUN = Menu(
    N_("Welcome. There is no wallet here yet."),
    (
        Act(N_("Open a wallet"), "open", (Question(N_("Your name: "), "--name"), STORE, INVITE)),
        Act(
            N_("Use a wallet that I have on another device"),
            "open",
            (
                Question(N_("That wallet's whole id: "), "--join"),
                Question(N_("A name for this device: "), "--name"),
                *(STORE, INVITE),
            ),
        ),
    ),
)
CODE = Choice(
    N_("Where is the code?"),
    ((N_("I type or paste its text"), (), (Question(N_("The code's text: ")),)), *PLACES),
)
PAY = Act(N_("Pay"), "pay", (CODE,))
DECODE = Act(N_("What a code says, without paying it"), "decode", (CODE,))
RECEIVE = Act(
    N_("Receive"),
    "receive",
    (
        Question(N_("Amount (Enter if the payer types it): "), check=amount, optional=True),
        *(NOTE, DRAW, SAVE_CODE),
    ),
)
HISTORY = Menu(
    N_("History"),
    (
        Act(N_("The last movements"), "history"),
        Act(
            N_("Search"),
            "history --limit 100",
            (
                Question(
                    N_("Part of a name, a note or an id (Enter for any): "),
                    "--search",
                    optional=True,
                ),
                *(FROM, UNTIL),
                Choice(
                    N_("Money in or out?"),
                    (
                        (N_("Both"), (), ()),
                        (N_("What came in"), ("--direction=in",), ()),
                        (N_("What went out"), ("--direction=out",), ()),
                    ),
                ),
            ),
        ),
        Act(N_("One movement with its details"), "show", (ID,), first=("history",)),
        Act(
            N_("A receipt"),
            "receipt",
            (ID, SAVE_PAPER, PRINTER),
            first=("history --direction out",),
        ),
        Act(
            N_("Write everything to a file"),
            "export",
            (
                Choice(
                    N_("Which form?"),
                    (
                        (N_("A table for a spreadsheet (CSV)"), ("--format=csv",), ()),
                        (N_("For programs (JSON)"), ("--format=json",), ()),
                    ),
                ),
                *(FROM, Question(N_("The file to write: "), "--save")),
            ),
        ),
    ),
)
WAITING = Menu(
    N_("Waiting"),
    (
        Act(N_("What waits for my PIN"), "pending"),
        Act(N_("Confirm with the PIN"), "confirm", (ID,), first=("pending",)),
        Act(N_("Decline"), "decline", (ID,), first=("pending",)),
        Act(N_("Find out what had no answer"), "resume"),
    ),
)
SEND = Menu(
    N_("Send"),
    (
        Act(N_("Send money to a person"), "send", (AMOUNT, Question(PERSON, "--to"), NOTE)),
        Act(N_("What I sent and received"), "transfers"),
        Act(N_("Take back what the bank holds"), "cancel", (ID,), first=("transfers",)),
    ),
)
REQUESTS = Menu(
    N_("Requests"),
    (
        Act(N_("Requests that I made and got"), "requests"),
        Act(N_("Ask somebody for money"), "request", (AMOUNT, Question(PERSON, "--from"), NOTE)),
        Act(N_("Pay a request"), "pay-request", (ID,), first=("requests",)),
        Act(N_("Decline a request"), "decline-request", (ID,), first=("requests",)),
        Act(N_("Take back a request"), "cancel-request", (ID,), first=("requests",)),
    ),
)
SPLIT = Menu(
    N_("Split a bill"),
    (
        Act(
            N_("Split a bill that I paid"),
            "split",
            (
                *(AMOUNT, Question(PERSON, "--with", repeated=True)),
                Question(
                    N_("Weights such as 1,2,1, yours first (Enter for even shares): "),
                    "--shares",
                    optional=True,
                ),
                NOTE,
            ),
        ),
        Act(N_("The bills that I split"), "splits"),
        Act(N_("One bill: who has paid"), "splits", (ID,), first=("splits",)),
    ),
)
GIFTS = Menu(
    N_("Gifts"),
    (
        Act(
            N_("Give money away"),
            "gift",
            (
                AMOUNT,
                Question(
                    N_("How many people can take a share (Enter for one): "),
                    "--count",
                    number(1, MOST_GIFT_SHARES),
                    optional=True,
                ),
                Switch(N_("Random shares? [y/N] "), ("--random",)),
                Switch(N_("For one person alone? [y/N] "), more=(Question(PERSON, "--for"),)),
                *(NOTE, DRAW, SAVE_CODE),
            ),
        ),
        Act(
            N_("Take a share of a gift"),
            "claim",
            (
                Choice(
                    N_("Where is the gift's code?"),
                    (
                        (
                            N_("I type or paste it, or the id of a gift to me"),
                            *((), (Question(N_("The code or id: ")),)),
                        ),
                        (N_("In a picture"), (), (PICTURE,)),
                    ),
                ),
            ),
        ),
        Act(N_("Gifts that I made or got"), "gifts"),
        Act(N_("One gift: who took a share"), "gifts", (ID,), first=("gifts",)),
    ),
)
LIMITS = Menu(
    N_("Limits"),
    (
        Act(N_("What I may spend"), "limits"),
        Act(
            N_("Raise the limits"),
            "raise-tier",
            (
                Choice(
                    N_("To which tier?"),
                    (
                        (N_("III, with name and identity number"), ("III",), ()),
                        (N_("II, with a bank card too"), ("II",), ()),
                        (N_("I, with a document from a branch"), ("I",), ()),
                    ),
                ),
            ),
        ),
    ),
)
DEVICES = Menu(
    N_("Devices"),
    (
        Act(N_("The devices of this wallet"), "devices"),
        Act(N_("Let a new device in"), "approve", (DEVICE,), first=("devices",)),
        Act(N_("Shut a device out"), "revoke", (DEVICE,), first=("devices",)),
        Act(N_("Freeze this wallet at once"), "freeze"),
        Act(N_("Lift my freeze"), "unfreeze"),
        Act(N_("Set the PIN"), "pin set"),
        Act(N_("Change the PIN"), "pin change"),
    ),
)
MENU = Menu(
    N_("What would you like to do?"),
    (
        Act(
            N_("Home: balance, what waits"),
            "history --limit 5",
            first=("balance", "pending"),
        ),
        PAY,
        Act(N_("My code"), "code", (DRAW, SAVE_CODE), then=("pending",)),
        *(RECEIVE, SEND, HISTORY, WAITING, REQUESTS, SPLIT, GIFTS),
        Menu(
            N_("Bank"),
            (
                Act(N_("Bring money from the bank"), "top-up", (AMOUNT,)),
                Act(N_("Send money to my bank account"), "withdraw", (AMOUNT,)),
            ),
        ),
        Act(
            N_("Statement"),
            "statement",
            (
                Question(N_("The month, such as 2026-01: "), "--month"),
                Question(
                    N_("A .pdf or .txt file to save it to (Enter for none): "),
                    "--save",
                    optional=True,
                ),
            ),
        ),
        *(LIMITS, DEVICES),
        Act(N_("Activity"), "events --since 0 --no-follow"),
        Act(N_("Whose wallet this is, and how it stands"), "doctor", first=("whoami",)),
        DECODE,
        Talk(N_("Language: English or 中文"), speak),
        Act(N_("Help: all commands"), "--help"),
    ),
)
FLOWS = Flows(FIRST_RUN, MENU)
