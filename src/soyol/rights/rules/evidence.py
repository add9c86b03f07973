"""How much of what proves something a request takes; what each file may be is said by ``files.rules``."""

#: Files of one request.
MOST_FILES = 5
