// Acme's chain of certificates, and the FTA ledger protocol in front of it: Node.js 20, no packages, one file of data.
//
//   node server.mjs --port 8090 --data ./ledger.jsonl [--testing]
//
// The chain takes Acme's own documents only (acme-0017.json is one), and knows nothing of FTA; acme.yaml maps them. It
// proves nothing and authenticates nobody. The data file holds the genesis in its first line and a block of one entry in
// each other. A line is on the disk before its write is acknowledged; one that a crash cut off is dropped.
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: {
  port: { type: 'string', default: '8090' }, data: { type: 'string', default: 'ledger.jsonl' },
  testing: { type: 'boolean', default: false },
} });
const MAX_BODY = 65536, PAGE_SIZE = 50, LONGEST_WAIT = 25000;

// --- the chain -------------------------------------------------------------------------------------------------------

const log = [];            // entries in the order of the chain; the entry at log[i] is block i + 1
const byKey = new Map();   // key -> its entries, version n at n - 1
const byTx = new Map(), byLookup = new Map(), repeats = new Map(); // repeats: idempotency key -> { content, entry }
const waiting = new Set(); // called when the chain grows
let genesis, file;

const hash = (...parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
const listOf = (map, name) => map.get(name) ?? map.set(name, []).get(name);

function open() {
  file = openSync(options.data, 'a+');
  const data = readFileSync(options.data);
  const whole = data.subarray(0, data.lastIndexOf(0x0a) + 1);
  if (whole.length < data.length) ftruncateSync(file, whole.length);
  const lines = whole.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  genesis = lines.shift();
  if (!genesis) keep(genesis = { uri: `urn:uuid:${randomUUID()}`, time: new Date().toISOString() });
  lines.forEach(index);
}

function keep(line) {
  try { writeFileSync(file, JSON.stringify(line) + '\n'); fsyncSync(file); } catch (error) {
    console.error(error);
    process.exit(1); // nobody knows what is on the disk; the next start reads it
  }
}

function index({ key, body, time, lookups, repeat, content }) {
  const versions = listOf(byKey, key);
  const height = log.length + 1, tx = hash('tx', height, content);
  const entry = { key, version: versions.length + 1, body, position: { height, tx, time, final: true },
    cursor: cursorAt(height) };
  versions.push(entry);
  log.push(entry);
  byTx.set(tx, entry);
  repeats.set(repeat, { content, entry });
  for (const { name, value } of lookups) {
    const keys = listOf(byLookup, hash(name, value));
    if (!keys.includes(key)) keys.push(key);
  }
}

function isCertificate(key, body) {
  const { doc, no, state, goods } = JSON.parse(Buffer.from(body, 'base64')) ?? {};
  return doc === 'ACME-COO' && no === key && ['ISSUED', 'REPLACED', 'REVOKED'].includes(state) && goods?.length > 0;
}

const chainId = () => hash(genesis);
const cursorAt = (height) => `${chainId().slice(0, 16)}.${height}`;
const blockAt = (height) => ({ height, hash: hash(chainId(), height, log[height - 1]?.position.tx),
  time: height ? log[height - 1].position.time : genesis.time });

// --- the protocol ----------------------------------------------------------------------------------------------------

class Problem extends Error {
  constructor(status, code, detail) { super(detail); this.status = status; this.code = code; }
}
const notFound = () => new Problem(404, 'not-found', 'nothing of that name');
const must = (holds, detail) => { if (!holds) throw new Problem(400, 'invalid', detail); };
const fine = (look) => { try { return look(); } catch { return false; } };
const isText = (value) => typeof value === 'string' && value !== '' && value.isWellFormed();

function versionsOf(key) {
  must(isText(key), 'key must be a text that is not empty');
  if (!byKey.has(key)) throw notFound();
  return byKey.get(key);
}

// A whole page of the largest bodies stays below the 8 MiB at which an answer must end.
const page = (list, from, limit) => list.slice(from, from + (limit > 0 ? Math.min(limit, PAGE_SIZE) : PAGE_SIZE));

const get = {
  describe: () => ({ protocol: '1', uri: genesis.uri, kind: 'vendor-node', maxBody: MAX_BODY, pageSize: PAGE_SIZE,
    abilities: ['read', 'versions', 'find', 'changes', 'append', 'pin'], writeMode: 'cas', forTesting: options.testing,
    finality: 'a block is final when it is on the disk of this one server' }),
  head: () => ({ chainId: chainId(), newest: blockAt(log.length), final: blockAt(log.length), cursor: cursorAt(log.length) }),
};

const post = {
  get({ key, version, atLeast = 0 }) {
    if (atLeast > log.length) throw new Problem(503, 'not-ready', `the newest block is ${log.length}`);
    const versions = versionsOf(key);
    const entry = versions[(version || versions.length) - 1];
    if (!entry) throw notFound();
    return entry;
  },

  versions: ({ key, after = 0, limit }) => ({ entries: page(versionsOf(key), after, limit) }),

  find({ lookup, page: at = '0', limit }) {
    const all = byLookup.get(hash(lookup?.name, lookup?.value)) ?? [];
    must(/^\d+$/.test(at) && Number(at) <= all.length, 'page is not one that find gave');
    const keys = page(all, Number(at), limit), next = Number(at) + keys.length;
    return next < all.length ? { keys, next: String(next) } : { keys };
  },

  async changes({ after = '', limit, waitMillis = 0 }, gone) {
    const from = after === '' ? 0 : Number(String(after).split('.')[1]);
    if (after !== '' && !(from <= log.length && cursorAt(from) === after)) {
      throw new Problem(400, 'cursor-invalid', 'after is not a cursor of this chain');
    }
    if (from === log.length && waitMillis > 0) await growth(Math.min(waitMillis, LONGEST_WAIT), gone);
    const entries = page(log, from, limit), reached = from + entries.length;
    const batch = { entries, next: cursorAt(reached) };
    return reached === log.length ? { ...batch, head: blockAt(reached) } : batch;
  },

  // The refusals come in the order that the protocol sets; nothing waits between the checks and the write.
  append({ key, expect, body, lookups = [], idempotencyKey }) {
    must(isText(key), 'key must be a text that is not empty');
    must(isText(body) && Buffer.from(body, 'base64').toString('base64') === body, 'body must be base64 that is not empty');
    must(Number.isSafeInteger(expect) && expect >= 0, 'expect must be a version or 0');
    must(Array.isArray(lookups) && lookups.every((l) => isText(l?.name) && isText(l?.value)), 'lookups must have name and value');
    if (Buffer.byteLength(body, 'base64') > MAX_BODY) throw new Problem(413, 'too-large', `body has more than ${MAX_BODY} bytes`);
    must(fine(() => isCertificate(key, body)), 'body must be a certificate of Acme with doc, its key as no, state and goods');
    const content = hash(key, expect, body, lookups);
    const repeat = idempotencyKey ? hash('given', idempotencyKey) : hash('made', key, expect, body);
    const before = repeats.get(repeat);
    if (before?.content === content) return receiptOf(before.entry);
    if (before) throw new Problem(409, 'conflict', 'idempotencyKey was used for another write');
    const stands = byKey.get(key)?.length ?? 0;
    if (stands !== expect) throw new Problem(409, 'conflict', `key stands at version ${stands}`);
    const block = { key, body, time: new Date().toISOString(), lookups, repeat, content };
    keep(block);
    index(block);
    waiting.forEach((wake) => wake());
    return receiptOf(log.at(-1));
  },

  receipt({ tx }) {
    if (!byTx.has(tx)) throw notFound();
    return receiptOf(byTx.get(tx));
  },
};

const receiptOf = ({ key, version, position }) => (
  { tx: position.tx, state: 'final', key, version, position, asked: new Date().toISOString() });

const growth = (millis, gone) => new Promise((resolve) => {
  const done = () => { clearTimeout(timer); waiting.delete(done); resolve(); };
  const timer = setTimeout(done, millis);
  waiting.add(done);
  gone.once('close', done); // the caller went away
});

// --- HTTP ------------------------------------------------------------------------------------------------------------

async function messageOf(request) {
  if (request.headers['content-type']?.split(';')[0] !== 'application/json') throw new Problem(415, 'invalid', 'send JSON');
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    if ((size += chunk.length) > 4 * MAX_BODY) throw new Problem(413, 'too-large', 'the request is too large');
    chunks.push(chunk);
  }
  return Object(fine(() => JSON.parse(Buffer.concat(chunks))) || must(false, 'the request is not JSON'));
}

const server = createServer(async (request, response) => {
  let status = 200, answer, type = 'application/json';
  try {
    const operations = request.method === 'GET' ? get : request.method === 'POST' ? post : {};
    const name = request.url.slice(1);
    if (!Object.hasOwn(operations, name)) throw new Problem(get[name] || post[name] ? 405 : 404, 'unsupported', 'no such operation');
    answer = await operations[name](request.method === 'POST' ? await messageOf(request) : {}, response);
  } catch (error) {
    ({ status = 500 } = error);
    type = 'application/problem+json';
    const [code, detail] = error instanceof Problem ? [error.code, error.message] : ['unknown', ''];
    if (code === 'unknown') console.error(error);
    answer = { type: `https://w3id.org/fta/problems/${code}`, title: code, status, code, detail };
  }
  response.writeHead(status, { 'content-type': type, 'fta-ledger': genesis.uri });
  response.end(JSON.stringify(answer));
});

open();
server.listen(Number(options.port), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => { server.close(() => closeSync(file)); server.closeAllConnections(); });
