"""Acts of the bank's admin: ask the running service, show what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

import msgspec

from terminal_kit.console import fitted, local_time, plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.words import word, words
from wallet_api.commands.administrator import administrator
from wallet_api.contract.administration import (
    AccountCard,
    AuditEntry,
    FreezeRequest,
    FreezeState,
    InviteCard,
    InviteRequest,
    PinState,
    TierRequest,
)
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import is_id, new_id, short_code
from wallet_api.contract.invites import InviteRole, invite_digest, new_invite
from wallet_api.contract.limits import Tier
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import Nothing, Page

if TYPE_CHECKING:
    from wallet_api.contract.wire import Body

T = TypeVar("T")

ACCOUNTS = "/v1/admin/accounts"
NAME_CELLS, KIND_CELLS = 24, 8
ACT_CELLS = 12


def find_accounts(
    database: str | None, admin_key: str | None, name: str, limit: int, *, json: bool
) -> None:
    """List the customers and merchants that a name or an id fits."""
    with administrator(database, admin_key) as client:
        query: dict[str, str | int | None] = {"name": name, "limit": limit}
        page = client.get(ACCOUNTS, answer=Page[AccountCard], query=query).value
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [
        f"{item.id}  {fitted(word(item.kind), KIND_CELLS)}"
        f"  {style(fitted(item.name, NAME_CELLS), 'bold')}  {_standing(item)}"
        for item in page.items
    ]
    write_lines(lines or [_("Nobody has such a name or id.")])


def _standing(account: AccountCard) -> str:
    """Say what keeps an account from working."""
    if account.frozen_by:
        return _("frozen by {who}").format(who=words(account.frozen_by))
    return _("PIN locked") if account.pin_locked else ""


def freeze_account(
    database: str | None,
    admin_key: str | None,
    account: str,
    reason: str | None,
    *,
    frozen: bool,
    json: bool,
) -> None:
    """Freeze or unfreeze an account and say who has frozen it now."""
    act = "freeze" if frozen else "unfreeze"
    state = _act(database, admin_key, account, act, FreezeRequest(reason=reason), FreezeState)
    if json:
        write_json(plain(state))
        return
    names = words(state.frozen_by)
    said = _("✓ Frozen, by {who}.").format(who=names) if names else _("✓ Not frozen.")
    write_lines([style(said, "green")])


def unlock_pin(database: str | None, admin_key: str | None, wallet: str, *, json: bool) -> None:
    """Forget the wrong tries of a wallet's PIN."""
    state = _act(database, admin_key, wallet, "unlock", Nothing(), PinState)
    if json:
        write_json(plain(state))
    else:
        write_lines([style(_("✓ The PIN can be tried again."), "green")])


def release_wallet(database: str | None, admin_key: str | None, wallet: str, *, json: bool) -> None:
    """Let a wallet spend again."""
    card = _act(database, admin_key, wallet, "release", Nothing(), AccountCard)
    if json:
        write_json(plain(card))
    else:
        write_lines([style(_("✓ {name} can spend again.").format(name=card.name), "green")])


def set_tier(
    database: str | None, admin_key: str | None, wallet: str, tier: str, *, json: bool
) -> None:
    """Put a customer into a tier. Raises Usage."""
    try:
        wanted = Tier(tier.upper())
    except ValueError:
        raise Usage(reason=_("A tier is I, II, III or IV.")) from None
    card = _act(database, admin_key, wallet, "tier", TierRequest(tier=wanted), AccountCard)
    if json:
        write_json(plain(card))
        return
    said = _("✓ {name} is in tier {tier}.").format(name=card.name, tier=card.tier)
    write_lines([style(said, "green")])


def make_invite(
    database: str | None,
    admin_key: str | None,
    role: str,
    merchant: str | None,
    wallet: str | None,
    *,
    json: bool,
) -> None:
    """Make an invitation and show its code, which the service never learns before it is used."""
    subject = _subject(role, merchant, wallet)
    code = new_invite()
    digest = encode_bytes(invite_digest(code))
    request = msgspec.convert(
        {"digest": digest, "role": role, "subject": subject}, type=InviteRequest
    )
    with administrator(database, admin_key) as client:
        card = client.send(
            "POST", "/v1/admin/invites", body=request, key=new_id(), answer=InviteCard
        ).value
    if json:
        write_json({**plain(card), "invite": code})
        return
    until = local_time(card.expires_at)[11:]
    rows = [(_("For"), word(card.role)), (_("Until"), until)]
    write_lines([style(code, "bold"), *table(rows), _("It works once and is not shown again.")])


def _subject(role: str, merchant: str | None, wallet: str | None) -> str | None:
    """Give whom an invitation is for. Raises Usage."""
    if role not in get_args(InviteRole):
        raise Usage(reason=_("An invitation is for a customer, a merchant, a till or a device."))
    if (role == "till") != (merchant is not None) or (role == "device") != (wallet is not None):
        reason = _("Give --merchant ID with a till and --wallet ID with a device, and only there.")
        raise Usage(reason=reason)
    return merchant or wallet


def list_acts(
    database: str | None, admin_key: str | None, limit: int, cursor: str | None, *, json: bool
) -> None:
    """Show a page of the audit log."""
    with administrator(database, admin_key) as client:
        query = {"limit": limit, "cursor": cursor}
        page = client.get("/v1/admin/audit", answer=Page[AuditEntry], query=query).value
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [
        f"{item.number:>6}  {local_time(item.at)}  {fitted(item.act, ACT_CELLS)}"
        f"  {short_code(item.subject) or '-':<8}  {word(item.outcome)}"
        for item in page.items
    ]
    if page.next is not None:
        lines.append(_("There is more: wallet-api audit --cursor {next}").format(next=page.next))
    write_lines(lines or [_("The bank's admin has done nothing yet.")])


def _act(
    database: str | None,
    admin_key: str | None,
    account: str,
    act: str,
    body: Body,
    answer: type[T],
) -> T:
    """Do something to one account. Raises Usage."""
    if not is_id(account):
        reason = _("Give the whole id; `wallet-api find NAME` shows it.")
        raise Usage(reason=reason)
    with administrator(database, admin_key) as client:
        path = f"{ACCOUNTS}/{account}/{act}"
        return client.send("POST", path, body=body, key=new_id(), answer=answer).value
