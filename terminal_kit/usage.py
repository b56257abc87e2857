"""What is wrong with a command line, said in the language of the person who typed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.language import _

if TYPE_CHECKING:
    import typer


def usage_reason(error: typer.TyperException) -> str:
    """Say what is wrong and where the help is."""
    context = getattr(error, "ctx", None)
    hint = (
        ""
        if context is None
        else " " + _("Try `{command} --help`.").format(command=context.command_path)
    )
    what = _what(error)
    return f"{what}{'' if what.endswith(('.', '?', '。', '？')) else '.'}{hint}"


def _what(error: typer.TyperException) -> str:
    """Give the fault; what Typer alone can word stays in its words."""
    kind = type(error).__name__
    if kind == "MissingParameter":
        return _("{name} is missing").format(name=_name(error))
    if kind == "NoSuchOption":
        return _no_such_option(error)
    if kind == "BadParameter":
        return _("{name} does not fit: {reason}").format(
            name=_name(error), reason=getattr(error, "message", "")
        )
    return error.format_message().replace("?.", "?")


def _no_such_option(error: typer.TyperException) -> str:
    text = _("There is no option {name}.").format(name=getattr(error, "option_name", ""))
    near = getattr(error, "possibilities", None)
    if not near:
        return text
    return text + " " + _("Did you mean {names}?").format(names=", ".join(sorted(near)))


def _name(error: typer.TyperException) -> str:
    """Name the option or argument as it is typed."""
    parameter = getattr(error, "param", None)
    context = getattr(error, "ctx", None)
    if parameter is None or context is None:
        return str(getattr(error, "param_hint", None) or "")
    return str(parameter.get_error_hint(context)).strip("'")
