"""Which addresses of a service are accepted, and in which form they are signed."""

from __future__ import annotations

import pytest

from wallet_api.client.address import is_insecure, service_url
from wallet_api.contract.errors import ServiceInsecure, Usage


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("http://127.0.0.1:8417", "http://127.0.0.1:8417"),
        ("http://127.0.0.1:8417/", "http://127.0.0.1:8417"),
        ("http://localhost:80", "http://localhost"),
        ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://[::1]:8417", "http://[::1]:8417"),
        ("HTTPS://Bank.Example:443", "https://bank.example"),
        ("https://bank.example:8443", "https://bank.example:8443"),
        ("https://10.0.0.1", "https://10.0.0.1"),
    ],
)
def test_an_address_has_one_form(given: str, normal: str) -> None:
    assert service_url(given) == normal


@pytest.mark.parametrize(
    "url",
    [
        "http://bank.example",
        "http://10.0.0.1:8417",
        "http://0.0.0.0:8417",
        "http://localhost.bank.example",
        "http://[::ffff:10.0.0.1]",
        "http://[2001:db8::1]",
        "ftp://127.0.0.1",
        "//bank.example",
    ],
)
def test_plain_http_leaves_this_machine_never(url: str) -> None:
    with pytest.raises(ServiceInsecure) as raised:
        service_url(url)
    assert raised.value.details == {"url": url}


def test_plain_http_leaves_where_the_environment_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "0", "true"):
        monkeypatch.setenv("WALLET_API_INSECURE", value)
        with pytest.raises(ServiceInsecure):
            service_url("http://bank.example:8417")
    monkeypatch.setenv("WALLET_API_INSECURE", "1")
    assert service_url("http://bank.example:8417") == "http://bank.example:8417"
    assert is_insecure("http://bank.example:8417")
    assert not is_insecure("http://127.0.0.1:8417")
    assert not is_insecure("https://bank.example")
    with pytest.raises(ServiceInsecure):
        service_url("ftp://bank.example")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "bank.example:443",
        "https://bank.example:port",
        "https://bank.example:99999",
        "https://bank.example/api",
        "https://bank.example?x=1",
        "https://bank.example#x",
        "https://[::1",
        "https://bank example",
        "https://bänk.example",
        "http://127.0.0.1\\@bank.example",
        "http://user:secret@127.0.0.1:8417",
    ],
)
def test_anything_but_a_bare_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(Usage) as raised:
        service_url(url)
    assert "secret" not in str(raised.value)
