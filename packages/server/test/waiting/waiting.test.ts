// A thing that waits for an answer is worth what the right of its maker is worth: the whole table.
import { waitingTable } from './waiting-table.ts';

waitingTable();
