"""Output: data on stdout, talk on stderr, one object under --json, no escape codes in pipes."""

from __future__ import annotations

import re
import signal
from functools import partial
from typing import TYPE_CHECKING

from tests.end_to_end.programs import at_once
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

COMMANDS = {
    "wallet": "open balance top-up pay code pending confirm decline history show whoami doctor api"
    " export statement receipt",
    "pos": "open charge show wait close reverse refund sales whoami doctor shift report receipt",
    "wallet-api": "serve status stop verify",
}
SERVE = ("--lab",)
ESCAPE = "\x1b"
COLUMNS = 80


def test_each_command_helps_with_an_example_in_80_columns(programs: Programs) -> None:
    def help_of(program: str, command: str) -> str:
        said = programs.run(program, command, "--help")
        assert said.err == ""
        assert re.search(rf"Example: {program} (--\w+ \w+ )?{command}", said.out), said.out
        return said.out

    each = [(program, name) for program, names in COMMANDS.items() for name in names.split()]
    texts = at_once(partial(help_of, program, name) for program, name in each)
    for program, names in COMMANDS.items():
        text = programs.run(program, "--help").out
        assert all(re.search(rf"^  {name} ", text, re.MULTILINE) for name in names.split())
        assert programs.run(program).out == text
        texts.append(text)
    assert all(cells(line) <= COLUMNS for text in texts for line in text.splitlines())
    assert not any(ESCAPE in text for text in texts)


def test_the_version_is_answered_by_all_three(programs: Programs) -> None:
    for program in COMMANDS:
        said = programs.run(program, "--version")
        assert re.fullmatch(rf"{program} \d+\.\d+\.\d+\n", said.out)
        assert said.err == ""


def test_data_goes_to_stdout_and_talk_to_stderr(shop: Programs) -> None:
    charge = shop.run("pos", "charge", "9.99")
    assert re.fullmatch(r"0002010102[0-9A-Z $%*+./:-]+\n", charge.out)
    assert re.search(r"^Charge [0-9a-f]{8} of 9\.99 CNY\.$", charge.err, re.MULTILINE)
    picture = shop.folder / "code.png"
    saved = shop.run("pos", "charge", "9.99", "--save", picture)
    assert saved.err.startswith(f"The code is in {picture}.\n")
    assert re.fullmatch(r"\d{18}\n", shop.run("wallet", "code").out)
    refused = shop.run("wallet", "pay", "nonsense", "--yes", exit_code=6)
    assert refused.out == ""
    assert refused.err == "✗ That is no payment code. No money moved.\n"


def test_lists_fit_80_columns_with_the_longest_names_and_amounts(
    programs: Programs, service: Service
) -> None:
    for running in (programs.opening_wallet(), programs.opening_till(name="王" * 32)):
        running.finish()
    document = programs.file("document", "BJ20270115A7")
    programs.run("wallet", "raise-tier", "I", "--branch-document-file", document)
    service.advance(86_400)  # A device that is new may not spend so much.
    programs.run("wallet", "top-up", "9999999999.99")
    small, code = programs.run("pos", "charge", "9.99").out, programs.run("wallet", "code").out
    paid = programs.run("wallet", "pay", small.strip(), "--yes")
    programs.run("wallet", "top-up", "9.99")
    largest = ("pos", "charge", "9999999999.99", "--code", code.strip(), "--wait", "0")
    waiting = programs.run(*largest, exit_code=5)
    lists = [
        programs.run(*words)
        for words in (("wallet", "pending"), ("wallet", "history"), ("pos", "sales"))
    ]
    lines = [line for listed in lists for line in listed.out.splitlines()]
    assert len(lines) == 1 + 3 + 2
    assert all(cells(line) <= COLUMNS for line in lines), lines
    assert not any(ESCAPE in seen.out + seen.err for seen in (paid, waiting, *lists))


