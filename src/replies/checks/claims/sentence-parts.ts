/** What a sentence of an answer does with what it speaks of. All of it in matching form. Pure. */

const CLAUSES = /[،,؛;:()\n]|(?<=\s)(?:ولی|اما|but|vali)(?=\s)/u;
const DENIED =
  /(?<!\p{L})(?:نیست|نیستند|ندارد|نداره|نداریم|ندارم|ندارند|نمی ?\p{L}+|نشده|نشد|بدون|خیر|no|not|don.?t|doesn.?t|isn.?t|aren.?t|can.?t|cannot|won.?t|without|nadarim|nadare|nist|nemi ?\p{L}+)(?!\p{L})/u;
/** Asks, supposes, or says that somebody else will tell. */
const ASKS_IF = /(?<!\p{L})(?:اگر|اگه|ایا|if|whether|age|agar)(?!\p{L})/u;
const NOT_KNOWN =
  /(?<!\p{L})(?:نمی ?(?:دانم|دونم|دانیم|دونیم)|مطمئن نیستم|اطلاع\p{L}* (?:دقیقی? )?(?:ندارم|نداریم)|دقیق (?:ندارم|نداریم|نمی ?دانم)|don.?t know|do not know|not sure|can.?t (?:see|tell|confirm|check|promise)|cannot (?:see|tell|confirm|check|promise)|nemi ?(?:doonam|danam))(?!\p{L})/u;
const DEFERS =
  /(?<!\p{L})(?:همکار\p{L}*|پشتیبان\p{L}*|اپراتور|کارشناس\p{L}*|colleagues?|operator|someone from|our team|hamkar\p{L}*)(?!\p{L})/u;
/** The deed is not done: it is waited for, or what comes then is told. */
const NOT_YET =
  /(?<!\p{L})(?:وقتی|زمانی که|هر ?وقت|هرگاه|پس از|بعد از|به محض|تا وقتی|قبل از|اگر|اگه|when|once|after|as soon as|if|until|before|unless|vaghti|bad az|age)(?!\p{L})/u;

/** «به همکارم ارسال شد»: it went to a colleague. */
const PASSES_ON =
  /(?<!\p{L})(?:(?:به|برای) (?:همکار|پشتیبان|کارشناس)\p{L}*|to (?:a|my|our|the) (?:colleagues?|team|operator)|be hamkar\p{L}*)(?!\p{L})/u;

export function clausesOf(form: string): string[] {
  return form.split(CLAUSES).filter((clause) => clause.trim() !== '');
}

export const isDenied = (clause: string): boolean => DENIED.test(clause);
export const asksIf = (clause: string): boolean => ASKS_IF.test(clause);
export const isNotKnown = (form: string): boolean => NOT_KNOWN.test(form);
export const leavesToOthers = (form: string): boolean => DEFERS.test(form);
/** A word that makes what follows it a condition stands in the text. */
export const isCondition = (before: string): boolean => NOT_YET.test(before);
export const passesOn = (clause: string): boolean => PASSES_ON.test(clause);
