"""Forms that people send: their fields as the API takes them, or what is wrong with each."""

from typing import Any

from marshmallow import Schema, ValidationError

from backend.core.errors import InvalidInput, Refusal


def loaded(schema: Schema, given: Any, prefix: str) -> dict[str, Any]:
    """The fields that were filled in. Raises InvalidInput by their words, which begin with `prefix`."""
    filled = {name: text.strip() for name, text in given.items() if text.strip() and name in schema.fields}
    try:
        said: dict[str, Any] = schema.load(filled)
    except ValidationError as problem:
        faults = {f"{prefix}{name}": "wrong" if name in filled else "required" for name in problem.messages}
        raise InvalidInput(**faults) from None
    return said


def by_words(refusal: Refusal, prefix: str) -> Refusal:
    """A refusal whose faults are named as `loaded` names them, also those that a deed found."""
    named = {
        name if name.startswith(prefix) else f"{prefix}{name}": said for name, said in refusal.data.items()
    }
    return type(refusal)(**named)
