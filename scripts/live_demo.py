"""The demo on the real screens: a till and a wallet in one terminal, played by keys.

tmux splits the terminal: side by side where there is room, one above the other, or one behind the
other. The script waits for what is on the screens, never for time alone; the pauses are for the
audience. The same story draws the pictures of the README.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from demonstration import PIN, PROGRAMS
from tmux import SESSION, NotSeenError, Tmux

from pos.products import Products
from wallet_api.contract.rules import DEFAULT_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demonstration import Show
    from tmux import Pane

CUSTOMER, SHOP = "Alice 王", "Corner Café"
BESIDE_COLUMNS, ABOVE_ROWS = 160, 49
#: Where nobody looks on: large enough for both beside each other.
UNSEEN = (200, 50)
PICTURE_SIZE = (100, 30)
TRIES, TRY_SECONDS = 5, 2.0
KEY_SECONDS, LOOK_SECONDS = 0.12, 2.5
CAPTION_STYLE = "bg=#1f2a2f,fg=#e4ece8"


class Stage:
    """The two programs on a terminal, with a caption below them."""

    def __init__(self, tmux: Tmux, pace: float, pictures: Path | None) -> None:
        self._tmux = tmux
        self._pace = pace
        self._pictures = pictures
        self.till = Actor(self, tmux.open(str(PROGRAMS / "pos")))
        self.wallet = Actor(self, self._second())
        self._caption_line()

    def _second(self) -> Pane:
        """Open the wallet where there is room for it."""
        columns, rows = self._tmux.size
        words = (str(PROGRAMS / "wallet"),)
        if self._pictures is None and columns >= BESIDE_COLUMNS:
            return self._tmux.split(*words, direction="-h")
        # One row is the border between them, another the caption.
        if self._pictures is None and rows > ABOVE_ROWS:
            return self._tmux.split(*words, direction="-v")
        return self._tmux.window(*words)

    def _caption_line(self) -> None:
        if self._pictures is not None:
            self._tmux.run("set-option", "-g", "status", "off")
            return
        for name, value in (("status-style", CAPTION_STYLE), ("status-interval", "0")):
            self._tmux.run("set-option", "-g", name, value)
        self._tmux.run("set-option", "-g", "status-format[0]", "")

    def caption(self, actor: Actor, text: str) -> None:
        """Say what happens next, with the actor in sight, and give time to read it."""
        at = ("-t", actor.pane.name)
        self._tmux.run("select-window", *at, ";", "select-pane", *at)
        shown = text.replace("#", "##")
        self._tmux.run("set-option", "-g", "status-format[0]", f"#[align=centre,bold]{shown}")
        if not sys.stdout.isatty():
            print(text, flush=True)
        self.pause(LOOK_SECONDS)

    def pause(self, seconds: float) -> None:
        """Give the audience time."""
        if self._pace:
            time.sleep(seconds * self._pace)

    def picture(self, name: str, actor: Actor) -> None:
        """Draw what an actor shows, where pictures are wanted."""
        if self._pictures is not None:
            from drawing import draw_text

            image = draw_text("\n".join(actor.pane.see_still()), self._tmux.size[0])
            image.save(self._pictures / f"{name}.png", optimize=True)


class Actor:
    """A program, and the person at its keys."""

    def __init__(self, stage: Stage, pane: Pane) -> None:
        self._stage = stage
        self.pane = pane

    def see(self, *texts: str) -> None:
        """Wait until all these texts are on the screen. Raises NotSeenError."""
        self.pane.see(*texts)

    def press_button(self, text: str) -> None:
        """Press Enter once a button has the focus. Raises NotSeenError."""
        self.pane.see_button(text)
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys at the pace of a person, who waits until a new screen stands still."""
        for key in keys:
            self.pane.see_still()
            self.pane.press(key)
            self._stage.pause(KEY_SECONDS)

    def type(self, text: str, shown: str | None = None) -> None:
        """Type a text at the pace of a person, who begins again when it is not to be seen.

        A new field takes keys a moment after it is seen. ``shown`` is what is seen of the text.
        """
        for _ in range(TRIES):
            self.pane.see_still()
            for letter in text:
                self.pane.type(letter)
                self._stage.pause(KEY_SECONDS)
            with suppress(NotSeenError):
                self.pane.see(shown or text, seconds=TRY_SECONDS)
                return
            self.pane.press("C-u")
        raise NotSeenError(text)

    def paste(self) -> None:
        """Paste what was copied last, on either side, and wait until it is there."""
        before = self.pane.see_still()
        self.pane.paste()
        self.pane.see_other_than(before)


def story(stage: Stage) -> None:
    """Play a sale in both directions, a refund and the end of the day. Raises NotSeenError."""
    till, wallet = stage.till, stage.wallet
    _open_shop(stage)
    _pay_by_shown_code(stage, till, wallet)
    _pay_by_own_code(stage, till, wallet)
    _refund(stage, till, wallet)
    _close_day(stage, till)
    stage.caption(till, "Both sides agree to the cent, and the ledger proves itself.")


def _open_shop(stage: Stage) -> None:
    till, wallet = stage.till, stage.wallet
    till.see("Open a shift", "● live")
    wallet.see("Alice", "Last movements", "● live")
    stage.caption(till, "Morning: the till opens a shift with 200.00 in the drawer")
    till.type("200", "▊  200")
    till.press("Enter")
    till.pane.see_gone("Open a shift")


