import { inspect } from 'node:util'

/**
 * A value that must not be seen: printing, logging or serialising it shows `[secret]`.
 * Only `reveal()` gives it out, so every place that does can be found by its name.
 */
export class Secret<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  reveal(): T {
    return this.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
