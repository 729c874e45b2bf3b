"""The honest no: why no article answers, what is nearest, and who may be told."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.locales import Locale
from bot.replies.answer import example_line, silent_line
from bot.replies.filters import (
    NO_FILTERS,
    Filters,
    everywhere_button,
    filter_lines,
    silence_line,
)
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.passage import View
from index.languages import read_words
from index.types import CitedAnswer, Passage, Question, Quotation, Token

#: Letters that a dictionary form has no more.
_LOST = re.compile("[ёı]")

#: The share of a word that its dictionary form begins with, if one is seen to be of the other.
LEAST_BEGIN = 0.6

#: Headings shown when there is no answer.
MOST_HEADINGS = 3


def refusal_body(
    cited: CitedAnswer,
    view: View,
    answer_id: int = 0,
    filters: Filters | None = None,
    silent: str | None = None,
    example: str | None = None,
) -> Body:
    """Return the honest no: which words are missing, and the nearest headings.

    A question without words is no question: that is said, and neither readers nor editors can
    wait for its answer.
    `answer_id` is what its buttons name, 0 for a refusal that has none but the headings'. The
    others are those of an `AnswerCard`.
    """
    locale, question = view.locale, cited.answer.question
    lines = [example_line(escape(example), view)] if example else []
    lines += map(escape, filter_lines(filters or NO_FILTERS, locale))
    if silent:
        lines.append(escape(silent_line(silent, locale)))
    if not question.words:
        nothing = locale.text("There is no word in the question to look for.")
        how = locale.text("Ask in words: When does the port open?")
        lines.append(escape(f"{nothing} {how}"))
        buttons = (everywhere_button(answer_id, locale),) if answer_id and filters else ()
        return Body("\n".join(lines), (buttons,) if buttons else ())
    said = _why_not(question, filters or NO_FILTERS, locale)
    lines += [f"<b>{escape(said[0])}</b>", *map(escape, said[1:])]
    passages = _first_of_articles(cited.quotations)[:MOST_HEADINGS]
    if passages:
        is_silent = filters is not None and filters.is_silent
        nearest = locale.text("Nearest by subject:")
        lines.append(escape(locale.text("At another time:") if is_silent else nearest))
    for number, passage in enumerate(passages, start=1):
        title = escape(shorten(passage.title, MOST_LINE))
        lines.append(f"{number}. {title} · {escape(locale.day(passage.day))}")
    row = tuple(
        Button(str(number), data=f"art:{passage.paragraph_id}")
        for number, passage in enumerate(passages, start=1)
    )
    rows = [row]
    if answer_id:
        rows.append((everywhere_button(answer_id, locale),) if filters else ())
        rows.append((Button(locale.text("Tell me when it appears"), data=f"watch:{answer_id}"),))
        rows.append((Button(locale.text("Send to the editors"), data=f"send:{answer_id}"),))
    return Body("\n".join(lines), tuple(each for each in rows if each))


def _why_not(question: Question, filters: Filters, locale: Locale) -> list[str]:
    """Return that there is no answer, and why."""
    if filters.period and filters.is_silent:
        return [silence_line(filters.period, locale)]
    lines = [locale.text("No article has the answer.")]
    if question.missing_words:
        lines.append(missing_words(find_missing(question), locale))
    elif filters:
        lines.append(locale.text("What you narrowed to has no paragraph with these words."))
    else:
        lines.append(locale.text("No paragraph has these words together."))
    return lines


def missing_words(words: Sequence[str], locale: Locale) -> str:
    """Return that no article has these words."""
    return locale.count(
        "This word is in no article: {words}.",
        "These words are in no article: {words}.",
        len(words),
        words=", ".join(map(locale.quoted, words)),
    )


def find_missing(question: Question) -> list[str]:
    """Return the words that no article has: dictionary forms, names as they were typed.

    Of a name we know neither capitals nor gender («Огаркова» is a form of «Огарков»); so too where
    the dictionary form has lost letters: ё, the Azerbaijani ı.
    """
    typed = {token.form: token for token in read_words(question.text)}
    missing = [word for word in question.words if word.is_missing]
    found = []
    for word, lemma in zip(missing, question.missing_words, strict=True):
        token = typed.get(word.form)
        form = token.span.of(question.text) if token else lemma
        is_plain = form == form.lower() and not _LOST.search(form)
        found.append(lemma if is_plain and is_form_of(token, lemma) else form)
    return found


def is_form_of(token: Token | None, lemma: str) -> bool:
    """Return whether whoever typed a word knows it again by this dictionary form.

    Not if it may be one itself («таймлайн» for «таймлайна»), nor if the two begin otherwise:
    «дальше» and «далёкий», «люди» and «человек».
    """
    if token is None or lemma == token.form:
        return True
    pairs = zip(token.form, lemma, strict=False)
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    is_other = token.form in token.lemmas and lemma in token.lemmas
    return not is_other and begin >= LEAST_BEGIN * min(len(token.form), len(lemma))


def _first_of_articles(quotations: Sequence[Quotation]) -> list[Passage]:
    """Return the first passage of each article, in order."""
    first: dict[int, Passage] = {}
    for quotation in quotations:
        first.setdefault(quotation.passage.article_id, quotation.passage)
    return list(first.values())
