"""Traps: this very process is killed (SIGKILL) at its nth step towards disk, network or terminal.

A step is what the outside may notice, or the moment right after it: a file opened or renamed
below WALLET_HOME, bytes sent or received, a line written to stdout.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

NETWORK = ("connect", "send", "recv")


class Countdown:
    """Kills this very process when it has gone down to zero."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self) -> None:
        """Go one down."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        """Make a function take a step before it and one after it."""

        def stepping(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - any function
            self.step()
            result = act(*values, **named)
            self.step()
            return result

        return stepping

    def audit(self, event: str, values: tuple[Any, ...]) -> None:
        """Take a step before a file below WALLET_HOME is opened or renamed (sys.addaudithook)."""
        if event in {"open", "os.rename"} and str(values[0]).startswith(os.environ["WALLET_HOME"]):
            self.step()


def set_traps(steps: int) -> None:
    """Have this process killed at its nth step from now on."""
    countdown = Countdown(steps)
    for name in NETWORK:
        setattr(socket.socket, name, countdown.around(getattr(socket.socket, name)))
    sys.stdout.flush = countdown.around(sys.stdout.flush)  # type: ignore[method-assign]
    sys.addaudithook(countdown.audit)
