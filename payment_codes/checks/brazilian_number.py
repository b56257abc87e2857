"""CPF and CNPJ: the check digits of Brazilian taxpayers (Receita Federal, IN RFB 2.229/2024)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# A company's number may have letters since July 2026; each counts as its ASCII code less 48.
_CPF: Final = re.compile(r"[0-9]{11}")
_CNPJ: Final = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_CNPJ_WEIGHTS: Final = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def is_cpf(text: str) -> bool:
    """Say whether a text is written as a person's number: 11 digits, whatever their check."""
    return _CPF.fullmatch(text) is not None


def is_cnpj(text: str) -> bool:
    """Say whether a text is written as a company's number: 14 characters, whatever their check."""
    return _CNPJ.fullmatch(text) is not None


def cpf_holds(cpf: str) -> bool:
    """Say whether both check digits of a person's number fit."""
    return all(cpf[length] == _digit(cpf[:length], range(length + 1, 1, -1)) for length in (9, 10))


def cnpj_holds(cnpj: str) -> bool:
    """Say whether both check digits of a company's number fit."""
    return all(
        cnpj[length] == _digit(cnpj[:length], _CNPJ_WEIGHTS[-length:]) for length in (12, 13)
    )


def _digit(text: str, weights: Iterable[int]) -> str:
    values = (ord(character) - ord("0") for character in text)
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return str((11 - total % 11) % 11 % 10)
