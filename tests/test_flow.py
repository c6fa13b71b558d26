"""The flow over a whole run: what is asked again, what stops everything, what is learnt; time is given."""

import asyncio

import pytest

from summarizer.errors import BudgetReachedError, EndpointError, FatalEndpointError
from summarizer.flow import Flow
from summarizer.gate import Gate, Time
from summarizer.prices import Price
from summarizer.purse import Purse
from summarizer.values import Request

SCHEMA = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}


def request(number=1, **more):
    body = {
        "model": "m",
        "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": str(number)}],
        "reasoning_effort": "low",
        "response_format": SCHEMA,
    }
    return Request("seed", "translate", (f"p{number}",), body | more)


def answer(number=0, **usage):
    return {"choices": [{"message": {"content": str(number)}}], "usage": usage}


class World:
    """A clock that only sleeping moves, and an endpoint that does as a script says."""

    def __init__(self, script):
        self.now = 0.0
        self.script = script
        self.sent = []
        self.events = []
        self.most_at_once = self.at_once = 0

    async def sleep(self, seconds):
        assert seconds >= 0
        self.now += seconds
        await asyncio.sleep(0)

    async def send(self, asked):
        self.sent.append((self.now, asked))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        result = self.script(self, asked)
        if isinstance(result, Exception):
            raise result
        return result

    def flow(self, most=4, price=None, max_cost=None, **rates):
        time = Time(lambda: self.now, self.sleep, lambda: 0.0)
        gate = Gate(most, time=time, **rates)
        return Flow(self.send, gate, Purse(price, max_cost), self.events.append, time)

    def ask(self, *requests, **more):
        flow = self.flow(**more)

        async def run():
            return await asyncio.gather(*(flow.complete(r) for r in requests), return_exceptions=True)

        return asyncio.run(run()), flow


def first(*results):
    """Give the results one after the other, then right answers."""
    left = list(results)
    return lambda _world, _asked: left.pop(0) if left else answer()


def refused(retry_after=None):
    return EndpointError("status 429: slow down", kind="refused", retry_after=retry_after)


def transient():
    return EndpointError("status 502: bad gateway", kind="transient")


def test_a_wait_that_the_endpoint_asks_for_is_kept_by_everybody():
    world = World(first(refused(20), answer()))
    results, _ = world.ask(request(1), request(2), request(3), most=1)

    assert all(isinstance(result, tuple) for result in results)
    assert world.sent[0][0] == 0
    assert all(at >= 20 for at, _ in world.sent[1:])


def test_a_wait_beyond_the_deadline_ends_the_request_and_not_the_run():
    world = World(lambda *_: refused(3000))
    results, _ = world.ask(request(1), most=1)

    assert isinstance(results[0], EndpointError)
    assert "given up after 1 tries; run again to go on" in str(results[0])


def test_a_congestion_is_told_once_with_the_time_that_all_wait():
    script = {"left": 4}

    def reply(*_):
        script["left"] -= 1
        return refused(2.0) if script["left"] >= 0 else answer()

    world = World(reply)
    world.ask(*(request(number) for number in range(4)), most=4)

    told = [event for event in world.events if event.kind == "waiting"]
    assert [event.seconds for event in told] == [2.0]


def test_endless_refusals_are_bounded():
    world = World(lambda *_: refused())
    results, _ = world.ask(request())

    assert isinstance(results[0], EndpointError)
    assert len(world.sent) == 8
    assert world.now < 600


@pytest.mark.parametrize("fault", [transient(), EndpointError("no JSON", kind="transient")])
def test_what_may_pass_is_asked_again_and_booked_once(fault):
    world = World(first(fault, answer(prompt_tokens=7)))
    results, flow = world.ask(request())

    assert isinstance(results[0], tuple)
    assert [event.kind for event in world.events] == ["sent", "retried", "sent"]
    assert flow.purse.usage == {}, "only what is stored is booked"


@pytest.mark.parametrize(
    "words", ["status 401: wrong key", "status 429: insufficient_quota", "status 404: no model"]
)
def test_what_no_request_can_survive_stops_the_run_at_once(words):
    world = World(lambda *_: EndpointError(words, kind="fatal"))
    results, _ = world.ask(*(request(number) for number in range(10)), most=2)

    assert {str(result) for result in results} == {words}
    assert all(isinstance(result, FatalEndpointError) for result in results)
    assert len(world.sent) <= 2, "those under way, and nothing after"


