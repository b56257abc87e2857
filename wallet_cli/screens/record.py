"""One record in all its facts, kept up to date, with what can be done about it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on, work
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.followed import stands
from terminal_kit.screens.marks import mark_of, tone_of
from terminal_kit.screens.panel import Panel
from wallet_api.contract.events import matches
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.widgets.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.events import Event

T = TypeVar("T")


class RecordPanel(Panel[T]):
    """A record: ``find`` looks it up, ``tell`` says how it stands; ``follows`` are event patterns.

    ``record`` is it as it was seen last.
    """

    DEFAULT_CSS = """
    RecordPanel { height: auto; }
    RecordPanel .record-headline, RecordPanel .record-amount { height: auto; text-style: bold; }
    RecordPanel .record-amount { margin: 1 0; }
    """

    def __init__(
        self, find: Callable[[], T], tell: Callable[[T], Outcome], follows: Sequence[str]
    ) -> None:
        super().__init__(id="record")
        self._find = find
        self._tell = tell
        self._follows = follows
        self._said: Outcome | None = None
        self.record: T | None = None

    def content(self) -> ComposeResult:
        """Give the mark and state, the amount and the facts."""
        yield Static(classes="record-headline", markup=False)
        yield Static(classes="record-amount", markup=False)
        yield Facts()

    def is_about(self, event: Event) -> bool:
        """Say whether an event may change the record."""
        return any(matches(pattern, event.kind) for pattern in self._follows)

    def load(self) -> T:
        """Look the record up."""
        return self._find()

    def show(self, value: T) -> None:
        """Say how it stands."""
        self.record = value
        outcome = self._tell(value)
        if outcome == self._said:
            return
        self._said = outcome
        headline = self.query_one(".record-headline", Static)
        headline.update(f"{mark_of(outcome.state)} {outcome.headline}")
        headline.set_classes(f"record-headline {tone_of(outcome.state)}")
        self.query_one(".record-amount", Static).update(outcome.amount)
        self._show_facts(outcome)

    @work(group="facts", exclusive=True)
    async def _show_facts(self, outcome: Outcome) -> None:
        if stands(self):
            await self.query_one(Facts).show(outcome.facts)


class RecordScreen(Acting[None], Generic[T]):
    """A subclass gives ``find``, ``told`` and ``FOLLOWS``, and what is ``possible``.

    ``ACTS`` are the buttons: id, and text marked by `N_`; each runs the action of its id.
    """

    RESPEAKS = True
    FOLLOWS: ClassVar[tuple[str, ...]] = ()
    ACTS: ClassVar[tuple[tuple[str, str], ...]] = ()
    BINDINGS: ClassVar = [Binding("c", "copy", N_("Copy the number"), id="copy")]

    def __init__(self, record_id: str) -> None:
        super().__init__()
        self.record_id = record_id

    @abstractmethod
    def find(self) -> T:
        """Look the record up, on a thread. Raises WalletError."""

    @abstractmethod
    def told(self, record: T) -> Outcome:
        """Say how it stands."""

    def possible(self, record: T) -> set[str]:
        """Give the ids of the acts that it allows now."""
        del record
        return set()

    @property
    def record(self) -> T | None:
        """The record as it was seen last."""
        panels = self.query("#record").results(RecordPanel)
        panel: RecordPanel[T] | None = next(iter(panels), None)
        return None if panel is None else panel.record

    def body(self) -> ComposeResult:
        """Give the record and the buttons."""
        with VerticalScroll(classes="card record-card", can_focus=False):
            yield RecordPanel(self.find, self.told, self.FOLLOWS)
            yield from self.said()
            yield HorizontalGroup(*self.buttons(), classes="buttons")

    def buttons(self) -> list[Button]:
        """Give a button for each act, and the way back."""
        acts = [Button(_(text), id=f"act-{name}", classes="does") for name, text in self.ACTS]
        return [*acts, Button(_("Back"), id="leave")]

    def on_mount(self) -> None:
        """Offer nothing before it is known what is possible."""
        self._offer()

    @on(Panel.Loaded)
    def _offer(self) -> None:
        record = self.record
        allowed = set() if record is None else self.possible(record)
        for name, _text in self.ACTS:
            self.query_one(f"#act-{name}", Button).display = name in allowed
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer an act only while it is possible."""
        if action in {name for name, _text in self.ACTS}:
            record = self.record
            return not self.acting and record is not None and action in self.possible(record)
        return super().check_action(action, parameters)

    @on(Button.Pressed)
    async def _press(self, event: Button.Pressed) -> None:
        name = str(event.button.id)
        if name == "leave":
            self.action_back()
        elif name.startswith("act-"):
            await self.run_action(name.removeprefix("act-"))

    def action_copy(self) -> None:
        """Copy the full number to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.record_id)
        self.notify(_("Copied."))

    def reload(self) -> None:
        """Look at the record again."""
        self.query_one(RecordPanel).reload()
