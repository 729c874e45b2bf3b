"""After a soak: what everybody saw, held against what the database says. Nothing may be left over.

* each update that was handed over is handled to its end;
* each question has its answer, or a message of the outbox that says why it could not have one;
* who follows something has each article about it that came later, unless it was withdrawn;
* whatever came twice is counted by the bot as a send whose outcome it did not know;
* nothing of a withdrawn article left, and what the database calls sent is in the chats.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.replies.alert import MOST_HEADINGS
from bot.simulator import Seen, Simulator
from bot.simulator.journal import Request
from bot.store.database import Database

#: A message looked at before its article was withdrawn may still be on its way for so long.
ON_ITS_WAY_S = 2.0

_OPEN = (
    "SELECT (SELECT count(*) FROM inbox WHERE state IN ('new', 'running'))"
    " + (SELECT count(*) FROM outbox WHERE state IN ('ready', 'leased'))"
    " + (SELECT count(*) FROM notice WHERE state IN ('waiting', 'held'))"
    " + (SELECT count(*) FROM announcement WHERE expanded_at IS NULL)"
)


@dataclass(slots=True)
class News:
    """A published article: the word that its followers follow, and when it was withdrawn."""

    article_id: int
    title: str
    word: str
    withdrawn_s: float | None = None


@dataclass(slots=True)
class Reckoning:
    """What there was, and what could not be explained."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


async def is_settled(db: Database) -> bool:
    """Return whether nothing waits any more, on any road."""
    ((left,),) = await db.fetch(_OPEN)
    return bool(left == 0)


async def reckon(
    sim: Simulator, db: Database, asked: Sequence[Seen], news: Sequence[News]
) -> Reckoning:
    """Return what is left to explain."""
    found = Reckoning()
    sent = [r for r in sim.journal.requests("sendMessage") if r.is_applied]
    await _updates(found, db)
    await _answers(found, db, sent, asked)
    await _notices(found, db, sent, news)
    await _doubles(found, db, sent)
    await _seen(found, sim, db)
    _withdrawn(found, sent, news)
    found.counts["messages that Telegram took"] = len(sent)
    found.counts["refused by flood control"] = sum(
        request.code == 429 for request in sim.journal.requests("sendMessage")
    )
    found.faults += [f"a breach of the rules: {words}" for words in sim.journal.violations]
    return found


async def _updates(found: Reckoning, db: Database) -> None:
    for state, error, count in await db.fetch(
        "SELECT state, error, count(*) FROM inbox GROUP BY state, error"
    ):
        found.counts[f"updates {state}"] += count
        if state != "done":
            found.faults.append(f"{count} updates {state}: {error}")


async def _answers(
    found: Reckoning, db: Database, sent: Sequence[Request], asked: Sequence[Seen]
) -> None:
    """Look for the answer to each question, or for why there is none."""
    answered = Counter((request.chat_id, _answers_to(request)) for request in sent)
    refused = {
        (chat_id, json.loads(payload).get("reply_parameters", {}).get("message_id")): error
        for chat_id, payload, error in await db.fetch(
            "SELECT chat_id, payload, error FROM outbox"
            " WHERE state IN ('undeliverable', 'cancelled', 'dead') AND payload IS NOT NULL"
        )
    }
    for question in asked:
        key = (question.chat_id, question.id)
        if answered[key]:
            found.counts["answered"] += 1
        elif refused.get(key):
            found.counts[f"not answered: {refused[key]}"] += 1
        else:
            found.faults.append(f"no answer to {question.text!r} in chat {question.chat_id}")


