"""The page of one scheme of payment codes, from the tables that the code library uses."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime
from shlex import quote
from textwrap import dedent
from typing import TYPE_CHECKING

from code_page_parts import PICTURES, apart, as_code, paragraph, table
from scheme_words import ABOUT, COUNTRIES, SPECIFIED_EXAMPLES

from payment_codes.breaking import every_fault
from payment_codes.building import build
from payment_codes.draw.demands import DEMANDS
from payment_codes.draw.drawing import Symbology
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Carrier, Scheme, Side
from payment_codes.schemes.table import GENERIC, SCHEMES, by_id
from terminal_kit.code_card import card_of
from terminal_kit.decoding import Decoded, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.issues import Rule
    from payment_codes.schemes.works import FieldRow

PRESENCE = {"M": "mandatory", "O": "optional", "C": "conditional"}
PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
#: Any day does: examples say when they end, and a page has no today.
TODAY = datetime(2026, 1, 1, tzinfo=UTC)
GENERIC_PAGE = f"[EMVCo merchant codes]({GENERIC.id}.md)"
MARKED = {"\r": "␍"}


def example(id_: str) -> str:
    """Give the text of a scheme's example."""
    if id_ in SPECIFIED_EXAMPLES:
        return SPECIFIED_EXAMPLES[id_]
    scheme = by_id(id_)
    order = scheme.works.example(scheme)
    assert order is not None, f"{id_} has no example"
    return build(scheme, order)


def name_of(id_: str) -> str:
    """Give the readable name of a scheme."""
    name = "EMVCo merchant codes" if id_ == GENERIC.id else by_id(id_).name
    return name[:1].upper() + name[1:]


def page(id_: str) -> Iterator[str]:
    """Give the lines of a page."""
    scheme = by_id(id_)
    members = [one for one in SCHEMES if one.id == id_]
    yield from (f"# {name_of(id_)} (`{id_}`)", "", paragraph(" ".join(dedent(ABOUT[id_]).split())))
    yield ""
    yield from table(("", ""), _facts(scheme))
    yield from ("", "## How to recognise it", "", *apart(map(paragraph, _marks(members))))
    yield from ("", "## Fields", "", *_fields(scheme))
    yield from ("", "## Rules", "", *_rules(scheme, members))
    yield from ("", "## Example", "", *_example(id_))
    yield from ("", "## With the programs", "", *_tools(id_))


