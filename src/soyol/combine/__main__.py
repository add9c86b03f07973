"""Entry of ``python -m soyol.combine``."""

import signal
import sys
from types import FrameType

from .cli import main


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does, so that passing files are cleared away and the exit code is the documented one."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
