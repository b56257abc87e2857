"""The palette: everything one can do from anywhere, searched for as one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import msgspec
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Provider
from textual.widgets.option_list import Option

from terminal_kit.language import _
from terminal_kit.screens.themes import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.command import Hits

    from terminal_kit.screens.app import KitApp


class Palette(CommandPalette):
    """Textual's palette, in the person's language."""

    def __init__(self, placeholder: str, providers: list[type[Provider]] | None = None) -> None:
        super().__init__(providers, placeholder=placeholder, id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        # Textual's own says it in English.
        self._stop_no_matches_countdown()
        said = partial(self._say_nothing_found, search_value)
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, said)

    def _say_nothing_found(self, search_value: str) -> None:
        if search_value:
            said = Option(_("Nothing found."), disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(said)
        self._list_visible = bool(search_value)


class Themes(Provider):
    """Every theme there is; the one that is chosen is kept."""

    @property
    def _acts(self) -> list[tuple[str, Callable[[], None]]]:
        kit = cast("KitApp", self.app)
        return [
            (_(CHOICES.get(name, name)), partial(self._wear, kit, name))
            for name in sorted(kit.available_themes, key=lambda name: (name not in CHOICES, name))
        ]

    @staticmethod
    def _wear(kit: KitApp, name: str) -> None:
        kit.change(msgspec.structs.replace(kit.settings, theme=name))

    async def discover(self) -> Hits:
        """Give all of them."""
        for name, act in self._acts:
            yield DiscoveryHit(name, act)

    async def search(self, query: str) -> Hits:
        """Give those whose names match."""
        matcher = self.matcher(query)
        for name, act in self._acts:
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), act)
