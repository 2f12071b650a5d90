"""Several processes judge postings side by side, each its own partition of the stream."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from where_is_ai.classifier.protocol import Classifier, Posting, Verdict

PARTITION = 2_000
WAITING = 2
"""How many partitions per process are read ahead."""

_of_process: Classifier


class InProcesses:
    """The classifier that ``make`` makes (a function that can be pickled), in ``processes`` processes.

    A posting's verdict depends on that posting alone, so partitions can be judged anywhere; they come back in order.
    """

    def __init__(self, make: Callable[[], Classifier], processes: int):
        self._make, self._processes = make, processes
        here = make()
        self.name, self.label = here.name, here.label

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        """At most WAITING partitions per process, and one, are held at a time."""
        unread = iter(postings)
        judged: deque[Future[list[Verdict]]] = deque()
        # A process that is forked off amid threads of torch may hang; one that is spawned starts clean.
        with ProcessPoolExecutor(
            self._processes, get_context("spawn"), initializer=_start, initargs=(self._make,)
        ) as pool:
            while partition := list(islice(unread, PARTITION)):
                judged.append(pool.submit(_judge, partition))
                if len(judged) > WAITING * self._processes:
                    yield from judged.popleft().result()
            while judged:
                yield from judged.popleft().result()


def _start(make: Callable[[], Classifier]) -> None:
    global _of_process
    _of_process = make()


def _judge(partition: list[Posting]) -> list[Verdict]:
    return list(_of_process.verdicts(partition))
