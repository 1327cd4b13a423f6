// Writes src/documents/*.ts: the types of the documents that the engine writes, from the
// JSON Schemas in docs/schema, so that the two cannot drift apart.
//   node make-documents.mjs [--check]     --check: fail when a file would change
import {compileFromFile} from 'json-schema-to-typescript';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const isCheck = process.argv.includes('--check');
let nStale = 0;
mkdirSync(join(here, 'src/documents'), {recursive: true});
for (const name of ['case', 'claims', 'drugs', 'question', 'result']) {
    const text = await compileFromFile(join(here, `../../docs/schema/${name}.schema.json`), {
        bannerComment: `// Made by make-documents.mjs from docs/schema/${name}.schema.json.`,
        additionalProperties: false,
        style: {singleQuote: true, tabWidth: 4, printWidth: 88},
    });
    const path = join(here, `src/documents/${name}.ts`);
    if (!isCheck) {
        writeFileSync(path, text);
    } else if (readFileSync(path, 'utf8') !== text) {
        console.error(`src/documents/${name}.ts is stale: npm run documents`);
        nStale++;
    }
}
process.exit(nStale ? 1 : 0);
