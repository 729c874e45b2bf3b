"""Pages are fetched from public addresses only, in bounds; in a network namespace of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.ingest.fetch import MOST_REDIRECTS, require_link, site_of
from tests.network import ARTICLE, PUBLIC

#: Twenty and more ways to write what is not public.
HOSTS = [
    *("127.0.0.1", "localhost", "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001"),  # noqa: S104
    *("0177.0.0.1", "0x7f.0.0.1", "127.000.000.001", "10.0.0.1", "167772161", "172.16.0.1"),
    *("192.168.0.1", "169.254.169.254", "0xa9fea9fe", "100.64.0.1", "198.18.0.1", "[::1]"),
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[::]"),
    *("①②⑦.⓪.⓪.①", "private.test", "mixed.test"),
]
FORBIDDEN = "This address cannot be opened."
REDIRECTED = [f"http://public.test/to/{host}/" for host in ("127.0.0.1", "private.test", "[::1]")]
OTHER_WAYS = [
    f"http://public.test:8080/{''}",
    "http://user:word@public.test/",
    "http://public.test@127.0.0.1/",
    "ftp://public.test/",
    "file:///etc/passwd",
    "http://public.test:22/",
    "http://public.test/to/public.test:8080/",
]
OUTCOMES = {
    "http://public.test/": f"{len(ARTICLE)} bytes",
    f"http://{PUBLIC}/": f"{len(ARTICLE)} bytes",
    "http://public.test/to/public.test/": f"{len(ARTICLE)} bytes",
    "http://public.test/round": "The site sends from address to address without end.",
    "http://public.test/drip": "The site does not answer for more than 20 seconds.",
    "http://public.test/bomb": "The page is larger than 5 MB.",
    "http://public.test/twice": "The site cannot be reached.",
    "http://public.test/large": "The page is larger than 5 MB.",
    "http://public.test/picture": "There is no text at this address, but {kind}.",
    "http://public.test/gone": "The site answers with code {code}.",
    "http://nowhere.test/": "The site cannot be reached.",
}
#: The name moves to a private address after the first look; its certificate is good there too.
REBINDING = ["http://rebinding.test/", "http://rebinding.test/?again"]
REBINDING_TLS = ["https://moving.test/", "https://moving.test/?again"]

#: As over TLS: names are told to who answers, and the certificate has to be of the name.
OUTCOMES_TLS = {
    "https://public.test/": f"{len(ARTICLE)} bytes",
    "https://public.test/tls/public.test/": f"{len(ARTICLE)} bytes",
    "http://public.test/tls/public.test/": f"{len(ARTICLE)} bytes",
    "https://public.test/drip": "The site does not answer for more than 20 seconds.",
    "https://public.test/bomb": "The page is larger than 5 MB.",
    "https://unnamed.test/": "The site cannot be reached.",
    "https://unknown.test/": "The site cannot be reached.",
}
FORBIDDEN_TLS = [
    *(f"https://{host}/" for host in HOSTS),
    *(f"https://public.test/tls/{host}/" for host in ("127.0.0.1", "private.test", "[::1]")),
    "https://public.test/to/10.0.0.1/",
    "https://public.test:8443/",
]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Return what came of each address, and how often private and public sites were asked."""
    inside = ["unshare", "-nm"] if os.geteuid() == 0 else ["unshare", "-rnm"]
    if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not permitted here")
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here to make certificates with")
    urls = [
        *(f"http://{host}/" for host in HOSTS),
        *(*REDIRECTED, *OTHER_WAYS, *OUTCOMES, *REBINDING),
        *(*FORBIDDEN_TLS, *OUTCOMES_TLS, *REBINDING_TLS),
    ]
    folder = tmp_path_factory.mktemp("etc")
    ended = subprocess.run(
        [*inside, sys.executable, "-m", "tests.network", json.dumps(urls), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[4],
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, dict[str, object]] = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "url",
    [*(f"http://{host}/" for host in HOSTS), *REDIRECTED, *OTHER_WAYS, *FORBIDDEN_TLS],
)
def test_what_is_not_public_is_refused(fetched: dict[str, dict[str, object]], url: str) -> None:
    """However it is written, or redirected to."""
    assert fetched["outcomes"][url] == FORBIDDEN


@pytest.mark.parametrize("url", [*OUTCOMES, *OUTCOMES_TLS])
def test_what_a_public_site_gives(fetched: dict[str, dict[str, object]], url: str) -> None:
    """Its page, or a sentence: nothing is waited for or unpacked without end."""
    assert fetched["outcomes"][url] == {**OUTCOMES, **OUTCOMES_TLS}[url]


def test_no_private_server_was_asked(fetched: dict[str, dict[str, object]]) -> None:
    """Not by a name that moves after it was looked up either."""
    assert [fetched["outcomes"][url] for url in REBINDING] == [f"{len(ARTICLE)} bytes", FORBIDDEN]
    moved = [fetched["outcomes"][url] for url in REBINDING_TLS]
    assert moved == [f"{len(ARTICLE)} bytes", FORBIDDEN]
    assert "private" not in fetched["hits"]
    assert int(str(fetched["hits"]["public"])) > MOST_REDIRECTS


def test_a_site_is_asked_by_its_name_at_the_address_that_was_checked(
    fetched: dict[str, dict[str, object]],
) -> None:
    """In the handshake and in the request, though the connection goes to a number."""
    assert set(fetched["asked for"]) == {
        *("public.test", "moving.test", "unnamed.test", "unknown.test")
    }
    assert set(fetched["hosts"]) == {"public.test", "moving.test"}


def test_an_address_is_refused_before_anybody_is_asked() -> None:
    """By its form alone."""
    with pytest.raises(UserError, match="cannot be opened"):
        require_link("http://127.0.0.1/")
    assert require_link("https://example.org/a") == "https://example.org/a"


def test_the_name_of_a_site() -> None:
    """As people call it."""
    assert site_of("https://www.example.org/port?a=1") == "example.org"
