"""Gifts: giving one, taking one's share, and what became of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from payment_codes.amount import amount_text, parse_amount
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import fitted, local_time, plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import can_ask, confirm, read_pin
from terminal_kit.reading import Source, read_code
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import ConfirmationRequired, NotFound, Usage
from wallet_api.contract.ids import short_code
from wallet_api.contract.people import GiftRequest, GiftState
from wallet_cli.commands.confirming import with_pin
from wallet_cli.gifts import Gifts
from wallet_cli.people import People
from wallet_cli.people_views import claim_lines, gift_line, gift_lines

if TYPE_CHECKING:
    from terminal_kit.session import Session
    from wallet_api.contract.error_base import WalletError
    from wallet_api.contract.people import Gift

BESIDE_CELLS = 33
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the giver typed."""

    amount: str
    count: int
    random: bool
    receiver: str | None
    note: str | None
    expires: str | None


def give_money(
    context: typer.Context,
    wanted: Wanted,
    pin_file: str | None,
    save: str | None,
    *,
    draw: bool,
    yes: bool,
    json: bool,
) -> None:
    """Ask, hold the money of a gift, and show its code."""
    life = None if wanted.expires is None else seconds(wanted.expires)
    if wanted.receiver is not None and (save is not None or draw):
        raise Usage(reason=_("A gift to one person has no code: they take it by its id."))
    if save is not None:
        require_savable(save)
    if not yes and not can_ask():
        raise ConfirmationRequired
    given = read_pin(pin_file)
    with session_of(context) as session:
        gift = _give(session, wanted, life, yes=yes)
        if gift.state is GiftState.PIN_REQUIRED:
            gifts = Gifts(session)
            gift = with_pin(gift.id, lambda pin: gifts.confirm(gift, pin), given)
    if gift.payload is not None:
        _present(gift, save, draw=draw, json=json)
    else:
        finish(gift, json=json)


def _give(session: Session, wanted: Wanted, life: int | None, *, yes: bool) -> Gift:
    amount = parse_amount(wanted.amount, session.profile.currency)
    receiver = None if wanted.receiver is None else People(session).payee(wanted.receiver)
    if receiver is None:
        said = _("{amount} as a gift, in shares: {count}")
        say(said.format(amount=amount_text(amount), count=wanted.count))
    else:
        said = _("{amount} as a gift to {name}")
        say(said.format(amount=amount_text(amount), name=receiver.name))
    confirm(_("Give this?"), yes=yes)
    request = GiftRequest(
        amount=amount,
        count=wanted.count,
        random=wanted.random,
        receiver=None if receiver is None else receiver.wallet,
        note=wanted.note,
        expires_in=life,
    )
    return Gifts(session).give(request)


def seconds(text: str) -> int:
    """Read a duration such as 90m, 24h or 3d. Raises Usage."""
    match = re.fullmatch("([0-9]{1,6})([smhd])", text)
    if match is None:
        raise Usage(reason=_("{text} is no duration: write 90m, 24h or 3d.").format(text=text))
    return int(match[1]) * _SECONDS[match[2]]


def _present(gift: Gift, save: str | None, *, draw: bool, json: bool) -> None:
    """Show the code of a gift: a file, a drawing, or its text; under --json in the one object."""
    assert gift.payload is not None, "there is a code to show"
    if save is not None:
        save_code_as(gift.payload, save)
        say(_("The code is in {file}.").format(file=save))
    if json:
        write_json(plain(gift))
        return
    beside = [
        style(_("Let others scan this"), "bold"),
        amount_text(gift.amount),
        *([] if gift.note is None else [fitted(gift.note, BESIDE_CELLS).rstrip()]),
        "",
        _("until {time}").format(time=local_time(gift.expires_at)[:16]),
        _("gift {id}").format(id=short_code(gift.id)),
        *([] if save is not None else ["", style(_("a picture: --save FILE.png"), "dim")]),
    ]
    show_code(gift.payload, beside, draw=draw)


def confirm_gift(
    session: Session, text: str, given: str | None, unknown: WalletError, *, json: bool
) -> None:
    """Confirm a waiting gift, or raise ``unknown`` where there is none of that id."""
    gifts = Gifts(session)
    try:
        waiting = gifts.find(text)
    except NotFound:
        raise unknown from None
    say(_("{amount} as a gift").format(amount=amount_text(waiting.amount)))
    finish(with_pin(waiting.id, lambda pin: gifts.confirm(waiting, pin), given), json=json)


def finish(gift: Gift, *, json: bool) -> None:
    """Show a gift and exit with 1 unless its money is held or was taken."""
    show_gift(gift, json=json)
    if gift.state not in {GiftState.OPEN, GiftState.CLAIMED, GiftState.RETURNED}:
        raise typer.Exit(Exit.REFUSED)


def show_gift(gift: Gift, *, json: bool) -> None:
    """Show one gift."""
    if json:
        write_json(plain(gift))
    else:
        write_lines(gift_lines(gift))


def show_gifts(
    context: typer.Context, text: str | None, limit: int, cursor: str | None, *, json: bool
) -> None:
    """Show a page of gifts, or one with who took a share."""
    with session_of(context) as session:
        gifts = Gifts(session)
        if text is not None:
            gift = gifts.find(text)
            claims = gifts.claims(gift)
            if json:
                write_json({**plain(gift), "taken": [plain(claim) for claim in claims]})
            else:
                write_lines(gift_lines(gift, claims))
            return
        page = gifts.page(limit, cursor)
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [gift_line(item) for item in page.items] or [_("No gifts yet: wallet gift 8.88")]
    if page.next is not None:
        lines.append(_("There is more: {command}").format(command=f"--cursor {page.next}"))
    write_lines(lines)


def take_share(context: typer.Context, code: str | None, image: str | None, *, json: bool) -> None:
    """Take one's share of a gift and show it."""
    text = read_code(Source(code, image))
    with session_of(context) as session:
        claim = Gifts(session).claim(text)
    if json:
        write_json(plain(claim))
    else:
        write_lines(claim_lines(claim))
