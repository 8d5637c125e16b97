"""The dotted paths that Django looks up."""

from __future__ import annotations

import pytest

from linter_ext.source.django_settings import (
    depends_on_django,
    find_settings,
    may_set,
    may_set_modules,
)
from linter_ext.source.facts import Reference, ReferenceKind, Referrer, Span
from linter_ext.source.text import SourceText
from tests.source.reading import place


def settings_of(text: str) -> list[str]:
    """Return what is found in a text, each as its kind, its path and its place."""
    found = find_settings(SourceText(text))
    return [f"{item.kind} {item.target} {place(item.span)}" for item in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('dependencies = ["Django>=4.2"]', id="pyproject.toml"),
        pytest.param('dependencies = [\n  "django",\n]', id="without a version"),
        pytest.param('[tool.poetry.dependencies]\ndjango = "^5"', id="Poetry"),
        pytest.param(
            "install_requires =\n    django[argon2] ~= 4.2 ; python_version > '3'", id="cfg"
        ),
        pytest.param("x==1\nDjango==5.0  # web\n", id="requirements.txt"),
        pytest.param("setup(install_requires=['Django'])", id="setup.py"),
        pytest.param('[packages]\ndjango = "*"', id="Pipfile"),
        pytest.param("django @ https://example.com/django.zip", id="a URL"),
    ],
)
def test_a_project_depends_on_django(text: str) -> None:
    assert depends_on_django(["", text])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("django-environ>=1\ndjangorestframework\npytest-django==4", id="others"),
        pytest.param("# Django==5", id="a comment"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_project_does_not_depend_on_django(text: str) -> None:
    assert not depends_on_django([text])


def test_a_setting_has_all_its_facts() -> None:
    text = "MIDDLEWARE = [\n    'app.a.B',\n]\n"

    assert find_settings(SourceText(text)) == (
        Reference("app.a.B", ReferenceKind.OBJECT, Span(2, 5, 2, 14), 1, Referrer.DECLARED),
    )


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        pytest.param(
            "INSTALLED_APPS = ['a', 'b.C']", ["object a 1:19-22", "object b.C 1:24-29"], id="apps"
        ),
        pytest.param("ROOT_URLCONF = 'a.urls'", ["module a.urls 1:16-24"], id="URLconf"),
        pytest.param("WSGI_APPLICATION: str = 'a.b'", ["object a.b 1:25-30"], id="annotated"),
        pytest.param("MIDDLEWARE += ('a.b',)", ["object a.b 1:16-21"], id="added"),
        pytest.param("MIDDLEWARE = X + ['a.b'] + Y", ["object a.b 1:19-24"], id="a sum"),
        pytest.param(
            "TEST_RUNNER = 'a.b' if x else 'c.d'",
            ["object a.b 1:15-20", "object c.d 1:31-36"],
            id="either",
        ),
        pytest.param(
            "MIDDLEWARE.append('a.b'); MIDDLEWARE.insert(0, 'c.d'); MIDDLEWARE.extend(['e.f'])",
            ["object a.b 1:19-24", "object c.d 1:48-53", "object e.f 1:75-80"],
            id="by method",
        ),
        pytest.param("if x:\n MIDDLEWARE = ['a.b']", ["object a.b 2:16-21"], id="a branch"),
        pytest.param("class Dev:\n MIDDLEWARE = ['a.b']", ["object a.b 2:16-21"], id="a class"),
        pytest.param(
            "TEMPLATES = [{'BACKEND': 'a.b', 'DIRS': ['c'], 'OPTIONS': {"
            "'context_processors': ['d.e'], 'loaders': [('f.g', ['h.i'])], 'builtins': ['j']}}]",
            [
                "object a.b 1:26-31",
                "object d.e 1:83-88",
                "object f.g 1:104-109",
                "object h.i 1:112-117",
                "module j 1:135-138",
            ],
            id="templates",
        ),
        pytest.param(
            "CACHES = {'default': {'BACKEND': 'a.b', 'LOCATION': 'c.d', **x}}",
            ["object a.b 1:34-39"],
            id="caches",
        ),
        pytest.param(
            "DATABASES = {'default': {'ENGINE': 'a.b', 'NAME': 'c.d'}}",
            ["module a.b 1:36-41"],
            id="databases",
        ),
        pytest.param(
            "settings.configure(ROOT_URLCONF='a.b', DEBUG=True)",
            ["module a.b 1:33-38"],
            id="configure",
        ),
        pytest.param(
            "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.b')",
            ["module a.b 2:49-54"],
            id="the settings module",
        ),
        pytest.param(
            "os.environ['DJANGO_SETTINGS_MODULE'] = 'a.b'", ["module a.b 1:40-45"], id="by key"
        ),
        pytest.param(
            "urlpatterns = [path('', include('a.b')), path('', include(('c.d', 'e'), 'f'))]",
            ["module a.b 1:33-38", "module c.d 1:60-65"],
            id="included",
        ),
        pytest.param("handler404 = 'a.b'", ["object a.b 1:14-19"], id="a handler"),
        pytest.param(
            "DEBUG = f(1),\nROOT_URLCONF = 'a.b'", ["module a.b 2:16-21"], id="after a tuple"
        ),
        pytest.param(
            "x = '('  # (\nROOT_URLCONF = 'a.b'", ["module a.b 2:16-21"], id="after a bracket"
        ),
        pytest.param(
            "x.configure(\n    ROOT_URLCONF='a.b',\n)", ["module a.b 2:18-23"], id="on its line"
        ),
        pytest.param(
            "f(\n    MIDDLEWARE.append('a.b'),\n)", ["object a.b 2:23-28"], id="in brackets"
        ),
    ],
)
def test_django_looks_paths_up(text: str, settings: list[str]) -> None:
    assert settings_of(text) == settings
    assert may_set(text)
    assert may_set_modules(text) >= any(item.startswith("module") for item in settings)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("MIDDLEWARE = ['a.b']", id="a setting of objects"),
        pytest.param("x.configure(MIDDLEWARE=['a.b'])", id="objects in a call"),
        pytest.param("@override_settings(ROOT_URLCONF='a.b')\ndef f(): 0", id="overridden"),
        pytest.param("reinclude('a.b'); OLD_ROOT_URLCONF = 'a.b'", id="other names"),
    ],
)
def test_settings_that_name_no_modules(text: str) -> None:
    assert not may_set_modules(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("AUTH_USER_MODEL = 'app.User'", id="a model is no path"),
        pytest.param("MIDDLEWARE = [x, f'a.{b}', 1, b'a.b', 'a/b', *c]", id="other elements"),
        pytest.param("MIDDLEWARES = ['a.b']; self.MIDDLEWARE = ['a.b']", id="other names"),
        pytest.param("MIDDLEWARE.remove('a.b'); MIDDLEWARE.append()", id="other methods"),
        pytest.param("TEMPLATES = x; TEMPLATES = ['a.b']", id="templates of no dictionary"),
        pytest.param(
            "os.environ['HOME'] = 'a.b'; os.environ.setdefault('HOME', 'a.b')", id="other"
        ),
        pytest.param("include(urls); include(()); urls.include('a.b')", id="other arguments"),
        pytest.param("MIDDLEWARE: list = x; MIDDLEWARE: list", id="annotated only"),
        pytest.param("f(ROOT_URLCONF='a.b')", id="other calls"),
        pytest.param("@override_settings(ROOT_URLCONF='a.b')\ndef f(): 0", id="overridden"),
        pytest.param("settings.ROOT_URLCONF = 'a.b'", id="overridden by attribute"),
    ],
)
def test_django_does_not_look_other_strings_up(text: str) -> None:
    assert settings_of(text) == []


def test_a_file_without_such_words_has_no_settings() -> None:
    assert not may_set("import os\nincluded = os.environ['HOME']\n")


def test_arguments_are_no_settings() -> None:
    text = "@override_settings(\n    ROOT_URLCONF='a.b',\n    MIDDLEWARE=['c.d'],\n)\ndef f(): 0\n"

    assert settings_of(text) == []
    assert not may_set(text)
