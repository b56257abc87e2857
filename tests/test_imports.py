"""A command loads what it needs and nothing else: that is what makes it start fast."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.crash.bank import Bank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What belongs to screens, to the service, to pictures, and to other stores.
SCREENS = {"textual", "rich", "click", "pygments", "markdown_it"}
SERVICE = {"uvicorn", "starlette", "apsw", "httptools"}
PICTURES = {"PIL", "qrcode", "zxingcpp", "pyzbar", "reportlab"}
NOT_FOR_COMMANDS = SCREENS | SERVICE | PICTURES | {"keyring", "platformdirs", "asyncio"}
LINE = "import time:"


def loaded(*arguments: str) -> set[str]:
    """Run a program's module and give the top-level modules that were imported until its end."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    lines = [line for line in run.stderr.splitlines() if line.startswith(LINE)]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A wallet in an encrypted file, at a bank that runs."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery staple")
    bank = Bank(tmp_path)
    bank.start()
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(passphrase))
    monkeypatch.setenv("WALLET_API_URL", bank.url)
    loaded("wallet_cli", "open", "--name", "Ann", "--store", "file")
    yield
    bank.close()


@pytest.mark.parametrize("program", ["wallet_cli", "pos", "wallet_api"])
def test_the_version_needs_no_library(program: str) -> None:
    modules = loaded(program, "--version")
    assert "terminal_kit" in modules
    assert not modules & (NOT_FOR_COMMANDS | {"typer", "msgspec", "httpx", "cryptography"})


@pytest.mark.parametrize("program", ["wallet_cli", "pos"])
def test_help_needs_no_client(program: str) -> None:
    modules = loaded(program, "--help")
    assert "typer" in modules
    assert not modules & (NOT_FOR_COMMANDS | {"httpx", "cryptography"})


@pytest.mark.usefixtures("opened")
def test_the_balance_needs_the_client_only() -> None:
    modules = loaded("wallet_cli", "balance", "--json")
    assert {"httpx", "cryptography", "msgspec"} <= modules
    assert not modules & NOT_FOR_COMMANDS


@pytest.mark.usefixtures("opened")
def test_a_payer_code_needs_no_network() -> None:
    modules = loaded("wallet_cli", "code", "--json")
    assert "cryptography" in modules
    assert not modules & (NOT_FOR_COMMANDS | {"httpx", "httpcore", "h11"})


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_reading_a_code_needs_no_client(more: tuple[str, ...]) -> None:
    modules = loaded("wallet_cli", "decode", "upi://pay?pa=shop@example&pn=A", *more)
    assert "payment_codes" in modules
    assert not modules & (NOT_FOR_COMMANDS | {"httpx", "httpcore", "cryptography"})
