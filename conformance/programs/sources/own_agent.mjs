import { Agent, get } from 'node:https';
const agent = new Agent({ keepAlive: false });
get(process.argv[2], { agent }, (response) =>
  response.setEncoding('utf8').on('data', (part) => process.stdout.write(part)),
);
