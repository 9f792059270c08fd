import type { Tracing, TracingSettings } from './tracing.ts';

/**
 * Opens the tracing that is asked for; null when none is. The library is loaded only then: without it nothing is paid for.
 * `onError` is told of what could not be sent.
 */
export async function openTracing(
  settings: TracingSettings | null,
  process: 'api' | 'worker',
  onError: (message: string) => void,
): Promise<Tracing | null> {
  if (settings === null) return null;
  const { createTracing } = await import('./otlp-tracing.ts');
  return createTracing(settings, process, onError);
}
