// `charley serve` over HTTP: headers, encodings, what is refused, many connections, the end.
//   node serve.mjs PROGRAM PAGE_FOLDER
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, readdirSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {brotliDecompressSync, gunzipSync} from 'node:zlib';

const [program, folder] = process.argv.slice(2);
let server, port, said = '';

async function start(...options) {
    const child = spawn(program, ['serve', ...options], {stdio: ['ignore', 'pipe', 'inherit']});
    let output = '';
    for await (const chunk of child.stdout) {
        output += chunk;
        if (/127\.0\.0\.1:\d+\/\n[^]*\n/.test(output)) break;
    }
    return {child, output, port: Number(/127\.0\.0\.1:(\d+)/.exec(output)?.[1])};
}

before(async () => {
    ({child: server, output: said, port} = await start('--port', '0'));
});
after(() => server.kill('SIGKILL'));

function ask(path, {method = 'GET', headers = {}, body, agent} = {}) {
    return new Promise((resolve, reject) => {
        const request = http.request({host: '127.0.0.1', port, path, method, headers, agent}, response => {
            const parts = [];
            response.on('data', part => parts.push(part));
            response.on('end', () => resolve({status: response.statusCode, headers: response.headers,
                                              body: Buffer.concat(parts)}));
        });
        request.on('error', reject);
        request.end(body);
    });
}

const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
const asset = ending => '/' + files.find(name => name.endsWith(ending));

test('says its address', () => {
    assert.match(said, /http:\/\/127\.0\.0\.1:\d+\//);
    assert.ok(port > 0);
});

test('every file of the page comes whole, in each encoding', async () => {
    for (const name of files) {
        const bytes = readFileSync(join(folder, name));
        for (const [coding, open] of [['identity', x => x], ['gzip', gunzipSync], ['br', brotliDecompressSync]]) {
            const {status, headers, body} = await ask('/' + name, {headers: {'accept-encoding': coding}});
            assert.equal(status, 200, name);
            const isCoded = headers['content-encoding'] === coding;
            assert.ok(isCoded || headers['content-encoding'] === undefined);
            assert.ok((isCoded ? open(body) : body).equals(bytes), `${name} ${coding}`);
            assert.equal(headers.vary, 'Accept-Encoding');
        }
    }
});

test('types, protection and keeping', async () => {
    const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
                   '.css': 'text/css; charset=utf-8', '.wasm': 'application/wasm',
                   '.webmanifest': 'application/manifest+json', '.svg': 'image/svg+xml', '.png': 'image/png'};
    for (const [ending, type] of Object.entries(types))
        assert.equal((await ask(asset(ending))).headers['content-type'], type);
    for (const path of ['/', '/none', asset('.wasm')]) {
        const {headers} = await ask(path);
        assert.match(headers['content-security-policy'],
                     /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval'/);
        assert.equal(headers['x-content-type-options'], 'nosniff');
        assert.equal(headers['referrer-policy'], 'no-referrer');
        assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
        assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
        assert.match(headers['permissions-policy'], /geolocation=\(\)/);
        assert.equal(headers['set-cookie'], undefined);
    }
    assert.match((await ask(asset('.wasm'))).headers['cache-control'], /immutable/);
    assert.equal((await ask('/')).headers['cache-control'], 'no-cache');
});

test('what the client has is not sent again', async () => {
    const {headers} = await ask('/', {headers: {'accept-encoding': 'br'}});
    const again = await ask('/', {headers: {'accept-encoding': 'br', 'if-none-match': headers.etag}});
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    assert.equal(again.headers.etag, headers.etag);
    const other = await ask('/', {headers: {'accept-encoding': 'gzip', 'if-none-match': headers.etag}});
    assert.equal(other.status, 200);
});

test('HEAD is GET without a body', async () => {
    const whole = await ask(asset('.wasm'));
    const head = await ask(asset('.wasm'), {method: 'HEAD'});
    assert.equal(head.status, 200);
    assert.equal(head.body.length, 0);
    assert.equal(head.headers['content-length'], String(whole.body.length));
});

test('other methods, unknown paths, bodies', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        const {status, headers} = await ask('/', {method, body: method === 'POST' ? 'x'.repeat(100) : undefined});
        assert.equal(status, 405, method);
        assert.equal(headers.allow, 'GET, HEAD');
    }
    for (const path of ['/none', '/assets', '/assets/', '/index.html/', '/%69ndex.html', '/index.html%00', '//'])
        assert.equal((await ask(path)).status, 404, path);
    assert.equal((await ask('/?a=b')).status, 200);
    assert.equal((await ask('/', {headers: {'content-length': '3'}, body: 'abc'})).status, 413);
});

