"""What is wrong with a file: where, and in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One error: the file, the record (by its reference), the field (dotted path) and a sentence."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{place}: {self.message}"


class LoadError(Exception):
    """The files cannot be loaded; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
