// SPDX-License-Identifier: MIT
// ace-report.mjs REPORT.json NAME MIN_IMPACT IGNORED_RULES: one line for each finding.
import fs from 'node:fs';
const [file, name, min, ignored] = process.argv.slice(2);
const rank = { minor: 0, moderate: 1, serious: 2, critical: 3 };
const skip = new Set((ignored || '').split(',').filter(Boolean));
const report = JSON.parse(fs.readFileSync(file, 'utf8'));
const seen = new Map();
for (const doc of report.assertions || []) {
  for (const a of doc.assertions || []) {
    const t = a['earl:test'], r = a['earl:result'];
    if ((rank[t['earl:impact']] ?? 3) < rank[min] || skip.has(t['dct:title'])) continue;
    const text = String(r['dct:description']).replace(/\s+/g, ' ').trim().slice(0, 160);
    const key = `${name}: ${doc['earl:testSubject'].url}: ${t['earl:impact']} ${t['dct:title']}: ${text}`;
    seen.set(key, (seen.get(key) || 0) + 1);
  }
}
for (const [k, n] of seen) console.log(n > 1 ? `${k} (${n} times)` : k);
process.exit(seen.size ? 1 : 0);
