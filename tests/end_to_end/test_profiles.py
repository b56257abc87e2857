"""Several wallets and tills on one machine, each with its own secret."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


def test_profiles_are_kept_apart(programs: Programs) -> None:
    for running in [programs.opening_wallet(profile=name) for name in ("alice", "bob")]:
        running.finish()
    programs.run("wallet", "--profile", "bob", "top-up", "7")
    alice, bob = (programs.json("wallet", "--profile", n, "whoami") for n in ("alice", "bob"))
    assert (alice["profile"], bob["profile"]) == ("alice", "bob")
    assert alice.keys() >= {"wallet", "name", "profile"}
    assert alice["wallet"] != bob["wallet"]
    assert (alice["balance"]["minor"], bob["balance"]["minor"]) == (0, 700)
    programs.refused("wallet", "balance", code="no_profile", exit_code=4)


def test_a_variable_names_the_profile_and_an_option_overrules_it(programs: Programs) -> None:
    programs.opening_wallet(profile="alice").finish()
    programs.opening_till(profile="corner").finish()
    chosen = {"WALLET_PROFILE": "alice", "POS_PROFILE": "corner"}
    assert programs.run("wallet", "whoami", "--json", environment=chosen).json["profile"] == "alice"
    assert programs.run("pos", "whoami", "--json", environment=chosen).json["profile"] == "corner"
    programs.refused(
        *("wallet", "--profile", "corner", "whoami"),
        code="no_profile",
        exit_code=4,
        environment=chosen,
    )


def test_a_profile_is_opened_once(shop: Programs) -> None:
    before = shop.json("wallet", "whoami")
    said = shop.refused(
        *("wallet", "open", "--name", "Eve", "--store", "file", "--pin-file", shop.pin_file),
        code="profile_exists",
    )
    assert "--profile" in said
    shop.refused("pos", "open", "--name", "Eve", "--store", "file", code="profile_exists")
    assert shop.json("wallet", "whoami") == before


def test_a_wrong_passphrase_opens_nothing(shop: Programs) -> None:
    wrong = shop.file("wrong", "incorrect horse battery")
    cases = (
        (str(wrong), "cannot be opened"),
        (str(shop.folder / "none"), "cannot be read"),
        ("", "WALLET_PASSPHRASE_FILE"),
    )
    for file, word in cases:
        given = {"WALLET_PASSPHRASE_FILE": file}
        looks = (("wallet", "whoami"), ("pos", "whoami"))
        said = shop.all_refused(looks, code="store_locked", exit_code=4, environment=given)
        assert all(word in sentence for sentence in said)
    described = shop.run("wallet", "doctor", "--json", environment=given).json
    assert "locked" in described["store"]


def test_damaged_state_is_named_and_nothing_is_sent(shop: Programs) -> None:
    folder = shop.home / "data" / "wallet" / "default"
    for name in ("state.sealed", "profile.json"):
        path = folder / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + b"?")
        said = shop.refused("wallet", "top-up", "5", code="state_damaged", exit_code=4)
        assert name in said
        path.write_bytes(whole)
    (folder / "credentials").unlink()
    shop.refused("wallet", "top-up", "5", code="secret_missing", exit_code=4)


def test_nobody_else_can_read_a_profile(shop: Programs) -> None:
    paths = list(shop.home.rglob("*"))
    assert len(paths) > 6
    for path in paths:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    pin = shop.pin_file.read_bytes()
    assert not any(pin in path.read_bytes() for path in paths if path.is_file())


def test_the_doctor_names_what_is_there_and_no_secret(shop: Programs) -> None:
    found = shop.json("wallet", "doctor")
    assert found["opened"] == "yes"
    assert found["store"].endswith("(ready)")
    assert found["secret"] == "readable"
    assert "Terminal Wallet bank" in found["service"]
    assert shop.passphrase_file.read_text() not in shop.run("pos", "doctor").out


def test_two_that_open_one_profile_at_once_make_one_that_works(programs: Programs) -> None:
    running = [programs.opening_wallet() for _ in range(2)]
    codes = sorted(each.process.wait() for each in running)
    assert codes == [0, 1]
    assert programs.json("wallet", "balance")["balance"]["minor"] == 0
