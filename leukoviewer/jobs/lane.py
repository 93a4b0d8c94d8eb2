"""A lane: one background thread for one kind of work, where a new start supersedes the old one.

The signals arrive in the thread of the lane (the window's). Every answer carries the generation number of its request;
what an older request still sends is dropped here, so a late answer cannot reach the window.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import Canceled
from leukoviewer.jobs.job import Job, Outcome

# The thread goes on after this time even where the window is too busy to show what it was sent.
_SHOW_WITHIN_S = 0.05
# Widgets that are to be painted are told by events of a low priority; this comes after them.
_AFTER_PAINTING = QEvent.Type(QEvent.registerEventType())
_LATE = Qt.EventPriority.LowEventPriority.value - 1
# No eye follows a progress bar faster than this.
_MIN_INTERVAL_S = 1 / 30


@dataclass(frozen=True, slots=True, eq=False)
class _Message:
    """What the thread tells the window: a step or the end of one generation.

    ``is_bare`` says that it comes for the sake of a part alone, and its progress is not told; ``shown`` is set when the
    window had time to show that.
    """

    generation: int
    content: Progress | Outcome
    is_bare: bool = False
    shown: threading.Event | None = None


class Lane(QObject):
    """Runs one job at a time in its own thread.

    Parameters
    ----------
    name : str
        Name of the thread, for logs and debuggers.
    parent : QObject, optional
        Qt parent; :meth:`close` must be called before it is deleted.
    """

    started = Signal(int)
    progressed = Signal(int, object)
    part = Signal(int, object)
    finished = Signal(int, object)
    failed = Signal(int, object)
    canceled = Signal(int)
    busy_changed = Signal(bool)
    _message = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._threads = ThreadPoolExecutor(1, thread_name_prefix=f"lane-{name}")
        self._generation = 0
        self._job: Job | None = None
        self._closed = False
        self._shown: list[threading.Event] = []
        self._parts: deque[tuple[int, object]] = deque()
        self._collector = QTimer(self, interval=round(_MIN_INTERVAL_S * 1000))
        self._collector.timeout.connect(self._collect)
        self._message.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def generation(self) -> int:
        """Number of the newest request; 0 before the first."""
        return self._generation

    @property
    def is_busy(self) -> bool:
        """Whether the newest request is still under way."""
        return self._job is not None

    def start(self, work: Work[object]) -> int:
        """Run this work, superseding what runs now; its generation number comes back.

        Raises
        ------
        RuntimeError
            When the lane is closed.
        """
        if self._closed:
            raise RuntimeError("the lane is closed")
        self._drop()
        self._generation += 1
        job = Job(work, self._generation)
        self._job = job
        self._collector.start()
        self._threads.submit(self._run, job)
        self.busy_changed.emit(self.is_busy)
        self.started.emit(job.generation)
        return job.generation

    def cancel(self) -> None:
        """Stop what runs at its next step; :attr:`canceled` follows when it has stopped."""
        if self._job is not None:
            self._job.cancel()

    def supersede(self) -> None:
        """Stop what runs and forget it at once: nothing of it is told any more."""
        if self._job is None:
            return
        self._drop()
        self._generation += 1
        self.busy_changed.emit(self.is_busy)

    def close(self) -> None:
        """Stop what runs and wait until the thread has ended; nothing is told any more."""
        self._closed = True
        self._drop()
        self._generation += 1
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._collector.stop()
        self._parts.clear()

    def _run(self, job: Job) -> None:
        """In the thread: send the first part at once, progress now and then, the end always.

        Other parts are laid down for the window, which looks for them as often as it is told progress: to wake it for
        each of hundreds of slices takes a tenth of their load.
        """
        last_s = 0.0
        waiting: Progress | None = None
        first: threading.Event | None = threading.Event()

        def tell(step: Progress) -> None:
            nonlocal last_s, waiting, first
            now_s = time.monotonic()
            is_bare = now_s - last_s < _MIN_INTERVAL_S
            if is_bare:
                waiting = Progress(step.done, step.total, step.message)
            else:
                last_s, waiting = now_s, None
            if step.part is not None:
                self._parts.append((job.generation, step.part))
            is_first = step.part is not None and first is not None
            if is_bare and not is_first:
                return
            self._message.emit(_Message(job.generation, step, is_bare, first if is_first else None))
            if is_first and first is not None:
                # The first thing to see is on the screen before the thread goes on: both would take turns at every
                # call of Python, and the reader would wait three times as long for it.
                first.wait(_SHOW_WITHIN_S)
                first = None

        outcome = job.run(tell)
        if waiting is not None:
            self._message.emit(_Message(job.generation, waiting))
        self._message.emit(_Message(job.generation, outcome))

    @Slot(object)
    def _deliver(self, message: _Message) -> None:
        self._pass_on(message)
        if message.shown is not None:
            self._shown.append(message.shown)
            QCoreApplication.postEvent(self, QEvent(_AFTER_PAINTING), _LATE)

    def customEvent(self, event: QEvent) -> None:  # noqa: N802 - the name that Qt gives it
        """What was asked to be painted has been painted: the thread may go on."""
        if event.type() == _AFTER_PAINTING:
            self._shown.pop(0).set()

    def _pass_on(self, message: _Message) -> None:
        """In the window's thread: pass on what belongs to the newest request, drop the rest."""
        if message.generation != self._generation or self._job is None:
            return
        if isinstance(message.content, Progress):
            if not message.is_bare:
                self.progressed.emit(message.generation, message.content)
            self._collect()
            return
        self._collect()
        if message.generation != self._generation or self._job is None:
            return  # a part led to another request
        outcome = Outcome(error=Canceled("The work was stopped.")) if self._job.is_canceled else message.content
        self._job = None
        self._collector.stop()
        self.busy_changed.emit(self.is_busy)
        self._end(message.generation, outcome)

    def _collect(self) -> None:
        """Pass on the parts that the thread laid down since, but for those of an older request."""
        while self._parts:
            generation, part = self._parts.popleft()
            if generation == self._generation and self._job is not None:
                self.part.emit(generation, part)

    def _end(self, generation: int, outcome: Outcome) -> None:
        if isinstance(outcome.error, Canceled):
            self.canceled.emit(generation)
        elif outcome.error is not None:
            self.failed.emit(generation, outcome.error)
        else:
            self.finished.emit(generation, outcome.result)
