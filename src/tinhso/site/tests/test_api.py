"""The JSON API as a whole: its description is committed, served, and complete."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from pydantic import BaseModel

from tinhso.site import reference


@pytest.mark.slow
def test_the_committed_description_is_the_one_that_is_served() -> None:
    committed = (reference.folder() / "openapi.json").read_text(encoding="utf-8")
    assert committed == reference.pages()["openapi.json"], "run ./tinhso docs write"
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200
    assert served.json() == json.loads(committed)


def test_it_describes_every_refusal_as_a_problem() -> None:
    described = json.loads(reference.pages()["openapi.json"])
    assert described["openapi"] == "3.1.0"
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["security"], (method, path)
            refusals = {
                status: answer["content"]
                for status, answer in operation["responses"].items()
                if status >= "400"
            }
            assert {"401", "403", "404", "422"} <= set(refusals)
            assert ("413" in refusals) == ("requestBody" in operation), (method, path)
            for part in operation.get("parameters", []):
                assert isinstance(part.get("examples", {}), dict), (
                    "examples of a parameter have names"
                )
            assert all(set(given) == {"application/problem+json"} for given in refusals.values())


def test_the_description_tells_of_the_key_at_every_post_and_put() -> None:
    described = json.loads(reference.pages()["openapi.json"])
    posts = [
        methods[method]
        for methods in described["paths"].values()
        for method in {"post", "put"} & methods.keys()
    ]
    assert len(posts) > 10
    for post in posts:
        assert [part["name"] for part in post["parameters"]].count("Idempotency-Key") == 1
        assert "409" in post["responses"]


def _shapes(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for shape in base.__subclasses__():
        yield shape
        yield from _shapes(shape)


def test_no_two_shapes_are_described_under_one_name() -> None:
    """The description knows a shape by its name alone: the second of two would hide the first."""
    shapes = {each for each in _shapes(BaseModel) if each.__module__.startswith("tinhso.")}
    names = Counter(each.__name__ for each in shapes)
    assert [name for name, times in names.items() if times > 1] == []
