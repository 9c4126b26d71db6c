// Makes the golden vectors of this package: messages of the Web Ledger protocol with their hashes, made with jsonld.js
// and rdf-canonize in safe mode, so that a term without a definition fails here instead of falling out of a hash.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import jsonld from 'jsonld';

const require = createRequire(import.meta.url);
const context = path => JSON.parse(readFileSync(new URL(`node_modules/${path}`, import.meta.url)));
const WL = 'https://w3id.org/webledger/v1';
const PATCH = 'https://w3id.org/json-ld-patch/v1';
const DI = 'https://w3id.org/security/data-integrity/v2';
const ED = 'https://w3id.org/security/suites/ed25519-2020/v1';
const contexts = {
  [WL]: context('web-ledger-context/contexts/webledger-v1.jsonld'),
  [PATCH]: context('json-ld-patch-context/contexts/json-ld-patch-v1.jsonld'),
  [DI]: context('@digitalbazaar/data-integrity-context/contexts/data-integrity-v2.jsonld'),
  [ED]: require('ed25519-signature-2020-context').contexts.get(ED),
};
const documentLoader = url => {
  if(!contexts[url]) throw new Error(`no context ${url}`);
  return {documentUrl: url, document: contexts[url]};
};

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
function base58(bytes) {
  let n = BigInt('0x' + bytes.toString('hex')), text = '';
  for(; n > 0n; n /= 58n) text = alphabet[Number(n % 58n)] + text;
  return text;
}
const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const spell = digest => 'z' + base58(Buffer.concat([Buffer.from([0x12, 0x20]), digest]));
const quads = doc => jsonld.canonize(doc, {algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: true});
const hash = async doc => spell(sha256(await quads(doc)));

// RFC 9162 §2.1.1
function tree(hashes) {
  if(hashes.length === 1) return sha256(Buffer.from([0]), hashes[0]);
  let k = 1;
  while(k * 2 < hashes.length) k *= 2;
  return sha256(Buffer.from([1]), tree(hashes.slice(0, k)), tree(hashes.slice(k)));
}
const treeHash = hashes => spell(tree(hashes));

const node = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';
const signer = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp';
const ledger = 'urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10';
const id = 'urn:uuid:0d7c2b5a-93e4-4f0e-9a57-8f2b6a1c4d3e';
const jcsProof = {
  '@context': [WL, DI], type: 'DataIntegrityProof', cryptosuite: 'eddsa-jcs-2022', created: '2026-11-20T14:00:00Z',
  verificationMethod: `${signer}#${signer.slice(8)}`, proofPurpose: 'assertionMethod',
  proofValue: 'z3hf8oMGdyPfU4FHWMMuh9GF1sXcAGQNbZJgPPjhVdWHZ6XkqkAdYVDJ4vEZiHJHxJ6sX6tZk7aXLAhXE3bKmkQvT',
};
const ed2020Proof = {
  type: 'Ed25519Signature2020', created: '2026-11-20T14:00:00Z', verificationMethod: jcsProof.verificationMethod,
  proofPurpose: 'assertionMethod', proofValue: jcsProof.proofValue,
};
const record = {
  '@context': [DI, 'https://w3id.org/fta/v1'], id, type: 'EntrySummary', version: 1,
  links: [{rel: 'certificate', id: 'urn:uuid:2f1c8a77-0a3e-49d4-8d0a-5f0f3a6e7b11', version: 3}],
  unusual: {'é': 'naïve \u2028 "quoted" \\ tab\t', '😀': [9007199254740991, 1e-7, 0.1, -0, 333333333.33333329], 'z': [[], {}, null, true]},
};
const create = {'@context': [WL, DI], type: 'CreateWebLedgerRecord', creator: node, record, proof: jcsProof};
const update = {
  '@context': [WL, DI], type: 'UpdateWebLedgerRecord', creator: node, proof: jcsProof,
  recordPatch: {
    '@context': [PATCH, DI, 'https://w3id.org/fta/v1'], target: id, sequence: 0,
    patch: [{op: 'replace', path: '/version', value: 2}, {op: 'remove', path: '/links'}, {op: 'add', path: '/a~1b', value: ['x']}],
  },
};
const pilot = {'@context': [WL, ED], type: 'CreateWebLedgerRecord', creator: node, record: {id: 'https://example.com/r/1'}, proof: ed2020Proof};
const bare = {'@context': WL, type: 'CreateWebLedgerRecord', record: {id: 'https://example.com/r/2', list: ['a', 'b']}};
const terms = {
  SignatureValidator2017: 'https://w3id.org/webledger#SignatureValidator2017',
  approvedSigner: {'@id': 'https://w3id.org/webledger#approvedSigner', '@type': '@id', '@container': '@set'},
  minimumSignaturesRequired: {'@id': 'https://w3id.org/webledger#minimumSignaturesRequired', '@type': 'http://www.w3.org/2001/XMLSchema#integer'},
};
const validator = types => [{
  type: 'SignatureValidator2017', validatorFilter: [{type: 'ValidatorFilterByType', validatorFilterByType: types}],
  approvedSigner: [signer], minimumSignaturesRequired: 1,
}];
const configuration = {
  '@context': [WL, DI, terms], type: 'WebLedgerConfiguration', ledger, consensusMethod: 'https://w3id.org/fta#CometBFT', sequence: 0,
  operationValidator: validator(['CreateWebLedgerRecord', 'UpdateWebLedgerRecord']),
  ledgerConfigurationValidator: validator(['WebLedgerConfiguration']),
};
const configurationEvent = {'@context': WL, type: 'WebLedgerConfigurationEvent', ledgerConfiguration: configuration};
const replaced = (doc, member, by, hashes) => {
  const short = {...doc, [by]: hashes};
  delete short[member];
  return short;
};

const operations = {create, update, pilot, bare};
const operationHash = {};
for(const [name, op] of Object.entries(operations)) operationHash[name] = await hash(op);
const ordered = Object.values(operationHash);
const configurationEventHash = await hash(configurationEvent);
const genesis = {
  '@context': WL, id: `${ledger}/blocks/0`, type: 'WebLedgerEventBlock', blockHeight: 0,
  consensusMethod: configuration.consensusMethod, event: [configurationEvent],
};
const genesisHash = await hash(replaced(genesis, 'event', 'eventHash', [configurationEventHash]));
const operationEvent = {
  '@context': WL, type: 'WebLedgerOperationEvent', basisBlockHeight: 0, parentHash: [configurationEventHash],
  treeHash: treeHash(ordered), operation: Object.values(operations),
};
const operationEventHash = await hash(replaced(operationEvent, 'operation', 'operationHash', ordered));
const block = {
  '@context': WL, id: `${ledger}/blocks/1`, type: 'WebLedgerEventBlock', blockHeight: 1, consensusMethod: configuration.consensusMethod,
  previousBlock: genesis.id, previousBlockHash: genesisHash, event: [operationEvent],
};
const blockHash = await hash(replaced(block, 'event', 'eventHash', [operationEventHash]));

console.log(JSON.stringify({
  ledger, approvedSigner: [signer], operations: Object.entries(operations).map(([name, document]) => ({name, document, hash: operationHash[name]})),
  trees: [1, 2, 3, 4].map(n => ({leaves: ordered.slice(0, n), hash: treeHash(ordered.slice(0, n))})),
  genesis: {document: genesis, hash: genesisHash, eventHash: configurationEventHash},
  block: {document: block, hash: blockHash, eventHash: operationEventHash},
}, null, 1));
