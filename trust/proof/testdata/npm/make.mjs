// Makes the vectors: node make.mjs > ../vectors.json
import {documentLoader, keyOf, signSuite} from './suites.mjs';
import jsigs from 'jsonld-signatures';

const vc = 'https://www.w3.org/ns/credentials/v2';
const integrity = 'https://w3id.org/security/data-integrity/v2';
const old = 'https://w3id.org/security/suites/ed25519-2020/v1';
const created = '2026-11-20T14:00:00Z';
const key = await keyOf(7);

const credential = {
  '@context': [vc], id: 'urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a01', type: ['VerifiableCredential'],
  issuer: key.controller, validFrom: created, name: 'Certificate of origin – é',
  description: {'@value': 'certificado de origen', '@language': 'es-MX'},
  credentialSubject: [{id: 'urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a02', name: 'Widget "A"\n'}, {name: 'Widget B'}],
  relatedResource: [
    {id: 'urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a03', mediaType: 'application/vc',
      digestMultibase: 'uEiAwLp9hJ0aW1kq0o6m1cYx2rZ8m7n4V1f2yqk3s5t7u9A'}]
};
const record = {
  '@context': ['https://w3id.org/webledger/v1', integrity], type: 'CreateWebLedgerRecord', creator: key.controller,
  record: {id: 'urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a04', '@context': 'urn:opaque', amount: 1.10,
    lines: [{n: 1}, {n: 2, text: '\u20ac \ud83d\ude00 \u000f'}], none: null, '\ufb33': 1, '\ud83d\ude02': 2}
};
const patch = {
  '@context': ['https://w3id.org/webledger/v1', integrity], type: 'UpdateWebLedgerRecord', creator: key.controller,
  recordPatch: {'@context': ['https://w3id.org/json-ld-patch/v1', 'urn:opaque'], sequence: 1,
    target: 'urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a04', patch: [{op: 'replace', path: '/amount', value: 2}]}
};
const event = {
  '@context': ['https://w3id.org/webledger/v1', integrity], type: 'WebLedgerOperationEvent', basisBlockHeight: 1,
  parentHash: ['zQmb', 'zQma'], treeHash: 'zQmc', operation: [{type: 'CreateWebLedgerRecord', record: {id: 'urn:x:1'}},
    {type: 'CreateWebLedgerRecord', record: {id: 'urn:x:2'}}]
};

const cases = [
  ['a credential', credential], ['a Web Ledger operation', record], ['a Web Ledger update', patch],
  ['a Web Ledger event', event]
];

const vectors = [];
for(const suite of ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'Ed25519Signature2020']) {
  for(const [name, plain] of cases) {
    const document = suite === 'Ed25519Signature2020' ?
      {...plain, '@context': [...plain['@context'].filter(c => c !== integrity), old]} : plain;
    const signed = await jsigs.sign(structuredClone(document), {
      suite: signSuite(suite, key, created), purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader});
    vectors.push({name, suite, purpose: 'assertionMethod', created, document, signed});
  }
}
console.log(JSON.stringify({seed: 7, key: key.controller, vectors}, null, 1));