async def _notices(
    found: Reckoning, db: Database, sent: Sequence[Request], news: Sequence[News]
) -> None:
    """Look for the message about each article with each of those who follow what it is about."""
    letters = [request for request in sent if _answers_to(request) is None]
    told = {
        (request.chat_id, each.article_id)
        for request in letters
        for each in news
        if each.title in str(request.params["text"])
    }
    counted = await _counted(db)
    rows = await db.fetch("SELECT article_id, created_at FROM announcement")
    published: dict[int, int] = dict(rows)
    followers = await db.fetch(
        "SELECT chat_id, title, created_at FROM subscription WHERE state = 'active'"
    )
    found.counts["subscriptions at the end"] = len(followers)
    for chat_id, word, since in followers:
        for each in news:
            is_due = each.word == word and published[each.article_id] > since
            if is_due and each.withdrawn_s is None:
                found.counts["notices due"] += 1
                if (chat_id, each.article_id) in told:
                    found.counts["notices seen by their title"] += 1
                elif (chat_id, each.article_id) in counted:
                    found.counts["notices counted in a long digest"] += 1
                else:
                    found.faults.append(f"{each.title} was not told to chat {chat_id}")
    for state, count in await db.fetch("SELECT state, count(*) FROM notice GROUP BY state"):
        found.counts[f"notices {state}"] = count


async def _counted(db: Database) -> set[tuple[int, int]]:
    """Return the chats and articles of digests that were sent, and name only their first ones."""
    rows = await db.fetch(
        "SELECT n.chat_id, a.article_id FROM notice AS n"
        " JOIN announcement AS a ON a.id = n.item JOIN outbox AS o ON o.id = n.outbox_id"
        " WHERE n.state = 'sent' AND o.state = 'sent' AND n.outbox_id IN (SELECT outbox_id"
        " FROM notice WHERE outbox_id IS NOT NULL GROUP BY outbox_id HAVING count(*) > ?)",
        (MOST_HEADINGS,),
    )
    return {(chat_id, article_id) for chat_id, article_id in rows}


async def _doubles(found: Reckoning, db: Database, sent: Sequence[Request]) -> None:
    """Compare what Telegram took with what was accepted, chat by chat."""
    taken = Counter(request.chat_id for request in sent)
    rows = await db.fetch(
        "SELECT chat_id, sum(state = 'sent'), sum(attempts) FROM outbox"
        " WHERE method = 'sendMessage' GROUP BY chat_id"
    )
    for chat_id, accepted, doubtful in rows:
        extra = taken.pop(chat_id, 0) - accepted
        found.counts["sends whose outcome was not known"] += doubtful
        found.counts["came twice"] += max(0, extra)
        if not 0 <= extra <= doubtful:
            found.faults.append(
                f"chat {chat_id}: {extra} messages more than were sent, {doubtful} doubtful"
            )
    found.faults += [
        f"{n} messages to chat {chat_id} out of nowhere" for chat_id, n in taken.items()
    ]


async def _seen(found: Reckoning, sim: Simulator, db: Database) -> None:
    """Look for each sent message in its chat."""
    for chat_id, message_id in await db.fetch(
        "SELECT chat_id, message_id FROM outbox WHERE state = 'sent' AND method = 'sendMessage'"
    ):
        if message_id not in sim.state.world.chats[chat_id].messages:
            found.faults.append(f"message {message_id} is not in chat {chat_id}")


def _withdrawn(found: Reckoning, sent: Sequence[Request], news: Sequence[News]) -> None:
    # A first screen that was written before may still name it; no news and no quotation may.
    quoting = [
        request
        for request in sent
        if _answers_to(request) is None or "<blockquote" in str(request.params["text"])
    ]
    for each in news:
        if each.withdrawn_s is not None and any(
            request.at_s > each.withdrawn_s + ON_ITS_WAY_S
            and each.title in str(request.params["text"])
            for request in quoting
        ):
            found.faults.append(f"{each.title} was told after it was withdrawn")


def _answers_to(request: Request) -> object:
    """Return the number of the message that a sent one answers, None for news."""
    given = request.params.get("reply_parameters")
    parameters = json.loads(given) if isinstance(given, str) else given
    return parameters.get("message_id") if isinstance(parameters, dict) else None
