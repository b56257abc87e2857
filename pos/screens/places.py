"""Where one can go at the till. The order is that of the palette and the help."""

from __future__ import annotations

from terminal_kit.language import N_
from terminal_kit.screens.places import Place

_HERE = "pos.screens"

PLACES = (
    Place("first-run", N_("A new till"), "", f"{_HERE}.first_run:FirstRun"),
    Place("unlock", N_("Locked"), "", "terminal_kit.screens.unlock:Unlock"),
    Place("sale", N_("Sale"), "", f"{_HERE}.sale:SaleScreen"),
    Place(
        "sales",
        N_("Sales"),
        N_("Every sale; refund, reverse, receipt"),
        f"{_HERE}.sales:Sales",
        "f2",
    ),
    Place(
        "held",
        N_("Held sales"),
        N_("Take up a sale that was put aside"),
        f"{_HERE}.held:Held",
        "f3",
    ),
    Place(
        "shift",
        N_("Shift"),
        N_("Open or close, X and Z reports, the day as a plot"),
        f"{_HERE}.shift:ShiftScreen",
        "f4",
    ),
    Place(
        "code",
        N_("Shop code"),
        N_("A code for good: the customer types the amount"),
        f"{_HERE}.shop_code:ShopCode",
        "f6",
    ),
    Place(
        "settlements",
        N_("Settlements"),
        N_("What the bank pays out each day"),
        f"{_HERE}.settlements:Settlements",
        "f7",
    ),
    Place(
        "tills",
        N_("Tills"),
        N_("This shop's tills: invite, shut out, freeze"),
        f"{_HERE}.tills:Tills",
        "f8",
    ),
    Place(
        "webhooks",
        N_("Webhooks"),
        N_("Send events to programs of one's own"),
        f"{_HERE}.webhooks:Webhooks",
    ),
    Place(
        "activity",
        N_("Activity"),
        N_("Everything the bank tells, as it happens"),
        "terminal_kit.screens.activity:Activity",
        "f9",
    ),
    Place(
        "settings",
        N_("Settings"),
        N_("Products, printer, theme, language, store"),
        f"{_HERE}.settings:TillSettings",
        "f10",
    ),
    Place(
        "help",
        N_("Help"),
        N_("What each screen and key does"),
        "terminal_kit.screens.help:Help",
        "f1",
    ),
)