def test_an_endpoint_that_was_never_reached_stops_the_run():
    world = World(lambda *_: EndpointError("connection refused", kind="transient"))
    results, _ = world.ask(request())

    assert isinstance(results[0], FatalEndpointError)
    assert len(world.sent) == 3


def test_a_failing_request_cancels_no_other():
    world = World(lambda _world, asked: EndpointError("odd") if asked.units == ("p2",) else answer())
    results, _ = world.ask(*(request(number) for number in range(6)))

    assert [isinstance(result, EndpointError) for result in results] == [
        False,
        False,
        True,
        False,
        False,
        False,
    ]
    assert [event.detail for event in world.events if event.kind == "failed"] == ["odd"]


def test_a_parameter_the_endpoint_does_not_know_is_left_out_from_then_on():
    def script(_world, asked):
        if "reasoning_effort" in asked.body:
            return EndpointError("Unsupported", kind="parameter", parameter="reasoning_effort")
        return answer()

    world = World(script)
    results, flow = world.ask(request(1), request(2), most=1)

    assert [set(body) for _, body in results] == [{"model", "messages", "response_format"}] * 2
    assert len(world.sent) == 3, "learnt once"
    assert flow.learnt == ("reasoning_effort",)


def test_the_format_is_stepped_down_and_the_schema_told_in_words():
    def script(_world, asked):
        if "response_format" in asked.body:
            return EndpointError("no json_schema", kind="parameter", parameter="response_format")
        return answer()

    world = World(script)
    results, flow = world.ask(request())

    body = results[0][1]
    assert "response_format" not in body
    assert body["messages"][0]["content"].startswith("S\n\nAnswer with one JSON object")
    assert '{"type": "object"}' in body["messages"][0]["content"]
    assert flow.learnt == ("json_schema", "json_object")
    assert [sent.body.get("response_format", {}).get("type") for _, sent in world.sent] == [
        "json_schema", "json_object", None,
    ]  # fmt: skip


def test_a_parameter_that_cannot_be_left_out_is_an_error():
    world = World(lambda *_: EndpointError("unknown model", kind="parameter", parameter="model"))
    results, _ = world.ask(request())

    assert isinstance(results[0], EndpointError)
    assert len(world.sent) == 1


def test_the_budget_stops_before_the_next_call():
    world = World(lambda *_: answer(prompt_tokens=1_000_000))
    flow = world.flow(most=1, price=Price(1.0, 0.1, 5.0), max_cost=1.5)

    async def run():
        for number in range(2):
            response, _ = await flow.complete(request(number))
            flow.purse.book("translate", response)
        with pytest.raises(BudgetReachedError, match=r"\$2\.0000 of \$1\.5 are spent"):
            await flow.complete(request(3))

    asyncio.run(run())
    assert len(world.sent) == 2


def test_a_gate_finds_what_an_endpoint_bears_and_loses_nothing():
    def script(world, _asked):
        return refused() if world.at_once >= 6 else answer()

    world = World(script)
    results, _ = world.ask(*(request(number) for number in range(200)), most=32)

    assert all(isinstance(result, tuple) for result in results)
    assert len(world.sent) - 200 <= 70


def test_stated_rates_are_kept():
    world = World(lambda *_: answer())
    world.ask(*(request(number) for number in range(25)), most=4, requests_per_minute=10)

    times = [at for at, _ in world.sent]
    assert all(sum(start <= at < start + 60 for at in times) <= 10 for start in times)
    assert world.now >= 120


def test_tokens_a_minute_are_kept():
    world = World(lambda *_: answer())
    world.ask(*(request(number, pad="x" * 2500) for number in range(6)), most=4, tokens_per_minute=2500)

    times = [at for at, _ in world.sent]
    assert all(sum(start <= at < start + 60 for at in times) <= 2 for start in times)


@pytest.mark.parametrize(("stated", "kept"), [(None, 5), (20, 20)])
def test_rates_that_the_endpoint_tells_are_kept_unless_the_user_stated_some(stated, kept):
    world = World(lambda *_: answer())
    time = Time(lambda: world.now, world.sleep, lambda: 0.0)
    gate = Gate(4, requests_per_minute=stated, time=time)
    gate.hear({"x-ratelimit-limit-requests": "5", "x-ratelimit-limit-tokens": "many"})
    flow = Flow(world.send, gate, Purse(None, None), world.events.append, time)

    async def run():
        await asyncio.gather(*(flow.complete(request(number)) for number in range(40)))

    asyncio.run(run())
    times = [at for at, _ in world.sent]
    assert max(sum(start <= at < start + 60 for at in times) for start in times) == kept
