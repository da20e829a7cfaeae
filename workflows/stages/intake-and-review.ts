import type { Review } from '../../activities/records/contract.ts';
import type { Question } from '../../rules/task.ts';
import { dealWithNext, type Lane, type ShipmentState, unread } from '../carried.ts';
import { findingsOf, idOf } from '../findings-of.ts';
import type { ReviewChange } from '../messages.ts';
import { records } from '../parties.ts';
import { reviewsWhatComes } from '../patches.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { waitUntilLockedAgain } from './documents.ts';

/** Takes the order in: what the process needs to know of it is decided once and stands in the history. */
export async function takeIn(file: ShipmentFile): Promise<void> {
  if (file.state.order) return;
  file.enter('trunk', 'intake');
  file.state.order = await file.consult('takeIn', 'trunk', () =>
    records.takeIn.executeWithOptions({ summary: 'takes the order in' }, [{ ...file.name, asOf: file.asOf }]),
  );
}

type Aside = ShipmentState['review']['asides'][number];

/**
 * Reviews the order until nothing blocks. Each blocking finding is asked of a person; when all are answered the order is
 * reviewed again. With no blocking finding the review approves itself; warnings are put to a person beside it.
 */
export async function reviewCompliance(file: ShipmentFile): Promise<void> {
  const { review } = file.state;
  if (review.approvedAt) return leaveFindings(file);
  for (;;) {
    await waitUntilLockedAgain(file);
    file.enter('trunk', 'compliance-review');
    const heard = heardBy(file);
    const changes = review.changes.items.length;
    const found = await lookAt(file, 'trunk');
    const { questions, findings } = found;
    if (review.noted === review.round && (review.round === 0 || questions.length > 0)) {
      for (const finding of findings) file.note('finding', { ...finding, round: review.round });
      review.noted += 1;
    }
    // What came in while it ran was not looked at: nobody is asked for a paper that is here.
    if (heard !== heardBy(file)) continue;
    review.changes.read = Math.max(review.changes.read, changes);
    if (questions.length === 0 && review.round > 0) noteWarnings(file, findings);
    review.rescreen = (found.screenedBy ?? []).length > 0;
    tellWarnings(file, found);
    askForPapers(file, found);
    leaveFindings(file, questions);
    if (questions.length === 0) return approve(file, findings);
    remember(file, questions);
    const round = review.round;
    await answerAll(file, questions);
    review.round = round + 1;
  }
}

/** What an earlier run asked and this look does not find any more has been settled elsewhere: nobody need answer it. */
function leaveFindings(file: ShipmentFile, questions: Review['questions'] = []): void {
  const asked = new Set(questions.map(({ key }) => `${key}/${file.state.review.round}`));
  file.layAside(({ what, lane, key }) => what === 'review-finding' && lane === 'trunk' && !asked.has(key));
}

/**
 * Until every question of the round is answered. What comes meanwhile is looked at at once, and what it adds is asked
 * beside the rest: whoever waits a week for one paper hears of the next on the day on which it comes.
 */
async function answerAll(file: ShipmentFile, questions: Review['questions']): Promise<void> {
  const { round } = file.state.review;
  let open = 0;
  const answered = () => {
    open -= 1;
  };
  const ask = (asked: Review['questions']) =>
    asked.map((question) => {
      open += 1;
      const answer = answerFinding(file, { ...question, key: `${question.key}/${round}` });
      void answer.then(answered, answered);
      return answer;
    });
  const answers = ask(questions);
  let areAnswered = false;
  // What a look has just added is waited for too: the next round would ask it once more.
  const isOver = () => areAnswered && (open === 0 || !reviewsWhatComes(file.state));
  while (!isOver()) {
    const before = heardWhileAsked(file);
    const all = Promise.all(answers).then(() => {
      areAnswered = true;
    });
    await Promise.race([all, file.when(() => heardWhileAsked(file) > before)]);
    if (!isOver()) answers.push(...ask(await lookForNew(file, 'trunk')));
  }
}

