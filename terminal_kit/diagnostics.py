"""The one owner of stderr and of exit codes: what goes wrong, said once, without a traceback."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from terminal_kit.console import style, write_json
from terminal_kit.language import _
from terminal_kit.words import told
from wallet_api.contract.error_base import TABLE, Exit, WalletError
from wallet_api.contract.errors import Interrupted, Usage
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_listeners: list[Callable[[str], None]] = []


@contextmanager
def listening(hear: Callable[[str], None]) -> Iterator[None]:
    """Have ``hear`` take what is said meanwhile, on any thread, for screens that own stderr."""
    _listeners.append(hear)
    try:
        yield
    finally:
        _listeners.remove(hear)


def say(text: str) -> None:
    """Tell the person something; never data."""
    if _listeners:
        _listeners[-1](printable(text))
        return
    sys.stderr.write(printable(text) + "\n")
    sys.stderr.flush()


def as_wallet_error(error: ValueError) -> WalletError:
    """Give the table's error for one of the code library's, which stand below the table."""
    from payment_codes.errors import PaymentTextError

    if not isinstance(error, PaymentTextError):
        raise error
    row = TABLE[error.code]
    # Some rows end the sentence that the reason stands in themselves.
    words = {
        name: _(value) if isinstance(value, str) else value for name, value in error.details.items()
    }
    reason = _(error.template).format(**words)
    if "{reason}." in row.english:
        reason = reason.removesuffix(".").removesuffix("。")
    details: dict[str, Any] = {**error.details, "reason": reason}
    details.pop("codes", None)
    return row(**details)


def report(error: WalletError, *, json: bool) -> int:
    """Say an error on stderr, and on stdout too under --json; give its exit code."""
    sentence = told(error)
    if json:
        content = {"code": error.code, "message": sentence, "money_moved": error.money_moved}
        write_json({"error": content})
    mark = style("✗", "red", stream=sys.stderr)
    sys.stderr.write(f"{mark} {printable(sentence)}\n")
    sys.stderr.flush()
    return int(error.exit_code)


def run(main: Callable[[], object], arguments: Sequence[str]) -> int:
    """Run a program's main function and give its exit code."""
    json = "--json" in arguments
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _guarded(main, json=json)
    except KeyboardInterrupt:
        return report(Interrupted(), json=json)
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as end:
        # Typer ends a program so when it meets a broken pipe first.
        if isinstance(end.__context__, BrokenPipeError):
            return _reader_gone()
        raise
    except Exception:  # noqa: BLE001 - nobody sees a traceback; it goes to the log file.
        _log_failure()
        return report(WalletError(), json=json)


def _reader_gone() -> int:
    """Keep Python from complaining again when it flushes stdout at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(Exit.DONE)


def _guarded(main: Callable[[], object], *, json: bool) -> int:
    import typer

    try:
        code = main()
    except WalletError as error:
        return report(error, json=json)
    except typer.TyperException as error:
        from terminal_kit.usage import usage_reason

        return report(Usage(reason=usage_reason(error)), json=json)
    except typer.Abort:
        return report(Interrupted(), json=json)
    except ValueError as error:
        return report(as_wallet_error(error), json=json)
    if code == Exit.INTERRUPTED:
        return report(Interrupted(), json=json)
    return code if isinstance(code, int) else int(Exit.DONE)


def _log_failure() -> None:
    """Keep the traceback where a developer finds it, never on the terminal."""
    import traceback

    from terminal_kit.folders import folders, private_folder

    path = private_folder(folders().state) / "failures.log"
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        traceback.print_exc(file=file)
    say(_("Details are in {path}").format(path=path))
