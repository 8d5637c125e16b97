"""Reports that platforms read: pure functions of the result, each within the platform's rules."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from linter_ext import __version__
from linter_ext.causes import find_causes
from linter_ext.codes import Code
from linter_ext.collecting import Collection, Uncollectable
from linter_ext.engine import Report, RuleResult
from linter_ext.pages import page
from linter_ext.pytest_session import ChainLink
from linter_ext.reporters import concise, github, gitlab, junit, markdown, sarif
from linter_ext.reporters import json as json_reporter
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.source.facts import Span
from linter_ext.violations import Link, Violation
from tests.results import Rule, result, violation
from tests.schemas import validate_gitlab, validate_json, validate_junit, validate_sarif

UNCHECKED = violation("app/b.py", 2, Code.UNREADABLE, None)
LINKS = (
    Link("app/a.py", Span(3, 6, 3, 9), "app.a", "app.b"),
    Link("app/b.py", Span(1, 8, 1, 13), "app.b", "app.c"),
)


def written(render: Callable[[Result], Iterable[str]], given: Result) -> str:
    """Return a whole report."""
    return "".join(render(given))


def encoded(text: str) -> str:
    """Return a report as a file holds it."""
    return text.encode("utf-8", "backslashreplace").decode()


def several(*contracts: tuple[str, tuple[Violation, ...]]) -> Result:
    """Return a result of several contracts, each with its name."""
    found = tuple(
        ContractResult(
            name=name,
            type="a_type",
            guidance="",
            result=RuleResult(Rule(name), violations, 0, ()),
        )
        for name, violations in contracts
    )
    return Result(Report(tuple(item.result for item in found), (), 3, ()), found)


# Concise.


def test_concise() -> None:
    given = result(violation("app/a.py", 1), violation("app/\udcff.py", 2), unchecked=(UNCHECKED,))

    assert written(concise.render, given).splitlines() == [
        "app/a.py:1:8: IMC201 fact; remedy",
        "app/b.py:2:8: IMC001 fact; remedy",
        "app/\\udcff.py:2:8: IMC201 fact; remedy",
    ]
    assert written(concise.render, result()) == ""


# SARIF.


def read_sarif(given: Result) -> Any:
    """Return the run of a valid report."""
    text = written(sarif.render, given)
    validate_sarif(text)
    (run,) = json.loads(text)["runs"]
    return run


def test_sarif_of_nothing() -> None:
    assert read_sarif(result()) == {
        "tool": {
            "driver": {"name": "linter-ext", "semanticVersion": __version__, "rules": []},
        },
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The project root."}}},
        "columnKind": "unicodeCodePoints",
        "results": [],
    }


def test_sarif_results() -> None:
    run = read_sarif(result(violation("app/a.py", 1, chain=LINKS), unchecked=(UNCHECKED,)))

    first, second = run["results"]
    module = {"fullyQualifiedName": "app.a", "kind": "module"}

    def place(path: str, line: int, column: int, end_column: int) -> dict[str, object]:
        region = {"startLine": line, "startColumn": column}
        region |= {"endLine": line, "endColumn": end_column}
        return {"artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"}, "region": region}

    assert first == {
        "ruleId": "IMC201",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "fact; remedy"},
        "locations": [
            {"physicalLocation": place("app/a.py", 1, 8, 15), "logicalLocations": [module]}
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": place("app/a.py", 3, 6, 9),
                "message": {"text": "'app.a' imports 'app.b'"},
            },
            {
                "id": 2,
                "physicalLocation": place("app/b.py", 1, 8, 13),
                "message": {"text": "'app.b' imports 'app.c'"},
            },
        ],
        "partialFingerprints": {"linterExt/v1": "ea6cd0fb93e7d24f08a6eedbbaabc970"},
        "properties": {"contract": "rule", "target": "app.old"},
    }
    assert (second["ruleId"], second["ruleIndex"]) == ("IMC001", 0)
    assert "relatedLocations" not in second


@pytest.mark.parametrize("code", Code)
def test_sarif_rules_bring_their_pages(code: Code) -> None:
    run = read_sarif(result(violation("app/a.py", 1, code)))

    (rule,) = run["tool"]["driver"]["rules"]
    text = page(code)
    assert rule["id"] == code
    assert rule["shortDescription"]["text"] == code.summary
    assert " ".join(rule["fullDescription"]["text"].split()) in " ".join(text.split())
    assert rule["help"]["markdown"].replace("{{", "{").replace("}}", "}") == text


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("app/a b.py", "app/a%20b.py"),
        ("app/50%,a:b#c?.py", "app/50%25%2Ca%3Ab%23c%3F.py"),
        ("app/caf\u00e9.py", "app/caf%C3%A9.py"),
        ("app/\udcff.py", "app/%FF.py"),
        ("c:/a.py", "c%3A/a.py"),
    ],
)
def test_sarif_paths_are_relative_uris(path: str, uri: str) -> None:
    run = read_sarif(result(violation(path, 1)))

    (found,) = run["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_messages_hold_no_places() -> None:
    run = read_sarif(result(violation("a.py", 1, message="there is no 'a.{0}'; remedy")))

    (found,) = run["results"]
    assert found["message"] == {"text": "there is no 'a.{{0}}'; remedy"}


# GitHub.


def commands(given: Result) -> list[str]:
    """Return the lines of a report."""
    return written(github.render, given).splitlines()


def test_github_of_nothing() -> None:
    assert written(github.render, result()) == ""


def test_github_annotations() -> None:
    given = result(
        violation("app/50%, a:b.py", 1, message="no 'a%b', 'c:d'; remedy"),
        violation("app/a.py", 3, end_line=4),
        violation("app/a.py", 5, message="one\r\ntwo"),
        violation("app/\udcff.py", 6),
    )
    title = "title=IMC201 import of a deprecated module"

    assert commands(given) == [
        (
            f"::error file=app/50%25%2C a%3Ab.py,line=1,endLine=1,col=8,endColumn=15,{title}"
            "::app/50%25, a:b.py:1:8: IMC201 no 'a%25b', 'c:d'; remedy"
        ),
        f"::error file=app/a.py,line=3,endLine=4,{title}::app/a.py:3:8: IMC201 fact; remedy",
        (
            f"::error file=app/a.py,line=5,endLine=5,col=8,endColumn=15,{title}"
            "::app/a.py:5:8: IMC201 one%0D%0Atwo"
        ),
        (
            f"::error file=app/\\udcff.py,line=6,endLine=6,col=8,endColumn=15,{title}"
            "::app/\\udcff.py:6:8: IMC201 fact; remedy"
        ),
    ]


def annotated(given: Result) -> list[str]:
    """Return the places of the annotations."""
    return [
        line.rpartition("::")[2].partition(": IMC")[0]
        for line in commands(given)
        if line.startswith("::error ")
    ]


def test_github_shows_ten_and_lists_the_rest() -> None:
    found = [violation("app/a.py", line) for line in range(1, 12)]
    found += [violation("app/b.py", 1, Code.CYCLE), violation("app/c.py", 1)]

    lines = commands(result(*found))

    assert [line for line in lines if not line.startswith("::error ")] == [
        "::notice title=linter-ext::3 more violations in 2 files: 3 IMC201; the log lists them",
        "::group::3 more violations in 2 files",
        "app/a.py:10:8: IMC201 fact; remedy",
        "app/a.py:11:8: IMC201 fact; remedy",
        "app/c.py:1:8: IMC201 fact; remedy",
        "::endgroup::",
    ]
    assert annotated(result(*found)) == [
        *(f"app/a.py:{line}:8" for line in range(1, 10)),
        "app/b.py:1:8",
    ]


def test_github_shows_no_notice_of_what_it_shows() -> None:
    assert len(commands(result(*(violation("a.py", line) for line in range(10))))) == 10
    (*_, notice, heading, _, _) = commands(result(*(violation("a.py", n) for n in range(11))))
    assert notice.startswith("::notice title=linter-ext::1 more violation in 1 file: 1 IMC201;")
    assert heading == "::group::1 more violation in 1 file"


def test_github_shows_first_what_says_most() -> None:
    often = [violation("app/a.py", line, target="app.often") for line in range(1, 20)]
    twice = [violation("app/b.py", line, target="app.twice") for line in range(1, 3)]
    once = [violation("app/a.py", 100 + line, target=f"app.once_{line}") for line in range(20)]
    other = [violation("app/z.py", 1, Code.CYCLE, "other")]
    given = several(("rule", (*often, *twice, *once)), ("other", tuple(other)))
    given = replace(given, report=replace(given.report, unchecked=(UNCHECKED,)))

    assert annotated(given) == [
        "app/a.py:1:8",
        *(f"app/a.py:{100 + line}:8" for line in range(6)),
        "app/b.py:1:8",
        "app/b.py:2:8",
        "app/z.py:1:8",
    ]


# GitLab.


def test_gitlab() -> None:
    given = result(
        violation("app/a.py", 1), violation("app/a.py", 2, end_line=3), unchecked=(UNCHECKED,)
    )

    text = written(gitlab.render, given)

    validate_gitlab(text)
    issues = json.loads(text)
    assert issues[0] == {
        "description": "IMC201 fact; remedy",
        "check_name": "IMC201",
        "fingerprint": "ea6cd0fb93e7d24f08a6eedbbaabc970",
        "severity": "major",
        "location": {"path": "app/a.py", "lines": {"begin": 1, "end": 1}},
    }
    assert issues[1]["location"] == {"path": "app/a.py", "lines": {"begin": 2, "end": 3}}
    assert issues[2]["severity"] == "critical"
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_gitlab_of_nothing() -> None:
    assert written(gitlab.render, result()) == "[]\n"


# JUnit.


def test_junit() -> None:
    given = several(
        ("Kept & well", ()),
        (
            'Broken "badly"',
            (
                violation("app/a.py", 1, Code.CYCLE, message="fact <&>; 'remedy'"),
                violation("app/a.py", 2),
                violation("app/b.py", 1),
            ),
        ),
    )
    given = replace(given, report=replace(given.report, unchecked=(UNCHECKED,)))

    text = written(junit.render, given)

    validate_junit(text)
    assert text.splitlines() == [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<testsuites name="linter-ext" tests="4" failures="2" errors="1">',
        '  <testsuite name="Kept &amp; well" tests="1" failures="0" errors="0">',
        '    <testcase name="Kept &amp; well" classname="Kept &amp; well"/>',
        "  </testsuite>",
        '  <testsuite name="Broken &#34;badly&#34;" tests="2" failures="2" errors="0">',
        '    <testcase name="app/a.py" classname="Broken &#34;badly&#34;">',
        (
            "      <failure message=\"2 violations of 'Broken &#34;badly&#34;'\""
            ' type="IMC201 IMC501">'
            "app/a.py:1:8: IMC501 fact &lt;&amp;&gt;; 'remedy'"
        ),
        "app/a.py:2:8: IMC201 fact; remedy</failure>",
        "    </testcase>",
        '    <testcase name="app/b.py" classname="Broken &#34;badly&#34;">',
        (
            '      <failure message="1 violation of \'Broken &#34;badly&#34;\'" type="IMC201">'
            "app/b.py:1:8: IMC201 fact; remedy</failure>"
        ),
        "    </testcase>",
        "  </testsuite>",
        '  <testsuite name="Files that could not be checked" tests="1" failures="0" errors="1">',
        '    <testcase name="app/b.py" classname="unchecked">',
        (
            '      <error message="fact; remedy" type="IMC001">'
            "app/b.py:2:8: IMC001 fact; remedy</error>"
        ),
        "    </testcase>",
        "  </testsuite>",
        "</testsuites>",
    ]


def test_junit_shows_what_xml_cannot_hold() -> None:
    given = result(violation("a\x00\t\n\udcff.py", 1, message="\x1b \uffff; remedy"))

    text = written(junit.render, given)

    validate_junit(text)
    (failure,) = ElementTree.fromstring(text.encode()).iter("failure")
    (case,) = ElementTree.fromstring(text.encode()).iter("testcase")
    assert case.get("name") == "a\\x00\t\n\\udcff.py"
    assert failure.text == "a\\x00\t\n\\udcff.py:1:8: IMC201 \\x1b \\uffff; remedy"


# Markdown.


def rendered(given: Result) -> str:
    """Return a report as GitHub would show it."""
    return str(MarkdownIt("commonmark").enable("table").render(written(markdown.render, given)))


def test_markdown() -> None:
    given = result(
        violation("app/a.py", 1, message="'app.old' is deprecated; use 'app.new'"),
        *(violation("app/a.py", line) for line in range(2, 13)),
        unchecked=(UNCHECKED,),
        ignored=1_000,
        guidance="Do this.\nOr that.",
        files=1_234,
    )

    assert written(markdown.render, given).splitlines() == [
        "## linter-ext: 12 violations in 1 file; 1 file could not be checked",
        "",
        "|  |  |",
        "| --- | ---: |",
        "| files checked | 1,234 |",
        "| files with violations | 2 |",
        "| contracts kept | 0 of 1 |",
        "",
        "| contract | result | violations | known | ignored |",
        "| --- | --- | ---: | ---: | ---: |",
        "| A name | **broken** | 12 | 0 | 1,000 |",
        "",
        "### Files that could not be checked",
        "",
        "- `app/b.py:2:8` IMC001 fact; remedy",
        "",
        "### A name: 12 violations",
        "",
        "> Do this.",
        "> Or that.",
        "",
        "- `app/a.py:1:8` IMC201 `app.old` is deprecated; use `app.new`",
        *(f"- `app/a.py:{line}:8` IMC201 fact; remedy" for line in range(2, 11)),
        "- \u2026 and 2 more",
        "",
        "`linter-ext explain CODE` says why a code is reported, and how to mend it.",
        "",
    ]


def test_markdown_of_nothing() -> None:
    assert written(markdown.render, result(allowed=3)).splitlines() == [
        "## linter-ext: no violations, 3 allowed",
        "",
        "|  |  |",
        "| --- | ---: |",
        "| files checked | 3 |",
        "| files with violations | 0 |",
        "| contracts kept | 1 of 1 |",
        "",
        "| contract | result | violations | known | ignored |",
        "| --- | --- | ---: | ---: | ---: |",
        "| A name | kept | 0 | 0 | 0 |",
        "",
    ]


def test_markdown_tells_causes_and_test_files_first() -> None:
    stopped = Uncollectable(
        "tests/test_a.py", (ChainLink("app/a.py", 1, "app.gone", Code.NO_MODULE),)
    )
    found = violation("app/a.py", 1, Code.NO_MODULE, cause="app.gone")
    given = replace(
        result(found),
        causes=find_causes([found], [stopped]),
        collection=Collection(("tests/test_a.py", "tests/test_b.py"), (stopped,)),
    )

    lines = written(markdown.render, given).splitlines()

    assert "| test files that can be collected | 1 of 2 |" in lines
    assert lines[lines.index("### Root causes") : lines.index("### A name: 1 violation")] == [
        "### Root causes",
        "",
        (
            "- 1 import in 1 file fails because there is no module `app.gone` (IMC401); "
            "1 test file waits for it"
        ),
        "",
        "### Test files that cannot be collected",
        "",
        "- `tests/test_a.py` there is no module `app.gone` (IMC401)",
        "",
    ]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("no 'a.b'; use 'c.d'", "no <code>a.b</code>; use <code>c.d</code>"),
        ("*a* _b_ __c__ `d` ~~e~~", "*a* _b_ __c__ `d` ~~e~~"),
        ("[a](b) <b>c</b> &amp; a & b", "[a](b) &lt;b&gt;c&lt;/b&gt; &amp;amp; a &amp; b"),
        ("pytest's own, isn't it", "pytest's own, isn't it"),
        ("ask @team, see #12", "ask <code>@team</code>, see <code>#12</code>"),
        ("'a`b' and 'c``d'", "<code>a`b</code> and <code>c``d</code>"),
        ("under 'a|b' or c|d", "under <code>a|b</code> or c|d"),
        ("a\\b $x$", "a\\b $x$"),
    ],
)
def test_markdown_reads_as_it_is_written(message: str, shown: str) -> None:
    page = rendered(result(violation("app/a.py", 1, message=message), name=message))

    assert f"<li><code>app/a.py:1:8</code> IMC201 {shown}</li>" in page
    assert f"<td>{shown}</td>" in page
    assert f"<h3>{shown}: 1 violation</h3>" in page


def test_markdown_paths_are_code() -> None:
    page = rendered(result(violation("app/`a`.py", 1), violation("app/\udcff.py", 1)))

    assert "<li><code>app/`a`.py:1:8</code> IMC201" in page
    assert "<li><code>app/\\udcff.py:1:8</code> IMC201" in page


@pytest.mark.parametrize("number", [1, 500, 5_000])
def test_markdown_is_no_longer_than_a_comment_may_be(number: int) -> None:
    long = violation("app/\N{HOT BEVERAGE}.py", 1, message="\N{HOT BEVERAGE} " * 2_000)
    given = several(*((f"Contract {place}", (long,)) for place in range(number)))

    text = written(markdown.render, given)

    assert len(text.encode()) <= 65_536
    assert ("There is more than fits here" in text) == (number > 1)
    assert text.endswith("\n")


# All of them, on whatever names and messages there are.

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NAMES = st.one_of(
    TEXTS, st.sampled_from(["a|b", "50%", "::error::", "a\udcffb", "]]>", "`", "{0}"])
)
RESULTS = st.builds(
    lambda found, name: result(*sorted(found, key=lambda item: item.sort_key), name=name),
    st.lists(
        st.builds(
            violation,
            NAMES.map("app/{}".format),
            st.integers(1, 9),
            st.sampled_from(Code),
            target=NAMES,
            message=NAMES.filter(lambda text: "\n" not in text),
            chain=st.sampled_from([(), LINKS]),
        ),
        max_size=15,
    ),
    NAMES,
)


@settings(max_examples=40, deadline=None)
@given(RESULTS)
def test_whatever_is_reported_is_valid(given: Result) -> None:
    validate_json(encoded(written(json_reporter.render, given)))
    validate_sarif(encoded(written(sarif.render, given)))
    validate_gitlab(encoded(written(gitlab.render, given)))
    validate_junit(encoded(written(junit.render, given)))
    assert sum(
        line.startswith("::error ") for line in written(github.render, given).split("\n")
    ) == min(10, len(given.report.violations))
    assert not re.search(r"<(?!/?(h\d|p|table|t\w+|li|ul|code|strong|hr)\b)", rendered(given))
    assert html.unescape(rendered(given)).count("<li>") >= min(10, len(given.report.violations))