/** Papers and invoices, and before the filing corrections too: after each the review is made again. */
function heardWhileAsked({ state: { review, amendments, declaration } }: ShipmentFile): number {
  const papers = review.changes.items.filter(({ cause }) => cause === 'paper').length;
  return papers + (review.asItComes && declaration.filed === 0 ? amendments.length : 0);
}

/**
 * Reviews once more, and tells of what nobody was told of before: warnings beside the process, blocking ones by the answer.
 * @param noted what the log is to say of each new finding beside its round
 */
async function lookForNew(file: ShipmentFile, lane: Lane, noted: object = {}): Promise<Review['questions']> {
  const { review } = file.state;
  const before = new Set(review.told);
  const found = await lookAt(file, lane);
  const fresh = found.questions.filter((question) => findingsOf(question).some((id) => !before.has(id)));
  for (const finding of found.findings)
    if (finding.severity !== 'info' && !before.has(idOf(finding)))
      file.note('finding', { ...finding, round: review.round, ...noted });
  tellWarnings(file, found);
  remember(file, fresh);
  return fresh;
}

/** What was mended is forgotten: should it come up again, it is news. */
function approve(file: ShipmentFile, findings: Review['findings']): void {
  const { review } = file.state;
  const standing = new Set(findings.map(idOf));
  review.told = review.told.filter((id) => standing.has(id));
  review.noted = review.round;
  review.approvedAt = file.asOf;
  file.note('approved', { round: review.round, told: review.told, confirmed: review.confirmed });
}

/** Holds the parties against the lists of this day. What it finds opens the review again; where nothing is new it leaves no trace. */
export async function rescreen(file: ShipmentFile): Promise<void> {
  const { review } = file.state;
  const { questions } = await lookAt(file, 'trunk');
  review.rescreen = false;
  if (questions.length > 0) review.approvedAt = null;
}

/** What holds nothing up is put to people beside the process, each beside the others: one that nobody answers hides no other. */
export async function settleAsides(file: ShipmentFile): Promise<never> {
  const { asides } = file.state.review;
  for (let taken = 0; ; taken++) {
    await file.when(() => asides.length > taken);
    const one = asides[taken];
    if (one && !one.settled) void answerAside(file, one).then(() => (one.settled = true));
  }
}

/** Once declared, nothing holds the goods here any more: what a change brings to light is put to a person beside the process. */
export async function reviewAfterChanges(file: ShipmentFile): Promise<never> {
  const { changes } = file.state.review;
  for (;;) {
    await file.when(() => unread(changes) !== undefined && file.state.declaration.filed > 0);
    await dealWithNext(changes, (change, n) => tellWhatIsNew(file, change, n));
  }
}

async function lookAt(file: ShipmentFile, lane: Lane): Promise<Review> {
  const { documents, amendments, review, records: own } = file.state;
  // An invoice is read in our records: one that has just come has to stand there.
  const isWritten = () => !own.pending.some(({ data }) => data.name === 'registerVatInvoice');
  if (review.asItComes && !isWritten()) await file.recorded();
  const found = await file.consult('reviewCompliance', lane, () =>
    records.reviewCompliance.executeWithOptions({ summary: 'reviews the order' }, [
      {
        ...file.name,
        asOf: file.asOf,
        documents,
        amendments,
        waived: review.waived,
        confirmed: review.confirmed,
        told: review.told,
        stage: remedyStageOf(file),
      },
    ]),
  );
  dropAnswered(file, found);
  return found;
}

/** Counts everything that a review looks at and that may come in while it runs. */
function heardBy({ state: { documents, amendments, review, unlocks } }: ShipmentFile): number {
  return documents.length + amendments.length + review.changes.items.length + unlocks.items.length;
}

/** Warnings about papers that a corrected one has answered ask nobody any more, and are told again should they come again. */
function dropAnswered({ state: { review } }: ShipmentFile, { findings }: Review): void {
  const standing = new Set(findings.map(idOf));
  const isGone = (id: string) => id.startsWith('document-') && !standing.has(id);
  for (const aside of review.asides) {
    const covers = findingsOf(aside.question);
    if (aside.settled || aside.question.kind !== 'review-warnings' || !covers.every(isGone)) continue;
    aside.moot = true;
    review.told = review.told.filter((id) => !covers.includes(id));
  }
}

