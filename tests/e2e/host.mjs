// The real host as a process of its own: a free port, a data folder of its own, stopped as an operator would stop it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/DermAssistant.Web/bin/Debug/net10.0/DermAssistant.Web.dll', import.meta.url));
const startTimeout = 180_000;

// Small enough that a test can exceed it, and room for what a test types in a minute.
export const photoLimit = 3_000_000;
const settings = {
  ASPNETCORE_ENVIRONMENT: 'Production',
  // The bot endpoint has tests of its own, which switch it on.
  Bot__Enabled: 'false',
  DirectLine__MaxFileBytes: String(photoLimit),
  DirectLine__MessageBurst: '500',
  DirectLine__MessagesPerMinute: '3000',
  DirectLine__MaxStreamsPerUser: '50',
  Limits__RequestsPerMinute: '60000',
  Limits__RequestBurst: '10000',
  Limits__SessionsPerMinute: '1000',
};

/** @param kept The data folder of a host that was killed, to go on with. */
export async function startHost(more = {}, kept = undefined) {
  if (!existsSync(program)) throw new Error(`Build the host first: dotnet build src/DermAssistant.Web (${program} is not there).`);
  const home = kept ?? await mkdtemp(join(tmpdir(), 'derm-e2e-'));
  const child = spawn('dotnet', [program, '--urls', 'http://127.0.0.1:0'], {
    env: { ...process.env, ...settings, DERM_HOME: home, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The host did not start in ${startTimeout / 1000} s:\n${output}`));
    }, startTimeout);
    const read = (chunk) => {
      output += chunk;
      const found = /Now listening on: (http:\S+)/u.exec(output);
      if (found) {
        clearTimeout(timer);
        resolve(found[1]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The host ended with ${code}:\n${output}`));
    });
  });
  const host = {
    address,
    port: Number(new URL(address).port),
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await gone;
      await rm(home, { recursive: true, force: true });
      return code;
    },
    /** Ends it as a crash would, and gives its data folder. */
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
      return home;
    },
  };
  await until(async () => (await fetch(`${address}/readyz`).catch(() => ({ ok: false }))).ok, startTimeout, 'The host did not become ready').catch(async (error) => {
    await host.stop();
    throw new Error(`${error.message}:\n${output}`);
  });
  return host;
}

/** A way to the host that can be cut: what a lost network looks like to a browser. */
export async function cuttable(port) {
  const open = new Set();
  let down = false;
  let target = port;
  const server = createServer((near) => {
    if (down) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]]) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    cut: () => {
      down = true;
      for (const socket of open) socket.destroy();
    },
    mend: (other = port) => {
      target = other;
      down = false;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function until(holds, patience, complaint) {
  const end = Date.now() + patience;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(complaint);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
