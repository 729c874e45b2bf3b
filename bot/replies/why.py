"""Why a passage is the answer: which words it was found by, and what could be asked again."""

from dataclasses import replace

from telegram.helpers import create_deep_linked_url

from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body
from bot.replies.passage import View
from index.types import Explanation, Passage, QuestionWord, WordShare

#: Words listed, the heaviest first; a longer list is not read.
MOST_SHARES = 12


def why_body(
    passage: Passage, explained: Explanation | None, answer_id: int, asked_at: int, view: View
) -> Body:
    """Return the words that matched with their shares, and the versions of article and index.

    `explained` is None when the question is not to be had any more, `asked_at` the version of the
    index that answered. The same question on the same index gives the same words.
    """
    text = view.locale.text
    lines = [f"<b>{escape(text('Why this answer?'))}</b>"]
    if explained is None:
        lines.append(escape(text("The question is not kept. Ask it again to see its words.")))
    else:
        lines += _words(explained, view)
    lines.append(
        escape(
            text(
                "Article {id}, version {version}, paragraph {n}.",
                id=passage.article_id,
                version=passage.version,
                n=passage.number,
            )
        )
    )
    version = asked_at if explained is None else explained.index_version
    lines.append(escape(text("State of the index: {version}.", version=version)))
    link = create_deep_linked_url(view.username, f"a{answer_id}")
    lines.append(escape(text("The answer for 30 days: {link}", link=link)))
    return Body("\n".join(lines))


def _words(explained: Explanation, view: View) -> list[str]:
    """Return a line a word that matched, and one of those that did not."""
    text = view.locale.text
    lines = []
    if explained.suggestion:
        read_as = shorten(explained.suggestion, MOST_LINE)
        lines.append(escape(text("Read as: {text}", text=read_as)))
    if explained.likeness:
        share = view.locale.percent(explained.likeness)
        lines.append(escape(text("Alike in meaning: {share}.", share=share)))
    # What likeness in meaning has taken is not the words'.
    by_words = 1 - (explained.likeness or 0.0)
    told = (replace(each, share=each.share * by_words) for each in explained.shares)
    shares = sorted(told, key=lambda each: -each.share)
    found = [each for each in shares if each.share > 0][:MOST_SHARES]
    if found:
        lines.append(escape(text("Found by these words:")))
    for number, each in enumerate(found, start=1):
        lines.append(f"{number}. {escape(_share_line(each, view))}")
    missing = [each.word.form for each in shares if each.share == 0]
    if missing:
        words = ", ".join(map(view.locale.quoted, missing))
        lines.append(escape(text("Not in this paragraph: {words}.", words=shorten(words, 400))))
    return lines


def _share_line(each: WordShare, view: View) -> str:
    form, share = view.locale.quoted(each.word.form), view.locale.percent(each.share)
    return f"{form} — {share}{_synonyms(each.word, view)}"


def _synonyms(word: QuestionWord, view: View) -> str:
    others = [term for term in word.terms if term != word.lemma]
    if not others:
        return ""
    return ", " + view.locale.text("also as: {words}", words=", ".join(others))
