import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { isEmpty, isRecord, listOf } from '../values.ts';
import { judgeOptions } from './command-options.ts';
import { charactersOf, judgeChatName, judgeLocales, judgeLocalizedNames } from './command-texts.ts';
import type { Rule } from './rule.ts';

const CHAT = 1;
const USER = 2;
const MESSAGE = 3;
const ENTRY_POINT = 4;
const AT_MOST: Readonly<Record<number, number>> = {
  [CHAT]: LIMITS.command.chat,
  [USER]: LIMITS.command.user,
  [MESSAGE]: LIMITS.command.message,
  [ENTRY_POINT]: LIMITS.command.entryPoint,
};

/** Bulk overwrite: each command, and all of them together. */
export const judgeCommandList: Rule = (body, findings, about) => {
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  for (const [index, command] of listOf(body).entries()) {
    if (!isRecord(command)) continue;
    const here = findings.at(index);
    judgeCommand(command, here, about);
    const type = typeof command['type'] === 'number' ? command['type'] : CHAT;
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (typeof command['name'] !== 'string') continue;
    const key = `${type} ${command['name']}`;
    if (seen.has(key)) {
      here.at('name').add('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    seen.add(key);
  }
  for (const [type, count] of counts) {
    const most = AT_MOST[type];
    if (most !== undefined && count > most) {
      findings.add(
        'APPLICATION_COMMANDS_MAXIMUM',
        `Maximum number of application commands of type ${type} reached (${most})`,
        30032,
      );
    }
  }
};

/** One new command. */
export const judgeCommand: Rule = (body, findings) => {
  if (!isRecord(body)) return;
  const type = body['type'] ?? CHAT;
  judgeAs(type, body, findings);
  if (type === CHAT && isEmpty(body['description'])) findings.at('description').required();
};

/** A changed command: what is left out stays, and its type only the sandbox knows. */
export const judgeCommandChange: Rule = (body, findings, about) => {
  if (isRecord(body)) judgeAs(about.commandType, body, findings);
};

function judgeAs(type: unknown, command: Record<string, unknown>, findings: Findings): void {
  judgeLocales(command, findings);
  if (type === undefined) judgeOptions(command['options'], findings.at('options'));
  else if (type === CHAT) judgeChatCommand(command, findings);
  else judgeOtherCommand(command, findings, type);
  if (charactersOf(command) > LIMITS.command.characters) {
    findings.add(
      'APPLICATION_COMMAND_TOO_LARGE',
      `Command exceeds maximum size (${LIMITS.command.characters})`,
    );
  }
}

function judgeChatCommand(command: Record<string, unknown>, findings: Findings): void {
  judgeChatName(command['name'], findings.at('name'));
  judgeLocalizedNames(command['name_localizations'], findings.at('name_localizations'));
  if (command['description'] === '') findings.at('description').required();
  judgeOptions(command['options'], findings.at('options'));
}

function judgeOtherCommand(command: Record<string, unknown>, findings: Findings, type: unknown): void {
  const name = command['name'];
  if (typeof name === 'string' && name.trim() === '') findings.at('name').required();
  if (type === ENTRY_POINT) return;
  if (!isEmpty(command['description'])) {
    findings
      .at('description')
      .add('APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED', 'Context menu commands cannot have description');
  }
  if (!isEmpty(command['options'])) {
    findings
      .at('options')
      .add('APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED', 'Context menu commands cannot have options');
  }
}
