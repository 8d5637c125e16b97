"""What happens when the user presses Ctrl-C: the command ends, and says no more than that."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_interrupt() -> Iterator[None]:
    """Raise KeyboardInterrupt once, and in this process only.

    A terminal interrupts all processes of a command. Those that were forked for a share of the
    work are ended by the one that forked them. A second interrupt ends the process at once.
    """
    process = os.getpid()

    def interrupt(*_: object) -> None:
        if os.getpid() == process:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            raise KeyboardInterrupt

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # Only the main thread may say what happens; whoever ignores interrupts, may.
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
