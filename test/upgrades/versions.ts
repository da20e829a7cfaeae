/** The build id under which the test runs today's workflows. */
export const TODAY = 'today';
