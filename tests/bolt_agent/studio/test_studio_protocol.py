"""The protocol's types for the page are those of the server."""

from pathlib import Path

from bolt_agent.studio.typescript import protocol_in_typescript

GENERATED = Path(__file__).parents[3] / "frontend" / "src" / "protocol.ts"


def test_the_types_of_the_page_are_up_to_date():
    told = "write it anew: python -m bolt_agent.studio.typescript > frontend/src/protocol.ts"
    assert GENERATED.read_text(encoding="utf-8") == protocol_in_typescript(), told


def test_every_message_has_its_type():
    text = protocol_in_typescript()
    assert 'type: "hello";' in text
    assert "robot?: string | null;" in text  # what a page sends may leave out what has a default
    assert "item: Item;" in text
    assert "unknown[]" not in text
