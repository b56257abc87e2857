"""The language a person reads: English, or Simplified Chinese from the gettext catalogue.

``--lang`` wins over the settings, and they over the environment (LANGUAGE, LC_ALL, LC_MESSAGES,
LANG). English is the source of the catalogue, so it needs none and costs nothing at the start.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

Language = Literal["en", "zh"]

DOMAIN = "terminal-wallet"
CATALOGUES = Path(__file__).parent / "catalogues"
_VARIABLE = "LANGUAGE"
_VARIABLES = (_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
_chosen: list[Language] = []
#: What the environment said before a language was chosen.
_before: list[str | None] = []


def choose(language: Language | None) -> None:
    """Set the language for this process and those it starts, over what the environment says.

    None leaves it to the environment again.
    """
    if not _before:
        _before.append(os.environ.get(_VARIABLE))
    if language is not None:
        _chosen[:] = [language]
        os.environ[_VARIABLE] = "zh_CN" if language == "zh" else "en"
        return
    _chosen.clear()
    before = _before.pop()
    if before is None:
        os.environ.pop(_VARIABLE, None)
    else:
        os.environ[_VARIABLE] = before


def known(text: str) -> Language:
    """Read the value of ``--lang``: a language or a locale. Raises Usage."""
    start = text[:2].lower()
    if start == "en":
        return "en"
    if start == "zh":
        return "zh"
    raise Usage(reason=_("--lang is en or zh."))


def language() -> Language:
    """Give the language that a person reads."""
    return _chosen[0] if _chosen else of_environment(os.environ)


def of_environment(environment: Mapping[str, str]) -> Language:
    """Give the language of the first locale variable that is set (gettext's order)."""
    for name in _VARIABLES:
        value = environment.get(name)
        if value:
            return "zh" if value.split(":")[0].lower().startswith("zh") else "en"
    return "en"


def _(message: str) -> str:
    """Give a message, written in English in the source, in the chosen language."""
    # The catalogue keeps its own header under the empty message.
    return message if not message or language() == "en" else _chinese().gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a message for the catalogue that is translated where it is shown, not here."""
    return message


@cache
def _chinese() -> NullTranslations:
    import gettext

    return gettext.translation(DOMAIN, CATALOGUES, ["zh_CN"], fallback=True)
