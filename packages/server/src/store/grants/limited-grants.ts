// Limited grants are what a person gave an app by Limited Login: read for id_tokens, and by nothing of the Graph.
// Deleted with the app's removal (consent/remove-app.ts) and with the person (operator/delete-person.ts).
import { grantRows } from './grant-rows.ts';

export const { find, ofPerson, holdForChange, put, remove, removePerson } = grantRows('limited_grants');
