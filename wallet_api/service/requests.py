"""Counts of the answers given, for the service's figures.

Labels name routes, never ids: nothing here tells of a person, a payment or a secret.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Upper bounds of the histogram of answers, in seconds.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Requests:
    """Counts of the answers given, by route and class of status, and of how long they took."""

    def __init__(self) -> None:
        self._answers: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self._buckets: defaultdict[tuple[str, str], list[int]] = defaultdict(
            lambda: [0] * (len(BOUNDS) + 1)
        )
        self._seconds: defaultdict[tuple[str, str], float] = defaultdict(float)

    def observe(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one answer; ``path`` is the route's template."""
        self._answers[method, path, f"{status // 100}xx"] += 1
        self._buckets[method, path][bisect_left(BOUNDS, seconds)] += 1
        self._seconds[method, path] += seconds

    def lines(self) -> Iterator[str]:
        """Write the counts."""
        yield from head_lines("wallet_requests_total", "counter", "Answers given.")
        for (method, path, status), count in sorted(self._answers.items()):
            labels = f'method="{method}",path="{path}",status="{status}"'
            yield f"wallet_requests_total{{{labels}}} {count}"
        name = "wallet_request_seconds"
        yield from head_lines(name, "histogram", "How long answers took.")
        for (method, path), buckets in sorted(self._buckets.items()):
            labels = f'method="{method}",path="{path}"'
            total = 0
            for bound, count in zip((*BOUNDS, "+Inf"), buckets, strict=True):
                total += count
                yield f'{name}_bucket{{{labels},le="{bound}"}} {total}'
            yield f"{name}_sum{{{labels}}} {self._seconds[method, path]:.6f}"
            yield f"{name}_count{{{labels}}} {total}"


def head_lines(name: str, kind: str, meaning: str) -> Iterator[str]:
    """Write what stands before a figure: its meaning and its kind."""
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
