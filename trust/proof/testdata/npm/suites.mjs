// What making and checking have in common: the contexts, the keys, the suites.
import * as Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

// file finds a file of a package, whatever the package exports.
const require = createRequire(import.meta.url);
const file = (name, rest) => {
  const dir = require.resolve.paths(name).map(p => path.join(p, name)).find(fs.existsSync);
  return JSON.parse(fs.readFileSync(path.join(dir, rest), 'utf8'));
};

const contexts = new Map([
  ['https://www.w3.org/ns/credentials/v2', file('@digitalbazaar/credentials-context', 'contexts/v2.jsonld')],
  ['https://w3id.org/security/data-integrity/v2',
    file('@digitalbazaar/data-integrity-context', 'contexts/data-integrity-v2.jsonld')],
  ['https://w3id.org/security/suites/ed25519-2020/v1',
    file('ed25519-signature-2020-context', 'contexts/ed25519-signature-2020-v1.jsonld')],
  ['https://w3id.org/zcap/v1', file('@digitalbazaar/zcap-context', 'contexts/zcap-v1.jsonld')],
  ['https://w3id.org/webledger/v1', file('web-ledger-context', 'contexts/webledger-v1.jsonld')],
  ['https://w3id.org/json-ld-patch/v1', file('json-ld-patch-context', 'contexts/json-ld-patch-v1.jsonld')]
]);

// More contexts, for documents under this project's own: FTA_CONTEXTS names a JSON file {url: context}.
if(process.env.FTA_CONTEXTS) {
  for(const [url, context] of Object.entries(JSON.parse(fs.readFileSync(process.env.FTA_CONTEXTS, 'utf8')))) {
    contexts.set(url, context);
  }
}

const multikey = 'https://w3id.org/security/multikey/v1';

// documentLoader answers contexts, did:key documents and their keys, and nothing else.
export async function documentLoader(url) {
  if(contexts.has(url)) {
    return {documentUrl: url, document: contexts.get(url)};
  }
  if(!url.startsWith('did:key:')) {
    throw new Error(`unknown document ${url}`);
  }
  const [did, fragment] = url.split('#');
  const key = did.slice('did:key:'.length);
  const method = {'@context': multikey, id: `${did}#${key}`, type: 'Multikey', controller: did, publicKeyMultibase: key};
  if(fragment) {
    return {documentUrl: url, document: method};
  }
  const document = {'@context': ['https://www.w3.org/ns/did/v1', multikey], id: did, verificationMethod: [method]};
  for(const purpose of ['assertionMethod', 'capabilityDelegation', 'capabilityInvocation', 'authentication']) {
    document[purpose] = [method.id];
  }
  return {documentUrl: url, document};
}

// keyOf makes the key of a seed of 32 equal bytes, as a did:key.
export async function keyOf(byte) {
  const key = await Multikey.generate({seed: new Uint8Array(32).fill(byte)});
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  return key;
}

export function signSuite(name, key, date) {
  switch(name) {
    case 'eddsa-jcs-2022':
      return new DataIntegrityProof({signer: key.signer(), date, cryptosuite: {
        ...jcs.createSignCryptosuite(), createVerifier: jcs.createVerifyCryptosuite().createVerifier}});
    case 'eddsa-rdfc-2022':
      return new DataIntegrityProof({signer: key.signer(), date, cryptosuite: rdfc});
    default:
      return new Ed25519Signature2020({signer: key.signer(), date});
  }
}

export const verifySuites = () => [
  new DataIntegrityProof({cryptosuite: jcs.createVerifyCryptosuite()}),
  new DataIntegrityProof({cryptosuite: rdfc}),
  new Ed25519Signature2020()
];
