"""The picture of a timeline, by what is drawn on it."""

import io
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from bot.locales import get_locale
from bot.replies.chart import DARK, LIGHT, Picture, draw, picture_file
from bot.replies.chronology import in_order
from bot.replies.dates import Frame, Grain
from bot.replies.exports.entries import entries_of
from bot.replies.passage import View
from bot.replies.scale import MOST_TICKS, scale_for
from bot.replies.sheet import WIDTH, Theme
from bot.replies.timeline import Shown, picture_caption, picture_of
from index.types import Language
from tests.unit.bot.replies.samples import TODAY, VIEW, items_of

TEXTS = (
    "С 8 августа порт Кортан принимает суда.",
    "В декабре минувшего года состоялось заседание комиссии.",
    "Миссия пройдёт 9–10 февраля.",
    "Порт построят к марту 2026 года.",
)


def a_picture(*texts: str, view: View = VIEW, language: Language = Language.RU) -> Picture:
    entries = entries_of(in_order(items_of(*texts, language=language)), view)
    return Picture(entries, 1, "Хроника: порт", "4 события")


def words_on(figure: Figure) -> str:
    """Return all that is written, line by line, without the ends of lines."""
    return " ".join(text.get_text() for text in figure.axes[0].texts)


def bars_on(figure: Figure) -> list[Any]:
    """Return the bars in the order of their events, arrows after the bar they belong to."""
    return [patch for patch in figure.axes[0].patches if (patch.get_gid() or "").startswith("bar")]


def extent(bar: Any) -> tuple[float, float]:  # noqa: ANN401 - matplotlib's patches have no base
    box = bar.get_path().get_extents(bar.get_patch_transform())
    return box.x0, box.x1


def test_everything_that_the_message_says_is_on_the_picture() -> None:
    """Title, count, and each event with number, date in words, what it is, and its clause."""
    words = words_on(draw(a_picture(*TEXTS), VIEW, LIGHT))
    for said in (
        *("Хроника: порт", "4 события", *TEXTS),
        "1. с 8 августа 2025",
        "2. декабрь 2025",
        "3. 9–10 февраля 2026, план",
        "4. не позже марта 2026, план",
        "сегодня, 1 февраля 2026",
        "@paragraf_bot",
    ):
        assert said in words


def test_a_fact_is_a_full_bar_a_plan_a_hollow_one_and_an_open_end_an_arrow() -> None:
    """Shape says it, not colour alone; and the words beside it say it too."""
    bars = bars_on(draw(a_picture(*TEXTS), VIEW, LIGHT))
    assert [bar.get_gid() for bar in bars] == ["bar:1", "bar:1", "bar:2", "bar:3", "bar:4", "bar:4"]
    fills = [to_hex(bar.get_facecolor()) for bar in bars]
    assert fills == [LIGHT.accent] * 3 + [LIGHT.paper] * 3


def test_bars_lie_in_the_order_of_their_days() -> None:
    """A month is longer than a day; nothing leaves the picture."""
    texts = ("5 мая 2025 года открыли мост.", "В июле 2025 года открыли порт.")
    day, month = bars_on(draw(a_picture(*texts), VIEW, LIGHT))
    assert extent(day)[1] < extent(month)[0]
    assert extent(month)[1] - extent(month)[0] > extent(day)[1] - extent(day)[0]
    for bar in bars_on(draw(a_picture(*TEXTS), VIEW, LIGHT)):
        assert 0 < extent(bar)[0] < extent(bar)[1] < WIDTH


