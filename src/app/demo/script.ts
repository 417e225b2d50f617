import type { Stage } from './stage.ts'

/** Something that happens on a day of the story. */
interface Scene {
  readonly day: number
  readonly play: () => Promise<void>
}

/** What happens in the story, by day. Scenes may put further ones on days to come. */
export interface Script {
  on(day: number, play: () => Promise<void>): void
  /** Plays everything in order of day; scenes of one day in the order in which they were put there. */
  play(stage: Stage): Promise<void>
}

export function newScript(): Script {
  const scenes: Scene[] = []
  return {
    on(day, play) {
      // Behind those of the same day.
      const at = scenes.findIndex((scene) => scene.day > day)
      scenes.splice(at === -1 ? scenes.length : at, 0, { day, play })
    },
    async play(stage) {
      for (let scene = scenes.shift(); scene !== undefined; scene = scenes.shift()) {
        stage.goTo(scene.day)
        await scene.play()
      }
    },
  }
}
