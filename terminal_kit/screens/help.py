"""Help: where one can go, what the keys of the screen one came from do, and what the marks mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from terminal_kit.console import fitted
from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import ActiveBinding

KEY_CELLS, NAME_CELLS = 12, 16
MARKS = (
    ("✓", N_("done: paid, received, in force")),
    ("◌", N_("under way: waits for somebody, or is being looked up")),
    ("✗", N_("not done: refused, failed, expired")),
    ("↩", N_("money came back: refunded, reversed, returned")),
    ("▲", N_("offline, or shown as it was at that time")),
    ("●", N_("chosen, or live")),
)
#: Keys that Textual's own widgets have, which no screen lists.
MOVES = (
    ("tab", N_("to the next field or button; shift+tab back")),
    ("↑ ↓", N_("move in a list; page up and page down by pages")),
    ("enter", N_("press, choose, go on")),
    ("esc", N_("back, out of what one is in")),
    ("ctrl+r", N_("look again")),
    ("ctrl+p", N_("search for anything one can do")),
    ("ctrl+q", N_("leave the program")),
)
#: Ids of bindings that every screen has.
EVERYWHERE = {"back", "reload"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the help: what stands left, what it does, and the place it leads to, if any."""

    left: str
    text: str
    place: str = ""

    def matches(self, sought: str) -> bool:
        """Say whether it is about a text."""
        return sought in f"{self.left} {self.text}".casefold()


class Help(KitScreen[None]):
    """A list that grows shorter as one types; Enter goes to a place."""

    TITLE = N_("Help")
    CSS_PATH = "help.tcss"
    RESPEAKS = True
    BINDINGS: ClassVar = [Binding("down", "list", N_("To the list"), id="list", show=False)]

    def body(self) -> ComposeResult:
        """Give the search and the list."""
        yield Input(placeholder=_("Search the help"), id="search", compact=True)
        yield OptionList(id="topics", markup=False)
        yield Static(id="none", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Show all of it."""
        self._fill("")

    async def recompose(self) -> None:
        """Make everything anew, such as in another language."""
        await super().recompose()
        self._fill("")

    def topics(self) -> Sequence[tuple[str, Sequence[Row]]]:
        """Give the rows under their headings."""
        before = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        title = before.TITLE if isinstance(before, KitScreen) else ""
        keys = _keys(before) if isinstance(before, KitScreen) else ()
        places = [
            Row(
                self._key(place.key),
                f"{fitted(_(place.title), NAME_CELLS)} {_(place.about)}",
                place.id,
            )
            for place in self.kit.PLACES
            if place.about and self.kit.desk is not None
        ]
        return (
            (_("Keys on the screen {title}").format(title=_(title) if title else ""), keys),
            (_("Where one can go"), places),
            (_("Keys everywhere"), [Row(self._key(key), _(text)) for key, text in MOVES]),
            (_("Marks"), [Row(mark, _(text)) for mark, text in MARKS]),
        )

    def _key(self, key: str) -> str:
        return key.upper() if key.startswith("f") and key[1:].isdigit() else key

    @on(Input.Changed, "#search")
    def _search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, sought: str) -> None:
        """Show the rows that are about a text."""
        sought = sought.strip().casefold()
        options: list[Option] = []
        for heading, rows in self.topics():
            found = [row for row in rows if row.matches(sought)]
            if not found:
                continue
            options.append(Option(f"\n{heading}" if options else heading, disabled=True))
            options += [
                Option(f"{fitted(row.left, KEY_CELLS)} {row.text}", id=row.place or None)
                for row in found
            ]
        topics = self.query_one("#topics", OptionList)
        topics.clear_options()
        topics.add_options(options)
        topics.display = bool(options)
        said = "" if options else _("Nothing about that. Esc leaves the help.")
        self.query_one("#none", Static).update(said)

    def action_list(self) -> None:
        """Go to the list."""
        self.query_one("#topics").focus()

    @on(Input.Submitted, "#search")
    def _take_first(self) -> None:
        """Go to the first row that was found; Enter there goes to its place."""
        topics = self.query_one("#topics", OptionList)
        topics.focus()
        topics.action_first()

    @on(OptionList.OptionSelected, "#topics")
    def _go(self, event: OptionList.OptionSelected) -> None:
        """Go to a place, in place of this screen."""
        place = event.option.id
        if place and self.kit.desk is not None:
            self.dismiss()
            self.call_later(self.kit.action_go, place)


def _keys(screen: KitScreen[object]) -> list[Row]:
    """Give what the keys of a screen do there."""
    told: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        if _is_told(active, screen):
            told.setdefault(active.binding.description, []).append(
                screen.app.get_key_display(active.binding)
            )
    return [Row(" ".join(dict.fromkeys(keys)), text) for text, keys in told.items()]


def _is_told(active: ActiveBinding, screen: KitScreen[object]) -> bool:
    """Say whether a key is the screen's own, with words, and neither moves nor leads to a place."""
    name = active.binding.id or ""  # Textual's own keys have none.
    is_own = bool(name) and active.node is not screen.app and name not in EVERYWHERE
    leads_on = "go(" in active.binding.action or name.startswith("list-")
    return is_own and not leads_on and bool(active.binding.description) and active.enabled
