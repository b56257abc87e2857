"""Webhooks: the merchant's events sent to a program of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context
from terminal_kit.program import Cursor, Json, Limit, new_menu

app = new_menu()
webhook = new_menu()
app.add_typer(webhook, name="webhook", help="Have events sent to a program of your own.")

Webhook = Annotated[
    str, typer.Argument(metavar="ID", help="The webhook's id, or 4 of its last characters.")
]
Delivery = Annotated[
    str, typer.Argument(metavar="ID", help="The delivery's id, or 4 of its last characters.")
]


@webhook.command("add")
def add_webhook(
    context: Context,
    url: Annotated[str, typer.Argument(help="Such as https://shop.example/events.")],
    *,
    events: Annotated[
        list[str] | None, typer.Option(help="Which events; may be given several times.")
    ] = None,
    secret_file: Annotated[
        str | None, typer.Option(help="Write the secret here instead of showing it.")
    ] = None,
    json: Json = False,
) -> None:
    """Have events sent to a URL, signed by Standard Webhooks; the secret is shown this once.

    A delivery that fails is tried again 7 times within 32 hours; events may arrive out of order.

    Example: pos webhook add https://shop.example/events --events "charge.*"
    """
    from pos.commands.webhooks import add

    add(context, url, events or ["charge.*"], secret_file, json=json)


@webhook.command("list")
def list_webhooks(context: Context, *, json: Json = False) -> None:
    """List where events are sent.

    Example: pos webhook list
    """
    from pos.commands.webhooks import list_all

    list_all(context, json=json)


@webhook.command("remove")
def remove_webhook(context: Context, webhook_id: Webhook, *, json: Json = False) -> None:
    """Send nothing more to a webhook.

    Example: pos webhook remove 1f3a9c2e
    """
    from pos.commands.webhooks import remove

    remove(context, webhook_id, json=json)


@webhook.command("test")
def try_webhook(context: Context, webhook_id: Webhook, *, json: Json = False) -> None:
    """Send a test event: exit 0 delivered, 1 not, 5 no answer yet. A disabled webhook wakes up.

    Example: pos webhook test 1f3a9c2e
    """
    from pos.commands.webhooks import test

    test(context, webhook_id, json=json)


@webhook.command("deliveries")
def list_deliveries(
    context: Context,
    webhook_id: Webhook,
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """List what was sent to a webhook, newest first.

    Example: pos webhook deliveries 1f3a9c2e --limit 5
    """
    from pos.commands import webhooks

    webhooks.list_deliveries(context, webhook_id, limit, cursor, json=json)


@webhook.command("resend")
def resend_delivery(context: Context, delivery: Delivery, *, json: Json = False) -> None:
    """Try a delivery once more, whatever became of it; its webhook-id stays the same.

    Example: pos webhook resend 1f3a9c2e
    """
    from pos.commands.webhooks import resend

    resend(context, delivery, json=json)


@webhook.command("listen")
def listen_for_webhooks(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free one.")] = 0,
    secret_file: Annotated[
        str | None, typer.Option(help="Check signatures with the secret in this file.")
    ] = None,
    answer: Annotated[
        int, typer.Option(min=200, max=599, help="The status to answer with, to try failures.")
    ] = 204,
    json: Json = False,
) -> None:
    """Receive webhooks on this machine and print them, one a line, to try them without a server.

    Example: pos webhook listen --port 8500 --secret-file secret
    """
    from pos.commands.webhooks import listen

    listen(port, secret_file, answer, json=json)
