"""Errors a user can act on.

Three kinds of trouble, kept apart: what is wrong with a text is a
:class:`~summarizer.values.Finding`; what the user can mend is a
:class:`SummarizerError`; anything else is a defect of ours and stays a traceback.
"""

from typing import Literal

FaultKind = Literal["transient", "refused", "parameter", "too-long", "filtered", "fatal", "other"]


class SummarizerError(Exception):
    """What went wrong, where, the values that disagree and what to do next.

    Attributes:
        exit_code: What the process exits with when nobody handles the error (DESIGN §6).
    """

    exit_code = 1


class RefusedInputError(SummarizerError):
    """A transcript, ruling or option cannot be used; raised before any work is paid for."""

    exit_code = 2


class LockedError(SummarizerError):
    """Another run writes to the same folder."""

    exit_code = 75


class InterruptedRunError(SummarizerError):
    """A signal asked the run to end; what had arrived by then is stored.

    Attributes:
        exit_code: 128 and the number of the signal.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(
            "the run was interrupted; what was answered is stored. Run again to go on from here."
        )
        self.exit_code = 128 + signum


class UnansweredError(SummarizerError):
    """A request is answered by no store and there is no endpoint to send it to."""

    exit_code = 2


class EndpointError(SummarizerError):
    """The endpoint refused the call or answered with something that is no answer.

    Attributes:
        kind: What to do about it: ask again later (``transient``; ``refused`` where the endpoint has too
            much to do), ask without a parameter (``parameter``), ask for less (``too-long``,
            ``filtered``), stop the run (``fatal``), or nothing (``other``).
        retry_after: Seconds the endpoint asks to wait.
        parameter: The parameter of the request that it does not know.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: FaultKind = "other",
        retry_after: float | None = None,
        parameter: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_after = retry_after
        self.parameter = parameter

    @property
    def wants_less(self) -> bool:
        """Whether asking for a part of it may succeed."""
        return self.kind in {"too-long", "filtered"}


class FatalEndpointError(SummarizerError):
    """No request of the run can succeed: the key, the account, the model or the address is wrong."""


class BudgetReachedError(SummarizerError):
    """The next call would spend more than the user allows; what was answered is stored."""

    exit_code = 5


class AnswerError(SummarizerError):
    """An answer arrived but does not have the shape its request asked for.

    Attributes:
        wants_less: Whether asking for a part of it may succeed: it was cut off, refused or filtered.
    """

    def __init__(self, message: str, *, wants_less: bool = False) -> None:
        super().__init__(message)
        self.wants_less = wants_less