/** How far the papers are out of our hands: it decides what mends a difference at least cost. */
function remedyStageOf({ state: { declaration, claim } }: ShipmentFile) {
  if (claim.firstSubmittedAt !== null) return 'claimed';
  if (declaration.releasedAt !== null) return 'released';
  return declaration.filed > 0 ? 'filed' : 'before-filing';
}

/** A round that asks nothing ends the review: what it warns of for the first time stands in the log all the same. */
function noteWarnings(file: ShipmentFile, findings: Review['findings']): void {
  const { told, round } = file.state.review;
  for (const finding of findings)
    if (finding.severity === 'warn' && !told.includes(idOf(finding))) file.note('finding', { ...finding, round });
}

function tellWarnings(file: ShipmentFile, { warnings }: Review): void {
  if (!warnings) return;
  const { review } = file.state;
  remember(file, [warnings]);
  const before = review.asides.filter(({ question }) => question.kind === warnings.kind).length;
  putAside(file, { ...warnings, key: `${warnings.key}/${before + 1}` });
}

/** Asked for once each: a paper that nobody wants to wait for any more is not asked for again. */
function askForPapers(file: ShipmentFile, { wanted = [] }: Review): void {
  const { asides } = file.state.review;
  for (const question of wanted) if (!asides.some((one) => one.question.key === question.key)) putAside(file, question);
}

function remember(file: ShipmentFile, questions: readonly Question[]): void {
  const { review } = file.state;
  review.told = [...new Set([...review.told, ...questions.flatMap(findingsOf)])];
}

async function tellWhatIsNew(file: ShipmentFile, { what }: ReviewChange, n: number): Promise<void> {
  for (const question of await lookForNew(file, 'logistics', { change: n }))
    putAside(file, {
      ...question,
      key: `rule-change/${question.key}/${n}`,
      kind: 'rule-change',
      question: `After a change (${what}): ${question.question}`,
      // A party is decided upon for all later orders too.
      choices: [
        ...question.choices.filter(({ id }) => question.screened !== undefined && id !== 'cancel'),
        { id: 'settled', label: 'settled for this shipment: the reason says how', needs: 'reason' },
      ],
    });
}

function putAside(file: ShipmentFile, question: Question): void {
  file.state.review.asides.push({ question, settled: false });
}

async function answerFinding(file: ShipmentFile, question: Question): Promise<void> {
  const { review } = file.state;
  const answer = await file.ask(withoutCancel(file, question), 'trunk');
  const findings = findingsOf(question);
  switch (answer?.choice) {
    case 'not-required':
    case 'proceed':
    case 'does-not-apply':
      review.waived.push(...findings);
      break;
    case 'applies':
      review.confirmed.push(...findings);
      break;
    case 'cancel':
      callOff(file, answer.reason);
      break;
  }
  // What was decided of a party stands in the records, for this shipment and for all later ones: the next look reads it there.
  if (answer !== null && question.screened) await file.recorded();
}

async function answerAside(file: ShipmentFile, aside: Aside): Promise<void> {
  const { review, declaration } = file.state;
  const { question } = aside;
  const isMoot = () => aside.moot === true || (question.kind === 'paper-wanted' && declaration.filed > 0);
  const answer = await file.ask(withoutCancel(file, question), 'logistics', isMoot);
  const findings = findingsOf(question);
  if (answer?.choice === 'accepted') review.waived.push(...findings);
  if (answer?.choice === 'cancel') callOff(file, answer.reason);
  if (answer?.choice !== 'mended') return;
  review.told = review.told.filter((id) => !findings.includes(id));
  if (declaration.filed === 0) review.approvedAt = null;
}

/** Once declared, an order cannot be called off here: customs would have to let it go. */
function withoutCancel({ state }: ShipmentFile, question: Question): Question {
  return {
    ...question,
    choices: question.choices.filter(({ id }) => id !== 'cancel' || state.declaration.filed === 0),
  };
}

function callOff(file: ShipmentFile, reason: string): void {
  file.state.cancelled ??= { reason: reason || 'called off in the review', at: file.asOf };
}
