"""The table of kinds, and what the documentation says of it."""

from __future__ import annotations

import re
from pathlib import Path

from wallet_api.contract.events import KINDS
from wallet_api.contract.webhooks import secret_text, signed_headers

PAGE = (Path(__file__).parents[3] / "docs" / "events.md").read_text("utf-8")


def test_the_page_lists_every_kind_with_its_data() -> None:
    listed = {}
    for audience, kinds, keys in re.findall(
        r"^\| (\w+) \| (`.*`) \| (`.*`) \|$", PAGE, re.MULTILINE
    ):
        for kind in re.findall(r"`(.+?)`", kinds):
            listed[kind] = (audience, frozenset(re.findall(r"`(.+?)`", keys)))
    assert listed == {kind: (row.audience, row.keys) for kind, row in KINDS.items()}


def test_the_lines_of_the_page_check_a_delivery() -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    page: dict[str, object] = {}
    exec(code, page)
    is_authentic = page["is_authentic"]
    assert callable(is_authentic)
    secret, body = bytes(range(32)), b'{"id":1}'
    headers = signed_headers(secret, "delivery", 1_800_000_000, body)
    assert is_authentic(secret_text(secret), headers, body)
    assert not is_authentic(secret_text(bytes(32)), headers, body)
    assert not is_authentic(secret_text(secret), headers, body + b" ")
