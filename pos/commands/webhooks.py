"""Webhooks: where events are sent, what became of each, and a receiver to try them with."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from pos.webhooks import WAIT_SECONDS, Webhooks, answer_of
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.words import system_reason, told
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import Usage, WebhookNotDelivered, WebhookPending
from wallet_api.contract.events import is_pattern
from wallet_api.contract.ids import short_code
from wallet_api.contract.webhooks import secret_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wallet_api.contract.webhooks import Delivery, Webhook


def add(
    context: typer.Context, url: str, kinds: list[str], secret_file: str | None, *, json: bool
) -> None:
    """Add a webhook, and show its secret or keep it in a file. Raises Usage."""
    wrong = next((kind for kind in kinds if not is_pattern(kind)), None)
    if wrong is not None:
        reason = _("{kind} names no events of a merchant; charge.* does, or charge.succeeded.")
        raise Usage(reason=reason.format(kind=wrong))
    with session_of(context) as session, _new_file(secret_file) as file:
        webhook = Webhooks(session).add(url, kinds)
        assert webhook.secret is not None, "a new webhook has a secret"
        if file is not None:
            file.write(f"{webhook.secret}\n")
    if secret_file is not None:
        say(_("The secret is in {file}.").format(file=secret_file))
    if json:
        write_json(plain(webhook))
        return
    secret = webhook.secret if secret_file is None else None
    write_lines(
        [
            style(_("✓ Events go to {url}").format(url=webhook.url), "bold", "green"),
            *table(
                [
                    (_("Events"), " ".join(webhook.kinds)),
                    (_("Secret"), secret or ""),
                    (_("Webhook"), short_code(webhook.id)),
                ]
            ),
        ]
    )
    if secret is not None:
        say(_("The secret is shown this once. Whoever receives the events checks them with it."))


@contextmanager
def _new_file(name: str | None) -> Iterator[IO[str] | None]:
    """Make a file that only its owner reads, before it is needed; none stays behind on failure.

    Raises Usage where there is one already, or cannot be.
    """
    if name is None:
        yield None
        return
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        reason = _("The file {file} cannot be made: {reason}.")
        raise Usage(reason=reason.format(file=name, reason=system_reason(error))) from None
    with ExitStack() as undo:
        undo.callback(Path(name).unlink)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            yield file
        undo.pop_all()  # It was of use, so it stays.


def list_all(context: typer.Context, *, json: bool) -> None:
    """Show the webhooks."""
    with session_of(context) as session:
        page = Webhooks(session).list()
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
    else:
        none = _("No webhooks yet: pos webhook add https://shop.example/events")
        write_lines([_webhook_line(item) for item in page.items] or [none])


def remove(context: typer.Context, text: str, *, json: bool) -> None:
    """Remove a webhook."""
    with session_of(context) as session:
        webhooks = Webhooks(session)
        webhook = webhooks.remove(webhooks.full_id(text))
    if json:
        write_json(plain(webhook))
    else:
        write_lines([style(_("✓ Nothing more goes to {url}").format(url=webhook.url), "green")])


def test(context: typer.Context, text: str, *, json: bool) -> None:
    """Send a test event and say what the receiver made of it."""
    _try(context, lambda webhooks: webhooks.test(webhooks.full_id(text)), json=json)


def resend(context: typer.Context, text: str, *, json: bool) -> None:
    """Try a delivery once more and say what the receiver made of it."""
    _try(context, lambda webhooks: webhooks.resend(webhooks.full_delivery_id(text)), json=json)


def _try(context: typer.Context, act: Callable[[Webhooks], Delivery], *, json: bool) -> None:
    """Wait for an attempt and exit by its outcome: 0 delivered, 1 not, 5 not known yet."""
    with session_of(context) as session:
        webhooks = Webhooks(session)
        delivery = webhooks.settled(act(webhooks), WAIT_SECONDS)
    if json:
        write_json(plain(delivery))
    else:
        write_lines([_delivery_line(delivery)])
    if delivery.state == "succeeded":
        return
    short = short_code(delivery.webhook)
    if delivery.status is None and delivery.error is None:
        say(told(WebhookPending(id=short)))
        raise typer.Exit(Exit.UNKNOWN)
    say(told(WebhookNotDelivered(id=short, reason=answer_of(delivery))))
    raise typer.Exit(Exit.REFUSED)


def list_deliveries(
    context: typer.Context, text: str, limit: int, cursor: str | None, *, json: bool
) -> None:
    """Show a page of deliveries."""
    with session_of(context) as session:
        webhooks = Webhooks(session)
        page = webhooks.deliveries(webhooks.full_id(text), limit, cursor)
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [_delivery_line(item) for item in page.items] or [_("Nothing was sent yet.")]
    if page.next is not None:
        more = _("There is more: pos webhook deliveries {id} --cursor {cursor}")
        lines.append(more.format(id=text, cursor=page.next))
    write_lines(lines)


def listen(port: int, secret_file: str | None, answer: int, *, json: bool) -> None:
    """Receive webhooks on this machine until Ctrl+C. Raises Usage."""
    from pos.receiver import receive

    receive(port, None if secret_file is None else _secret(secret_file), answer, json=json)


def _secret(name: str) -> bytes:
    try:
        return secret_bytes(Path(name).read_text("ascii").strip())
    except OSError as error:
        reason = _("The secret file {file} cannot be read: {reason}.")
        raise Usage(reason=reason.format(file=name, reason=system_reason(error))) from None
    except ValueError:
        raise Usage(reason=_("{file} holds no secret of a webhook.").format(file=name)) from None


def _webhook_line(webhook: Webhook) -> str:
    marks = {"active": ("✓", "green"), "disabled": ("✗", "red"), "removed": ("-", "dim")}
    mark, colour = marks[webhook.state]
    kinds = " ".join(webhook.kinds)
    return f"{style(mark, colour)} {short_code(webhook.id)}  {webhook.url}  {style(kinds, 'dim')}"


def _delivery_line(delivery: Delivery) -> str:
    marks = {"succeeded": ("✓", "green"), "pending": ("…", "yellow"), "failed": ("✗", "red")}
    mark, colour = marks[delivery.state]
    when = local_time(delivery.tried_at or delivery.created_at)
    tries = _("try {count}").format(count=delivery.attempts)
    head = f"{style(mark, colour)} {short_code(delivery.id)}  {when}"
    return f"{head}  {delivery.kind}  {answer_of(delivery)}  {tries}"
