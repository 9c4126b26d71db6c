// canonize writes a document as canonical N-Quads, in the safe mode that signatures are made in.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import jsonld from 'jsonld';
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

async function documentLoader(url) {
  if(!contexts.has(url)) {
    throw new Error(`unknown context ${url}`);
  }
  return {documentUrl: url, document: contexts.get(url)};
}

// Answers {nquads}, or {refused} with the reason.
export async function canonize(document) {
  try {
    const nquads = await jsonld.canonize(document, {
      algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, base: null, documentLoader,
      rdfDirection: 'i18n-datatype', canonizeOptions: {maxWorkFactor: 3}});
    return {nquads};
  } catch(e) {
    return {refused: e.details?.event?.code ?? e.details?.code ?? e.message};
  }
}
