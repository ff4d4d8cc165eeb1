"""redis-py against the port that is named: python3 clients.py PORT. Ends with an assertion where it is not served well."""

import sys
import threading

import redis

port = int(sys.argv[1])


def connect():
    return redis.Redis(port=port, decode_responses=True)


def pipelines(one):
    pipe = one.pipeline(transaction=False)
    pipe.set("py:n", 1).incr("py:n").get("py:n").lpush("py:l", "a", "b").lrange("py:l", 0, -1)
    assert pipe.execute() == [True, 2, "2", 2, ["b", "a"]]


def transactions(one, other):
    with one.pipeline() as pipe:
        pipe.watch("py:n")
        value = int(pipe.get("py:n"))
        pipe.multi()
        pipe.set("py:n", value * 10)
        assert pipe.execute() == [True]
    assert one.get("py:n") == "20"
    with one.pipeline() as pipe:
        pipe.watch("py:n")
        other.set("py:n", 7)
        pipe.multi()
        pipe.set("py:n", 0)
        try:
            pipe.execute()
            raise AssertionError("the race was won")
        except redis.WatchError:
            pass
    assert one.get("py:n") == "7"
    with one.pipeline() as pipe:
        pipe.set("py:s", "text").incr("py:s").get("py:s")
        answers = pipe.execute(raise_on_error=False)
    assert answers[0] is True and answers[2] == "text"
    assert isinstance(answers[1], redis.ResponseError)


def waits(one, other):
    heard = []
    waiter = threading.Thread(target=lambda: heard.append(other.blpop(["py:none", "py:jobs"], 0)), daemon=True)
    waiter.start()
    while not any(each["cmd"] == "blpop" for each in one.client_list()):
        pass
    assert one.rpush("py:jobs", "paint") == 1
    waiter.join()
    assert heard == [("py:jobs", "paint")]
    assert one.blpop("py:none", 0.01) is None
    one.zadd("py:z", {"a": 1.5, "b": 2})
    assert one.bzpopmin("py:z", 0) == ("py:z", "a", 1.5)


def messages(one, other):
    listener = other.pubsub()
    listener.subscribe("py:news")
    listener.psubscribe("py:n*")
    assert [listener.get_message(timeout=5)["type"] for _ in range(2)] == ["subscribe", "psubscribe"]
    assert one.publish("py:news", "hello") == 2
    told = [listener.get_message(timeout=5) for _ in range(2)]
    assert [(each["type"], each["data"]) for each in told] == [("message", "hello"), ("pmessage", "hello")]
    listener.unsubscribe()
    listener.punsubscribe()
    assert [listener.get_message(timeout=5)["type"] for _ in range(2)] == ["unsubscribe", "punsubscribe"]
    assert one.publish("py:news", "nobody") == 0
    listener.close()


one, other = connect(), connect()
pipelines(one)
transactions(one, other)
waits(one, other)
messages(one, other)
print("redis-py", redis.__version__, "is served")
