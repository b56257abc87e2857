"""The books read offline: whoever holds the key reads them, whether or not the service runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from terminal_kit.language import _
from wallet_api.commands.places import database_path, load_keys
from wallet_api.contract.errors import Usage
from wallet_api.identity.keys import recognised
from wallet_api.store.database import WrongKeyError
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wallet_api.identity.keys import Keys
    from wallet_api.store.database import Transaction


@contextmanager
def books(url: str | None, key_file: str | None) -> Iterator[tuple[Transaction, Keys]]:
    """Give a snapshot of the books, and the keys that open them. Raises Usage."""
    path = database_path(url)
    if not path.exists():
        raise Usage(reason=_("There is no database at {path}.").format(path=path))
    keys = load_keys(path, key_file)
    foreign = Usage(reason=_("The key file does not belong to {path}.").format(path=path))
    try:
        session = SqliteDatabase(path, keys.database).reader()
    except WrongKeyError:
        raise foreign from None
    try:
        transaction = session.begin()
        if not recognised(transaction, keys):
            raise foreign
        yield transaction, keys
    finally:
        session.close()
