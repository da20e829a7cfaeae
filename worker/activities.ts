import { bankActivities } from '../activities/bank/activities.ts';
import { brokerActivities } from '../activities/broker/activities.ts';
import { carrierActivities } from '../activities/carrier/activities.ts';
import { complianceActivities } from '../activities/compliance/activities.ts';
import { agedReferenceActivities } from '../activities/compliance/aged-reference.ts';
import { customsActivities } from '../activities/customs/activities.ts';
import type { Dependencies } from '../activities/dependencies.ts';
import { peopleActivities } from '../activities/people/activities.ts';
import { recordActivities, recordProgressActivity } from '../activities/records/activities.ts';
import { taxBureauActivities } from '../activities/tax-bureau/activities.ts';

/** Every activity, by the name that stands in histories. Two parties never share one: the types would not allow the spread. */
export function activitiesOf(dependencies: Dependencies) {
  return {
    ...bankActivities(dependencies),
    ...brokerActivities(dependencies),
    ...carrierActivities(dependencies),
    ...agedReferenceActivities(dependencies),
    ...complianceActivities(dependencies),
    ...customsActivities(dependencies),
    ...peopleActivities(dependencies),
    ...recordActivities(dependencies),
    ...recordProgressActivity(dependencies),
    ...taxBureauActivities(dependencies),
  };
}
