"""Acting with the PIN where one is needed: asked for, asked again when wrong, and not kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from terminal_kit.screens.dialogs.pin import PinDialog
from terminal_kit.words import told
from wallet_api.contract.errors import PinNeeded, PinWrong

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.screens.screen import KitScreen

T = TypeVar("T")


async def with_pin(screen: KitScreen[Any], why: str, act: Callable[[str | None], T]) -> T | None:
    """Act without the PIN, then with it if it is needed; None when the person goes back.

    To be awaited in a worker. ``why`` says what the PIN is for. Raises WalletError.
    """
    pin, wrong = None, ""
    while True:
        try:
            return await screen.ask(partial(act, pin))
        except PinNeeded:
            pass
        except PinWrong as error:
            wrong = told(error)
        pin = await screen.app.push_screen_wait(PinDialog(why, wrong))
        if pin is None:
            return None
