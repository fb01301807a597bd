import { html, render } from 'lit';
import { app } from './app.ts';
import { logPage } from './log-page.ts';
import './menu-select.ts';
import { Store } from './store.ts';

const isLog = location.pathname === '/log';

const store = new Store(draw, (opened) => {
  if (isLog) {
    void opened.act('watch');
    return;
  }
  const [guildId, userId, channelId] = location.hash.slice(1).split('/');
  void opened.enter(guildId && userId && channelId ? { guildId, userId, channelId } : {});
});

function draw(): void {
  const { frame } = store.state;
  if (isLog) render(logPage(store.state), document.body);
  else if (frame === null) render(html`<p class="loading">Connecting to the sandbox …</p>`, document.body);
  else render(app(store, frame), document.body);
}

draw();
