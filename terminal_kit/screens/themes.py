"""Two themes of our own, one dark and one light, beside those of the terminal and of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme

from terminal_kit.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

NIGHT = Theme(
    name="night",
    primary="#43d6a4",
    secondary="#8ab4ff",
    accent="#f4bf5f",
    success="#5fdc8f",
    warning="#f4bf5f",
    error="#ff8a80",
    foreground="#e4ece8",
    background="#0e1417",
    surface="#151d21",
    panel="#1f2a2f",
    dark=True,
    variables={
        "border": "#2f4047",
        "border-blurred": "#2f4047",
        "footer-key-foreground": "#43d6a4",
        "footer-background": "#151d21",
        "block-cursor-background": "#24473c",
        "block-cursor-foreground": "#f2fffa",
        "block-cursor-text-style": "bold",
        "button-focus-text-style": "bold underline",
        "input-selection-background": "#43d6a4 30%",
        "muted": "#a2b2ae",
        "scrollbar": "#2f4047",
        "scrollbar-hover": "#43d6a4",
        "scrollbar-active": "#43d6a4",
        "scrollbar-background": "#0e1417",
        "scrollbar-background-hover": "#0e1417",
        "scrollbar-background-active": "#0e1417",
        "scrollbar-corner-color": "#0e1417",
    },
)
DAY = Theme(
    name="day",
    primary="#0b6b4d",
    secondary="#2450a8",
    accent="#7a4b00",
    success="#0a6a35",
    warning="#7a4b00",
    error="#a81e17",
    foreground="#1b2421",
    background="#fbf9f4",
    surface="#f2efe7",
    panel="#e6e1d5",
    dark=False,
    variables={
        "border": "#c9c2b1",
        "border-blurred": "#c9c2b1",
        "footer-key-foreground": "#0b6b4d",
        "footer-background": "#f2efe7",
        "block-cursor-background": "#cfe8dd",
        "block-cursor-foreground": "#0b2a1f",
        "block-cursor-text-style": "bold",
        "button-focus-text-style": "bold underline",
        "input-selection-background": "#0b6b4d 25%",
        "muted": "#525c55",
        "scrollbar": "#c9c2b1",
        "scrollbar-hover": "#0b6b4d",
        "scrollbar-active": "#0b6b4d",
        "scrollbar-background": "#fbf9f4",
        "scrollbar-background-hover": "#fbf9f4",
        "scrollbar-background-active": "#fbf9f4",
        "scrollbar-corner-color": "#fbf9f4",
    },
)
OWN = (NIGHT, DAY)
#: What a person chooses from in the settings, by Textual's names.
CHOICES: Mapping[str, str] = {
    "night": N_("Night"),
    "day": N_("Day"),
    "ansi-dark": N_("The terminal's own, dark"),
    "ansi-light": N_("The terminal's own, light"),
}
