// Says whether what the page shows is live, and when it will try again if not.

import { byId, setText, showNotice } from './dom.js';

const LABELS = { connecting: 'Connecting', open: 'Live', lost: 'Offline' };
// A short break mends itself unnoticed; only one that lasts deserves a banner that moves the page.
const BANNER_AFTER_MS = 1500;

export class ConnectionStatus {
  #pill = byId('connection');
  #banner = byId('lost');
  #bannerTimer = 0;

  /** `state` as the bridge reports it. */
  show(state) {
    // While it tries again the banner stays: the connection is lost until it is open.
    const shown = state === 'connecting' && this.#pill.dataset.state === 'lost' ? 'lost' : state;
    this.#pill.dataset.state = shown;
    setText(this.#pill, LABELS[shown]);
    if (shown === 'open') {
      clearTimeout(this.#bannerTimer);
      this.#bannerTimer = 0;
      showNotice(this.#banner, '');
    } else if (shown === 'lost' && !this.#bannerTimer) {
      this.#bannerTimer = setTimeout(
        () => showNotice(this.#banner, 'Connection lost. What you see may be out of date. Trying to reconnect\u2026', 'warn'),
        BANNER_AFTER_MS,
      );
    }
  }
}
