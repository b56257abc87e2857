"""The till's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pos.screens.product_settings import ProductsSection
from pos.screens.till_sections import PaidSection, PrinterSection, TipsSection
from pos.till import Till
from terminal_kit.language import N_
from terminal_kit.screens.settings_screen import Section, SettingsScreen

if TYPE_CHECKING:
    from collections.abc import Sequence


class TillSettings(SettingsScreen):
    """Products, tips, printer, what happens after a payment, and what every program has."""

    OWNER = N_("Shop")
    CSS_PATH = "settings.tcss"
    DOORS: ClassVar[tuple[str, ...]] = ("tills", "webhooks", "help")

    def name_of(self) -> str:
        """Ask for the shop's name; see `SettingsScreen`."""
        return Till(self.desk.session).card().name

    def sections(self) -> Sequence[Section]:
        """Give the profile, then what a shop changes most, then the look."""
        profile, *look = super().sections()
        return (
            profile,
            Section("products", N_("Products"), ProductsSection),
            Section("tips", N_("Tips"), TipsSection),
            Section("printer", N_("Printer"), PrinterSection),
            Section("paid", N_("After a payment"), PaidSection),
            *look,
        )
