// What the check and the compilation at upload found in a module, as a disclosure below its agent.

import { el } from './dom.js';
import { bytes, duration } from './format.js';

/** Null for an agent of a node that gives no report. */
export function report(agent) {
  const found = agent.report;
  if (!found) return null;
  const warnings = found.warnings ?? [];
  const rows = [
    ['Can do', found.permissions?.join('; ')],
    ['Memory', memory(found)],
    ['Functions', functions(found)],
    ['Compiled in', duration(found.compile_ms)],
    ['Made with', found.made_with?.join('; ')],
    ['Gate', found.gate_version ? `version ${found.gate_version}` : null],
    ['Warnings', warnings.join('; ')],
  ];
  return el('details', { class: 'report' },
    el('summary', { 'aria-label': `Report on ${agent.name}` }, warnings.length ? 'Report, with warnings' : 'Report'),
    el('dl', {}, rows.filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, el('bdi', {}, value))])));
}

function memory({ memory_min_bytes: min, memory_max_bytes: max }) {
  return `${bytes(min)} at the start${max === null || max === undefined ? '' : `, ${bytes(max)} at most by its own word`}`;
}

function functions({ functions: all, interpreted_functions: interpreted }) {
  return `${all}${interpreted ? `, ${interpreted} of them interpreted because of their size` : ''}`;
}
