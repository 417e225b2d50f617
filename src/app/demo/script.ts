import type { Stage } from './stage.ts'

/** Something that happens on a day of the story. */
interface Scene {
  readonly day: number
  readonly play: () => Promise<void>
}

/** What happens in the story, by day. Scenes may put further ones on days to come. */
export interface Script {
  on(day: number, play: () => Promise<void>): void
  /**
   * Plays everything in order of day; scenes of one day in the order in which they were put there. Throws when the
   * signal asks to stop.
   * @param reached told the day of each scene before it is played
   */
  play(stage: Stage, reached: (day: number) => void, signal?: AbortSignal): Promise<void>
}

export function newScript(): Script {
  const scenes: Scene[] = []
  return {
    on(day, play) {
      // Behind those of the same day.
      const at = scenes.findIndex((scene) => scene.day > day)
      scenes.splice(at === -1 ? scenes.length : at, 0, { day, play })
    },
    async play(stage, reached, signal) {
      for (let scene = scenes.shift(); scene !== undefined; scene = scenes.shift()) {
        signal?.throwIfAborted()
        reached(scene.day)
        stage.goTo(scene.day)
        await scene.play()
      }
    },
  }
}
