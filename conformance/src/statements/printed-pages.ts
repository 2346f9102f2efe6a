// Two editions of a document print this list of Pages as a sample: the same two Pages, of which one edition has lost
// the tasks.
import type { Printed } from './statement.ts';

/** @param tasks of the first and of the second Page, as the edition prints them */
export const printedPages = <First extends Printed, Second extends Printed>(tasks: readonly [First, Second]) =>
  ({
    data: [
      {
        access_token: '<token>',
        category: 'Brand',
        category_list: [{ id: '1605186416478696', name: 'Brand' }],
        name: 'Ash Cat Page',
        id: '1353269864728879',
        tasks: tasks[0],
      },
      {
        access_token: '<token>',
        category: 'Pet Groomer',
        category_list: [
          { id: '163003840417682', name: 'Pet Groomer' },
          { id: '2632', name: 'Pet' },
        ],
        name: 'Unofficial: Tigger the Cat',
        id: '1755847768034402',
        tasks: tasks[1],
      },
    ],
  }) as const;
