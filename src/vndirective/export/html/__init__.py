"""The review page: one HTML file with everything in it, opened without a network.

    records ─▶ contents (summary, block) ─▶ packing (deflated, base64) ─┐
    sources ─▶ pictures (pages as WebP) ────────────────────────────────┼─▶ page/ (HTML, CSS, JavaScript) ─▶ FILE.html
    words.toml (interface, by language) ────────────────────────────────┘

Records are read one at a time; the page unpacks a record when it is opened.
"""

from __future__ import annotations

from pathlib import Path

from vndirective.export.collection import Collection
from vndirective.export.html import contents
from vndirective.export.html.packing import GrowingBlock, block, embedded, escaped, picture_block
from vndirective.export.html.pictures import Album
from vndirective.export.html.template import page
from vndirective.export.left_out import rows as left_out_rows
from vndirective.export.writing import Note, Settings, Written, whole_file


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    """Write the page; notes say for how many records there are no pictures, and why."""
    album = Album(collection, settings.pictures)
    head, foot = page(settings.lang)
    documents: list[bytes] = []  # as JSON, which is a tenth of the objects
    agenda = GrowingBlock()
    with whole_file(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(head)
        for number, (name, record) in enumerate(collection.named_records()):
            pages: list[list[float]] = []
            for picture in album.pictures_of(record):
                stream.write(picture_block(f"p{number}-{picture.page}", picture))
                pages.append([picture.page, picture.width, picture.height])
            documents.append(escaped(contents.summary(record, name, pages)).encode())
            for row in contents.agenda(record, number):
                agenda.add(row)
            stream.write(block(f"d{number}", contents.details(record, settings.lang)))
        left_out = [row.message for row in left_out_rows(collection, settings.lang)]
        stream.write(agenda.element("agenda"))
        stream.write(embedded("index", {"lang": settings.lang, "left_out": left_out}))
        stream.write('<script type="application/json" id="data-documents">[')
        stream.writelines(f"{',' if number else ''}{text.decode()}" for number, text in enumerate(documents))
        stream.write("]</script>\n")
        stream.write(foot)
    return Written([target], list(_notes(album)))


def _notes(album: Album) -> list[Note]:
    found = []
    if album.left:
        found.append(Note("pictures_left", album.left))
    if album.lost:
        found.append(Note("pictures_lost", len(album.lost), tuple(album.lost[:5])))
    return found