@pytest.mark.parametrize("theme", [LIGHT, DARK])
async def test_the_file_is_a_picture_for_a_phone(theme: Theme) -> None:
    """Upright, wide enough, not blank, on the paper of its theme, the same each time."""
    file = await picture_file(a_picture(*TEXTS), VIEW, theme)
    again = await picture_file(a_picture(*TEXTS), VIEW, theme)
    assert file == again
    assert (file.name, file.mime) == ("timeline.png", "image/png")
    image = Image.open(io.BytesIO(file.content)).convert("RGB")
    assert image.width == WIDTH
    assert WIDTH * 0.8 < image.height < WIDTH * 2
    assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((2, 2))) == theme.paper
    assert len(image.getcolors(maxcolors=1 << 20) or ()) > 20


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (Language.RU, "5 мая 2025 года щёлкнул ёж, съел яйцо и вышел.", "щёлкнул ёж, съел яйцо"),
        (Language.AZ, "Körpü 5 dekabr 2025-ci ildə İçərişəhərdə açıldı.", "İçərişəhərdə açıldı."),
        (Language.EN, "The bridge opened on 9 February 2025, it cost $5 and $6.", "cost $5 and $6"),
    ],
)
async def test_every_letter_of_our_languages_is_drawn(
    language: Language, text: str, said: str
) -> None:
    """The font comes with the library; a dollar is a dollar."""
    view = View(get_locale(language), TODAY, "paragraf_bot")
    picture = a_picture(text, view=view, language=language)
    assert said in words_on(draw(picture, view, LIGHT))
    assert "□" not in words_on(draw(picture, view, LIGHT))
    await picture_file(picture, view, LIGHT)


MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
YEARLY = tuple(
    f"{day} {MONTHS[day % 12]} {1993 + day} года открыли {day}-ю станцию на реке Озёрной."
    for day in range(1, 29)
)
SAME_DAY = tuple(f"3 мая 2025 года прошла {n}-я встреча делегаций." for n in range(9))
WIDE = (
    "В 1990-е годы построили верфь.",
    "20 сентября 1994 года подписали договор о порте, о дороге, о мосте и о маяке для судов.",
    "21 января 2026 года прошла встреча.",
    "9–10 февраля 2026 года пройдёт миссия.",
    "Новый порт построят к 2030 году.",
)


def a_list(*texts: str, page: int, view: View = VIEW, language: Language = Language.RU) -> Picture:
    """Return the picture of a page of a list."""
    items = in_order(items_of(*texts, language=language))
    return picture_of(Shown(1, "порт Кортан, 1994–2026 годы", items, page), view)


PICTURES = [
    a_list(YEARLY[0], page=1),
    *(a_list(*YEARLY, page=page) for page in range(1, 6)),
    a_list(*SAME_DAY, page=2),
    a_list(*WIDE, page=1),
    a_list(*TEXTS, page=1),
    *(
        a_list(*(f"{day} {month} 2025 года открыли мост." for month in MONTHS), page=2)
        for day in (1, 9, 17, 28)
    ),
]


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("language", list(Language))
def test_no_two_texts_overlap_and_none_leaves_the_sheet(
    picture: Picture, language: Language
) -> None:
    """Marks of the scale stand side by side; one that has no room is a mark without words."""
    view = View(get_locale(language), TODAY, "paragraf_bot")
    figure = draw(picture, view, LIGHT)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    for one, other in combinations(boxes, 2):
        assert not one.padded(-1).overlaps(other.padded(-1))
    size = figure.get_size_inches() * figure.dpi
    assert all(0 < box.x0 < box.x1 < size[0] and 0 < box.y0 < box.y1 < size[1] for box in boxes)


def test_a_page_of_a_list_says_and_shows_where_in_it_it_lies() -> None:
    """Which events of how many, from when to when; a stroke for each of them, others for these."""
    figure = draw(a_list(*YEARLY, page=2), VIEW, LIGHT)
    words = words_on(figure)
    assert "события 7–12 из 28" in words
    assert "Все события: 1 февраля 1994 … 28 мая 2021" in words
    everything, shown = (len(each.get_segments()) for each in figure.axes[0].collections)
    assert (everything, shown) == (28, 6)
    whole = draw(a_list(*TEXTS, page=1), VIEW, LIGHT)
    assert "4 события" in words_on(whole)
    assert not whole.axes[0].collections