def _pay_by_shown_code(stage: Stage, till: Actor, wallet: Actor) -> None:
    """Show a code on the till and read it with the wallet."""
    stage.caption(till, "Two flat whites and a croissant: a key each")
    till.see("b Flat white")
    till.type("2*b", "2 × Flat white")
    till.type("g", "Croissant   ")
    stage.picture("till-sale", till)
    till.press("Enter")
    till.see("Ready to scan")
    stage.caption(till, "Enter shows the code; c copies it for a wallet on the same machine")
    stage.picture("till-code", till)
    till.press("c")
    till.see("Copied")
    stage.caption(wallet, "The wallet pastes the code: who, how much, what is left after it")
    wallet.press("p")
    wallet.see("Paste or type a code")
    wallet.paste()
    wallet.press("Enter")
    wallet.see("Corner Café", "Left after it")
    wallet.pane.see_enabled("Pay CN¥82.00")
    stage.picture("wallet-check", wallet)
    stage.caption(wallet, "Enter pays, and the till knows at once")
    wallet.press("Enter")
    wallet.see("✓ Paid")
    till.see("✓ Paid", "Croissant")
    stage.picture("till-paid", till)
    stage.pause(LOOK_SECONDS)
    wallet.press("Enter")
    till.press("Enter")


def _pay_by_own_code(stage: Stage, till: Actor, wallet: Actor) -> None:
    """Scan the wallet's own code for more than goes without the PIN."""
    till.see("Nothing rung up")
    wallet.see("Last movements")
    stage.caption(wallet, "The other way round: Alice shows her code, which needs no network")
    wallet.press("c")
    wallet.see("Let the till scan this", "It works once")
    stage.picture("wallet-code", wallet)
    wallet.press("c")
    wallet.see("Copied")
    stage.caption(till, "The till keys in 1,288.00 and scans it: above what goes without the PIN")
    till.type("1288")
    till.paste()
    till.see("Waiting for the PIN")
    wallet.see("A till asks for your PIN")
    stage.caption(wallet, "The PIN is asked for wherever Alice is")
    wallet.type(PIN, "•" * len(PIN))
    wallet.press("Enter")
    wallet.see("✓ Paid")
    till.see("✓ Paid")
    stage.pause(LOOK_SECONDS)
    wallet.press("Enter")
    till.press("Enter")


def _refund(stage: Stage, till: Actor, wallet: Actor) -> None:
    """Give a part of the money back."""
    till.see("Nothing rung up")
    stage.caption(till, "Something comes back: a refund of 288.00")
    till.press("F2")
    till.see("1,288.00", "82.00", "⏎ Open")
    till.press("Enter")
    till.see("f Refund")
    till.press("f")
    till.see("can be given back")
    till.press("C-u")
    till.type("288.00", "▊  288.00")
    till.press("Enter")
    till.type("wrong size")
    till.press("Enter")
    till.press_button("Refund")
    till.see("Refunded")
    stage.caption(wallet, "The money is back at once, and Alice sees every movement")
    wallet.press("Escape")
    wallet.see("Last movements")
    wallet.press("h")
    wallet.see("/ Search", "Refund", "288.00")
    stage.picture("wallet-history", wallet)
    wallet.press("Escape")
    wallet.see("Last movements", "Refund")
    stage.picture("wallet-home", wallet)
    till.press("Enter")
    till.press("Escape")
    till.press("Escape")
    till.see("Nothing rung up")


def _close_day(stage: Stage, till: Actor) -> None:
    """Close the shift, which gives its Z report."""
    stage.caption(till, "Evening: the shift, its sums and the day as a plot")
    till.press("F4")
    till.see("Shift", "1,370.00")
    stage.picture("till-shift", till)
    till.press("z")
    till.press_button("Close")
    till.see("Closed ", "Net")
    stage.pause(LOOK_SECONDS)


def play_live(show: Show, pace: float, pictures: Path | None = None) -> None:
    """Play on this terminal, or unseen where there is none or ``pictures`` are drawn to a folder.

    ``pace`` stretches the pauses; 0 leaves them out. Raises SystemExit when something never came
    on a screen, and KeyboardInterrupt when the audience stops it.
    """
    print("Opening a shop and a wallet…", file=sys.stderr, flush=True)
    show.ask("wallet", "open", "--name", CUSTOMER, "--store", "file", "--pin-file", "pin")
    show.ask("pos", "open", "--name", SHOP, "--city", "Shanghai", "--store", "file")
    show.ask("wallet", "top-up", "2000")
    _stock_products(show.environment)
    seen = sys.stdout.isatty() and pictures is None
    size = shutil.get_terminal_size() if seen else PICTURE_SIZE if pictures else UNSEEN
    # A path of a socket has at most 108 bytes.
    with TemporaryDirectory(prefix="tmux-") as folder:
        environment = {**show.environment, "COLORTERM": "truecolor"}
        with closing(Tmux(Path(folder), environment, (size[0], size[1]))) as tmux:
            stage = Stage(tmux, pace, pictures)
            try:
                _play_seen(tmux, stage) if seen else story(stage)
            except NotSeenError as error:
                raise SystemExit(f"The demo stopped: {error}") from None


def _stock_products(environment: Mapping[str, str]) -> None:
    """Give the till a few products, as its first run does."""
    with patch.dict(os.environ, environment):
        products = Products("default", DEFAULT_CURRENCY)
        products.save(products.examples())


def _play_seen(tmux: Tmux, stage: Stage) -> None:
    """Play while this terminal shows it. Raises NotSeenError, KeyboardInterrupt."""
    with ThreadPoolExecutor(1) as pool:
        played = pool.submit(_play_to_the_end, tmux, stage)
        tmux.attach()
        if not played.done():
            tmux.close()
            played.exception()
            raise KeyboardInterrupt
        played.result()


def _play_to_the_end(tmux: Tmux, stage: Stage) -> None:
    """Play, and have the terminal let go of it whatever happens."""
    try:
        story(stage)
    finally:
        with suppress(CalledProcessError):
            tmux.run("detach-client", "-s", SESSION)
