"""What is wrong with a command line, said in the language of the person who typed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from terminal_kit.language import _

if TYPE_CHECKING:
    import typer

#: What Typer says in English only.
NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.?(?: Did you mean (?P<names>.*)\?)?")
NO_NUMBER = re.compile(r"(?P<value>'.*') is not a valid (?:int|integer|float)\b.*")
OUT_OF_RANGE = re.compile(r"(?P<value>\S+) is not in the range (?P<range>\S+?)\.?")
NO_VALUE = re.compile(r"Option '(?P<name>.+?)' requires an argument\.")
ANY_VALUE = re.compile(r"Option '(?P<name>.+?)' does not take a value\.")
TOO_MUCH = re.compile(r"Got unexpected extra argument.*? \((?P<words>.*)\)")


def usage_reason(error: typer.TyperException) -> str:
    """Say what is wrong and where the help is."""
    context = getattr(error, "ctx", None)
    what = _what(error)
    if not what.endswith((".", "?", "。", "？")):
        what += _(".")
    if context is None:
        return what
    return _("{what} Try `{command} --help`.").format(what=what, command=context.command_path)


def _what(error: typer.TyperException) -> str:
    """Give the fault; what is in none of Typer's known words stays in its own."""
    kind = type(error).__name__
    if kind == "MissingParameter":
        return _("{name} is missing").format(name=_name(error))
    if kind == "NoSuchOption":
        return _no_such_option(error)
    if kind == "BadParameter":
        return _("{name} does not fit: {reason}").format(
            name=_name(error), reason=_reworded(getattr(error, "message", "")).rstrip(".。")
        )
    return _reworded(error.format_message().replace("?.", "?"))


def _reworded(text: str) -> str:
    """Say in our words what Typer says in English only."""
    unknown = NO_COMMAND.fullmatch(text)
    if unknown:
        said = _("There is no command {name}.").format(name=unknown["name"])
        return _with_near(said, unknown["names"])
    known = (
        (NO_NUMBER, _("{value} is no number")),
        (OUT_OF_RANGE, _("it must be {range}")),
        (NO_VALUE, _("{name} needs a value.")),
        (ANY_VALUE, _("{name} takes no value.")),
        (TOO_MUCH, _("This is too much: {words}.")),
    )
    for pattern, template in known:
        match = pattern.fullmatch(text)
        if match:
            return template.format(**match.groupdict())
    return text


def _no_such_option(error: typer.TyperException) -> str:
    text = _("There is no option {name}.").format(name=getattr(error, "option_name", ""))
    return _with_near(text, _(", ").join(sorted(getattr(error, "possibilities", None) or ())))


def _with_near(what: str, names: str | None) -> str:
    """Add what comes near to the word that was typed."""
    return _("{what} Did you mean {names}?").format(what=what, names=names) if names else what


def _name(error: typer.TyperException) -> str:
    """Name the option or argument as it is typed."""
    parameter = getattr(error, "param", None)
    context = getattr(error, "ctx", None)
    if parameter is None or context is None:
        return str(getattr(error, "param_hint", None) or "")
    return str(parameter.get_error_hint(context)).strip("'")
