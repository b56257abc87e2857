"""The command ``events`` of both programs: one's own events, as they happen, one a line."""

from __future__ import annotations

import select
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import fitted, local_time, plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.session import service_url
from terminal_kit.words import told, word
from wallet_api.contract.error_base import Exit
from wallet_api.contract.events import RESET
from wallet_api.contract.ids import is_id, short_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from wallet_api.contract.error_base import WalletError
    from wallet_api.contract.events import Event

#: With the moment and the number before them they fill the 80 cells of a small terminal.
KIND_CELLS, ABOUT_CELLS = 25, 32
SIGNAL_SECONDS = 0.05


def show_events(context: typer.Context, since: int | None, *, follow: bool, json: bool) -> None:
    """Print events after the one numbered ``since``: from now on, or without follow all there are.

    Ends at Ctrl+C, when whoever reads stdout leaves, or with the last event there is.
    """
    if since is None and not follow:
        since = 0
    from wallet_api.client.sync import Client

    session = session_of(context)
    client = Client(service_url(), session.profile.device, session.keys.signing)
    with client, _ending_with_reader():
        for event in client.events(since, follow=follow, notice=_notice):
            if json:
                write_json(plain(event))
            else:
                write_lines([event_line(event)])


def _notice(error: WalletError | None) -> None:
    if error is None:
        say(_("The service is back; events go on where they stopped."))
    else:
        say(_("No events for now: {reason} Trying again.").format(reason=told(error)))


def event_line(event: Event) -> str:
    """Show one event: when, its number, its kind, and what it is about."""
    if event.kind == RESET:
        return style(_("Some events are no longer kept. Look at everything again."), "yellow")
    # The state is the kind's second word; the amount is what one looks for first.
    told = {name: value for name, value in event.data.items() if name != "state"}
    names = sorted(told, key=lambda name: name != "amount")
    about = "  ".join(_told(name, told[name]) for name in names if told[name] is not None)
    kind = style(fitted(event.kind, KIND_CELLS), "bold")
    return f"{local_time(event.at)[5:]} {event.id:>5}  {kind} {fitted(about, ABOUT_CELLS)}".rstrip()


def _told(name: str, value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Write one field of an event: amounts as such, ids by their short codes."""
    if isinstance(value, dict) and value.keys() == {"minor", "currency"}:
        amount = amount_text(Amount(**value))
        return amount if name == "amount" else f"{word(name)} {amount}"
    text = str(value)
    return f"{word(name)} {short_code(text) if is_id(text) else word(text)}"


@contextmanager
def _ending_with_reader() -> Iterator[None]:
    """End as soon as nobody reads stdout any more, though there is nothing to write.

    Without it ``events | head -1`` would wait for one more event.
    """
    previous, over = signal.signal(signal.SIGPIPE, _end), threading.Event()
    threading.Thread(target=_watch_reader, args=(over,), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.signal(signal.SIGPIPE, previous)


def _end(_number: int, _frame: object) -> None:
    sys.exit(Exit.DONE)


def _watch_reader(over: threading.Event) -> None:
    watched = select.poll()
    watched.register(sys.stdout.fileno(), 0)  # Errors are always told.
    watched.poll()
    main = threading.main_thread().ident
    assert main is not None, "the main thread has begun"
    # It waits for the service and wakes up for a signal, unless that comes just before it waits.
    while not over.wait(SIGNAL_SECONDS):
        signal.pthread_kill(main, signal.SIGPIPE)
