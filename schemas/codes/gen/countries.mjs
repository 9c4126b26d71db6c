// Writes ../../testdata/iso-3166-1.json, the 249 assigned codes that the tests hold the country list against, from the npm package
// iso-3166:
//
//   npm install --no-save iso-3166@4.4.0 && node countries.mjs
import { writeFileSync } from 'node:fs';
import { iso31661 } from 'iso-3166';

const codes = iso31661.filter(({ state }) => state === 'assigned').map(({ alpha2 }) => alpha2).sort();
writeFileSync(new URL('../../testdata/iso-3166-1.json', import.meta.url), JSON.stringify(codes) + '\n');
