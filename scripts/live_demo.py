"""The demo on the real screens: a till and a wallet in one terminal, played by keys.

tmux splits the terminal: side by side where there is room, one above the other, or one behind the
other. The script waits for what is on the screens, never for time alone; the pauses are for the
audience. The same story draws the pictures of the README.
"""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING
from unittest.mock import patch

from demonstration import PIN
from live_stage import LOOK_SECONDS, Stage
from tmux import SESSION, NotSeenError, Tmux

from pos.products import Products
from wallet_api.contract.rules import DEFAULT_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demonstration import Show
    from live_stage import Actor

CUSTOMER, SHOP = "Alice 王", "Corner Café"
#: Where nobody looks on: large enough for both beside each other.
UNSEEN = (200, 50)
PICTURE_SIZE = (100, 30)


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
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        played = pool.submit(_play_to_the_end, tmux, stage, over)
        try:
            tmux.attach()
        finally:
            if not over.is_set():
                # Nobody looks on any more: with nothing to see the story ends too.
                tmux.close()
        if isinstance(played.exception(), CalledProcessError):
            raise KeyboardInterrupt
        played.result()


def _play_to_the_end(tmux: Tmux, stage: Stage, over: Event) -> None:
    """Play, and have the terminal let go of it whatever happens."""
    try:
        story(stage)
        over.set()
    finally:
        with suppress(CalledProcessError):
            tmux.run("detach-client", "-s", SESSION)