def test_the_dates_of_one_day_are_said_once() -> None:
    """Not «3 мая 2025 … 3 мая 2025»."""
    items = in_order(items_of(*SAME_DAY))
    caption = picture_caption(Shown(1, "", items, 1), VIEW, is_dark=False)
    assert "На картинке события 1–5 из 9: 3 мая 2025." in caption.html
    lone = picture_caption(Shown(1, "", items[:1], 1), VIEW, is_dark=False)
    assert "На картинке событие 1 из 1: 3 мая 2025." in lone.html


def test_a_lone_day_is_no_long_bar() -> None:
    """The scale has days around it."""
    (bar,) = bars_on(draw(a_list(YEARLY[0], page=1), VIEW, LIGHT))
    assert extent(bar)[1] - extent(bar)[0] < WIDTH / 10


async def test_no_picture_is_larger_than_telegram_takes() -> None:
    """Ten megabytes, ten thousand pixels in both sides together; so with the longest clauses."""
    long = [f"{day} мая 2025 года " + "щ" * 130 + " построили, и ещё" for day in range(1, 28)]
    file = await picture_file(a_list(*long, page=1), VIEW, DARK)
    image = Image.open(io.BytesIO(file.content))
    assert sum(image.size) < 10_000
    assert len(file.content) < 10 * 2**20


async def test_marks_of_direction_turn_nothing() -> None:
    """Nor do marks that nobody sees leave a square."""
    picture = a_picture("5 мая 2025 года \u202eоткрыли\u202c мо\u200bст \u2067x\u2069 в порту.")
    assert "5 мая 2025 года открыли мост x в порту." in words_on(draw(picture, VIEW, LIGHT))
    await picture_file(picture, VIEW, LIGHT)


async def test_what_the_font_has_not_is_left_out_or_a_square() -> None:
    """Emoji go without a trace, letters leave one."""
    picture = a_picture("5 мая 2025 года 🙂 открыли мост 桥.")
    assert "года открыли мост □." in words_on(draw(picture, VIEW, LIGHT))
    await picture_file(picture, VIEW, LIGHT)


def test_the_longest_clause_keeps_within_its_lines() -> None:
    """A word longer than a line included."""
    picture = a_picture("5 мая 2025 года открыли мост " + "щ" * 100 + " и ещё один, подлиннее.")
    assert picture.entries[0].label.count("щ") > 100
    figure = draw(picture, VIEW, LIGHT)
    figure.canvas.draw()
    assert len(figure.axes[0].texts) < 20
    for text in figure.axes[0].texts:
        assert text.get_window_extent().x1 <= WIDTH


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 5), date(2026, 1, 5)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2025, 8, 8), date(2026, 3, 31)),
        (date(2019, 1, 1), date(2030, 12, 31)),
        (date(1801, 1, 1), date(2030, 12, 31)),
        (date.min, date.max),
        (date.min, date.min),
        (date.max, date.max),
    ],
)
def test_a_scale_has_marks_that_fit(first: date, last: date) -> None:
    """In order, within it, few enough to be read, whatever the days."""
    scale = scale_for([Frame(first, last)], TODAY, 0, 100)
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= MOST_TICKS
    assert [tick.day for tick in ticks] == sorted({tick.day for tick in ticks})
    assert all(scale.first <= tick.day <= scale.last for tick in ticks)
    assert 0 <= scale.x(first) < scale.x(last, is_end=True) <= 100


def test_today_is_marked_only_where_it_is_near() -> None:
    """Or the events would all stand at one end."""
    near = scale_for([Frame(date(2025, 8, 8), date(2026, 1, 20))], TODAY, 0, 100)
    far = scale_for([Frame(date(1801, 1, 1), date(1900, 12, 31))], TODAY, 0, 100)
    assert near.holds(TODAY)
    assert not far.holds(TODAY)


def test_marks_are_as_fine_as_the_scale() -> None:
    """Days in a month, months in a year, years in a century."""
    spans = [(date(2026, 1, 20), date(2026, 2, 20)), (date(2025, 3, 1), date(2026, 1, 31))]
    grains = [scale_for([Frame(*span)], TODAY, 0, 1).ticks()[0].grain for span in spans]
    assert grains == [Grain.DAY, Grain.MONTH]
