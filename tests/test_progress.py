"""What is seen of a run: added up without guessing, said in few lines, and never the end of the run."""

import io
import json
import subprocess
import sys

import click
import pytest
from rich.text import Text

from summarizer.progress import EventLines, PlainLines, RichDisplay, watcher
from summarizer.totals import Totals, seconds_left
from summarizer.values import Event

HOSTILE = "[/foo] :smile: \x1b[2J\r\n\u2028\x9b31m[red]\udc80"
UNITS = ("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8")


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Broken(io.StringIO):
    """A pipe whose reader has gone."""

    def __init__(self, error=BrokenPipeError):
        super().__init__()
        self.error = error
        self.tries = 0

    def write(self, _):
        self.tries += 1
        raise self.error

    def isatty(self):
        raise self.error


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def _ordinary_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def total(*events):
    totals = Totals()
    for event in events:
        totals = totals.after(event)
    return totals


def sent(slug="a", *units):
    return Event("sent", slug, "translate", units)


def stored(slug="a", *units, prompt=0, completion=0, cached=0, cost=0.0):
    return Event("stored", slug, "translate", units, prompt, completion, cached, cost)


def retried(slug="a", *units, detail="status 503"):
    return Event("retried", slug, "translate", units, seconds=4.2, detail=detail)


def failed(slug="a", *units, detail="refused"):
    return Event("failed", slug, "translate", units, detail=detail)


def last_picture(stream):
    """The rows that stay on the screen, without colours."""
    return Text.from_ansi(stream.getvalue().rpartition("Transcripts")[2]).plain


# --- totals


def test_transcripts_are_counted_as_they_begin_and_end():
    totals = total(Event("begun", "a"), Event("begun", "b"), Event("ended", "a"))

    assert (totals.begun, totals.ended) == (2, 1)


def test_a_request_runs_until_it_is_stored_or_has_failed():
    totals = total(sent("a", "p1"), sent("a", "p2"), sent("a", "p3"), stored("a", "p1"), failed("a", "p2"))

    assert (totals.sent, totals.stored, totals.failed, totals.done, totals.running) == (3, 1, 1, 2, 1)


def test_a_request_that_is_sent_again_counts_once():
    totals = total(sent("a", "p1"), retried("a", "p1"), sent("a", "p1"), stored("a", "p1"))

    assert (totals.sent, totals.retried, totals.done, totals.running) == (1, 1, 1, 0)


def test_a_request_that_waits_to_be_tried_again_still_runs():
    assert total(sent("a", "p1"), retried("a", "p1")).running == 1


def test_requests_of_a_transcript_that_ended_do_not_run_for_ever():
    assert total(sent("a", "p1"), sent("b", "p1"), Event("ended", "a")).running == 1


def test_an_answer_nobody_saw_being_sent_leaves_nothing_below_zero():
    totals = total(stored("a", "p1"))

    assert (totals.running, totals.done) == (0, 1)


def test_tokens_and_costs_add_up():
    totals = total(
        stored(prompt=100, completion=10, cached=60, cost=0.25),
        stored(prompt=50, completion=5, cached=0, cost=0.5),
    )

    assert (totals.prompt_tokens, totals.completion_tokens, totals.cached_tokens) == (150, 15, 60)
    assert totals.cost_usd == 0.75


@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_unknown_cost_makes_the_sum_unknown(at):
    costs = [0.25, 0.5]
    costs.insert(at, None)

    assert total(*(stored(cost=cost) for cost in costs)).cost_usd is None


def test_what_was_not_stored_has_no_cost_to_be_unknown():
    assert total(sent(), retried(), failed(), Event("waiting")).cost_usd == 0.0


def test_totals_are_not_changed_but_replaced():
    before = total(sent("a", "p1"))
    before.after(stored("a", "p1"))

    assert (before.running, before.done, dict(before.done_of)) == (1, 0, {})


# --- time left


def test_nothing_is_estimated_before_a_transcript_that_needed_a_request_has_ended():
    assert seconds_left(total(sent("a", "p1"), stored("a", "p1"), sent("a", "p2")), 3, 60.0) is None
    assert seconds_left(total(Event("begun", "a"), Event("ended", "a")), 3, 60.0) is None


def test_the_others_are_taken_to_need_as_much_as_those_that_ended():
    totals = total(stored("a", "p1"), stored("a", "p2"), Event("ended", "a"), stored("b", "p1"))

    # Three done in 30 seconds; of the four that two transcripts will need, one is done.
    assert seconds_left(totals, 3, 30.0) == 30.0


