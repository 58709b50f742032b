// The least that can stand behind a window: a loopback server with an empty page, opened in a browser as Closeboard is.
// node empty-host.mjs <browser> <argument ...>, where %URL% stands for the page's address.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const PAGE =
  '<!doctype html><title>Empty</title><script>requestAnimationFrame(() => requestAnimationFrame(() => fetch("/painted", { method: "POST" })))</script>';
const [browser, ...args] = process.argv.slice(2);

const server = createServer((request, response) => {
  if (request.url === '/painted') {
    const painted = performance.timeOrigin + performance.now();
    console.log(JSON.stringify({ marks: { 'app/start': performance.timeOrigin, 'board/painted': painted } }));
  }
  response.setHeader('content-type', 'text/html');
  response.end(request.url === '/' ? PAGE : '');
});

server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}/`;
  const child = spawn(
    browser,
    args.map((word) => word.replace('%URL%', address)),
    { stdio: 'ignore' },
  );
  process.on('SIGTERM', () => {
    child.kill();
    process.exit(0);
  });
});
