"""``wallet-api verify`` as its user sees it: the proof, and the proof against an earlier head."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service


def verify(service: Service) -> tuple[str, ...]:
    return "wallet-api", "verify", "--database", service.database


def prove(programs: Programs, service: Service, *options: str | Path, exit_code: int = 0) -> Any:  # noqa: ANN401 - JSON values
    return programs.json(*verify(service), *options, exit_code=exit_code)


def test_a_person_reads_what_the_bank_holds_and_owes(shop: Programs, service: Service) -> None:
    said = shop.run(*verify(service)).out
    assert "the hash chain is intact" in said
    assert "bank.safeguarded" in said
    assert said.endswith("✓ The books are right to the cent.\n")


def test_an_earlier_head_proves_that_nothing_was_cut(
    shop: Programs, service: Service, tmp_path: Path
) -> None:
    books = tmp_path / "earlier.db"
    shutil.copy(service.folder / "books.db", books)
    shutil.copy(service.folder / "books.db-wal", books.with_name("earlier.db-wal"))
    shutil.copy(service.folder / "books.db.key", books.with_name("earlier.db.key"))
    shop.run("wallet", "top-up", "1")
    report = prove(shop, service)
    head = shop.file("head.json", json.dumps(report))
    shop.run("wallet", "top-up", "1")
    later = prove(shop, service, "--head", head)
    assert later["ok"]
    assert later["journal"] == report["journal"] + 1
    said = shop.run(*verify(service), "--head", head).out
    assert f"Nothing up to entry {report['journal']} was cut or rewritten." in said
    words = ("wallet-api", "verify", "--database", f"sqlite:///{books}")
    assert shop.json(*words)["ok"]
    cut = shop.json(*words, "--head", head, exit_code=1)
    assert (cut["ok"], cut["chain"]) == (False, "broken")
    assert "✗ The books are wrong." in shop.run(*words, "--head", head, exit_code=1).out


def test_a_head_that_this_service_did_not_sign_proves_nothing(
    shop: Programs, service: Service
) -> None:
    report = prove(shop, service)
    forged = {**report, "head": {**report["head"], "number": report["head"]["number"] - 1}}
    for content in (json.dumps(forged), "{}", "not JSON"):
        words = (*verify(service), "--head")
        shop.refused(*words, shop.file("head.json", content), code="usage", exit_code=2)
    shop.refused(*words, shop.folder / "absent.json", code="usage", exit_code=2)


def test_books_without_their_key_stay_closed(
    shop: Programs, service: Service, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    other.write_bytes(bytes(32))
    other.chmod(0o600)
    words = (*verify(service), "--key-file")
    assert "does not belong" in shop.refused(*words, other, code="usage", exit_code=2)
    other.chmod(0o644)
    assert "chmod 600" in shop.refused(*words, other, code="usage", exit_code=2)
    other.chmod(0o600)
    other.write_bytes(b"short")
    assert "32 bytes" in shop.refused(*words, other, code="usage", exit_code=2)
    shop.refused(*words, tmp_path / "absent.key", code="usage", exit_code=2)
    absent = ("wallet-api", "verify", "--database", f"sqlite:///{tmp_path / 'absent.db'}")
    shop.refused(*absent, code="usage", exit_code=2)
    postgres = ("wallet-api", "verify", "--database", "postgresql://localhost/books")
    assert "PostgreSQL" in shop.refused(*postgres, code="usage", exit_code=2)
