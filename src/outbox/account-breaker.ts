/** When the provider of one account is left in peace, and when it is asked again. Pure: the clock is an argument. */

export interface BreakerLimits {
  /** This many requests in a row without an answer open it. */
  failuresToOpen: number;
  /** How long it stays open at first; twice as long after each probe that failed. */
  openMs: number;
  openAtMostMs: number;
  /** A provider that asks for a longer pause is asked again after this one, by one request. */
  pauseAtMostMs: number;
  /** This many failures in a row over at least `troubleMs`, or this many customers refused in a row, are trouble. */
  troubleAfter: number;
  troubleMs: number;
}

/** What one request came to. */
export type RequestResult =
  | { kind: 'sent' }
  /** The provider answered, and will not deliver this; `contact` where that may be about whom it was for. */
  | { kind: 'refused'; contact: string | null }
  /** It could not be reached, or gave no usable answer. */
  | { kind: 'no_answer' }
  /** It asked to be left in peace. `sendId` was told so, and comes back at that time by itself; null: nobody was. */
  | { kind: 'put_off'; forMs: number; sendId: string | null };

export type Trouble = 'no_answer' | 'refuses_everybody';

export type Admission = { isOpen: true; isProbe: boolean } | { isOpen: false; retryAtMs: number };

/** While a probe is under way, others ask again after this long. */
const PROBE_MS = 1000;

export class AccountBreaker {
  private failures = 0;
  private firstFailedAtMs = 0;
  /** Nobody asks before this time; null: closed. */
  private closedUntilMs: number | null = null;
  /** The provider itself named the time: only a request begun after it can shorten it. */
  private isPutOff = false;
  private putOffId: string | null = null;
  private openMs: number;
  private isProbing = false;
  private hasFailed = false;
  /** Customers refused since somebody was sent to; at most `troubleAfter` of them. */
  private readonly refused = new Set<string>();
  private readonly limits: BreakerLimits;

  constructor(limits: BreakerLimits) {
    this.limits = limits;
    this.openMs = limits.openMs;
  }

  /** Nothing is remembered that a new breaker would not know. */
  get isPristine(): boolean {
    return !this.hasFailed && this.closedUntilMs === null;
  }

  /**
   * Whether a request may begin. After a pause one may, as a probe; its result must be noted, or `dropProbe` called. What the
   * provider itself put off is always the probe: it was told the time.
   */
  admit(sendId: string, nowMs: number): Admission {
    if (this.closedUntilMs === null) return { isOpen: true, isProbe: false };
    if (nowMs < this.closedUntilMs && sendId !== this.putOffId) return { isOpen: false, retryAtMs: this.closedUntilMs };
    if (this.isProbing) return { isOpen: false, retryAtMs: nowMs + PROBE_MS };
    this.isProbing = true;
    return { isOpen: true, isProbe: true };
  }

  /** The probe ended without having asked the provider. */
  dropProbe(): void {
    this.isProbing = false;
  }

  /** Returns whether the account works again: it is the first that was sent after one that was not. */
  note(result: RequestResult, isProbe: boolean, nowMs: number): boolean {
    if (isProbe) this.isProbing = false;
    const isSent = result.kind === 'sent';
    const worksAgain = isSent && this.hasFailed;
    this.hasFailed = !isSent;
    if (isSent) this.refused.clear();
    if (result.kind === 'refused' && result.contact !== null && this.refused.size < this.limits.troubleAfter)
      this.refused.add(result.contact);
    if (result.kind === 'put_off') this.pause(result, nowMs);
    else if (result.kind === 'no_answer') this.fail(isProbe, nowMs);
    else this.close(isProbe);
    return worksAgain;
  }

  /** What somebody should know of the account. */
  troubleAt(nowMs: number): Trouble | null {
    const { troubleAfter, troubleMs } = this.limits;
    const hasFailedLong = this.failures >= troubleAfter && nowMs - this.firstFailedAtMs >= troubleMs;
    if (hasFailedLong || (this.closedUntilMs !== null && !this.isPutOff)) return 'no_answer';
    return this.refused.size >= troubleAfter ? 'refuses_everybody' : null;
  }

  private pause({ forMs, sendId }: Extract<RequestResult, { kind: 'put_off' }>, nowMs: number): void {
    const untilMs = nowMs + Math.min(forMs, this.limits.pauseAtMostMs);
    this.failures = 0;
    this.closedUntilMs = Math.max(this.closedUntilMs ?? 0, untilMs);
    this.isPutOff = true;
    this.putOffId = sendId;
  }

  private fail(isProbe: boolean, nowMs: number): void {
    if (this.failures === 0) this.firstFailedAtMs = nowMs;
    this.failures += 1;
    // Requests that were under way when it opened say nothing new.
    if (this.closedUntilMs !== null && !isProbe) return;
    if (!isProbe && this.failures < this.limits.failuresToOpen) return;
    this.closedUntilMs = nowMs + this.openMs;
    this.isPutOff = false;
    this.putOffId = null;
    this.openMs = Math.min(this.openMs * 2, this.limits.openAtMostMs);
  }

  private close(isProbe: boolean): void {
    this.failures = 0;
    if (this.isPutOff && !isProbe) return;
    this.closedUntilMs = null;
    this.isPutOff = false;
    this.putOffId = null;
    this.openMs = this.limits.openMs;
  }
}
