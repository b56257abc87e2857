"""The description: it says what the application runs, holds together, and is served as promised."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from tests.wallet_api.service.caller import Call, read, refused
from wallet_api.contract.error_base import TABLE
from wallet_api.service.description.document import document, subject_of
from wallet_api.service.description.page import page
from wallet_api.service.description.words import PARAMETERS, SUBJECTS
from wallet_api.service.operations import operations
from wallet_api.service.refusals import refusals_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running
    from wallet_api.service.routes.table import Operation

Json = dict[str, Any]
ROWS = operations(lab=True)
DOCUMENT = document(ROWS)
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def every(value: object, key: str) -> Iterator[Any]:
    """Give what stands under a key, wherever it is."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == key:
                yield each
            yield from every(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from every(each, key)


def resolved(part: Json) -> Json:
    """Follow a reference."""
    if "$ref" not in part:
        return part
    found: Any = DOCUMENT
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def test_it_is_openapi_3_1() -> None:
    from schemathesis.specs.openapi.definitions import OPENAPI_31

    jsonschema_rs.Draft202012Validator(OPENAPI_31).validate(DOCUMENT)
    assert DOCUMENT["openapi"] == "3.1.0"


def test_it_has_every_operation_and_no_other() -> None:
    assert set(OPERATIONS) == {f"{row.method} {row.path}" for row in ROWS}
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(names) == len(set(names))
    without = document(operations(lab=False))
    assert not any("/lab/" in path for path in without["paths"])


def test_every_reference_leads_somewhere() -> None:
    for reference in every(DOCUMENT, "$ref"):
        assert resolved({"$ref": reference})


def test_every_link_leads_to_an_operation_and_names_its_parameters() -> None:
    by_id = {operation["operationId"]: operation for operation in OPERATIONS.values()}
    links = [link for links in every(DOCUMENT, "links") for link in links.values()]
    assert len(links) > 50
    for link in links:
        target = by_id[link["operationId"]]
        named = {each.get("name") for each in target["parameters"]}
        assert set(link.get("parameters", ())) <= named


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("POST /v1/charges", "get_charges_id"),
        ("POST /v1/charges", "post_charges_id_reverse"),
        ("POST /v1/charges/{id}/refunds", "get_refunds_id"),
        ("GET /v1/charges", "post_charges_id_refunds"),
        ("GET /v1/codes/{token}", "post_payments"),
        ("POST /v1/payments", "post_payments_id_confirm"),
        ("GET /v1/pending", "post_payments_id_decline"),
        ("POST /v1/top-ups", "get_top_ups_id"),
    ],
)
def test_one_thing_leads_to_another(name: str, leads_to: str) -> None:
    answers = [answer for answer in OPERATIONS[name]["responses"].values() if "links" in answer]
    assert leads_to in {link for answer in answers for link in answer["links"]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_every_refusal_is_listed_under_its_status(row: Operation) -> None:
    operation = OPERATIONS[f"{row.method} {row.path}"]
    listed = {
        (int(status), code)
        for status, answer in operation["responses"].items()
        for codes in every(resolved(answer), "enum")
        for code in codes
        if code in TABLE and int(status) >= 400
    }
    assert listed == {(refusal.status, refusal.code) for refusal in refusals_of(row)}
    assert all(status for status, _ in listed), "an error of clients only is no answer"
    assert str(row.status) in operation["responses"]


def test_every_example_fits_its_schema() -> None:
    tried = 0
    for operation in OPERATIONS.values():
        for media in operation.get("requestBody", {}).get("content", {}).values():
            schema = media["schema"] | {"components": DOCUMENT["components"]}
            jsonschema_rs.Draft202012Validator(schema).validate(media["example"])
            tried += 1
    assert tried > 40


def test_every_parameter_and_subject_has_its_words() -> None:
    assert {name for row in ROWS for name in row.parameters} <= set(PARAMETERS)
    assert {subject_of(row) for row in ROWS} <= set(SUBJECTS)
    assert {tag["name"] for tag in DOCUMENT["tags"]} == {subject_of(row) for row in ROWS}


def test_no_field_of_a_body_is_described_as_a_float() -> None:
    assert "number" not in set(map(str, every(DOCUMENT["components"]["schemas"], "type")))


class Outline(HTMLParser):
    """What a page consists of: its tags, ids, links, and whether each tag that opens closes."""

    VOID = frozenset({"meta", "br", "hr", "link", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(str(value))
            if name in {"href", "src"}:
                self.links.add(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_by_itself() -> None:
    text = page(DOCUMENT)
    outline = Outline(text)
    assert outline.open == []
    assert not outline.tags & {"script", "img", "link", "iframe", "form", "object", "embed", "base"}
    assert not {name for name in outline.attributes if name.startswith("on")} | (
        outline.attributes & {"src", "style"}
    )
    assert len(outline.ids) == len(set(outline.ids))
    anchors = {f"#{name}" for name in outline.ids}
    assert outline.links - anchors == {"/openapi.json"}
    assert "url(" not in text
    for row in ROWS:
        assert f"<code>{row.method} {row.path}</code>" in text
    assert "The balance is too small" in text


def test_the_page_writes_nothing_out_that_it_does_not_escape() -> None:
    hostile = json.loads(json.dumps(DOCUMENT).replace("Open a customer", "<script>x</script>"))
    assert "<script>" not in page(hostile)


def test_the_document_is_served_unsigned(wallet: Caller) -> None:
    response = wallet.send(read(wallet.authority, "/openapi.json"))
    assert response.headers["content-type"] == "application/json"
    assert response.json() == json.loads(json.dumps(document(operations(lab=False))))


def test_the_page_is_served_with_a_policy_that_allows_its_style_alone(wallet: Caller) -> None:
    response = wallet.send(read(wallet.authority, "/docs"))
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    (style,) = re.findall("<style>(.*?)</style>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = response.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("target", ["/openapi.json", "/docs", "/metrics"])
def test_what_is_for_strangers_is_for_this_host_only(
    service: Running, wallet: Caller, target: str
) -> None:
    call = Call(wallet.authority, "GET", target)
    assert refused(wallet.send(call.with_headers(host="evil.example"))) == "host_refused"
    page_of_another = call.with_headers(origin=f"http://{service.authority}")
    assert refused(wallet.send(page_of_another)) == "origin_refused"
