"""HTML in, text and entities out: what Telegram takes, repairs and refuses."""

import pytest

from bot.simulator.entities import to_html
from bot.simulator.errors import ApiError
from bot.simulator.markup import is_link, parse_html

# source, text, (type, offset, length) in UTF-16 units
GOOD = [
    ("просто", "просто", []),
    ("<b>а</b>", "а", [("bold", 0, 1)]),
    ("<STRONG>а</STRONG>", "а", [("bold", 0, 1)]),
    ("<i>а</i><em>б</em>", "аб", [("italic", 0, 1), ("italic", 1, 1)]),
    ("<u>а</u><ins>б</ins>", "аб", [("underline", 0, 1), ("underline", 1, 1)]),
    ("<s>а</s><strike>б</strike><del>в</del>", "абв", [("strikethrough", i, 1) for i in range(3)]),
    ("😀<b>а😀</b>", "😀а😀", [("bold", 2, 3)]),
    ('<a href="https://e.org/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1)]),
    ("<code>x</code>", "x", [("code", 0, 1)]),
    ("<pre>x</pre>", "x", [("pre", 0, 1)]),
    ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ("<blockquote>а\nб</blockquote>", "а\nб", [("blockquote", 0, 3)]),
    ("<blockquote expandable>а</blockquote>", "а", [("expandable_blockquote", 0, 1)]),
    ("<tg-spoiler>а</tg-spoiler>", "а", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">а</span>', "а", [("spoiler", 0, 1)]),
    ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
    ("<blockquote>а <b>б</b></blockquote>", "а б", [("blockquote", 0, 3), ("bold", 2, 1)]),
    ("<b><i>а</i></b>", "а", [("bold", 0, 1), ("italic", 0, 1)]),
    ("<b></b>а", "а", []),
    ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
    ("&#1087;&#x43f;", "пп", []),
    ("&amp;lt;", "&lt;", []),
]


@pytest.mark.parametrize(("source", "text", "entities"), GOOD)
def test_the_subset_is_understood(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    formatted = parse_html(source)
    assert formatted.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == entities
    assert formatted.notes == ()


BAD = [
    ("а<br>б", 'Unsupported start tag "br" at byte offset 2'),
    ("<p>а</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("<ul><li>а", 'Unsupported start tag "ul" at byte offset 0'),
    ("<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
    ("а</b>", "Unexpected end tag at byte offset 2"),
    ("<b>а</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>а</b", "Unclosed end tag at byte offset 5"),
    ("<span>а</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<b><i>а</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
]


@pytest.mark.parametrize(("source", "words"), BAD)
def test_what_is_broken_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"
    assert refusal.value.code == 400


# source, types that are left, what is told
REPAIRED = [
    ("<code>а<b>б</b></code>", ["code"], "bold inside code or pre"),
    ("<b>а<code>б</code></b>", ["bold", "code"], "code inside bold"),
    (
        "<blockquote>а<blockquote>б</blockquote></blockquote>",
        ["blockquote"],
        "a block quote inside a block quote",
    ),
    ("а&nbsp;б", [], "not a known character reference"),
    ("a & b", [], "not a known character reference"),
    ('<a href="http://localhost/">а</a>', [], "not a link"),
]


@pytest.mark.parametrize(("source", "types", "note"), REPAIRED)
def test_what_telegram_repairs_is_told(source: str, types: list[str], note: str) -> None:
    formatted = parse_html(source)
    assert sorted(e["type"] for e in formatted.entities) == sorted(types)
    assert any(note in told for told in formatted.notes)


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.org/a?b=c#d", True),
        ("example.org", True),
        ("https://пример.рф/стр", True),
        ("http://192.0.2.7:8000/", True),
        ("tg://user?id=1", True),
        ("http://localhost:8000/", False),
        ("javascript:alert(1)", False),
        ("https://exa mple.org", False),
        ("", False),
    ],
)
def test_links_are_told_from_other_text(url: str, taken: bool) -> None:
    assert is_link(url) == taken


@pytest.mark.parametrize(
    "source",
    [
        "<b>а</b> &lt; <i>б 😀</i>",
        '<a href="https://e.org/?a=1&amp;b=2">x</a>',
        "<blockquote>а <b>б</b></blockquote>\nв",
        "<blockquote expandable>а</blockquote>",
        "<b><i>а</i></b>",
    ],
)
def test_html_is_written_back_as_it_was(source: str) -> None:
    formatted = parse_html(source)
    assert to_html(formatted.text, formatted.entities) == source
