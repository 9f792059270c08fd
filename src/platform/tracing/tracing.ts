/** What may be said of a step: names, numbers and ids of our own rows. Never a text, an address, a token or who a customer is. */
export type TraceAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** `server`: asked from outside; `client`: asks outside; `producer` and `consumer`: hands on, takes over; else within. */
  kind?: 'server' | 'client' | 'producer' | 'consumer';
  attributes?: TraceAttributes;
  /** Where it belongs, as `current` told it elsewhere; the rest are linked. None: to the span around it, or to nothing. */
  parents?: readonly string[];
}

/** A step under way. */
export interface Span {
  note(attributes: TraceAttributes): void;
}

/** Tells a collector what is done when, and for how long. */
export interface Tracing {
  /** Does `work` as one step. What it throws is told by its name or code alone, and thrown on. */
  span<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** The step around, as a W3C `traceparent`, for whoever goes on elsewhere; null outside of one. */
  current(): string | null;
  /** Sends what is left. */
  stop(): Promise<void>;
}

export interface TracingSettings {
  /** Base address of an OTLP/HTTP collector; `/v1/traces` is added. */
  endpoint: string;
  /** As `name=value`, separated by commas; null: none. Secret. */
  headers: string | null;
  serviceName: string;
}
