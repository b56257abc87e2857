"""What a PIN must be, for whoever asks for a new one and for the service that takes it."""

from __future__ import annotations

import itertools

from wallet_api.contract.errors import PinWeak

PIN_DIGITS = 6


def require_strong(pin: str) -> None:
    """Refuse a PIN that is not six ASCII digits, repeats one digit, or counts up or down.

    Raises PinWeak.
    """
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise PinWeak
    steps = {int(second) - int(first) for first, second in itertools.pairwise(pin)}
    if steps <= {0} or steps <= {1} or steps <= {-1}:
        raise PinWeak
