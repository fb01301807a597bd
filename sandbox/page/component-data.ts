import type { ComponentType } from 'discord-api-types/v10';

/** A component of a message or a modal as plain data, whatever its type. */
export interface ComponentData {
  readonly type: ComponentType;
  readonly id?: number;
  readonly custom_id?: string;
  readonly [field: string]: unknown;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The components inside another one. */
export function inside(component: ComponentData): readonly ComponentData[] {
  return list(component['components']) as readonly ComponentData[];
}
