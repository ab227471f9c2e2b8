"""Spans and logged events of a turn, as those who look for what takes time or went wrong find them."""

import json
import sys

import pytest

from bolt_agent.logs import log, log_to
from bolt_agent.tracing import TracingMissing, span, trace_to, turn_span


def test_without_tracing_a_span_is_nothing():
    with turn_span(say="go"), span("model"):
        pass


def test_the_spans_of_a_turn_belong_to_it(capsys):
    pytest.importorskip("opentelemetry.sdk", reason="OpenTelemetry is not installed")
    with trace_to("console"), turn_span(say="go"), span("model", model="tiny"):
        pass
    model, turn = spans(capsys.readouterr().err)
    assert (model["name"], model["attributes"]) == ("model", {"model": "tiny"})
    assert (turn["name"], turn["attributes"]) == ("turn", {"say": "go"})
    assert model["parent_id"] == turn["context"]["span_id"]


def spans(text):
    decoder, found = json.JSONDecoder(), []
    while text := text.lstrip():
        one, end = decoder.raw_decode(text)
        found.append(one)
        text = text[end:]
    return found


def test_without_opentelemetry_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    with pytest.raises(TracingMissing, match=r"bolt-agent\[trace\]"), trace_to("console"):
        pass


def test_another_place_is_refused():
    with pytest.raises(ValueError, match="console or otlp"), trace_to("paper"):
        pass


def test_events_are_lines_of_json(tmp_path):
    file = tmp_path / "new" / "events.log"
    with log_to(file):
        log("turn", say="画一个圆", status="ok")
    log("turn", say="nobody hears this")
    (line,) = file.read_text(encoding="utf-8").splitlines()
    event = json.loads(line)
    assert (event["level"], event["event"], event["say"], event["status"]) == ("info", "turn", "画一个圆", "ok")
    assert event["time"].endswith("+00:00")
