import pytest

from payment_codes.building import build
from payment_codes.parsing import parse
from payment_codes.schemes.table import EMV_SCHEMES
from tests.payment_codes.emv.profiles.editing import STRICT, edited, issues_of

NETWORKS = {scheme.name: scheme for scheme in EMV_SCHEMES if scheme.tags}


def _example(name: str) -> str:
    scheme = NETWORKS[name]
    order = scheme.works.example(scheme)
    assert order
    return build(scheme, order)


def test_all_networks_of_the_specification_are_here() -> None:
    assert set(NETWORKS) == {
        "Visa", "Mastercard", "Discover", "American Express", "JCB", "UnionPay"
    }  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_known_by_its_tags(name: str) -> None:
    code = parse(_example(name))
    assert code.scheme is NETWORKS[name]
    assert not code.issues
    (tag,) = NETWORKS[name].tags & code.tree.keys()
    assert code.account == code.tree[tag]
    assert code.details["scheme_hint"] == f"{name.lower()} tag {tag}"


def test_unionpays_account_says_acquirer_and_merchant() -> None:
    code = parse(edited(_example("UnionPay"), {"15": "37210116372101160123456789ABCDE"}))
    assert code.details["acquirer_iin"] == "37210116"
    assert code.details["merchant_id"] == "0123456789ABCDE"


def test_unionpays_template_names_it_too() -> None:
    text = edited(_example("UnionPay"), {"15": None, "26.00": "A000000333", "26.01": "X1"})
    code = parse(text)
    assert code.scheme.name == "UnionPay"
    assert code.account == "X1"
    assert not code.issues


@pytest.mark.parametrize(("name", "tag"), [("Visa", "02"), ("Mastercard", "04")])
def test_a_card_number_has_a_check_digit(name: str, tag: str) -> None:
    text = edited(_example(name), {tag: "4000000000000003"})
    assert issues_of(text) == [("checksum_wrong", tag, STRICT)]
    assert not issues_of(edited(_example(name), {tag: "ANYTHING ELSE"}))
