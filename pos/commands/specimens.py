"""``pos test-code``: codes of any scheme for whoever tests scanners and readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from payment_codes.amount import amount_text
from payment_codes.breaking import every_fault
from payment_codes.building import build
from payment_codes.schemes.scheme import Carrier
from pos.specimens import Specimen, Wish, make, makeable, order_of, scheme_named, settable
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import write_json, write_lines
from terminal_kit.decoding import issues_json
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.words import sentence_of, word
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payment_codes.schemes.scheme import Scheme

ID_CELLS = 23
BREAK = "--break"


def make_specimen(
    name: str | None,
    wish: Wish,
    settings: Sequence[str],
    kind: str | None,
    save: str | None,
    *,
    draw: bool,
    json: bool,
) -> None:
    """Make a test code and show it: a file, a drawing, or its text; under --json in one object."""
    if name is None:
        raise Usage(reason=_("Name a scheme; `pos test-code --list` lists them."))
    if save is not None:
        require_savable(save)
    scheme = scheme_named(name)
    wish = replace(wish, extra=_extra(settings))
    specimen = make(scheme, wish, kind, datetime.now(UTC))
    # What a scheme demands of a drawing, a wrong code may be unable to keep.
    demands = scheme.id if kind is None else None
    if save is not None:
        save_code_as(specimen.text, save, demands)
    if json:
        issues = issues_json(specimen.code)
        code = {"scheme": scheme.id, "code": specimen.text, "broken": kind, "issues": issues}
        write_json(code)
        return
    _describe(specimen)
    if save is not None:
        say(_("The code is in {file}.").format(file=save))
    bars = scheme.carrier is Carrier.DIGITS
    show_code(specimen.text, [], draw=draw, bars=bars, scheme=demands)


def _extra(settings: Sequence[str]) -> dict[str, str]:
    extra = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not name or not equals:
            reason = _("--set takes key=value, and {text} is none.")
            raise Usage(reason=reason.format(text=setting))
        extra[name] = value
    return extra


def _describe(specimen: Specimen) -> None:
    code = specimen.code
    said = [word(code.scheme.name)]
    if code.amount is not None:
        said.append(amount_text(code.amount))
    said.append(_("made up: nobody is paid by it"))
    say(" · ".join(said))
    for issue in code.issues:
        say(f"✗ {issue.code}: {sentence_of(issue)}")


def list_schemes(name: str | None, *, json: bool) -> None:
    """List what test codes can be made of, and what can be set; for one scheme its faults too."""
    if name is None:
        rows = [_row(scheme, None) for scheme in makeable()]
    else:
        scheme = scheme_named(name)
        text = build(scheme, order_of(scheme, Wish(), datetime.now(UTC)))
        rows = [_row(scheme, list(every_fault(text, scheme)))]
    if json:
        write_json({"items": rows, "next": None})
        return
    for row in rows:
        write_lines([f"{row['scheme']:<{ID_CELLS}} {' '.join(row['sets'])}"])
        if row["breaks"] is not None:
            write_lines([f"{BREAK:<{ID_CELLS}} {' '.join(row['breaks'])}"])


def _row(scheme: Scheme, kinds: list[str] | None) -> dict[str, Any]:
    return {
        "scheme": scheme.id,
        "name": scheme.name,
        "country": scheme.country,
        "sets": settable(scheme),
        "breaks": kinds,
    }
