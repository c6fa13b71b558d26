"""Errors a user can act on.

Three kinds of trouble, kept apart: what is wrong with a text is a
:class:`~summarizer.values.Finding`; what the user can mend is a
:class:`SummarizerError`; anything else is a defect of ours and stays a traceback.
"""


class SummarizerError(Exception):
    """What went wrong, where, the values that disagree and what to do next.

    Attributes:
        exit_code: What the process exits with when nobody handles the error (DESIGN §6).
    """

    exit_code = 1


class RefusedInputError(SummarizerError):
    """A transcript, ruling or option cannot be used; raised before any work is paid for."""

    exit_code = 2


class UnansweredError(SummarizerError):
    """A request is answered by no store and there is no endpoint to send it to."""

    exit_code = 2


class EndpointError(SummarizerError):
    """The endpoint refused the call or answered with something that is no answer."""


class AnswerError(SummarizerError):
    """An answer arrived but does not have the shape its request asked for."""
