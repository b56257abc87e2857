"""The client starts light: no command line of httpx, no event loop for blocking calls."""

from __future__ import annotations

import subprocess
import sys

PROBE = """
import sys
from wallet_api.client.sync import Client
with Client("http://127.0.0.1:1"):
    print(*sys.modules)
"""


def test_a_blocking_client_brings_no_command_line_and_no_event_loop() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "httpx" in loaded
    assert not loaded & {"click", "rich", "pygments", "asyncio", "textual", "starlette", "keyring"}
