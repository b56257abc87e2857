"""Finds sentences that a person would read in English whatever the language: those not in `_()`."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.language import CATALOGUES, DOMAIN
from tests.scripts.programs import script

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
#: What speaks to people; the rest raises errors of the table, or answers programs.
PLACES = ("terminal_kit", "wallet_cli", "pos", "wallet_api/commands")
#: Two words, or a part of a sentence that an f-string continues.
SENTENCE = re.compile(r"[A-Za-z]{2,}\W* \W*[A-Za-z]|^ [A-Za-z]{2,}|[A-Za-z]{2,} $")
WORD = re.compile(r"[A-Za-z]{2,}")
#: Calls that print their first argument, or the texts in it.
PRINTING = frozenset({"ask_hidden", "ask_line", "confirm", "fitted", "say", "style", "write_lines"})
#: Calls whose texts are translated, or are for programs and programmers.
ELSEWHERE = {
    *script("catalogue").KEYWORDS,
    *("told", "word", "words", "Option", "Argument", "new_app"),
    *("ValueError", "TypeError", "derive", "basicConfig", "compile", "fullmatch"),
    # Of screens: selectors, styles, types, and the content policy of a page.
    *("query", "query_one", "query_exactly_one", "cast", "Theme", "add_class", "set_classes"),
}
#: What a screen's class says to Textual, and what a page says to a browser.
FOR_PROGRAMS = frozenset({"AUTO_FOCUS", "DEFAULT_CSS", "POLICY"})
#: Commands, which are the same in every language.
COMMANDS = frozenset(
    {
        *("wallet resume", "pos resume", "pos sales --cursor ", "--cursor ", "pin set"),
        *("pin change", "history --limit 5", "history --limit 100", "history --direction out"),
        *("events --since 0 --no-follow", "shift open", "shift close", "report x", "report z"),
        "test-code --list",
        *("webhook list", "webhook add", "webhook test", "webhook deliveries", "webhook remove"),
    }
)
#: What `doctor` calls itself, units, and what stores are called everywhere.
NAMES = frozenset(
    {
        *(" doctor", " ms", " GB", "wallet-api ", "Secret Service", "macOS Keychain"),
        "Windows Credential Manager",
    }
)
#: A type that is written as a text, a style with a colour of the theme, a selector.
CODE = re.compile(r"[a-zA-Z]+\[.*\]|.*\$[a-z]+.*|[.#][\w-]+( .*)?")


def unwrapped() -> Iterator[str]:
    """Give each text that is not translated, with its place."""
    for place in PLACES:
        for path in sorted((REPOSITORY / place).rglob("*.py")):
            # Help is translated whole, by the catalogue's own list.
            if path.parent.name != "menu":
                for line, text in in_source(path.read_text("utf-8")):
                    yield f"{path.relative_to(REPOSITORY)}:{line}: {text!r}"


def in_source(source: str) -> Iterator[tuple[int, str]]:
    """Give the untranslated texts of a module and their lines."""
    tree = ast.parse(source)
    for node in ast.iter_child_nodes(tree):
        # Lists of words at the top are in the catalogue, and translated where they are used.
        known = _catalogue() if isinstance(node, ast.Assign) else frozenset()
        for line, text in _texts(node, printed=False):
            if text not in COMMANDS | NAMES | known and not CODE.fullmatch(text):
                yield line, text


def _catalogue() -> frozenset[str]:
    file = CATALOGUES / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"
    texts = re.findall(r'^msgid "(.*)"$', file.read_text("utf-8"), re.MULTILINE)
    return frozenset(texts)


def _texts(node: ast.AST, *, printed: bool) -> Iterator[tuple[int, str]]:
    """Give sentences, and where a person reads what is ``printed`` single words too."""
    match node:
        case ast.Constant(value=str(text)):
            if (WORD if printed else SENTENCE).search(text):
                yield node.lineno, text
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.AnnAssign(value=None):
            pass
        case ast.arguments(defaults=defaults, kw_defaults=more):
            for default in (*defaults, *more):
                if default is not None:
                    yield from _texts(default, printed=False)
        case ast.JoinedStr(values=values) if any(map(_is_marked, values)):
            # The catalogue does not look into f-strings.
            yield node.lineno, ast.unparse(node)
        case ast.Call():
            yield from _in_call(node, printed=printed)
        case ast.Subscript() | ast.Compare() | ast.Dict():
            # Keys and codes, of which none is read unless it is a whole sentence.
            yield from _below(node, printed=False)
        case ast.keyword(arg="help" | "metavar"):
            pass
        case ast.Assign() | ast.AnnAssign():
            yield from _in_assignment(node, printed=printed)
        case _:
            yield from _below(node, printed=printed and not isinstance(node, ast.FunctionDef))


def _in_assignment(node: ast.Assign | ast.AnnAssign, *, printed: bool) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) if name in FOR_PROGRAMS:
            return
        case ast.Assign():
            yield from _below(node, printed=printed)
        case ast.AnnAssign(value=value):
            assert value is not None
            yield from _texts(value, printed=False)


def _is_marked(part: ast.expr) -> bool:
    """Say whether a part of an f-string marks a text for the catalogue."""
    for one in ast.walk(part):
        match one:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant()]):
                return True
    return False


def _below(node: ast.AST, *, printed: bool) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, printed=printed)


def _in_call(call: ast.Call, *, printed: bool) -> Iterator[tuple[int, str]]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in ELSEWHERE:
        return
    yield from _texts(call.func, printed=False)
    named = [keyword.value for keyword in call.keywords if keyword.arg != "classes"]
    first, *rest = (*call.args, *named) or (None,)
    if name == "table" and isinstance(first, ast.List):
        for row in first.elts:
            label = row.elts[0] if isinstance(row, ast.Tuple) else row
            yield from _texts(label, printed=True)
    if first is not None:
        yield from _texts(first, printed=name in PRINTING)
    for one in rest:
        yield from _texts(one, printed=False)
