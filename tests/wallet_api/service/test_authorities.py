"""Under which names a service answers, and by which URL the programs of its machine find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.service.caller import cny, read, refused, write
from wallet_api.service.authorities import authorities, service_url
from wallet_api.service.server import Settings, Tls

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running

PORT = 8417
LOOPBACK = {f"{name}:{PORT}" for name in ("127.0.0.1", "localhost", "[::1]")}
TLS = Tls("certificate.pem", "key.pem")


def settings(host: str, *names: str, tls: Tls | None = None) -> Settings:
    return Settings(host, PORT, open_enrolment=False, authorities=names, tls=tls)


@pytest.mark.parametrize(
    ("host", "names", "expected"),
    [
        ("127.0.0.1", (), LOOPBACK),
        ("localhost", (), LOOPBACK),
        ("::1", (), LOOPBACK),
        ("0.0.0.0", (), LOOPBACK),
        ("::", (), LOOPBACK),
        ("10.0.0.5", (), {f"10.0.0.5:{PORT}"}),
        ("2001:db8::5", (), {f"[2001:db8::5]:{PORT}"}),
        ("10.0.0.5", ("Bank.Example",), {f"10.0.0.5:{PORT}", f"bank.example:{PORT}"}),
        ("10.0.0.5", ("bank.example:443",), {f"10.0.0.5:{PORT}", "bank.example"}),
        ("10.0.0.5", ("bank.example:8443",), {f"10.0.0.5:{PORT}", "bank.example:8443"}),
        ("10.0.0.5", ("[2001:db8::7]",), {f"10.0.0.5:{PORT}", f"[2001:db8::7]:{PORT}"}),
        ("10.0.0.5", ("[2001:db8::7]:443",), {f"10.0.0.5:{PORT}", "[2001:db8::7]"}),
    ],
)
def test_a_service_answers_for_what_it_was_told(
    host: str, names: tuple[str, ...], expected: set[str]
) -> None:
    assert authorities(settings(host, *names), PORT) == expected


@pytest.mark.parametrize(
    ("host", "names", "tls", "url"),
    [
        ("127.0.0.1", (), None, f"http://127.0.0.1:{PORT}"),
        ("0.0.0.0", ("bank.example",), None, f"http://127.0.0.1:{PORT}"),
        ("127.0.0.1", ("bank.example:443",), None, f"http://127.0.0.1:{PORT}"),
        ("::1", (), None, f"http://[::1]:{PORT}"),
        ("0.0.0.0", (), TLS, f"https://127.0.0.1:{PORT}"),
        ("0.0.0.0", ("bank.example",), TLS, f"https://bank.example:{PORT}"),
        ("0.0.0.0", ("bank.example:443", "b.example"), TLS, "https://bank.example"),
        ("10.0.0.5", (), TLS, f"https://10.0.0.5:{PORT}"),
    ],
)
def test_the_programs_of_its_machine_are_led_where_they_may_go(
    host: str, names: tuple[str, ...], tls: Tls | None, url: str
) -> None:
    assert service_url(settings(host, *names, tls=tls), PORT) == url


def test_a_port_of_http_is_not_part_of_an_authority() -> None:
    assert authorities(settings("10.0.0.5"), 443) == {"10.0.0.5"}
    assert service_url(settings("10.0.0.5", tls=TLS), 443) == "https://10.0.0.5"


def test_each_name_it_was_told_and_no_other(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    """A signature counts for the name it was made for, and for no other of the same service."""
    names = ("bank.example", "pay.example:443")
    options = [part for name in names for part in ("--authority", name)]
    running = own_service(*options, "--enrolment", "open")
    caller = open_caller(running)
    caller.open_wallet()
    known = {f"bank.example:{running.port}", "pay.example", f"localhost:{running.port}"}
    for name in known:
        call = read(name, "/v1/wallet").signed(caller.device).with_headers(host=name)
        request = call.request()
        request.url = request.url.copy_with(host="127.0.0.1", port=running.port)
        assert caller.client.send(request).is_success, name
        moved = write(name, "/v1/top-ups", {"amount": cny(1)}).signed(caller.device)
        for other in known - {name}:
            request = moved.with_headers(host=other).request()
            request.url = request.url.copy_with(host="127.0.0.1", port=running.port)
            assert refused(caller.client.send(request)) == "signature_invalid"
    for name in ("bank.example", f"pay.example:{running.port}", "evil.example", "example"):
        request = read(name, "/healthz").with_headers(host=name).request()
        request.url = request.url.copy_with(host="127.0.0.1", port=running.port)
        assert refused(caller.client.send(request)) == "host_refused"


def test_what_was_sent_to_one_service_is_worth_nothing_at_another(
    own_service: Callable[..., Running],
    service: Running,
    open_caller: Callable[[Running], Caller],
) -> None:
    """Not even where the same device is enrolled, and whatever the Host says."""
    here, there = open_caller(service), open_caller(own_service())
    there.device = here.device
    here.open_wallet()
    there.open_wallet()
    call = write(here.authority, "/v1/top-ups", {"amount": cny(1)}).signed(here.device)
    captured = call.request()
    captured.url = captured.url.copy_with(port=int(there.authority.rpartition(":")[2]))
    captured.headers["Host"] = here.authority
    assert refused(there.client.send(captured)) == "host_refused"
    captured.headers["Host"] = there.authority
    assert refused(there.client.send(captured)) == "signature_invalid"
    assert here.send(call).is_success
