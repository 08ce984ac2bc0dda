"""PDF with a text layer → SourceText."""

from vndirective.parsers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
