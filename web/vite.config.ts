// Builds the page. CHARLEY_WASM and CHARLEY_IMAGE name the engine and the knowledge, which
// become hashed assets like any other. The service worker keeps its name at the root, and
// finish.mjs completes it. The sentences that must be readable before (or
// without) JavaScript are taken from the knowledge's words while building.
import {readFileSync} from 'node:fs';
import {PurgeCSS} from 'purgecss';
import {defineConfig, type Plugin} from 'vite';
import {Knowledge} from 'charley';
import {packImage} from 'charley/pack';
import * as data from './src/data.js';

function needed(name: string): string {
    const path = process.env[name];
    if (!path) throw new Error(`${name} must name a file: script/web sets it`);
    return path;
}

const wasm = readFileSync(needed('CHARLEY_WASM'));
const image = packImage(readFileSync(needed('CHARLEY_IMAGE')));
const knowledge = await Knowledge.open(wasm, image);

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

/** What makes the page installable: its name and texts from the words; the icons lie in public/.
 * The engine and the knowledge begin to load with the script, not after it. */
function manifest(): Plugin {
    const icon = (src: string, type: string, sizes: string, purpose = 'any') => ({src, type, sizes, purpose});
    let early: string[] = [];
    return {
        name: 'manifest',
        generateBundle(_, bundle) {
            early = Object.keys(bundle).filter(name => /\.(wasm|image)$/.test(name));
            this.emitFile({type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify({
                name: 'Charley', short_name: 'Charley', description: knowledge.word('ui.page.description'), lang: 'en', dir: 'ltr',
                id: './', start_url: './', scope: './', display: 'standalone', background_color: '#ffffff', theme_color: '#ffffff',
                icons: [icon('icon.svg', 'image/svg+xml', 'any'), icon('icon-192.png', 'image/png', '192x192'),
                        icon('icon-512.png', 'image/png', '512x512'), icon('icon-512.png', 'image/png', '512x512', 'maskable')],
            })});
        },
        transformIndexHtml: {order: 'post', handler: () =>
            early.map(name => ({tag: 'link', attrs: {rel: 'preload', as: 'fetch', crossorigin: true, href: `./${name}`}}))},
    };
}

/** Left and right of nhsuk-frontend become start and end, for languages read from the right;
 * and its one picture, which no field here shows, is not asked for. */
function logicalStyle(): Plugin {
    const ends = {left: 'start', right: 'end'};
    const end = (side: string) => ends[side as keyof typeof ends];
    return {
        name: 'logical-style',
        generateBundle(_, bundle) {
            for (const file of Object.values(bundle)) {
                if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
                file.source = String(file.source)
                    .replace(/([;{])(margin|padding)-(left|right)(?=:)/g, (_, before, what, side) => `${before}${what}-inline-${end(side)}`)
                    .replace(/([;{])(left|right):/g, (_, before, side) => `${before}inset-inline-${end(side)}:`)
                    .replace(/([;{])text-align:(left|right)/g, (_, before, side) => `${before}text-align:${end(side)}`)
                    .replace(/url\(\/assets\/images\/[\w-]+\.svg\)/g, 'none');
            }
        },
    };
}

/** Of nhsuk-frontend only what the page uses: its rules that name a class found neither in
 * index.html nor in a script go, before the file is named after its content. Our own stay. */
function usedStyle(): Plugin {
    return {
        name: 'used-style',
        async transform(css, id) {
            if (!id.endsWith('.scss')) return null;
            const [used] = await new PurgeCSS().purge({content: ['index.html', 'src/**/*.ts'], css: [{raw: css}], safelist: [/^charley-/, /^is-/]});
            return {code: used!.css, map: null};
        },
        generateBundle(_, bundle) {
            for (const file of Object.values(bundle))
                if (file.type === 'chunk' && /nhsuk-[\w-]*\$\{/.test(file.code))
                    throw new Error('write class names of nhsuk-frontend out: their rules are not found otherwise');
        },
    };
}

/** Every id of the knowledge that the page names must be there (src/data.ts). */
function checkIds(): void {
    const {DOORS, WHERE, SIDE, PLACES, MAP_SCREEN, CONTEXT_SCREENS} = data;
    const options = new Set(knowledge.session().question(MAP_SCREEN)?.choices.map(choice => choice.id));
    const named = [...DOORS.now.relief.map(id => `remedy:${id}`), ...[...DOORS.now.answers, ...DOORS.cramps.answers, WHERE, SIDE].map(id => `finding:${id}`),
                   ...[MAP_SCREEN, ...CONTEXT_SCREENS].map(id => `screen:${id}`)];
    for (const id of named) knowledge.explain(id); // throws when there is none
    for (const place of PLACES)
        if (!options.has(`${WHERE}=${place.option}`)) throw new Error(`data.ts: no option ${WHERE}=${place.option}`);
}
checkIds();

/** The engine and the knowledge, under the names that src/engine.ts imports. */
function engine(): Plugin {
    const files: Record<string, Uint8Array> = {'engine:wasm': wasm, 'engine:image': image};
    return {
        name: 'engine',
        resolveId: id => (id in files ? `\0${id}` : null),
        load(id) {
            const source = files[id.slice(1)];
            if (!source || !id.startsWith('\0engine:')) return null;
            const reference = this.emitFile({
                type: 'asset',
                name: id.endsWith('wasm') ? 'charley.wasm' : 'charley.image',
                source,
            });
            return `export default import.meta.ROLLUP_FILE_URL_${reference};
                    export const size = ${source.length};`;
        },
    };
}

export default defineConfig({
    base: './',
    plugins: [words(), engine(), manifest(), usedStyle(), logicalStyle()],
    css: {preprocessorOptions: {scss: {quietDeps: true}}},
    build: {
        target: 'es2022',
        outDir: process.env.CHARLEY_PAGE_DIR ?? 'dist',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: {polyfill: false},
        reportCompressedSize: false,
        rolldownOptions: {
            input: ['index.html', 'src/service-worker.ts'],
            output: {
                entryFileNames: chunk => chunk.name === 'service-worker'
                    ? 'service-worker.js' : 'assets/[name]-[hash].js',
            },
        },
    },
});
