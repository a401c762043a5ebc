#!/usr/bin/env node
// Holds the expectations of cases/*.case.json against what does not come from this project:
//   - every case that ends by itself, and every trap, is run on Node's own WASI;
//   - where a native program does the same, its stdout and exit code must be the expected ones: wc, sha256sum, factor
//     of coreutils, and a native build of the same source for the Go and C agents.
//
//   tests/wasm/check.mjs [CASE...]        needs Node.js 20, Go, a C compiler and coreutils

import { spawnSync, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cases = join(here, 'cases');
const nativeDir = join(here, '..', '..', 'target', 'wasm-build', 'native');
const TRAP_EXIT = 126;
const built = new Set();

if (process.argv[2] === '--run') {
  await runModule(process.argv[3], process.argv.slice(4));
} else {
  process.exitCode = checkAll(process.argv.slice(2));
}

// Runs one module in this process; main uses it in a child, since nothing but its end stops a module.
async function runModule(file, args) {
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({ version: 'preview1', args, env: process.env, returnOnExit: true });
  const module = await WebAssembly.compile(readFileSync(file));
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  try {
    process.exitCode = wasi.start(instance);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    process.exitCode = TRAP_EXIT;
  }
}

function checkAll(names) {
  const files = readdirSync(cases).filter((file) => file.endsWith('.case.json')).sort();
  const wanted = names.length ? files.filter((file) => names.includes(file.replace('.case.json', ''))) : files;
  const counts = { wasi: 0, native: 0, wrong: 0 };
  for (const file of wanted) {
    const spec = JSON.parse(readFileSync(join(cases, file), 'utf8'));
    const problems = shapeProblems(spec);
    if (spec.expect?.outcome === 'rejected') {
      if (acceptable(spec.module)) problems.push('Node accepts this module as a preview 1 command');
      counts.wasi++;
    }
    for (const [kind, result] of [['wasi', onWasi(spec)], ['native', natively(spec)]]) {
      if (result === null) continue;
      counts[kind]++;
      problems.push(...differences(spec, result, kind).map((text) => `${kind}: ${text}`));
    }
    for (const problem of problems) console.log(`${file}: ${problem}`);
    if (problems.length) counts.wrong++;
  }
  console.log(`${wanted.length} cases, ${counts.wasi} held against Node's WASI, ${counts.native} against a native program`);
  console.log(`${wanted.length - counts.wrong} passed, ${counts.wrong} failed`);
  return counts.wrong ? 1 : 0;
}

function shapeProblems(spec) {
  const unknown = (object, known) => Object.keys(object ?? {}).filter((key) => !known.includes(key));
  const problems = [
    ...unknown(spec, ['module', 'args', 'env', 'stdin', 'stdin_base64', 'stdin_file', 'files', 'limits', 'expect']),
    ...unknown(spec.limits, ['timeout_ms', 'memory_bytes', 'stdout_bytes', 'stderr_bytes', 'file_bytes']),
    ...unknown(spec.expect, ['outcome', 'exit_code', 'stdout', 'stdout_file', 'stdout_sha256', 'stdout_contains',
      'stderr', 'stderr_contains', 'truncated', 'reason_contains', 'phase']),
  ].map((key) => `unknown key ${key}`);
  if (!existsSync(join(here, spec.module ?? ''))) problems.push(`no module ${spec.module}`);
  if (!spec.expect?.outcome) problems.push('no expected outcome');
  return problems;
}

function acceptable(file) {
  let module;
  try {
    module = new WebAssembly.Module(readFileSync(join(here, file)));
  } catch {
    return false;
  }
  const exported = (name, kind) => WebAssembly.Module.exports(module).some((e) => e.name === name && e.kind === kind);
  // The JavaScript interface does not tell a function's parameters; a start function with some is checked by calling it.
  return exported('_start', 'function') && exported('memory', 'memory') && !takesParameters(module)
    && WebAssembly.Module.imports(module).every((i) => i.module === 'wasi_snapshot_preview1' && i.name !== 'sock_teleport');
}

function takesParameters(module) {
  if (WebAssembly.Module.imports(module).length) return false;
  return new WebAssembly.Instance(module).exports._start.length > 0;
}

function stdinOf(spec) {
  if (spec.stdin_file !== undefined) return readFileSync(join(cases, spec.stdin_file));
  return spec.stdin_base64 !== undefined ? Buffer.from(spec.stdin_base64, 'base64') : Buffer.from(spec.stdin ?? '');
}

function run(spec, command, args, argv0) {
  const result = spawnSync(command, args, {
    argv0, env: spec.env ?? {}, input: stdinOf(spec), timeout: spec.limits?.timeout_ms ?? 10000, maxBuffer: 64 << 20,
  });
  if (result.error && result.error.code !== 'ETIMEDOUT' && result.error.code !== 'EPIPE') throw result.error;
  return { code: result.status, timedOut: result.signal !== null, stdout: result.stdout, stderr: result.stderr };
}

function onWasi(spec) {
  // These hold the sandbox to its own answers, where preview 1 leaves it a choice.
  if (spec.module.startsWith('wasi_')) return null;
  // Node sets no bound on memory, so there is nothing to hold these against.
  if (spec.limits?.memory_bytes !== undefined) return null;
  if (!['completed', 'trap', 'timeout'].includes(spec.expect.outcome)) return null;
  const name = spec.module.replace(/\.\w+$/, '');
  const args = ['--no-warnings', fileURLToPath(import.meta.url), '--run', join(here, spec.module), name, ...(spec.args ?? [])];
  return run(spec, process.execPath, args);
}

function natively(spec) {
  if (spec.expect.outcome !== 'completed') return null;
  const name = basename(spec.module, '.wasm');
  const args = spec.args ?? [];
  if (name === 'wordcount' && !args.includes('--strict') && spec.expect.exit_code === 0) {
    // A pipe in front, as wc sizes its columns by the length of a file.
    return run(spec, '/bin/sh', ['-c', 'cat | LC_ALL=C.UTF-8 wc "$@"', 'wc', ...(args.length ? args : ['-lwc'])]);
  }
  if (name === 'sha256' && !args.length) return run(spec, '/usr/bin/sha256sum', []);
  // Beyond 64 bits coreutils goes on with big numbers, where the agent refuses.
  if (name === 'factor' && args.some((arg) => /^\d+$/.test(arg) && BigInt(arg) >= 2n ** 64n)) return null;
  if (name === 'factor') return { ...run(spec, '/usr/bin/factor', args), stderr: null };
  if (existsSync(join(here, 'go', name))) return run(spec, nativeBuild(name, 'go'), args, name);
  if (existsSync(join(here, 'c', `${name}.c`))) return run(spec, nativeBuild(name, 'c'), args, name);
  return null;
}

function nativeBuild(name, language) {
  const program = join(nativeDir, name);
  if (!built.has(name)) {
    mkdirSync(nativeDir, { recursive: true });
    if (language === 'go') {
      execFileSync('go', ['build', '-o', program, `./${name}`], { cwd: join(here, 'go'), env: { ...process.env, CGO_ENABLED: '0' } });
    } else {
      execFileSync('cc', ['-std=gnu11', '-O2', '-o', program, join(here, 'c', `${name}.c`)]);
    }
    built.add(name);
  }
  return program;
}

function differences(spec, result, kind) {
  const { expect } = spec;
  const problems = [];
  const same = (what, actual, expected) => {
    if (expected !== undefined && actual !== expected) {
      problems.push(`${what} is ${JSON.stringify(actual)?.slice(0, 300)}, expected ${JSON.stringify(expected).slice(0, 300)}`);
    }
  };
  const contains = (what, text, part) => {
    if (part !== undefined && !text.includes(part)) problems.push(`${what} lacks ${JSON.stringify(part)}: ${text.slice(0, 300)}`);
  };
  const outcome = result.timedOut ? 'timeout' : kind === 'wasi' && result.code === TRAP_EXIT ? 'trap' : 'completed';
  same('outcome', outcome, expect.outcome);
  if (outcome === 'completed') same('exit code', result.code, expect.exit_code);
  same('stdout', result.stdout.toString(), expect.stdout);
  if (expect.stdout_file) same('stdout', result.stdout.toString(), readFileSync(join(cases, expect.stdout_file), 'utf8'));
  same('sha256 of stdout', createHash('sha256').update(result.stdout).digest('hex'), expect.stdout_sha256);
  contains('stdout', result.stdout.toString(), expect.stdout_contains);
  if (result.stderr !== null) {
    same('stderr', result.stderr.toString(), expect.stderr);
    contains('stderr', result.stderr.toString(), expect.stderr_contains);
  }
  return problems;
}
