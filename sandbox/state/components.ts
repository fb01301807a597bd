import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';

/** A component of a message or a modal as plain data, whatever its type. */
export interface ComponentData {
  type: ComponentType;
  id?: number;
  custom_id?: string;
  components?: ComponentData[];
  component?: ComponentData;
  accessory?: ComponentData;
  [key: string]: unknown;
}

/** A component's children: of rows, containers and sections, of a section's side and of a modal's label. */
export function childrenOf(component: ComponentData): ComponentData[] {
  return [
    ...(component.components ?? []),
    ...(component.component ? [component.component] : []),
    ...(component.accessory ? [component.accessory] : []),
  ];
}

/** All components in reading order, parents before children. */
export function* walkComponents(components: readonly ComponentData[]): Generator<ComponentData> {
  for (const component of components) {
    yield component;
    yield* walkComponents(childrenOf(component));
  }
}

/** Message components under the type that this module walks. */
export function asComponentData(components: readonly APIMessageTopLevelComponent[]): ComponentData[] {
  return components as unknown as ComponentData[];
}

/** What Discord answers for the components that it was sent: numbered, with its defaults filled in. */
export function normaliseComponents(sent: readonly unknown[], newId: () => string): ComponentData[] {
  const copies = structuredClone(sent) as ComponentData[];
  const taken = new Set<number>();
  for (const component of walkComponents(copies)) {
    if (component.id) taken.add(component.id);
  }
  let last = 0;
  for (const component of walkComponents(copies)) {
    if (!component.id) {
      do last += 1;
      while (taken.has(last));
      component.id = last;
    }
    Object.assign(component, { ...defaultsOf(component.type), ...component });
    unfurlMedia(component, newId);
  }
  return copies;
}

function defaultsOf(type: ComponentType): Record<string, unknown> {
  switch (type) {
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return { min_values: 1, max_values: 1 };
    case ComponentType.Container:
      return { accent_color: null, spoiler: false };
    case ComponentType.Separator:
      return { divider: true, spacing: 1 };
    case ComponentType.Thumbnail:
      return { description: null, spoiler: false };
    case ComponentType.File:
      return { name: null, size: null, spoiler: false };
    default:
      return {};
  }
}

function unfurlMedia(component: ComponentData, newId: () => string): void {
  if (component.type === ComponentType.MediaGallery && Array.isArray(component.items)) {
    component.items = component.items.map((item: Record<string, unknown>) => ({
      description: null,
      spoiler: false,
      ...item,
    }));
  }
  for (const media of mediaOf(component)) {
    const { url } = media;
    Object.assign(media, { id: newId(), url, proxy_url: url });
  }
}

/** The pictures and files that a component itself shows. */
export function mediaOf(component: ComponentData): Record<string, unknown>[] {
  switch (component.type) {
    case ComponentType.Thumbnail:
      return [component.media as Record<string, unknown>];
    case ComponentType.File:
      return [component.file as Record<string, unknown>];
    case ComponentType.MediaGallery:
      return ((component.items ?? []) as { media: Record<string, unknown> }[]).map(({ media }) => media);
    default:
      return [];
  }
}
