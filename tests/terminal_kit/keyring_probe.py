"""Uses the OS keyring as a program would and prints what came of it as one JSON object.

Arguments: ``write NAME HEX``, ``read NAME``, ``remove NAME``, ``describe`` or ``backend``. The
time limit comes from ``PROBE_LIMIT_SECONDS``.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time

from terminal_kit.credentials.os_keyring import OsKeyring, allowed_backend, class_name
from terminal_kit.folders import home_id
from wallet_api.contract.error_base import WalletError


def answer(action: str, *arguments: str) -> object:
    limit = float(os.environ.get("PROBE_LIMIT_SECONDS", "15"))
    store = OsKeyring("wallet", "test", home=home_id(), limit_seconds=limit)
    match action, *arguments:
        case "write", name, secret:
            store.write(name, bytes.fromhex(secret))
            return "written"
        case "read", name:
            return store.read(name).hex()
        case "remove", name:
            store.remove(name)
            return "removed"
        case "describe", *_:
            return dataclasses.asdict(store.describe())
        case _:
            return class_name(allowed_backend())


def main() -> None:
    started = time.monotonic()
    try:
        result = {"result": answer(*sys.argv[1:])}
    except WalletError as error:
        result = {"error": error.code, "details": error.details}
    print(json.dumps(result | {"seconds": time.monotonic() - started}))


if __name__ == "__main__":
    main()
