"""Questions that the wallet and the till have in common in plain mode."""

from __future__ import annotations

from terminal_kit.language import N_
from terminal_kit.questions import Choice, Question, Switch, amount

STORE = Choice(
    N_("Where should secrets be kept?"),
    (
        (N_("In this system's password store"), ("--store=os",), ()),
        (N_("In a file that a passphrase encrypts"), ("--store=file",), ()),
    ),
)
INVITE = Question(N_("An invitation from the bank (Enter for none): "), "--invite", optional=True)
AMOUNT = Question(N_("Amount, such as 12.50: "), check=amount)
NOTE = Question(N_("A note (Enter for none): "), "--note", optional=True)
ID = Question(N_("Its id, or the last characters: "))
PICTURE = Question(N_("The picture's file: "), "--image")
SAVE_CODE = Question(
    N_("A .png, .svg or .txt file to save the code to (Enter for none): "),
    "--save",
    optional=True,
)
DRAW = Switch(N_("Draw the code too? [y/N] "), ("--draw",))
SAVE_PAPER = Question(
    N_("A .txt, .pdf or .bin file to save it to (Enter for none): "), "--save", optional=True
)
PRINTER = Question(
    N_("A printer to print it on, such as /dev/usb/lp0 (Enter for none): "),
    "--printer",
    optional=True,
)
#: Where a code to be read is, besides what is typed.
PLACES = (
    (N_("In a picture"), (), (PICTURE,)),
    (N_("In the clipboard"), ("--clipboard",), ()),
    (N_("On the screen"), ("--screen",), ()),
)
