"""Certificates for the small internet of `network`: an authority of its own, and one of nobody."""

import ssl
import subprocess
from pathlib import Path

import certifi

#: Names that the authority vouches for; another site shows them its own, of nobody's authority.
NAMED = ("public.test", "moving.test")
UNKNOWN = "unknown.test"

#: The name that each connection asked for, in order.
asked_for: list[str | None] = []


def make_certificates(folder: Path) -> ssl.SSLContext:
    """Return what a server shows, and let this namespace trust the authority that made it."""
    authority = _self_signed(folder, "authority", "/CN=Authority")
    names = ",".join(f"DNS:{name}" for name in NAMED)
    extensions = folder / "names"
    extensions.write_text(f"subjectAltName={names}\n")
    key, request, certificate = (folder / f"site.{end}" for end in ("key", "csr", "pem"))
    _openssl("req", *_NEW_KEY, "-keyout", key, "-out", request, "-subj", "/CN=site")
    _openssl(
        *("x509", "-req", "-in", request, "-out", certificate, "-days", "2"),
        *("-CA", authority[0], "-CAkey", authority[1], "-CAcreateserial"),
        *("-extfile", extensions),
    )
    subprocess.run(("mount", "--bind", str(authority[0]), certifi.where()), check=True)
    stranger = _context(*_self_signed(folder, "stranger", f"/CN={UNKNOWN}"))
    site = _context(certificate, key)

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        asked_for.append(name)
        if name == UNKNOWN:
            connection.context = stranger

    site.sni_callback = choose
    return site


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def _self_signed(folder: Path, name: str, subject: str) -> tuple[Path, Path]:
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    _openssl(
        *("req", "-x509", *_NEW_KEY, "-keyout", key, "-out", certificate),
        *("-days", "2", "-subj", subject),
    )
    return certificate, key


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _openssl(*arguments: object) -> None:
    subprocess.run(("openssl", *map(str, arguments)), check=True, capture_output=True)
