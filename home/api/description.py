"""What the API's description says beside its types: limits, languages, problems, and an example for each operation."""

from typing import Any

from django.conf import settings

from territoire.outlets.open_data import LICENCE

from .kinds import example_of
from .problems import MEDIA_TYPE, Problem

ABOUT = (
    "Everything that the site shows of its placements, rooms, hosts, aids, strengths, testimonials, partner "
    "universities and events. Read-only, without a key, in each language of the site, from any other site (CORS)."
)
POINTS = [
    (
        "Languages",
        "lang, else Accept-Language; English for languages that the site has not, else French. "
        "What is not translated stands in French and says so.",
    ),
    (
        "Filters",
        "names and codes are those of the site's own lists: the query of a list's address works here. An empty value, "
        "as the list's form writes it, is no filter.",
    ),
    ("Pages", "page and per_page; the neighbours are in links and in the Link header."),
    (
        "Again and again",
        "keep ETag or Last-Modified, for each language its own, and ask with If-None-Match or If-Modified-Since: the "
        "answer is 304 until something has changed.",
    ),
    ("Limits", "in RateLimit and RateLimit-Policy; beyond them the answer is 429 with Retry-After."),
    ("Errors", "application/problem+json (RFC 9457); each wrong parameter is named."),
    ("Fictional records", "are invented for a demo. Show their notice beside them."),
    ("Licence", "Licence Ouverte 2.0 (Etalab) for the data; pictures have their own, in picture.licence."),
]
ANSWERS = {
    "304": "Nothing has changed since (`If-None-Match`, `If-Modified-Since`).",
    "404": "There is no such record, no such page of results, or nothing between the two dates.",
    "410": "The record was taken back.",
    "414": "The address is too long for the server.",
    "422": "A parameter is unknown or cannot be understood.",
    "429": "Too many requests: wait as `Retry-After` says.",
    "500": "The server failed.",
}
HEADERS = {
    "ETag": "Changes with the answer.",
    "Last-Modified": "When the site’s content last changed.",
    "Content-Language": "The language of the answer.",
    "RateLimit": "How many requests are left (`r`) and for how many seconds (`t`).",
    "RateLimit-Policy": "How many requests are allowed (`q`) in how many seconds (`w`).",
}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that Ninja made with what it does not know of."""
    schema["info"]["description"] = "\n".join([ABOUT, "", *(f"- **{title}**: {text}" for title, text in POINTS)])
    schema["info"]["license"] = {"name": LICENCE["title"], "url": LICENCE["path"]}
    schema["servers"] = [{"url": settings.SITE_URL}]
    schema["components"]["schemas"] |= _problem_schemas()
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            _describe(operation, single="{code}" in path)
    return schema


def _describe(operation: dict[str, Any], *, single: bool) -> None:
    operation["parameters"].append(
        {
            "in": "header",
            "name": "Accept-Language",
            "required": False,
            "schema": {"type": "string"},
            "description": "Languages that are understood, the best one first.",
        }
    )
    example = example_of(operation["operationId"].partition("_")[2] or operation["operationId"])
    if single:
        example = example["results"][0]
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter["example"] = example["id"]
    answers = operation["responses"]
    good = answers.pop("200", None) or answers.pop(200)
    good["description"] = "OK"
    good["content"]["application/json"]["example"] = example
    good["headers"] = {name: {"schema": {"type": "string"}, "description": text} for name, text in HEADERS.items()}
    answers.clear()
    answers["200"] = good
    for status, text in ANSWERS.items():
        if status == "410" and not single:
            continue
        answers[status] = {"description": text}
        if status not in {"304", "414"}:
            answers[status]["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _problem_schemas() -> dict[str, Any]:
    """Return the schemas of a problem, each under its name."""
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**problem.pop("$defs", {}), "Problem": problem}
