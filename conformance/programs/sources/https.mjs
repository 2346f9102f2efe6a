import { get } from 'node:https';
get(process.argv[2], (response) => response.setEncoding('utf8').on('data', (part) => process.stdout.write(part)));
