import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type RequestOptions, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { AppImageUpdater as AppImageUpdaterType } from 'electron-updater';

/**
 * For tests: electron-updater itself, with its provider, its download and its hash check, and a feed on this computer.
 * Two parts are Electron's and are put in here: facts about the app, and the HTTP client (Node's instead of Chromium's).
 * What installing does is not run: it replaces the program on disk.
 */
const require = createRequire(import.meta.url);
const { AppImageUpdater }: { AppImageUpdater: new (options: null, app: object) => AppImageUpdaterType } =
  require('electron-updater');
const { HttpExecutor } = createRequire(require.resolve('electron-updater'))('builder-util-runtime');

class NodeHttpExecutor extends HttpExecutor {
  createRequest(options: RequestOptions, onResponse: () => void) {
    return httpRequest(options, onResponse);
  }
  // As electron-updater's own executor does it, but for the client.
  async download(url: URL, destination: string, options: { cancellationToken: CancellationToken; headers?: object }) {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const requestOptions = {
        protocol: url.protocol,
        hostname: url.hostname,
        port: url.port,
        path: url.pathname,
        headers: options.headers,
      };
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
      this.doDownload(requestOptions, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}
interface CancellationToken {
  createPromise(
    start: (
      resolve: (file: string) => void,
      reject: (error: Error) => void,
      onCancel: (cancel: () => void) => void,
    ) => void,
  ): Promise<string>;
}

export type Answer = (response: ServerResponse) => void;

export const installer = randomBytes(3_000_000);
export const sha512 = createHash('sha512').update(installer).digest('base64');

/** A feed with version 2.0.0; a test replaces an answer to break it. */
export async function startFeed() {
  const answers: Record<string, Answer> = { '/latest-linux.yml': yml('2.0.0', sha512), '/Closeboard.AppImage': whole };
  const server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    answers,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends the installer as it is. */
export function whole(response: ServerResponse) {
  response.writeHead(200, { 'content-length': installer.length }).end(installer);
}

/** What `latest-linux.yml` says of a version. */
export function yml(version: string, hash: string, notes = 'Faster board') {
  const size = installer.length;
  const text = [
    `version: ${version}`,
    `files:\n  - url: Closeboard.AppImage\n    sha512: ${hash}\n    size: ${size}`,
    `path: Closeboard.AppImage\nsha512: ${hash}`,
    `releaseNotes: ${JSON.stringify(notes)}`,
    "releaseDate: '2026-01-01T00:00:00.000Z'",
  ].join('\n');
  return (response: ServerResponse) => response.end(text);
}

/**
 * electron-updater for version 1.0.0 with its files in `folder`. APPIMAGE must be set: the library takes it
 * for the program it replaces. It downloads into `folder`/cache/pending.
 */
export function createEngine(folder: string, isPackaged: boolean, quitAndInstall: () => void): AppImageUpdaterType {
  const config = join(folder, 'app-update.yml');
  writeFileSync(config, 'provider: generic\nurl: http://unused.test\nupdaterCacheDirName: cache\n');
  const engine = new AppImageUpdater(null, {
    version: '1.0.0',
    name: 'closeboard',
    isPackaged,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch() {},
    quit() {},
    onQuit() {},
  });
  // The test runs on every system, with the feed of one.
  const parts = { httpExecutor: new NodeHttpExecutor(), _testOnlyOptions: { platform: 'linux' }, quitAndInstall };
  Object.assign(engine, parts);
  engine.logger = null;
  engine.disableDifferentialDownload = true;
  return engine;
}
