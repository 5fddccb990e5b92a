"""What the site writes down of requests that it refuses."""

import logging


class RefusalsInOneLine(logging.Filter):
    """A refusal (4xx) is no fault of the site's: it is written down in a line, without the way through the code.

    Anybody may be refused as often as they like, and the traces of true faults would drown.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let each record pass, one of a refusal without its traceback."""
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = record.exc_text = None
        return True
