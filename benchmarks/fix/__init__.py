"""Proves `linter-ext fix` on projects of PyPI, and compares it with its peers.

    python -m benchmarks.fix fetch FOLDER             projects and what their tests need
    python -m benchmarks.fix prepare FOLDER           the trees, and whether they are sound
    python -m benchmarks.fix moves FOLDER [--tool T]  (b): ours and peers
    python -m benchmarks.fix absolute FOLDER          (a): relative imports made absolute
    python -m benchmarks.fix canonical FOLDER         (c): names from where they are defined
    python -m benchmarks.fix dresses FOLDER           other line ends and encodings
    python -m benchmarks.fix table FOLDER             all results so far, in Markdown

`--project NAME` takes one project only. `prepare` makes, of each project, a tree `absolute`
without relative imports and a tree `moved`, in which at least 20 modules and 40 names are
elsewhere and shims of several kinds stand at their old paths, and runs the project's own tests
in each: those that pass at first have to pass with the shims in place, before anything is fixed.
`moves` runs each tool on a copy of `moved` and says what became of each import, use and string
outside the shims (`score`, which shares no code with linter_ext) and of everything else
(`faithful`), then runs the tests again, with the shims and without those that no file needs any
more. `canonical` starts from `absolute`, and from `moved` too: to import from a shim is to import
from elsewhere. The same seed gives the same moves.
"""
