"""The guards of the test suite itself: skips that CI forbids, and homes that are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["pytester"]

SKIPS = """
    import pytest

    @pytest.fixture
    def bus():
        pytest.skip("no bus")

    @pytest.mark.keyring
    def test_with_a_part_that_a_fixture_misses(bus): pass

    @pytest.mark.zbar
    def test_with_a_part_that_is_missing(): pytest.skip("no libzbar")

    @pytest.mark.zbar
    @pytest.mark.xfail
    def test_that_is_known_to_fail(): assert False

    @pytest.mark.skip("another platform")
    def test_for_another_platform(): pass
"""
WHOLE_MODULE = """
    import pytest

    pytest.importorskip("no_such_module")
"""


def run_skips(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.RunResult:
    """Run a small suite of skips under this suite's conftest."""
    monkeypatch.syspath_prepend(pytester.path)
    pytester.makeini("[pytest]\nmarkers =\n  keyring\n  zbar\n")
    pytester.makepyfile(test_skips=SKIPS, test_whole=WHOLE_MODULE)
    return pytester.runpytest_subprocess("-p", "tests.conftest", "--continue-on-collection-errors")


def test_a_skip_for_a_missing_part_fails_where_all_is_installed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALLET_TESTS_NO_SKIP", "1")
    # The fixture's skip and the whole module's are errors, as they come before a test.
    run_skips(pytester, monkeypatch).assert_outcomes(errors=2, failed=1, xfailed=1, skipped=1)


def test_a_skip_is_a_skip_elsewhere(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_skips(pytester, monkeypatch).assert_outcomes(xfailed=1, skipped=4)


def test_nothing_of_the_user_is_in_reach(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "WALLET_HOME", "WALLET_API_URL", "XDG_CONFIG_HOME", "POS_PROFILE"):
        monkeypatch.setenv(name, "/the/user's/own")
    pytester.makepyfile(
        """
        import os

        import pytest

        @pytest.fixture(scope="session", autouse=True)
        def early():
            assert "/the/user's/own" not in os.environ.values()

        @pytest.mark.parametrize("time", [1, 2])
        def test_it(time):
            os.mkdir(os.environ["HOME"] + "/once")
            assert "/the/user's/own" not in os.environ.values()
        """
    )
    pytester.runpytest_subprocess("-p", "tests.conftest").assert_outcomes(passed=2)
