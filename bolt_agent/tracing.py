"""Spans of what takes time (a turn, a model's answer, a program, a motion), for OpenTelemetry where it is wanted.

Without `trace_to` a span costs next to nothing, and OpenTelemetry need not be installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

__all__ = ["EXPORTERS", "TracingMissing", "span", "trace_to", "turn_span"]

EXPORTERS: Final = ("console", "otlp")
"""Where spans may go: to standard error, or to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names."""


class TracingMissing(ImportError):
    """OpenTelemetry is not installed."""


_provider: TracerProvider | None = None


@contextmanager
def trace_to(where: str | None) -> Iterator[None]:
    """Send spans there while the block runs; None: nowhere. Raises TracingMissing, and ValueError for another name."""
    global _provider
    if where is None:
        yield
        return
    if where not in EXPORTERS:
        raise ValueError(f"--trace is {' or '.join(EXPORTERS)}, not {where!r}")
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

        exporter = _exporter(where)
    except ImportError as error:
        raise TracingMissing("tracing needs OpenTelemetry: pip install 'bolt-agent[trace]'") from error
    _provider = TracerProvider(resource=Resource.create({"service.name": "bolt-agent"}))
    _provider.add_span_processor((SimpleSpanProcessor if where == "console" else BatchSpanProcessor)(exporter))
    try:
        yield
    finally:
        provider, _provider = _provider, None
        provider.shutdown()


@contextmanager
def turn_span(**attributes: Any) -> Iterator[None]:
    """The span of a turn: what its tasks begin belongs to it."""
    if _provider is None:
        yield
        return
    with _provider.get_tracer("bolt_agent").start_as_current_span("turn", attributes=_said(attributes)):
        yield


@contextmanager
def span(name: str, **attributes: Any) -> Iterator[None]:
    """A span inside of a turn. It may be held over the pauses of a generator: nothing else becomes its child."""
    if _provider is None:
        yield
        return
    begun = _provider.get_tracer("bolt_agent").start_span(name, attributes=_said(attributes))
    try:
        yield
    except Exception as error:
        begun.record_exception(error)
        raise
    finally:
        begun.end()


def _said(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _exporter(where: str) -> SpanExporter:
    if where == "console":
        import sys

        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter(out=sys.stderr)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()
