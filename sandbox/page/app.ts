import { html, nothing, type TemplateResult } from 'lit';
import type { Frame } from '../web/protocol.ts';
import { breakPanel } from './break-panel.ts';
import { channelList } from './channel-list.ts';
import { connectHelp } from './connect-help.ts';
import { conversation } from './conversation.ts';
import { memberList } from './member-list.ts';
import { modalDialog } from './modal-dialog.ts';
import { serverPanel } from './server-panel.ts';
import type { Store } from './store.ts';
import { topBar } from './top-bar.ts';

/** The whole page: who and when above, channels left, messages in the middle, members or a panel right. */
export function app(store: Store, frame: Frame): TemplateResult {
  const { state } = store;
  document.title = `${frame.me.name} in ${frame.guild.name}`;
  return html`
    ${topBar(store, frame)}
    ${
      state.isConnected
        ? nothing
        : html`<p class="lost" role="status">The sandbox does not answer; trying again …</p>`
    }
    ${connectHelp(frame)}
    <div class="columns">
      ${channelList(store, frame)} ${conversation(store, frame)} ${rightColumn(store, frame)}
    </div>
    ${state.modal === null ? nothing : modalDialog(store, state.modal)}
  `;
}

function rightColumn(store: Store, frame: Frame): TemplateResult {
  switch (store.state.panel) {
    case 'break':
      return breakPanel(store, frame);
    case 'server':
      return serverPanel(store, frame);
    default:
      return memberList(store, frame);
  }
}