def test_transcripts_that_needed_nothing_do_not_make_the_rest_look_quick():
    totals = total(Event("ended", "a"), stored("b", "p1"), stored("b", "p2"), Event("ended", "b"))

    assert seconds_left(totals, 3, 30.0) == 30.0


def test_at_least_those_running_are_still_to_come():
    running = [sent("b", f"p{number}") for number in range(5)]

    assert seconds_left(total(stored("a", "p1"), Event("ended", "a"), *running), 2, 10.0) == 50.0


def test_nothing_is_left_at_the_end():
    assert seconds_left(total(stored("a", "p1"), Event("ended", "a")), 1, 10.0) is None


# --- JSON lines


def test_an_event_is_one_line_whose_kind_comes_first_and_whose_empty_fields_are_left_out():
    stream = io.StringIO()
    with EventLines(stream) as tell:
        tell(Event("begun", "记者会"))
        tell(stored("记者会", "p1", "p2", prompt=9, cost=0.0))

    assert stream.getvalue().splitlines() == [
        '{"event": "begun", "slug": "记者会"}',
        (
            '{"event": "stored", "slug": "记者会", "task": "translate", "units": ["p1", "p2"], '
            '"prompt_tokens": 9, "cost_usd": 0.0}'
        ),
    ]


def test_each_line_is_flushed_at_once():
    flushed = []

    class Watched(io.StringIO):
        def flush(self):
            flushed.append(self.getvalue())

    with EventLines(Watched()) as tell:
        tell(Event("begun", "a"))
        assert flushed == ['{"event": "begun", "slug": "a"}\n']


def test_whatever_a_slug_holds_is_one_line_and_comes_back_whole():
    stream = io.StringIO()
    EventLines(stream)(Event("begun", HOSTILE))

    (line,) = stream.getvalue().splitlines()
    assert "\x1b" not in line
    assert "\x9b" not in line
    assert json.loads(line) == {"event": "begun", "slug": HOSTILE}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb18030", "utf-8"])
def test_an_encoding_that_lacks_a_character_still_gets_valid_json(encoding):
    written = io.BytesIO()
    with EventLines(io.TextIOWrapper(written, encoding)) as tell:
        tell(Event("begun", "记者é😀\udc80"))
        tell(Event("ended", "a"))

        first, second = written.getvalue().decode(encoding).splitlines()
    assert json.loads(first)["slug"] == "记者é😀\udc80"
    assert json.loads(second) == {"event": "ended", "slug": "a"}


def test_a_wait_without_end_is_no_number_in_json():
    stream = io.StringIO()
    EventLines(stream)(Event("waiting", seconds=float("inf"), cost_usd=float("nan")))

    assert stream.getvalue() == '{"event": "waiting"}\n'


# --- plain lines


def test_landmarks_and_trouble_are_said_and_single_requests_are_not(clock):
    stream = io.StringIO()
    with PlainLines(stream, transcripts=2, clock=clock) as tell:
        tell(Event("begun", "a"))
        tell(sent("a", *UNITS))
        tell(retried("a", *UNITS))
        tell(stored("a", *UNITS))
        tell(Event("waiting", seconds=30.0, detail="the endpoint asks to wait"))
        tell(failed("a", "p9", detail="too long"))
        tell(Event("ended", "a", detail="written"))

    assert stream.getvalue().splitlines() == [
        "summarizer: a: begun",
        "summarizer: a: retried translate of p1, p2, p3, p4, p5, p6 and 2 more (4.2 s): status 503",
        "summarizer: waiting (30.0 s): the endpoint asks to wait",
        "summarizer: a: failed translate of p9: too long",
        "summarizer: a: ended: written",
    ]


def test_six_units_are_all_named(clock):
    stream = io.StringIO()
    PlainLines(stream, transcripts=1, clock=clock)(failed("a", *UNITS[:6]))

    assert "of p1, p2, p3, p4, p5, p6: refused" in stream.getvalue()


def test_the_totals_are_said_at_most_every_ten_seconds(clock):
    stream = io.StringIO()
    tell = PlainLines(stream, transcripts=3, clock=clock)
    said = []
    for seconds in (1, 8, 1, 9, 1, 45, 0):  # since the event before
        clock.now += seconds
        tell(sent("a", f"p{len(said)}"))
        said.append(len(stream.getvalue().splitlines()))

    assert said == [0, 0, 1, 1, 2, 3, 3]