def test_every_look_is_one_object_under_json(shop: Programs) -> None:
    charge = shop.json("pos", "charge", "5")["id"]
    movement = shop.json("wallet", "history")["items"][0]["id"]
    looks: list[tuple[tuple[str, ...], set[str]]] = [
        (("wallet", "balance"), {"balance"}),
        (("wallet", "pending"), {"items", "next"}),
        (("wallet", "history"), {"items", "next"}),
        (("wallet", "show", movement), {"id", "amount", "kind"}),
        (("wallet", "whoami"), {"wallet", "name", "profile"}),
        (("wallet", "doctor"), {"profile", "store", "service"}),
        (("wallet", "api", "GET", "/v1/wallet"), {"wallet"}),
        (("pos", "show", charge), {"id", "state", "amount", "payload", "expires_at", "merchant"}),
        (("pos", "sales"), {"items", "next"}),
        (("pos", "shift"), {"id", "number", "state", "opened_at"}),
        (("pos", "receipt", charge), {"charge", "state", "amount", "merchant", "reprint"}),
        (("wallet", "export", "--format", "json"), {"items", "next"}),
        (("pos", "whoami"), {"merchant", "till", "name", "profile"}),
        (("pos", "doctor"), {"profile", "store", "service"}),
        (("wallet-api", "status"), {"running", "url", "pid"}),
    ]
    for seen, (words, keys) in zip(
        at_once(partial(shop.run, *words, "--json") for words, _ in looks), looks, strict=True
    ):
        assert seen.json.keys() >= keys, words
        assert seen.err == "", words


def test_names_that_steer_a_terminal_are_refused(
    programs: Programs, nothing_moves: NothingMoves
) -> None:
    opening = ("pos", "open", "--store", "file")
    evil = ("\x1b[31mred", "a\u202eb", "a\u2066b", "a\x07b", "a\nb", "\u200b", "x" * 65, " ")
    with nothing_moves():
        commands: list[tuple[str, ...]] = [(*opening, "--name", name) for name in evil]
        commands += [(*opening, "--name", "Fine", "--city", name) for name in evil[:2]]
        commands += [("wallet", "open", "--store", "file", "--name", name) for name in evil[:2]]
        said = programs.all_refused(commands, code="text_invalid")
    assert not any(character in sentence for character in "\x1b\u202e\x07" for sentence in said)
    programs.refused("pos", "whoami", code="no_profile", exit_code=4)


def test_a_reader_that_leaves_is_no_failure(shop: Programs) -> None:
    history = shop.start("wallet", "history").process
    assert history.stdout is not None
    assert history.stderr is not None
    history.stdout.close()
    assert history.wait() == 0
    assert history.stderr.read() == b""


INTERRUPTED_IMPORT = """
import os, signal, sys
class AtTyper:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, AtTyper)
"""


def test_ctrl_c_during_the_start_is_quiet(programs: Programs) -> None:
    programs.file("sitecustomize.py", INTERRUPTED_IMPORT)
    for program in COMMANDS:
        environment = {"PYTHONPATH": str(programs.folder)}
        ended = programs.run(program, "--help", environment=environment, exit_code=-signal.SIGINT)
        assert (ended.out, ended.err) == ("", "")


def test_a_raw_call_answers_and_fails_in_json(shop: Programs) -> None:
    answer = shop.run("wallet", "api", "GET", "/v1/wallet").json
    assert answer["balance"] == {"minor": 250_000, "currency": "CNY"}
    refused = shop.run("wallet", "api", "GET", "/v1/merchant", exit_code=1).json
    assert refused["error"]["code"] == "wrong_role"


def test_a_picture_is_offered_only_while_there_is_none(shop: Programs) -> None:
    saved = shop.run("pos", "charge", "1", "--save", shop.folder / "code.png").err
    assert "The code is in" in saved
    assert "--save" not in saved
    assert "--save" in shop.run("pos", "charge", "1").err
