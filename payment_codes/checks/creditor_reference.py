"""Creditor reference: RF, two check digits, the payee's own reference (ISO 11649:2009)."""

from __future__ import annotations

import re
from typing import Final

from payment_codes.checks.iban import remainder

_FORM: Final = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")


def fault(reference: str) -> str | None:
    """Return the code of the issue that a compact reference has, or None for a right one.

    "value" where it is not written as one, "checksum_wrong" where its check digits do not fit.
    """
    if not _FORM.fullmatch(reference):
        return "value"
    return None if remainder(reference[4:] + reference[:4]) == 1 else "checksum_wrong"


def of(own: str) -> str:
    """Return the creditor reference of a payee's own one: up to 21 digits and capital letters."""
    return f"RF{98 - remainder(own + 'RF00'):02}{own}"