def test_the_totals_say_what_was_done_and_spent(clock):
    stream = io.StringIO()
    tell = PlainLines(stream, transcripts=12, clock=clock)
    for event in (
        stored("a", prompt=12345, completion=678, cached=2000, cost=0.0123),
        sent("b"),
        failed("c"),
    ):
        tell(event)
    clock.now += 10
    tell(Event("waiting"))

    assert stream.getvalue().splitlines()[-1] == (
        "summarizer: transcripts 0 of 12; requests 2 done, 1 running, 0 retried, 1 failed; "
        "tokens 12,345 in (2,000 cached), 678 out; cost $0.0123"
    )


def test_an_unknown_cost_is_not_nothing(clock):
    stream = io.StringIO()
    tell = PlainLines(stream, transcripts=1, clock=clock)
    clock.now += 10
    tell(stored(cost=None))

    assert stream.getvalue().endswith("cost unknown\n")


def test_no_control_character_reaches_the_log(clock):
    stream = io.StringIO()
    tell = PlainLines(stream, transcripts=1, clock=clock)
    tell(Event("failed", HOSTILE, "translate", (HOSTILE,), detail=HOSTILE))

    (line,) = stream.getvalue().splitlines()
    shown = "[/foo] :smile: [2J 31m[red]"
    assert line == f"summarizer: {shown}: failed translate of {shown}: {shown}"


def test_a_log_that_lacks_a_character_gets_it_escaped(clock):
    written = io.BytesIO()
    with PlainLines(io.TextIOWrapper(written, "ascii"), transcripts=1, clock=clock) as tell:
        tell(Event("begun", "记者"))

        assert written.getvalue().rstrip() == rb"summarizer: \u8bb0\u8005: begun"


def test_a_quiet_log_says_only_what_failed(clock):
    stream = io.StringIO()
    tell = PlainLines(stream, transcripts=1, clock=clock, is_quiet=True)
    for event in (Event("begun", "a"), retried(), failed("a", "p1"), Event("ended", "a")):
        clock.now += 60
        tell(event)

    assert stream.getvalue() == "summarizer: a: failed translate of p1: refused\n"


# --- the rich display


def test_the_display_ends_with_everything_that_was_done(clock):
    stream = Terminal()
    with RichDisplay(stream, transcripts=12, clock=clock) as tell:
        tell(Event("begun", "a"))
        tell(stored("a", "p1", prompt=12345, completion=678, cached=2000, cost=1.5))
        tell(Event("ended", "a"))
        for event in (sent("b", "p1"), retried("b", "p1"), failed("b", "p2")):
            tell(event)
        clock.now += 100

    picture = last_picture(stream)
    assert "━ 1/12 0:01:40, about 0:08:20 left" in picture
    assert "2 done, 1 stored, 1 running, 1 retried, 1 failed" in picture
    assert "12,345 in (2,000 cached), 678 out, cost $1.50" in picture


def test_neither_a_cost_nor_a_time_is_made_up(clock):
    stream = Terminal()
    with RichDisplay(stream, transcripts=2, clock=clock) as tell:
        tell(stored("a", "p1", cost=None))
        clock.now += 5

    picture = last_picture(stream)
    assert "0/2 0:00:05" in picture
    assert "left" not in picture
    assert "cost unknown" in picture


def test_trouble_is_printed_above_and_the_rest_is_not(clock):
    stream = Terminal()
    with RichDisplay(stream, transcripts=1, clock=clock) as tell:
        for event in (Event("begun", "quietly"), sent("quietly"), retried("a", *UNITS), failed("b", "p1")):
            tell(event)
        tell(Event("waiting", seconds=30.0))

    written = stream.getvalue()
    assert (
        "summarizer: a: retried translate of p1, p2, p3, p4, p5, p6 and 2 more (4.2 s): status 503" in written
    )
    assert "summarizer: b: failed translate of p1: refused" in written
    assert "summarizer: waiting (30.0 s)" in written
    assert "quietly" not in written


def test_markup_and_control_characters_in_a_slug_are_only_text(clock):
    stream = Terminal()
    with RichDisplay(stream, transcripts=1, clock=clock) as tell:
        tell(Event("failed", HOSTILE, "translate", (HOSTILE,), detail=HOSTILE))

    assert "summarizer: [/foo] :smile: [2J 31m[red]: failed translate of [/foo]" in stream.getvalue()
    assert "\x1b[2J" not in stream.getvalue()
    assert "\x9b" not in stream.getvalue()


