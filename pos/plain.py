"""The till in plain words: what `pos --plain` offers, as menus of commands and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.common_questions import (
    DRAW,
    ID,
    INVITE,
    PRINTER,
    SAVE_CODE,
    SAVE_PAPER,
    STORE,
)
from terminal_kit.language import N_
from terminal_kit.plain import Act, Flows, Menu, Talk, speak
from terminal_kit.questions import Question, amount

if TYPE_CHECKING:
    from terminal_kit.plain import Run
    from terminal_kit.session import Chosen


def _new_sale(chosen: Chosen, run: Run) -> None:
    from pos.plain_sale import new_sale

    new_sale(chosen, run)


def _resume_sale(chosen: Chosen, run: Run) -> None:
    from pos.plain_sale import resume_sale

    resume_sale(chosen, run)


SHIFT = Question(N_("Its number (Enter for the last): "), optional=True)
WEBHOOK = Question(N_("The webhook's id, or its last characters: "))

FIRST_RUN = Menu(
    N_("Welcome. There is no till here yet."),
    (
        Act(
            N_("Open a shop with its first till"),
            "open",
            (
                Question(N_("The shop's name: "), "--name"),
                Question(N_("Its city (Enter for Shanghai): "), "--city", optional=True),
                Question(
                    N_("Its category, a number of ISO 18245 (Enter for 5812, a restaurant): "),
                    "--category",
                    optional=True,
                ),
                *(STORE, INVITE),
            ),
        ),
        Act(
            N_("Open another till of a shop that invites it"),
            "open",
            (Question(N_("The invitation: "), "--invite"), STORE),
        ),
    ),
)
SALES = Menu(
    N_("Sales"),
    (
        Act(N_("The last sales"), "sales"),
        Act(N_("One sale with its details"), "show", (ID,), first=("sales",)),
        Act(
            N_("Give money back"),
            "refund",
            (
                Question(
                    N_("How much (Enter for all that is left): "),
                    *("--amount", amount),
                    optional=True,
                ),
                Question(N_("Why (Enter for nothing): "), "--reason", optional=True),
                ID,
            ),
            first=("sales",),
        ),
        Act(N_("Undo a sale"), "reverse", (ID,), first=("sales",)),
        Act(N_("Give up a sale that is not paid"), "close", (ID,), first=("sales",)),
        Act(N_("Go on waiting for a sale"), "wait", (ID,), first=("sales",)),
        Act(N_("A receipt"), "receipt", (SAVE_PAPER, PRINTER, ID), first=("sales",)),
        Act(N_("Find out what had no answer"), "resume"),
    ),
)
REPORTS = Menu(
    N_("Shift"),
    (
        Act(N_("The open shift"), "shift"),
        Act(
            N_("Open a shift"),
            "shift open",
            (Question(N_("Change in the drawer (Enter for none): "), "--float", optional=True),),
        ),
        Act(N_("Close the shift"), "shift close"),
        Act(N_("X report: taken so far"), "report x", (SAVE_PAPER, PRINTER)),
        Act(N_("Z report of a closed shift"), "report z", (SAVE_PAPER, PRINTER, SHIFT)),
    ),
)
SETTLEMENTS = Menu(
    N_("Settlements"),
    (
        Act(N_("What the bank has paid out"), "settlements"),
        Act(
            N_("One settlement, or its file"),
            "settlement",
            (
                Question(
                    N_("A .csv file to save it to (Enter for none): "), "--save", optional=True
                ),
                ID,
            ),
            first=("settlements",),
        ),
    ),
)
TILLS = Menu(
    N_("Tills"),
    (
        Act(N_("The tills of this shop"), "tills"),
        Act(N_("Invite another till"), "invite"),
        Act(N_("Shut a till out"), "revoke", (ID,), first=("tills",)),
        Act(N_("Take no more payments"), "freeze"),
        Act(N_("Take payments again"), "unfreeze"),
    ),
)
WEBHOOKS = Menu(
    N_("Webhooks"),
    (
        Act(N_("Where events are sent"), "webhook list"),
        Act(N_("Send events to a program"), "webhook add", (Question(N_("Its URL: ")),)),
        Act(N_("Try one"), "webhook test", (WEBHOOK,), first=("webhook list",)),
        Act(N_("What was sent to one"), "webhook deliveries", (WEBHOOK,), first=("webhook list",)),
        Act(N_("Remove one"), "webhook remove", (WEBHOOK,), first=("webhook list",)),
    ),
)
TEST_CODE = Act(
    N_("Make a test code of any scheme in the world"),
    "test-code",
    (
        Question(N_("The scheme's id, such as pix: ")),
        Question(N_("Amount (Enter for one that is made up): "), "--amount", optional=True),
        Question(
            N_("A fault, such as crc, length or order (Enter for none): "),
            "--break",
            optional=True,
        ),
        *(DRAW, SAVE_CODE),
    ),
    first=("test-code --list",),
)
MENU = Menu(
    N_("What would you like to do?"),
    (
        Talk(N_("Sale"), _new_sale),
        Talk(N_("Take up a sale that was put aside"), _resume_sale),
        *(SALES, REPORTS),
        Act(N_("The shop's own code, for good"), "code", (DRAW, SAVE_CODE)),
        *(SETTLEMENTS, TILLS, WEBHOOKS),
        Act(N_("Activity"), "events --since 0 --no-follow"),
        Act(N_("Which till this is, and how it stands"), "doctor", first=("whoami",)),
        TEST_CODE,
        Talk(N_("Language: English or 中文"), speak),
        Act(N_("Help: all commands"), "--help"),
    ),
)
FLOWS = Flows(FIRST_RUN, MENU)
