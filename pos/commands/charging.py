"""Charging: a code to show, or the customer's own code, and waiting for the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import typer

from payment_codes.amount import amount_text, parse_amount
from pos.commands.resuming import finish_earlier
from pos.presented import payer_code
from pos.till import Till, is_attempt
from pos.views import beside_code, charge_lines
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import plain, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.progress import Progress
from terminal_kit.reading import Source, read_code
from terminal_kit.words import told
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import PaymentPending
from wallet_api.contract.ids import short_code
from wallet_api.contract.rules import PAYER_TIME_LIMIT
from wallet_api.contract.wire import ChargeRequest, ChargeState

if TYPE_CHECKING:
    from terminal_kit.session import Session
    from wallet_api.contract.wire import Charge


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the cashier typed."""

    amount: str
    source: Source
    note: str | None
    tip: str | None
    discount: str | None
    reference: str | None
    expires: int | None


def charge_customer(
    context: typer.Context,
    wanted: Wanted,
    save: str | None,
    wait: int | None,
    *,
    draw: bool,
    json: bool,
) -> None:
    """Create the charge, show its code, wait as asked, and exit by the outcome."""
    if save is not None:
        require_savable(save)
    with session_of(context, resume=False) as session:
        request = _request(wanted, session)
        finish_earlier(session, besides=partial(is_attempt, request=request))
        with Progress() as progress:
            charge = Till(session, progress).charge(request)
        if charge.state is ChargeState.CREATED:
            _present(charge, save, draw=draw, json=json, last=wait is None)
            if wait is None:
                return
        if charge.state is ChargeState.AWAITING_PAYER:
            hint = _("The customer confirms with `wallet confirm {id}`.")
            say(hint.format(id=short_code(charge.id)))
        seconds = PAYER_TIME_LIMIT if wait is None else wait
        charge = _waited(session, charge, seconds)
    _finish(charge, seconds, json=json)


def _request(wanted: Wanted, session: Session) -> ChargeRequest:
    """Read what the cashier typed and the customer showed."""
    currency = session.profile.currency
    amount = parse_amount(wanted.amount, currency)
    tip = None if wanted.tip is None else parse_amount(wanted.tip, currency)
    discount = None if wanted.discount is None else parse_amount(wanted.discount, currency)
    code = payer_code(read_code(wanted.source)) if wanted.source != Source() else None
    return ChargeRequest(
        amount=amount,
        tip=tip,
        discount=discount,
        note=wanted.note,
        reference=wanted.reference,
        code=code,
        expires_in=wanted.expires,
    )


def _present(charge: Charge, save: str | None, *, draw: bool, json: bool, last: bool) -> None:
    """Show a charge's code: a file, a drawing, or its text; under --json in the one object."""
    assert charge.payload is not None, "there is a code to show"
    if save is not None:
        save_code_as(charge.payload, save)
        say(_("The code is in {file}.").format(file=save))
    if json:
        if last:
            write_json(plain(charge))
        return
    drawn = show_code(charge.payload, beside_code(charge, saved=save is not None), draw=draw)
    if not drawn:
        said = _("Charge {id} of {amount}.")
        say(said.format(id=short_code(charge.id), amount=amount_text(charge.amount)))
        if save is None:
            say(_("A picture of the code: --save FILE.png"))


def wait_for(context: typer.Context, text: str, seconds: int, *, json: bool) -> None:
    """Wait for a charge and exit by the outcome."""
    with session_of(context) as session:
        till = Till(session)
        charge = _waited(session, till.show(till.full_id(text)), seconds)
    _finish(charge, seconds, json=json)


def _waited(session: Session, charge: Charge, seconds: int) -> Charge:
    with Progress() as progress:
        return Till(session, progress).wait(charge, seconds)


def _finish(charge: Charge, waited: int, *, json: bool) -> None:
    """Show a charge after waiting and exit: 0 paid, 1 failed or closed, 5 still open."""
    if json:
        write_json(plain(charge))
    else:
        write_lines(charge_lines(charge))
    if charge.state.is_open:
        say(told(PaymentPending(seconds=waited, id=short_code(charge.id))))
        raise typer.Exit(Exit.UNKNOWN)
    if charge.state in {ChargeState.CLOSED, ChargeState.FAILED, ChargeState.REVERSED}:
        raise typer.Exit(Exit.REFUSED)
