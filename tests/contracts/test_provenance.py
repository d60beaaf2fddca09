"""Every contract says where it comes from, and holds nothing that must not be written down."""

import json
import re

import pytest

from tests.support.contracts import FOLDER, Contract, all_contracts

DOCUMENTED = "written from AWS's documentation, not recorded"
RECORDED = re.compile(r"recorded on AWS in [a-z]{2}(-[a-z]+)+-\d")
EVERY = pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.name)


@EVERY
def test_a_contract_is_recorded_or_says_which_pages_it_was_written_from(contract: Contract) -> None:
    provenance = contract.provenance
    assert re.fullmatch(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}", provenance["on"])
    if provenance["source"] == DOCUMENTED:
        assert provenance["pages"]
        for page in provenance["pages"]:
            assert re.fullmatch(r"https://docs\.aws\.amazon\.com/[A-Za-z0-9_/.-]+\.html", page)
        # What is not in the pages is said, and is not to be taken for AWS's word.
        assert set(provenance) <= {"source", "on", "pages", "not_in_the_pages"}
    else:
        # What an emulator sent is no contract.
        assert RECORDED.fullmatch(provenance["source"])
        assert provenance["by"] == "bedboard prove --record"
        assert re.fullmatch(r"[0-9a-f]{40}\+?", provenance["commit"])
        assert provenance["redacted"]


@EVERY
def test_a_contract_holds_no_account_person_or_secret(contract: Contract) -> None:
    text = json.dumps(contract.event, ensure_ascii=False)
    assert set(re.findall(r"(?<![0-9])[0-9]{12}(?![0-9])", text)) <= {"123456789012"}
    assert all(each.endswith("@example.org") for each in re.findall(r"[\w.+-]+@[\w.-]+", text))
    assert not re.search(r"eyJ|AKIA|ASIA|X-Amz-Signature", text)
    assert set(re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", text)) <= {"192.0.2.1"}


def test_the_readme_names_every_contract() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert {each.name for each in all_contracts()} == set(
        re.findall(r"^\| `(\w+)` \|", readme, re.M)
    )
