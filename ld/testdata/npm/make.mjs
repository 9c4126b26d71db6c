// Makes the vectors: node make.mjs > ../rdfc.json
import {canonize} from './canonize.mjs';

const zcap = 'https://w3id.org/zcap/v1';
const ledger = 'https://w3id.org/webledger/v1';
const credentials = 'https://www.w3.org/ns/credentials/v2';
const integrity = 'https://w3id.org/security/data-integrity/v2';
const suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const record = (value, rest) => ({'@context': ledger, type: 'CreateWebLedgerRecord', record: value, ...rest});
const say = (value, type) => ({'@context': [zcap], id: 'urn:x:1', 'http://example.com/p': value, ...(type ? {type} : {})});

const cases = {
  // JSON literals
  'a literal object': record({id: 'urn:x', a: [1, 2, {b: null}], z: '\u00e9\u0001\n', '\u20ac': 1, '\ud83d\ude00': 2, '\ufb33': 3}),
  'a literal array': record(['a', 1, {b: [[]]}]),
  'a literal empty array': record([]),
  'a literal string': record('text'),
  'a literal number': record(1.5),
  'a literal null': record(null),
  'a literal false': record(false),
  'a literal with keywords and contexts in it': record({'@context': {a: null}, '@graph': [null], '@id': 'relative'}),
  'a patch': {'@context': [ledger, integrity], type: 'UpdateWebLedgerRecord', recordPatch: {
    '@context': ['https://w3id.org/json-ld-patch/v1', {x: 'urn:y'}], target: 'urn:x:1', sequence: 0,
    patch: [{op: 'add', path: '/a', value: 1.10}]}},
  // the Web Ledger
  'an operation': record({x: 1}, {'@context': [ledger, integrity], creator: 'did:key:z6Mk', proof: {
    type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', created: '2026-01-01T00:00:00Z',
    proofPurpose: 'assertionMethod', verificationMethod: 'did:key:a#a', proofValue: 'zabc'}}),
  'a block': {'@context': ledger, id: 'urn:uuid:1/blocks/2', type: 'WebLedgerEventBlock', blockHeight: 2,
    consensusMethod: 'Continuity2017', previousBlock: 'urn:uuid:1/blocks/1', previousBlockHash: 'zQm', event: [
      {type: 'WebLedgerOperationEvent', basisBlockHeight: 1, operation: [
        {type: 'CreateWebLedgerRecord', record: {id: 'a'}}, {type: 'CreateWebLedgerRecord', record: {id: 'b'}}]}]},
  'repeated values': {'@context': ledger, type: 'WebLedgerEventBlock', eventHash: ['zQm', 'zQn', 'zQm']},
  'an empty array': {'@context': ledger, type: 'WebLedgerEventBlock', eventHash: []},
  // credentials, capabilities
  'a credential': {'@context': [credentials], id: 'urn:uuid:1', type: ['VerifiableCredential'], issuer: 'did:key:a',
    validFrom: '2026-01-01T00:00:00Z', name: 'N', description: {'@value': 'hola', '@language': 'es-MX'},
    credentialSubject: [{id: 'did:x:y'}, {name: 'a'}, {name: 'a'}],
    relatedResource: [{id: 'urn:uuid:2', mediaType: 'application/vc', digestMultibase: 'uEi'}]},
  'a context inside': {'@context': [integrity], id: 'urn:x:1', type: 'DataIntegrityProof', 'urn:p': {
    '@context': [zcap], id: 'urn:x:2', allowedAction: 'read'}},
  'a scoped context': {'@context': [credentials], type: ['VerifiableCredential', 'JsonSchemaCredential'], issuer: 'did:key:a',
    credentialSubject: {type: 'JsonSchema', jsonSchema: {a: [1, {z: null, y: '\u20ac'}]}, id: 'https://x.example/s'},
    credentialStatus: {id: 'urn:s', type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '5',
      statusListCredential: 'https://x/y'}},
  'a delegation of a delegation': {'@context': [zcap, suite2020], id: 'urn:uuid:1', controller: 'did:key:z',
    parentCapability: 'urn:uuid:0', invocationTarget: 'http://127.0.0.1:18999/entries', expires: '2026-01-01T00:00:00Z',
    allowedAction: ['read', 'write'], proof: {type: 'Ed25519Signature2020', created: '2026-01-01T00:00:00Z',
      proofPurpose: 'capabilityDelegation', verificationMethod: 'did:key:z#z', proofValue: 'zz',
      capabilityChain: ['urn:zcap:root:http%3A%2F%2Fx', {'@context': [zcap, suite2020], id: 'urn:uuid:0', controller: 'did:key:y',
        proof: {type: 'Ed25519Signature2020', created: '2026-01-01T00:00:00Z'}}]}},
  // terms and values
  'numbers': say([0, -0, 1.5, 0.1, 100, -3, 123456.789, 0.000012, 1e15, 9007199254740991, true, false,
    {'@type': 'http://www.w3.org/2001/XMLSchema#double', '@value': 5},
    {'@type': 'http://www.w3.org/2001/XMLSchema#decimal', '@value': 5.25}]),
  'every kind of character': say('\u0000\u0001\b\t\n\f\r\u001f\u007f"\\\u0080\u00e9\u2028\ud83d\ude00'),
  'languages': say([{'@value': 'x', '@language': 'EN'}, {'@value': 'x', '@language': 'de-at'}, 'x']),
  'lists': say([{'@list': ['a', {'@value': 'b', '@language': 'en'}, 1, {'@id': 'urn:z'}]}, {'@list': ['a', 'a', 'a', 'b']},
    {'@list': []}]),
  'blank nodes with names': say([{'@id': '_:b0'}, {'@id': '_:b1', 'http://example.com/q': {'@id': '_:b0'}},
    {'@id': '_:c14n0', 'http://example.com/q': {'@id': '_:new1'}}]),
  'blank nodes alike': say([{type: 'urn:t'}, {type: 'urn:t'}, {type: 'urn:t', 'urn:p': {type: 'urn:t'}}, {}]),
  'two names for the type': say('x', 'urn:a'),
  'IRIs that look odd': say('x', ['http://localhost:1/x', 'http://[::1]/\u00e9', 'http://-/', 'a.b:c', 'urn:y']),
  // what is refused
  'an undefined member': {'@context': ledger, type: 'WebLedgerEventBlock', foo: 1},
  'an undefined member inside': {'@context': [credentials], type: ['VerifiableCredential'], issuer: 'did:key:a',
    credentialSubject: {id: 'did:x:y', weight: '5'}},
  'an undefined type': record({}, {type: 'Nope'}),
  'a relative type among others': say('x', ['urn:y', 'rel/ative']),
  'a relative id': {'@context': ledger, id: 'rel', type: 'WebLedgerEventBlock'},
  'a type with a space': say('x', 'https://exa mple.com/'),
  'a graph that is only named': {'@context': [zcap], id: 'urn:x:1', expires: 'x', proof: 'urn:x'},
  'two ids': {'@context': [zcap], '@id': 'urn:x:1', id: 'urn:x:2', expires: 'x'},
  'an unknown context': {'@context': [zcap, 'https://unknown.example/'], id: 'urn:x:1', expires: 'x'},
  'no context': {id: 'urn:x:1', expires: 'x'},
  'nothing but a name': {'@context': [zcap], id: 'urn:x:1'},
  'nothing at all': {'@context': [zcap]}
};

const vectors = [];
for(const [name, document] of Object.entries(cases)) {
  vectors.push({name, document, ...await canonize(structuredClone(document))});
}
console.log(JSON.stringify(vectors, null, 1));
