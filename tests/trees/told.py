"""Projects told in Markdown: fenced blocks whose info string names a language and a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block.

    Attributes:
        section:  the nearest heading above it.
        language: the first word after the fence.
        path:     the second word, the file that the block is; empty if there is none.
        text:     its lines.
    """

    section: str
    language: str
    path: str
    text: str


def headings(markdown: str) -> list[str]:
    """Return the headings, each with its marks: `## What`."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    return [
        f"{token.markup} {tokens[index + 1].content}"
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def blocks(markdown: str) -> list[Block]:
    """Return the fenced blocks, in order."""
    return list(_blocks(markdown))


def project(told: Sequence[Block], *sections: str) -> dict[str, str]:
    """Return the files that the blocks of these sections are; a later block replaces a former."""
    return {item.path: item.text for item in told if item.path and item.section in sections}


def lines(told: Sequence[Block], section: str) -> list[str]:
    """Return the lines of the `text` blocks of a section: what a tool is to print."""
    return [
        line
        for item in told
        if item.section == section and item.language == "text"
        for line in item.text.splitlines()
    ]


def _blocks(markdown: str) -> Iterator[Block]:
    section = ""
    tokens = MarkdownIt("commonmark").parse(markdown)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            section = tokens[index + 1].content
        elif token.type == "fence":
            language, path = (*token.info.split(), "", "")[:2]
            yield Block(section=section, language=language, path=path, text=token.content)
