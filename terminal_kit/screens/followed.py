"""What parts of a screen that show the bank's side have in common: they look again after events."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from terminal_kit.language import _
from wallet_api.contract.events import RESET, matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.widget import Widget

    from terminal_kit.asking import Doing
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.desk import Desk
    from wallet_api.contract.events import Event

#: Seconds after which a person is told that something is being looked up.
PATIENCE = 0.2


class Followed:
    """Mixed into a widget. ``FOLLOWS`` are the kinds of events, as patterns, that it is about."""

    FOLLOWS: ClassVar[tuple[str, ...]] = ()

    @property
    def desk(self) -> Desk:
        """The open profile's desk."""
        desk = cast("KitApp", cast("Widget", self).app).desk
        assert desk is not None, "a profile is open"
        return desk

    def hear(self, event: Event | None) -> None:
        """Look again after an event that this is about, or after some were missed."""
        if event is None or event.kind == RESET or self.is_about(event):
            self.reload()

    def is_about(self, event: Event) -> bool:
        """Say whether an event may change the content."""
        return any(matches(pattern, event.kind) for pattern in self.FOLLOWS)

    def reload(self) -> None:
        """Look again, in place of a look that is under way."""
        raise NotImplementedError


def stands(node: DOMNode) -> bool:
    """Say whether a widget is there to be filled: it, or the program, may be on its way out."""
    goes = not node.display and node.styles.display != "none"
    return node.is_attached and cast("KitApp", node.app).is_open and not goes


def once_drawn(node: DOMNode, act: Callable[[], None]) -> None:
    """Do something once the sizes of what is drawn are known, if the widget still stands then."""
    node.call_after_refresh(lambda: act() if stands(node) else None)


def tell(node: DOMNode, show: Callable[[Doing], None], doing: Doing) -> None:
    """Have a widget show what behaviour is doing; called from the thread that it runs on.

    Behaviour does not wait for that, and goes on when nobody looks at it any more.
    """
    node.call_later(lambda: show(doing) if stands(node) else None)


def as_of(time: str) -> str:
    """Say that what is shown may be true no longer."""
    return _("▲ as of {time}").format(time=time)