@pytest.mark.parametrize("columns", ["1", "20", "40", "200"])
def test_the_display_keeps_its_height_at_any_width(clock, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    stream = Terminal()
    with RichDisplay(stream, transcripts=1000, clock=clock) as tell:
        tell(stored("a", prompt=10**9, completion=10**9, cached=10**9, cost=12345.0))

    # The cursor goes up two rows for a picture of three.
    assert stream.getvalue().count("\x1b[1A") % 2 == 0
    assert "\x1b[1A\x1b[2K\x1b[1A\x1b[2K\x1b[1A" not in stream.getvalue()


def test_a_run_without_transcripts_can_be_watched(clock):
    stream = Terminal()
    with RichDisplay(stream, transcripts=0, clock=clock):
        pass

    assert "0/0" in last_picture(stream)


def test_what_click_writes_to_stderr_meanwhile_appears_above(clock, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with RichDisplay(transcripts=1, clock=clock):
        click.echo("summarizer: [/foo] 警告", err=True)

    # Printed at the start of a row, after the picture was wiped, and not behind the picture.
    assert "\x1b[2Ksummarizer: [/foo] 警告\n" in terminal.getvalue()
    assert sys.stderr is terminal


def test_stdout_is_left_to_the_result(clock, capsys):
    with RichDisplay(Terminal(), transcripts=1, clock=clock):
        sys.stdout.write("{}\n")

    assert capsys.readouterr().out == "{}\n"


def test_an_error_leaves_the_display_and_gives_the_cursor_back(clock):
    stream = Terminal()
    with pytest.raises(KeyError), RichDisplay(stream, transcripts=1, clock=clock):
        raise KeyError

    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")


# --- streams that are gone


WATCHERS = [
    EventLines,
    lambda stream: PlainLines(stream, transcripts=1),
    lambda stream: RichDisplay(stream, transcripts=1),
]


@pytest.mark.parametrize("make", WATCHERS, ids=["events", "plain", "rich"])
@pytest.mark.parametrize("error", [BrokenPipeError, OSError, ValueError])
def test_a_broken_stream_does_not_break_the_run_and_is_not_tried_again(make, error):
    stream = Broken(error)
    with make(stream) as tell:
        for event in (Event("begun", "a"), failed(), Event("ended", "a")):
            tell(event)

    assert stream.tries == 1


@pytest.mark.parametrize("make", WATCHERS, ids=["events", "plain", "rich"])
def test_a_stream_may_be_closed_meanwhile(make):
    stream = Terminal()
    with make(stream) as tell:
        tell(Event("begun", "a"))
        stream.close()
        tell(failed())


@pytest.mark.parametrize("make", WATCHERS, ids=["events", "plain", "rich"])
def test_a_process_without_stderr_can_be_watched(make, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with make(None) as tell:
        tell(failed())


# --- the choice


def test_a_machine_gets_json_lines_wherever_it_reads():
    assert type(watcher(Terminal(), events=True, transcripts=1, is_quiet=True)) is EventLines


def test_a_terminal_gets_the_display_and_a_file_gets_lines():
    assert type(watcher(Terminal(), events=False, transcripts=1)) is RichDisplay
    assert type(watcher(io.StringIO(), events=False, transcripts=1)) is PlainLines


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_that_cannot_move_its_cursor_gets_lines(name, monkeypatch):
    monkeypatch.setenv("TERM", name)

    assert type(watcher(Terminal(), events=False, transcripts=1)) is PlainLines


def test_a_terminal_without_rich_gets_lines(monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)

    assert type(watcher(Terminal(), events=False, transcripts=1)) is PlainLines


def test_a_quiet_terminal_hears_only_of_failures():
    stream = Terminal()
    with watcher(stream, events=False, transcripts=1, is_quiet=True) as tell:
        tell(Event("begun", "a"))
        tell(failed("a", "p1"))

    assert stream.getvalue() == "summarizer: a: failed translate of p1: refused\n"


@pytest.mark.parametrize("stream", [Broken(), Broken(ValueError)])
def test_choosing_survives_a_stream_that_is_gone(stream):
    with watcher(stream, events=False, transcripts=1) as tell:
        tell(failed())


def test_rich_is_not_loaded_for_lines():
    program = (
        "import io, sys\n"
        "from summarizer.progress import watcher\n"
        "from summarizer.values import Event\n"
        "for events in (True, False):\n"
        "    with watcher(io.StringIO(), events=events, transcripts=1) as tell:\n"
        "        tell(Event('failed'))\n"
        "sys.exit('rich' in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
