"""What the CDK made is kept until something changes of what it was made from."""

from pathlib import Path

import pytest

from tests.support import synthesis_cache as module
from tests.support.synthesis_cache import ROOT, digest_of_sources, kept, sources


def test_all_that_a_template_is_made_from_counts() -> None:
    of = {str(each.relative_to(ROOT)) for each in sources()}
    assert of >= {
        "benchmarks/cost/council.toml",
        "cdk.json",
        "functions/shared/store/keys.py",  # the names of the table's keys and indexes
        "functions/withhold_roles/handler.py",  # a function whose code the synthesis packs
        "infra/grants.py",
        "infra/site/publisher/publishing.py",  # the code of another
        "layer/build.py",
        "requirements.txt",
        "tests/infra/stack_template.py",
    }


def test_what_is_kept_is_made_again_only_when_a_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "sources" / "one.py"
    source.parent.mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(module, "sources", lambda: [source])
    made: list[str] = []

    def make() -> list[str]:
        made.append(source.read_text())
        return made

    def after_a_new_process(text: str) -> list[str]:
        source.write_text(text)
        digest_of_sources.cache_clear()
        result: list[str] = kept("it", make, anew=False)
        return result

    try:
        assert [len(after_a_new_process(text)) for text in ("a", "a", "b", "b", "a")] == [
            1,
            1,
            2,
            2,
            3,  # only what belongs to the last state is kept
        ]
        assert len(kept("something else", make, anew=False)) == 4
        assert len(kept("something else", make, anew=False)) == 4
        assert len(kept("something else", make, anew=True)) == 5
    finally:
        digest_of_sources.cache_clear()
