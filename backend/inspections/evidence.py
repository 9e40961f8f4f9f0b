"""How evidence is known without its name: file names may tell something, a keyed hash tells nothing."""

from backend.core.keys import Keys


def name_hash(keys: Keys, instance_id: str, name: str) -> bytes:
    """The mark of one attachment of one submission."""
    return keys.keyed_hash("attachment", instance_id, name)
