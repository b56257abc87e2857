"""What people who install the library alone find at its front."""

import importlib
import subprocess
import sys

import payment_codes


def test_every_public_name_is_there() -> None:
    for name in payment_codes.__all__:
        module = importlib.import_module(f"payment_codes.{payment_codes._HOMES[name]}")
        assert getattr(payment_codes, name) is getattr(module, name)
    assert set(payment_codes.__all__) == set(payment_codes._HOMES)


def test_a_code_is_built_and_read_from_the_front() -> None:
    scheme = payment_codes.by_id("upi")
    order = payment_codes.Order(account="shop@example", payee="Shop")
    code = payment_codes.parse(payment_codes.build(scheme, order))
    assert (code.scheme, code.account, code.payee) == (scheme, "shop@example", "Shop")
    assert code.valid(payment_codes.Severity.STRICT)


def test_importing_it_loads_nothing_yet() -> None:
    script = "import sys, payment_codes; print(*(m for m in sys.modules if 'payment_codes.' in m))"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert shown.strip() == b""
