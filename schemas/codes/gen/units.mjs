// Writes ../unitsUNECE20.json from the npm package un-ece-recommendation. It is run by hand when a new edition is taken:
//
//   npm install --no-save un-ece-recommendation@0.1.1 && node units.mjs
//
// The package has three annexes of Recommendation 20. REC_20_3 holds the codes that are in use; REC_20_2 also holds
// withdrawn ones ("small spray"), which nobody should file with.
import { readFileSync, writeFileSync } from 'node:fs';
import { REC_20_3 } from 'un-ece-recommendation';

const { version } = JSON.parse(readFileSync('node_modules/un-ece-recommendation/package.json', 'utf8'));
const rows = REC_20_3.map(({ code, name }) => ({ value: code, name })).sort((a, b) => (a.value < b.value ? -1 : 1));
const head = {
  list: 'unitsUNECE20',
  title: 'Units of measure, UN/ECE common codes',
  source: `UN/ECE Recommendation 20, annex III, as in npm un-ece-recommendation ${version}`,
  effective: '2026-09-26',
};
const body = rows.map((row) => '    ' + JSON.stringify(row)).join(',\n');
const text = JSON.stringify(head, null, 2).replace(/\n}$/, `,\n  "codes": [\n${body}\n  ]\n}\n`);
writeFileSync(new URL('../unitsUNECE20.json', import.meta.url), text);
