"""Finishing what an earlier command left without an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.resuming import Resumption
from terminal_kit.diagnostics import say
from terminal_kit.outcomes import outcome_line, write_outcomes
from terminal_kit.program import session_of
from terminal_kit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from terminal_kit.device_state import SentRequest
    from terminal_kit.session import Standing


def finish_earlier(
    session: Standing, *, besides: Callable[[SentRequest], bool] = lambda _sent: False
) -> None:
    """Look once at the charges that earlier commands left, and say what became of them."""
    if not session.state.has_unfinished():
        return
    with Progress() as progress:
        outcomes = Resumption(session, progress).charges(besides)
    for outcome in outcomes:
        say(outcome_line(outcome, "pos resume"))


def resume_all(context: typer.Context, *, json: bool) -> None:
    """Finish everything, as long as it takes, and exit with 5 when something stays unknown."""
    with session_of(context, resume=False) as session, Progress() as progress:
        outcomes = list(Resumption(session, progress).everything())
    write_outcomes(outcomes, "pos resume", json=json)
