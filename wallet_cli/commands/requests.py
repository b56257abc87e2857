"""Asking people for money, paying what they ask for, and splitting a bill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from payment_codes.amount import amount_text, parse_amount
from terminal_kit.console import plain, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import can_ask, confirm, read_pin
from wallet_api.contract.errors import ConfirmationRequired, Usage
from wallet_cli.commands.people import confirmed, finish
from wallet_cli.people import People
from wallet_cli.people_views import request_line, request_lines, split_line, split_lines
from wallet_cli.requests import Requests

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from wallet_api.contract.people import MoneyRequest, SplitShares

EVEN = "even"


def ask_for_money(
    context: typer.Context, amount: str, payer: str, note: str | None, *, json: bool
) -> None:
    """Ask a person for money."""
    with session_of(context) as session:
        wanted = parse_amount(amount, session.profile.currency)
        wallet = People(session).payee(payer).wallet
        request = Requests(session).ask(wallet, wanted, note)
    _show(request, json=json)


def list_requests(context: typer.Context, limit: int, cursor: str | None, *, json: bool) -> None:
    """Show a page of the requests made and got."""
    with session_of(context) as session:
        page = Requests(session).page(limit, cursor)
        own = session.profile.owner
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [request_line(item, own) for item in page.items] or [_("No requests for money yet.")]
    if page.next is not None:
        lines.append(_("There is more: {command}").format(command=f"--cursor {page.next}"))
    write_lines(lines)


def pay_request(
    context: typer.Context, text: str, pin_file: str | None, *, yes: bool, json: bool
) -> None:
    """Show who asks for what, ask, pay, and confirm with the PIN where it is needed."""
    if not yes and not can_ask():
        raise ConfirmationRequired
    given = read_pin(pin_file)
    with session_of(context) as session:
        requests = Requests(session)
        request = requests.find(text)
        said = _("{amount} to {name}")
        say(said.format(amount=amount_text(request.amount), name=request.requester))
        confirm(_("Pay this?"), yes=yes)
        transfer = confirmed(People(session), requests.pay(request), given)
    finish(transfer, json=json)


def decline_request(context: typer.Context, text: str, *, json: bool) -> None:
    """Refuse to pay a request."""
    _end(context, text, Requests.decline, json=json)


def cancel_request(context: typer.Context, text: str, *, json: bool) -> None:
    """Take back a request."""
    _end(context, text, Requests.cancel, json=json)


def _end(
    context: typer.Context,
    text: str,
    end: Callable[[Requests, MoneyRequest], MoneyRequest],
    *,
    json: bool,
) -> None:
    with session_of(context) as session:
        requests = Requests(session)
        request = end(requests, requests.find(text))
    _show(request, json=json)


def _show(request: MoneyRequest, *, json: bool) -> None:
    if json:
        write_json(plain(request))
    else:
        write_lines(request_lines(request))


def split_bill(
    context: typer.Context,
    amount: str,
    people: list[str],
    shares: str,
    note: str | None,
    *,
    json: bool,
) -> None:
    """Ask each person for a share of a bill."""
    weights = _weights(shares, len(people))
    with session_of(context) as session:
        bill = parse_amount(amount, session.profile.currency)
        wallets = [People(session).payee(person).wallet for person in people]
        split = Requests(session).split(bill, wallets, weights, note)
    _show_split(split, json=json)


def _weights(shares: str, people: int) -> list[int] | None:
    """Read ``even`` or one's own weight and those of the others, such as 1,2,1. Raises Usage."""
    if shares == EVEN:
        return None
    if not re.fullmatch("[0-9]{1,6}(,[0-9]{1,6})*", shares):
        raise Usage(reason=_(_("--shares is even, or whole numbers such as 1,2,1.")))
    weights = [int(part) for part in shares.split(",")]
    if len(weights) != people + 1:
        needed = _("--shares needs {count} numbers: yours first, then each person's.")
        raise Usage(reason=needed.format(count=people + 1))
    return weights


def show_splits(
    context: typer.Context, text: str | None, limit: int, cursor: str | None, *, json: bool
) -> None:
    """Show a page of split bills, or one with who has paid."""
    with session_of(context) as session:
        requests = Requests(session)
        if text is not None:
            _show_split(requests.split_shares(text), json=json)
            return
        page = requests.splits(limit, cursor)
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [split_line(item) for item in page.items] or [_("No bill was split yet.")]
    if page.next is not None:
        lines.append(_("There is more: {command}").format(command=f"--cursor {page.next}"))
    write_lines(lines)


def _show_split(split: SplitShares, *, json: bool) -> None:
    if json:
        write_json(plain(split))
    else:
        write_lines(split_lines(split))
