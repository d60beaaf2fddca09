"""Everything that the docs name exists: files, headings, commands, settings, tests, durations."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from cli.main import app
from cli.prove.steps import STEPS
from infra.council.model import Council

ROOT: Final = Path(__file__).parent.parent.parent
DOCS: Final = ROOT / "docs"
PAGES: Final = [
    *sorted(ROOT.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    ROOT / "web" / "README.md",
    ROOT / "benchmarks" / "README.md",
]
HAZARDS: Final = DOCS / "clinical-safety.md"
EXAMPLE: Final = ROOT / "councils" / "example.toml"

of_every_page: Final = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_TARGET = re.compile(r"^([a-z-]+(?: [a-z-]+)*):(?!=)", re.MULTILINE)
_SETTING = re.compile(r"^(?:# )?([a-z_]+) = ", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_SPAN_OF_TIME = re.compile(r"(\d+) (days?|hours?)\s+\(`([a-z_.]+)\.([A-Z_]+)`\)")
_OURS = re.compile(
    r"(?:audit|benchmarks|cli|docs|functions|infra|layer|local|simulation|tests|web|\.github)"
    r"/[\w./-]*"
)


def prose(page: Path) -> str:
    """Return the page without its code blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def code(page: Path) -> list[str]:
    """List the lines of the page's code blocks, and the pieces of code in its text."""
    text = page.read_text(encoding="utf-8")
    # A command that a block breaks with a backslash is one line.
    blocks = [block.replace("\\\n", " ").splitlines() for block in _FENCE.findall(text)]
    spans = [" ".join(found[2].split()) for found in _SPAN.finditer(_FENCE.sub("", text))]
    return [line for block in blocks for line in block] + spans


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of the page's headings."""
    headings = [each.lower() for each in _HEADING.findall(prose(page))]
    plain = [re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in headings]
    # Of two that are the same the second has a number.
    before = [plain[:at].count(each) for at, each in enumerate(plain)]
    return {f"{each}-{n}" if n else each for each, n in zip(plain, before, strict=True)}


@of_every_page
def test_every_link_in_docs_works(page: Path) -> None:
    lost = []
    for link in _LINK.findall(_SPAN.sub("", prose(page))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@of_every_page
def test_every_file_in_docs_exists(page: Path) -> None:
    named = {found[0] for each in code(page) if (found := _OURS.fullmatch(each.split("::")[0]))}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@of_every_page
def test_every_make_target_in_docs_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {target for line in _TARGET.findall(makefile) for target in line.split()}
    named = {name for line in code(page) for name in re.findall(r"\bmake ([a-z][a-z-]*)", line)}
    assert sorted(named - targets) == []


@of_every_page
def test_every_bedboard_command_and_option_in_docs_exists(page: Path) -> None:
    unknown = [
        f"{line}: {problem}"
        for line in code(page)
        for command in re.findall(r"(?:^|[(;|&$] ?)bedboard( [^;|&)#>]*)", line)
        for problem in problems(command.split())
    ]
    assert unknown == []


def problems(words: list[str]) -> Iterator[str]:
    """Yield each command or option in these words after `bedboard` that does not exist."""
    root = command = get_command(app)
    rest = list(words)
    while isinstance(command, TyperGroup):
        # Which stack it is may be said anywhere.
        while rest and rest[0].startswith("--"):
            rest = rest[2:] if rest[0] == "--council" else rest[1:]
        if not rest or not re.fullmatch(r"[a-z-]+", rest[0]):
            break
        word = rest.pop(0)
        if word not in command.commands:
            yield f"no command '{word}'"
            return
        command = command.commands[word]
    known = {"--help", "-h", *options(root), *options(command)}
    for word in rest:
        if word.startswith("-") and word.split("=")[0] not in known:
            yield f"no option '{word}'"


def options(command: Any) -> Iterator[str]:
    """Yield the options of a Typer command, as people type them."""
    for parameter in command.params:
        yield from (*parameter.opts, *parameter.secondary_opts)


@of_every_page
def test_every_test_in_docs_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [name for name in _TEST.findall(text) if not is_test(*name)] == []


def is_test(file: str, name: str) -> bool:
    path = ROOT / file
    return path.is_file() and f"def {name}(" in path.read_text(encoding="utf-8")


@of_every_page
def test_every_duration_in_docs_is_the_one_in_code(page: Path) -> None:
    for number, unit, module, name in _SPAN_OF_TIME.findall(page.read_text(encoding="utf-8")):
        length = timedelta(**{unit.rstrip("s") + "s": int(number)})
        assert getattr(import_module(module), name) == length, f"{module}.{name}"


def hazards() -> dict[str, str]:
    """Return the text about each hazard, by its heading."""
    _, *found = re.split(r"^## (?=H\d)", HAZARDS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        text.split("\n", 1)[0]: re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0]
        for text in found
    }


@pytest.mark.parametrize("heading", hazards())
def test_every_hazard_has_tested_controls_and_an_open_risk(
    heading: str,
) -> None:
    text = hazards()[heading]
    for part in ("**Causes.**", "| control | shown by |", "**Left.**"):
        assert part in text, part
    _, _, *controls = re.findall(r"^\|.*\|$", text, re.MULTILINE)
    assert controls
    assert [each for each in controls if not _TEST.search(each)] == []
    number, _, _ = heading.partition(":")
    row = f"| {number} |" + " [to be judged] |" * 3
    assert row in HAZARDS.read_text(encoding="utf-8")


def test_every_setting_of_a_council_is_explained() -> None:
    explained = set(_SETTING.findall(EXAMPLE.read_text(encoding="utf-8")))
    explained |= {each.split(" = ")[0] for each in code(DOCS / "deploying.md")}
    assert sorted(Council.model_fields.keys() - explained) == []


def test_the_example_has_no_unknown_setting() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert sorted(set(_SETTING.findall(text)) - Council.model_fields.keys()) == []
    assert Council.model_validate(tomllib.loads(text))


ANSWERS: Final = {"the deployment", "a drill", *(step.name for step in STEPS)}
"""What can answer a question about AWS."""


def test_every_route_has_its_row_in_the_http_contract() -> None:
    """A row may name several methods: `GET`, `PUT /homes/{location_id}/successor`."""
    documented: set[str] = set()
    for row in re.findall(r"^\| (`[A-Z].*?) \|", prose(DOCS / "http.md"), re.MULTILINE):
        methods: list[str] = []
        for span in _SPAN.findall(row):
            method, _, path = span[1].partition(" ")
            methods.append(method)
            if path:
                documented |= {f"{each} {path}" for each in methods}
                methods = []
    routes = (ROOT / "infra" / "routes.py").read_text(encoding="utf-8")
    assert documented == set(re.findall(r'api\.route\(\s*"([A-Z]+ /[^"]*)"', routes))


def test_every_open_question_about_aws_names_what_answers_it() -> None:
    page = (DOCS / "local-and-aws.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (R\d+) \| .+ \| .+ \| (.+) \|$", page, flags=re.MULTILINE)
    assert [name for name, _ in rows] == [f"R{number}" for number in range(1, 21)]
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    options = {
        option
        for name in ("preflight", "prove")
        for parameter in command.commands[name].params
        for option in parameter.opts
    }
    for _, answers in rows:
        assert set(re.findall(r"--[a-z-]+", answers)) <= options
        named = re.split(r"[,;] ", re.sub(r", (with|for) [^;]+", "", answers))
        assert set(named) <= ANSWERS
