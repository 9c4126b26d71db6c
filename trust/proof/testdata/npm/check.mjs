// Reads {document, purpose} a line, and answers for each line whether the libraries verify its proof: true, or why not.
import {documentLoader, verifySuites} from './suites.mjs';
import jsigs from 'jsonld-signatures';
import readline from 'node:readline';

const {AssertionProofPurpose, ControllerProofPurpose} = jsigs.purposes;

for await (const line of readline.createInterface({input: process.stdin})) {
  const {document, purpose} = JSON.parse(line);
  const expected = purpose === 'assertionMethod' ?
    new AssertionProofPurpose() : new ControllerProofPurpose({term: purpose});
  const result = await jsigs.verify(document, {suite: verifySuites(), purpose: expected, documentLoader});
  console.log(JSON.stringify(result.verified === true ? true : String(result.error?.errors ?? result.error)));
}
