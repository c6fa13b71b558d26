"""What a summary rests on: which answers its claims cite, by thirds of the transcript, and which not."""

from summarizer.values import Draft, Support

_THIRDS = 3


def support(draft: Draft) -> Support:
    """Tell how evenly the claims cover what was answered.

    The transcript is cut into thirds by characters of speech; an answer belongs to the third it begins in.
    """
    questioners = {speaker.id for speaker in draft.transcript.speakers if speaker.role == "questioner"}
    cited = {passage for claim in draft.claims for passage in claim.passages}
    total = sum(len(passage.text) for turn in draft.transcript.turns for passage in turn.passages)
    answers = [[0, 0] for _ in range(_THIRDS)]
    uncited: list[str] = []
    spoken = 0
    for turn in draft.transcript.turns:
        third = min(_THIRDS - 1, _THIRDS * spoken // max(1, total))
        spoken += sum(len(passage.text) for passage in turn.passages)
        if turn.speaker in questioners:
            continue
        answers[third][0] += any(passage.id in cited for passage in turn.passages)
        answers[third][1] += 1
        uncited += [passage.id for passage in turn.passages if passage.id not in cited]
    return Support(tuple((covered, of) for covered, of in answers), tuple(uncited))