/** Bytes as they are; what comes back until the server closes or `ms` have gone. */
function raw(text, ms = 2000) {
    return new Promise(resolve => {
        const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
        let got = '';
        const end = () => {
            socket.destroy();
            resolve(got);
        };
        socket.on('data', data => (got += data.toString('latin1')));
        socket.on('end', end).on('error', end);
        setTimeout(end, ms).unref();
    });
}

test('nobody leaves the folder, and nonsense is refused', async () => {
    for (const path of ['/../../etc/passwd', '/..%2f..%2fetc/passwd', '/assets/../index.html', '/.%2e/x', '\\..\\x'])
        assert.match(await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 4\d\d /, path);
    for (const text of ['GET\r\n\r\n', '\0\0\0\0\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n',
                        'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
                        'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n'])
        assert.doesNotMatch(await raw(text, 500), /^HTTP\/1\.1 200/);
});

test('long paths and headers', async () => {
    assert.equal((await ask('/' + 'a'.repeat(1023))).status, 404);
    assert.equal((await ask('/' + 'a'.repeat(1024))).status, 414);
    const path = '/' + 'a'.repeat(100000);
    assert.match(await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`), /^(HTTP\/1\.1 4\d\d |$)/);
    assert.match(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'b'.repeat(100000)}\r\n\r\n`), /^(HTTP\/1\.1 4\d\d |$)/);
    assert.equal((await ask('/')).status, 200);
});

test('many connections, kept and new, slow ones among them', async () => {
    const slow = Array.from({length: 40}, () => {
        const socket = net.connect(port, '127.0.0.1', () => socket.write('GET / HT'));
        socket.on('error', () => undefined);
        return socket;
    });
    const agent = new http.Agent({keepAlive: true, maxSockets: 50});
    const answers = await Promise.all(Array.from({length: 500}, (_, i) =>
        ask(i % 2 ? '/' : asset('.css'), {agent: i % 5 ? agent : undefined})));
    assert.ok(answers.every(({status}) => status === 200));
    assert.ok(answers.some(({headers}) => headers.connection !== 'close'), 'connections are kept');
    agent.destroy();
    for (const socket of slow) socket.destroy();
    assert.equal((await ask('/')).status, 200);
});

test('a taken port', async () => {
    const child = spawn(program, ['serve', '--port', String(port)], {stdio: ['ignore', 'ignore', 'pipe']});
    let text = '';
    child.stderr.on('data', data => (text += data));
    const [code] = await once(child, 'close');
    assert.equal(code, 4);
    assert.match(text, /port/);
});

test('other computers cannot reach it', async () => {
    const {networkInterfaces} = await import('node:os');
    const outer = Object.values(networkInterfaces()).flat().find(one => one.family === 'IPv4' && !one.internal);
    if (!outer) return;
    const socket = net.connect(port, outer.address);
    const [what] = await Promise.race([once(socket, 'connect').then(() => ['connected']), once(socket, 'error')]);
    socket.destroy();
    assert.notEqual(what, 'connected');
});

test('Ctrl-C ends it at once', async () => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
        const {child} = await start('--port', '0');
        child.kill(signal);
        const [code] = await once(child, 'exit');
        assert.equal(code, 0, signal);
    }
});
