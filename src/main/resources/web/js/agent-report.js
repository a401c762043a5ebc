// What the check and the compilation at upload found in a module.

import { el, given } from './dom.js';
import { bytes, duration } from './format.js';

/** Null for an agent of a node that gives no report. */
export function agentReport(agent, open) {
  const found = agent.report;
  if (!found) return null;
  const warnings = found.warnings ?? [];
  const rows = [
    ['Memory', memory(found)],
    ['Functions', functions(found)],
    ['Compiled in', duration(found.compile_ms)],
    ['Made with', found.made_with?.join('; ')],
    ['Gate', found.gate_version ? `version ${found.gate_version}` : null],
  ];
  return el('details', { class: 'report', open },
    el('summary', { 'aria-label': `Report on ${agent.name ?? 'this version'}` }, warnings.length ? 'Report, with warnings' : 'Report'),
    warnings.length ? el('ul', { class: 'warnings' }, warnings.map((warning) => el('li', {}, given(warning)))) : null,
    el('h3', {}, 'What it can do'),
    found.permissions?.length
      ? el('ul', { class: 'permissions' }, found.permissions.map((words) => el('li', {}, given(words))))
      : el('p', {}, 'Compute, and nothing else: it asks the sandbox for nothing.'),
    el('dl', {}, rows.filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, given(value))])));
}

function memory({ memory_min_bytes: min, memory_max_bytes: max }) {
  return `${bytes(min)} at the start${max === null || max === undefined ? '' : `, ${bytes(max)} at most by its own word`}`;
}

function functions({ functions: all, interpreted_functions: interpreted }) {
  return `${all}${interpreted ? `, ${interpreted} of them interpreted because of their size` : ''}`;
}
