"""What holds for every test: nothing of the user's is in reach, and CI may forbid skips."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

#: Marks of tests that skip where a part of the system is missing; CI installs those parts.
NEEDS = frozenset({"keyring", "zbar", "postgres", "display", "browser", "node"})
NO_SKIP = os.environ.get("WALLET_TESTS_NO_SKIP") == "1"
#: What leads to the user's own wallets, keyring and folders, or changes what programs do.
USERS_OWN = ("WALLET_", "POS_", "XDG_", "DBUS_", "PYTHON_KEYRING", "KEYRING_PROPERTY")

# With CI=true hypothesis takes its profile "ci": the same examples every run, and no deadline.
# A person gets new examples each time, but a busy machine must not fail a test there either.
settings.register_profile("default", deadline=None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skip fail where everything that tests need is said to be installed."""
    report = yield
    needs = NEEDS.intersection(mark.name for mark in item.iter_markers())
    if NO_SKIP and needs and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"marked {', '.join(sorted(needs))}, so no skip here: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Make the skip of a whole module fail there too, for nothing shows which marks it had."""
    report = yield
    if NO_SKIP and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"a whole module may not skip here: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Lead the whole session to an empty home, and give further ones."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(USERS_OWN)]:
            patch.delenv(name)
        patch.setenv("HOME", str(folder))
        patch.setenv("WALLET_HOME", str(folder / "wallet"))
        yield (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path]) -> Iterator[Path]:
    """Give this test a home of its own."""
    folder = next(homes)
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("WALLET_HOME", str(folder / "wallet"))
        yield folder
