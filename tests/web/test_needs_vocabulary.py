"""The words for needs and terms are written once, and everybody reads the same."""

from pathlib import Path

from web import vocabulary


def test_the_pages_and_the_docs_have_the_words_of_the_domain(tmp_path: Path) -> None:
    module, docs = tmp_path / "needs.js", tmp_path / "http.md"
    docs.write_text(vocabulary.DOCS.read_text(encoding="utf-8"), encoding="utf-8")
    vocabulary.write(module, docs)
    told = "run: make vocabulary"
    assert module.read_text(encoding="utf-8") == vocabulary.MODULE.read_text(encoding="utf-8"), told
    assert docs.read_text(encoding="utf-8") == vocabulary.DOCS.read_text(encoding="utf-8"), told
