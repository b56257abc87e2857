"""BIC: the business identifier code of a bank (ISO 9362:2022)."""

from __future__ import annotations

import re
from typing import Final

_FORM: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def is_bic(text: str) -> bool:
    """Say whether a text is written as a BIC: 8 characters, or 11 with a branch."""
    return _FORM.fullmatch(text) is not None
