// Builds the page. CHARLEY_WASM and CHARLEY_IMAGE name the engine and the knowledge, which
// become hashed assets like any other. The sentences that must be readable before (or
// without) JavaScript are taken from the knowledge's words while building.
import {readFileSync} from 'node:fs';
import {defineConfig, type Plugin} from 'vite';
import {Knowledge} from 'charley';

function needed(name: string): string {
    const path = process.env[name];
    if (!path) throw new Error(`${name} must name a file: script/web sets it`);
    return path;
}

const wasm = needed('CHARLEY_WASM');
const image = needed('CHARLEY_IMAGE');
const knowledge = await Knowledge.open(readFileSync(wasm), readFileSync(image));

/** {{key}} in index.html becomes the sentence; lists become <li> items. */
function words(): Plugin {
    const escape = (text: string) => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
    return {
        name: 'words',
        transformIndexHtml: html => html.replace(/\{\{(list )?([\w.]+)\}\}/g, (_, list, key) => {
            const text = knowledge.word(key);
            if (text === '') throw new Error(`index.html: the words have no "${key}"`);
            return list ? text.split('\n').map(line => `<li>${escape(line)}</li>`).join('')
                        : escape(text);
        }),
    };
}

/** The engine and the knowledge, under the names that src/engine.ts imports. */
function engine(): Plugin {
    const files: Record<string, string> = {'engine:wasm': wasm, 'engine:image': image};
    return {
        name: 'engine',
        resolveId: id => (id in files ? `\0${id}` : null),
        load(id) {
            const path = files[id.slice(1)];
            if (!path || !id.startsWith('\0engine:')) return null;
            const reference = this.emitFile({
                type: 'asset',
                name: id.endsWith('wasm') ? 'charley.wasm' : 'charley.image',
                source: readFileSync(path),
            });
            return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
        },
    };
}

export default defineConfig({
    base: './',
    plugins: [words(), engine()],
    css: {preprocessorOptions: {scss: {quietDeps: true}}},
    build: {
        target: 'es2022',
        outDir: process.env.CHARLEY_PAGE_DIR ?? 'dist',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: {polyfill: false},
        reportCompressedSize: false,
    },
});
