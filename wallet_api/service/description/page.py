"""The description as one page of HTML: no script, no picture, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING, Any

from wallet_api.service.description.schemas import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Json = dict[str, Any]

STYLE = """
:root{color-scheme:light dark;--line:color-mix(in srgb,CanvasText 18%,Canvas);
--soft:color-mix(in srgb,CanvasText 6%,Canvas);--quiet:color-mix(in srgb,CanvasText 66%,Canvas)}
body{margin:0 auto;max-width:64rem;padding:1rem 1rem 6rem;font:16px/1.55 system-ui,sans-serif;
background:Canvas;color:CanvasText}
h1{font-size:1.7rem}h2{margin-top:3.5rem;border-bottom:2px solid var(--line)}
h3{margin:2.6rem 0 .2rem;font-size:1.05rem}h4{margin:1.1rem 0 .2rem;font-size:.9rem}
code,pre{font:.9em/1.45 ui-monospace,monospace}pre{background:var(--soft);padding:.7rem 1rem;
overflow-x:auto}p{margin:.3rem 0 .7rem}a{color:LinkText}.quiet{color:var(--quiet)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem 0;
border-bottom:1px solid var(--line)}th{font-weight:600;color:var(--quiet)}
nav ul{columns:20rem;padding-left:1.1rem;margin:.2rem 0}.method{font-weight:700}
:target{background:var(--soft);outline:.4rem solid var(--soft)}
"""

#: What a browser may do with the page (Content Security Policy level 3): show it, in this style.
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    f" style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)

_REFUSAL = re.compile("`([a-z_]+)`: (.*)")
Refusals = frozenset[tuple[str, str, str]]


def page(described: Json) -> str:
    """Write the page of an OpenAPI document."""
    info, schemas = described["info"], described["components"]["schemas"]
    operations = list(_operations(described))
    shared = _shared(operations)
    body = [
        f"<h1>{escape(info['title'])}</h1>",
        _prose(info["description"]),
        '<p>The same for machines: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>',
        *_contents(described, operations),
        *_common(shared),
    ]
    for tag in described["tags"]:
        body.append(f'<h2 id="{tag["name"]}">{tag["name"].capitalize()}</h2>')
        body.append(_prose(tag["description"]))
        for operation in operations:
            if operation["tags"] == [tag["name"]]:
                body += _operation(operation, shared[_kind(operation)])
    body.append('<h2 id="types">Types</h2>')
    for name, schema in sorted(schemas.items()):
        body += _type(name, schema)
    return _frame(info["title"], "\n".join(body))


def _frame(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _operations(described: Json) -> Iterator[Json]:
    """Give the operations with their place, and what they refer to put in."""
    shared = described["components"]["responses"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            responses = {
                status: shared[response["$ref"].rpartition("/")[2]]
                if "$ref" in response
                else response
                for status, response in operation["responses"].items()
            }
            place = {"path": path, "method": method.upper(), "responses": responses}
            yield operation | place


def _prose(text: str) -> str:
    """Write paragraphs, with ``code`` and `code` in its own face."""
    paragraphs = [
        re.sub("`{1,2}([^`]+)`{1,2}", r"<code>\1</code>", escape(part))
        for part in text.split("\n\n")
    ]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _contents(described: Json, operations: Iterable[Json]) -> Iterator[str]:
    yield "<nav>"
    for tag in described["tags"]:
        links = "".join(
            f'<li><a href="#{each["operationId"]}"><code>{each["method"]} {escape(each["path"])}'
            "</code></a></li>"
            for each in operations
            if each["tags"] == [tag["name"]]
        )
        yield f'<h4><a href="#{tag["name"]}">{tag["name"].capitalize()}</a></h4><ul>{links}</ul>'
    yield '<h4><a href="#types">Types</a></h4></nav>'


def _kind(operation: Json) -> str:
    """Say which common refusals an operation has: they go by signature and method."""
    if not operation["security"]:
        return "what anyone may ask"
    return "signed reads" if operation["method"] == "GET" else "signed writes"


def _refusals(operation: Json) -> Refusals:
    return frozenset(
        (status, code, sentence)
        for status, response in operation["responses"].items()
        for code, sentence in _REFUSAL.findall(response["description"])
    )


def _shared(operations: Iterable[Json]) -> dict[str, Refusals]:
    """Give the refusals that all operations of a kind have in common."""
    shared: dict[str, Refusals] = {}
    for operation in operations:
        kind, found = _kind(operation), _refusals(operation)
        shared[kind] = shared.get(kind, found) & found
    return shared


def _common(shared: dict[str, Refusals]) -> Iterator[str]:
    yield '<h2 id="refusals">What any request may meet</h2>'
    for kind, refusals in sorted(shared.items()):
        yield f"<h4>{kind.capitalize()}</h4>"
        yield _refusal_table(refusals)


def _refusal_table(refusals: Refusals) -> str:
    rows = (
        (status, f"<code>{code}</code>", escape(sentence))
        for status, code, sentence in sorted(refusals)
    )
    return _table(("status", "code", ""), rows)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>'


def _operation(operation: Json, shared: Refusals) -> Iterator[str]:
    yield f'<h3 id="{operation["operationId"]}"><code><span class="method">{operation["method"]}'
    yield f"</span> {escape(operation['path'])}</code></h3>"
    yield f"<p>{escape(operation['summary'])}. "
    yield f'<span class="quiet">{_who(operation["security"])}</span></p>'
    named = [each for each in operation["parameters"] if "name" in each]
    if named:
        rows = (
            (
                f"<code>{each['name']}</code>",
                each["in"],
                _words(each["schema"]),
                escape(each.get("description", "")),
            )
            for each in named
        )
        yield "<h4>Parameters</h4>" + _table(("name", "in", "form", ""), rows)
    if "requestBody" in operation:
        yield f"<h4>Body</h4><p>{_media(operation['requestBody']['content'])}</p>"
    status, answer = next(iter(operation["responses"].items()))
    yield f"<h4>Answer {status}</h4><p>{_media(answer['content'])}</p>"
    own = _refusals(operation) - shared
    if own:
        yield f"<h4>Refusals</h4>{_refusal_table(own)}"


def _who(security: list[Json]) -> str:
    roles = [role for each in security for role in each]
    return f"Signed by: {', '.join(roles)}." if roles else "Not signed."


def _media(content: Json) -> str:
    media, described = next(iter(content.items()))
    return f"{_words(described['schema'])} <span class='quiet'>{escape(media)}</span>"


def _type(name: str, schema: Json) -> Iterator[str]:
    yield f'<h3 id="type-{escape(name)}"><code>{escape(schema.get("title", name))}</code></h3>'
    yield _prose(schema.get("description", ""))
    if "properties" in schema:
        required = schema.get("required", ())
        rows = (
            (f"<code>{field}</code>", _words(form), "" if field in required else "optional")
            for field, form in schema["properties"].items()
        )
        yield _table(("field", "form", ""), rows)
    else:
        yield f"<p>{_words(schema)}</p>"


def _words(schema: Json) -> str:
    """Say a schema in words."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(COMPONENTS)
        return f'<a href="#type-{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_words(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " · ".join(f"<code>{escape(str(each))}</code>" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_words(schema['items'])}"
    words = [str(schema.get("format", schema.get("type", "anything")))]
    if "minimum" in schema:
        words.append(f"{schema['minimum']} to {schema.get('maximum', '…')}")
    if "pattern" in schema:
        words.append(f"<code>{escape(schema['pattern'])}</code>")
    return " ".join(words)
