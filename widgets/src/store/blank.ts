/** A new journey from the method's catalogue: the twin of Python's `Journey.new`. */
import { lanes, mapTypes, stageModels, texts } from '../generated/catalogue';
import type { Journey, Lane, Stage } from './types';

type Language = keyof typeof texts;
type LaneId = keyof typeof lanes;
type StageModel = keyof typeof stageModels;
type Words = Readonly<Record<string, string | undefined>>;

export interface Choices {
  mapType?: string;
  stageModel?: string;
  language?: string;
}

/** Return a journey without content; a choice the catalogue doesn't know takes its default. */
export function blank(title: string, choices: Choices = {}): Journey {
  const language = known(texts, choices.language, 'en');
  const mapType = known(mapTypes, choices.mapType, 'current-state');
  const model = known(stageModels, choices.stageModel, 'saas-8');
  return {
    schema_version: 1,
    title,
    map_type: mapType,
    stage_model: model,
    language,
    lanes: mapTypes[mapType].lanes.map(id => lane(id, language)),
    stages: stages(model, language)
  };
}

function known<T extends object>(
  table: T,
  name: string | undefined,
  otherwise: keyof T
): keyof T {
  return name !== undefined && Object.hasOwn(table, name)
    ? (name as keyof T)
    : otherwise;
}

function lane(id: LaneId, language: Language): Lane {
  return { id, ...texts[language].lanes[id], ...lanes[id] } as Lane;
}

/** The stages of a model, called as the model calls them. */
function stages(model: StageModel, language: Language): Stage[] {
  const words = texts[language];
  const called: Words = words.called[model];
  const groups = Object.entries<readonly string[]>(stageModels[model].groups);
  return stageModels[model].stages.map(id => {
    const group = groups.find(([, members]) => members.includes(id));
    return {
      id,
      name: called[id] ?? words.stages[id],
      ...(group && { group: (words.groups as Words)[group[0]] })
    };
  });
}
