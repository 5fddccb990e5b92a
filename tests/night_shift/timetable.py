"""Jobs that leave traces: each writes a line to the file that TRACES names."""

import os
import time
from pathlib import Path

from core.jobs.register import Kind, register


def trace(line: str) -> None:
    """Write a line whole, whoever else writes."""
    file = os.open(os.environ["TRACES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{line}\n".encode())
    os.close(file)


def deliver(number: int) -> None:
    """Deliver, which takes a moment."""
    time.sleep(0.02)
    trace(f"delivered {number}")


def deliver_when_let(number: int) -> None:
    """Begin, and end when the file GO is there."""
    trace(f"begun {number}")
    while not Path(os.environ["GO"]).exists():
        time.sleep(0.02)
    trace(f"delivered {number}")


register(
    Kind("test.deliver", "Deliver", deliver, pauses=(1,)),
    Kind("test.wait", "Deliver when it may", deliver_when_let, pauses=(1,)),
)
