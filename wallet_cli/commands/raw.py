"""``wallet api``: a signed raw call."""

from __future__ import annotations

import msgspec
import typer

from terminal_kit.console import write_json
from terminal_kit.diagnostics import report
from terminal_kit.language import _
from terminal_kit.program import session_of
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import is_id, new_id
from wallet_cli.wallet import Wallet


def call_api(
    context: typer.Context, method: str, path: str, data: str | None, key: str | None
) -> None:
    """Make the call and print the answer. Raises Usage for what cannot be sent."""
    method = method.upper()
    if method not in {"GET", "POST"} or not path.startswith("/"):
        raise Usage(reason=_("Give GET or POST and a path such as /v1/wallet."))
    if key is not None and not is_id(key):
        raise Usage(reason=_("An Idempotency-Key is a UUIDv7."))
    try:
        body = msgspec.json.decode(data) if data is not None else {}
    except msgspec.DecodeError:
        raise Usage(reason=_("--data is not JSON.")) from None
    try:
        with session_of(context) as session:
            write_json(Wallet(session).call(method, path, body, key or new_id()))
    except WalletError as error:
        # Whoever reads JSON answers reads JSON errors too, with or without --json.
        raise typer.Exit(report(error, json=True)) from None
