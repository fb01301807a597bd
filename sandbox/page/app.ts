import { html, nothing, type TemplateResult } from 'lit';
import type { Frame } from '../web/protocol.ts';
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
      ${channelList(store, frame)} ${conversation(store, frame)}
      ${state.panel === 'server' ? serverPanel(store, frame) : memberList(store, frame)}
    </div>
    ${state.modal === null ? nothing : modalDialog(store, state.modal)}
  `;
}
