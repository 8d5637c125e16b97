"""What a violation is known by from one run to the next."""

from __future__ import annotations

from linter_ext.codes import Code
from linter_ext.fingerprints import Fingerprint, Key, fingerprints, key_of
from tests.results import violation


def test_lines_files_and_messages_do_not_count() -> None:
    before = fingerprints([violation("app/a.py", 1)])
    after = fingerprints([violation("app/b.py", 9, message="other; words", end_line=11)])

    assert before == after == [Fingerprint(Key("rule", "IMC201", "app.a", "app.old"), 1)]


def test_contract_code_importer_and_target_count() -> None:
    first = violation("app/a.py", 1)
    found = [
        first,
        violation("app/a.py", 1, contract=None),
        violation("app/a.py", 1, contract="other"),
        violation("app/a.py", 1, Code.CYCLE),
        violation("app/a.py", 1, target="app.new"),
        first._replace(importer="app.b"),
    ]

    assert {item.ordinal for item in fingerprints(found)} == {1}
    assert len(set(map(str, fingerprints(found)))) == len(found)


def test_repeats_are_counted_in_the_order_of_all_output() -> None:
    found = [violation("a.py", 1), violation("a.py", 2, target="x"), violation("a.py", 3)]

    key, other = key_of(found[0]), key_of(found[1])
    assert fingerprints(found) == [
        Fingerprint(key, 1),
        Fingerprint(other, 1),
        Fingerprint(key, 2),
    ]


def test_the_digits_are_the_same_on_every_machine() -> None:
    key = Key("rule", "IMC201", "app.a", "app.old")

    assert str(Fingerprint(key, 1)) == "ea6cd0fb93e7d24f08a6eedbbaabc970"
    assert str(Fingerprint(key._replace(contract=None), 1)) != str(Fingerprint(key, 1))
    assert len(str(Fingerprint(key._replace(importer="app/\udcff.toml"), 2))) == 32
