// Makes the vectors: node make.mjs > ../vectors.json
import {keyOf, rootOf} from './keys.mjs';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {signCapabilityInvocation} from '@digitalbazaar/http-signature-zcap-invoke';
import {ZcapClient} from '@digitalbazaar/ezcap';

const base = 'http://127.0.0.1:18999/evidence';
const created = Date.parse('2026-11-20T14:00:00Z');
const keys = [await keyOf(1), await keyOf(2), await keyOf(3), await keyOf(4)];
const client = key => new ZcapClient({
  SuiteClass: Ed25519Signature2020, invocationSigner: key.signer(), delegationSigner: key.signer()});

// Each key delegates to the next: the owner of the server to a partner, the partner to customs, customs to an agency.
const steps = [
  {invocationTarget: `${base}/a2b3`, expires: '2027-11-20T14:00:00Z'},
  {invocationTarget: `${base}/a2b3`, expires: '2027-10-20T14:00:00Z', allowedActions: ['read', 'list']},
  {invocationTarget: `${base}/a2b3/4c5d`, expires: '2027-10-20T14:00:00Z', allowedActions: 'read'}
];
const root = rootOf(keys[0].controller, base);
const delegations = [];
let parent = root.id;
for(const [i, step] of steps.entries()) {
  parent = await client(keys[i]).delegate(
    {capability: parent, controller: keys[i + 1].controller, now: created + i * 60000, ...step});
  delegations.push(parent);
}

const at = Math.floor(created / 1000) + 3600;
const requests = [
  {name: 'root, with a body', by: 1, capability: root.id, method: 'post', url: base, action: 'write',
    json: {a: 1, b: '\u00e9'}},
  {name: 'root, without a body', by: 1, capability: root.id, method: 'get', url: `${base}/a2b3/4c5d?x=1&y=%20`,
    action: 'read'},
  {name: 'one delegation', by: 2, capability: delegations[0], method: 'put', url: `${base}/a2b3/9`, action: 'anything',
    body: new Uint8Array([0, 1, 2, 255]), headers: {'content-type': 'application/vc'}},
  {name: 'two delegations', by: 3, capability: delegations[1], method: 'get', url: `${base}/a2b3?list`, action: 'list'},
  {name: 'three delegations', by: 4, capability: delegations[2], method: 'get', url: `${base}/a2b3/4c5d`, action: 'read',
    headers: {date: new Date(at * 1000).toUTCString(), accept: 'application/json'}}
];
const invocations = [];
for(const {name, by, capability, method, url, action, json, body, headers = {}} of requests) {
  const signed = await signCapabilityInvocation({url, method, headers, json, body, capability, capabilityAction: action,
    invocationSigner: keys[by - 1].signer(), created: at});
  const bytes = body ?? (json === undefined ? '' : JSON.stringify(json));
  invocations.push({name, by, action, method: method.toUpperCase(), url, headers: signed,
    body: Buffer.from(bytes).toString('base64')});
}
console.log(JSON.stringify({
  root, delegations, steps: steps.map((s, i) => ({by: i + 1, to: i + 2})), at, invocations}, null, 1));
