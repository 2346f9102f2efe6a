// These are the permissions that system users may have, with their plain words. They are loaded when a token is generated.
import { systemUserAllowed } from '@hallpass/protocol';
import { permissionWords } from '../../../graph/permission-words.ts';

export const systemUserPermissions = permissionWords.filter(({ name }) => systemUserAllowed.has(name));
