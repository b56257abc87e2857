"""Acts that run beside the keys, as workers of the screen or widget that began them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.dom import DOMNode


def start(
    node: DOMNode,
    act: Callable[[], Coroutine[Any, Any, None]],
    *,
    group: str = "default",
    exclusive: bool = False,
) -> None:
    """Run an act; an exclusive one in place of what is under way in its group.

    The coroutine is made when the worker begins, so one that is replaced before that was never made
    and none is left that nobody awaited.
    """
    # The library's own type for this leaves functions that give a coroutine out.
    node.run_worker(act, group=group, exclusive=exclusive)  # type: ignore[arg-type]
