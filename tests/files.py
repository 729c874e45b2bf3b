"""Files for tests of reading, good and hostile, each made here: none of them is kept anywhere."""

import io
import struct
import zipfile
import zlib

import docx
from matplotlib.figure import Figure
from pypdf import PdfWriter

MEGABYTE = 1_000_000


def make_docx(*paragraphs: str, title: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Return a Word file."""
    document = docx.Document()
    if title:
        document.add_heading(title, level=0)
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_docx_bomb(unpacked: int = 100 * MEGABYTE) -> bytes:
    """Return a Word file some hundred times smaller than what it unpacks to."""
    return _with_document(make_docx("Порт открыт."), b"<!--" + b" " * unpacked + b"-->")


def make_lying_docx_bomb(unpacked: int = 100 * MEGABYTE) -> bytes:
    """Return the same, but with another size declared for what is inside."""
    honest = make_docx_bomb(unpacked)
    size = struct.pack("<I", _unpacked(honest))
    return honest.replace(size, struct.pack("<I", 1_000))


def make_heavy_docx(paragraphs: int) -> bytes:
    """Return a Word file within all limits of archives that takes a reader gigabytes."""
    inner = b"".join(b"<w:p><w:r><w:t>%x</w:t></w:r></w:p>" % n for n in range(paragraphs))
    return _with_document(make_docx("Порт открыт."), inner)


def _with_document(whole: bytes, more: bytes) -> bytes:
    """Return a Word file with more in its text."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + more)
            bomb.writestr(name, content)
    return file.getvalue()


def _unpacked(whole: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return archive.getinfo("word/document.xml").file_size


def make_zip(**files: bytes) -> bytes:
    """Return an archive of files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def make_locked_docx() -> bytes:
    """Return how a Word file with a password begins, and the name that tells of the password."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return header + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def make_pdf(*lines: str) -> bytes:
    """Return a page with lines of text, without any it has a picture only."""
    figure = Figure(figsize=(8, 11))
    for number, line in enumerate(lines):
        figure.text(0.1, 0.9 - number * 0.03, line)
    if not lines:
        figure.add_subplot().imshow([[0, 1], [1, 0]])
        for axes in figure.axes:
            axes.set_axis_off()
    file = io.BytesIO()
    figure.savefig(file, format="pdf")
    return file.getvalue()


def make_locked_pdf(*lines: str) -> bytes:
    """Return a page that opens with a password."""
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf(*lines)))
    writer.encrypt("тайна", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def make_looped_pdf() -> bytes:
    """Return a PDF whose tree of pages is its own branch."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 100000 /Kids [2 0 R 3 0 R] >>",
        b"<< /Type /Pages /Count 100000 /Parent 2 0 R /Kids [2 0 R 3 0 R] >>",
    )
    return _pdf(objects)


def make_busy_pdf() -> bytes:
    """Return a small PDF with some millions of words on its page."""
    words = zlib.compress(b"BT /F 9 Tf (port) Tj ET " * 1_000_000, 9)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources 5 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>",
    )
    return _pdf(objects)


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    file = b"%PDF-1.7\n"
    places = []
    for number, inner in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, inner)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