def _facts(scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield "Country", country_of(scheme)
    yield "Shown by", "who pays" if scheme.side is Side.PAYER else "who is paid"
    yield "Written as", scheme.carrier.value
    yield "Specification", scheme.source
    demand = DEMANDS.get(scheme.id)
    if demand is None:
        return
    parts = [f"level {demand.level}"] if demand.level else []
    if demand.smallest == demand.largest:
        parts.append(f"version {demand.largest}")
    elif demand.largest < 40:
        parts.append(f"version {demand.largest} at most")
    charset = demand.charset(example(scheme.id))
    parts.append(f"{charset.name.upper()} where it is not ASCII")
    yield "QR code", f"{', '.join(parts)} ({demand.source})"


def country_of(scheme: Scheme) -> str:
    """Give the country where a scheme is used."""
    return COUNTRIES[scheme.country] if scheme.country else "any"


def is_emv(id_: str) -> bool:
    """Say whether a scheme is a profile of EMVCo merchant codes."""
    return by_id(id_).carrier is Carrier.EMV_MERCHANT


def _marks(members: list[Scheme]) -> Iterator[str]:
    """Give the paragraphs."""
    for one in members:
        if one.pattern:
            whole = one.pattern.pattern.endswith(r"\Z")
            verb = "It is" if whole else "It begins with"
            yield f"{verb} what the regular expression {as_code(one.pattern.pattern)} matches."
        if one.carrier is Carrier.DIGITS:
            yield "Single spaces or dashes between groups of digits do not count."
        if one.guid:
            whose = f" of {one.name}" if len(members) > 1 else ""
            yield (
                f"It is an EMVCo code{whose} (it begins with `000201`) in which an identifier, the"
                " data object 00 of a template 26 to 51, begins with what the regular expression"
                f" {as_code(one.guid.pattern)} matches, in capital or small letters."
            )
        if one.tags:
            tags = " or ".join(f"`{tag}`" for tag in sorted(one.tags))
            yield f"An EMVCo code with the data object {tags} is one of {one.name} too."
        if one is GENERIC:
            yield "Any other text that begins with `000201` is read by these tables too."
        elif not (one.pattern or one.guid or one.tags):
            yield "It has no mark of its own: what its account says tells it from its neighbours."
    if members[0].confidence < 1:
        yield (
            f"Another text could look the same, so it is taken for this scheme with a confidence of"
            f" {members[0].confidence}."
        )


def _fields(scheme: Scheme) -> Iterator[str]:
    rows = scheme.works.fields(scheme)
    shared = set(GENERIC.works.fields(GENERIC)) if _has_shared(scheme) else set()
    own = [row for row in rows if row not in shared]
    if own:
        yield from table(("Field", "Name", "Presence", "Holds"), map(_field, own))
    if shared:
        lead = "All other fields are" if own else "All fields are"
        yield from (*([""] if own else []), f"{lead} those of {GENERIC_PAGE}.")
    if any(row.id.startswith("account.") for row in own):
        yield from ("", "`account` is the template 26 to 51 that holds the scheme's identifier.")


def _has_shared(scheme: Scheme) -> bool:
    return is_emv(scheme.id) and scheme.id != GENERIC.id


def _field(row: FieldRow) -> tuple[str, str, str, str]:
    return f"`{row.id}`", row.name, PRESENCE[row.presence], row.form


def _rules(scheme: Scheme, members: list[Scheme]) -> Iterator[str]:
    rules = dict.fromkeys(rule for one in (scheme, *members) for rule in one.works.rules(one))
    shared = dict.fromkeys(GENERIC.works.rules(GENERIC)) if _has_shared(scheme) else {}
    own = [rule for rule in rules if rule not in shared]
    if own:
        yield from table(("Issue", "Severity", "Rule", "Section"), map(_rule, own))
    if not (own or shared):
        yield "None beyond those of its fields."
    if shared:
        yield from (*([""] if own else []), f"The rules of {GENERIC_PAGE} hold as well.")
        gone = [rule for rule in shared if rule not in rules]
        if gone:
            yield from ("Of them these do not:", "", *(f"- {_sentence(rule)}" for rule in gone))


def _rule(rule: Rule) -> tuple[str, str, str, str]:
    return f"`{rule.code}`", rule.severity.value, _sentence(rule), rule.section


def _sentence(rule: Rule) -> str:
    """Give a rule's sentence as it stands before its details are known."""
    bare = rule.template.replace(" ({field})", "").replace("{field}", "the field")
    return PLACEHOLDER.sub(r"*\1*", bare[:1].upper() + bare[1:])


def _example(id_: str) -> Iterator[str]:
    text = example(id_)
    ends = "\r\n" in text
    shown = text.replace("\r\n", "\n")
    for character, mark in MARKED.items():
        shown = shown.replace(character, mark)
    yield from ("```text", *shown.split("\n"), "```", "")
    if ends:
        yield from ("Lines end in a carriage return and a line feed.", "")
    if "␍" in shown:
        yield from ("␍ stands for a carriage return.", "")
    for name, symbology in pictures(id_):
        kind = "QR code" if symbology is Symbology.QR else "Code 128"
        wide = 240 if symbology is Symbology.QR else 400
        source = f"{PICTURES}/{name}"
        yield from (f'<img src="{source}" alt="The example as {kind}" width="{wide}">', "")
    yield from ("What is read from it:", "", *_read(text))


def _read(text: str) -> Iterator[str]:
    code = parse(text)
    card = card_of(Decoded(safe(code), TODAY))
    values = {row.label: row.value for row in card.rows}
    if code.expires:
        values["Expires"] = code.expires.isoformat()
    yield from table(("", ""), values.items())
    verdict = "It passes strictly." if not code.issues else "Its issues:"
    yield from ("", verdict, *(f"- `{one.code}` at `{one.where}`: {one}" for one in code.issues))
    rows = [
        (f"`{'· ' * one.depth}{one.id}`", one.name, as_code(one.value))
        for one in card.fields
        if one.value or not one.depth
    ]
    yield from ("", *table(("Field", "Name", "Value"), rows))


def pictures(id_: str) -> Iterator[tuple[str, Symbology]]:
    """Give the names of the files of the example's pictures, and what they show."""
    yield f"{id_}.svg", Symbology.QR
    if by_id(id_).carrier is Carrier.DIGITS or id_ == "thai-bot-barcode":
        yield f"{id_}-bars.svg", Symbology.CODE_128


def _tools(id_: str) -> Iterator[str]:
    text = example(id_)
    single = "\n" not in text and "\r" not in text
    yield paragraph(
        "`wallet decode` shows what a code says and every issue with its rule; `--json` prints it"
        " for programs, and `--strict` lets nothing pass that breaks the letter."
    )
    decode = f"wallet decode {quote(text)}" if single else "wallet decode - < code.txt"
    yield from ("", "```sh", decode, "wallet decode --image photo.png --json", "```")
    if id_ in SPECIFIED_EXAMPLES:
        return
    kinds = ", ".join(f"`{kind}`" for kind in every_fault(text, by_id(id_)))
    told = f" Kinds of faults: {kinds}." if kinds else " Nothing in it can be wrong."
    yield ""
    yield paragraph(
        "`pos test-code` makes codes for whoever tests scanners, and with `--break` wrong ones."
        " `--list` says what else can be set." + told
    )
    yield from ("", "```sh", f"pos test-code {id_} --save {id_}.png", "```", "")
    yield from ("The library reads it by `parse(text)` and makes the example by", "", "```python")
    yield from (*_order(id_), "```")


def _order(id_: str) -> Iterator[str]:
    """Give the example's order as Python, without what it leaves out."""
    scheme = by_id(id_)
    order = scheme.works.example(scheme)
    assert order is not None
    yield f'build(by_id("{id_}"), Order('
    for one in fields(order):
        value = getattr(order, one.name)
        if isinstance(value, dict) and value:
            yield f"    {one.name}={{"
            yield from (f"        {key!r}: {text!r}," for key, text in value.items())
            yield "    },"
        elif value:
            yield f"    {one.name}={value!r},"
    yield "))"
