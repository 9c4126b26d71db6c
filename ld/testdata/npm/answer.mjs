// Reads a document a line, and answers {nquads} or {refused} for each.
import {canonize} from './canonize.mjs';
import readline from 'node:readline';

for await (const line of readline.createInterface({input: process.stdin})) {
  console.log(JSON.stringify(await canonize(JSON.parse(line))));
}
