import { addDays, chinaDate, type Instant } from '../../rules/civil-date.ts';
import { type AgedList, agedQuestions } from '../../rules/compliance/aged-questions.ts';
import { agedRules, daysUntilOld } from '../../rules/compliance/aged-rules.ts';
import type { Transaction } from '../../store/database.ts';
import { organisationsWithOpenShipments } from '../../store/rechecks.ts';
import { listsInForce, type ReferenceListName } from '../../store/reference-lists.ts';
import { putQuestion } from '../../store/tasks.ts';
import type { Dependencies } from '../dependencies.ts';

/** By what a list ages: lists of parties change daily, tables in weeks; declarations of the past do not age. */
const ageOf: Readonly<Partial<Record<ReferenceListName, string>>> = {
  sdn: 'screening-lists',
  csl: 'screening-lists',
  tariff: 'tariff-tables',
};

/** Looks every day at what has grown old. */
export function agedReferenceActivities({ database, reference: law }: Dependencies) {
  return {
    /**
     * Puts a task on the list of every organisation with a shipment under way for each kind of data that nobody has verified
     * for too long. The same data is asked about once. Answers how many questions stand.
     */
    async askAboutAgedReference({ asOf }: { asOf: Instant }): Promise<number> {
      const rules = agedRules(law, chinaDate(asOf));
      let questions = 0;
      const failures: unknown[] = [];
      // One organisation whose records cannot be read keeps no other from being asked.
      for (const organisation of await organisationsWithOpenShipments(database))
        await database
          .within(organisation, (transaction) => askAbout(transaction, rules, asOf))
          .then((asked) => {
            questions += asked;
          })
          .catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
      return questions;
    },
  };

  async function askAbout(
    transaction: Transaction,
    rules: ReturnType<typeof agedRules>,
    asOf: Instant,
  ): Promise<number> {
    const asked = agedQuestions(rules, await agedLists(transaction, asOf));
    for (const question of asked)
      await putQuestion(transaction, {
        // Asked anew every month: 'not now' holds for no longer.
        id: `${question.key}/${chinaDate(asOf).slice(0, 7)}`,
        reference: null,
        workflowId: null,
        question,
        askedAt: asOf,
      });
    return asked.length;
  }

  async function agedLists(transaction: Transaction, asOf: Instant): Promise<AgedList[]> {
    const today = chinaDate(asOf);
    return (await listsInForce(transaction)).flatMap(({ list, version, importedAt }) => {
      const kind = ageOf[list];
      if (kind === undefined) return [];
      const importedOn = chinaDate(importedAt);
      const dueOn = addDays(importedOn, daysUntilOld(law, kind, today));
      return dueOn <= today ? [{ list, version, importedOn, dueOn }] : [];
    });
  }
}
export type AgedReferenceActivities = ReturnType<typeof agedReferenceActivities>;
