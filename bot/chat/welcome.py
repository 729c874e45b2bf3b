"""The first screen, which also answers a greeting; and what answers other courtesies."""

from telegram import Update

from bot.chat.articles import articles_body
from bot.chat.corpus import empty_body
from bot.chat.places import is_private, reply_target
from bot.chat.subscriptions import subscriptions
from bot.context import Context
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Outcome, Send
from bot.store.articles import list_articles
from bot.store.golden import list_golden_examples
from index.courtesy import Courtesy
from index.languages import detect_language
from index.types import Language

#: Questions to try, as buttons.
MOST_EXAMPLES = 3

#: A longer question is no example: as long as the longest title, two lines on a phone.
MOST_EXAMPLE = 90

#: A label longer than this is cut on a phone, so the question stands in the text as well.
MOST_LABEL = 24


async def welcome_body(context: Context) -> Body:
    """Return the first screen: what the bot is, and questions to try."""
    locale = context.locale
    lines = [
        escape(locale.text("I answer with the very paragraph of an article that says so.")),
    ]
    rows: list[tuple[Button, ...]] = []
    if not context.search.paragraph_count:
        lines.append(empty_body(context).html)
    else:
        lines.append(escape(locale.text("Ask in everyday words. For example:")))
        for number, example in enumerate(await list_examples(context)):
            lines.append(f"{number + 1}. {escape(example)}")
            # The number keeps apart examples that begin alike.
            label = shorten(f"{number + 1}. {example}", MOST_LABEL - 1)
            rows.append((Button(label, data=f"try:{number}"),))
    lines.append(escape(locale.text("All commands: /help. What is stored about you: /privacy")))
    about_data = Button(locale.text("About data"), data="cmd:privacy")
    rows.append((about_data, Button(locale.text("Language"), data="lang")))
    return Body("\n".join(lines), tuple(rows))


async def list_examples(context: Context) -> tuple[str, ...]:
    """Return questions to try: those of the instance, else golden ones, then newest headings."""
    if context.services.examples:
        return context.services.examples[:MOST_EXAMPLES]
    golden = await list_golden_examples(context.db, MOST_EXAMPLES, MOST_EXAMPLE)
    headings = [listed.title for listed in await list_articles(context.db, MOST_EXAMPLES)]
    return tuple(dict.fromkeys(map(_capital, (*golden, *headings))))[:MOST_EXAMPLES]


def _capital(example: str) -> str:
    """Return a question as it begins a line; the small i of Azerbaijani keeps its dot."""
    is_dotted = example.startswith("i") and detect_language(example) is Language.AZ
    return ("İ" if is_dotted else example[:1].upper()) + example[1:]


async def return_courtesy(update: Update, context: Context, said: Courtesy) -> Outcome:
    """Reply to what is no question; in a group not to thanks, which would fill it."""
    if said is Courtesy.GREETING:
        return Outcome(out=(Send(reply_target(update), await welcome_body(context)),))
    if said is Courtesy.FOLLOWING:
        context.args = []  # the words are the command
        return await subscriptions(update, context)
    if said is Courtesy.NEWS:
        return Outcome(out=(Send(reply_target(update), await articles_body(update, context)),))
    if not is_private(update):
        return Outcome()
    locale = context.locale
    text = locale.text("Ask whenever you like.")
    if said is Courtesy.THANKS:
        text = locale.text("You are welcome. Ask whenever you like.")
    return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
