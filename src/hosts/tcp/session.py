"""Plays a session of Python's prompt against a port, as doctest does: python3 session.py FILE PORT. Ends with 1 where
something else is printed than the file says."""

import doctest
import sys

import redis

source, port = sys.argv[1], int(sys.argv[2])


class Here(redis.Redis):
    """What the session calls redis.Redis: the same, at that port."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"port": port, **kwargs})


redis.Redis = Here
with open(source, encoding="utf-8") as file:
    session = doctest.DocTestParser().get_doctest(file.read(), {"__name__": "__main__"}, source, source, 0)
runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
runner.run(session)
failed, tried = runner.summarize()
print(f"{tried} tried, {failed} failed")
sys.exit(1 if failed or not tried else 0)
