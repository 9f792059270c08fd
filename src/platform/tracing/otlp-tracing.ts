import {
  context,
  DiagLogLevel,
  diag,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Span, Tracing, TracingSettings } from './tracing.ts';

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const EXPORT_TIMEOUT_MS = 5000;
/** How soon a step is told after it ended. */
const EXPORT_EVERY_MS = 2000;
const MAX_LINKS = 20;

/** OpenTelemetry, sent by OTLP over HTTP. Import it only through `openTracing`. */
export function createTracing(
  { endpoint, headers, serviceName }: TracingSettings,
  process: string,
  onError: (message: string) => void,
): Tracing {
  // The library says only here that a collector is away; what it quotes besides is its own.
  const quiet = () => undefined;
  diag.setLogger(
    { error: (message) => onError(message.slice(0, 300)), warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
    headers: readHeaders(headers),
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `${serviceName}-${process}` }),
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  provider.register();
  const tracer = provider.getTracer('peyk');
  return {
    span(name, { kind, attributes = {}, parents = [] }, work) {
      const [parent, ...others] = parents.flatMap((given) => readContext(given) ?? []);
      const around = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : context.active();
      const links = others.slice(0, MAX_LINKS).map((one) => ({ context: one }));
      const options = { attributes: { ...attributes }, links, ...(kind ? { kind: KINDS[kind] } : {}) };
      return tracer.startActiveSpan(name, options, around, (span) => run(span, work));
    },
    current() {
      const active = trace.getSpanContext(context.active());
      if (!active) return null;
      const flags = active.traceFlags.toString(16).padStart(2, '0');
      return `00-${active.traceId}-${active.spanId}-${flags}`;
    },
    stop: () => provider.shutdown().catch(quiet),
  };
}

async function run<Result>(span: OtelSpan, work: (span: Span) => Promise<Result>) {
  try {
    return await work({ note: (attributes) => void span.setAttributes({ ...attributes }) });
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    // Its message may quote what a customer said.
    span.setAttribute('error.type', nameOf(error));
    throw error;
  } finally {
    span.end();
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

const CONTEXT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function readContext(given: string) {
  const [, traceId, spanId, flags] = CONTEXT.exec(given) ?? [];
  if (!traceId || !spanId || !flags) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

/** `name=value` pairs, values percent-encoded, as OpenTelemetry defines the variable. */
function readHeaders(given: string | null): Record<string, string> {
  const pairs = (given ?? '').split(',').map((pair) => pair.trim());
  return Object.fromEntries(
    pairs.filter(Boolean).map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), decodeURIComponent(value.join('=').trim())];
    }),
  );
}
